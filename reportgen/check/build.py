"""From a match to a table: every cell read by its column's kind, every doubt a located problem."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from reportgen.cells.kinds import Category, Context, Count, Money, Quantity, shown, unit_of
from reportgen.cells.numbers import SCALES, scale_of
from reportgen.cells.reading import Cell, Read
from reportgen.cells.words import nearest, plain
from reportgen.check.match import Match
from reportgen.check.rows import Rows, carried, cell_at, sort_rows
from reportgen.datasets.base import Field
from reportgen.model import CellNote, Place, Problem, Severity, Unit
from reportgen.table import Column, Stated, Table

SHOWN_LENGTH = 60


@dataclass
class Reading:
    """One column as it is being read."""

    field: Field
    letter: int
    context: Context = dataclasses.field(default_factory=Context)
    headings: tuple[tuple[int, int], ...] = ()
    values: list[Any] = dataclasses.field(default_factory=list)
    rows: list[int] = dataclasses.field(default_factory=list)
    symbols: dict[int, str] = dataclasses.field(default_factory=dict)


def build(match: Match) -> tuple[Table, list[Problem]]:
    """The table that a match holds and everything that is wrong with its cells."""
    rows = sort_rows(match)
    problems = list(rows.problems)
    readings = [_begin(match, f, rows, problems) for f in match.dataset.fields if f.name in match.columns]
    read_first = sorted(readings, key=lambda r: isinstance(r.field.kind, Quantity))
    for position, row in enumerate(rows.data):
        known: dict[str, Any] = {}
        for reading in read_first:
            known[reading.field.name] = _read_cell(match, reading, row, position, known, problems)
    if not rows.data:
        problems.append(
            Problem(
                "no-rows",
                match.sheet.place(match.last_row),
                f"rows of {match.dataset.title} below the headings",
                "none",
                "Fill in the table, or take the sheet out.",
            )
        )
    return _table(match, rows, readings, problems), problems


def _begin(match: Match, f: Field, rows: Rows, problems: list[Problem]) -> Reading:
    letter = match.columns[f.name]
    headings = tuple(
        (letter, row)
        for row in range(match.first_row, match.last_row + 1)
        if match.sheet.value(row, letter) is not None
    ) or ((letter, match.first_row),)
    reading = Reading(f, letter, headings=headings)
    if isinstance(f.kind, Money):
        _find_scale(match, reading, rows, problems)
    return reading


def _find_scale(match: Match, reading: Reading, rows: Rows, problems: list[Problem]) -> None:
    """Set the scale of a column of money: its heading states it, else the title above, else a £ in its format."""
    sheet = match.sheet
    for column, row in reading.headings:
        scale = scale_of(str(sheet.value(row, column) or ""))
        if scale is not None:
            reading.context = Context(scale)
            return
    for row in range(match.first_row - 1, max(match.first_row - 6, 0), -1):
        for column, value in enumerate(sheet.rows[row - 1], 1):
            scale = scale_of(value) if isinstance(value, str) else None
            if scale is not None:
                reading.context, reading.headings = Context(scale), (*reading.headings, (column, row))
                return
    shows_pounds = any("£" in sheet.formats.get((row, reading.letter), "") for row in rows.data)
    typed = [sheet.value(row, reading.letter) for row in rows.data]
    if not shows_pounds and any(isinstance(v, (int, float)) and v for v in typed):
        problems.append(
            Problem(
                "no-unit",
                sheet.place(match.last_row, reading.letter),
                "a unit of money in the heading (£, £000 or £m)",
                "none",
                "It is read as pounds; write the unit into the heading.",
                Severity.WARNING,
            )
        )
    reading.context = Context("", stated=shows_pounds)


def _read_cell(
    match: Match, reading: Reading, row: int, position: int, known: Mapping[str, Any], problems: list[Problem]
) -> Any:
    f, sheet = reading.field, match.sheet
    origin, cell = (
        carried(sheet, row, reading.letter, match.last_row + 1)
        if f.carried
        else (row, cell_at(sheet, row, reading.letter))
    )
    place = sheet.place(origin, reading.letter)
    read = _noted(cell, f, place, problems) or _plain_read(
        cell, f, known, reading.context, _merged(match, row, reading)
    )
    repeated = f.carried and bool(reading.rows) and reading.rows[-1] == origin
    if read.code and not repeated:
        problems.append(
            Problem(
                read.code,
                place,
                read.expected,
                _found(cell, f, match.dataset.private),
                read.remedy,
                read.severity,
            )
        )
    if read.symbol:
        reading.symbols[position] = read.symbol
    reading.values.append(read.value)
    reading.rows.append(origin)
    return read.value


def _noted(cell: Cell, f: Field, place: Place, problems: list[Problem]) -> Read | None:
    """A reading that is an error where the cell holds a formula error; warnings for comments and bare colours."""
    if (error := cell.note(CellNote.ERROR)) is not None:
        return Read(
            code="formula-error",
            expected=f.kind.expected,
            remedy=f"The formula gives {error}: mend it, or type the value.",
        )
    if cell.note(CellNote.UNCALCULATED) is not None:
        return Read(
            code="not-calculated",
            expected=f.kind.expected,
            remedy="The formula was never calculated: open the workbook in Excel and save it.",
        )
    if cell.note(CellNote.COMMENT) is not None:
        problems.append(
            Problem(
                "comment",
                place,
                "what counts to stand in the cells",
                "a comment on the cell",
                "The comment isn't read: if it changes the value, change the cell.",
                Severity.WARNING,
            )
        )
    if isinstance(f.kind, Category) and cell.value is None and cell.note(CellNote.FILLED) is not None:
        problems.append(
            Problem(
                "colour-only",
                place,
                f.kind.expected + " in words",
                "only a colour",
                "Type the word: a colour isn't read.",
                Severity.WARNING,
            )
        )
    return None


def _merged(match: Match, row: int, reading: Reading) -> bool:
    """Whether a cell lies in a range merged over several rows, so that its value would be counted for one of them."""
    return not reading.field.carried and any(
        r1 <= row <= r2 and c1 <= reading.letter <= c2 and r2 > r1 for r1, c1, r2, c2 in match.sheet.merged
    )


def _plain_read(cell: Cell, f: Field, known: Mapping[str, Any], context: Context, merged: bool) -> Read:
    if merged:
        return Read(
            code="merged-cells",
            expected=f"{f.kind.expected} in each row",
            remedy="Unmerge the cells and fill in each row.",
        )
    if cell.value is None:
        return (
            Read()
            if f.blank
            else Read(code="missing-value", expected=f.kind.expected, remedy="Fill in the cell.")
        )
    return f.kind.read(cell, known, context)


def _found(cell: Cell, f: Field, private: bool) -> str:
    """What a cell holds, in quotes; in a sheet with a row a child only what is close to an accepted word."""
    if cell.note(CellNote.ERROR) is not None:
        return str(cell.note(CellNote.ERROR))
    if cell.note(CellNote.UNCALCULATED) is not None:
        return "a formula without a value"
    if cell.value is None:
        return "a blank cell"
    text = shown(cell)
    if private and not (isinstance(f.kind, Category) and nearest(plain(text), f.kind.accepted)):
        return "something else"
    return f'"{text[:SHOWN_LENGTH]}…"' if len(text) > SHOWN_LENGTH else f'"{text}"'


def _table(match: Match, rows: Rows, readings: Sequence[Reading], problems: list[Problem]) -> Table:
    columns, data = {}, {}
    for reading in readings:
        name, kind = reading.field.name, reading.field.kind
        columns[name] = Column(
            kind.unit,
            reading.letter,
            np.array(reading.rows, dtype=np.int64),
            reading.headings,
            _half_unit(match, reading, rows.data),
            reading.symbols,
            kind=kind,
        )
        whole = isinstance(kind, (Count, Money))
        data[name] = pd.Series(reading.values, dtype="Int64" if whole else object)
    stated = _stated(match, rows, readings, columns, problems)
    dataset = match.dataset
    return Table(
        dataset.name,
        dataset.title,
        match.sheet.file,
        match.sheet.name,
        pd.DataFrame(data),
        columns,
        tuple(c for c in dataset.label if c in columns),
        tuple(c for c in dataset.key if c in columns),
        stated,
    )


def _half_unit(match: Match, reading: Reading, rows: Sequence[int]) -> Fraction:
    """Half of the last place that the sheet shows of a column of money, in pence; 0 for what is exact."""
    if not isinstance(reading.field.kind, Money):
        return Fraction(0)
    places = [_places(cell_at(match.sheet, row, reading.letter)) for row in rows]
    return Fraction(100 * SCALES[reading.context.scale], 2 * 10 ** max(places, default=0))


def _places(cell: Cell) -> int:
    pattern = cell.format.split(";")[0]
    if pattern and ("0" in pattern or "#" in pattern):
        return len(pattern.partition(".")[2].rstrip('_)% "').rstrip()) if "." in pattern else 0
    if isinstance(cell.value, float):
        exponent = Decimal(repr(cell.value)).normalize().as_tuple().exponent
        return max(0, -int(exponent))
    return len(cell.value.partition(".")[2].rstrip(") -")) if isinstance(cell.value, str) else 0


def _stated(
    match: Match,
    rows: Rows,
    readings: Sequence[Reading],
    columns: Mapping[str, Column],
    problems: list[Problem],
) -> tuple[Stated, ...]:
    position = {row: i for i, row in enumerate(rows.data)}
    found = []
    for total in rows.totals:
        for reading in readings:
            cell = cell_at(match.sheet, total.row, reading.letter)
            if not isinstance(reading.field.kind, (Count, Money)) or (cell.value is None and not cell.notes):
                continue
            place = match.sheet.place(total.row, reading.letter)
            read = _noted(cell, reading.field, place, problems) or reading.field.kind.read(
                cell, {}, reading.context
            )
            if read.code:
                problems.append(
                    Problem(
                        read.code,
                        place,
                        read.expected,
                        _found(cell, reading.field, False),
                        read.remedy,
                        read.severity,
                    )
                )
            if read.value is not None:
                name = reading.field.name
                found.append(
                    Stated(
                        name,
                        total.label,
                        read.value,
                        place,
                        tuple(position[r] for r in total.covers),
                        columns[name].half_unit,
                        total.kind,
                    )
                )
    return tuple(found)


def quantity_units(table: Table, row: int, unit_column: str = "unit") -> Unit:
    """The unit of a row's quantity. Raises KeyError where the row states none."""
    return unit_of(table.frame[unit_column].iloc[row])
