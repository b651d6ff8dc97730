"""The totals that a sheet states itself, each with its place and the rows that it covers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reportgen.cells.kinds import Count, Measure, Money
from reportgen.check.column import ColumnReader
from reportgen.check.rows import Rows
from reportgen.model import Problem
from reportgen.table import Column, Stated


def read_totals(rows: Rows, reader: ColumnReader, column: Column) -> tuple[list[Stated], list[Problem]]:
    """The column's stated totals, and what is wrong with their cells."""
    found: list[Stated] = []
    problems: list[Problem] = []
    if not isinstance(reader.field.kind, (Count, Money, Measure)):
        return found, problems
    position = {row: at for at, row in enumerate(rows.data)}
    for total in rows.totals:
        covers = [position[row] for row in total.covers]
        name, half = reader.field.name, column.half_unit
        stated, problem = read_total(total.row, total.label, total.kind, reader, name, half, covers)
        found += [stated] if stated else []
        problems += [problem] if problem else []
    return found, problems


def read_total(
    row: int, label: str, kind: str, reader: ColumnReader, name: str, half_unit: Fraction, covers: Sequence[int]
) -> tuple[Stated | None, Problem | None]:
    """What a totals row states under the reader's column, if anything, and what is wrong with its cell.

    `covers` are the positions in the table of what the row says it adds up.
    """
    sheet = reader.match.sheet
    cell, place = sheet.cell(row, reader.letter), sheet.place(row, reader.letter)
    read = reader.reading(cell, {})
    if cell.value is None and read.code in ("missing-value", ""):
        return None, None
    problem = reader.problem(read, cell, place) if read.code else None
    if read.value is None:
        return None, problem
    return Stated(name, label, read.value, place, tuple(covers), half_unit, kind), problem
