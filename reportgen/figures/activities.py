"""Figures of activities: how many there are of each term, and the activities in order of term and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from reportgen.cells.dates import MonthEnd
from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Figure, Found, Grid, GridRow, Head, axis, cell, count, without

NEEDS = ("activities",)
HEADS = (
    Head("activity", "Activity", Unit.TEXT, is_label=True),
    Head("strand", "What it is to bring", Unit.TEXT),
    Head("term", "Term", Unit.TEXT),
    Head("start", "Start", Unit.DATE),
    Head("end", "End", Unit.DATE),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The number of activities in all and of each term; the activities, short before long, early before late."""
    table = tables["activities"]
    terms = axis(table, "term").parts
    figures = {"activities_listed": count(table)}
    figures |= {f"activities_{part.key}": count(table, term=part.value) for part in terms}
    order = [part.value for part in terms]
    rows = sorted(range(len(table)), key=lambda row: (order.index(table.values("term")[row]), _day(table, row)))
    grid = Grid("activities", HEADS, tuple(GridRow(tuple(_cell(table, h, row) for h in HEADS)) for row in rows),
                when.as_at.get("activities"))  # fmt: skip
    return Found(figures, {"activities": grid})


def _day(table: Table, row: int) -> dt.date:
    """The day that an activity starts, else ends; those without dates come last."""
    dates = (table.values(name)[row] for name in ("start", "end") if table.has(name))
    return next((day for day in dates if isinstance(day, dt.date)), dt.date.max)


def _cell(table: Table, head: Head, row: int) -> Figure:
    if not table.has(head.key):
        return without(head.unit, f"the sheet has no column for {head.label.lower()}")
    found = cell(table, head.key, row)
    return replace(found, unit=Unit.MONTH) if isinstance(found.value, MonthEnd) else found
