"""The primitives: select, count, total, cell, derive and the arithmetic of figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from reportgen.cells.kinds import Context, Quantity, unit_of
from reportgen.cells.reading import Cell
from reportgen.model import Number, Unit, Value
from reportgen.table import SYMBOLS, Column, Rows, Table, passed_on
from reportgen.trace.figure import Figure, Selection

PENCE = 100  # in a pound
Condition = Value | tuple[Value, ...] | None


class Missing(Enum):
    """Why a derived value isn't there, where it isn't simply blank."""

    NOT_APPLICABLE = "z"
    NOT_AVAILABLE = "x"


def select(table: Table, column: str, **where: Condition) -> Selection:
    """The rows in which each named column holds the value, or one of a tuple of values; None is a blank."""
    rows = table.every_row
    if where:
        held = [_holds(table, name, wanted) for name, wanted in where.items()]
        rows = np.flatnonzero(np.logical_and.reduce(held))
    return Selection(table, column, rows, tuple(where))


def _holds(table: Table, name: str, wanted: Condition) -> np.ndarray[Any, np.dtype[np.bool_]]:
    codes = table.codes(name)
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    known = [-1 if value is None else codes.of[value] for value in values if value is None or value in codes.of]
    return codes.rows == known[0] if len(known) == 1 else np.isin(codes.rows, known)


def _where(where: Mapping[str, Condition]) -> str:
    def words(value: Condition) -> str:
        if isinstance(value, tuple):
            return " or ".join(map(words, value))
        return "blank" if value is None else str(value)

    said = " and ".join(f"{name.replace('_', ' ')} is {words(value)}" for name, value in where.items())
    return f" where {said}" if said else ""


def count(table: Table, **where: Condition) -> Figure:
    """The number of rows that meet the conditions."""
    selection = select(table, rows_named_by(table), **where)
    how = f"count of rows of {table.title}{_where(where)}"
    return count_of(selection, how)


def count_of(selection: Selection, how: str) -> Figure:
    """The number of rows of a selection."""
    return Figure(len(selection.rows), Unit.COUNT, how, selections=(selection,))


def rows_named_by(table: Table) -> str:
    """The column that stands for a row where rows are counted: the first of its key, else its first."""
    return next(iter((*table.key, *table.columns)))


def total(table: Table, column: str, **where: Condition) -> Figure:
    """The sum of a column over the rows that meet the conditions, in the column's unit.

    Blanks and [z] add nothing; with a value that is not available or suppressed among them the total is not available
    either, and of nothing but blanks it is blank. Where no row meets the conditions it is a true zero. Raises
    TypeError where the column doesn't hold numbers of one unit.
    """
    how = f"total of {column.replace('_', ' ')} in {table.title}{_where(where)}"
    return sum_of(select(table, column, **where), how)


def sum_of(selection: Selection, how: str) -> Figure:
    """The sum of a selection's values, as `total` adds them."""
    table, rows = selection.table, selection.rows
    origin = table.columns[selection.column]
    if isinstance(origin.kind, Quantity):
        raise TypeError(f"{selection.column} of {table.title} has a unit in each row: it can't be added up")
    numbers = table.numbers(selection.column)
    gravest = passed_on(SYMBOLS[int(numbers.marks[rows].max(initial=0))])
    known = int(np.count_nonzero(numbers.known[rows]))
    if gravest in ("x", "c") or (len(rows) and not known):
        return Figure(None, origin.unit, how, gravest, (selection,))
    value = _number(numbers.values[rows].sum())
    return Figure(value, origin.unit, how, selections=(selection,), bounds=_around(value, known * origin.half_unit))


def _number(value: Any) -> Number:
    return value if isinstance(value, Fraction) and value.denominator != 1 else int(value)


def _around(value: Number, half: Fraction) -> tuple[Number, Number] | None:
    return (value - half, value + half) if half else None


def cell(table: Table, column: str, row: int, how: str = "") -> Figure:
    """The value of one cell, by the row's position, as it was read or derived."""
    origin = table.columns[column]
    how = how or origin.how or f"{column.replace('_', ' ')} in {table.title}"
    value = _bare(table.frame[column].iloc[row])
    unit, half = origin.unit, origin.half_unit
    by: tuple[str, ...] = ()
    if isinstance(origin.kind, Quantity):
        word = table.frame[origin.kind.unit_column].iloc[row]
        unit, half, by = unit_of(word), _half_shown(origin.kind, word, value), (origin.kind.unit_column,)
    selection = Selection(table, column, np.array([row], dtype=np.int64), by)
    if value is None:
        return Figure(None, unit, how, origin.symbols.get(row, ""), (selection,))
    bounds = _around(value, half) if isinstance(value, (int, Fraction)) else None
    return Figure(value, unit, how, selections=(selection,), bounds=bounds)


def cells(table: Table, column: str) -> tuple[Figure, ...]:
    """The values of a column, row by row."""
    return tuple(cell(table, column, row) for row in range(len(table)))


def _bare(value: Any) -> Any:
    """The value as Python's own: None for a blank, int for a whole number."""
    if value is None or value is pd.NA:
        return None
    return int(value) if isinstance(value, np.integer) else value


def _half_shown(kind: Quantity, word: str, value: Number | None) -> Fraction:
    """Half of the last decimal place of a number as its unit shows it; counts are exact."""
    if value is None or unit_of(word) is Unit.COUNT:
        return Fraction(0)
    one = Fraction(kind.read(Cell("1"), {kind.unit_column: word}, Context()).value)
    shown = value / one
    places = next((p for p in range(20) if (shown * 10**p).denominator == 1), 20)
    if one == PENCE and places == 1:
        places = 2  # a sheet that shows £6.30 holds 6.3
    return one / (2 * Fraction(10) ** places)


def pick(table: Table, column: str, **where: Condition) -> Figure:
    """The value in the one row that meets the conditions. Raises LookupError where none or several do."""
    rows = select(table, column, **where).rows
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} rows of {table.title}{_where(where)}, expected 1")
    found = cell(table, column, int(rows[0]), f"{column.replace('_', ' ')} in {table.title}{_where(where)}")
    return replace(found, selections=tuple(replace(s, by=(*where, *s.by)) for s in found.selections))


def given(value: Value, unit: Unit, how: str) -> Figure:
    """A value that stands in a settings file, not in a cell; `how` names the file and key."""
    return Figure(value, unit, how)


def text(words: str, how: str, *parts: Figure) -> Figure:
    """Words of the paper's own, such as the label of a row, with the figures that they were made from."""
    return Figure(words, Unit.TEXT, how, parts=parts)


def without(unit: Unit, why: str, symbol: str = "", *parts: Figure) -> Figure:
    """A figure that has no value; `why` says in words what is lacking, `parts` are the figures that showed it."""
    return Figure(None, unit, why, symbol, chosen_by=parts)


def called(figure: Figure) -> str:
    """The figure's name in words, or how it was made where it has none."""
    return figure.name.replace("_", " ") if figure.name else figure.how


def difference(a: Figure, b: Figure) -> Figure:
    """a − b, in their unit. Raises ValueError where the units differ, TypeError where they are no numbers."""
    _same_unit(a, b)
    how = f"{called(a)} minus {called(b)}"
    if lacking := _lacking(a, b):
        return Figure(None, a.unit, how, lacking, parts=(a, b))
    (low, high), (least, most) = a.interval, b.interval
    return _made(a.number - b.number, a.unit, how, (a, b), (low - most, high - least))


def add(*figures: Figure) -> Figure:
    """The sum of figures of one unit, which treats missing ones as `total` does.

    Raises ValueError where the units differ, TypeError where they are no numbers.
    """
    _same_unit(*figures)
    unit, how = figures[0].unit, " plus ".join(map(called, figures))
    known = [figure for figure in figures if figure.value is not None]
    gravest = passed_on(max((f.symbol for f in figures if f.value is None), key=SYMBOLS.index, default=""))
    if gravest in ("x", "c") or not known:
        return Figure(None, unit, how, gravest, parts=figures)
    low, high = (sum(side) for side in zip(*(figure.interval for figure in known), strict=True))
    return _made(sum(figure.number for figure in known), unit, how, figures, (low, high))


def ratio(a: Figure, b: Figure, unit: Unit = Unit.PERCENT) -> Figure:
    """a ÷ b in full precision; not applicable where b is zero.

    Raises ValueError where it is to be a percentage of another unit, TypeError where they are no numbers.
    """
    if unit is Unit.PERCENT:
        _same_unit(a, b)
    how = f"{called(a)} divided by {called(b)}"
    if lacking := _lacking(a, b):
        return Figure(None, unit, how, lacking, parts=(a, b))
    if not b.number:
        a.number  # noqa: B018 - raises TypeError where it is none
        return Figure(None, unit, how, "z", parts=(a, b))
    low, high = b.interval
    ends = [Fraction(x) / y for x in a.interval for y in (low, high)] if low > 0 or high < 0 else []
    return _made(Fraction(a.number) / b.number, unit, how, (a, b), (min(ends), max(ends)) if ends else None)


def _made(
    value: Number, unit: Unit, how: str, parts: tuple[Figure, ...], bounds: tuple[Number, Number] | None
) -> Figure:
    exact = bounds is None or bounds[0] == bounds[1]
    return Figure(value, unit, how, parts=parts, bounds=None if exact else bounds)


def _lacking(*parts: Figure) -> str:
    """The symbol of a figure that needs all of its parts; empty where they have values. A blank is not available."""
    return passed_on(max((p.symbol or "x" for p in parts if p.value is None), key=SYMBOLS.index, default=""))


def _same_unit(*figures: Figure) -> None:
    if len({f.unit for f in figures}) > 1:
        raise ValueError(f"the units differ: {', '.join(f'{called(f)} in {f.unit}' for f in figures)}")


def derive(
    table: Table, name: str, fn: Callable[..., Value | Missing | None], columns: Sequence[str], unit: Unit, how: str
) -> Table:
    """The table with a column of what `fn` makes of the named columns alone, row by row.

    Columns that the sheet lacks are None; `fn` gives None for a blank. `how` says in words what the values are.
    """
    present = tuple(column for column in columns if table.has(column))
    held = [[*map(_bare, table.frame[c])] if c in present else [None] * len(table) for c in columns]
    made = [fn(*values) for values in zip(*held, strict=True)]
    symbols = {row: value.value for row, value in enumerate(made) if isinstance(value, Missing)}
    # A heading that names none of the dataset's columns would, if altered, name one that is lacking.
    headings = table.unread if len(present) < len(columns) else ()
    values = [None if isinstance(value, Missing) else value for value in made]
    return table.with_column(
        name, values, Column(unit, headings=headings, symbols=symbols, derived_from=present, how=how)
    )


def rows_at(rows: Sequence[int]) -> Rows:
    """Row positions as selections hold them."""
    return np.array(rows, dtype=np.int64)
