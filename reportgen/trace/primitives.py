"""The primitives: select, count, total, cell, derive and the arithmetic of figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from reportgen.cells.kinds import Context, Quantity, Unsigned, unit_of
from reportgen.cells.reading import Cell
from reportgen.model import Number, Unit, Value
from reportgen.table import SYMBOLS, Column, Rows, Stated, Table, passed_on
from reportgen.trace.figure import Figure, Selection, simplest

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


def where_words(where: Mapping[str, Condition]) -> str:
    def words(value: Condition) -> str:
        if isinstance(value, tuple):
            return " or ".join(map(words, value))
        return "blank" if value is None else str(value)

    said = " and ".join(f"{name.replace('_', ' ')} is {words(value)}" for name, value in where.items())
    return f" where {said}" if said else ""


def count(table: Table, **where: Condition) -> Figure:
    """The number of rows that meet the conditions."""
    selection = select(table, rows_named_by(table), **where)
    how = f"count of rows of {table.title}{where_words(where)}"
    return count_of(selection, how)


def count_of(selection: Selection, how: str) -> Figure:
    """The number of rows of a selection."""
    return Figure(len(selection.rows), Unit.COUNT, how, selections=(selection,))


def count_filled(table: Table, column: str) -> Figure:
    """The number of rows in which a column holds a value."""
    rows = np.flatnonzero(table.frame[column].notna().to_numpy(dtype=bool))
    how = f"count of rows of {table.title} with a value of {column.replace('_', ' ')}"
    return count_of(Selection(table, column, rows, (column,)), how)


def rows_named_by(table: Table) -> str:
    """The column that stands for a row where rows are counted: the first of its key, else its first."""
    return next(iter((*table.key, *table.columns)))


def total(table: Table, column: str, **where: Condition) -> Figure:
    """The sum of a column over the rows that meet the conditions, in the column's unit.

    Blanks and [z] add nothing; with a value that is not available or suppressed among them the total is not available
    either, and of nothing but blanks it is blank. Where no row meets the conditions it is a true zero. Raises
    TypeError where the column doesn't hold numbers of one unit.
    """
    how = f"total of {column.replace('_', ' ')} in {table.title}{where_words(where)}"
    return sum_of(select(table, column, **where), how)


def sum_of(selection: Selection, how: str) -> Figure:
    """The sum of a selection's values, as `total` adds them."""
    table, rows = selection.table, selection.rows
    origin = table.columns[selection.column]
    if isinstance(origin.kind, Quantity):
        raise TypeError(f"{selection.column} of {table.title} has a unit in each row: it can't be added up")
    if isinstance(origin.kind, Unsigned):
        raise TypeError(f"{selection.column} of {table.title} has no signs: it can't be added up")
    numbers = table.numbers(selection.column)
    gravest = passed_on(SYMBOLS[int(numbers.marks[rows].max(initial=0))])
    known = int(np.count_nonzero(numbers.known[rows]))
    if gravest in ("x", "c") or (len(rows) and not known):
        return Figure(None, origin.unit, how, gravest, (selection,))
    value = simplest(numbers.values[rows].sum())
    return Figure(value, origin.unit, how, selections=(selection,), bounds=_around(value, known * origin.half_unit))


def _around(value: Number, half: Fraction) -> tuple[Number, Number] | None:
    return (value - half, value + half) if half else None


def cell(table: Table, column: str, row: int, how: str = "") -> Figure:
    """The value of one cell, by the row's position, as it was read or derived."""
    origin = table.columns[column]
    how = how or origin.how or f"{column.replace('_', ' ')} in {table.title}"
    value = bare(table.values(column)[row])
    unit, half = origin.unit, origin.half_unit
    by: tuple[str, ...] = ()
    if isinstance(origin.kind, Quantity):
        word = table.values(origin.kind.unit_column)[row]
        unit, half, by = unit_of(word), _half_shown(origin.kind, word, value), (origin.kind.unit_column,)
    selection = Selection(table, column, np.array([row], dtype=np.int64), by)
    if value is None:
        return Figure(None, unit, how, origin.symbols.get(row, ""), (selection,))
    bounds = _around(value, half) if isinstance(value, (int, Fraction)) else None
    return Figure(value, unit, how, selections=(selection,), bounds=bounds)


def cells(table: Table, column: str) -> tuple[Figure, ...]:
    """The values of a column, row by row."""
    return tuple(cell(table, column, row) for row in range(len(table)))


def bare(value: Any) -> Any:
    """The value as Python's own: None for a blank, int for a whole number."""
    if value is None or value is pd.NA:
        return None
    return int(value) if isinstance(value, np.integer) else value


def _half_shown(kind: Quantity, word: str, value: Value | None) -> Fraction:
    """Half of the last decimal place of a number as its unit shows it; counts are exact, and so are levels."""
    if not isinstance(value, (int, Fraction)) or unit_of(word) is Unit.COUNT:
        return Fraction(0)
    one = Fraction(kind.read(Cell("1"), {kind.unit_column: word}, Context()).value)
    shown = value / one
    places = next((p for p in range(20) if (shown * 10**p).denominator == 1), 20)
    if one == PENCE and places == 1:
        places = 2  # a sheet that shows £6.30 holds 6.3
    return one / (2 * Fraction(10) ** places)


def stated_total(table: Table, stated: Stated) -> Figure:
    """The value of a totals row of the table, as the sheet states it; it stands in none of the table's rows."""
    unit, how = table.columns[stated.column].unit, f"{stated.kind} stated at {stated.place}"
    return Figure(stated.value, unit, how, bounds=_around(stated.value, stated.half_unit))


def pick(table: Table, column: str, **where: Condition) -> Figure:
    """The value in the one row that meets the conditions. Raises LookupError where none or several do."""
    rows = select(table, column, **where).rows
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} rows of {table.title}{where_words(where)}, expected 1")
    found = cell(table, column, int(rows[0]), f"{column.replace('_', ' ')} in {table.title}{where_words(where)}")
    return replace(found, selections=tuple(replace(s, by=(*where, *s.by)) for s in found.selections))


def given(value: Value, unit: Unit, how: str) -> Figure:
    """A value that stands in a settings file, not in a cell; `how` names the file and key."""
    return Figure(value, unit, how)


def as_stated(figure: Figure) -> Figure:
    """The figure marked as stated by its source, which gives no numbers from which it could be worked out."""
    return replace(figure, how=f"{figure.how}: stated by the source, not worked out", stated=True)


def text(words: str, how: str, *parts: Figure) -> Figure:
    """Words of the paper's own, such as the label of a row, with the figures that they were made from."""
    return Figure(words, Unit.TEXT, how, parts=parts)


def without(unit: Unit, why: str, symbol: str = "", *parts: Figure) -> Figure:
    """A figure that has no value; `why` says in words what is lacking, `parts` are the figures that showed it."""
    return Figure(None, unit, why, symbol, chosen_by=parts)


def withheld(figure: Figure) -> Figure:
    """The figure as an edition shows it that protects it: suppressed, with nothing of its value or its cells."""
    return Figure(None, figure.unit, "withheld: it is, or could give away, a small number of children", "c",
                  name=figure.name)  # fmt: skip


def derive(
    table: Table, name: str, fn: Callable[..., Value | Missing | None], columns: Sequence[str], unit: Unit, how: str
) -> Table:
    """The table with a column of what `fn` makes of the named columns alone, row by row.

    Columns that the sheet lacks are None; `fn` gives None for a blank. `how` says in words what the values are.
    """
    present = tuple(column for column in columns if table.has(column))
    held = [[*map(bare, table.frame[c])] if c in present else [None] * len(table) for c in columns]
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
