"""Every published figure of the Rotherham paper is reproduced from its workbooks, or reported with its amount."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, groupby
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.model import Severity, Unit, Value
from reportgen.trace import Claim, Figure
from reportgen.workspace import PaperRef
from scripts.inputs import rotherham
from tests.built import built
from tests.papers.published import published, table
from tests.pdf_structure import page_texts

ROOT = Path(__file__).parent.parent.parent
INPUTS = ROOT / "inputs" / "rotherham" / "2016-12"
REF, MONTH = PaperRef("rotherham", "lac-budget-pressures"), "2016-12"
YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")
MILLION = 100_000_000  # pence
PLACE = "inputs/rotherham/2016-12/in-year position.xlsx"


@pytest.fixture(scope="module")
def checked() -> pipeline.Checked:
    return built(REF, MONTH).checked


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """The paper as a build would leave it."""
    return built(REF, MONTH).pdf


@pytest.fixture(scope="module")
def text(pdf: bytes) -> str:
    """All words of the PDF, as a reader would copy them."""
    return " ".join(page_texts(pdf))


def rows_of(name: str) -> list[dict[str, str]]:
    return table("rotherham-2017", name)


def pence(millions: str) -> int:
    return int(Decimal(millions) * MILLION)


def figure(checked: pipeline.Checked, name: str) -> Figure:
    figures = checked.figures
    assert figures is not None
    return figures[name]


def value(checked: pipeline.Checked, name: str) -> Value | None:
    return figure(checked, name).value


def grid_rows(checked: pipeline.Checked, name: str, group: str | None = None) -> list[list[Value | None]]:
    assert checked.found is not None
    rows = checked.found.grids[name].rows
    return [[figure.value for figure in row.cells] for row in rows if group in (None, row.group)]


def proposals() -> Iterator[tuple[str, str, dict[str, dict[str, str]]]]:
    """Each published proposal: reference, title, and its rows by their label."""
    for (ref, title), rows in groupby(rows_of("proposals.csv"), key=lambda row: (row["ref"], row["proposal"])):
        yield ref, title, {row["line"]: row for row in rows}


def by_year(row: dict[str, str]) -> list[int]:
    return [pence(row[year]) for year in YEARS]


def test_the_only_warning_is_of_a_sum_that_is_not_of_what_it_says(checked: pipeline.Checked) -> None:
    assert [p.message for p in checked.problems if p.severity is not Severity.NOTE] == [
        f'{PLACE}, sheet "Key facts", cell D13: expected the cost avoidance and mitigation of the year to be '
        "£5,189,000, avoided plus mitigated, found £6,500,000.\n"
        "  They differ by £1,311,000. Correct the one that is wrong: the paper goes by what it has worked out.\n"
        f'  See also {PLACE}, sheet "Delivered 2016-17", cell C5.\n'
        f'  See also {PLACE}, sheet "Delivered 2016-17", cell C6.  [stated-differs]'
    ]


@published
def test_every_line_of_the_plan(checked: pipeline.Checked) -> None:
    expected = rows_of("table1_budget_proposals.csv")
    found = {str(label): amounts for label, *amounts in grid_rows(checked, "financial_plan")}
    called = {"Net Forecast": "Net forecast", "Overall Investment / Funding Support": "Support beyond the net budget"}
    assert len(expected) == len(found) == 7
    for row in expected:
        amounts = by_year(row)
        assert found[called.get(row["line"], row["line"])] == [*amounts, sum(amounts)], row["line"]


@published
def test_every_row_of_every_proposal_with_what_is_worked_out_of_it(checked: pipeline.Checked) -> None:
    seen = 0
    for ref, _, lines in proposals():
        found = {str(label): cells for label, *cells in grid_rows(checked, "proposals_by_year", ref)}
        investment, gross = by_year(lines["Investment"]), by_year(lines["Gross Saving"])
        net = [a + b for a, b in zip(investment, gross, strict=True)]
        assert found["Investment"][:6] == [*investment, sum(investment)]
        assert found["Gross saving"][:6] == [*gross, sum(gross)]
        assert found["Net saving"] == [*net, sum(net), lines["Net Saving"]["payback"]]
        assert by_year(lines["Net Saving"]) == net
        assert found["Net saving to date"][:5] == list(accumulate(net))
        if "LAC Reduction" in lines:
            fewer = [int(lines["LAC Reduction"][year]) for year in YEARS]
            assert found["Children fewer"][:6] == [*fewer, int(lines["LAC Reduction"]["cumulative"])]
        if "% of placements with LA Fostering" in lines:
            shares = [lines["% of placements with LA Fostering"][year] for year in YEARS]
            assert found["In-house share"][:5] == [Fraction(int(share.rstrip("%")), 100) for share in shares]
        seen += len(lines)
    assert seen == len(rows_of("proposals.csv")) == 30


@published
def test_only_rounding_parts_two_stated_sums_from_those_of_their_years(checked: pipeline.Checked) -> None:
    apart = {}
    for ref, _, lines in proposals():
        for line in ("Investment", "Gross Saving", "Net Saving"):
            gap = pence(lines[line]["cumulative"]) - sum(by_year(lines[line]))
            if gap:
                apart[ref, line] = gap
    assert apart == {("1A", "Investment"): 100_000, ("1A", "Net Saving"): 100_000}
    assert {p.code for p in checked.problems} <= {"stated-differs"}


def payback(net: list[int]) -> str:
    return next((f"Year {number}" for number, amount in enumerate(net, 1) if amount < 0), "N/A")


@published
def test_every_payback_as_stated_and_counted_from_the_start(checked: pipeline.Checked) -> None:
    rows = {str(row[0]): row for row in grid_rows(checked, "proposals")}
    differing = {}
    for ref, title, lines in proposals():
        net = by_year(lines["Net Saving"])
        assert rows[ref][1] == title
        assert rows[ref][6] == lines["Net Saving"]["payback"] == payback(net), ref
        assert rows[ref][7] == payback(list(accumulate(net))), ref
        if rows[ref][6] != rows[ref][7]:
            differing[ref] = (rows[ref][6], rows[ref][7])
    assert differing == {"2": ("Year 2", "Year 3")}


@published
def test_a_reduction_is_of_new_children_who_count_half_in_their_first_year(checked: pipeline.Checked) -> None:
    found = {str(row[0]): row for row in grid_rows(checked, "proposals_children")}
    given = [(ref, lines) for ref, _, lines in proposals() if "LAC Reduction" in lines]
    assert [ref for ref, _ in given] == list(found) == ["2", "3", "5", "6", "7"]
    for ref, lines in given:
        fewer = [int(lines["LAC Reduction"][year]) for year in YEARS]
        child_years = [sum(fewer[:at]) + Fraction(new, 2) for at, new in enumerate(fewer)]
        saved = [-amount for amount in by_year(lines["Gross Saving"])]
        assert saved == [22_000 * 100 * years for years in child_years], ref
        assert found[ref][4] == sum(fewer)
        assert found[ref][5] == Fraction(-sum(saved), sum(fewer))
        assert found[ref][6:] == [sum(child_years), -22_000 * 100]


@published
def test_how_much_of_the_plan_the_proposals_explain(checked: pipeline.Checked) -> None:
    plan = {row["line"]: by_year(row) for row in rows_of("table1_budget_proposals.csv")}
    listed = {line: [by_year(lines[line]) for _, _, lines in proposals()] for line in ("Investment", "Gross Saving")}
    investment, savings = ([sum(amounts) for amounts in zip(*rows, strict=True)] for rows in listed.values())
    *years, whole = grid_rows(checked, "plan_explained")
    planned = plan["Investment"], plan["Savings / Cost Avoidance (from Investment)"]
    for at, row in enumerate(years):
        assert row[0] == YEARS[at]
        assert (row[1], row[2], row[4]) == (planned[0][at], investment[at], planned[0][at] - investment[at])
        assert (row[5], row[6], row[8]) == (planned[1][at], savings[at], planned[1][at] - savings[at])
        assert row[3] == Fraction(investment[at], planned[0][at])
        assert row[7] == (Fraction(savings[at], planned[1][at]) if planned[1][at] else None)
    assert whole[1:] == [
        1_460_800_000, 1_121_800_000, Fraction(11218, 14608), 339_000_000,
        -2_512_800_000, -2_243_300_000, Fraction(22433, 25128), -269_500_000,
    ]  # fmt: skip


NAMES = {
    ("Placements funded by the original budget", "2016-04"): "funded",
    ("Looked after children", "2015-03-31"): "children_two_back",
    ("Looked after children", "2016-03-31"): "children_before",
    ("Looked after children", "2016-12-31"): "children_now",
    ("Children above the number funded", "2016-12-31"): "above_funded",
    ("Per 10,000, Rotherham", "2016-12-31"): "rate",
    ("Per 10,000, statistical neighbours", "2016-03"): "rate_neighbours",
    ("Per 10,000, England", "2016-03"): "rate_england",
    ("Looked after children aged 10 and over", "2016-12"): "aged_10_and_over",
    ("Approved savings delivered", "2016-12"): "approved_delivered",
    ("Cost avoidance delivered", "2016-12"): "avoided",
    ("Further in-year mitigation on target", "2016-12"): "mitigated",
    ("Cost avoidance and mitigation this year, as stated", "2016-12"): "delivered_stated",
    ("Forecast cost reduction by 2020/21, as stated", "2020/21"): "reduction_stated",
    ("Baseline for that reduction, as stated", "2016/17"): "baseline_stated",
}
UNITS = {
    "count": (Unit.COUNT, 1), "per 10,000": (Unit.PER_10000, 1), "percent": (Unit.PERCENT, Fraction(1, 100)),
    "GBP million": (Unit.MONEY, MILLION),
}  # fmt: skip


@published
def test_every_key_fact(checked: pipeline.Checked) -> None:
    expected = rows_of("key_facts.csv")
    assert len(expected) == len(NAMES) == 15
    for row in expected:
        found, (unit, scale) = figure(checked, NAMES[row["fact"], row["as_at"]]), UNITS[row["unit"]]
        assert (found.value, found.unit) == (Fraction(row["value"]) * scale, unit), row["fact"]
        assert found.counted(), row["fact"]


def test_what_the_source_only_states_is_marked_so(checked: pipeline.Checked) -> None:
    stated = [name for name, found in (checked.figures or {}).items() if found.stated and "." not in name]
    assert stated == ["rate", "rate_neighbours", "rate_england", "aged_10_and_over"]


def claims(checked: pipeline.Checked) -> dict[str, Claim]:
    assert checked.found is not None
    return {claim.what: claim for claim in checked.found.disputes}


def test_a_stated_amount_stands_for_the_half_unit_that_it_shows(checked: pipeline.Checked) -> None:
    """£4m is what £4.286m rounds to and £64m what £64.495m does; no rounding makes £5.189m of £6.5m."""
    names = ("delivered_stated", "reduction_stated", "baseline_stated")
    assert {name: figure(checked, name).interval for name in names} == {
        "delivered_stated": (645_000_000, 655_000_000),
        "reduction_stated": (350_000_000, 450_000_000),
        "baseline_stated": (6_350_000_000, 6_450_000_000),
    }
    assert value(checked, "forecast_reduction") == 428_600_000
    assert value(checked, "plan_net_forecast_first") == 6_449_500_000
    assert value(checked, "all_kinds_delivered") == 645_600_000
    assert {what: claim.gap for what, claim in claims(checked).items()} == {
        "the cost avoidance and mitigation of the year": 131_100_000
    }


SENTENCES = (
    "looked after 488 children, 88 more than the 400 that the budget funds",
    "by 26 in the year to 31 March 2016 and by 55 since, to 488 at 31 December 2016. That is 88 more than the budget "
    "funds, or 22%.",
    "For each 10,000 of the population under 18, 87 children were looked after. That is 14 more than among statistical "
    "neighbours and 27 more than in England.",
    "£7.848m in 2016/17 and £13.514m in 2020/21, £5.666m more, while the net budget is £3.751m lower by then",
    "The source states the cost avoidance and mitigation of the year as £6.5m; its parts come to £5.189m.",
    "do they reach £6.456m, which is £6.5m to one decimal place",
    "they invest £11.218m and save £22.433m before that cost, a net saving of £11.215m",
    "explain £11.218m of it, or 76.8%, and leave £3.390m unexplained. Of £25.128m of savings they explain £22.433m, or "
    "89.3%; £2.695m has no listed proposal behind it.",
    "£4.286m less than the £64.495m of 2016/17. The service states this, rounded, as a reduction of £4m from a "
    "baseline of £64m.",
    "This proposal invests £7.358m over the years of the plan; before that cost it is to save £11.994m, a net saving "
    "of £4.636m. It pays back in Year 2 in both senses.",
    "is to go from 43% in the first year to 62% in the last",
    "This proposal invests £1.080m over the years of the plan, and no saving is counted for it. No year shows a net "
    "saving, so that it has no payback in either sense.",
    "It pays back in Year 2, and counted from the start in Year 3. It counts on 102 fewer looked after children. Its "
    "gross saving is £38,824 for each of them and £22,000 for each of 180 child-years.",
    "No investment is planned for this proposal; it is to save £0.704m over the years of the plan.",
    "Net forecast 64.495 64.694 62.645 60.641 60.209 312.684",
    "Net saving to date 0.100 0.099 (0.364) (1.454) (3.204) (3.204) Year 3",
    "2017/18 (2.276) (1.946) 85.5% (0.330)",
    "2016/17 0.000 0.000 [z] 0.000",
)  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_paper_says_what_the_workbooks_come_to(text: str, sentence: str) -> None:
    assert sentence in text


def test_no_sum_stands_under_savings_of_several_kinds(checked: pipeline.Checked) -> None:
    assert checked.document is not None
    table = checked.document.exhibits["delivered"].exhibit
    assert [[cell.text for cell in row.cells] for row in getattr(table, "rows")] == [  # noqa: B009
        ["Approved savings delivered", "Saving", "(1.267)"],
        ["Cost avoidance delivered", "Cost avoidance", "(3.063)"],
        ["Further in-year mitigation on target", "Mitigation", "(2.126)"],
    ]


def test_each_proposal_has_its_table_by_one_loop(checked: pipeline.Checked, text: str) -> None:
    assert checked.document is not None
    keys = [key for key in checked.document.exhibits if key.startswith("proposal-")]
    assert keys == [f"proposal-{ref}" for ref in ("1a", "1b", "2", "3", "4", "5", "6", "7")]
    assert len(re.findall(r"Proposal \w+ by year, money in £m", text)) == 8
    words = (ROOT / "templates" / str(REF) / "paper.md").read_text("utf-8")
    assert words.count('exhibit("proposal"') == 1


def test_negatives_are_in_brackets(text: str) -> None:
    assert "\N{MINUS SIGN}" not in text
    assert "(0.001)" in text and "(25.128)" in text


def test_the_chart_says_what_it_shows(checked: pipeline.Checked) -> None:
    assert checked.document is not None
    alt = getattr(checked.document.exhibits["plan_chart"].exhibit, "alt")  # noqa: B009
    for words in ("9.677", "7.492", "(9.601)"):
        assert words in alt


def test_the_workbooks_are_those_that_the_script_writes(tmp_path: Path) -> None:
    rotherham.write(tmp_path)
    committed, written = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.xlsx")}
        for folder in (INPUTS, tmp_path)
    )
    assert len(written) == 2
    assert committed == written
