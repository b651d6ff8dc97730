"""What the primitives make: figures with their trace, grids of them, and claims to be reconciled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from reportgen.model import Number, Place, Unit, Value
from reportgen.table import CellRange, Rows, Run, Table, ranges

Cells = tuple[tuple[str, str], list[Run]]  # of one sheet, by its file and name


@dataclass(frozen=True, eq=False)
class Selection:
    """The values of a table's column in some rows (positions from 0), and the columns that chose those rows."""

    table: Table
    column: str
    rows: Rows
    by: tuple[str, ...] = ()

    def counted(self) -> Iterator[Cells]:
        """The cells whose values were used, by sheet."""
        if self.table.sheets:
            return self.table.runs_by_sheet(self.column, self.rows)
        return iter([((self.table.file, self.table.sheet), self.table.runs(self.column, self.rows))])

    def examined(self) -> Iterator[Cells]:
        """The cells that decided which were used, or what they mean: headings, filters, and what names the rows.

        Of a joined table they are all cells of those columns: a row that was left out might have become another.
        """
        table = self.table
        names = dict.fromkeys((self.column, *self.by, *table.label, *table.key))
        if table.sheets:
            return (_whole(cells) for name in names for cells in table.everything_read(name))
        return iter([((table.file, table.sheet), self._examined(names))])

    def _examined(self, names: Iterable[str]) -> list[Run]:
        table = self.table
        headings = [run for name in names for run in table.headings(name)]
        return [*headings, *table.naming(), *(run for name in self.by for run in table.runs(name))]


@dataclass(frozen=True, eq=False)
class WholeColumn(Selection):
    """A selection of a joined table of which all cells of the column count: those left out decided as much as others.

    What is worked out of whole histories rests on all that was read, which is said in a few ranges.
    """

    def counted(self) -> Iterator[Cells]:
        """All cells of the column that were read, by sheet."""
        return (_whole(cells) for cells in self.table.everything_read(self.column))

    def examined(self) -> Iterator[Cells]:
        """The cells of the columns that chose the rows."""
        return (_whole(cells) for name in self.by for cells in self.table.everything_read(name))


@dataclass(frozen=True, eq=False)
class Figure:
    """One computed value with its unit and its trace.

    `value` is None where there is none; `symbol` then says why (x not available, z not applicable, c suppressed), and
    is empty for a blank. `parts` are the figures that this one was made from, `chosen_by` those that only decided
    what it was made from. `bounds` are how far the value may be off by the rounding of its cells; without, it is exact.
    `stated` is one that its source states without the numbers from which it could be worked out. `operation` is what
    was done with the parts, where it can be undone: sum, difference, product, ratio, mean or size.
    """

    value: Value | None
    unit: Unit
    how: str
    symbol: str = ""
    selections: tuple[Selection, ...] = ()
    parts: tuple[Figure, ...] = ()
    chosen_by: tuple[Figure, ...] = ()
    bounds: tuple[Number, Number] | None = None
    name: str = ""
    stated: bool = False
    operation: str = ""

    def counted(self) -> tuple[CellRange, ...]:
        """The cells whose values make the figure, as ranges."""
        return _ranges(self._counted())

    def examined(self) -> tuple[CellRange, ...]:
        """The cells that decided what was counted, as ranges; where one was counted too it stands in both."""
        return _ranges(self._examined())

    def lacking(self) -> tuple[Place, ...]:
        """The cells without a value for want of which the figure has none."""
        if self.value is not None:
            return ()
        own = (
            each.table.place(each.column, int(row))
            for each in self.selections
            for row in each.rows[each.table.frame[each.column].isna().to_numpy(dtype=bool)[each.rows]]
        )
        return tuple(dict.fromkeys((*own, *(place for part in self.parts for place in part.lacking()))))

    def every_selection(self) -> Iterator[Selection]:
        """Its own selections and those of the figures that it was made from."""
        yield from self.selections
        for part in self.parts:
            yield from part.every_selection()

    def _counted(self) -> Iterator[Cells]:
        for selection in self.selections:
            yield from selection.counted()
        for part in self.parts:
            yield from part._counted()

    def _examined(self) -> Iterator[Cells]:
        for selection in self.selections:
            yield from selection.examined()
        for part in self.parts:
            yield from part._examined()
        for figure in self.chosen_by:
            yield from figure._counted()
            yield from figure._examined()

    @property
    def number(self) -> Number:
        """The value as a number. Raises TypeError where it is none."""
        if not isinstance(self.value, (int, Fraction)):
            raise TypeError(f"{self.name or self.how} is no number")
        return self.value

    @property
    def interval(self) -> tuple[Number, Number]:
        """The lowest and highest number that the value may stand for. Raises TypeError where it is no number."""
        return self.bounds or (self.number, self.number)


def _whole(cells: CellRange) -> Cells:
    """A range of cells as a run of its sheet."""
    first, last = (np.array([row], dtype=np.int64) for row in (cells.first_row, cells.last_row))
    return (cells.file, cells.sheet), [(cells.column, first, last)]


def _ranges(found: Iterator[Cells]) -> tuple[CellRange, ...]:
    by_sheet: dict[tuple[str, str], list[Run]] = {}
    for sheet, runs in found:
        by_sheet.setdefault(sheet, []).extend(runs)
    return tuple(r for (file, sheet), runs in sorted(by_sheet.items()) for r in ranges(file, sheet, runs))


def called(figure: Figure) -> str:
    """The figure's name in words, or how it was made where it has none."""
    return figure.name.replace("_", " ") if figure.name else figure.how


def simplest(value: Any) -> Number:
    """A number as an int where it is whole, else as a Fraction."""
    return value if isinstance(value, Fraction) and value.denominator != 1 else int(value)


@dataclass(frozen=True)
class Head:
    """A column of a grid: its key, the words over it, whether it states the row's name, the group it is part of.

    `note` is what must stand under an exhibit that shows the column.
    """

    key: str
    label: str
    unit: Unit
    is_label: bool = False
    group: str = ""
    note: str = ""


@dataclass(frozen=True, eq=False)
class GridRow:
    """A row of a grid; `kind` is `body` or `total`, `group` what the grid may be split by."""

    cells: tuple[Figure, ...]
    kind: str = "body"
    group: str = ""


@dataclass(frozen=True, eq=False)
class Grid:
    """Figures in rows and columns with their margins; its first heads name the rows. `as_at` is the day of its data."""

    name: str
    heads: tuple[Head, ...]
    rows: tuple[GridRow, ...]
    as_at: dt.date | None = None

    def column(self, key: str) -> tuple[Figure, ...]:
        """The figures of a column's body rows. Raises KeyError where there is no such column."""
        at = self.position(key)
        return tuple(row.cells[at] for row in self.rows if row.kind == "body")

    def position(self, key: str) -> int:
        """The column's position from 0. Raises KeyError with the known keys where there is none."""
        keys = [head.key for head in self.heads]
        if key not in keys:
            raise KeyError(f'grid "{self.name}" has no column "{key}": it has {", ".join(keys)}')
        return keys.index(key)

    def only(self, group: str) -> Grid:
        """The grid's rows of one group."""
        return replace(self, rows=tuple(row for row in self.rows if row.group == group))


@dataclass(frozen=True, eq=False)
class Claim:
    """Something that the inputs state and that was computed as well: the two are to agree.

    `what` names it in words, `reason` says in words how the computed value arose, `place` is where the stated value
    stands, if not in the cells of its figure.
    """

    code: str
    what: str
    stated: Figure
    computed: Figure
    reason: str = ""
    place: Place | None = None

    @property
    def gap(self) -> Number | None:
        """The stated number less the computed one; None where either is none."""
        stated, computed = self.stated.value, self.computed.value
        if isinstance(stated, (int, Fraction)) and isinstance(computed, (int, Fraction)):
            return stated - computed
        return None


@dataclass(frozen=True)
class Found:
    """What a subject's figures module gives: figures and grids by name, and the claims to be reconciled.

    `disputes` are the claims that reconciling found contradicted: the tables that they touch say so.
    """

    figures: Mapping[str, Figure] = field(default_factory=dict)
    grids: Mapping[str, Grid] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Claim, ...] = ()
