"""Every paper of this checkout, built once and read back: its pages, its tags, its files."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.built import PAPERS, ROOT, Bundle, Element, built
from tests.pdf_structure import Tag, artefacts, bookmarks, inconsistencies, page_texts
from tests.verapdf import Engine

MARGIN = 20 / 25.4 * 72  # points
HEADINGS = ("H1", "H2", "H3", "H4")


@pytest.fixture(params=PAPERS, ids=lambda each: f"{each[0]} {each[1]}")
def paper(request: pytest.FixtureRequest) -> Bundle:
    """One of the papers."""
    return built(*request.param)


def inputs(paper: Bundle) -> Path:
    """The folder of the paper's workbooks."""
    return ROOT / "inputs" / paper.checked.ref.authority / paper.checked.month


def test_there_are_five_papers_and_the_demonstration() -> None:
    assert [str(ref) for ref, _ in PAPERS] == [
        "cambridgeshire/lac-strategy-progress",
        "dorset/lac-numbers-and-costs",
        "dorset/placement-sufficiency",
        "exampleshire/demand-and-cost",
        "rotherham/lac-budget-pressures",
        "thurrock/placements-and-demand",
    ]


@pytest.mark.parametrize("profile", ["PDFUA-1", "PDFA-3A"])
def test_the_paper_conforms(paper: Bundle, verapdf: Engine, profile: str) -> None:
    assert verapdf(paper.pdf, profile) == ()


def test_the_papers_data_go_with_it_and_nothing_of_the_audit(paper: Bundle) -> None:
    edition = {name.removeprefix("full/"): content for name, content in paper.files.items() if name.startswith("full/")}
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        attached = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert attached == {name: content for name, content in edition.items() if name.endswith(".csv")}
    assert inconsistencies(paper.pdf) == []


def test_headings_are_in_order_and_are_the_bookmarks(paper: Bundle) -> None:
    found = [tag for tag in paper.structure._walk() if tag.kind in HEADINGS]
    levels = [int(tag.kind[1]) for tag in found]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [(level - 1, tag.text) for level, tag in zip(levels, found, strict=True)] == [
        (level, words) for level, words, _ in bookmarks(paper.pdf)
    ]


def test_paragraphs_are_numbered_without_a_gap(paper: Bundle) -> None:
    found = [tag.text.split()[0] for tag in paper.structure.all("P") if re.match(r"\d+\.\d+ ", tag.text)]
    numbers = [tuple(map(int, each.split("."))) for each in found]
    counts = {section: [n for s, n in numbers if s == section] for section, _ in numbers}
    assert numbers == sorted(numbers)
    assert all(each == list(range(1, len(each) + 1)) for each in counts.values())
    assert len(counts) > 4


def test_each_table_is_one_with_a_caption_and_headings_with_scope(paper: Bundle) -> None:
    tables = paper.structure.all("Table")
    wanted = [item for item in paper.document.exhibits.values() if not item.is_chart]
    assert [table.all("Caption")[0].text for table in tables] == [f"{w.label}: {w.exhibit.title}" for w in wanted]
    for table, item in zip(tables, wanted, strict=True):
        rows = [row for row in table.all("TBody")[0].kids if row.kind == "TR"]
        head = table.all("THead")[0].all("TH")
        assert {cell.attributes["Scope"] for cell in head} == {"Column"}
        assert {cell.attributes["Scope"] for row in rows for cell in row.all("TH")} == {"Row"}
        assert len(rows) == len(getattr(item.exhibit, "rows"))  # noqa: B009
        assert {len(row.all("TH") + row.all("TD")) for row in rows} == {len(getattr(item.exhibit, "heads"))}  # noqa: B009


def test_pictures_have_their_alternative_and_a_box(paper: Bundle) -> None:
    charts = [item.exhibit for item in paper.document.exhibits.values() if item.is_chart]
    figures = paper.structure.all("Figure")
    assert [figure.alt for figure in figures] == [getattr(chart, "alt") for chart in charts]  # noqa: B009
    for figure in figures:
        left, bottom, right, top = (float(each) for each in figure.attributes["BBox"])
        assert left >= MARGIN - 0.01 and right <= 595.28 - MARGIN + 0.01
        assert bottom >= MARGIN - 0.01 and top <= 841.89 - MARGIN


def test_page_furniture_is_artefact(paper: Bundle) -> None:
    count = len(page_texts(paper.pdf))
    found = [(page, each.get("Subtype")) for page, each in artefacts(paper.pdf) if each["Type"] == "Pagination"]
    assert [page for page, kind in found if kind == "Footer"] == list(range(1, count + 1))
    assert sorted({page for page, kind in found if kind == "Header"}) == list(range(2, count + 1))
    said = paper.structure.text
    assert f"Page 2 of {count}" not in said
    assert said.count("DRAFT") == 1


def test_references_are_links_that_lead_to_their_exhibit(paper: Bundle) -> None:
    links = paper.structure.all("Link")
    labels = {item.label for item in paper.document.exhibits.values()}
    assert links and {tag.text for tag in links} <= labels
    assert all(tag.links == (tag.text,) for tag in links)
    ids = {each.attributes["id"] for each in paper.page.all("div", "h2") if "id" in each.attributes}
    assert {each.attributes["href"].removeprefix("#") for each in paper.page.all("a")} <= ids


def _boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The boxes of a page's letters, in points."""
    words = page.get_textpage()
    return [words.get_charbox(at) for at in range(words.count_chars()) if words.get_text_range(at, 1).strip()]


def test_nothing_stands_over_the_margin(paper: Bundle) -> None:
    document = pypdfium2.PdfDocument(paper.pdf)
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        assert sorted((round(width), round(height))) == [595, 842]
        for left, bottom, right, top in _boxes(page):
            assert MARGIN - 1 <= left <= right <= width - MARGIN + 1
            assert 22 <= bottom <= top <= height - 22
    document.close()


def test_letters_are_nine_points_at_least(paper: Bundle) -> None:
    sizes = {
        float(size)
        for name, svg in paper.files.items()
        if name.endswith(".svg")
        for size in re.findall(rb"(\d+(?:\.\d+)?)px", svg)
    }
    assert min(sizes) >= 9
    css = "".join((ROOT / "templates" / "layout" / name).read_text("utf-8") for name in ("paper.css", "print.css"))
    assert min(map(float, re.findall(r"font-size: ([\d.]+)pt", css))) >= 9


def test_short_tables_stand_on_one_page_and_no_row_is_split(paper: Bundle) -> None:
    items = [item for item in paper.document.exhibits.values() if not item.is_chart]
    for table, item in zip(paper.structure.all("Table"), items, strict=True):
        rows = [row for row in table.all("TBody")[0].kids if row.kind == "TR"]
        if getattr(item.exhibit, "is_short"):  # noqa: B009
            assert len(table.pages) == 1, item.key
        assert all(len(row.pages) == 1 for row in rows)


def test_the_pdf_is_dated_by_its_meeting(paper: Bundle) -> None:
    with pikepdf.open(io.BytesIO(paper.pdf)) as document:
        said = {str(key): str(value) for key, value in document.docinfo.items()}
        assert (said["/Title"], said["/Author"]) == (paper.document.title, paper.document.author)
        assert said["/CreationDate"] == said["/ModDate"] == f"D:{paper.document.meeting_date:%Y%m%d}000000Z"
        assert document.Root.Lang == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle


def _order(words: str) -> str:
    """Words without what line breaks and list marks change."""
    return re.sub(r"[\s\x02\-•]", "", words)


def _spoken_pdf(tag: Tag) -> list[str]:
    if tag.kind in ("P", "Caption", "TH", "TD", "Lbl", "LBody", *HEADINGS):
        return [tag.text] if _order(tag.text) else []
    return [tag.alt] if tag.kind == "Figure" else [words for kid in tag.kids for words in _spoken_pdf(kid)]


def _spoken_html(element: Element) -> list[str]:
    found = []
    for kid in element.kids:
        if isinstance(kid, str):
            continue
        if kid.tag in ("p", "caption", "th", "td", "dt", "dd", "li", "h1", "h2", "h3"):
            found += [kid.text] if kid.text else []
        elif kid.tag == "img":
            found.append(kid.attributes["alt"])
        else:
            found += _spoken_html(kid)
    return found


def test_both_editions_are_read_in_the_same_order(paper: Bundle) -> None:
    page = [each for part in ("header", "main") for each in _spoken_html(paper.page.all(part)[0])]
    assert [_order(each) for each in _spoken_pdf(paper.structure)] == [_order(each) for each in page]


def test_the_screens_page_is_sound_and_needs_nothing_beside_it(paper: Bundle) -> None:
    page = paper.page
    ids = re.findall(r'\bid="([^"]+)"', paper.html)
    assert len(ids) == len(set(ids))
    levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {each.attributes["src"].partition(",")[0] for each in page.all("img")} == {"data:image/svg+xml;base64"}
    assert all(each.attributes["alt"] for each in page.all("img"))
    assert page.all("script", "link", "iframe", "object", "form") == []
    assert all(each.attributes["href"].startswith("#") for each in page.all("a"))
    assert not re.search(r"https?://", paper.html)
    assert not re.search(r"url\(|@import", paper.html)
    assert (page.all("html")[0].attributes["lang"], page.all("meta")[0].attributes["charset"]) == ("en-GB", "utf-8")


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of a CSV file of a bundle."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_bundle_has_its_files(paper: Bundle) -> None:
    exhibits = paper.document.exhibits
    assert set(paper.files) == {
        f"full/{paper.name}.pdf", f"full/{paper.name}.html", "full/figures.csv", "audit/figures.csv",
        "audit/manifest.json", "audit/problems.json", *(f"full/tables/{key}.csv" for key in exhibits),
        *(f"full/charts/{key}.svg" for key, item in exhibits.items() if item.is_chart),
    }  # fmt: skip


def test_cells_and_hashes_of_inputs_stay_in_the_audit_folder(paper: Bundle) -> None:
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in inputs(paper).glob("*.xlsx")]
    cell = re.compile(rb"![A-Z]{1,3}\d|\b[A-Z]{1,2}\d+:[A-Z]{1,2}\d+\b|\.xlsx")
    for name, content in paper.files.items():
        if name.startswith("full/") and not name.endswith(".pdf"):
            assert not cell.search(content), name
        assert name.startswith("audit/") or not any(each.encode() in content for each in hashes), name
    full, audit = rows_of(paper.files["full/figures.csv"]), rows_of(paper.files["audit/figures.csv"])
    assert full[0] == ["figure", "value", "unit", "shown_as", "how"]
    assert [row[:5] for row in audit] == full


def test_the_manifest_names_every_file_that_the_paper_was_made_from(paper: Bundle) -> None:
    ref = paper.checked.ref
    told = json.loads(paper.files["audit/manifest.json"])
    shared = ROOT / "inputs" / "shared"
    assert {entry["file"] for entry in told["inputs"]} == {
        path.relative_to(ROOT).as_posix()
        for folder in (inputs(paper), shared)
        for path in folder.iterdir()
        if path.is_file() and folder.relative_to(ROOT).as_posix() in told["folders"]
    }
    assert (shared.relative_to(ROOT).as_posix() in told["folders"]) == (ref.authority == "exampleshire")
    templates = [ROOT / "templates" / part for part in ("layout", f"{ref.authority}/{ref.paper}")]
    used = {path for folder in templates for path in folder.iterdir() if not path.name.startswith(".")}
    used |= {ROOT / "templates" / ref.authority / "house.css", ROOT / "reportgen.toml"}
    used |= set((inputs(paper) / ref.paper).iterdir())
    assert {entry["file"] for entry in told["templates_and_settings"]} == {
        path.relative_to(ROOT).as_posix() for path in used
    }
    for entry in (*told["inputs"], *told["templates_and_settings"]):
        content = (ROOT / entry["file"]).read_bytes()
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    edition = {f"full/{entry['file']}": entry["sha256"] for entry in told["editions"]["full"]}
    assert edition == {
        name: hashlib.sha256(content).hexdigest() for name, content in paper.files.items() if name.startswith("full/")
    }
    assert set(told["fonts"]) <= {"Liberation Sans", "Liberation Sans Bold", "Liberation Sans Italic"}


def test_files_know_nothing_of_the_machine(paper: Bundle) -> None:
    for name, content in paper.files.items():
        for secret in (str(ROOT), str(Path.home())):
            if len(secret) > 5:
                assert secret.encode() not in content, name
