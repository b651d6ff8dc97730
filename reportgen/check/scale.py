"""The unit of a column of money: its heading states it, else the title above, else a £ in its number format."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.cells.words import scale_of
from reportgen.check.match import Match
from reportgen.model import Problem, Severity

Spot = tuple[int, int]  # column and row

_TITLE_ROWS = 6
_TITLE_CELLS = 2


def find_scale(
    match: Match, column: int, headings: Sequence[Spot], rows: Sequence[int]
) -> tuple[str, tuple[Spot, ...], list[Problem]]:
    """The scale of the column ("" for pounds, k, m or bn), the cells that state it, and a warning where none does."""
    sheet = match.sheet
    above = [(at, row) for row in _titles(match) for at in sheet.filled(row)]
    for spot in (*headings, *above):
        scale = scale_of(str(sheet.value(spot[1], spot[0]) or ""))
        if scale is not None:
            return scale, (spot,), []
    if any(_lacks_unit(match, row, column) for row in rows):
        return "", (), [_no_unit(match, column)]
    return "", (), []


def _lacks_unit(match: Match, row: int, column: int) -> bool:
    """Whether a cell holds something other than zero without a £ of its own, typed or by its number format."""
    cell = match.sheet.cell(row, column)
    return cell.value not in (None, 0) and "£" not in cell.format and "£" not in str(cell.value)


def _titles(match: Match) -> list[int]:
    """The rows of words straight above the headings, nearest first: not those of a table above."""
    rows = []
    for row in range(match.first_row - 1, max(match.first_row - 1 - _TITLE_ROWS, 0), -1):
        filled = match.sheet.filled(row)
        if len(filled) > _TITLE_CELLS or not all(isinstance(value, str) for value in filled.values()):
            break
        rows.append(row)
    return rows


def _no_unit(match: Match, column: int) -> Problem:
    return Problem(
        "no-unit",
        match.sheet.place(match.last_row, column),
        "a unit of money in the heading (£, £000 or £m)",
        "none",
        "It is read as pounds; write the unit into the heading.",
        Severity.WARNING,
    )
