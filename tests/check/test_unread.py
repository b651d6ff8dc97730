"""What would be lost or counted twice in silence: sheets without headings, totals that don't say so."""

from __future__ import annotations

import pytest

from reportgen.check import check_sheets
from reportgen.datasets import all_datasets
from reportgen.model import Problem, RawSheet, Scalar, Severity

Rows = list[list[Scalar]]
PRESSURE: Rows = [["Pressure", "Overspend (£)"], ["Demand", 400_000], ["Carried forward", 350_000]]


def problems(**sheets: Rows) -> list[Problem]:
    raw = [RawSheet("in/book.xlsx", name, rows) for name, rows in sheets.items()]
    _, found = check_sheets(raw, "in", all_datasets(), ["budget_pressure"])
    return [p for p in found if p.severity is not Severity.NOTE]


def test_a_table_that_goes_on_on_a_sheet_without_headings() -> None:
    (problem,) = problems(Pressure=PRESSURE, More=[["Prices", 5, "x"], ["Pay", 6, "y"]])
    assert problem.message == (
        'in/book.xlsx, sheet "More": expected the headings of a table, found rows without headings that are known.\n'
        "  The sheet isn't read: if it goes on with another sheet's table, put its rows there.  [sheet-not-read]"
    )
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    "rows",
    [
        [["Notes"], ["Printed on Monday"]],
        [["a", "b", "c"]],
        [["Outcome", "Title", "Savings target (£)"], [1, "One", -5], [2, "Two", -6]],
    ],
)
def test_remarks_and_other_papers_tables_are_left_alone(rows: Rows) -> None:
    assert problems(Pressure=PRESSURE, More=rows) == []


@pytest.mark.parametrize("label", ["Net overspend", "Overall", "Projected overspend", "Sum", "T O T A L"])
def test_a_last_row_that_is_the_sum_of_those_above(label: str) -> None:
    (problem,) = problems(Pressure=[*PRESSURE, [label, 750_000]])
    assert problem.message == (
        'in/book.xlsx, sheet "Pressure", cell B4: expected a row of its own, found the sum of the rows above it.\n'
        "  It is counted beside them: if it is their total, label it Total.  [looks-like-total]"
    )


def test_a_last_row_of_another_amount_and_two_equal_rows_are_left_alone() -> None:
    assert problems(Pressure=[*PRESSURE, ["Pay", 750_001]]) == []
    assert problems(Pressure=[PRESSURE[0], ["Demand", 5], ["Pay", 5]]) == []
