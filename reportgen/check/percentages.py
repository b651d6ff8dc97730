"""Percentages that one sheet holds as 43 and as 0.43: which of the two a number is can't be told from it alone."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.cells.kinds import Quantity, Share, unit_of
from reportgen.cells.numbers import magnitude, read_number
from reportgen.cells.reading import Cell
from reportgen.check.match import Match
from reportgen.model import Place, Problem, Unit
from reportgen.table import Table

MIXED = "mixed-percentages"


def mixed_percentages(table: Table, match: Match) -> list[Problem]:
    """A problem for each percentage below one, where others are above one and neither says what it is.

    A cell that is formatted as a percentage, or typed with its sign, is clear.
    """
    bare = list(_bare(table, match))
    shares, whole = ([place for place, below in bare if below is wanted] for wanted in (True, False))
    remedy = "Type both alike: format the cells as percentages, or type the % sign."
    return [
        Problem(MIXED, place, "percentages all typed alike", "a number below 1 beside one above 1",
                remedy, also=(whole[0],))
        for place in shares
        if whole
    ]  # fmt: skip


def _bare(table: Table, match: Match) -> Iterator[tuple[Place, bool]]:
    """The numbers in cells of percentages that don't say so themselves, and whether each is taken for a share of 1."""
    for name, column in table.columns.items():
        for row in range(len(table)) if isinstance(column.kind, (Quantity, Share)) else ():
            place = table.place(name, row)
            cell = match.sheet.cell(place.row, place.column)
            if _is_percentage(table, column.kind, name, row) and not _unclear(column.kind, cell, match):
                read = read_number(cell, "")
                if read.value and not read.unit:
                    # A column of shares takes 1 for the whole; a per cent by its unit is 1%.
                    whole = magnitude(read.value) == 1 and isinstance(column.kind, Share)
                    yield place, magnitude(read.value) < 1 or whole


def _is_percentage(table: Table, kind: Quantity | Share, name: str, row: int) -> bool:
    if isinstance(kind, Share):
        return table.values(name)[row] is not None
    word = table.values(kind.unit_column)[row]
    return word is not None and unit_of(word) is Unit.PERCENT


def _unclear(kind: Quantity | Share, cell: Cell, match: Match) -> bool:
    """Whether a problem of its own says that the file hides what the cell is."""
    return isinstance(kind, Quantity) and not (match.sheet.formats_seen or isinstance(cell.value, str))
