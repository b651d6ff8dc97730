"""Figures of the budget pressure: the projected overspend and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Figure, Found, Grid, GridRow, Head, cell, count, ratio, text, total

NEEDS = ("budget_pressure",)
HEADS = (
    Head("pressure", "Pressure", Unit.TEXT, is_label=True),
    Head("amount", "Amount", Unit.MONEY),
    Head("share", "Share", Unit.PERCENT),
)
LARGEST = {
    "pressure_largest": Unit.TEXT,
    "pressure_largest_amount": Unit.MONEY,
    "pressure_largest_share": Unit.PERCENT,
}


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
    figures = {"pressure_total": every, "pressure_parts": count(table), **_largest(rows)}
    return Found(figures, {"budget_pressure": grid})


def _largest(rows: list[GridRow]) -> dict[str, Figure]:
    """The part with the largest amount, by name, amount and share; the first of several."""
    amounts = tuple(row.cells[1] for row in rows if row.cells[1].value is not None)
    if not amounts:
        return {name: Figure(None, unit, "no part has an amount", "x") for name, unit in LARGEST.items()}
    row = max((row for row in rows if row.cells[1].value is not None), key=lambda row: row.cells[1].number)
    name, amount, share = (replace(figure, chosen_by=(*figure.chosen_by, *amounts)) for figure in row.cells)
    return dict(zip(LARGEST, (name, amount, share), strict=True))
