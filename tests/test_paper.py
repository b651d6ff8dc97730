"""The Cambridgeshire paper, built once and read back: its figures, its pages, its tags, its files."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pytest

from reportgen.render.page import pages
from reportgen.workspace import packaged_templates
from tests.built import MONTH, NAME, REF, ROOT, Bundle, Element
from tests.pdf_structure import Tag, artefacts, bookmarks, inconsistencies, page_texts
from tests.verapdf import Engine

INPUTS = ROOT / "inputs" / REF.authority / MONTH
MARGIN = 20 / 25.4 * 72  # points
HEADINGS = ("H1", "H2", "H3", "H4")


def sheet(file: str, name: str) -> list[list[object]]:
    """The rows of a sheet below its headings, by openpyxl alone."""
    book = openpyxl.load_workbook(INPUTS / file, data_only=True)
    return [list(row) for row in book[name].iter_rows(min_row=4, values_only=True)]


def facts() -> dict[tuple[str, str], Sequence[object]]:
    """The key facts by indicator and date: value, target and target date."""
    rows = sheet("finance.xlsx", "Key facts")
    return {(str(name), str(date)): rest for name, _, date, *rest in rows}


def number(value: object) -> Fraction:
    assert isinstance(value, (int, float))
    return Fraction(str(value))


def percent(part: Fraction, whole: Fraction) -> str:
    """A share to one decimal, by decimal text alone: no half stands in this paper."""
    return f"{float(part / whole * 100):.1f}%"


def sentences() -> list[str]:
    """What the paper must say, worked out from the workbooks by another way."""
    months = sheet("lac numbers.xlsx", "LAC numbers")
    (first, *_), (*_, before, last) = months, months
    all_first, all_before, all_last = (int(number(row[1])) for row in (first, before, last))
    uasc = int(number(last[3]))
    known = facts()
    start, end = (
        int(number(known[key][0]))
        for key in (("Placements budget at start of strategy", "March 2016"), ("Placements budget by 2020", "2020"))
    )
    cost = "Average weekly cost of placements"
    then, now = number(known[cost, "March 2016"][0]), number(known[cost, "2016-06-23 00:00:00"][0])
    beds = "In-house fostering beds filled"
    beds_then, (beds_now, beds_target, _) = number(known[beds, "January 2016"][0]), known[beds, "May 2016"]
    threshold = int(number(known["UASC at the threshold", "2016"][0]))
    pressure = {str(name): int(number(amount)) for name, amount in sheet("finance.xlsx", "Budget pressure")}
    savings = [row for row in sheet("savings 2016-17.xlsx", "Savings 2016-17") if row[0] != "Total"]
    total, planned = (
        abs(sum(int(number(row[1])) for row in rows)) for rows in (savings, [row for row in savings if row[3] == "Yes"])
    )
    targets = sum(int(number(row[2])) for row in sheet("action plan.xlsx", "Outcomes") if row[2] is not None)
    return [
        f"from £{start:,} at the start of the strategy to £{end:,} by 2020",
        f"That is £{start - end:,} less",
        f"a change of {percent(Fraction(start - end), Fraction(start))}",
        f"looked after {all_last} children, {all_last - all_before} more than a month earlier and"
        f" {all_last - all_first} more than in July 2015, a change of "
        + percent(Fraction(all_last - all_first), Fraction(all_first)),
        f"numbered {uasc} at the end of May 2016, against {first[3]} at the start",
        f"they make up {percent(Fraction(uasc), Fraction(all_last))} of looked after children",
        f"means {threshold} UASC for this county. The council looks after {threshold - uasc} fewer",
        f"projected to be £{sum(v for k, v in pressure.items() if k != 'Total'):,} overspent",
        f"£{pressure['Overspend from demand']:,} 53.3%",
        f"£{pressure['Pressure carried forward from 2015/16']:,} 46.7%",
        f"fell from £{float(then):,.2f} at the end of March 2016 to £{float(now):,.2f} on 23 June 2016: "
        f"£{float(then - now):,.2f} less, or {percent(then - now, then)}",
        f"had {beds_now} beds filled in May 2016, {int(number(beds_now) - beds_then)} more than in January 2016",
        f"The target is {beds_target} by March 2017: {int(number(beds_target) - number(beds_now))} more are needed",
        f"{MINUS}{abs(targets):,}",
        f"come to £{abs(targets):,}k",
        f"£{total:,}k, of which £{planned:,}k is in the business plan",
        f"Total {MINUS}{total:,}",
    ]


MINUS = "\u2212"
PUBLISHED = (
    "631", "16", "68", "563", "12.1%", "65", "92", "27", "£19,371,809", "£13,071,809", "£6,300,000", "£750,000",
    "£400,000", "£350,000", "£1,163.00", "£996.55", "£166.45", "14.3%", "170", "28", "187", "17", "−5,480", "−4,380",
    "£4,380k", "£3,661k", "−2,319", "−2,061", "0.07%",
)  # fmt: skip


@pytest.fixture(scope="module")
def text(paper: Bundle) -> str:
    """All words of the PDF, as a reader would copy them."""
    return " ".join(page_texts(paper.pdf))


@pytest.mark.parametrize("sentence", sentences())
def test_the_paper_says_what_the_workbooks_come_to(text: str, sentence: str) -> None:
    assert sentence in text


@pytest.mark.parametrize("figure", PUBLISHED)
def test_the_published_figures_stand_in_the_paper(text: str, figure: str) -> None:
    assert re.search(rf"(?<![\d,.]){re.escape(figure)}(?![\d%])", text)


def test_ratings_are_counted_and_differences_told(paper: Bundle, text: str) -> None:
    rows = sheet("action plan.xlsx", "Action plan")
    stated = {str(row[1]): str(row[9]) for row in rows}
    assert len(stated) == 14
    assert "four of the 14 actions were Red, four Amber, five Green and one Blue" in text
    late = [ref for ref, *_ in ((str(row[1]), row[7]) for row in rows if row[7] == "May 2016" and row[5] == "Started")]
    differing = {problem.expected.partition(" of action ")[2].split()[0] for problem in paper.checked.problems}
    assert sorted(differing) == sorted(late) == ["2.2", "2.3", "4.6", "5.3"]
    for ref in late:
        assert stated[ref] != "Red"
    assert text.count("Officer's rating: ") == 4
    assert text.count("Turns Red by the meeting") == 3


def test_the_paper_conforms_to_pdf_ua(paper: Bundle, verapdf: Engine) -> None:
    assert verapdf(paper.pdf) == ()
    assert inconsistencies(paper.pdf) == []


def test_headings_are_in_order_and_are_the_bookmarks(paper: Bundle) -> None:
    found = [tag for tag in paper.structure._walk() if tag.kind in HEADINGS]
    levels = [int(tag.kind[1]) for tag in found]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [(level - 1, tag.text) for level, tag in zip(levels, found, strict=True)] == [
        (level, words) for level, words, _ in bookmarks(paper.pdf)
    ]
    assert [tag.text for tag in found if tag.kind == "H2"] == [
        "1. Background", "2. Progress", "3. Numbers and finance", "4. Alignment with corporate priorities",
        "5. Significant implications", "6. Source documents",
    ]  # fmt: skip


def test_paragraphs_are_numbered_without_a_gap(paper: Bundle) -> None:
    found = [tag.text.split()[0] for tag in paper.structure.all("P") if re.match(r"\d+\.\d+ ", tag.text)]
    numbers = [tuple(map(int, each.split("."))) for each in found]
    counts = {section: [n for s, n in numbers if s == section] for section, _ in numbers}
    assert numbers == sorted(numbers)
    assert all(each == list(range(1, len(each) + 1)) for each in counts.values())
    assert sorted(counts) == [1, 2, 3, 4, 5]


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
        assert {len(row.all("TH") + row.all("TD")) for row in rows} == {len(head)}


def test_pictures_have_their_alternative_and_a_box(paper: Bundle) -> None:
    charts = [item.exhibit for item in paper.document.exhibits.values() if item.is_chart]
    figures = paper.structure.all("Figure")
    assert [figure.alt for figure in figures] == [getattr(chart, "alt") for chart in charts]  # noqa: B009
    assert len(figures) == 3
    for figure in figures:
        left, bottom, right, top = (float(each) for each in figure.attributes["BBox"])
        assert left >= MARGIN - 0.01 and right <= 595.28 - MARGIN + 0.01
        assert bottom >= MARGIN - 0.01 and top <= 841.89 - MARGIN


def test_the_alternatives_say_what_the_charts_show(paper: Bundle) -> None:
    ratings, timeline, population = (figure.alt for figure in paper.structure.all("Figure"))
    assert "2. Risk is managed confidently at the edge of care: two Amber and two Red." in ratings
    assert "Past their date and not complete: 2.2, 2.3, 4.6 and 5.3." in timeline
    assert population.startswith(
        "Line chart. The number of looked after children rose by 68 between July 2015 and May 2016. All children rose"
        " from 563 in July 2015 to 631 in May 2016; highest 631 in May 2016, lowest 563 in July 2015."
    )


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
    assert {tag.text for tag in links} == labels
    assert all(tag.links == (tag.text,) for tag in links)
    ids = {each.attributes["id"] for each in paper.page.all("div", "h2") if "id" in each.attributes}
    assert {each.attributes["href"].removeprefix("#") for each in paper.page.all("a")} <= ids


def _boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The boxes of a page's letters, in points."""
    words = page.get_textpage()
    return [words.get_charbox(at) for at in range(words.count_chars()) if words.get_text_range(at, 1).strip()]


def test_nothing_stands_over_the_margin(paper: Bundle) -> None:
    document = pypdfium2.PdfDocument(paper.pdf)
    assert len(document) in (10, 11)
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        assert (round(width), round(height)) == (595, 842)
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


def test_short_tables_stand_on_one_page_and_no_row_of_actions_stands_alone(paper: Bundle) -> None:
    items = [item for item in paper.document.exhibits.values() if not item.is_chart]
    for table, item in zip(paper.structure.all("Table"), items, strict=True):
        rows = [row for row in table.all("TBody")[0].kids if row.kind == "TR"]
        pages_of = [min(row.pages) for row in rows]
        if "actions" in item.key:
            assert all(pages_of.count(page) > 1 for page in pages_of)
        else:
            assert len(table.pages) == 1, item.key
        assert all(len(row.pages) == 1 for row in rows)


def test_the_pdf_is_dated_by_its_meeting(paper: Bundle) -> None:
    with pikepdf.open(io.BytesIO(paper.pdf)) as document:
        said = {str(key): str(value) for key, value in document.docinfo.items()}
        assert (said["/Title"], said["/Author"]) == (paper.document.title, paper.document.author)
        assert said["/CreationDate"] == said["/ModDate"] == "D:20160712000000Z"
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
    assert [each.attributes["src"].partition(",")[0] for each in page.all("img")] == ["data:image/svg+xml;base64"] * 3
    assert all(each.attributes["alt"] for each in page.all("img"))
    assert page.all("script", "link", "iframe", "object", "form") == []
    assert all(each.attributes["href"].startswith("#") for each in page.all("a"))
    assert not re.search(r"https?://", paper.html)
    assert not re.search(r"url\(|@import", paper.html)
    assert (page.all("html")[0].attributes["lang"], page.all("meta")[0].attributes["charset"]) == ("en-GB", "utf-8")


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_bundle_has_its_files(paper: Bundle) -> None:
    exhibits = paper.document.exhibits
    assert set(paper.files) == {
        f"full/{NAME}.pdf", f"full/{NAME}.html", "full/figures.csv", "audit/figures.csv", "audit/manifest.json",
        "audit/problems.json", *(f"full/tables/{key}.csv" for key in exhibits),
        *(f"full/charts/{key}.svg" for key, item in exhibits.items() if item.is_chart),
    }  # fmt: skip


def test_cells_and_hashes_of_inputs_stay_in_the_audit_folder(paper: Bundle) -> None:
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in INPUTS.glob("*.xlsx")]
    cell = re.compile(rb"![A-Z]{1,3}\d|\b[A-Z]{1,2}\d+:[A-Z]{1,2}\d+\b|\.xlsx")
    for name, content in paper.files.items():
        if name.startswith("full/") and not name.endswith(".pdf"):
            assert not cell.search(content), name
        assert name.startswith("audit/") or not any(each.encode() in content for each in hashes), name
    full, audit = _rows(paper.files["full/figures.csv"]), _rows(paper.files["audit/figures.csv"])
    assert full[0] == ["figure", "value", "unit", "shown_as", "how"]
    assert [row[:5] for row in audit] == full
    told = {row[0]: row for row in audit}
    assert told["uasc_last"][1:4] == ["65", "count", "65"]
    assert told["uasc_last"][5] == f"inputs/{REF.authority}/{MONTH}/lac numbers.xlsx!LAC numbers!D14"
    assert told["actions_red"][1:4] == ["4", "count", "four"]


def test_the_manifest_names_every_file_that_the_paper_was_made_from(paper: Bundle) -> None:
    told = json.loads(paper.files["audit/manifest.json"])
    assert {entry["file"] for entry in told["inputs"]} == {
        path.relative_to(ROOT).as_posix() for path in INPUTS.glob("*.xlsx")
    }
    templates = [ROOT / "templates" / part for part in ("layout", f"{REF.authority}/{REF.paper}")]
    used = {path for folder in templates for path in folder.iterdir() if not path.name.startswith(".")}
    used |= {ROOT / "templates" / REF.authority / "house.css", ROOT / "reportgen.toml"}
    used |= set((INPUTS / REF.paper).iterdir())
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
    assert told["fonts"] == ["Liberation Sans", "Liberation Sans Bold", "Liberation Sans Italic"]


def test_files_know_nothing_of_the_machine(paper: Bundle) -> None:
    for name, content in paper.files.items():
        for secret in (str(ROOT), str(Path.home())):
            if len(secret) > 5:
                assert secret.encode() not in content, name


def _piece(html: str, start: str, end: str) -> str:
    at = html.index(start)
    return html[at : html.index(end, at) + len(end)] + "\n"


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("front_sheet.html", "<header>", "</header>"),
        ("table.html", '<div class="exhibit short" id="exhibit-pressure">', "</table>"),
        ("action.html", '<tr class="body">\n<th scope="row" class="text">2.2</th>', "</tr>"),
        ("chart.html", '<div class="exhibit chart" id="exhibit-ratings_chart">', "</div>"),
        ("paragraphs.html", '<h2 id="section-1">', '<h2 id="section-2">'),
    ],
)
def test_pieces_of_html_are_as_they_were(
    paper: Bundle, golden: Callable[[str, str], None], name: str, start: str, end: str
) -> None:
    html = pages(paper.document, [packaged_templates()], REF.authority, "draft").pdf_html
    golden(name, _piece(html, start, end))
