"""Figures of the action plan: ratings with their reasons, counts by outcome, what is to turn Red."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from reportgen.cells.dates import MonthEnd
from reportgen.figures.base import Circumstances
from reportgen.figures.brag import Action, rate
from reportgen.model import Unit, Value
from reportgen.table import Table
from reportgen.trace import (
    Claim,
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    cell,
    count,
    cross_tally,
    derive,
    given,
    tally,
)

NEEDS = ("action_plan", "outcomes")
BASIS = ("status", "concern", "cost", "risk", "baseline", "revised", "stated_rating")
COLUMNS = (
    ("blue", "Blue", "Blue"),
    ("green", "Green", "Green"),
    ("amber", "Amber", "Amber"),
    ("red", "Red", "Red"),
    ("unrated", "Not yet rated", None),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Ratings at the as-at date of the action plan, in a grid by action and one by outcome, and counts of them."""
    plan, outcomes = tables["action_plan"], tables["outcomes"]
    as_at = when.as_at["action_plan"]
    ratings = _by(plan, Unit.RATING, f"BRAG rating at {as_at:%d/%m/%Y}", lambda a: rate(a, as_at).rating)
    reasons = _by(
        plan, Unit.TEXT, f"reason for the BRAG rating at {as_at:%d/%m/%Y}", lambda a: rate(a, as_at).reason
    )
    turning = _by(
        plan,
        Unit.TEXT,
        f"whether the rating is Red by the meeting on {when.meeting_date:%d/%m/%Y} and not before",
        lambda a: "yes" if rate(a, when.meeting_date).rating == "Red" != rate(a, as_at).rating else None,
    )
    differs = _by(
        plan,
        Unit.TEXT,
        "whether the officer's rating differs from the computed one",
        lambda a: "yes" if a.stated and a.stated != rate(a, as_at).rating else None,
    )
    figures = {
        "actions_listed": count(plan),
        "actions_as_at": given(as_at, Unit.DATE, f"{when.stated_in}, as_at.action_plan"),
        "actions_turning_red": tally(
            turning, "yes", "count of actions that turn Red by the meeting unless they are completed"
        ),
        "ratings_that_differ": tally(
            differs, "yes", "count of actions whose rating by the officer differs from the computed one"
        ),
        **{
            f"actions_{key}": tally(ratings, wanted, f"count of actions rated {label}")
            for key, label, wanted in COLUMNS
        },
    }
    grids = {
        "actions": replace(_actions(plan, ratings, reasons, turning), as_at=as_at),
        "ratings_by_outcome": cross_tally(
            "ratings_by_outcome",
            plan,
            ratings,
            "outcome",
            _outcome_rows(outcomes),
            COLUMNS,
            Head("outcome", "Outcome", Unit.TEXT, is_label=True),
        ),
    }
    claims = [
        Claim(
            "rating-differs",
            f"the BRAG rating of action {plan.frame['ref'].iloc[row]}",
            cell(plan, "stated_rating", row),
            ratings[row],
            reason=str(reasons[row].value),
        )
        for row in range(len(plan))
        if plan.has("stated_rating") and differs[row].value
    ]
    return Found(figures, grids, tuple(claims))


def _by(plan: Table, unit: Unit, how: str, fn: Callable[[Action], Value | None]) -> tuple[Figure, ...]:
    def on_row(*basis: Any) -> Value | None:
        return fn(Action(*basis))

    return derive(on_row, plan, *BASIS, unit=unit, how=how)


def _outcome_rows(outcomes: Table) -> list[tuple[str, Figure]]:
    rows = []
    for row in range(len(outcomes)):
        number, title = cell(outcomes, "outcome", row), cell(outcomes, "title", row)
        rows.append(
            (
                str(number.value),
                Figure(
                    f"{number.value}. {title.value}", Unit.TEXT, "number and title", parts=(number, title)
                ),
            )
        )
    return rows


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


def _actions(
    plan: Table, ratings: tuple[Figure, ...], reasons: tuple[Figure, ...], turning: tuple[Figure, ...]
) -> Grid:
    """One row an action, grouped by outcome."""
    rows = []
    for row in range(len(plan)):
        derived = {"rating": ratings[row], "reason": reasons[row], "turning": turning[row]}
        cells = tuple(derived.get(head.key) or _cell(plan, head, row) for head in HEADS)
        rows.append(GridRow(cells, group=str(plan.frame["outcome"].iloc[row])))
    return Grid("actions", HEADS, tuple(rows))


def _cell(plan: Table, head: Head, row: int) -> Figure:
    if not plan.has(head.key):
        return Figure(None, head.unit, f"the sheet has no column for {head.label.lower()}")
    found = cell(plan, head.key, row)
    if isinstance(found.value, MonthEnd):
        return replace(found, unit=Unit.MONTH)
    return (
        replace(found, unit=Unit.TEXT) if isinstance(found.value, str) and head.unit is Unit.DATE else found
    )
