"""Counts of what stands on a day: rows that start on or before it and end after it, or not at all."""

from __future__ import annotations

import datetime as dt

import numpy as np

from reportgen.table import NO_DAY, Table
from reportgen.trace.figure import Figure, Selection
from reportgen.trace.primitives import Condition, count_of, rows_named_by, select, where_words


def standing(table: Table, column: str, day: dt.date, until: str = "", **where: Condition) -> Selection:
    """The rows whose `start` is on or before a day and whose `end` is after it or blank, and that meet the conditions.

    `until` is a column of further days that must be after it; there a blank is no day, so that its row is left out.
    """
    number = day.toordinal()
    held = (table.days("start") <= number) & (table.days("end") > number)
    if until:
        further = table.days(until)
        held &= (further > number) & (further != NO_DAY)
    chosen = select(table, column, **where)
    rows = chosen.rows[held[chosen.rows]] if where else np.flatnonzero(held)
    return Selection(table, column, rows, (*chosen.by, "start", "end", *filter(None, [until])))


def count_on(table: Table, day: dt.date, until: str = "", **where: Condition) -> Figure:
    """The number of rows that stand on a day and meet the conditions, as `standing` chooses them."""
    selection = standing(table, rows_named_by(table), day, until, **where)
    more = f" and {until.replace('_', ' ')} is after it" if until else ""
    return count_of(selection, f"count of rows of {table.title} on {day:%d/%m/%Y}{more}{where_words(where)}")
