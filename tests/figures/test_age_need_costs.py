"""Figures of cost by age and need group."""

from __future__ import annotations

from fractions import Fraction

from reportgen.figures.age_need_costs import compute
from reportgen.trace import catalogue
from tests.figures.sheets import WHEN, addresses, grid_values, sound

ROWS = [
    ["Cost by age and need (£)"],
    [None, 0, None, 14, None],
    ["Need group", "Children", "Cost", "Children", "Cost"],
    ["00: None", 4, 44784, 1, 91218],
    ["02: EBD only", None, None, 3, 96570],
]


def test_ages_by_need_groups_with_children_and_cost_side_by_side() -> None:
    made = compute(sound({"age_need_costs": ROWS}), WHEN)
    grid = made.grids["age_need_costs"]
    assert [(head.key, head.label, head.group) for head in grid.heads] == [
        ("age", "Age", ""),
        ("00_children", "No.", "00: None"),
        ("00_cost", "Cost", "00: None"),
        ("02_children", "No.", "02: EBD only"),
        ("02_cost", "Cost", "02: EBD only"),
        ("total_children", "No.", "All"),
        ("total_cost", "Cost", "All"),
    ]
    assert grid_values(grid) == [
        ["0", 4, 4_478_400, None, None, 4, 4_478_400],
        ["14", 1, 9_121_800, 3, 9_657_000, 4, 18_778_800],
        ["All", 5, 13_600_200, 3, 9_657_000, 8, 23_257_200],
    ]
    assert {name: figure.value for name, figure in made.figures.items()} == {
        "age_need_children": 8,
        "age_need_cost": 23_257_200,
        "age_need_cost_per_child": Fraction(23_257_200, 8),
    }
    named = catalogue(made)
    assert addresses(named["age_need_costs.14.02_cost"]) == ["age_need_costs!E5"]
    assert addresses(named["age_need_costs.14.total_cost"]) == ["age_need_costs!E4:E5"]
