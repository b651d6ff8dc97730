"""Kinds of columns that hold numbers of one unit: counts and money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from reportgen.cells.formats import is_percentage, places_shown, thousands
from reportgen.cells.kinds.base import Context, Exact, Row
from reportgen.cells.numbers import LARGEST, SCALES, read_number, round_half_away, too_large
from reportgen.cells.reading import Cell, Read, doubted, refused
from reportgen.cells.words import plain
from reportgen.model import Unit

FORMAT_REMEDY = (
    "The cell's number format shows thousands or millions where the column says otherwise: "
    "write the unit that is shown into the heading, or show the amount in full."
)


@dataclass(frozen=True)
class Count(Exact):
    """A whole number of children or things, zero or more."""

    expected: str = "a whole number"
    unit: Unit = Unit.COUNT
    adds_up: ClassVar[bool] = True
    needs: ClassVar[tuple[str, ...]] = ()

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The count as an int."""
        read = read_number(cell, self.expected)
        if read.value is None:
            return read
        if read.unit or read.value.denominator != 1 or read.value < 0:
            return refused("not-a-count", self.expected, "A count is a whole number, zero or more.")
        return Read(int(read.value))


@dataclass(frozen=True)
class Money:
    """An amount of money in the column's scale, read as integer pence."""

    expected: str = "an amount of money"
    unit: Unit = Unit.MONEY
    adds_up: ClassVar[bool] = True
    needs: ClassVar[tuple[str, ...]] = ()

    def last_place(self, cell: Cell, context: Context) -> Fraction:
        """The pence that one in the last place that the cell shows is worth."""
        scale = read_number(cell, "").unit if cell.value is not None else ""
        return 100 * SCALES.get(scale or context.scale, 1) / Fraction(10) ** places_shown(cell)

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The amount in pence."""
        read = read_number(cell, self.expected)
        if read.value is None:
            return read
        if read.unit == "%":
            return refused("not-money", self.expected, "The cell holds a percentage: type the amount.")
        if read.unit in ("k", "m", "bn"):
            return in_own_scale(read, self.expected, context.scale)
        if read.unit == "£" and context.scale:
            expected = f"{self.expected} in £{context.scale}, as the column says"
            return refused("own-unit", expected, "The cell says pounds: type the amount in the column's unit.")
        if (hidden := thousands(cell.format)) and 1000**hidden != SCALES[context.scale]:
            return refused("format-in-thousands", self.expected, FORMAT_REMEDY)
        value = read.value * SCALES[context.scale]
        return too_large(self.expected) if abs(value) > LARGEST else Read(round_half_away(value * 100))


@dataclass(frozen=True)
class UnitCost(Money):
    """An amount for one week or one child, or one of alternatives: no totals row can state a sum of such."""

    adds_up: ClassVar[bool] = False


@dataclass(frozen=True)
class Measure:
    """A number of one unit that may have decimals, such as weeks; exact to the last place that its cell shows."""

    expected: str = "a number"
    unit: Unit = Unit.WEEKS
    least: int | None = 0
    adds_up: ClassVar[bool] = True
    needs: ClassVar[tuple[str, ...]] = ()

    def last_place(self, cell: Cell, context: Context) -> Fraction:
        """What one in the last place that the cell shows is worth."""
        return 1 / Fraction(10) ** places_shown(cell)

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The number, exactly."""
        read = read_number(cell, self.expected)
        if read.value is None:
            return read
        if read.unit or thousands(cell.format):
            return refused("unit-differs", self.expected, "The cell states a unit of its own: type the number alone.")
        if self.least is not None and read.value < self.least:
            return refused("out-of-range", f"{self.expected}, {self.least} or more", "Correct the number.")
        return Read(int(read.value) if read.value.denominator == 1 else read.value)


@dataclass(frozen=True)
class Share(Exact):
    """A share of a whole, written 43%, or 43 for per cent; read as a ratio, exact to the last place that is shown."""

    expected: str = "a percentage from 0 to 100"
    unit: Unit = Unit.PERCENT
    needs: ClassVar[tuple[str, ...]] = ()

    def last_place(self, cell: Cell, context: Context) -> Fraction:
        """What one in the last place of the percentage that the cell shows is worth, as a ratio."""
        places = places_shown(cell)
        is_ratio = isinstance(cell.value, (int, float)) and abs(cell.value) <= 1 and not is_percentage(cell.format)
        return (1 if is_ratio else Fraction(1, 100)) / Fraction(10) ** places

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The ratio. Without a % sign or format, up to 1 it is doubted: 0.43 may mean 43% or less than one."""
        read = read_number(cell, self.expected)
        if read.value is None:
            return read
        if read.unit not in ("", "%"):
            return refused("unit-differs", self.expected, "The cell states a unit of its own: type the number alone.")
        ratio = read.value if read.unit == "%" or abs(read.value) <= 1 else read.value / 100
        if not 0 <= ratio <= 1:
            return refused("out-of-range", self.expected, "Correct the percentage.")
        if read.unit == "%" or not 0 < abs(read.value) <= 1:
            return Read(ratio)
        said = f"{float(100 * ratio):g}%"
        remedy = "Type the % sign, or format the cell as a percentage."
        return doubted(ratio, "doubtful-percentage", self.expected, remedy, said)


@dataclass(frozen=True)
class Age(Exact):
    """The age of a looked after child in whole years; "under 1" is 0."""

    expected: str = "an age from 0 to 17"
    unit: Unit = Unit.COUNT
    last: int = 17
    needs: ClassVar[tuple[str, ...]] = ()

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The age as an int."""
        if isinstance(cell.value, str):
            word = plain(cell.value)
            match = re.fullmatch(r"(?:aged?\s+)?(under 1|[0-9]{1,2})(?:\s*(?:years?(?:\s+old)?|yrs?))?", word)
            cell = Cell(match[1].replace("under 1", "0") if match else cell.value)
        read = read_number(cell, self.expected)
        if read.value is None:
            return read
        if read.unit or read.value.denominator != 1 or not 0 <= read.value <= self.last:
            return refused("out-of-range", self.expected, "Looked after children are under 18: correct the age.")
        return Read(int(read.value))


@dataclass(frozen=True)
class Unsigned(UnitCost):
    """An amount of money printed without its sign, over and under alike: its size counts, and it can't be summed.

    A sheet that prints the sign all the same may do so: what is compared is the size.
    """

    expected: str = "an amount of money, over or under alike"


def in_own_scale(read: Read, expected: str, scale: str) -> Read:
    """The pence of an amount that states a scale of its own; doubted where that isn't the column's."""
    pence = round_half_away(read.value * 100)
    if read.unit == scale:
        return Read(pence)
    column = f"£{scale}" if scale else "pounds"
    remedy = "Type it in the column's unit to be sure."
    return doubted(pence, "own-unit", f"{expected} in {column}, as the column says", remedy, pounds(pence))


def pounds(pence: int) -> str:
    """An amount of pence in words of figures, such as -£1,200.50."""
    whole, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{whole:,}" + (f".{rest:02d}" if rest else "")
