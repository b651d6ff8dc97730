"""A kind of column whose numbers have the unit that another column of the row names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reportgen.cells.formats import thousands
from reportgen.cells.kinds.amounts import FORMAT_REMEDY, in_own_scale
from reportgen.cells.kinds.base import Context, Exact, Row
from reportgen.cells.kinds.text import Category
from reportgen.cells.numbers import LARGEST, missing, read_number, round_half_away, too_large
from reportgen.cells.reading import Cell, Read, doubted, lacking, refused
from reportgen.model import Unit

UNITS = {
    "count": ("number", "no", "children", "beds"),
    "GBP": ("£", "pounds"),
    "GBP thousand": ("£k", "£000", "£'000"),
    "GBP million": ("£m", "£ million"),
    "GBP/week": ("£ per week", "£/week", "£ a week", "gbp per week"),
    "percent": ("%", "per cent", "percentage"),
    "per 10,000": ("rate per 10,000", "per 10 000"),
    "level": ("risk", "level of risk"),
}
_AS_UNIT = {
    "count": Unit.COUNT,
    "GBP": Unit.MONEY,
    "GBP thousand": Unit.MONEY,
    "GBP million": Unit.MONEY,
    "GBP/week": Unit.MONEY_PER_WEEK,
    "percent": Unit.PERCENT,
    "per 10,000": Unit.PER_10000,
    "level": Unit.LEVEL,
}
LEVELS = Category("a level", {"low": ("l",), "medium": ("m", "med", "moderate"), "high": ("h",)}, "unknown-level")
_PENCE = {"GBP": 100, "GBP thousand": 100_000, "GBP million": 100_000_000, "GBP/week": 100}
_SCALE = {"GBP": "", "GBP thousand": "k", "GBP million": "m", "GBP/week": ""}


def unit_of(word: str) -> Unit:
    """The unit of figures that a unit column's word stands for."""
    return _AS_UNIT[word]


@dataclass(frozen=True)
class Quantity(Exact):
    """A number whose unit stands in the row's `unit` column; a level is a word."""

    expected: str = "a number"
    unit_column: str = "unit"
    unit: Unit = Unit.COUNT

    @property
    def needs(self) -> tuple[str, ...]:
        """The column that names the unit."""
        return (self.unit_column,)

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """Pence for money, a ratio for percentages, a word for levels, else the number itself."""
        word = row.get(self.unit_column)
        if word == "level":
            return self._level(cell, row, context)
        read = read_number(cell, self.expected)
        if read.value is None or word is None:
            return read
        if read.unit == "%" or word == "percent":
            return self._share(cell, read, word, context)
        if read.unit:
            return self._in_own_unit(read, word)
        if thousands(cell.format):
            return refused("format-in-thousands", f"{self.expected} in {word}", FORMAT_REMEDY)
        if word in _PENCE:
            pence = round_half_away(read.value * _PENCE[word])
            return too_large(self.expected) if abs(pence) > 100 * LARGEST else Read(pence)
        if word == "count" and (read.value.denominator != 1 or read.value < 0):
            return refused("not-a-count", "a whole number", "A count is a whole number, zero or more.")
        return Read(int(read.value) if read.value.denominator == 1 else read.value)

    def _level(self, cell: Cell, row: Row, context: Context) -> Read:
        symbol = missing(cell.value) if isinstance(cell.value, str) else ""
        return lacking(symbol, "no-level", LEVELS.expected) if symbol else LEVELS.read(cell, row, context)

    def _share(self, cell: Cell, read: Read, word: str, context: Context) -> Read:
        expected = f"{self.expected} in {word}"
        if word != "percent":
            return refused("unit-differs", expected, "The cell is a percentage, the unit column says otherwise.")
        if read.unit not in ("", "%"):
            return refused("unit-differs", expected, "The cell states a unit of its own: type the number alone.")
        if not context.formats and not isinstance(cell.value, str):
            remedy = "In this kind of file 7% can't be told from 0.07: save it as an .xlsx workbook."
            return refused("unclear-percentage", expected, remedy)
        if read.unit == "%":
            return Read(read.value)
        share = read.value / 100
        if read.value and -1 <= read.value <= 1 and "%" not in cell.format:
            remedy = "Format the cell as a percentage, or type the % sign."
            return doubted(share, "doubtful-percentage", expected, remedy, f"{_decimal(read.value)} per cent")
        return Read(share)

    def _in_own_unit(self, read: Read, word: str) -> Read:
        """An amount of money with a £ or a scale of its own."""
        if word not in _PENCE or (read.unit == "£" and _SCALE[word]):
            remedy = "The cell states a unit of its own: type the number alone."
            return refused("unit-differs", f"{self.expected} in {word}", remedy)
        if read.unit == "£":
            return Read(round_half_away(read.value * 100))
        return in_own_scale(read, self.expected, _SCALE[word])


def _decimal(value: Fraction) -> str:
    """A number as a decimal, such as 0.0007."""
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")
