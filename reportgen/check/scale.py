"""The unit of a column of money: its heading states it, else the title above, else a £ in its number format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.cells.words import scale_of
from reportgen.check.match import Match
from reportgen.model import Problem, Severity

Spot = tuple[int, int]  # column and row

_TITLE_ROWS = 6
_TITLE_CELLS = 2
_LONGEST_TITLE = 200


def find_scale(
    match: Match, column: int, headings: Sequence[Spot], rows: Sequence[int]
) -> tuple[str, tuple[Spot, ...], list[Problem]]:
    """The scale of the column ("" for pounds, k, m or bn), the cells that tell it, and a problem of none or two.

    Any of the cells above could state a unit, so all that were looked at tell it.
    """
    own, above = tuple(headings), tuple(_above(match))
    for spots in (own, above):
        stating = [(spot, scale) for spot in spots if (scale := _stated(match, spot)) is not None]
        if stating:
            (first, scale), *others = stating
            told = (first,) if spots is own else above[: above.index(first) + 1]
            other = next((spot for spot, another in others if another != scale), None)
            return scale, told, [_two_units(match, first, other)] if other else []
    lacking = any(_lacks_unit(match, row, column) for row in rows)
    return "", above, [_no_unit(match, column)] if lacking else []


def _stated(match: Match, spot: Spot) -> str | None:
    """The scale that a cell of words states; None where it states none."""
    value = match.sheet.value(spot[1], spot[0])
    return scale_of(value) if isinstance(value, str) and len(value) <= _LONGEST_TITLE else None


def _lacks_unit(match: Match, row: int, column: int) -> bool:
    """Whether a cell holds something other than zero without a £ of its own, typed or by its number format."""
    cell = match.sheet.cell(row, column)
    return cell.value not in (None, 0) and "£" not in cell.format and "£" not in str(cell.value)


def _above(match: Match) -> Iterator[Spot]:
    """The cells straight above the headings, nearest row first, up to a row that is no title but another table's."""
    width = max(match.numbers)
    for row in range(match.first_row - 1, max(match.first_row - 1 - _TITLE_ROWS, 0), -1):
        cells = [(column, row) for column in range(1, width + 1)]
        filled = [value for at, _ in cells if (value := match.sheet.value(row, at)) is not None]
        if len(filled) > _TITLE_CELLS or not all(isinstance(value, str) for value in filled):
            return
        yield from cells


def _two_units(match: Match, first: Spot, second: Spot) -> Problem:
    return Problem(
        "two-units",
        match.sheet.place(first[1], first[0]),
        "one unit of money for the column",
        f"another in cell {match.sheet.place(second[1], second[0]).cell}",
        "Write the unit of the amounts into one of the two cells, and take the other out.",
        also=(match.sheet.place(second[1], second[0]),),
    )


def _no_unit(match: Match, column: int) -> Problem:
    return Problem(
        "no-unit",
        match.sheet.place(match.last_row, column),
        "a unit of money in the heading (£, £000 or £m)",
        "none",
        "It is read as pounds; write the unit into the heading.",
        Severity.WARNING,
    )
