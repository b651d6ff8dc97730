"""Figures of the budget pressure: the projected overspend and its parts."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Found, Grid, GridRow, Head, cell, count, ratio, text, total

NEEDS = ("budget_pressure",)
HEADS = (
    Head("pressure", "Pressure", Unit.TEXT, is_label=True),
    Head("amount", "Amount", Unit.MONEY),
    Head("share", "Share", Unit.PERCENT),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The overspend in total, and a grid of its parts with their shares; positive is an overspend."""
    table = tables["budget_pressure"]
    every = total(table, "amount")
    rows = []
    for row in range(len(table)):
        amount = cell(table, "amount", row)
        rows.append(GridRow((cell(table, "pressure", row), amount, ratio(amount, every))))
    whole = GridRow((text("Total projected overspend", "total row"), every, ratio(every, every)), "total")
    grid = Grid("budget_pressure", HEADS, (*rows, whole))
    return Found({"pressure_total": every, "pressure_parts": count(table)}, {"budget_pressure": grid})
