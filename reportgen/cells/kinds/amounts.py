"""Kinds of columns that hold numbers of one unit: counts and money."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from reportgen.cells.formats import places_shown, thousands
from reportgen.cells.kinds.base import Context, Exact, Row
from reportgen.cells.numbers import LARGEST, SCALES, read_number, round_half_away, too_large
from reportgen.cells.reading import Cell, Read, doubted, refused
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
