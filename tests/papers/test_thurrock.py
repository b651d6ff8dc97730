"""Every published figure of the Thurrock paper is reproduced from its workbooks, or reported; what the paper says."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import json
import re
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from reportgen import pipeline
from reportgen.cells.kinds import parse_period
from reportgen.exhibits.style import WHITE, contrast
from reportgen.exhibits.views import ChartView, TableView
from reportgen.model import Severity, Unit
from reportgen.pipeline import Checked
from reportgen.trace import Figure
from reportgen.workspace import PaperRef, Workspace
from scripts.inputs import thurrock_2016
from tests.built import built
from tests.papers.published import published
from tests.papers.published import table as rows_of
from tests.pdf_structure import page_texts

ROOT = Path(__file__).parent.parent.parent
INPUTS = ROOT / "inputs" / "thurrock" / "2016-09"
REF, MONTH = PaperRef("thurrock", "placements-and-demand"), "2016-09"
FACTS = 'inputs/thurrock/2016-09/key facts Sept 2016.xlsx, sheet "Key facts"'
INDICATORS = {
    "Increase in use of independent fostering agencies": ("latest", "2016-05"),
    "Placements spot purchased": ("latest", "2016-05"),
    "Children placed outside the borough": ("latest", "2016-05"),
    "Children with 3 or more placement moves, 2015/16": ("earlier", "2015/16"),
    "Children with 3 or more placement moves, year to date": ("latest", "2016-10"),
}
UNITS = {"count": Unit.COUNT, "percent": Unit.PERCENT, "per 10,000": Unit.PER_10000, "per week": Unit.COUNT}


@pytest.fixture(scope="module")
def checked() -> Checked:
    return built(REF, MONTH).checked


@pytest.fixture(scope="module")
def files(checked: Checked) -> dict[str, bytes]:
    return built(REF, MONTH).files


@pytest.fixture(scope="module")
def said(files: dict[str, bytes]) -> str:
    """The words of the paper, white space made single."""
    page = files[f"full/{REF.paper}-{MONTH}.html"].decode("utf-8")
    body = page[page.index("<body") :]
    text = re.sub(r"<[^>]+>", "", re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL))
    return " ".join(html.unescape(text).replace("\u2019", "'").split())


def named(checked: Checked) -> dict[str, Figure]:
    assert checked.figures is not None
    return checked.figures


def table(checked: Checked, name: str) -> TableView:
    assert checked.document is not None
    exhibit = checked.document.exhibits[name].exhibit
    return exhibit.table if isinstance(exhibit, ChartView) else exhibit


def rows(view: TableView) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in view.rows]


def fact(checked: Checked, row: dict[str, str]) -> Figure:
    """The figure that holds a published fact."""
    if row["fact"] in INDICATORS:
        column, period = INDICATORS[row["fact"]]
        assert checked.found is not None
        grid = checked.found.grids["indicators"]
        name = row["fact"].partition(",")[0]
        (found,) = [r for r in grid.rows if r.cells[0].value == name]
        assert found.cells[grid.position(f"{column}_period")].value == parse_period(period)
        return found.cells[grid.position(column)]
    (found_fact,) = [
        figure
        for figure in named(checked).values()
        if figure.counted() and f"indicator is {row['fact']} and as at is {parse_period(row['as_at'])}" in figure.how
        and figure.unit is not Unit.DATE and "." not in figure.name
    ]  # fmt: skip
    return found_fact


@published
def test_every_key_fact(checked: Checked) -> None:
    expected = rows_of("thurrock-2016", "key_facts.csv")
    assert len(expected) == 14
    for row in expected:
        figure = fact(checked, row)
        value = Fraction(row["value"]) / (100 if row["unit"] == "percent" else 1)
        assert (figure.value, figure.unit) == (value, UNITS[row["unit"]]), row["fact"]
        assert len(figure.counted()) == 1, row["fact"]


def test_the_share_that_no_number_of_cases_comes_to_is_the_only_warning(checked: Checked) -> None:
    told = [p.message for p in checked.problems if p.severity is not Severity.NOTE]
    assert told == [
        f"{FACTS}, cell D13: expected a share that a whole number of 50 comes to, found 49%.\n"
        "  24 would be 48% and 25 would be 50%: ask for the number itself. The paper prints the share as it is "
        "stated.\n"
        "  See also cell D12.  [share-of-no-whole]"
    ]
    assert [round(100 * n / 50) for n in (24, 25)] == [48, 50]
    assert checked.sound


def test_what_can_be_worked_out(checked: Checked) -> None:
    figures = named(checked)
    assert {name: figures[name].value for name in (
        "rate_over_england", "rate_over_neighbours", "rate_without_over_england", "rate_without_over_neighbours",
        "rate_of_uasc", "uasc_over", "avoidable_cases",
    )} == {
        "rate_over_england": 84 - 60,
        "rate_over_neighbours": 84 - 66,
        "rate_without_over_england": 64 - 60,
        "rate_without_over_neighbours": 64 - 66,
        "rate_of_uasc": 84 - 64,
        "uasc_over": 90 - 28,
        "avoidable_cases": None,
    }  # fmt: skip


def test_the_stability_of_a_full_year_and_of_the_year_so_far_is_no_improvement(checked: Checked, said: str) -> None:
    *others, moves = rows(table(checked, "indicators"))
    assert moves == [
        "Children with 3 or more placement moves; Lower is better",
        "1.9%; October 2016",
        "3.0%; 2015/16",
        "[x]; Not compared: the latest value counts the year so far, the earlier one the whole of 2015/16",
    ]
    assert others == [
        [
            "Increase in use of independent fostering agencies; Lower is better",
            "8%; May 2016",
            "[x]",
            "[x]; No earlier value",
        ],
        ["Placements spot purchased; Lower is better", "9%; May 2016", "[x]", "[x]; No earlier value"],
        ["Children placed outside the borough; Lower is better", "63%; May 2016", "[x]", "[x]; No earlier value"],
    ]
    figures = named(checked)
    assert (figures["indicators_improving"].value, figures["indicators_not_compared"].value) == (0, 4)
    assert "None of the four can be compared with an earlier value; the table says why." in said
    assert not re.search(r"improving|improved|fell|worsening", said, re.IGNORECASE)


def test_rates_without_counts_are_said_to_be_stated(checked: Checked) -> None:
    assert checked.document is not None
    assert rows(table(checked, "rates")) == [
        ["All looked after children", "84", "66", "60"],
        ["Without UASC", "64", "[x]", "[x]"],
    ]
    note = (
        "As stated by the source, which gives no numbers from which they could be worked out: "
        "All looked after children; Without UASC."
    )
    for name in ("rates", "rates_chart"):
        assert note in checked.document.exhibits[name].exhibit.notes
    stated = {name for name, figure in named(checked).items() if figure.stated and "." not in name}
    assert stated == {
        "rate_all", "rate_without_uasc", "rate_england", "rate_neighbours", "uasc_threshold", "uasc_arrivals",
        "avoidable_share",
    }  # fmt: skip


def test_the_chart_sets_the_rates_beside_its_comparators(checked: Checked) -> None:
    assert checked.document is not None
    chart = checked.document.exhibits["rates_chart"].exhibit
    assert isinstance(chart, ChartView)
    assert chart.title == "Thurrock looks after 24 more children per 10,000 than England; without UASC, 4 more"
    drawn = re.sub(r"<[^>]+>", " ", chart.svg.decode("utf-8"))
    assert all(words in drawn for words in ("Statistical neighbours: 66", "England: 60", "84", "64"))
    assert all(number in chart.alt for number in ("84", "64", "66", "60"))


def test_what_the_paper_says(said: str) -> None:
    facts = {
        (str(name), str(when)): Fraction(str(value))
        for name, _, when, value in openpyxl.load_workbook(INPUTS / "key facts Sept 2016.xlsx")["Key facts"].iter_rows(
            min_row=4, values_only=True
        )
    }
    rate = facts["Looked after children per 10,000, Thurrock", "2016-09-01 00:00:00"]
    without = facts["Looked after children per 10,000 excluding UASC, Thurrock", "2016-09-01 00:00:00"]
    england = facts["Looked after children per 10,000, England", "2016"]
    near = facts["Looked after children per 10,000, statistical neighbours", "2016"]
    uasc = facts["Unaccompanied asylum seeking children under 18", "October 2016"]
    threshold = facts["UASC at the threshold of 0.07 percent (the paper: of the population under 17)", "Oct 2016"]
    for sentence in (
        f"At 1 September 2016 Thurrock looked after {rate} children in every 10,000 under 18.",
        f"England's rate was {england} and that of the statistical neighbours {near}.",
        f"it is {rate - england} above England's and {rate - near} above that of the statistical neighbours.",
        f"UASC account for {rate - without} of the {rate}.",
        f"the rate is {without - england} above England's and {near - without} below the neighbours'.",
        f"looked after {uasc} UASC under 18 in October 2016, {uasc - threshold} more than the threshold",
        f"Thurrock is {uasc - threshold} over its threshold of {threshold}.",
        "Of the 50 cases reviewed, 49% were judged avoidable. The source gives the share alone, and no one whole "
        "number of cases comes to it, so none is given here.",
        "Verified by: Finance Manager, Management Accounts.",
        "Verified by: Principal Solicitor, Children's Safeguarding.",
    ):
        assert sentence in said, sentence


def test_what_the_review_leaves_out_is_said_wherever_its_numbers_stand(checked: Checked, said: str) -> None:
    summary, _, rest = said.partition(" 2.1 ")
    assert "A review of 50 cases, in which neither UASC nor disabled children were counted, judged 49%" in summary
    assert "Unaccompanied asylum seeking children and disabled children were not part of the review" in rest
    (left_out, _) = table(checked, "review").notes
    assert left_out == "Unaccompanied asylum seeking children and disabled children were left out of the review."


def test_the_age_of_the_threshold_is_that_of_the_scheme_and_the_sources_words_are_told(checked: Checked) -> None:
    first, _ = table(checked, "uasc").notes
    assert first.startswith("The scheme sets the threshold at 0.07% of the population under 18. The source words it")


def test_a_later_comparator_is_refused(tmp_path: Path) -> None:
    for folder in ("templates", "inputs"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "thurrock").mkdir()
    for path in [ROOT / "reportgen.toml", *(ROOT / "templates" / "thurrock").rglob("*.*"), *INPUTS.rglob("*.*")]:
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    workbook = openpyxl.load_workbook(INPUTS / "key facts Sept 2016.xlsx")
    workbook["Key facts"]["C5"] = "2016/17"
    workbook["Key facts"]["C6"] = 2017
    workbook.save(tmp_path / INPUTS.relative_to(ROOT) / "key facts Sept 2016.xlsx")
    settings = tmp_path / "templates/thurrock/placements-and-demand/paper.toml"
    text = settings.read_text(encoding="utf-8").replace(
        'England", as_at = "2016"', 'England", as_at = "2016/17"').replace(
        'neighbours", as_at = "2016"', 'neighbours", as_at = "2017"')  # fmt: skip
    settings.write_text(text, encoding="utf-8")
    problems = pipeline.check(Workspace(tmp_path), REF, MONTH).problems
    assert [p.message for p in problems if p.code == "comparator-later"] == [
        f'{FACTS}, cell C6: expected a comparator "Looked after children per 10,000, statistical neighbours" for a '
        "time that begins by 01/09/2016, the day of the data, found 2017.\n"
        "  Take the latest one that was known then, or correct the date in the row or in the settings.\n"
        "  See also cell D6.\n"
        "  See also templates/thurrock/placements-and-demand/paper.toml.  [comparator-later]"
    ]


def test_the_front_sheet(checked: Checked) -> None:
    assert checked.document is not None
    assert [term for term, _ in checked.document.front] == [
        "Date", "Item number", "Committee", "Wards and communities affected", "Key decision", "Report of",
        "Accountable head of service", "Accountable director", "This report is",
    ]  # fmt: skip
    assert checked.document.meeting_date == dt.date(2016, 10, 4)
    assert checked.document.data_date == "1 September 2016"


def test_the_paper_is_five_pages_and_says_no_more_than_is_known(files: dict[str, bytes]) -> None:
    pdf = files[f"full/{REF.paper}-{MONTH}.pdf"]
    assert len(page_texts(pdf)) == 5
    assert {p["code"] for p in json.loads(files["audit/problems.json"])} == {"share-of-no-whole", "row-not-read"}


def test_the_house_colour_can_be_read_on_white() -> None:
    css = (ROOT / "templates" / "thurrock" / "house.css").read_text(encoding="utf-8")
    (colour,) = re.findall(r"--house: (#[0-9a-f]{6});", css)
    others = {
        path.read_text(encoding="utf-8")
        for path in ROOT.glob("templates/*/house.css")
        if path.parent.name != "thurrock"
    }
    assert contrast(colour, WHITE) >= 4.5
    assert not any(colour in text for text in others)


def test_the_workbooks_are_those_that_the_script_writes(tmp_path: Path) -> None:
    thurrock_2016.write(tmp_path)
    committed, written = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.xlsx")}
        for folder in (INPUTS, tmp_path)
    )
    assert len(written) == 2
    assert committed == written
