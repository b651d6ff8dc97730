"""Figures of the action plan: ratings with their reasons, counts by outcome, what is to turn Red."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from reportgen.cells.dates import MonthEnd
from reportgen.figures.base import Circumstances
from reportgen.figures.brag import BASIS, Action, date_words, rate
from reportgen.model import Unit, Value
from reportgen.table import Table
from reportgen.trace import (
    Axis,
    Claim,
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    Missing,
    Part,
    cell,
    cells,
    count,
    derive,
    given,
    grid,
    text,
    without,
)

NEEDS = ("action_plan", "outcomes")
RATINGS = (
    ("blue", "Blue", "Blue"),
    ("green", "Green", "Green"),
    ("amber", "Amber", "Amber"),
    ("red", "Red", "Red"),
    ("unrated", "Not yet rated", None),
)
HEADS = (
    Head("ref", "Ref", Unit.TEXT, is_label=True),
    Head("action", "Action", Unit.TEXT),
    Head("progress", "Progress", Unit.TEXT),
    Head("baseline", "Completion", Unit.DATE),
    Head("revised", "Revised", Unit.DATE),
    Head("rating", "BRAG", Unit.RATING),
    Head("reason", "Reason", Unit.TEXT),
    Head("stated_rating", "Officer's rating", Unit.RATING),
    Head("stated_reason", "Officer's reason", Unit.TEXT),
    Head("turning", "Turns Red", Unit.TEXT),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Ratings at the as-at date of the action plan, in a grid by action and one by outcome, and counts of them."""
    as_at = when.as_at["action_plan"]
    plan = _rated(tables["action_plan"], as_at, when.meeting_date)
    figures = {
        "actions_listed": count(plan),
        "actions_as_at": given(as_at, Unit.DATE, f"{when.stated_in}, as_at.action_plan"),
        "actions_turning_red": count(plan, turning="yes"),
        "ratings_that_differ": count(plan, differs="yes"),
        **{f"actions_{key}": count(plan, rating=rating) for key, _, rating in RATINGS},
    }
    ratings = Axis("rating", "BRAG", tuple(Part(key, text(label, "a rating"), value) for key, label, value in RATINGS))
    grids = {
        "actions": replace(_actions(plan), as_at=as_at),
        "ratings_by_outcome": grid("ratings_by_outcome", plan, None, _by_outcome(tables["outcomes"]), ratings),
    }
    return Found(figures, grids, (*_ratings_that_differ(plan, as_at), *_completions_that_differ(plan)))


def _rated(plan: Table, as_at: dt.date, meeting: dt.date) -> Table:
    """The plan with a column each for the rating, its reason, what turns Red by the meeting, and what differs."""

    def rating(action: Action) -> Value | Missing:
        found = rate(action, as_at)
        return found.rating or (Missing.NOT_APPLICABLE if found.known else Missing.NOT_AVAILABLE)

    def turning(action: Action) -> Value | Missing:
        turns = rate(action, meeting).rating == "Red" != rate(action, as_at).rating
        return "yes" if turns else Missing.NOT_APPLICABLE

    def differs(action: Action) -> Value | Missing:
        return "yes" if action.stated and action.stated != rate(action, as_at).rating else Missing.NOT_APPLICABLE

    day = date_words(as_at)
    plan = _with(plan, "rating", rating, Unit.RATING, f"BRAG rating at {day}")
    plan = _with(plan, "reason", lambda a: rate(a, as_at).reason, Unit.TEXT, f"reason for the BRAG rating at {day}")
    said = f"whether the rating is Red by the meeting on {date_words(meeting)} and not before"
    plan = _with(plan, "turning", turning, Unit.TEXT, said)
    return _with(plan, "differs", differs, Unit.TEXT, "whether the officer's rating differs from the computed one")


def _with(plan: Table, name: str, fn: Callable[[Action], Value | Missing], unit: Unit, how: str) -> Table:
    def on_row(*basis: Any) -> Value | Missing:
        return fn(Action(*basis))

    return derive(plan, name, on_row, BASIS, unit, how)


def _by_outcome(outcomes: Table) -> Axis:
    """The outcomes as categories, each called by its number and title."""
    parts = []
    for number, title in zip(cells(outcomes, "outcome"), cells(outcomes, "title"), strict=True):
        label = text(f"{number.value}. {title.value}", "number and title", number, title)
        parts.append(Part(str(number.value), label, number.value))
    return Axis("outcome", "Outcome", tuple(parts))


def _actions(plan: Table) -> Grid:
    """One row an action, grouped by outcome."""
    rows = []
    for row in range(len(plan)):
        group = str(plan.values("outcome")[row])
        rows.append(GridRow(tuple(_cell(plan, head, row) for head in HEADS), group=group))
    return Grid("actions", HEADS, tuple(rows))


def _cell(plan: Table, head: Head, row: int) -> Figure:
    if not plan.has(head.key):
        return without(head.unit, f"the sheet has no column for {head.label.lower()}")
    found = cell(plan, head.key, row)
    if isinstance(found.value, MonthEnd):
        return replace(found, unit=Unit.MONTH)
    is_word = isinstance(found.value, str) and head.unit is Unit.DATE
    return replace(found, unit=Unit.TEXT) if is_word else found


def _ratings_that_differ(plan: Table, as_at: dt.date) -> Iterator[Claim]:
    """The officer's ratings as claims, where there are any."""
    for row in range(len(plan)) if plan.has("stated_rating") else ():
        what = f"the BRAG rating of action {plan.values('ref')[row]} at {date_words(as_at)}"
        stated, reason = cell(plan, "stated_rating", row), str(plan.values("reason")[row])
        yield Claim("rating-differs", what, stated, cell(plan, "rating", row), reason)


def _completions_that_differ(plan: Table) -> Iterator[Claim]:
    """A completion date that says "complete" as a claim about the status, where the action has one."""
    for row in range(len(plan)):
        stated, status = cell(plan, "baseline", row), cell(plan, "status", row)
        if stated.value == "complete" and status.value is not None:
            what = f"the completion date of action {plan.values('ref')[row]}, by its status,"
            yield Claim("completion-differs", what, stated, status, "The rating goes by the status")
