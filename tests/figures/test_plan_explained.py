"""How much of a plan its proposals explain, from sheets."""

from __future__ import annotations

from fractions import Fraction

from reportgen.figures.plan_explained import compute
from reportgen.model import Scalar
from reportgen.trace import Found
from tests.figures.sheets import WHEN, addresses, grid_values, shown, sound

Rows = list[list[Scalar]]
PLAN: Rows = [
    ["Financial plan (£m)"],
    ["Line", "2016/17", "2017/18"],
    ["Net Budget", 50, 49],
    ["Pressure", 7, 8],
    ["Investment (A)", 0.1, 2.0],
    ["Investment (B)", 0.1, 1.0],
    ["Savings", 0, -2.0],
]
PROPOSALS: Rows = [
    ["Ref", "Proposal", "Measure", "2016/17 (£m)", "2017/18 (£m)"],
    ["1", "Carers", "Investment", 0.1, 1.5],
    [None, None, "Gross saving", 0, -1.0],
    ["2", "Edge of care", "Investment", 0, 1.0],
    [None, None, "Gross saving", 0, -0.5],
]
M = 100_000_000


def found(plan: Rows = PLAN) -> Found:
    return compute(sound({"financial_plan": plan, "proposals": PROPOSALS}), WHEN)


def test_amount_share_and_gap_by_year_and_in_total() -> None:
    half, most = Fraction(1, 2), Fraction(5, 6)
    assert grid_values(found().grids["plan_explained"]) == [
        ["2016/17", 0.2 * M, 0.1 * M, half, 0.1 * M, 0, 0, "[z]", 0],
        ["2017/18", 3 * M, 2.5 * M, most, 0.5 * M, -2 * M, -1.5 * M, Fraction(3, 4), -0.5 * M],
        ["All years", 3.2 * M, 2.6 * M, Fraction(13, 16), 0.6 * M, -2 * M, -1.5 * M, Fraction(3, 4), -0.5 * M],
    ]


def test_the_totals_as_figures_with_their_cells() -> None:
    figures = found().figures
    assert {name: figure.value for name, figure in figures.items()} == {
        "explained_investment": 2.6 * M,
        "explained_investment_share": Fraction(13, 16),
        "explained_investment_gap": 0.6 * M,
        "explained_savings": -1.5 * M,
        "explained_savings_share": Fraction(3, 4),
        "explained_savings_gap": -0.5 * M,
    }
    assert figures["explained_savings_gap"].how == "savings in the plan minus savings in the proposals"
    assert addresses(figures["explained_investment_gap"]) == [
        "financial_plan!B5:B6", "financial_plan!C5:C6",
        "proposals!D2", "proposals!D4", "proposals!E2", "proposals!E4",
    ]  # fmt: skip


def test_a_year_that_the_proposals_lack_is_not_zero() -> None:
    plan: Rows = [[*row, value] for row, value in zip(PLAN, (None, "2018/19", 48, 9, 3, 1, -4), strict=True)]
    made = found(plan)
    last = made.grids["plan_explained"].rows[2]
    assert [shown(figure) for figure in last.cells] == [
        "2018/19", 4 * M, "[x]", "[x]", "[x]", -4 * M, "[x]", "[x]", "[x]",
    ]  # fmt: skip
    assert last.cells[2].how == "the proposals have no column for 2018/19"
    assert shown(made.figures["explained_investment"]) == "[x]"
