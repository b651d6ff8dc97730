"""The kinds of columns: what each accepts, and the value that it reads from a cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from reportgen.cells.dates import REMEDY, month_end, parse_date, read_date
from reportgen.cells.numbers import SCALES, missing, read_number, round_half_away
from reportgen.cells.reading import Cell, Read, doubted, refused
from reportgen.cells.words import nearest, plain, tidy
from reportgen.model import Unit

Row = Mapping[str, Any]  # values of the row's columns that were read before this one
Reader = Callable[[Cell, Row], Read]


@dataclass(frozen=True)
class Context:
    """What the sheet says of a whole column: the scale of its money, and whether that was stated at all."""

    scale: str = ""
    stated: bool = True


class Kind(Protocol):
    """A kind of column. `expected` says in words what a cell must hold; `unit` is that of its figures."""

    @property
    def unit(self) -> Unit: ...

    @property
    def expected(self) -> str: ...

    def read(self, cell: Cell, row: Row, context: Context) -> Read: ...


def shown(cell: Cell) -> str:
    """A cell's text as the sheet shows it: whole numbers without a point, `0000` and `0.00` formats obeyed."""
    value = cell.value
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, (int, float)):
        pattern = cell.format.split(";")[0]
        if re.fullmatch(r"0+", pattern):
            return f"{int(value):0{len(pattern)}d}"
        if match := re.fullmatch(r"0+\.(0+)", pattern):
            return f"{value:.{len(match[1])}f}"
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, (dt.datetime, dt.date)):
        return f"{value:%d/%m/%Y}"
    return tidy(str(value))


@dataclass(frozen=True)
class Text:
    """Words, kept as they stand but for white space."""

    expected: str = "text"
    unit: Unit = Unit.TEXT

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The cell's words."""
        return Read(shown(cell) or None)


@dataclass(frozen=True)
class Code:
    """A reference such as 2.10; `pattern`'s first group is the code where the cell holds more."""

    expected: str = "a reference"
    pattern: str = r"(.+)"
    unit: Unit = Unit.TEXT

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The code as the sheet shows it."""
        if isinstance(cell.value, (dt.date, dt.time)):
            return refused(
                "date-in-code",
                self.expected,
                "The sheet has turned the reference into a date: format it as text.",
            )
        match = re.fullmatch(self.pattern, shown(cell), re.IGNORECASE | re.DOTALL)
        if not match:
            return refused("not-a-code", self.expected, "Type the reference as in the other rows.")
        return Read(match[1].strip())


@dataclass(frozen=True)
class Category:
    """One of a fixed set of words, each with the aliases that mean it."""

    name: str
    accepted: Mapping[str, tuple[str, ...]]
    code: str
    unit: Unit = Unit.TEXT
    quote: bool = True  # whether a word that is no category may be quoted in a problem

    @property
    def expected(self) -> str:
        """The category's name with its article."""
        return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.name}"

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The accepted word that the cell means."""
        word = plain(shown(cell)).rstrip(".")
        for value, aliases in self.accepted.items():
            if word == plain(value) or word in map(plain, aliases):
                return Read(value)
        guess = nearest(word, [*self.accepted, *(a for names in self.accepted.values() for a in names)])
        words = ", ".join(self.accepted)
        meant = f'Did you mean "{guess}"? ' if guess else ""
        return refused(
            self.code, self.expected, f"{meant}The accepted words are: {words} (docs/datasets.md)."
        )


@dataclass(frozen=True)
class Count:
    """A whole number of children or things, zero or more."""

    expected: str = "a whole number"
    unit: Unit = Unit.COUNT

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The count as an int."""
        read = read_number(cell, self.expected)
        if read.value is None:
            return read
        if read.unit == "%" or read.value.denominator != 1 or read.value < 0:
            return refused("not-a-count", self.expected, "A count is a whole number, zero or more.")
        return Read(int(read.value))


@dataclass(frozen=True)
class Money:
    """An amount of money in the column's scale, read as integer pence."""

    expected: str = "an amount of money"
    unit: Unit = Unit.MONEY

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The amount in pence."""
        read = read_number(cell, self.expected)
        if read.value is None:
            return read
        if read.unit == "%":
            return refused("not-money", self.expected, "The cell is formatted as a percentage.")
        own = read.unit in SCALES and read.unit != ""
        pence = round_half_away(read.value * 100 * (1 if own else SCALES[context.scale]))
        if own and read.unit != context.scale:
            column = f"£{context.scale}" if context.scale else "pounds"
            return doubted(
                pence,
                "own-unit",
                f"{self.expected} in {column}, as the column says",
                f"It is read as £{Fraction(pence, 100).numerator // Fraction(pence, 100).denominator:,}; "
                "type it in the column's unit to be sure.",
            )
        if read.unit == "£" and context.scale:
            return refused(
                "own-unit",
                f"{self.expected} in £{context.scale}, as the column says",
                "The cell says pounds: type the amount in the column's unit.",
            )
        return Read(pence)


@dataclass(frozen=True)
class Date:
    """A date; a month stands for its last day. Some words, such as "Ongoing", may stand instead."""

    expected: str = "a date"
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    months: bool = False  # whether every date stands for its month
    unit: Unit = Unit.DATE

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The date, or the accepted word."""
        if isinstance(cell.value, str):
            word = plain(cell.value)
            for value, aliases in self.words.items():
                if word == value or word in aliases:
                    return Read(value)
            if symbol := missing(word):
                return doubted(
                    None, "no-date", self.expected, f"It is read as [{symbol}]: no date is known.", symbol
                )
        return read_date(cell, self.expected, self.months)


_FINANCIAL = re.compile(r"(\d{4})\s*[/\-]\s*(\d{2}|\d{4})")


@dataclass(frozen=True)
class FinancialYear:
    """A financial year, 1 April to 31 March, written 2016/17."""

    expected: str = "a financial year such as 2016/17"
    unit: Unit = Unit.TEXT

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The year as text, such as 2016/17."""
        if isinstance(cell.value, (dt.date, dt.time)):
            return refused(
                "year-become-date",
                self.expected,
                "The sheet has turned the year into a date: format the cell as text and type it again.",
            )
        match = _FINANCIAL.fullmatch(plain(shown(cell)))
        if not match or (int(match[1]) + 1) % 100 != int(match[2]) % 100:
            return refused("not-a-financial-year", self.expected, "The second year follows the first.")
        return Read(f"{match[1]}/{match[2][-2:]}")


@dataclass(frozen=True)
class Period:
    """The time that a single fact belongs to: a day, a month, a year or a financial year."""

    expected: str = "a date, month, year or financial year"
    unit: Unit = Unit.DATE

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """A date, a month's end, or the year as text."""
        text = plain(shown(cell))
        if isinstance(cell.value, int) and 1990 <= cell.value <= 2100:
            return Read(text)
        if isinstance(cell.value, str):
            if re.fullmatch(r"(19|20)\d\d", text):
                return Read(text)
            if _FINANCIAL.fullmatch(text) and parse_date(text) is None:
                return FinancialYear(self.expected).read(cell, row, context)
        return read_date(cell, self.expected)


def parse_period(text: str) -> dt.date | str:
    """The period that a settings file names: 2016-05, 2016-05-31, 2020 or 2016/17.

    Raises ValueError where it names none.
    """
    if re.fullmatch(r"\d{4}(/\d{2})?", text):
        return text
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return month_end(int(match[1]), int(match[2]))
    found = parse_date(text)
    if found is None:
        raise ValueError(f'"{text}" is no period. {REMEDY}')
    return found


UNITS = {
    "count": ("number", "no", "children", "beds", "no."),
    "GBP": ("£", "pounds"),
    "GBP thousand": ("£k", "£000", "£'000"),
    "GBP million": ("£m", "£ million"),
    "GBP/week": ("£ per week", "£/week", "£ a week", "gbp per week"),
    "percent": ("%", "per cent", "percentage"),
    "per 10,000": ("rate per 10,000", "per 10 000"),
}
_AS_UNIT = {
    "count": Unit.COUNT,
    "GBP": Unit.MONEY,
    "GBP thousand": Unit.MONEY,
    "GBP million": Unit.MONEY,
    "GBP/week": Unit.MONEY_PER_WEEK,
    "percent": Unit.PERCENT,
    "per 10,000": Unit.PER_10000,
}
_FACTOR = {"GBP": 100, "GBP thousand": 100_000, "GBP million": 100_000_000, "GBP/week": 100}


def unit_of(word: str) -> Unit:
    """The unit of figures that a unit column's word stands for."""
    return _AS_UNIT[word]


@dataclass(frozen=True)
class Quantity:
    """A number whose unit stands in the row's `unit` column."""

    expected: str = "a number"
    unit_column: str = "unit"
    unit: Unit = Unit.COUNT

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """Pence for money, a ratio for percentages, else the number itself."""
        word = row.get(self.unit_column)
        read = read_number(cell, self.expected)
        if read.value is None or word is None:
            return read
        if word == "percent":
            return Read(read.value if read.unit == "%" else read.value / 100)
        if read.unit == "%":
            return refused(
                "unit-differs",
                f"{self.expected} in {word}",
                "The cell is a percentage, the unit column says otherwise.",
            )
        if read.unit in ("k", "m", "bn", "£"):
            return self._own_unit(read, word)
        if word in _FACTOR:
            return Read(round_half_away(read.value * _FACTOR[word]))
        if word == "count" and (read.value.denominator != 1 or read.value < 0):
            return refused("not-a-count", "a whole number", "A count is a whole number, zero or more.")
        return Read(int(read.value) if read.value.denominator == 1 else read.value)

    def _own_unit(self, read: Read, word: str) -> Read:
        if word in ("GBP", "GBP/week"):
            return Read(round_half_away(read.value * 100))
        return refused(
            "unit-differs",
            f"{self.expected} in {word}",
            "The cell states a unit of its own: type the number alone.",
        )
