"""Figures of the action plan, from sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from reportgen.datasets import all_datasets
from reportgen.figures.action_plan import compute
from reportgen.model import Scalar, Unit
from reportgen.reconcile import reconcile
from reportgen.trace import Found
from tests.figures.sheets import MEETING, WHEN, addresses, grid_values, shown, sound, tables

OUTCOMES: list[list[Scalar]] = [
    ["Outcome", "Title", "Savings target (£)"],
    [1, "Together", None],
    [2, "Edge of care", None],
    [3, "Education", None],
]
HEADINGS: list[Scalar] = ["Outcome", "Ref", "Action", "Status", "Concern", "Completion", "Revised", "BRAG", "Risk"]
PLAN: list[list[Scalar]] = [
    HEADINGS,
    ["1", "1.1", "Review cases", "Started", None, "June 2016", None, "Green", None],
    [None, "1.2", "Set up group", "Complete", None, "Complete", None, "Blue", None],
    ["2", "2.1", "Agree scope", "Started", "slow", "Ongoing", None, "Amber", None],
    [None, "2.2", "Broker help", "Started", None, "May 2016", None, "Green", None],
    [None, "2.3", "Train carers", "Not started", None, dt.date(2016, 9, 30), None, None, "Low"],
    [None, "2.4", "Find homes", None, None, dt.date(2016, 9, 30), None, None, None],
]


def found(plan: Sequence[Sequence[Scalar]] = PLAN) -> Found:
    return compute(sound({"action_plan": plan, "outcomes": OUTCOMES}), WHEN)


def test_counts() -> None:
    assert {name: figure.value for name, figure in found().figures.items()} == {
        "actions_listed": 6,
        "actions_as_at": dt.date(2016, 6, 29),
        "actions_turning_red": 1,
        "ratings_that_differ": 1,
        "actions_blue": 1,
        "actions_green": 1,
        "actions_amber": 1,
        "actions_red": 1,
        "actions_unrated": 2,
    }


def test_counts_come_from_the_actions_and_examine_what_rates_them() -> None:
    figure = found().figures["actions_red"]
    assert figure.how == "count of rows of Action plan where rating is Red"
    assert addresses(figure) == ["action_plan!B5"]
    examined = [cells.address for cells in figure.examined()]
    assert examined == ["B1:B7", "D1:D7", "E1:E7", "F1:F7", "G1:G7", "H1:H7", "I1:I7"]
    assert found().figures["actions_as_at"].how == "meeting.toml, as_at.action_plan"


def test_actions_in_a_grid_grouped_by_outcome() -> None:
    grid = found().grids["actions"]
    assert grid.as_at == dt.date(2016, 6, 29)
    assert [row.group for row in grid.rows] == ["1", "1", "2", "2", "2", "2"]
    at = [grid.position(key) for key in ("ref", "rating", "reason", "stated_rating", "turning")]
    assert [[shown(row.cells[i]) for i in at] for row in grid.rows] == [
        ["1.1", "Green", "Started, no concern, due June 2016", "Green", "yes"],
        ["1.2", "Blue", "Complete", "Blue", "[z]"],
        ["2.1", "Amber", "Concern: slow", "Amber", "[z]"],
        ["2.2", "Red", "Not complete by its agreed date, May 2016", "Green", "[z]"],
        ["2.3", "[z]", "Not started, not yet due", None, "[z]"],
        ["2.4", "[x]", "No status and no rating is given", None, "[z]"],
    ]


def test_dates_keep_what_they_were_given_as() -> None:
    figures = found().grids["actions"].column("baseline")
    assert [(figure.value, figure.unit) for figure in figures[1:5]] == [
        ("complete", Unit.TEXT),
        ("ongoing", Unit.TEXT),
        (dt.date(2016, 5, 31), Unit.MONTH),
        (dt.date(2016, 9, 30), Unit.DATE),
    ]


def test_a_rating_rests_on_its_own_row() -> None:
    figure = found().grids["actions"].column("rating")[3]
    assert figure.how == "BRAG rating at 29 June 2016"
    assert addresses(figure) == [f"action_plan!{letter}5" for letter in "DEFGHI"]
    assert addresses(found().grids["actions"].column("ref")[3]) == ["action_plan!B5"]


def test_ratings_by_outcome_with_a_row_for_an_outcome_without_actions() -> None:
    grid = found().grids["ratings_by_outcome"]
    assert [head.key for head in grid.heads] == ["outcome", "blue", "green", "amber", "red", "unrated", "total"]
    assert [head.label for head in grid.heads][5:] == ["Not yet rated", "All"]
    assert grid_values(grid) == [
        ["1. Together", 1, 1, 0, 0, 0, 2],
        ["2. Edge of care", 0, 0, 1, 1, 2, 4],
        ["3. Education", 0, 0, 0, 0, 0, 0],
        ["All", 1, 1, 1, 1, 2, 6],
    ]
    red = grid.rows[1].cells[4]
    assert addresses(red) == ["action_plan!B5"]
    examined = [cells.address for cells in red.examined() if cells.sheet == "outcomes"]
    assert examined == ["A1:A4", "B1:B4"]


def test_the_meeting_decides_what_turns_red() -> None:
    sheets = sound({"action_plan": PLAN, "outcomes": OUTCOMES})
    turning = [
        compute(sheets, replace(WHEN, meeting_date=day)).figures["actions_turning_red"].value
        for day in (dt.date(2016, 6, 30), dt.date(2016, 7, 1), MEETING, dt.date(2016, 10, 1))
    ]
    # In October 2.3 and 2.4 have passed their date as well.
    assert turning == [0, 1, 1, 3]


def test_an_officers_rating_that_differs_is_a_problem() -> None:
    sheets = sound({"action_plan": PLAN, "outcomes": OUTCOMES})
    (problem,) = reconcile(sheets, all_datasets(), compute(sheets, WHEN).claims)
    assert problem.message == (
        'in/book.xlsx, sheet "action_plan", cell H5: expected the BRAG rating of action 2.2 at 29 June 2016 to be '
        "Red, found Green.\n"
        "  Not complete by its agreed date, May 2016. The paper prints both; correct the cell, or what the other "
        "rests on.\n"
        "  See also cells D5, E5, F5, G5, I5.  [rating-differs]"
    )


def test_a_completion_that_the_status_contradicts_is_a_problem() -> None:
    row: list[Scalar] = ["1", "1.1", "Review cases", "Started", None, "Complete", None, "Green", None]
    found_tables, wrong = tables({"action_plan": [HEADINGS, row], "outcomes": OUTCOMES})
    assert wrong == []
    (problem,) = reconcile(found_tables, all_datasets(), compute(found_tables, WHEN).claims)
    assert problem.message == (
        'in/book.xlsx, sheet "action_plan", cell F2: expected the completion date of action 1.1, by its status, to be '
        "started, found complete.\n"
        "  The rating goes by the status. The paper prints both; correct the cell, or what the other rests on.\n"
        "  See also cell D2.  [completion-differs]"
    )


def test_a_sheet_without_the_optional_columns() -> None:
    plan = [[row[i] for i in (0, 1, 2, 3, 4, 5)] for row in PLAN]
    made = found(plan)
    assert made.figures["actions_red"].value == 1
    assert made.figures["ratings_that_differ"].value == 0
    assert [claim for claim in made.claims if claim.code == "rating-differs"] == []
    figure = made.grids["actions"].column("stated_rating")[0]
    assert (figure.value, figure.symbol) == (None, "")
    assert figure.how == "the sheet has no column for officer's rating"


def test_an_outcome_that_is_not_among_the_outcomes_is_an_error_of_the_check() -> None:
    plan = [*PLAN, ["7", "7.1", "Stray", "Started", None, "Ongoing", None, None, None]]
    _, problems = tables({"action_plan": plan, "outcomes": OUTCOMES})
    assert [(p.code, p.place.cell) for p in problems] == [("unknown-reference", "A8")]


@pytest.mark.parametrize("status", ["Started", "Complete", "Not started"])
def test_one_action(status: str) -> None:
    row: list[Scalar] = ["3", "3.1", "Only one", status, None, "July 2016", None, None, None]
    made = found([HEADINGS, row])
    assert made.figures["actions_listed"].value == 1
    assert [r.cells[-1].value for r in made.grids["ratings_by_outcome"].rows] == [0, 0, 1, 1]
