"""Figures of the review of high cost placements: savings by kind of change, in a full year and in this one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from reportgen.cells.numbers import round_half_away
from reportgen.figures.base import Circumstances, year_end
from reportgen.model import Unit, Value
from reportgen.table import Table
from reportgen.trace import (
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    Missing,
    cell,
    derive,
    ratio,
    text,
    total,
    without,
)

NEEDS = ("high_cost_review",)
HEADS = (
    Head("change", "Change of placement", Unit.TEXT, is_label=True),
    Head("children", "Children", Unit.COUNT),
    Head("full_year", "Saving in a full year", Unit.MONEY),
    Head("part_year", "Saving in this year", Unit.MONEY),
    Head("share", "Share of the saving", Unit.PERCENT),
)
MORE = (
    Head("reviews_due", "Reviews due", Unit.COUNT),
    Head("achieved", "Saved so far", Unit.MONEY),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Children and savings by kind of change and in total; a saving is positive.

    The effect in the year is the full-year effect × days from its date to 31 March inclusive / days in that year;
    without a date it is not available.
    """
    table = _with_part_year(tables["high_cost_review"], when)
    every = total(table, "saving")
    figures = {
        "review_children": total(table, "children"),
        "review_full_year": every,
        "review_part_year": total(table, "part_year"),
        **{f"review_{head.key}": total(table, head.key) for head in MORE if table.has(head.key)},
    }
    return Found(figures, {"high_cost_review": _by_change(table, figures, every)})


def _with_part_year(table: Table, when: Circumstances) -> Table:
    end = year_end(when.month)
    days = (end - dt.date(end.year - 1, 3, 31)).days

    def effect(saving: int | None, start: dt.date | None) -> Value | Missing | None:
        if saving is None or start is None:
            return Missing.NOT_AVAILABLE
        left = min(max((end - start).days + 1, 0), days)
        return round_half_away(Fraction(saving * left, days))

    how = f"saving times days from its date to {end.day} March {end.year} over {days}"
    return derive(table, "part_year", effect, ("saving", "from_date"), Unit.MONEY, how)


def _by_change(table: Table, figures: Mapping[str, Figure], every: Figure) -> Grid:
    heads = (*HEADS, *(head for head in MORE if table.has(head.key)))
    columns = {"full_year": "saving"}
    rows = []
    for row in range(len(table)):
        saving = cell(table, "saving", row)
        made = {head.key: cell(table, columns.get(head.key, head.key), row) for head in heads if head.key != "share"}
        rows.append(GridRow(tuple(ratio(saving, every) if head.key == "share" else made[head.key] for head in heads)))
    foot = {"change": text("Total", "total row"), "share": ratio(every, every)}
    last = tuple(foot.get(head.key) or figures.get(f"review_{head.key}") or without(head.unit, "") for head in heads)
    return Grid("high_cost_review", heads, (*rows, GridRow(last, "total")))
