"""Figures of the outcomes, from a sheet."""

from __future__ import annotations

from reportgen.figures.outcomes import compute
from reportgen.model import Scalar
from tests.figures.sheets import WHEN, addresses, grid_values, sound

OUTCOMES: list[list[Scalar]] = [
    ["Outcome", "Title", "Savings target (£000)"],
    [1, "Together", None],
    [2, "Edge of care", -2319],
    [3, "In county", -2061],
]


def test_the_number_of_outcomes_and_their_targets_in_pence() -> None:
    figures = compute(sound({"outcomes": OUTCOMES}), WHEN).figures
    assert {name: figure.value for name, figure in figures.items()} == {
        "outcomes_count": 3,
        "outcome_targets_total": -438_000_000,
    }
    assert addresses(figures["outcome_targets_total"]) == ["outcomes!C2:C4"]


def test_targets_by_outcome_with_a_blank_that_stays_blank() -> None:
    grid = compute(sound({"outcomes": OUTCOMES}), WHEN).grids["outcomes"]
    assert grid_values(grid) == [
        ["1", "Together", None],
        ["2", "Edge of care", -231_900_000],
        ["3", "In county", -206_100_000],
        ["Total", None, -438_000_000],
    ]
    assert [row.group for row in grid.rows] == ["1", "2", "3", ""]
