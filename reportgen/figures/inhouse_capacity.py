"""Figures of in-house capacity: what caring for groups of children in-house would save a week and in a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Claim, Found, Grid, GridRow, Head, cell, difference, given, product

NEEDS = ("inhouse_capacity",)
HEADS = (
    Head("transfer", "Transfer", Unit.TEXT, is_label=True),
    Head("children", "Children", Unit.COUNT),
    Head("weekly_cost", "Weekly cost now", Unit.MONEY_PER_WEEK),
    Head("inhouse_weekly_cost", "Weekly cost in-house", Unit.MONEY_PER_WEEK),
    Head("weekly_saving", "Saving a week", Unit.MONEY_PER_WEEK),
    Head("cost_avoided", "Cost avoided in a year", Unit.MONEY),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The saving of each group a week, and × the weeks of a year; groups may be the same children: no total."""
    table = tables["inhouse_capacity"]
    weeks = replace(given(when.weeks_in_year, Unit.WEEKS, "the paper's weeks_in_year"), name="weeks_in_year")
    rows = []
    for row in range(len(table)):
        read = [cell(table, head.key, row) for head in HEADS[:4]]
        saving = difference(read[2], read[3])
        rows.append(GridRow((*read, saving, product(saving, weeks, Unit.MONEY))))
    made = Grid("inhouse_capacity", HEADS, tuple(rows))
    return Found({"weeks_in_year": weeks}, {made.name: made}, tuple(_claims(table, made)))


def _claims(table: Table, made: Grid) -> Iterator[Claim]:
    """What the sheet states of savings and costs avoided."""
    for head in HEADS[4:]:
        for row in range(len(table)) if table.has(head.key) else ():
            computed = made.rows[row].cells[made.position(head.key)]
            what = f"the {head.key.replace('_', ' ')} of row {row + 1}"
            yield Claim("stated-differs", what, cell(table, head.key, row), computed, computed.how)
