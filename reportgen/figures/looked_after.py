"""Figures of looked after children from the statutory returns: by month, who came and went, how long, how placed."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen.cells.dates import month_end
from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import (
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    Part,
    add,
    axis,
    count,
    count_on,
    difference,
    given,
    grid,
    ratio,
    text,
    total,
    without,
)

NEEDS = ("returns", "placements")
CARE = "looked after"  # short breaks are apart
MONTHS = 12  # of the year that ends on the day of the data
# Columns of children looked after on the day, with the words over their groups.
GROUPS = {
    "place": "Placement in detail",
    "provider": "Provider",
    "location": "Inside or outside the authority",
    "legal_status": "Legal status",
    "age_group": "Age",
    "need": "Category of need",
    "length": "Looked after for",
    "placements_in_year": "Placements in the year",
}
SERIES = (
    Head("month", "Month", Unit.MONTH, is_label=True),
    Head("children", "All looked after children", Unit.COUNT),
    Head("non_uasc", "Not UASC", Unit.COUNT),
    Head("uasc", "UASC", Unit.COUNT),
)
FLOWS = (
    Head("month", "Month", Unit.MONTH, is_label=True),
    Head("start", "At the start", Unit.COUNT),
    Head("entries", "Came into care", Unit.COUNT),
    Head("exits", "Left care", Unit.COUNT),
    Head("end", "At the end", Unit.COUNT),
    Head("uasc", "Of whom UASC", Unit.COUNT),
)
NOT_SAID = "Not stated"
LONG = 8  # words of a column, above which those that nothing is counted under are left out


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Children by month and by what is known of them, entries and exits with their routes, and lengths of stay."""
    table, day = tables["returns"], when.as_at["returns"]
    covered = [month for month in table.codes("entered").of if month <= day]
    year = covered[-MONTHS:]
    figures = {
        "looked_after": _children(table, day),
        "looked_after_uasc": _children(table, day, "uasc_until"),
        "short_breaks": count_on(table, day, care="short break"),
        "looked_after_year_before": _children(table, _months_before(day, MONTHS)),
    }
    figures["looked_after_not_uasc"] = difference(figures["looked_after"], figures["looked_after_uasc"])
    figures["looked_after_year_change"] = difference(figures["looked_after"], figures["looked_after_year_before"])
    figures |= {f"looked_after_{end.year}": _children(table, end) for end in covered if end.month == 3}
    figures |= _flows(table, year)
    figures |= _moved(tables["placements"])
    grids = {"looked_after_series": Grid("looked_after_series", SERIES, tuple(_series(table, covered)))}
    grids |= _by_month(table, year)
    for column, words in GROUPS.items():
        if tables["placements"].has(column):
            made = grouped(f"looked_after_by_{column}", tables["placements"], column, words)
            grids[made.name] = made
    return Found(figures, grids)


def _children(table: Table, day: dt.date, until: str = "") -> Figure:
    """The children looked after at the end of a day, without short breaks; not available of a day before the returns.

    The day before they begin is known: who was looked after at its end stands in the first return.
    """
    first = min(table.codes("entered").of)
    if day < dt.date(first.year, first.month, 1) - dt.timedelta(days=1):
        return without(Unit.COUNT, f"children on {day:%d/%m/%Y}, before the returns begin", "x")
    return count_on(table, day, until, care=CARE)


def _months_before(day: dt.date, months: int) -> dt.date:
    """The day some months before, or the last of its month: the end of a month for the end of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month + 1, last if at_end else min(day.day, last))


def _month(month: dt.date) -> Figure:
    """The label of a month's row."""
    return given(month_end(month.year, month.month), Unit.MONTH, "a month that the returns cover")


def _series(table: Table, months: Sequence[dt.date]) -> Iterator[GridRow]:
    """The children at the end of each month, with UASC apart."""
    for month in months:
        every, alone = _children(table, month), _children(table, month, "uasc_until")
        yield GridRow((_month(month), every, difference(every, alone), alone))


def _happened(table: Table, what: str, months: Sequence[dt.date], **where: str | None) -> Figure:
    """How many stays began (`entered`) or ended (`left`) in some months."""
    return count(table, **{what: tuple(months)}, **where)


def _flows(table: Table, year: Sequence[dt.date]) -> dict[str, Figure]:
    """Entries, exits and the average length of the stays that ended, in the year."""
    entries, exits = (_happened(table, what, year) for what in ("entered", "left"))
    days = total(table, "days", left=tuple(year))
    weeks = ratio(days, given(7, Unit.COUNT, "days in a week"), Unit.WEEKS)
    made = {"entries_year": entries, "exits_year": exits, "exits_average_weeks": ratio(weeks, exits, Unit.WEEKS)}
    for column, what, key in (("entry_route", "entered", "entries"), ("exit_route", "left", "exits")):
        for part in axis(table, column).parts:
            made[f"{key}_{part.key}"] = _happened(table, what, year, **{column: str(part.value)})
    return made


def _moved(placements: Table) -> dict[str, Figure]:
    """Children with three or more placements in the year, also as a share; nothing of placements that a sheet gives."""
    if not placements.has("placements_in_year"):
        return {}
    often = count(placements, placements_in_year="3 or more placements")
    return {"moved_often": often, "moved_often_share": ratio(often, count(placements))}


def _by_month(table: Table, year: Sequence[dt.date]) -> dict[str, Grid]:
    """The year's months: how the number came about, and entries and exits by route."""
    rows = []
    for month in year:
        start, end = _children(table, _months_before(month, 1)), _children(table, month)
        flows = (_happened(table, what, [month]) for what in ("entered", "left"))
        rows.append(GridRow((_month(month), start, *flows, end, _children(table, month, "uasc_until"))))
    entries, exits = (_happened(table, what, year) for what in ("entered", "left"))
    foot = (text("The year", "total row"), rows[0].cells[1], entries, exits, *rows[-1].cells[4:])
    rows.append(GridRow(foot, "total"))
    made = {"looked_after_flows": Grid("looked_after_flows", FLOWS, tuple(rows))}
    for key, what, column, words in (
        ("entries", "entered", "entry_route", "Came into care"),
        ("exits", "left", "exit_route", "Left care"),
    ):
        made[f"{key}_by_route"] = _routes(f"{key}_by_route", table, what, column, words, year)
        made[f"{key}_by_month"] = _crossed(f"{key}_by_month", table, what, column, year)
    if table.has("prior_status"):
        name = "entries_by_prior_status"
        made[name] = _routes(name, table, "entered", "prior_status", "Before care", year)
    return made


def _routes(name: str, table: Table, what: str, column: str, words: str, year: Sequence[dt.date]) -> Grid:
    """The stays that began or ended in the year by a column, with their shares."""
    every = _happened(table, what, year)
    heads = (
        Head(column, words, Unit.TEXT, is_label=True),
        Head("children", "Children", Unit.COUNT),
        Head("share", "Share", Unit.PERCENT),
    )
    rows = []
    for part in _with_blank(table, column):
        number = _happened(table, what, year, **{column: None if part.value is None else str(part.value)})
        if part.value is not None or number.value:
            rows.append(GridRow((part.label, number, ratio(number, every))))
    rows.append(GridRow((text("All", "total row"), every, ratio(every, every)), "total"))
    return Grid(name, heads, tuple(rows))


def _crossed(name: str, table: Table, what: str, column: str, year: Sequence[dt.date]) -> Grid:
    """The stays that began or ended by month and by a column, a column for each of its words that the year has."""
    parts = [p for p in axis(table, column).parts if _happened(table, what, year, **{column: str(p.value)}).value]
    heads = (
        Head("month", "Month", Unit.MONTH, is_label=True),
        *(Head(part.key, str(part.label.value), Unit.COUNT) for part in parts),
        Head("total", "All", Unit.COUNT),
    )
    rows = [
        GridRow((
            _month(month),
            *(_happened(table, what, [month], **{column: str(part.value)}) for part in parts),
            _happened(table, what, [month]),
        ))
        for month in year
    ]  # fmt: skip
    foot = [add(*cells) for cells in zip(*(row.cells[1:] for row in rows), strict=True)]
    rows.append(GridRow((text("The year", "total row"), *foot), "total"))
    return Grid(name, heads, tuple(rows))


def _with_blank(table: Table, column: str) -> tuple[Part, ...]:
    blank = Part("not_stated", text(NOT_SAID, f"blank {column.replace('_', ' ')}"), None)
    return (*axis(table, column).parts, blank)


def grouped(name: str, table: Table, column: str, words: str) -> Grid:
    """The children of a table by a column, with their shares; of a long list of words those that there are."""
    side = replace(axis(table, column, words), parts=_with_blank(table, column))
    made, every = grid(name, table, None, side, heading="Children"), count(table)
    long = len(side.parts) > LONG
    rows = [
        replace(row, cells=(*row.cells, ratio(row.cells[-1], every)))
        for row in made.rows
        if row.kind == "total" or row.cells[-1].value or not (long or row.cells[0].value == NOT_SAID)
    ]
    heads = (made.heads[0], Head("children", "Children", Unit.COUNT), Head("share", "Share", Unit.PERCENT))
    return Grid(name, heads, tuple(rows))

