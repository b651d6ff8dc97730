"""The Cambridgeshire paper, built once and read back: its figures, its pages, its tags, its files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

import openpyxl
import pytest

from reportgen.model import DRAFT
from reportgen.render.page import pages
from reportgen.workspace import packaged_templates
from tests.built import MONTH, REF, ROOT, Bundle
from tests.pdf_structure import page_texts

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


def test_the_alternatives_say_what_the_charts_show(paper: Bundle) -> None:
    ratings, timeline, population = (figure.alt for figure in paper.structure.all("Figure"))
    assert "2. Risk is managed confidently at the edge of care: two Amber and two Red." in ratings
    assert "Past their date and not complete: 2.2, 2.3, 4.6 and 5.3." in timeline
    assert population.startswith(
        "Line chart. The number of looked after children rose by 68 between July 2015 and May 2016. All children rose"
        " from 563 in July 2015 to 631 in May 2016; highest 631 in May 2016, lowest 563 in July 2015."
    )


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
    html = pages(paper.document, [packaged_templates()], REF.authority, DRAFT).pdf_html
    golden(name, _piece(html, start, end))


def test_the_sections(paper: Bundle) -> None:
    assert [tag.text for tag in paper.structure.all("H2")] == [
        "1. Background", "2. Progress", "3. Numbers and finance", "4. Alignment with corporate priorities",
        "5. Significant implications", "6. Source documents",
    ]  # fmt: skip


def test_no_row_of_actions_stands_alone_on_its_page(paper: Bundle) -> None:
    items = [item for item in paper.document.exhibits.values() if not item.is_chart]
    for table, item in zip(paper.structure.all("Table"), items, strict=True):
        pages_of = [min(row.pages) for row in table.all("TBody")[0].kids if row.kind == "TR"]
        assert "actions" not in item.key or all(pages_of.count(page) > 1 for page in pages_of)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_figure_is_told_with_its_cells_in_the_audit_alone(paper: Bundle) -> None:
    told = {row[0]: row for row in rows_of(paper.files["audit/figures.csv"])}
    assert told["uasc_last"][1:4] == ["65", "count", "65"]
    assert told["uasc_last"][5] == f"inputs/{REF.authority}/{MONTH}/lac numbers.xlsx!LAC numbers!D14"
    assert told["actions_red"][1:4] == ["4", "count", "four"]
