"""One column of a table: every cell read by the column's kind, every doubt a located problem."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from fractions import Fraction
from typing import Any

import numpy as np

from reportgen.cells.characters import REMEDY, UNPRINTABLE, named, unprintable
from reportgen.cells.formats import shown
from reportgen.cells.kinds import Category, Context, Money
from reportgen.cells.reading import Cell, Read, refused
from reportgen.cells.words import plain, tidy
from reportgen.check.match import Match
from reportgen.check.rows import Rows, origins
from reportgen.check.scale import Spot, find_scale
from reportgen.check.sheet import Merged
from reportgen.datasets.base import Field
from reportgen.model import CellNote, Place, Problem
from reportgen.table import Column

SHOWN_LENGTH = 60
# As text, these come from a CSV file that was saved from a workbook.
_ERROR_TEXT = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)|Err:\d{3}")


@dataclass
class ColumnReader:
    """Reads the cells of one field's column, and keeps what it found wrong."""

    match: Match
    field: Field
    letter: int
    headings: tuple[Spot, ...]
    context: Context
    problems: list[Problem] = default(default_factory=list)
    values: list[Any] = default(default_factory=list)
    rows: list[int] = default(default_factory=list)
    symbols: dict[int, str] = default(default_factory=dict)
    merged: set[Merged] = default(default_factory=set)  # ranges that a problem was made of

    def read(self, rows: Rows, known: Mapping[str, Sequence[Any]]) -> None:
        """Read the data rows; `known` holds the columns that this one's kind needs, read already."""
        own = list(rows.data)
        self.rows = origins(self.match, self.letter, rows) if self.field.carried else own
        memory: dict[tuple[type, object, str], Read] = {}
        last: tuple[int, Read] = (0, Read())
        for position, row in enumerate(self.rows):
            needed = {name: values[position] for name, values in known.items()}
            if row != last[0]:  # a label carried down is read once
                last = row, self._read_new(row, needed, memory)
            self.values.append(last[1].value)
            if last[1].symbol:
                self.symbols[position] = last[1].symbol

    def _read_new(self, row: int, needed: Mapping[str, Any], memory: dict[tuple[type, object, str], Read]) -> Read:
        """The reading of a cell, with its problem kept; equal cells are worked out once."""
        sheet, spot = self.match.sheet, (row, self.letter)
        value, shown_as = sheet.value(*spot), sheet.raw.formats.get(spot, "")
        plain_cell = not needed and spot not in sheet.raw.notes and not sheet.merged(*spot)
        read = memory.get((type(value), value, shown_as)) if plain_cell else self._of_merged(row)
        if read is None:
            read = self.reading(sheet.cell(*spot), needed)
            if plain_cell:
                memory[type(value), value, shown_as] = read
        if read.code:
            self.problems.append(self.problem(read, sheet.cell(*spot), sheet.place(*spot)))
        return read

    def reading(self, cell: Cell, needed: Mapping[str, Any]) -> Read:
        """What a cell says by its formula's fault, else by its value."""
        expected = self.field.kind.expected
        if fault := formula_fault(cell, expected):
            return fault
        if cell.value is None:
            blank = Read(code="missing-value", expected=expected, remedy="Fill in the cell.")
            return Read() if self.field.blank else blank
        read = self.field.kind.read(cell, needed, self.context)
        if not read.code and isinstance(cell.value, str) and unprintable(tidy(cell.value)):
            return refused(UNPRINTABLE, "characters that the paper can print", REMEDY)
        return read

    def _of_merged(self, row: int) -> Read | None:
        """An error for a cell of a range merged over several of the table's cells, once for the range."""
        sheet = self.match.sheet
        merged = sheet.merged(row, self.letter)
        if not merged or self.field.carried or sheet.value(merged.first_row, merged.first_column) is None:
            return None
        columns = [c for c in self.match.numbers if merged.first_column <= c <= merged.last_column]
        if merged.first_row == merged.last_row and len(columns) < 2:
            return None
        if merged in self.merged or self.letter != min(columns):
            return Read()
        self.merged.add(merged)
        expected = f"{self.field.kind.expected} in a cell of its own"
        return Read(code="merged-cells", expected=expected, remedy="Unmerge the cells and fill in each of them.")

    def problem(self, read: Read, cell: Cell, place: Place) -> Problem:
        """What is wrong with a cell, in words that quote it only where that is safe."""
        private = self.match.private
        said = f"It is read as {read.reading}. " if read.reading and not private else ""
        found = in_words(cell, self.field, private)
        if read.code == UNPRINTABLE:
            found = named(unprintable(tidy(str(cell.value))))
        return Problem(read.code, place, read.expected, found, said + read.remedy, read.severity)

    def column(self, data: Sequence[int]) -> Column:
        """The column's origin and precision."""
        kind = self.field.kind
        rows = np.array(self.rows, dtype=np.int64)
        half = self.half_unit(data)
        return Column(kind.unit, self.letter, rows, self.headings, half, self.symbols, kind=kind)

    def half_unit(self, rows: Sequence[int]) -> Fraction:
        """Half of the last place that the sheet shows of the column, in its unit; 0 for what is exact."""
        kind = self.field.kind
        cells = (self.match.sheet.cell(row, self.letter) for row in rows)
        places = {kind.last_place(cell, self.context) for cell in cells if cell.value is not None}
        return min(places, default=kind.last_place(Cell(None), self.context)) / 2


def begin_column(
    match: Match, f: Field, rows: Sequence[int], letter: int = 0, headings: tuple[Spot, ...] = ()
) -> ColumnReader:
    """A reader of a field's column, which `letter` and `headings` give for one of a spread; it knows its unit."""
    letter = letter or match.columns[f.name]
    heading_rows = range(match.first_row, match.last_row + 1)
    headings = headings or tuple((letter, row) for row in heading_rows if match.sheet.value(row, letter) is not None)
    headings = headings or tuple(_merged_headings(match, letter))
    scale, stated, problems = "", tuple[Spot, ...](), list[Problem]()
    if isinstance(f.kind, Money):
        scale, stated, problems = find_scale(match, letter, headings, rows)
    context = Context(scale, match.sheet.formats_seen)
    return ColumnReader(match, f, letter, tuple(dict.fromkeys((*headings, *stated))), context, problems)


def _merged_headings(match: Match, letter: int) -> list[Spot]:
    """The cells of merged ranges that name a column whose own heading cells are blank."""
    ranges = (match.sheet.merged(row, letter) for row in range(match.first_row, match.last_row + 1))
    return [(merged.first_column, merged.first_row) for merged in ranges if merged]


def formula_fault(cell: Cell, expected: str) -> Read | None:
    """The error of a formula that failed or was never calculated; None for any other cell."""
    error = cell.note(CellNote.ERROR)
    if error is None and isinstance(cell.value, str) and _ERROR_TEXT.fullmatch(cell.value.strip()):
        error = cell.value.strip()
    if error is not None:
        remedy = "The formula gives an error: mend it, or type the value."
        return Read(code="formula-error", expected=expected, remedy=remedy)
    if cell.note(CellNote.UNCALCULATED) is not None:
        remedy = "The formula was never calculated: open the workbook in Excel and save it."
        return Read(code="not-calculated", expected=expected, remedy=remedy)
    return None


def in_words(cell: Cell, f: Field, private: bool) -> str:
    """What a cell holds, in quotes; in a sheet with a row a child only what is close to an accepted word."""
    error = cell.note(CellNote.ERROR)
    if error is not None:
        return error or "a formula error"
    if cell.note(CellNote.UNCALCULATED) is not None:
        return "a formula without a value"
    if cell.value is None:
        return "a blank cell"
    text = shown(cell)
    if private and not (isinstance(f.kind, Category) and f.kind.near(plain(text))):
        return "something else"
    return f'"{text[:SHOWN_LENGTH]}…"' if len(text) > SHOWN_LENGTH else f'"{text}"'
