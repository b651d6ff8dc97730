"""Figures of the budget pressure, from sheets."""

from __future__ import annotations

from fractions import Fraction

from reportgen.figures.budget_pressure import compute
from reportgen.model import Scalar
from reportgen.trace import Found
from tests.figures.sheets import WHEN, addresses, grid_values, shown, sound, tables


def found(*amounts: Scalar) -> Found:
    rows: list[list[Scalar]] = [[f"Part {i}", amount] for i, amount in enumerate(amounts, 1)]
    made, problems = tables({"budget_pressure": [["Pressure", "Overspend (£000)"], *rows]})
    assert {p.code for p in problems} <= {"no-number"}
    return compute(made, WHEN)


def test_parts_with_their_shares() -> None:
    made = found(400, 350)
    assert {name: figure.value for name, figure in made.figures.items()} == {
        "pressure_total": 75_000_000,
        "pressure_parts": 2,
        "pressure_largest": "Part 1",
        "pressure_largest_amount": 40_000_000,
        "pressure_largest_share": Fraction(8, 15),
    }
    assert grid_values(made.grids["budget_pressure"]) == [
        ["Part 1", 40_000_000, Fraction(8, 15)],
        ["Part 2", 35_000_000, Fraction(7, 15)],
        ["Total projected overspend", 75_000_000, Fraction(1)],
    ]
    share = made.grids["budget_pressure"].column("share")[1]
    assert addresses(share) == ["budget_pressure!B2:B3"]
    assert [cells.address for cells in share.examined()] == ["A1:A3", "B1"]


def test_an_overspend_of_nothing_has_no_shares() -> None:
    made = found(400, -400)
    assert [shown(figure) for figure in made.grids["budget_pressure"].column("share")] == ["[z]", "[z]"]


def test_a_part_that_is_not_available() -> None:
    made = found(400, "tbc")
    assert shown(made.figures["pressure_total"]) == "[x]"
    assert [shown(figure) for figure in made.grids["budget_pressure"].column("amount")] == [40_000_000, "[x]"]


def test_the_other_names_of_columns() -> None:
    made = sound({"budget_pressure": [["Cause", "Projected overspend (£)"], ["Demand", 12.5]]})
    assert compute(made, WHEN).figures["pressure_total"].value == 1250


def test_the_largest_part_wherever_it_stands() -> None:
    made = found(350, 400, "tbc").figures
    assert made["pressure_largest"].value == "Part 2"
    assert shown(made["pressure_largest_share"]) == "[x]"
    assert addresses(made["pressure_largest_amount"]) == ["budget_pressure!B3"]
    assert "B1:B3" in [cells.address for cells in made["pressure_largest_amount"].examined()]


def test_without_amounts_there_is_no_largest_part() -> None:
    made = found("tbc").figures
    names = ("pressure_largest", "pressure_largest_amount", "pressure_largest_share")
    assert [shown(made[name]) for name in names] == ["[x]", "[x]", "[x]"]
