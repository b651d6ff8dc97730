"""One PDF that is PDF/UA-1 and PDF/A-3a, and says the same of itself in both of its ways."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import weasyprint

from reportgen.render import conformance
from reportgen.render.pdf import write_pdf
from reportgen.render.tags import finish
from tests.render import CHART, written
from tests.verapdf import Engine

PAGE = """\
<!DOCTYPE html>
<html lang="cy">
<head>
<title>Children &amp; placements</title>
<meta name="author" content="A &lt;service&gt;">
<meta name="description" content="Numbers of Zoë’s ward">
<meta name="keywords" content="Final, version 2">
<meta name="generator" content="reportgen">
<meta name="dcterms.created" content="2016-07-12T00:00:00Z">
<meta name="dcterms.modified" content="2016-07-12T00:00:00Z">
</head>
<body><h1>Heading</h1><p>Words.</p></body>
</html>
"""
STYLE = "@page { margin: 2cm } body { font-family: 'Liberation Sans' }"
PICTURE = '<img src="chart.svg" alt="Bars">'
FILES = {"tables/b.csv": b"b,2\r\n", "figures.csv": b"figure,value\r\n", "tables/a.csv": b"a,1\r\n"}


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_pdf(PAGE, [STYLE], {}, attached=FILES).pdf


@pytest.mark.parametrize("profile", ["PDFUA-1", "PDFA-3A"])
def test_it_conforms_to_both(pdf: bytes, verapdf: Engine, profile: str) -> None:
    assert verapdf(pdf, profile) == ()


def test_without_the_schema_of_the_second_it_would_not_be_the_first(
    verapdf: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conformance, "_describe", lambda rdf: None)
    broken = verapdf(write_pdf(PAGE, [STYLE], {}).pdf, "PDFA-3A")
    assert {line.partition("-")[0] for line in broken} == {"6.6.2.3.1"}
    assert all("XMPPackage" in line for line in broken), "the place is told"


def test_what_weasyprint_alone_declares_is_not_pdf_ua(verapdf: Engine) -> None:
    html = weasyprint.HTML(string=PAGE)
    alone = html.write_pdf(stylesheets=[weasyprint.CSS(string=STYLE)], pdf_variant="pdf/a-3a", finisher=finish)
    assert [line.split(" × ")[0] for line in verapdf(alone)] == ["5-1"]


def info(pdf: bytes) -> tuple[dict[str, str], dict[str, Any]]:
    """The document information, and the same as the metadata stream has it."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        told = {str(key)[1:]: str(value) for key, value in opened.docinfo.items()}
        told["Lang"] = str(opened.Root.Lang)
        with opened.open_metadata() as metadata:
            xmp = {key: metadata[key] for key in metadata}
    return told, xmp


def test_information_and_metadata_agree(pdf: bytes) -> None:
    told, xmp = info(pdf)
    assert (told["Title"], told["Subject"], told["Author"]) == (
        "Children & placements", "Numbers of Zoë’s ward", "A <service>",
    )  # fmt: skip
    assert told["Lang"] == "cy"
    names = {re.sub(r"^.*[#/}]", "", key): value for key, value in xmp.items()}
    assert (names["title"], names["description"]) == (told["Title"], told["Subject"])
    assert names["creator"] == [told["Author"]]
    assert (names["Keywords"], told["Keywords"]) == ("Final, version 2", "Final, version 2")
    assert (names["Producer"], names["CreatorTool"]) == (told["Producer"], told["Creator"])
    assert (names["CreateDate"], told["CreationDate"]) == ("2016-07-12T00:00:00Z", "D:20160712000000Z")
    assert (names["language"], names["date"]) == ({told["Lang"]}, ["2016-07-12"])
    assert (names["ModifyDate"], told["ModDate"]) == ("2016-07-12T00:00:00Z", "D:20160712000000Z")


def test_files_go_with_it_in_order_of_one_time_with_their_relation(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        associated = [(str(spec.UF), str(spec.AFRelationship), str(spec.Desc)) for spec in opened.Root.AF]
        files = {name: spec.get_file().read_bytes() for name, spec in opened.attachments.items()}
        times = {str(spec.EF.F.Params.CreationDate) for spec in opened.Root.AF}
    assert associated == [
        ("figures.csv", "/Data", "The figures of the paper (figures.csv)"),
        ("tables/a.csv", "/Data", "The data of a table or chart (a.csv)"),
        ("tables/b.csv", "/Data", "The data of a table or chart (b.csv)"),
    ]
    assert files == FILES
    assert times == {"D:20160712000000Z"}


def test_nothing_attached_is_nothing_associated() -> None:
    with pikepdf.open(BytesIO(write_pdf(PAGE, [STYLE], {}).pdf)) as opened:
        assert "/AF" not in opened.Root
        assert dict(opened.attachments) == {}


def test_the_same_bytes_whatever_the_order_of_the_files(pdf: bytes) -> None:
    assert write_pdf(PAGE, [STYLE], {}, attached=dict(reversed(FILES.items()))).pdf == pdf


def spoilt(pdf: bytes, kind: str, key: str) -> bytes:
    """The PDF without an entry of its elements or annotations of a kind."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        for each in opened.objects:
            if isinstance(each, pikepdf.Dictionary) and kind in (each.get("/S"), each.get("/Subtype")) and key in each:
                del each[key]
        changed = BytesIO()
        opened.save(changed)
    return changed.getvalue()


@pytest.mark.parametrize(
    ("kind", "key", "rule", "place"),
    [
        ("/Figure", "/Alt", "7.3-1", "(page 2, SEFigure Figure: "),
        ("/Link", "/Contents", "7.18.5-2", "(page 2, PDLinkAnnot: "),
    ],
)
def test_a_rule_that_is_broken_is_told_with_its_page_and_its_element(
    verapdf: Engine, kind: str, key: str, rule: str, place: str
) -> None:
    body = f'<h1>Title</h1><p style="break-after: page">One</p><p><a href="https://example.org/">Two</a> {PICTURE}</p>'
    told = verapdf(spoilt(written(body, resources={"chart.svg": CHART}), kind, key))
    assert [line for line in told if line.startswith(f"{rule} × 1: ") and place in line]
