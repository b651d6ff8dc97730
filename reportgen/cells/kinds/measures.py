"""Kinds of columns that hold numbers of other units: weeks, shares, ages."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from reportgen.cells.formats import is_percentage, places_shown, thousands
from reportgen.cells.kinds.base import Context, Exact, Row
from reportgen.cells.numbers import read_number
from reportgen.cells.reading import Cell, Read, doubted, refused
from reportgen.cells.words import plain
from reportgen.model import Unit


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
class Weeks(Measure):
    """Weeks in placement, which are whole days divided by 7: weeks shown to one place tell how many days they were.

    The number is then exact, so that averages come out as from the days themselves.
    """

    expected: str = "a number of weeks"

    def last_place(self, cell: Cell, context: Context) -> Fraction:
        """Nothing is rounded where the days are known; else what one in the last place shown is worth."""
        shown = super().last_place(cell, context)
        read = read_number(cell, self.expected)
        return Fraction(0) if read.value is None or len(_days(read.value, shown)) == 1 else shown

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The weeks as a fraction of days; as they stand where several days would show the same, doubted where none."""
        read = super().read(cell, row, context)
        if read.value is None:
            return read
        days = _days(Fraction(read.value), super().last_place(cell, context))
        if len(days) == 1:
            weeks = Fraction(days[0], 7)
            return Read(int(weeks) if weeks.denominator == 1 else weeks)
        if days:
            return read
        remedy = "No whole number of days gives it: type the days divided by 7."
        return doubted(read.value, "weeks-not-days", f"{self.expected}, days divided by 7", remedy, str(cell.value))


def _days(weeks: Fraction, shown: Fraction) -> range:
    """The whole numbers of days that show as a number of weeks, `shown` being one in the last place."""
    if (7 * weeks).denominator == 1:
        return range(int(7 * weeks), int(7 * weeks) + 1)
    return range(math.ceil(7 * (weeks - shown / 2)), math.floor(7 * (weeks + shown / 2)) + 1)


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
