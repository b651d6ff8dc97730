"""Grids: a measure by the categories of one column or of two, with margins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from reportgen.cells.kinds import Category
from reportgen.model import Unit, Value
from reportgen.table import Rows, Table
from reportgen.trace.figure import Figure, Grid, GridRow, Head, Selection
from reportgen.trace.primitives import cell, count_of, rows_named_by, sum_of, text, without

REST = "Other or not stated"


@dataclass(frozen=True, eq=False)
class Part:
    """One category of an axis: its key in names, its words, and the value that it stands for; None is a blank."""

    key: str
    label: Figure
    value: Value | None


@dataclass(frozen=True, eq=False)
class Axis:
    """One side of a grid: a column, the words over it, and its categories in order.

    The categories come from a dataset, not from what happens to stand in the column, so that one without rows is a
    zero. Rows of no category are counted under one more, which is there only where there are such rows.
    """

    column: str
    heading: str
    parts: tuple[Part, ...]


def axis(table: Table, column: str, heading: str = "") -> Axis:
    """The axis of a column whose categories its dataset declares. Raises TypeError where it declares none."""
    kind = table.columns[column].kind
    if not isinstance(kind, Category):
        raise TypeError(f"{column} of {table.title} has no fixed categories: give them")
    parts = tuple(
        Part(key_of(value), text(value[:1].upper() + value[1:], f"category of {column.replace('_', ' ')}"), value)
        for value in kind.accepted
    )
    return Axis(column, heading or _words(column), parts)


def key_of(value: Value) -> str:
    """A category's key in the names of figures."""
    return re.sub(r"[^a-z0-9]+", "_", str(value).lower()).strip("_")


def _words(column: str) -> str:
    return column.replace("_", " ").capitalize()


def grid(
    name: str,
    table: Table,
    column: str | None,
    by: Axis,
    across: Axis | None = None,
    margins: bool = True,
    heading: str = "",
    whole: str = "All",
) -> Grid:
    """The totals of a column, or the number of rows where it is None, by one axis and perhaps across another.

    With `margins` it has a total row and, where there are two axes, a total column, both called `whole`. `heading`
    stands over the measure where there is one axis. Raises TypeError where the column doesn't hold numbers.
    """
    side = _Side.of(table, by)
    top = _Side.of(table, across) if across else None
    measure = _Measure(table, column, tuple(a.column for a in (by, across) if a))
    stub = Head(by.column, by.heading, Unit.TEXT, is_label=True)
    if top is None:
        said = heading or _words(column or "number")
        heads = [stub, Head(column or key_of(said), said, measure.unit)]
        body = [[measure.over(rows, part)] for rows, part in zip(side.groups(), side.parts, strict=True)]
        foot = []
    else:
        heads = [stub, *(Head(part.key, str(part.label.value), measure.unit) for part in top.parts)]
        body = _crossed(measure, side, top)
        foot = [measure.over(rows, part) for rows, part in zip(top.groups(), top.parts, strict=True)]
        if margins:
            heads.append(Head("total", whole, measure.unit))
            for cells, rows, part in zip(body, side.groups(), side.parts, strict=True):
                cells.append(measure.over(rows, part))
    made = [GridRow((part.label, *cells)) for part, cells in zip(side.parts, body, strict=True)]
    if margins:
        made.append(GridRow((text(whole, "total row"), *foot, measure.over(table.every_row)), "total"))
    return Grid(name, tuple(heads), tuple(made))


@dataclass(frozen=True, eq=False)
class _Side:
    """An axis with each row's category on it, as a position from 0."""

    parts: tuple[Part, ...]
    codes: Rows

    @classmethod
    def of(cls, table: Table, axis: Axis) -> _Side:
        """The axis with one more category for the rows of none, where there are any."""
        codes = table.codes(axis.column)
        # The last entry is that of blanks, whose code is −1.
        position = np.full(len(codes.of) + 1, len(axis.parts), dtype=np.int64)
        for number, part in enumerate(axis.parts):
            if part.value is None:
                position[-1] = number
            elif part.value in codes.of:
                position[codes.of[part.value]] = number
        found = position[codes.rows]
        if not (found == len(axis.parts)).any():
            return cls(axis.parts, found)
        rest = Part("rest", text(REST, f"no category of {axis.column.replace('_', ' ')}"), None)
        return cls((*axis.parts, rest), found)

    def groups(self) -> list[Rows]:
        """The positions of each category's rows."""
        return _groups(self.codes, len(self.parts))


def _crossed(measure: _Measure, side: _Side, top: _Side) -> list[list[Figure]]:
    """The figures of each pair of categories, a list a row."""
    width = len(top.parts)
    groups = iter(_groups(side.codes * width + top.codes, len(side.parts) * width))
    return [[measure.over(next(groups), part, other) for other in top.parts] for part in side.parts]


def _groups(codes: Rows, number: int) -> list[Rows]:
    """The positions of the rows of each code from 0, as views of one array."""
    # A stable sort of small integers is a radix sort, many times as fast.
    order = np.argsort(codes.astype(np.int16) if number < 2**15 else codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=number))
    return np.split(order, ends[:-1])


@dataclass(frozen=True, eq=False)
class _Measure:
    """What the cells of a grid say: the total of a column, or the number of rows where it is None."""

    table: Table
    column: str | None
    by: tuple[str, ...]

    @property
    def unit(self) -> Unit:
        """The unit of the grid's figures."""
        return self.table.columns[self.column].unit if self.column else Unit.COUNT

    def over(self, rows: Rows, *parts: Part) -> Figure:
        """The figure of some rows, which the categories chose."""
        of = f" of {' and '.join(str(part.label.value) for part in parts)}" if parts else ""
        selection = Selection(self.table, self.column or rows_named_by(self.table), rows, self.by)
        if self.column:
            made = sum_of(selection, f"total of {self.column.replace('_', ' ')}{of} in {self.table.title}")
        else:
            made = count_of(selection, f"count of rows{of} in {self.table.title}")
        return replace(made, chosen_by=tuple(part.label for part in parts))


def listed(name: str, table: Table, heads: tuple[Head, ...], every: Figure, group: str = "") -> Grid:
    """The table's rows as they stand, in the columns that it has; under the last of them, their total `every`."""
    heads = tuple(head for head in heads if table.has(head.key))
    rows = [
        GridRow(
            tuple(cell(table, head.key, row) for head in heads),
            group=str(table.values(group)[row]) if group else "",
        )
        for row in range(len(table))
    ]
    blanks = (without(head.unit, "no value in the total row") for head in heads[1:-1])
    return Grid(name, heads, (*rows, GridRow((text("Total", "total row"), *blanks, every), "total")))


def beside(name: str, first: Grid, *others: Grid) -> Grid:
    """Grids of the same rows side by side, under the labels of the first. Raises ValueError where the rows differ."""
    labels = [(row.kind, row.cells[0].value) for row in first.rows]
    for other in others:
        if [(row.kind, row.cells[0].value) for row in other.rows] != labels:
            raise ValueError(f"{first.name} and {other.name} have other rows")
    heads = (*first.heads, *(head for other in others for head in other.heads[1:]))
    rows = [
        replace(row, cells=(*row.cells, *(figure for other in others for figure in other.rows[i].cells[1:])))
        for i, row in enumerate(first.rows)
    ]
    return Grid(name, heads, tuple(rows), first.as_at)
