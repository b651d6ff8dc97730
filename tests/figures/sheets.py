"""Sheets as read, checked into tables: what the tests of figures begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from reportgen.check import check_sheets
from reportgen.datasets import all_datasets
from reportgen.figures.base import Circumstances
from reportgen.model import Problem, RawSheet, Scalar, Severity
from reportgen.table import Table
from reportgen.trace import Figure, Grid

AS_AT = dt.date(2016, 6, 29)
MEETING = dt.date(2016, 7, 12)
WHEN = Circumstances("2016-05", MEETING, {"action_plan": AS_AT}, "meeting.toml")


def tables(sheets: Mapping[str, Sequence[Sequence[Scalar]]]) -> tuple[dict[str, Table], list[Problem]]:
    """The datasets of those names, whose sheets' headings stand in row 1, with errors and warnings."""
    raw = [RawSheet("in/book.xlsx", name, rows) for name, rows in sheets.items()]
    found, problems = check_sheets(raw, "in", all_datasets(), list(sheets))
    return found, [p for p in problems if p.severity is not Severity.NOTE]


def sound(sheets: Mapping[str, Sequence[Sequence[Scalar]]]) -> dict[str, Table]:
    """The tables of sheets in which nothing is wrong."""
    found, problems = tables(sheets)
    assert [p.message for p in problems] == []
    return found


def shown(figure: Figure) -> object:
    """The figure's value, or its symbol in brackets where it has none."""
    return figure.value if figure.value is not None else f"[{figure.symbol}]" if figure.symbol else None


def grid_values(grid: Grid) -> list[list[object]]:
    """The values of a grid by row."""
    return [[shown(figure) for figure in row.cells] for row in grid.rows]


def addresses(figure: Figure) -> list[str]:
    """The counted cells of a figure, with their sheet."""
    return [f"{cells.sheet}!{cells.address}" for cells in figure.counted()]
