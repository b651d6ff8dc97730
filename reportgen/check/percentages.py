"""Percentages that one sheet holds as 43 and as 0.43: which of the two a number is can't be told from it alone."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.cells.kinds import Quantity, unit_of
from reportgen.cells.numbers import magnitude, read_number
from reportgen.check.match import Match
from reportgen.model import Number, Place, Problem, Unit
from reportgen.table import Table


def mixed_percentages(table: Table, match: Match) -> list[Problem]:
    """A problem for each percentage below one, where others are above one and neither says what it is.

    A cell that is formatted as a percentage, or typed with its sign, is clear.
    """
    bare = [(place, magnitude(number)) for place, number in _bare(table, match) if number]
    shares, whole = ([p for p, n in bare if (n < 1) is below] for below in (True, False))
    remedy = "Type both alike: format the cells as percentages, or type the % sign."
    return [
        Problem("mixed-percentages", place, "percentages all typed alike", "a number below 1 beside one above 1",
                remedy, also=(whole[0],))
        for place in shares
        if whole
    ]  # fmt: skip


def _bare(table: Table, match: Match) -> Iterator[tuple[Place, Number]]:
    """The numbers in cells of percentages that don't say so themselves."""
    for name, column in table.columns.items():
        if not isinstance(column.kind, Quantity):
            continue
        for row, word in enumerate(table.frame[column.kind.unit_column]):
            place = table.place(name, row)
            cell = match.sheet.cell(place.row, place.column)
            unclear = not (match.sheet.formats_seen or isinstance(cell.value, str))  # it has a problem of its own
            if word is not None and unit_of(word) is Unit.PERCENT and not unclear:
                read = read_number(cell, "")
                if read.value is not None and not read.unit:
                    yield place, read.value
