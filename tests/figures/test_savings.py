"""Figures of the savings, from sheets."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.figures.savings import compute
from reportgen.model import Scalar, Unit
from reportgen.trace import Found
from tests.figures.sheets import WHEN, addresses, grid_values, shown, sound, tables

SAVINGS: list[list[Scalar]] = [
    ["Objective", "Amount (£000)", "Kind", "In business plan"],
    ["Fewer children", -2100, "Saving", "Yes"],
    ["Unit cost", -922, "Cashable saving", None],
    ["Movement", 950, "Budget adjustment", "No"],
    ["Inflation", -132, "Inflation", "Yes"],
    ["Total", -2204],
]


def found(savings: Sequence[Sequence[Scalar]] = SAVINGS) -> Found:
    return compute(sound({"savings": savings}), WHEN)


def test_totals_in_pence() -> None:
    assert {name: figure.value for name, figure in found().figures.items()} == {
        "savings_total": -220_400_000,
        "savings_objectives": 4,
        "savings_in_business_plan": -223_200_000,
        "savings_kind_saving": -302_200_000,
        "savings_kind_cost_avoidance": 0,
        "savings_kind_mitigation": 0,
        "savings_kind_brought_forward": 0,
        "savings_kind_inflation": -13_200_000,
        "savings_kind_budget_adjustment": 95_000_000,
    }


def test_totals_leave_out_the_stated_total_and_say_where_they_came_from() -> None:
    figure = found().figures["savings_in_business_plan"]
    assert (figure.unit, figure.how) == (
        Unit.MONEY,
        "total of amount in Savings where in business plan is yes",
    )
    assert addresses(figure) == ["savings!B2", "savings!B5"]
    assert [cells.address for cells in figure.examined()] == ["A1:A6", "B1", "D1:D5"]
    assert addresses(found().figures["savings_total"]) == ["savings!B2:B5"]


def test_objectives_in_a_grid() -> None:
    assert grid_values(found().grids["savings"]) == [
        ["Fewer children", "saving", "yes", -210_000_000],
        ["Unit cost", "saving", None, -92_200_000],
        ["Movement", "budget adjustment", "no", 95_000_000],
        ["Inflation", "inflation", "yes", -13_200_000],
        ["Total", None, None, -220_400_000],
    ]


def test_kinds_in_a_grid_with_a_zero_for_each_that_has_none() -> None:
    grid = found().grids["savings_by_kind"]
    assert [(head.key, head.label, head.unit) for head in grid.heads] == [
        ("kind", "Kind", Unit.TEXT),
        ("objectives", "Objectives", Unit.COUNT),
        ("amount", "Amount", Unit.MONEY),
    ]
    assert grid_values(grid) == [
        ["Saving", 2, -302_200_000],
        ["Cost avoidance", 0, 0],
        ["Mitigation", 0, 0],
        ["Brought forward", 0, 0],
        ["Inflation", 1, -13_200_000],
        ["Budget adjustment", 1, 95_000_000],
        ["Total", 4, -220_400_000],
    ]


def test_a_sheet_without_kinds_and_business_plan() -> None:
    made = found([row[:2] for row in SAVINGS])
    assert set(made.figures) == {"savings_total", "savings_objectives"}
    assert set(made.grids) == {"savings"}
    assert [head.key for head in made.grids["savings"].heads] == ["objective", "amount"]
    assert grid_values(made.grids["savings"])[-1] == ["Total", -220_400_000]


def test_an_amount_that_is_not_available_spoils_its_totals_alone() -> None:
    rows = [[*row] for row in SAVINGS[:-1]]
    rows[3][1] = "tbc"
    made, problems = tables({"savings": rows})
    assert {p.code for p in problems} == {"no-number"}
    figures = compute(made, WHEN).figures
    assert shown(figures["savings_total"]) == "[x]"
    assert shown(figures["savings_kind_budget_adjustment"]) == "[x]"
    assert shown(figures["savings_kind_saving"]) == -302_200_000
    assert shown(figures["savings_in_business_plan"]) == -223_200_000


def test_nobody_in_the_business_plan_is_a_zero() -> None:
    rows = [[*row] for row in SAVINGS]
    for row in rows[1:5]:
        row[3] = None
    assert found(rows).figures["savings_in_business_plan"].value == 0
