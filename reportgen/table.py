"""A checked table: typed values by row, and for every value the cells that it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from reportgen.model import Place, Unit, column_letter

Rows = np.ndarray[Any, np.dtype[np.int64]]
Run = tuple[int, Rows, Rows]  # cells of one column (its number): first and last spreadsheet row of each stretch
Made = TypeVar("Made")

# Why a value is missing, the graver the further on: not applicable, rounds to zero, of low reliability, not available,
# suppressed. A blank has no reason.
SYMBOLS = ("", "z", "low", "u", "x", "c")
LARGEST = 2**63
NO_DAY = 2**40  # the number of a day that there is none of: it is after all others


def passed_on(symbol: str) -> str:
    """The symbol of what is worked out with a value that has a symbol: what rounds to zero can't be reckoned with."""
    return "x" if symbol in ("low", "u") else symbol


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


def ranges(file: str, sheet: str, runs: Iterable[Run]) -> tuple[CellRange, ...]:
    """The runs of cells as the fewest ranges, in order, each cell once."""
    by_column: dict[int, list[tuple[Rows, Rows]]] = {}
    for column, firsts, lasts in runs:
        by_column.setdefault(column, []).append((firsts, lasts))
    found = []
    for column, parts in sorted(by_column.items()):
        if len(parts) == 1 and len(parts[0][0]) == 1:
            found.append(CellRange(file, sheet, column, int(parts[0][0][0]), int(parts[0][1][0])))
            continue
        firsts, lasts = (np.concatenate(side) for side in zip(*parts, strict=True))
        for first, last in zip(*_joined(firsts, lasts), strict=True):
            found.append(CellRange(file, sheet, column, int(first), int(last)))
    return tuple(found)


def _joined(firsts: Rows, lasts: Rows) -> tuple[Rows, Rows]:
    """The stretches in order, with those that overlap or adjoin made one."""
    if not len(firsts):
        return firsts, lasts
    if len(firsts) == 1:
        return firsts, lasts
    order = np.argsort(firsts, kind="stable")
    firsts, reach = firsts[order], np.maximum.accumulate(lasts[order])
    begins = np.concatenate(([True], firsts[1:] > reach[:-1] + 1))
    ends = np.concatenate((begins[1:], [True]))
    return firsts[begins], reach[ends]


@dataclass(frozen=True, eq=False)
class Column:
    """Where a column's values came from, and how exact they are.

    `rows` holds each value's spreadsheet row, which for labels carried down is the label's own, and `letters` its
    column where the values stand in several. A derived column has no letter: its cells are those of the columns in
    `derived_from`, and `how` says what was made of them.
    """

    unit: Unit
    letter: int = 0
    rows: Rows = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    headings: tuple[tuple[int, int], ...] = ()  # (column, row) of the cells that name the column or its unit
    half_unit: Fraction = Fraction(0)  # half of what the sheet shows as its last place; 0 is exact
    symbols: Mapping[int, str] = field(default_factory=dict)  # row position → one of SYMBOLS
    derived_from: tuple[str, ...] = ()
    kind: Any = None
    how: str = ""
    letters: Rows | None = None
    sources: Rows | None = None  # of a joined table: which of its sheets each value stands in; −1 is none
    read: tuple[CellRange, ...] = ()  # of a joined table: every cell of the column that was read, headings included

    def letter_at(self, row: int) -> int:
        """The number of the column that a value stands in."""
        return self.letter if self.letters is None else int(self.letters[row])


@dataclass(frozen=True)
class Stated:
    """A total that the sheet itself states, with the rows that it most likely covers, and what others it may cover."""

    column: str
    label: str
    value: int
    place: Place
    rows: tuple[int, ...]
    half_unit: Fraction
    kind: str = "total"
    others: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column of numbers made ready to be summed: 0 where a value is missing, and why it is (an index of SYMBOLS)."""

    values: np.ndarray[Any, Any]
    known: np.ndarray[Any, np.dtype[np.bool_]]
    marks: np.ndarray[Any, np.dtype[np.int8]]


@dataclass(frozen=True, eq=False)
class Codes:
    """A column's values as small numbers: `of` gives each value's, `rows` each row's; −1 is a blank."""

    rows: np.ndarray[Any, np.dtype[np.int64]]
    of: Mapping[Any, int]


@dataclass(frozen=True, eq=False)
class Table:
    """A dataset's rows as read from one sheet, or joined from several; no value in the frame is changed later.

    The frame's index counts from 0. Of a joined table, `file` and `sheet` are the first of its `sheets`.
    """

    dataset: str
    title: str
    file: str
    sheet: str
    frame: pd.DataFrame
    columns: Mapping[str, Column]
    label: tuple[str, ...]
    key: tuple[str, ...]
    stated: tuple[Stated, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()  # (column, row) of the heading cells that name none of the columns
    private: bool = False  # a row a child: what a cell holds is quoted only where it is close to an accepted word
    sheets: tuple[tuple[str, str], ...] = ()  # the files and sheets that a joined table's rows come from
    _worked_out: dict[tuple[str, str], Any] = field(default_factory=dict, init=False, repr=False)

    def __len__(self) -> int:
        return len(self.frame)

    def has(self, column: str) -> bool:
        """Whether the sheet has the column."""
        return column in self.columns

    def place(self, column: str, row: int) -> Place:
        """The cell that holds a value."""
        origin = self.columns[column]
        if origin.derived_from:
            return self.place(origin.derived_from[0], row)
        file, sheet = self.file, self.sheet
        if origin.sources is not None:
            file, sheet = self.sheets[int(origin.sources[row])]
        return Place(file, sheet, int(origin.rows[row]), origin.letter_at(row))

    @property
    def every_row(self) -> Rows:
        """The positions of all rows."""
        return self._once("rows", "", lambda: np.arange(len(self.frame), dtype=np.int64))

    def runs(self, column: str, rows: Rows | None = None) -> list[Run]:
        """The cells behind a column's values, in all rows or those at some positions.

        A label carried down stands for the blank cells below it as well: one of them filled in would end it.
        """
        origin = self.columns[column]
        if origin.derived_from:
            return [run for name in origin.derived_from for run in self.runs(name, rows)]
        if origin.letters is not None:
            return _runs_by_letter(origin, self.every_row if rows is None else rows)
        if rows is None:
            firsts, lasts = self._once("runs", column, lambda: _joined(origin.rows, self._own_rows()))
            return [(origin.letter, firsts, lasts)]
        return [(origin.letter, origin.rows[rows], self._own_rows()[rows])]

    def runs_by_sheet(self, column: str, rows: Rows) -> Iterator[tuple[tuple[str, str], list[Run]]]:
        """The cells behind a joined table's values at some positions, by the sheet that they stand in."""
        origin = self.columns[column]
        for name in origin.derived_from:
            yield from self.runs_by_sheet(name, rows)
        if origin.sources is None:
            return
        within = origin.sources[rows]
        for source in np.unique(within[within >= 0]):
            yield self.sheets[source], self.runs(column, rows[within == source])

    def everything_read(self, column: str) -> Iterator[CellRange]:
        """Every cell that a joined table's column was read from, those of rows that joining left out among them."""
        origin = self.columns[column]
        yield from origin.read
        for name in origin.derived_from:
            yield from self.everything_read(name)

    def stacks(self, column: str) -> list[Rows]:
        """The rows whose values stand below each other in one column of the sheet, for each of its columns."""
        letters = self.columns[column].letters
        if letters is None:
            return [self.every_row]
        return [np.flatnonzero(letters == letter) for letter in np.unique(letters)]

    def naming(self) -> list[Run]:
        """The cells that name rows: labels and keys, and the labels that set totals rows apart from the others."""
        totals = {stated.place.row for stated in self.stated}
        runs = [run for name in dict.fromkeys((*self.label, *self.key)) for run in self.runs(name)]
        return runs + [single(self.columns[name].letter, row) for name in self.label for row in sorted(totals)]

    def headings(self, column: str) -> list[Run]:
        """The cells that name a column or state its unit."""
        origin = self.columns[column]
        own = [single(letter, row) for letter, row in origin.headings]
        return own + [run for name in origin.derived_from for run in self.headings(name)]

    def codes(self, column: str) -> Codes:
        """The column's values as small numbers, worked out once: comparing them is fast."""
        return self._once("codes", column, lambda: _codes(self.frame[column]))

    def values(self, column: str) -> Any:
        """The column's values as an array of Python's own, taken from the frame once: one at a time is slow."""
        return self._once("values", column, lambda: self.frame[column].to_numpy(dtype=object))

    def known(self, column: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which of the column's values are there, by row."""
        return self._once("known", column, lambda: self.frame[column].notna().to_numpy(dtype=bool))

    def complete(self, column: str) -> bool:
        """Whether the column has a value in every row."""
        return bool(self.known(column).all())

    def days(self, column: str) -> Rows:
        """A column of dates as numbers of days, made once; NO_DAY is a blank."""
        return self._once("days", column, lambda: _days(self.values(column)))

    def primed(self, worked_out: Mapping[tuple[str, str], Any]) -> Table:
        """The table, which is told what its maker knows of its columns already: their codes, values, days."""
        self._worked_out.update(worked_out)
        return self

    def numbers(self, column: str) -> Numbers:
        """The column made ready to be summed, once. Raises TypeError where it holds other things than numbers."""
        return self._once("numbers", column, lambda: _numbers(self, column))

    def with_column(self, name: str, values: Sequence[Any], origin: Column) -> Table:
        """The table with one more column. Raises ValueError where it has one of that name."""
        if self.has(name):
            raise ValueError(f"{self.title} has a column {name}")
        frame = self.frame.assign(**{name: pd.Series(list(values), dtype=object, index=self.frame.index)})
        made = replace(self, frame=frame, columns={**self.columns, name: origin})
        made._worked_out.update(self._worked_out)
        return made

    def with_values(self, column: str, values: Mapping[int, Any]) -> Table:
        """The table with other values in some rows of a column, by position; where they came from stays as it is."""
        series = self.frame[column].copy()
        for row, value in values.items():
            series.iat[row] = value
        made = replace(self, frame=self.frame.assign(**{column: series}))
        made._worked_out.update({key: kept for key, kept in self._worked_out.items() if key[1] != column})
        return made

    def _own_rows(self) -> Rows:
        """The spreadsheet row of each row: the lowest that any of its values came from."""
        read = [column.rows for column in self.columns.values() if not column.derived_from]
        return self._once("own rows", "", lambda: np.asarray(np.maximum.reduce(read), dtype=np.int64))

    def _once(self, sort: str, column: str, work: Callable[[], Made]) -> Made:
        if (sort, column) not in self._worked_out:
            self._worked_out[sort, column] = work()
        found: Made = self._worked_out[sort, column]
        return found


def _runs_by_letter(origin: Column, rows: Rows) -> list[Run]:
    """The cells of values that stand in several columns, none of which is a label carried down."""
    if origin.letters is None:
        return []
    letters, at = origin.letters[rows], origin.rows[rows]
    return [(int(each), at[letters == each], at[letters == each]) for each in np.unique(letters)]


def single(column: int, row: int) -> Run:
    """One cell as a run."""
    return column, np.array([row], dtype=np.int64), np.array([row], dtype=np.int64)


def _days(values: Any) -> Rows:
    return np.fromiter((NO_DAY if v is None else v.toordinal() for v in values), dtype=np.int64, count=len(values))


def _codes(series: pd.Series[Any]) -> Codes:
    rows, values = pd.factorize(series.to_numpy(dtype=object))
    return Codes(np.asarray(rows, dtype=np.int64), {value: code for code, value in enumerate(values)})


def _numbers(table: Table, name: str) -> Numbers:
    series, origin, known = table.frame[name], table.columns[name], table.known(name)
    marks = np.zeros(len(series), dtype=np.int8)
    for row, symbol in origin.symbols.items():
        marks[row] = SYMBOLS.index(symbol)
    if series.dtype == "Int64":
        values = series.to_numpy(dtype=np.int64, na_value=0)
        largest = int(max(-values.min(initial=0), values.max(initial=0)))
        # Sums that could pass 64 bits are added as Python's own numbers, which have no end.
        return Numbers(values if largest * len(values) < LARGEST else values.astype(object), known, marks)
    listed = list(series[known])
    if not all(isinstance(value, (int, Fraction)) for value in listed):
        raise TypeError(f"{name} is no column of numbers")
    exact = np.zeros(len(series), dtype=object)
    exact[known] = listed
    return Numbers(exact, known, marks)
