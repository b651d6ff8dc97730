"""Figures of activities in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from reportgen.cells.dates import month_end
from reportgen.figures.activities import compute
from reportgen.model import Unit
from tests.figures.sheets import WHEN, grid_values, sound, tables

HEAD = ["Activity", "Aim", "Term", "Start", "End"]
AT = dt.date(2017, 5, 31)


def test_short_before_long_and_early_before_late() -> None:
    rows = [
        ["Recruit carers", "Costs", "Long", None, "March 2019"],
        ["Edge of care", None, "medium", dt.date(2017, 6, 1), "March 2018"],
        ["Later review", "Costs", "S", dt.date(2017, 5, 1), dt.date(2017, 9, 30)],
        ["Review", "Costs", "short term", dt.date(2017, 4, 3), None],
    ]
    made = compute(sound({"activities": [HEAD, *rows]}), replace(WHEN, as_at={"activities": AT}))
    assert [row[0] for row in grid_values(made.grids["activities"])] == [
        "Review",
        "Later review",
        "Edge of care",
        "Recruit carers",
    ]
    assert {name: figure.value for name, figure in made.figures.items()} == {
        "activities_listed": 4,
        "activities_short_term": 2,
        "activities_medium_term": 1,
        "activities_long_term": 1,
    }
    assert made.grids["activities"].as_at == AT
    last = made.grids["activities"].rows[3].cells[4]
    assert (last.value, last.unit) == (month_end(2019, 3), Unit.MONTH)


def test_an_end_before_its_start() -> None:
    (problem,) = tables({"activities": [HEAD, ["A", "B", "short", dt.date(2017, 6, 1), dt.date(2017, 5, 1)]]})[1]
    assert (problem.code, problem.place.cell) == ("ends-before-start", "E2")
