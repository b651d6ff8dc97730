"""Figures of the indicators: each with its change and direction of travel, where the two values can be compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from reportgen.cells.dates import last_day
from reportgen.figures.base import Circumstances
from reportgen.model import Number, Unit
from reportgen.table import Table
from reportgen.trace import Figure, Found, Grid, GridRow, Head, Missing, cell, change, count, derive, without
from reportgen.wording import direction, in_words

NEEDS = ("indicators",)
COMPARED = "Compared with the earlier value"
VALUES = ("latest_value", "earlier_value")
PERIODS = ("latest_period", "earlier_period", "cumulative")
NAMED = {
    "indicators_improving": "improving",
    "indicators_worsening": "worsening",
    "indicators_unchanged": "no change",
}
Period = dt.date | str


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The indicators as a grid, and how many improve, worsen, stand still and can't be compared."""
    table = _with_direction(tables["indicators"])
    figures = {"indicators_count": count(table)}
    figures |= {name: count(table, direction=word) for name, word in NAMED.items()}
    figures["indicators_not_compared"] = count(table, direction=None)
    return Found(figures, {"indicators": _grid(table)})


def _with_direction(table: Table) -> Table:
    """The table with what each pair of values comes to, and how the two compare, in words."""
    columns = (*VALUES, *PERIODS)
    how = "whether the latest value can be compared with the earlier one"
    table = derive(table, "comparison", _comparison, columns, Unit.TEXT, how)
    how = "the latest value against the earlier one, by which way is better"
    return derive(table, "direction", _direction, (*columns, "better", "unit"), Unit.TEXT, how)


def _comparison(
    latest: Number | None, earlier: Number | None, now: Period | None, before: Period | None, cumulative: str | None
) -> str:
    """How two values compare: a count within the year so far with the same point of the year before alone."""
    if latest is None:
        return "No latest value"
    if earlier is None:
        return "No earlier value"
    if now is None or before is None:
        return "Not compared: a value without its period"
    if cumulative != "yes" or _year_before(now, before):
        return COMPARED
    so_far = "Not compared: the latest value counts the year so far, the earlier one"
    if isinstance(before, str):
        return f"{so_far} the whole of {before}"
    return f"{so_far} another part of the year, to {in_words(before, Unit.DATE)}"


def _year_before(now: Period, before: Period) -> bool:
    """Whether two periods end at the same point of two years, one after the other."""
    end, earlier = last_day(now), last_day(before)
    month_ends = all((day + dt.timedelta(days=1)).day == 1 for day in (end, earlier))
    return end.year - earlier.year == 1 and end.month == earlier.month and (month_ends or end.day == earlier.day)


def _direction(
    latest: Number | None,
    earlier: Number | None,
    now: Period | None,
    before: Period | None,
    cumulative: str | None,
    better: str | None,
    unit: str | None,
) -> str | Missing:
    """The direction of travel; not available where the two values can't be compared."""
    if _comparison(latest, earlier, now, before, cumulative) != COMPARED or latest is None or earlier is None:
        return Missing.NOT_AVAILABLE
    gain = latest - earlier if better == "higher" else earlier - latest
    return direction(gain, "improving", "worsening", "no change")


def _grid(table: Table) -> Grid:
    rows = [_row(table, row) for row in range(len(table))]
    units = {row.cells[2].unit for row in rows}
    unit = units.pop() if len(units) == 1 else Unit.COUNT
    heads = (
        Head("indicator", "Indicator", Unit.TEXT, is_label=True),
        Head("latest_period", "Latest period", Unit.DATE),
        Head("latest", "Latest", unit),
        Head("earlier_period", "Earlier period", Unit.DATE),
        Head("earlier", "Earlier", unit),
        Head("change", "Change", Unit.POINTS if unit is Unit.PERCENT else unit),
        Head("direction", "Direction of travel", Unit.TEXT),
        Head("comparison", "How they compare", Unit.TEXT),
        Head("better", "Which is better", Unit.TEXT),
    )
    return Grid("indicators", heads, tuple(rows))


def _row(table: Table, row: int) -> GridRow:
    told, latest = cell(table, "direction", row), cell(table, "latest_value", row)
    before = _cell(table, "earlier_value", row, latest.unit)
    changed = change(latest, before) if told.value is not None else _no_change(latest, told)
    return GridRow(
        (
            cell(table, "indicator", row),
            cell(table, "latest_period", row),
            latest,
            _cell(table, "earlier_period", row, Unit.DATE),
            before,
            replace(changed, chosen_by=(*changed.chosen_by, told)),
            told,
            cell(table, "comparison", row),
            cell(table, "better", row),
        )
    )


def _cell(table: Table, column: str, row: int, unit: Unit) -> Figure:
    """A cell, not available where it is blank or the sheet has no such column."""
    found = cell(table, column, row) if table.has(column) else without(unit, f"no {column.replace('_', ' ')}")
    return found if found.value is not None or found.symbol else replace(found, symbol="x")


def _no_change(latest: Figure, told: Figure) -> Figure:
    unit = Unit.POINTS if latest.unit is Unit.PERCENT else latest.unit
    return without(unit, "the two values can't be compared", "x", told)
