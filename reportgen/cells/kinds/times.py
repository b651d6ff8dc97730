"""Kinds of columns that hold times: dates, months, years, financial years."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from reportgen.cells.dates import REMEDY, month_end, parse_date, read_date
from reportgen.cells.formats import shown
from reportgen.cells.kinds.base import Context, Row
from reportgen.cells.numbers import missing
from reportgen.cells.reading import Cell, Read, lacking, refused
from reportgen.cells.words import plain
from reportgen.model import Unit

_FINANCIAL = re.compile(r"([0-9]{4})\s*[/-]\s*([0-9]{2}|[0-9]{4})")
_YEARS = range(1990, 2101)
_BECOME_DATE = (
    "The sheet may have turned a year such as 2010/11 into a month: format the cell as text and type the year "
    "(2010/11) or the month (November 2010) again."
)


@dataclass(frozen=True)
class Date:
    """A date; a month stands for its last day. Some words, such as "Ongoing", may stand instead."""

    expected: str = "a date"
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    months: bool = False  # whether every date stands for its month
    unit: Unit = Unit.DATE
    needs: ClassVar[tuple[str, ...]] = ()

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The date, or the accepted word."""
        if isinstance(cell.value, str):
            word = plain(cell.value).rstrip(".")
            for value, aliases in self.words.items():
                if word == value or word in aliases:
                    return Read(value)
            if symbol := missing(word):
                return lacking(symbol, "no-date", self.expected)
        return read_date(cell, self.expected, self.months)


@dataclass(frozen=True)
class FinancialYear:
    """A financial year, 1 April to 31 March, written 2016/17."""

    expected: str = "a financial year such as 2016/17"
    unit: Unit = Unit.TEXT
    needs: ClassVar[tuple[str, ...]] = ()

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The year as text, such as 2016/17."""
        if isinstance(cell.value, (dt.date, dt.time)):
            return refused("year-become-date", self.expected, _BECOME_DATE)
        match = _FINANCIAL.fullmatch(plain(shown(cell)))
        if not match or not _follows(match[1], match[2]):
            return refused("not-a-financial-year", self.expected, "Its second year follows the first: 2016/17.")
        return Read(f"{match[1]}/{match[2][-2:]}")


def _follows(first: str, second: str) -> bool:
    """Whether the second year, of two or four digits, is the one after the first."""
    after = str(int(first) + 1)
    return second == after or second == after[-2:]


@dataclass(frozen=True)
class Period:
    """The time that a single fact belongs to: a day, a month, a year or a financial year."""

    expected: str = "a date, month, year or financial year"
    unit: Unit = Unit.DATE
    needs: ClassVar[tuple[str, ...]] = ()

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """A date, a month's end, or the year as text."""
        value = cell.value
        if isinstance(value, dt.date):
            looks_like_year = value.day == 1 and value.month == (value.year + 1) % 100
            return refused("year-become-date", self.expected, _BECOME_DATE) if looks_like_year else self._date(cell)
        text = plain(shown(cell))
        if not isinstance(value, bool) and re.fullmatch(r"[0-9]{4}", text) and int(text) in _YEARS:
            return Read(text)
        match = _FINANCIAL.fullmatch(text) if isinstance(value, str) else None
        if match and parse_date(text) is None:
            return FinancialYear(self.expected).read(cell, row, context)
        if match and _follows(match[1], match[2]):  # 2010-11: November or 2010/11
            return refused("year-become-date", self.expected, _BECOME_DATE)
        if isinstance(value, str) and (symbol := missing(text)):
            return lacking(symbol, "no-date", self.expected)
        return self._date(cell)

    def _date(self, cell: Cell) -> Read:
        return read_date(cell, self.expected)


def parse_period(text: str) -> dt.date | str:
    """The period that a settings file names: 2016-05, 2016-05-31, 2020 or 2016/17.

    Raises ValueError where it names none.
    """
    if re.fullmatch(r"[0-9]{4}(/[0-9]{2})?", text):
        return text
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", text):
        return month_end(int(match[1]), int(match[2]))
    found = parse_date(text)
    if found is None:
        raise ValueError(f'"{text}" is no period. {REMEDY}')
    return found
