"""A raw sheet with its cells, notes and merged ranges looked up by address without searching."""

from __future__ import annotations

import bisect
import functools
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from reportgen.cells.reading import Cell
from reportgen.cells.words import tidy
from reportgen.model import CellNote, Place, RawSheet, Scalar

_WITHOUT_FORMATS = (".xls", ".ods")


def _is_blank(text: str) -> bool:
    """Whether a text shows nothing: white space, or characters without width."""
    return not text or text.isspace() or not (text.isascii() or tidy(text))


class Merged(NamedTuple):
    """A merged range: its value stands in its first cell."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Sheet:
    """One raw sheet and its look-ups, each made when it is first asked for."""

    def __init__(self, raw: RawSheet) -> None:
        self.raw = raw
        self.file, self.name = raw.file, raw.name
        # What shows nothing is blank from here on.
        self.rows = [[None if isinstance(v, str) and _is_blank(v) else v for v in row] for row in raw.rows]
        self._merged: dict[int, list[Merged]] = {}

    @property
    def formats_seen(self) -> bool:
        """Whether number formats could be seen: an .xls or .ods gives none, and a .csv has none."""
        return not self.file.lower().endswith(_WITHOUT_FORMATS)

    @functools.cached_property
    def height(self) -> int:
        """The last row in which something stands, be it a formula error or a comment alone."""
        said = (CellNote.ERROR, CellNote.UNCALCULATED, CellNote.COMMENT)
        noted = (row for row in self.notes_by_row if self.noted(row, *said))
        return max(len(self.rows), *noted, 0)

    def place(self, row: int = 0, column: int = 0) -> Place:
        """The place of a cell, row or column."""
        return self.raw.place(row, column)

    def value(self, row: int, column: int) -> Scalar:
        """The cell's value; None where it is blank, holds white space alone or lies outside the sheet."""
        if not 0 < row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column - 1] if 0 < column <= len(cells) else None

    def filled(self, row: int) -> dict[int, Scalar]:
        """The values of the row's cells that aren't blank, by column."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else []
        return {column: value for column, value in enumerate(cells, 1) if value is not None}

    def cell(self, row: int, column: int) -> Cell:
        """The cell with its format and notes."""
        spot = (row, column)
        return Cell(self.value(row, column), self.raw.formats.get(spot, ""), tuple(self.raw.notes.get(spot, ())))

    def merged(self, row: int, column: int) -> Merged | None:
        """The merged range in which the cell lies, if any."""
        if column not in self._merged:
            ranges = [Merged(*r) for r in self.raw.merged]
            self._merged[column] = sorted(r for r in ranges if r.first_column <= column <= r.last_column)
        ranges = self._merged[column]
        at = bisect.bisect_right(ranges, row, key=lambda r: r.first_row) - 1
        return ranges[at] if at >= 0 and row <= ranges[at].last_row else None

    @functools.cached_property
    def notes_by_row(self) -> Mapping[int, Mapping[int, tuple[CellNote, ...]]]:
        """The kinds of notes by row and column."""
        found: dict[int, dict[int, tuple[CellNote, ...]]] = defaultdict(dict)
        for (row, column), notes in sorted(self.raw.notes.items()):
            found[row][column] = tuple(kind for kind, _ in notes)
        return dict(found)

    def noted(self, row: int, *kinds: CellNote) -> list[int]:
        """The row's columns that have a note of one of the kinds."""
        return [column for column, notes in self.notes_by_row.get(row, {}).items() if set(kinds) & set(notes)]
