"""Columns that stand side by side for the values of one field: which of a sheet's columns those are."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reportgen.cells.kinds import Context
from reportgen.cells.reading import Cell, Read
from reportgen.cells.words import heading_words, without_unit
from reportgen.datasets.base import Dataset, Field, Spread

if TYPE_CHECKING:
    from reportgen.check.sheet import Sheet

Spot = tuple[int, int]  # column and row
FEWEST = 2  # columns that make a spread


@dataclass(frozen=True)
class SpreadColumn:
    """One column of a spread: the measure that its heading names, if any, and its value; a total has none."""

    column: int
    measure: str
    value: Any
    spots: tuple[Spot, ...]

    @property
    def is_total(self) -> bool:
        """Whether the column states the totals of its rows."""
        return self.value is None


def find_spread(
    dataset: Dataset, sheet: Sheet, rows: Sequence[int], taken: Mapping[str, int]
) -> tuple[SpreadColumn, ...]:
    """The spread's columns in some heading rows, from left to right; none where fewer than two have values."""
    spread = dataset.spread
    if spread is None:
        return ()
    width = max((len(sheet.rows[row - 1]) for row in rows if row <= len(sheet.rows)), default=0)
    free = [column for column in range(1, width + 1) if column not in taken.values()]
    found = tuple(each for column in free if (each := _column(spread, sheet, rows, column)))
    return found if sum(not each.is_total for each in found) >= FEWEST else ()


def _column(spread: Spread, sheet: Sheet, rows: Sequence[int], column: int) -> SpreadColumn | None:
    """What the headings of a column say, in one cell or in two of which the upper may stand over several columns."""
    below, above = (rows[-1], column), _over(sheet, rows[0], column) if len(rows) > 1 else None
    named = not spread.by and len(spread.measures) > 1
    if not named:
        value = _value(spread, sheet.cell(*below))
        return None if value is _NONE else SpreadColumn(column, "", value, ((column, rows[-1]),))
    value = _value(spread, sheet.cell(*above)) if above else _NONE
    for measure in spread.measures if value is not _NONE else ():
        if above and _names(measure, sheet.value(*below)):
            return SpreadColumn(column, measure.name, value, ((above[1], above[0]), (column, rows[-1])))
    return None


def _over(sheet: Sheet, row: int, column: int) -> Spot | None:
    """The row and column of the cell over a column: its own, that of its merged range, else the last to its left."""
    merged = sheet.merged(row, column)
    if merged:
        return merged.first_row, merged.first_column
    return next(((row, at) for at in range(column, 0, -1) if sheet.value(row, at) is not None), None)


def _names(measure: Field, value: object) -> bool:
    """Whether a heading cell names a measure."""
    known = {heading_words(name) for name in (measure.name.replace("_", " "), *measure.headings)}
    return isinstance(value, str) and heading_words(value) in known


_NONE = object()


def _value(spread: Spread, cell: Cell) -> Any:
    """The value that a heading cell states, None for a total; `_NONE` where it states neither."""
    if isinstance(cell.value, str) and heading_words(cell.value) in _total_headings(spread):
        return None
    read = read_heading(spread, cell)
    return _NONE if read.value is None or read.code else read.value


@functools.cache
def _total_headings(spread: Spread) -> frozenset[str]:
    return frozenset(map(heading_words, spread.totals))


def read_heading(spread: Spread, cell: Cell) -> Read:
    """A heading cell as the spread's field reads it, a unit of money left out; nothing of a blank one."""
    if cell.value is None:
        return Read()
    bare = replace(cell, value=without_unit(cell.value)) if isinstance(cell.value, str) else cell
    return spread.field.kind.read(bare, {}, Context())


def may_head(spreads: Sequence[Spread], cell: Cell) -> bool:
    """Whether a cell may be the heading of a column of one of the spreads."""
    return any(_value(spread, cell) is not _NONE for spread in spreads)


def values_in_order(columns: Sequence[SpreadColumn]) -> Iterator[SpreadColumn]:
    """The first column of each value, from left to right."""
    seen: list[Any] = []
    for each in columns:
        if not each.is_total and each.value not in seen:
            seen.append(each.value)
            yield each
