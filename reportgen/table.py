"""A checked table: typed values by row, and for every value the cells that it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from reportgen.model import Place, Unit, column_letter

Rows = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, order=True)
class CellRange:
    """Adjoining cells of one column of a sheet."""

    file: str
    sheet: str
    column: int
    first_row: int
    last_row: int

    @property
    def address(self) -> str:
        """The range's address, such as C5:C9 or C5."""
        letter = column_letter(self.column)
        last = "" if self.last_row == self.first_row else f":{letter}{self.last_row}"
        return f"{letter}{self.first_row}{last}"

    def __str__(self) -> str:
        return f"{self.file}!{self.sheet}!{self.address}" if self.sheet else f"{self.file}!{self.address}"

    def __contains__(self, place: object) -> bool:
        return (
            isinstance(place, Place)
            and (place.file, place.sheet) == (self.file, self.sheet)
            and place.column == self.column
            and self.first_row <= place.row <= self.last_row
        )


def ranges(file: str, sheet: str, cells: Iterable[tuple[int, int]]) -> tuple[CellRange, ...]:
    """The cells, given as (column, row), as the fewest ranges, in order and each once."""
    found: list[CellRange] = []
    for column, row in sorted(set(cells)):
        last = found[-1] if found else None
        if last and last.column == column and last.last_row == row - 1:
            found[-1] = replace(last, last_row=row)
        else:
            found.append(CellRange(file, sheet, column, row, row))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Column:
    """Where a column's values came from, and how exact they are.

    `rows` holds each value's spreadsheet row, which for labels carried down is the label's own. A derived column
    has no letter: its cells are those of the columns in `derived_from`.
    """

    unit: Unit
    letter: int = 0
    rows: Rows = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    headings: tuple[tuple[int, int], ...] = ()  # (column, row) of the cells that name the column or its unit
    half_unit: Fraction = Fraction(0)  # half of what the sheet shows as its last place; 0 is exact
    symbols: Mapping[int, str] = field(default_factory=dict)  # row position → x, z or c
    derived_from: tuple[str, ...] = ()
    kind: Any = None


@dataclass(frozen=True)
class Stated:
    """A total that the sheet itself states, with the rows that it covers."""

    column: str
    label: str
    value: int
    place: Place
    rows: tuple[int, ...]
    half_unit: Fraction
    kind: str = "total"


@dataclass(frozen=True, eq=False)
class Table:
    """A dataset's rows as read from one sheet. The frame's index counts from 0; no value in it is changed later."""

    dataset: str
    title: str
    file: str
    sheet: str
    frame: pd.DataFrame
    columns: Mapping[str, Column]
    label: tuple[str, ...]
    key: tuple[str, ...]
    stated: tuple[Stated, ...] = ()

    def __len__(self) -> int:
        return len(self.frame)

    def everything(self) -> Mask:
        """A mask that selects every row."""
        return np.ones(len(self.frame), dtype=bool)

    def has(self, column: str) -> bool:
        """Whether the sheet has the column."""
        return column in self.columns

    def place(self, column: str, row: int) -> Place:
        """The cell that holds a value."""
        origin = self.columns[column]
        if origin.derived_from:
            return self.place(origin.derived_from[0], row)
        return Place(self.file, self.sheet, int(origin.rows[row]), origin.letter)

    def cells(self, column: str, mask: Mask) -> list[tuple[int, int]]:
        """The (column, row) of the cells behind a column's selected values."""
        origin = self.columns[column]
        if origin.derived_from:
            return [cell for name in origin.derived_from for cell in self.cells(name, mask)]
        return [(origin.letter, int(row)) for row in origin.rows[mask]]

    def headings(self, column: str) -> list[tuple[int, int]]:
        """The (column, row) of the cells that name a column or state its unit."""
        origin = self.columns[column]
        return [*origin.headings, *(cell for name in origin.derived_from for cell in self.headings(name))]

    def ranges(self, cells: Iterable[tuple[int, int]]) -> tuple[CellRange, ...]:
        """The cells of this table's sheet as ranges."""
        return ranges(self.file, self.sheet, cells)

    def with_column(
        self, name: str, values: Sequence[Any], derived_from: tuple[str, ...], unit: Unit
    ) -> Table:
        """The table with one more column, whose values were derived row by row from others."""
        frame = self.frame.assign(**{name: pd.Series(list(values), dtype=object, index=self.frame.index)})
        return replace(
            self, frame=frame, columns={**self.columns, name: Column(unit, derived_from=derived_from)}
        )
