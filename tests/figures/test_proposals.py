"""Figures of the proposals, from a sheet."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.datasets import all_datasets
from reportgen.figures.proposals import compute
from reportgen.model import Scalar, Unit
from reportgen.reconcile import reconcile
from reportgen.trace import Found, Grid
from tests.figures.sheets import WHEN, addresses, grid_values, shown, sound, tables

Rows = list[list[Scalar]]
# Of the second proposal 10 new children save 10 × £11k, then 10 × £22k and 4 × £11k, then 14 × £22k.
PROPOSALS: Rows = [
    ["Proposals (£m)"],
    ["Ref", "Proposal", "Measure", "2016/17", "2017/18", "2018/19", "Cumulative", "Payback"],
    ["1A", "Carers", "Investment", 0, 1.2, 1.4, 2.6],
    [None, None, "Gross saving", 0, -1.1, -2.0, -3.1],
    [None, None, "Net saving", 0, 0.1, -0.6, -0.5, "Year 3"],
    [None, None, "In-house share", "43%", "48%", "53%"],
    ["2", "Conferencing", "Investment", 0.15, 0.1, 0.1, 0.35],
    [None, None, "Gross saving", -0.11, -0.264, -0.308, -0.682],
    [None, None, "Net saving", 0.04, -0.164, -0.208, -0.332, "Year 2"],
    [None, None, "LAC reduction", 10, 4, 0, 14],
    ["3", "Pause", "Investment", 0.018, 0, 0, 0.018],
    [None, None, "Gross saving", 0, 0, 0, 0],
    [None, None, "Net saving", 0.018, 0, 0, 0.018, "N/A"],
]
K = 100_000  # pence in a thousand pounds


def found(rows: Rows = PROPOSALS) -> Found:
    return compute(sound({"proposals": rows}), WHEN)


def rows_of(grid: Grid, group: str) -> list[list[object]]:
    return grid_values(grid.only(group))


def replaced(row: int, column: int, value: Scalar) -> Rows:
    rows = [[*each, *[None] * (8 - len(each))] for each in PROPOSALS]
    rows[row - 1][column - 1] = value
    return rows


def warnings(rows: Rows) -> list[str]:
    read = sound({"proposals": rows})
    return [problem.message for problem in reconcile(read, all_datasets(), compute(read, WHEN).claims)]


def test_totals_in_pence() -> None:
    assert {name: figure.value for name, figure in found().figures.items()} == {
        "proposals_count": 3,
        "proposals_first_year": "2016/17",
        "proposals_last_year": "2018/19",
        "proposals_investment": 2968 * K,
        "proposals_gross_saving": -3782 * K,
        "proposals_net_saving": -814 * K,
    }


def test_each_proposal_with_both_paybacks_and_blanks_for_what_it_does_not_give() -> None:
    grid = found().grids["proposals"]
    shares = [Fraction(43, 100), Fraction(53, 100)]
    assert grid_values(grid) == [
        ["1A", "Carers", "1A: Carers", 2600 * K, -3100 * K, -500 * K, "Year 3", "Year 3", None, *shares],
        ["2", "Conferencing", "2: Conferencing", 350 * K, -682 * K, -332 * K, "Year 2", "Year 2", 14, None, None],
        ["3", "Pause", "3: Pause", 18 * K, 0, 18 * K, "N/A", "N/A", None, None, None],
        ["All proposals", None, "All proposals", 2968 * K, -3782 * K, -814 * K, None, None, None, None, None],
    ]  # fmt: skip
    assert [row.group for row in grid.rows] == ["1A", "2", "3", ""]


def test_a_proposal_by_year() -> None:
    grid = found().grids["proposals_by_year"]
    assert [(head.key, head.label) for head in grid.heads] == [
        ("measure", "Measure"), ("2016_17", "2016/17"), ("2017_18", "2017/18"), ("2018_19", "2018/19"),
        ("cumulative", "Cumulative"), ("payback", "Payback"),
    ]  # fmt: skip
    assert rows_of(grid, "2") == [
        ["Investment", 150 * K, 100 * K, 100 * K, 350 * K, None],
        ["Gross saving", -110 * K, -264 * K, -308 * K, -682 * K, None],
        ["Net saving", 40 * K, -164 * K, -208 * K, -332 * K, "Year 2"],
        ["Net saving to date", 40 * K, -124 * K, -332 * K, -332 * K, "Year 2"],
        ["Children fewer", 10, 4, 0, 14, None],
        ["Child-years", 5, 12, 14, 31, None],
    ]
    assert rows_of(grid, "1A")[-1] == [
        "In-house share", Fraction(43, 100), Fraction(48, 100), Fraction(53, 100), None, None,
    ]  # fmt: skip
    assert len(rows_of(grid, "3")) == 4


def test_saving_for_each_child_and_each_child_year() -> None:
    grid = found().grids["proposals_children"]
    per_child = Fraction(-682 * K, 14)
    assert grid_values(grid) == [["2", "Conferencing", "2: Conferencing", -682 * K, 14, per_child, 31, -22 * K]]
    per = grid.rows[0].cells[-1]
    assert per.unit is Unit.MONEY
    assert addresses(per) == [f"proposals!{letter}{row}" for letter in "DEF" for row in (8, 10)]


def test_cumulative_payback_waits_for_what_was_spent_before() -> None:
    rows = [*PROPOSALS[:2], ["4", "Late", "Investment", 0.5, 0.1, 0.1], [None, None, "Gross saving", 0, -0.2, -0.9]]
    assert [shown(figure) for figure in found(rows).grids["proposals"].rows[0].cells[6:8]] == ["Year 2", "Year 3"]


def test_the_cells_of_a_payback() -> None:
    payback = found().grids["proposals"].rows[1].cells[6]
    assert payback.how == "the first year whose net is a saving, 2016/17 being Year 1"
    assert addresses(payback) == ["proposals!D7:D8", "proposals!E7:E8"]
    never = found().grids["proposals"].rows[2].cells[7]
    assert never.how == "the first year whose cumulative net is a saving, 2016/17 being Year 1"
    assert addresses(never) == ["proposals!D11:D12", "proposals!E11:E12", "proposals!F11:F12"]


def test_what_is_stated_and_agrees() -> None:
    assert warnings(PROPOSALS) == []
    assert warnings([row[:7] for row in PROPOSALS]) == []


def test_a_stated_payback_that_the_amounts_exclude() -> None:
    assert warnings(replaced(9, 8, "Year 3")) == [
        'in/book.xlsx, sheet "proposals", cell H9: expected the payback of proposal 2 to be Year 2, found Year 3.\n'
        "  It is the first year whose net is a saving, 2016/17 being Year 1. The paper prints both; correct the cell, "
        "or what the other rests on.\n"
        "  See also cells D7, D8, E7, E8.  [payback-differs]"
    ]
    assert [message.rpartition("[")[2] for message in warnings(replaced(13, 8, "Year 1"))] == ["payback-differs]"]
    assert [message.rpartition("[")[2] for message in warnings(replaced(5, 8, "N/A"))] == ["payback-differs]"]


@pytest.mark.parametrize(("stated", "apart"), [("Year 2", False), ("Year 3", False), ("Year 1", True), ("N/A", True)])
def test_a_payback_that_hangs_on_rounding_is_not_reported(stated: str, apart: bool) -> None:
    rows: Rows = [
        *PROPOSALS[:2],
        ["4", "Close", "Investment", 0.1, 0.164, 0.164, None, stated],
        [None, None, "Gross saving", 0, -0.165, -0.5],
    ]
    assert bool(warnings(rows)) is apart


def test_stated_net_and_cumulative_are_tested() -> None:
    assert [message.rpartition("[")[2] for message in warnings(replaced(5, 5, 0.4))] == [
        "total-differs]", "sum-differs]",
    ]  # fmt: skip
    # Three rounded years and the total may be half of a thousandth off each; a thousandth is rounding.
    assert warnings(replaced(8, 7, -0.681)) == []
    assert warnings(replaced(8, 7, -0.679)) != []
    assert warnings(replaced(10, 7, 15)) != []


def test_an_amount_that_is_not_available() -> None:
    read, _ = tables({"proposals": replaced(8, 5, "tbc")})
    made = compute(read, WHEN)
    assert [shown(figure) for figure in made.grids["proposals"].rows[1].cells[3:9]] == [
        350 * K, "[x]", "[x]", "[x]", "[x]", 14,
    ]  # fmt: skip
    assert shown(made.figures["proposals_net_saving"]) == "[x]"
    assert [p.code for p in reconcile(read, all_datasets(), made.claims)] == []


def test_no_proposal_gives_children() -> None:
    assert found([*PROPOSALS[:6]]).grids["proposals_children"].rows == ()
