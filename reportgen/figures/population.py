"""Figures of the population: totals, UASC and the rest by month, with their changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Figure, Found, Grid, GridRow, Head, add, cell, count, difference, ratio, without

NEEDS = ("population",)
SERIES = (
    ("total", "children", "All looked after children"),
    ("non_uasc", "non_uasc", "Not UASC"),
    ("uasc", "uasc", "UASC"),
)
HEADS = (
    Head("month", "Month", Unit.MONTH, is_label=True),
    *(Head(column, label, Unit.COUNT) for column, _, label in SERIES),
    Head("month_change", "Change on the month", Unit.COUNT),
    Head("start_change", "Change since the start", Unit.COUNT),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The first and last month's numbers of each series, their changes, and the months as a grid."""
    table = tables["population"]
    figures = {
        "population_months": count(table),
        "population_first_month": _month(table, 0),
        "population_last_month": _month(table, len(table) - 1),
    }
    for column, name, _ in SERIES:
        figures |= _changes(table, column, name)
    figures["uasc_share"] = ratio(figures["uasc_last"], figures["children_last"])
    figures["uasc_share_of_change"] = ratio(figures["uasc_change"], figures["children_change"])
    return Found(figures, {"population": _months(table)})


def _month(table: Table, row: int) -> Figure:
    return replace(cell(table, "month", row), unit=Unit.MONTH)


def _at(table: Table, column: str, row: int, name: str = "") -> Figure:
    """A series' number in a month. All children are the sum of the two groups, where both are known."""
    how = f"{column.replace('_', ' ')} in {table.title}, month {row + 1} of {len(table)}"
    found = cell(table, column, row, how)
    if column == "total":
        parts = [cell(table, part, row) for part in ("non_uasc", "uasc")]
        made = replace(add(*parts), how=f"non-UASC plus UASC in {table.title}, month {row + 1} of {len(table)}")
        found = made if all(p.value is not None for p in parts) else replace(found, chosen_by=(made,))
    return replace(found, name=name)


def _changes(table: Table, column: str, name: str) -> dict[str, Figure]:
    """A series' first and last value, and those a month and a year before the last, with the changes since each.

    A month before the series begins has no value: [z] for the month before a first one, [x] for a year that is not
    in the sheet.
    """
    end = len(table) - 1
    first, last = _at(table, column, 0, f"{name}_first"), _at(table, column, end, f"{name}_last")
    made = {first.name: first, last.name: last}
    change = replace(difference(last, first if end else _none(table, "z")), name=f"{name}_change")
    made |= {change.name: change, f"{name}_change_share": ratio(change, first)}
    for before, value, changed, symbol in (
        (1, "previous", "month_change", "z"),
        (12, "year_before", "year_change", "x"),
    ):
        there = end >= before
        earlier = _at(table, column, end - before, f"{name}_{value}") if there else _none(table, symbol)
        made |= {f"{name}_{value}": earlier, f"{name}_{changed}": difference(last, earlier)}
    return made


def _none(table: Table, symbol: str) -> Figure:
    """The number of a month that isn't in the sheet."""
    return without(Unit.COUNT, "a month before the first in the sheet", symbol, count(table))


def _months(table: Table) -> Grid:
    rows = []
    first = _at(table, "total", 0)
    for row in range(len(table)):
        series = [_at(table, column, row) for column, _, _ in SERIES]
        before = _at(table, "total", row - 1) if row else _none(table, "z")
        changes = difference(series[0], before), difference(series[0], first if row else _none(table, "z"))
        rows.append(GridRow((_month(table, row), *series, *changes)))
    return Grid("population", HEADS, tuple(rows))
