"""The totals that a sheet states itself, each with its place and the rows that it covers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from reportgen.cells.kinds import Count, Measure, Money
from reportgen.check.column import ColumnReader
from reportgen.check.rows import Rows, TotalRow
from reportgen.model import Problem
from reportgen.table import Column, Stated


def read_totals(rows: Rows, reader: ColumnReader, column: Column) -> tuple[list[Stated], list[Problem]]:
    """The column's stated totals, and what is wrong with their cells."""
    found: list[Stated] = []
    problems: list[Problem] = []
    if not isinstance(reader.field.kind, (Count, Money, Measure)):
        return found, problems
    position = {row: at for at, row in enumerate(rows.data)}
    name, half = reader.field.name, column.half_unit
    for total in rows.totals:
        stated, problem = read_total(total, reader, name, half, lambda covered: tuple(position[row] for row in covered))
        found += [stated] if stated else []
        problems += [problem] if problem else []
    return found, problems


def read_total(
    total: TotalRow,
    reader: ColumnReader,
    name: str,
    half_unit: Fraction,
    positions: Callable[[Sequence[int]], tuple[int, ...]],
) -> tuple[Stated | None, Problem | None]:
    """What a totals row states of a column under the reader's letter, if anything, and what is wrong with its cell.

    `positions` gives the places in the table of spreadsheet rows that the total covers.
    """
    sheet = reader.match.sheet
    cell, place = sheet.cell(total.row, reader.letter), sheet.place(total.row, reader.letter)
    read = reader.reading(cell, {})
    if cell.value is None and read.code in ("missing-value", ""):
        return None, None
    problem = reader.problem(read, cell, place) if read.code else None
    if read.value is None:
        return None, problem
    covers, *others = map(positions, (total.covers, *total.others))
    return Stated(name, total.label, read.value, place, covers, half_unit, total.kind, tuple(others)), problem
