"""Kinds of columns of a government department's published figures: years, and numbers or symbols in their place."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from reportgen.cells.formats import shown
from reportgen.cells.kinds.base import Context, Row
from reportgen.cells.numbers import read_number
from reportgen.cells.reading import Cell, Read, refused
from reportgen.cells.words import plain
from reportgen.model import Unit

YEARS = range(1990, 2101)
# The Department for Education writes k where the government's list of shorthand has low.
PUBLISHED_SYMBOLS = {"c": "c", "k": "low", "low": "low", "u": "u", "x": "x", "z": "z"}


@dataclass(frozen=True)
class Published:
    """A published number, zero or more, or one of the department's symbols, which is kept and is never a number.

    How far a number was rounded depends on its row, so that the column itself counts as exact.
    """

    expected: str = "a whole number, or one of c, k, low, u, x and z"
    unit: Unit = Unit.COUNT
    whole: bool = True
    needs: ClassVar[tuple[str, ...]] = ()
    adds_up: ClassVar[bool] = False

    def last_place(self, cell: Cell, context: Context) -> Fraction:
        """Nothing is rounded alike in all rows."""
        return Fraction(0)

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The number, or no value with the symbol; a symbol is what the department says, so it is no doubt."""
        if isinstance(cell.value, str) and (symbol := PUBLISHED_SYMBOLS.get(plain(cell.value).strip("[]"))):
            return Read(symbol=symbol)
        read = read_number(cell, self.expected)
        if read.value is None:
            return read
        if read.unit or read.value < 0 or (self.whole and read.value.denominator != 1):
            remedy = "The published file has another: take it again as it was published."
            return refused("not-as-published", self.expected, remedy)
        return Read(int(read.value) if read.value.denominator == 1 else read.value)


@dataclass(frozen=True)
class ReportingYear:
    """A reporting year of the Department for Education: it ends on 31 March of the year that names it."""

    expected: str = "a reporting year such as 2024"
    unit: Unit = Unit.TEXT
    needs: ClassVar[tuple[str, ...]] = ()
    adds_up: ClassVar[bool] = False

    def last_place(self, cell: Cell, context: Context) -> Fraction:
        """Nothing is rounded."""
        return Fraction(0)

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The year as text, such as 2024."""
        text = "" if isinstance(cell.value, (bool, dt.date, dt.time)) else plain(shown(cell))
        if not re.fullmatch(r"[0-9]{4}", text) or int(text) not in YEARS:
            return refused("not-a-reporting-year", self.expected, "The year in which it ends, in four digits: 2024.")
        return Read(text)


def year_ended(year: str) -> dt.date:
    """The last day of a reporting year, 31 March, on which the children looked after are counted."""
    return dt.date(int(year), 3, 31)
