"""From a match with a spread to a table: each column of the spread becomes a row, its cells known as before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from reportgen.check.column import ColumnReader, begin_column
from reportgen.check.lines import sort_lines
from reportgen.check.match import Match
from reportgen.check.rows import Rows
from reportgen.check.size import doubtful_scale
from reportgen.check.spread import SpreadColumn, values_in_order
from reportgen.check.totals import read_total
from reportgen.datasets.base import Field, Spread
from reportgen.model import Problem
from reportgen.table import Column, Stated

# Problems of a column as a whole, which are told once for all columns of a measure.
ONCE = ("no-unit", "two-units", "doubtful-scale")


@dataclass(frozen=True)
class Columns:
    """A table's columns by name, with the values of each, its stated totals, and what is wrong with its cells."""

    values: dict[str, list[Any]]
    made: dict[str, Column]
    stated: tuple[Stated, ...]
    problems: tuple[Problem, ...]


def spread_out(match: Match, rows: Rows, labels: Mapping[str, ColumnReader]) -> Columns:
    """The columns of a match with a spread; `labels` are the readers of the sheet's own columns, read already."""
    assert match.dataset.spread is not None
    long = _Long(match, rows, labels, match.dataset.spread)
    spread = long.spread
    columns = {name: long.by_label(reader) for name, reader in labels.items() if name != spread.by}
    columns[spread.field.name] = long.by_heading()
    stated: list[Stated] = []
    for measure in spread.measures:
        readers = long.readers(measure)
        if readers:
            columns[measure.name] = long.by_measure(measure, readers)
            half = columns[measure.name][1].half_unit
            stated += [*long.stated_below(measure, readers, half), *long.stated_beside(measure, readers, half)]
    values = {name: listed for name, (listed, _) in columns.items()}
    made = {name: column for name, (_, column) in columns.items()}
    return Columns(values, made, tuple(stated), tuple(long.problems))


class _Long:
    """The rows of a match as they are spread out: line by line, in each the spread's values from left to right."""

    def __init__(self, match: Match, rows: Rows, labels: Mapping[str, ColumnReader], spread: Spread) -> None:
        self.match, self.rows, self.spread = match, rows, spread
        self.heads = list(values_in_order(match.spread))
        self.lines, self.problems = sort_lines(match, rows, labels, spread)

    def by_label(self, reader: ColumnReader) -> tuple[list[Any], Column]:
        """A column of the sheet: each line's value, again for each of the spread's values."""
        at = {row: position for position, row in enumerate(self.rows.data)}
        chosen = [_first_filled(reader, [at[row] for row in line.rows]) for line in self.lines]
        repeated = [position for position in chosen for _ in self.heads]
        column = replace(
            reader.column(self.rows.data),
            rows=np.array([reader.rows[p] for p in repeated], dtype=np.int64),
            symbols={i: reader.symbols[p] for i, p in enumerate(repeated) if p in reader.symbols},
        )
        return [reader.values[p] for p in repeated], column

    def by_heading(self) -> tuple[list[Any], Column]:
        """The column of what the spread's headings state; those of totals, if altered, would be others of them."""
        spots = [each.spots[0] for each in self.heads]
        headings = tuple(dict.fromkeys(each.spots[0] for each in self.match.spread))
        letters, rows = (np.array([spot[i] for spot in spots] * len(self.lines), dtype=np.int64) for i in range(2))
        kind = self.spread.field.kind
        column = Column(kind.unit, rows=rows, headings=headings, kind=kind, letters=letters)
        return [each.value for each in self.heads] * len(self.lines), column

    def readers(self, measure: Field) -> dict[SpreadColumn, ColumnReader]:
        """The readers of the measure's columns, totals among them, over the rows that hold it; none without one."""
        rows = self._rows_of(measure)
        own = [each for each in self.match.spread if each.measure in ("", measure.name)]
        if (self.spread.by and not rows) or all(each.is_total for each in own):
            return {}
        found = {}
        for each in own:
            field = replace(measure, blank=True) if each.is_total else measure
            found[each] = begin_column(self.match, field, rows, each.column, each.spots)
            found[each].read(Rows(tuple(rows), (), ()), {})
        self.problems += _told_once(found.values())
        return found

    def by_measure(self, measure: Field, readers: Mapping[SpreadColumn, ColumnReader]) -> tuple[list[Any], Column]:
        """The column of a measure. Where the sheet has no cell for a line it is blank, and stands for its label."""
        rows = self._rows_of(measure)
        own = {each.value: (each.column, reader) for each, reader in readers.items() if not each.is_total}
        at = {row: position for position, row in enumerate(rows)}
        values: list[Any] = []
        cells: list[tuple[int, int]] = []
        symbols: dict[int, str] = {}
        for line, head in product(self.lines, self.heads):
            row, (letter, reader) = line.of.get(measure.name), own.get(head.value, (head.column, None))
            if row is None or reader is None:
                values.append(None)
                cells.append((self.match.columns.get(self.spread.by, letter), line.rows[0]))
                continue
            if at[row] in reader.symbols:
                symbols[len(values)] = reader.symbols[at[row]]
            values.append(reader.values[at[row]])
            cells.append((letter, row))
        half = min(reader.half_unit(rows) for each, reader in readers.items() if not each.is_total)
        letters, places = (np.array([cell[i] for cell in cells], dtype=np.int64) for i in range(2))
        headings = self._headings(rows, readers.values())
        kind = measure.kind
        return values, Column(kind.unit, 0, places, headings, half, symbols, kind=kind, letters=letters)

    def stated_below(
        self, measure: Field, readers: Mapping[SpreadColumn, ColumnReader], half: Fraction
    ) -> Iterator[Stated]:
        """What the totals rows state under the spread's values and under its totals."""
        line_at = {row: number for number, line in enumerate(self.lines) for row in line.rows}
        width = len(self.heads)
        for total, (each, reader) in product(self.rows.totals, readers.items()):
            places = range(width) if each.is_total else [self._place(each)]
            positions = partial(_positions, line_at, width, places)
            stated, problem = read_total(total, reader, measure.name, half, positions)
            self.problems += [problem] if problem else []
            if stated:
                yield stated

    def stated_beside(
        self, measure: Field, readers: Mapping[SpreadColumn, ColumnReader], half: Fraction
    ) -> Iterator[Stated]:
        """What the columns of totals state of each line."""
        numbers = {line.of[measure.name]: number for number, line in enumerate(self.lines) if measure.name in line.of}
        width, sheet = len(self.heads), self.match.sheet
        for each, reader in readers.items():
            for row, value in zip(numbers, reader.values, strict=True) if each.is_total else ():
                if value is not None:
                    column, heading = each.spots[-1]
                    first = numbers[row] * width
                    place = sheet.place(row, each.column)
                    label = str(sheet.value(heading, column))
                    yield Stated(measure.name, label, value, place, tuple(range(first, first + width)), half)

    def _rows_of(self, measure: Field) -> list[int]:
        return [line.of[measure.name] for line in self.lines if measure.name in line.of]

    def _headings(self, rows: Sequence[int], readers: Iterable[ColumnReader]) -> tuple[tuple[int, int], ...]:
        """The cells that name the measure and its values: headings, and the labels of its lines."""
        labels = [(self.match.columns[self.spread.by], row) for row in rows] if self.spread.by else []
        return tuple(dict.fromkeys([*(spot for reader in readers for spot in reader.headings), *labels]))

    def _place(self, each: SpreadColumn) -> int:
        return next(place for place, head in enumerate(self.heads) if head.value == each.value)


def _first_filled(reader: ColumnReader, positions: Sequence[int]) -> int:
    """The first of some positions at which the column holds a value; the first of all where none does."""
    return next((p for p in positions if reader.values[p] is not None), positions[0])


def _positions(
    line_at: Mapping[int, int], width: int, places: Sequence[int], covered: Sequence[int]
) -> tuple[int, ...]:
    """The rows of the table, `width` for each line, at some places of the lines that hold spreadsheet rows."""
    lines = dict.fromkeys(line_at[row] for row in covered)
    return tuple(line * width + place for line in lines for place in places)


def _told_once(readers: Iterable[ColumnReader]) -> Iterator[Problem]:
    told: set[str] = set()
    for problem in (problem for reader in readers for problem in (*reader.problems, *doubtful_scale(reader))):
        if problem.code not in told:
            yield problem
        told |= {problem.code} & set(ONCE)
