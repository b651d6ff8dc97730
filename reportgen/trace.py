"""Figures: values made only by these primitives, so that value and cells come from the same selection."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from reportgen.cells.kinds import Quantity, unit_of
from reportgen.model import Number, Place, Unit, Value
from reportgen.table import CellRange, Mask, Table

Condition = Value | tuple[Value, ...] | None


@dataclass(frozen=True, eq=False)
class Selection:
    """Some values of a table's column, and the columns that were examined to choose them."""

    table: Table
    column: str
    mask: Mask
    by: tuple[str, ...] = ()

    def counted(self) -> list[tuple[int, int]]:
        """The (column, row) of the cells whose values were used."""
        return self.table.cells(self.column, self.mask)

    def examined(self) -> list[tuple[int, int]]:
        """The (column, row) of the cells that decided which were used, or what they mean: headings, labels, filters."""
        names = (self.column, *self.by)
        cells = [cell for name in names for cell in self.table.headings(name)]
        filters = dict.fromkeys((*self.by, *self.table.label))
        return cells + [cell for name in filters for cell in self.table.cells(name, self.table.everything())]


@dataclass(frozen=True, eq=False)
class Figure:
    """One computed value with its unit and its trace.

    `value` is None where there is none; `symbol` then says why (x not available, z not applicable, c suppressed), and
    is empty for a blank. `parts` are the figures that this one was made from.
    """

    value: Value | None
    unit: Unit
    how: str
    symbol: str = ""
    selections: tuple[Selection, ...] = ()
    parts: tuple[Figure, ...] = ()
    name: str = ""

    def all_selections(self) -> list[Selection]:
        """The figure's own selections and those of its parts, all the way down."""
        return [*self.selections, *(s for part in self.parts for s in part.all_selections())]

    def counted(self) -> tuple[CellRange, ...]:
        """The cells whose values make the figure, as ranges."""
        return _ranges(self, Selection.counted)

    def examined(self) -> tuple[CellRange, ...]:
        """The cells that decided what was counted, as ranges; where one was counted too it stands in both."""
        return _ranges(self, Selection.examined)

    @property
    def number(self) -> Number:
        """The value as a number. Raises TypeError where it is none."""
        if not isinstance(self.value, (int, Fraction)):
            raise TypeError(f"{self.name or self.how} is no number")
        return self.value


def _ranges(figure: Figure, cells: Callable[[Selection], list[tuple[int, int]]]) -> tuple[CellRange, ...]:
    by_table: dict[tuple[str, str], tuple[Table, list[tuple[int, int]]]] = {}
    for selection in figure.all_selections():
        table = selection.table
        by_table.setdefault((table.file, table.sheet), (table, []))[1].extend(cells(selection))
    return tuple(r for key in sorted(by_table) for r in by_table[key][0].ranges(by_table[key][1]))


@dataclass(frozen=True)
class Head:
    """A column of a grid: its key, the words over it, and whether it states the row's name."""

    key: str
    label: str
    unit: Unit
    is_label: bool = False


@dataclass(frozen=True, eq=False)
class GridRow:
    """A row of a grid; `kind` is `body` or `total`, `group` what the grid may be split by."""

    cells: tuple[Figure, ...]
    kind: str = "body"
    group: str = ""


@dataclass(frozen=True, eq=False)
class Grid:
    """Figures in rows and columns with their margins; its first heads name the rows. `as_at` is the day it stands at."""

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

    `half_unit` is how far both may differ by rounding alone; `reason` says in words how the computed value arose;
    `place` is where the stated value stands, if not in the cells of its figure.
    """

    code: str
    what: str
    stated: Figure
    computed: Figure
    half_unit: Fraction = Fraction(0)
    reason: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Found:
    """What a subject's figures module gives: figures and grids by name, and the claims to be reconciled."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    grids: Mapping[str, Grid] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()


def select(table: Table, column: str, **where: Condition) -> Selection:
    """The rows in which each named column holds the value, or one of a tuple of values."""
    mask = table.everything()
    for name, wanted in where.items():
        values = wanted if isinstance(wanted, tuple) else (wanted,)
        mask = mask & table.frame[name].isin(list(values)).to_numpy(dtype=bool)
    return Selection(table, column, mask, tuple(where))


def _where(where: Mapping[str, Condition]) -> str:
    def words(value: Condition) -> str:
        return " or ".join(map(str, value)) if isinstance(value, tuple) else str(value)

    said = " and ".join(f"{name.replace('_', ' ')} is {words(value)}" for name, value in where.items())
    return f" where {said}" if said else ""


def count(table: Table, **where: Condition) -> Figure:
    """The number of rows that meet the conditions."""
    selection = select(table, table.key[0], **where)
    return Figure(
        int(selection.mask.sum()),
        Unit.COUNT,
        f"count of rows of {table.title}{_where(where)}",
        selections=(selection,),
    )


def total(table: Table, column: str, **where: Condition) -> Figure:
    """The sum of a column over the rows that meet the conditions, in the column's unit.

    Blanks and [z] add nothing; with a value that is not available or suppressed among them the total is not available
    either, and of nothing but blanks it is blank.
    """
    selection = select(table, column, **where)
    origin = table.columns[column]
    how = f"total of {column.replace('_', ' ')} in {table.title}{_where(where)}"
    symbols = {symbol for row, symbol in origin.symbols.items() if selection.mask[row]}
    values = table.frame[column][selection.mask].dropna()
    if symbols & {"x", "c"} or values.empty:
        symbol = next((s for s in "cxz" if s in symbols), "")
        return Figure(None, origin.unit, how, symbol, (selection,))
    return Figure(int(values.sum()), origin.unit, how, selections=(selection,))


def cell(table: Table, column: str, row: int, by: tuple[str, ...] = (), how: str = "") -> Figure:
    """The value of one cell, by the row's position, as it was read."""
    mask = np.zeros(len(table), dtype=bool)
    mask[row] = True
    origin = table.columns[column]
    value = table.frame[column].iloc[row]
    unit = unit_of(table.frame["unit"].iloc[row]) if isinstance(origin.kind, Quantity) else origin.unit
    by = (*by, "unit") if isinstance(origin.kind, Quantity) else by
    how = how or f"{column.replace('_', ' ')} in {table.title}"
    selection = Selection(table, column, mask, by)
    if value is None or value is pd.NA:
        return Figure(None, unit, how, origin.symbols.get(row, ""), (selection,))
    return Figure(int(value) if isinstance(value, np.integer) else value, unit, how, selections=(selection,))


def pick(table: Table, column: str, **where: Condition) -> Figure:
    """The value in the one row that meets the conditions. Raises LookupError where none or several do."""
    rows = np.flatnonzero(select(table, column, **where).mask)
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} rows of {table.title}{_where(where)}, expected 1")
    how = f"{column.replace('_', ' ')} in {table.title}{_where(where)}"
    return cell(table, column, int(rows[0]), tuple(where), how)


def given(value: Value, unit: Unit, how: str) -> Figure:
    """A value that stands in a settings file, not in a cell; `how` names the file and key."""
    return Figure(value, unit, how)


def _missing(parts: Iterable[Figure]) -> str | None:
    """The symbol of a figure whose parts lack a value; None where all have one."""
    lacking = [part for part in parts if part.value is None]
    return None if not lacking else next((p.symbol for p in lacking if p.symbol), "x")


def _made(parts: Sequence[Figure], unit: Unit, how: str, work: Callable[[], Number | None]) -> Figure:
    symbol = _missing(parts)
    value = None if symbol is not None else work()
    if symbol is None and value is None:
        symbol = "z"
    return Figure(value, unit, how, symbol or "", parts=tuple(parts))


def called(figure: Figure) -> str:
    """The figure's name in words, or how it was made where it has none."""
    return figure.name.replace("_", " ") if figure.name else figure.how


def difference(a: Figure, b: Figure) -> Figure:
    """a − b, in their unit. Raises ValueError where the units differ."""
    _same_unit(a, b)
    return _made((a, b), a.unit, f"{called(a)} minus {called(b)}", lambda: a.number - b.number)


def add(*figures: Figure) -> Figure:
    """The sum of figures of one unit. Raises ValueError where the units differ."""
    _same_unit(*figures)
    return _made(
        figures, figures[0].unit, " plus ".join(map(called, figures)), lambda: sum(f.number for f in figures)
    )


def ratio(a: Figure, b: Figure, unit: Unit = Unit.PERCENT) -> Figure:
    """a ÷ b in full precision; not applicable where b is zero."""
    return _made(
        (a, b),
        unit,
        f"{called(a)} divided by {called(b)}",
        lambda: Fraction(a.number) / b.number if b.number else None,
    )


def _same_unit(*figures: Figure) -> None:
    if len({f.unit for f in figures}) > 1:
        raise ValueError(f"the units differ: {', '.join(f'{called(f)} in {f.unit}' for f in figures)}")


def derive(
    fn: Callable[..., Value | None], table: Table, *columns: str, unit: Unit, how: str
) -> tuple[Figure, ...]:
    """For each row the value that `fn` makes of the named columns alone; columns that the sheet lacks are None.

    `fn` gives None where the row has no such value: the figure is then not applicable.
    """
    present = tuple(c for c in columns if table.has(c))
    values = {c: [_bare(v) for v in table.frame[c]] for c in present}
    made = []
    for row in range(len(table)):
        mask = np.zeros(len(table), dtype=bool)
        mask[row] = True
        value = fn(*(values[c][row] if c in values else None for c in columns))
        selections = tuple(Selection(table, c, mask) for c in present)
        made.append(Figure(value, unit, how, "" if value is not None else "z", selections))
    return tuple(made)


def _bare(value: Any) -> Any:
    return None if value is None or value is pd.NA else value


def tally(figures: Sequence[Figure], wanted: Value | None, how: str) -> Figure:
    """How many of the figures have the wanted value; all of them are its parts."""
    return Figure(sum(f.value == wanted for f in figures), Unit.COUNT, how, parts=tuple(figures))


def latest(figures: Iterable[Figure]) -> dt.date | None:
    """The latest date among figures that are dates."""
    return max((f.value for f in figures if isinstance(f.value, dt.date)), default=None)


def cross_tally(
    name: str,
    table: Table,
    values: Sequence[Figure],
    by: str,
    rows: Sequence[tuple[str, Figure]],
    columns: Sequence[tuple[str, str, Value | None]],
    stub: Head,
) -> Grid:
    """A grid that counts derived values by a column of their table, with totals by row, by column and in all.

    `rows` gives each category with the figure that labels its row, `columns` each wanted value with key and heading;
    both come from the datasets, so that a category without rows is a row of zeros.
    """
    group = [_bare(v) for v in table.frame[by]]
    heads = (
        stub,
        *(Head(key, label, Unit.COUNT) for key, label, _ in columns),
        Head("total", "All", Unit.COUNT),
    )

    def counts(category: str | None) -> tuple[Figure, ...]:
        chosen = [f for f, g in zip(values, group, strict=True) if category is None or g == category]
        examined = Figure(None, Unit.TEXT, by, selections=(Selection(table, by, table.everything()),))
        said = "" if category is None else f" where {by} is {category}"
        cells = [
            _counted(chosen, wanted, examined, f"count of actions rated {label}{said}")
            for _, label, wanted in columns
        ]
        every = Figure(len(chosen), Unit.COUNT, f"count of actions{said}", parts=(*chosen, examined))
        return (*cells, every)

    body = tuple(GridRow((label, *counts(category))) for category, label in rows)
    all_of = Figure("All", Unit.TEXT, "total row")
    return Grid(name, heads, (*body, GridRow((all_of, *counts(None)), "total")))


def _counted(chosen: Sequence[Figure], wanted: Value | None, examined: Figure, how: str) -> Figure:
    found = tally(chosen, wanted, how)
    return replace(found, parts=(*found.parts, examined))


def catalogue(found: Found) -> dict[str, Figure]:
    """Every figure by the name that it is traced under: its own, or grid.row.column for a grid's cells."""
    named = dict(found.figures)
    for grid in found.grids.values():
        seen: dict[str, int] = {}
        for row in grid.rows:
            label = _slug(
                next(
                    (f.value for h, f in zip(grid.heads, row.cells, strict=True) if h.is_label),
                    row.cells[0].value,
                )
            )
            seen[label] = seen.get(label, 0) + 1
            key = label if seen[label] == 1 else f"{label}-{seen[label]}"
            for head, figure in zip(grid.heads, row.cells, strict=True):
                if not head.is_label:
                    named[f"{grid.name}.{key}.{head.key}"] = replace(
                        figure, name=f"{grid.name}.{key}.{head.key}"
                    )
    return named


def _slug(value: Value | None) -> str:
    text = f"{value:%Y-%m-%d}" if isinstance(value, dt.date) else str(value)
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")[:48] or "row"
