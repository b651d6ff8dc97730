"""The renderer is handed the paper's own files and nothing else."""

from __future__ import annotations

import pytest

from reportgen.render.fetcher import BASE_URL, ResourceFetcher, resource_name
from tests.render import CHART

RESOURCES = {"charts/population.svg": CHART, "fonts/odd name.ttf": b"font", "notes": b"n"}


@pytest.mark.parametrize(
    ("address", "content", "kind"),
    [
        ("charts/population.svg", CHART, "image/svg+xml"),
        ("charts/population.svg#part", CHART, "image/svg+xml"),
        ("fonts/odd%20name.ttf", b"font", "application/octet-stream"),
        ("notes", b"n", "application/octet-stream"),
    ],
)
def test_serves_the_files_of_the_paper(address: str, content: bytes, kind: str) -> None:
    refused: list[str] = []
    response = ResourceFetcher(RESOURCES, refused).fetch(BASE_URL + address)
    assert (response.read(), response.content_type, refused) == (content, kind, [])


def test_serves_image_data() -> None:
    refused: list[str] = []
    response = ResourceFetcher({}, refused).fetch("data:image/svg+xml;base64,PHN2Zy8+")
    assert (response.read(), response.content_type, refused) == (b"<svg/>", "image/svg+xml", [])


OWN_ONLY = "was refused: only the paper's own files may be used"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("file:///etc/passwd", f"file:///etc/passwd {OWN_ONLY}"),
        ("http://reportgen.invalid/notes", f"http://reportgen.invalid/notes {OWN_ONLY}"),
        ("https://example.org/notes", f"https://example.org/notes {OWN_ONLY}"),
        (
            "https://reportgen.invalid@example.org/notes",
            f"https://reportgen.invalid@example.org/notes {OWN_ONLY}",
        ),
        ("https://reportgen.invalid/notes?x", f"https://reportgen.invalid/notes?x {OWN_ONLY}"),
        ("ftp://reportgen.invalid/notes", f"ftp://reportgen.invalid/notes {OWN_ONLY}"),
        ("data:text/css,p{}", f"data:text/css,p{{}} {OWN_ONLY}"),
        ("data:image/svg+xmlx,p", f"data:image/svg+xmlx,p {OWN_ONLY}"),
        ("data:text/html," + "x" * 100, f"data:text/html,{'x' * 85}… {OWN_ONLY}"),
        (
            "https://reportgen.invalid/a/../../notes",
            'https://reportgen.invalid/a/../../notes was refused: the paper has no file "a/../../notes"',
        ),
        ("https://reportgen.invalid/", 'https://reportgen.invalid/ was refused: the paper has no file ""'),
    ],
)
def test_refuses_and_records_all_else(url: str, message: str) -> None:
    refused: list[str] = []
    with pytest.raises(ValueError, match="was refused") as caught:
        ResourceFetcher(RESOURCES, refused).fetch(url)
    assert str(caught.value) == message
    assert refused == [message]


def test_names_only_addresses_of_the_paper() -> None:
    assert resource_name("https://reportgen.invalid/a%2Fb.csv") == "a/b.csv"
    assert resource_name("https://www.example.org/a.csv") is None
