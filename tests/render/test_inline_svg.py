"""A chart within a page: named, described, with ids of its own; what could reach out of it is refused."""

from __future__ import annotations

import re

import pytest

from reportgen.render.inline_svg import inline
from tests.built import elements

LINKED = (
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' width="20pt" height="10pt" viewBox="0 0 20 10" version="1.1">'
    '<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>'
    '<path id="m1" d="M 0 0"/><clipPath id="p1"><rect x="0" y="0" width="1" height="1"/></clipPath></defs>'
    '<g id="idle" clip-path="url(#p1)"><use xlink:href="#m1" style="fill: #222222"/><text x="1" y="2">A &lt; B</text>'
    "HERE</g></svg>"
)


def drawn(piece: str = "", prefix: str = "one-") -> str:
    return inline(LINKED.replace("HERE", piece).encode(), prefix, "A title", "What <it> shows")


def test_it_is_one_picture_with_a_name_and_a_description() -> None:
    (svg,) = elements(drawn()).all("svg")
    assert svg.attributes["role"] == "img"
    assert svg.attributes["aria-labelledby"] == "one-title one-desc"
    assert [(each.attributes["id"], each.text) for each in svg.all("title", "desc")] == [
        ("one-title", "A title"), ("one-desc", "What <it> shows"),
    ]  # fmt: skip
    assert svg.all("text")[0].text == "A < B"


def test_it_takes_the_width_that_there_is() -> None:
    (svg,) = elements(drawn()).all("svg")
    assert svg.attributes["viewbox"] == "0 0 20 10"
    assert not {"width", "height", "xmlns"} & set(svg.attributes)


def test_ids_are_its_own_and_only_those_that_are_referred_to() -> None:
    both = drawn() + drawn(prefix="two-")
    ids = re.findall(r' id="([^"]+)"', both)
    assert sorted(ids) == sorted(f"{p}-{n}" for p in ("one", "two") for n in ("title", "desc", "m1", "p1"))
    assert re.findall(r'href="([^"]+)"', both) == ["#one-m1", "#two-m1"]
    assert re.findall(r"url\(([^)]+)\)", both) == ["#one-p1", "#two-p1"]


def test_its_style_sheet_reaches_nothing_else_in_the_page() -> None:
    (svg,) = elements(drawn()).all("svg")
    assert svg.all("style") == []
    assert svg.attributes["style"] == "stroke-linejoin: round; stroke-linecap: butt"


@pytest.mark.parametrize(
    "piece",
    [
        "<script>alert(1)</script>",
        '<image xlink:href="data:image/png;base64,AAAA"/>',
        "<foreignObject/>",
        "<a/>",
        "<style>@import 'x';</style>",
        "<style>*{fill: url(x)}</style>",
        '<path onload="alert(1)"/>',
        '<use xlink:href="other.svg#m1"/>',
        '<use xlink:href="https://elsewhere.example/#m1"/>',
        '<use href="other.svg#m1"/>',
        '<path style="fill: url(https://elsewhere.example/)"/>',
        '<path style="fill: URL(x)"/>',
        '<path style="fill: \\75rl(x)"/>',
        '<path style="fill: image-set(&quot;x&quot;)"/>',
        '<rect clip-path="url(x#y)"/>',
    ],
)
def test_what_could_reach_out_of_it_is_refused(piece: str) -> None:
    with pytest.raises(ValueError, match=r"in a chart|style sheet"):
        drawn(piece)
