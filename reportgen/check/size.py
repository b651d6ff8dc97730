"""Amounts that are too large or too small for the unit that their column states."""

from __future__ import annotations

from reportgen.cells.formats import places_shown
from reportgen.cells.kinds import Money
from reportgen.cells.kinds.amounts import pounds
from reportgen.cells.reading import Read, doubted
from reportgen.check.column import ColumnReader
from reportgen.model import Problem

BILLION = 100_000_000_000  # in pence
THOUSAND = 100_000
FINER_THAN_PENCE = 3  # decimal places


def doubtful_scale(reader: ColumnReader) -> list[Problem]:
    """A warning at the first amount of a column of money that is probably in another unit than it is read in."""
    if not isinstance(reader.field.kind, Money):
        return []
    amounts = {row: value for row, value in zip(reader.rows, reader.values, strict=True) if value}
    scale, expected = reader.context.scale, reader.field.kind.expected
    if scale in ("k", "m"):
        late = next((row for row, value in amounts.items() if abs(value) >= BILLION), None)
        remedy = "If the amounts are in full pounds, write £ into the heading."
        return _doubt(reader, late, amounts, f"{expected} of less than £1bn in £{scale}, as the column says", remedy)
    small = scale == "" and all(abs(value) < THOUSAND for value in amounts.values())
    sheet = reader.match.sheet
    fine = [row for row in amounts if places_shown(sheet.cell(row, reader.letter)) >= FINER_THAN_PENCE] if small else []
    first = fine[0] if fine and 2 * len(fine) >= len(amounts) else None
    remedy = "If the amounts are in thousands or millions, write £000 or £m into the heading."
    return _doubt(reader, first, amounts, f"{expected} in pounds and pence", remedy)


def _doubt(
    reader: ColumnReader, row: int | None, amounts: dict[int, int], expected: str, remedy: str
) -> list[Problem]:
    if row is None:
        return []
    sheet, spot = reader.match.sheet, (row, reader.letter)
    read: Read = doubted(amounts[row], "doubtful-scale", expected, remedy, pounds(amounts[row]))
    return [reader.problem(read, sheet.cell(*spot), sheet.place(*spot))]
