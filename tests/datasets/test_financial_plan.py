"""What is wrong with a financial plan's sheet is told with its cell."""

from __future__ import annotations

import pytest

from reportgen.datasets.financial_plan import LINES
from reportgen.model import Scalar, Severity
from tests.figures.sheets import tables

Rows = list[list[Scalar]]
PLAN: Rows = [
    ["Financial plan (£m)"],
    ["Line", "2016/17", "2017/18", "2018/19"],
    ["Net Budget", 56.4, 55.1, 53.7],
    ["Pressure (demand)", 7.8, 7.3, 8.4],
    ["Investment", 0.1, 3.6, 3.7],
    ["Savings / Cost Avoidance", 0, -2.2, -5.1],
]
PLACE = 'in/book.xlsx, sheet "financial_plan"'


def told(rows: Rows) -> list[str]:
    return [problem.message for problem in tables({"financial_plan": rows})[1]]


def with_heads(*years: str) -> Rows:
    return [PLAN[0], ["Line", *years], *(row[: 1 + len(years)] for row in PLAN[2:])]


def test_a_sound_plan() -> None:
    assert told(PLAN) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Net Budget", "net budget"),
        ("Pressure (Demand/Demographic)", "pressure"),
        ("Pressure (Reduction in Short Term Reserve)", "pressure"),
        ("Budget pressures brought forward", "pressure"),
        ("Investment", "investment"),
        ("Savings / Cost Avoidance (from Investment)", "savings"),
        ("Net Forecast", "net forecast"),
        ("Overall Investment / Funding Support", "support"),
        ("Investment / Funding Support", "support"),
        ("Reserves", ""),
    ],
)
def test_lines_are_known_by_the_words_that_begin_them(line: str, kind: str) -> None:
    assert LINES.category(line) == kind


def test_years_out_of_order() -> None:
    assert told(with_heads("2016/17", "2018/19", "2017/18")) == [
        f'{PLACE}, cell C2: expected the financial year after 2016/17, found "2018/19".\n'
        "  Put the columns in order and add the missing one.\n  See also cell B2.  [column-out-of-order]",
        f'{PLACE}, cell D2: expected the financial year after 2018/19, found "2017/18".\n'
        "  Put the columns in order and add the missing one.\n  See also cell C2.  [column-out-of-order]",
    ]


def test_a_year_that_is_missing() -> None:
    assert told(with_heads("2016/17", "2017/18", "2019/20")) == [
        f'{PLACE}, cell D2: expected the financial year after 2017/18, found "2019/20".\n'
        "  Put the columns in order and add the missing one.\n  See also cell C2.  [column-out-of-order]"
    ]


def test_a_year_twice() -> None:
    (message, *_) = told(with_heads("2016/17", "2017/18", "2017/18"))
    assert message == (
        f"{PLACE}, cell D2: expected one column for 2017/18, found a second one.\n"
        "  Take one of the columns out, or correct its heading.\n  See also cell C2.  [two-columns]"
    )


def test_a_heading_amid_the_years_that_is_none() -> None:
    (message,) = told(with_heads("2016/17", "next year", "2017/18"))
    assert message.startswith(f"{PLACE}, cell C2: expected a financial year such as 2016/17, as in the headings")
    assert message.endswith("  [not-in-series]")


def test_a_line_that_is_none_of_a_plans() -> None:
    (message,) = told([*PLAN, ["Reserves", 1, 1, 1]])
    assert message.startswith(f'{PLACE}, cell A7: expected a line of a financial plan, found "Reserves".\n')
    assert message.endswith("investment / funding support, support, funding support.  [unknown-line]")


def test_a_plan_without_its_savings() -> None:
    assert told(PLAN[:-1]) == [
        f"{PLACE}, cell A3: expected a line of savings among those of the financial plan, found none.\n"
        "  Add the line; where there is nothing, fill in 0.  [missing-line]"
    ]


def test_savings_that_are_costs() -> None:
    _, problems = tables({"financial_plan": [*PLAN[:-1], ["Savings", 0, 2.2, -5.1]]})
    assert [(p.code, p.place.cell, p.severity) for p in problems] == [("sign-of-saving", "C6", Severity.WARNING)]


def test_a_blank_amount_is_not_zero() -> None:
    assert told([*PLAN[:-1], ["Savings", None, -2.2, -5.1]]) == [
        f"{PLACE}, cell B6: expected an amount of money, found a blank cell.\n  Fill in the cell.  [missing-value]"
    ]


def test_a_stated_sum_of_the_years_is_kept_apart() -> None:
    rows: Rows = [PLAN[0], [*PLAN[1], "Total"], *([*row, 1] for row in PLAN[2:])]
    found, problems = tables({"financial_plan": rows})
    assert problems == []
    assert list(found["financial_plan"].frame["year"].unique()) == ["2016/17", "2017/18", "2018/19"]
    assert [stated.place.cell for stated in found["financial_plan"].stated] == ["E3", "E4", "E5", "E6"]


@pytest.mark.parametrize(
    ("scale", "code", "severity", "columns"),
    [(1_000, "doubtful-scale", Severity.WARNING, "B"), (1_000_000, "implausible-number", Severity.ERROR, "BCD")],
)
def test_a_line_in_thousands_or_pounds_in_a_plan_of_millions(
    scale: int, code: str, severity: Severity, columns: str
) -> None:
    rows: Rows = [*PLAN[:2], ["Net Budget", 56 * scale, 55 * scale, 53 * scale], *PLAN[3:]]
    _, problems = tables({"financial_plan": rows})
    assert [(p.code, p.place.cell, p.severity) for p in problems] == [(code, f"{at}3", severity) for at in columns]
