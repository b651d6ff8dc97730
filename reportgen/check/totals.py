"""The totals that a sheet states itself, each with its place and the rows that it covers."""

from __future__ import annotations

from reportgen.cells.kinds import Count, Money
from reportgen.check.column import ColumnReader
from reportgen.check.rows import Rows, TotalRow
from reportgen.model import Problem
from reportgen.table import Column, Stated


def read_totals(rows: Rows, reader: ColumnReader, column: Column) -> tuple[list[Stated], list[Problem]]:
    """The column's stated totals, and what is wrong with their cells."""
    found: list[Stated] = []
    problems: list[Problem] = []
    if not isinstance(reader.field.kind, (Count, Money)):
        return found, problems
    position = {row: at for at, row in enumerate(rows.data)}
    for total in rows.totals:
        stated, problem = _read(total, reader, column, position)
        found += [stated] if stated else []
        problems += [problem] if problem else []
    return found, problems


def _read(
    total: TotalRow, reader: ColumnReader, column: Column, position: dict[int, int]
) -> tuple[Stated | None, Problem | None]:
    sheet = reader.match.sheet
    cell, place = sheet.cell(total.row, reader.letter), sheet.place(total.row, reader.letter)
    read = reader.reading(cell, {})
    if cell.value is None and read.code == "missing-value":
        return None, None
    problem = reader.problem(read, cell, place) if read.code else None
    if read.value is None:
        return None, problem
    covers, *others = (tuple(position[row] for row in rows) for rows in (total.covers, *total.others))
    name, half = reader.field.name, column.half_unit
    return Stated(name, total.label, read.value, place, covers, half, total.kind, tuple(others)), problem
