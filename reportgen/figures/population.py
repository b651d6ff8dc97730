"""Figures of the population: totals, UASC and the rest by month, with their changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Figure, Found, Grid, GridRow, Head, cell, count, difference, ratio

NEEDS = ("population",)
SERIES = (
    ("total", "children", "All looked after children"),
    ("non_uasc", "non_uasc", "Not UASC"),
    ("uasc", "uasc", "UASC"),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The first and last month's numbers of each series, their changes, and the months as a grid."""
    table = tables["population"]
    figures = {"population_months": count(table)}
    for column, name, _ in SERIES:
        figures |= _changes(table, column, name)
    figures["population_first_month"] = replace(cell(table, "month", 0), unit=Unit.MONTH)
    figures["population_last_month"] = replace(cell(table, "month", len(table) - 1), unit=Unit.MONTH)
    figures["uasc_share"] = ratio(figures["uasc_last"], figures["children_last"])
    figures["uasc_share_of_change"] = ratio(figures["uasc_change"], figures["children_change"])
    return Found(figures, {"population": _months(table)})


def _changes(table: Table, column: str, name: str) -> dict[str, Figure]:
    """A series' first, last and previous value, its change on the month and since the start, in number and per cent."""
    last = len(table) - 1
    made = {
        f"{name}_first": _at(table, column, 0, f"{name}_first"),
        f"{name}_last": _at(table, column, last, f"{name}_last"),
    }
    made[f"{name}_change"] = replace(
        difference(made[f"{name}_last"], made[f"{name}_first"]), name=f"{name}_change"
    )
    made[f"{name}_change_share"] = ratio(made[f"{name}_change"], made[f"{name}_first"])
    if last > 0:
        made[f"{name}_previous"] = _at(table, column, last - 1, f"{name}_previous")
        made[f"{name}_month_change"] = difference(made[f"{name}_last"], made[f"{name}_previous"])
    if last >= 12:
        made[f"{name}_year_before"] = _at(table, column, last - 12, f"{name}_year_before")
        made[f"{name}_year_change"] = difference(made[f"{name}_last"], made[f"{name}_year_before"])
    return made


def _at(table: Table, column: str, row: int, name: str) -> Figure:
    how = f"{column.replace('_', ' ')} in {table.title}, month {row + 1} of {len(table)}"
    return replace(cell(table, column, row, ("month",), how), name=name)


def _months(table: Table) -> Grid:
    heads = (
        Head("month", "Month", Unit.MONTH, is_label=True),
        *(Head(column, label, Unit.COUNT) for column, _, label in SERIES),
        Head("month_change", "Change on the month", Unit.COUNT),
        Head("start_change", "Change since the start", Unit.COUNT),
    )
    rows = []
    for row in range(len(table)):
        now = cell(table, "total", row, ("month",))
        before = cell(table, "total", row - 1, ("month",)) if row else None
        on_month = (
            difference(now, before) if before else Figure(None, Unit.COUNT, "no month before the first", "z")
        )
        since = (
            difference(now, cell(table, "total", 0, ("month",)))
            if row
            else Figure(None, Unit.COUNT, "the first month", "z")
        )
        month = replace(cell(table, "month", row), unit=Unit.MONTH)
        rows.append(
            GridRow(
                (month, *(cell(table, column, row, ("month",)) for column, _, _ in SERIES), on_month, since)
            )
        )
    return Grid("population", heads, tuple(rows))
