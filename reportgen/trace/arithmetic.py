"""Arithmetic of figures: differences, sums, products, ratios, each with the figures that it was made from."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from reportgen.cells.numbers import magnitude, round_half_away
from reportgen.model import Number, Unit
from reportgen.table import SYMBOLS, passed_on
from reportgen.trace.figure import Figure, called, simplest

PER = 10_000  # children that a rate is of


def difference(a: Figure, b: Figure) -> Figure:
    """a − b, in their unit. Raises ValueError where the units differ, TypeError where they are no numbers."""
    _same_unit(a, b)
    how = f"{called(a)} minus {called(b)}"
    if lacking := _lacking(a, b):
        return Figure(None, a.unit, how, lacking, parts=(a, b))
    (low, high), (least, most) = a.interval, b.interval
    return _made(a.number - b.number, a.unit, how, (a, b), (low - most, high - least), "difference")


def change(now: Figure, before: Figure) -> Figure:
    """now − before; of percentages in percentage points. Raises as `difference` does."""
    made = difference(now, before)
    return replace(made, unit=Unit.POINTS) if made.unit is Unit.PERCENT else made


def add(*figures: Figure) -> Figure:
    """The sum of figures of one unit, which treats missing ones as `total` does.

    Raises ValueError where the units differ, TypeError where they are no numbers.
    """
    _same_unit(*figures)
    unit, how = figures[0].unit, " plus ".join(map(called, figures))
    known = [figure for figure in figures if figure.value is not None]
    gravest = passed_on(max((f.symbol for f in figures if f.value is None), key=SYMBOLS.index, default=""))
    if gravest in ("x", "c") or not known:
        return Figure(None, unit, how, gravest, parts=figures)
    low, high = (sum(side) for side in zip(*(figure.interval for figure in known), strict=True))
    return _made(sum(figure.number for figure in known), unit, how, figures, (low, high), "sum")


def product(a: Figure, b: Figure, unit: Unit) -> Figure:
    """a × b in full precision, in a unit that the caller knows, such as an amount a week times weeks.

    Raises TypeError where they are no numbers.
    """
    how = f"{called(a)} times {called(b)}"
    if lacking := _lacking(a, b):
        return Figure(None, unit, how, lacking, parts=(a, b))
    ends = [x * y for x in a.interval for y in b.interval]
    return _made(simplest(Fraction(a.number * b.number)), unit, how, (a, b), (min(ends), max(ends)), "product")


def ratio(a: Figure, b: Figure, unit: Unit = Unit.PERCENT) -> Figure:
    """a ÷ b in full precision, × 10,000 as a rate; not applicable where b is zero.

    Raises ValueError where it is to be a percentage or rate of another unit, TypeError where they are no numbers.
    """
    if unit in (Unit.PERCENT, Unit.PER_10000):
        _same_unit(a, b)
    times = PER if unit is Unit.PER_10000 else 1
    how = f"{called(a)} divided by {called(b)}" + (f", times {PER:,}" if times > 1 else "")
    if lacking := _lacking(a, b):
        return Figure(None, unit, how, lacking, parts=(a, b))
    if not b.number:
        a.number  # noqa: B018 - raises TypeError where it is none
        return Figure(None, unit, how, "z", parts=(a, b))
    low, high = b.interval
    ends = [Fraction(x) * times / y for x in a.interval for y in (low, high)] if low > 0 or high < 0 else []
    bounds = (min(ends), max(ends)) if ends else None
    return _made(Fraction(a.number) * times / b.number, unit, how, (a, b), bounds, "ratio")


def size(figure: Figure) -> Figure:
    """The figure without its sign. Raises TypeError where it is no number."""
    how = f"{called(figure)} without its sign"
    if figure.value is None:
        return replace(figure, how=how, selections=(), parts=(figure,), chosen_by=(), name="")
    low, high = figure.interval
    least = 0 if low <= 0 <= high else min(magnitude(low), magnitude(high))
    most = max(magnitude(low), magnitude(high))
    return _made(magnitude(figure.number), figure.unit, how, (figure,), (least, most), "size")


def slice_of(amount: Figure, part: Figure, whole: Figure) -> Figure:
    """amount × part ÷ whole in whole pence, halves away from zero; not applicable where the whole is zero.

    A slice is rounded so that what remains, which is a difference, foots with it to the penny. Raises ValueError where
    the amount is no money or part and whole differ in their unit, TypeError where one of the three is no number.
    """
    if amount.unit is not Unit.MONEY:
        raise ValueError(f"{called(amount)} is in {amount.unit}: only money is sliced to the penny")
    share = ratio(part, whole)
    how = f"{called(amount)} times {called(part)} divided by {called(whole)}, to the penny"
    parts = (amount, part, whole)
    if lacking := _lacking(amount, share):
        return Figure(None, amount.unit, how, lacking, parts=parts)
    ends = [Fraction(x) * y for x in amount.interval for y in share.interval]
    return _made(
        round_half_away(amount.number * Fraction(share.number)), amount.unit, how, parts, (min(ends), max(ends))
    )


def first_below_zero(figures: Sequence[Figure], words: Sequence[str], none: str, how: str) -> Figure:
    """The word that stands for the first of some numbers below zero, or `none`.

    Not available where a number that may come before it is lacking. Raises TypeError where one is no number.
    """
    for at, (figure, word) in enumerate(zip(figures, words, strict=True), 1):
        if figure.value is None:
            return Figure(None, Unit.TEXT, how, "x", parts=tuple(figures[:at]))
        if figure.number < 0:
            return Figure(word, Unit.TEXT, how, parts=tuple(figures[:at]))
    return Figure(none, Unit.TEXT, how, parts=tuple(figures))


def months_between(later: Figure, earlier: Figure) -> Figure:
    """How many months the one date's month is after the other's. Raises TypeError where they are no dates."""
    how = f"months from {called(earlier)} to {called(later)}"
    if lacking := _lacking(later, earlier):
        return Figure(None, Unit.COUNT, how, lacking, parts=(later, earlier))
    if not isinstance(later.value, dt.date) or not isinstance(earlier.value, dt.date):
        raise TypeError(f"{how}: they are no dates")
    months = (later.value.year - earlier.value.year) * 12 + later.value.month - earlier.value.month
    return Figure(months, Unit.COUNT, how, parts=(later, earlier))


def whole(share: Figure, number: Figure) -> Figure:
    """The whole number that a rounded share of a number stands for; not available where none comes to it, or several.

    Raises ValueError where the share is no percentage, TypeError where the other is no whole number.
    """
    if share.unit is not Unit.PERCENT:
        raise ValueError(f"{called(share)} is in {share.unit}, not in percent")
    how = f"the whole number that {called(share)} of {called(number)} stands for"
    if lacking := _lacking(share, number):
        return Figure(None, number.unit, how, lacking, parts=(share, number))
    if not isinstance(number.value, int):
        raise TypeError(f"{called(number)} is no whole number")
    found = wholes(share, number)
    if len(found) == 1:
        return Figure(found[0], number.unit, how, parts=(share, number))
    said = f"{len(found)} would do" if found else "none comes to it"
    return Figure(None, number.unit, f"{how}: {said}", "x", parts=(share, number))


def wholes(share: Figure, number: Figure) -> range:
    """The whole numbers that a share of a number may stand for: those that are rounded to it, halves up."""
    low, high = (Fraction(end) * number.number for end in share.interval)
    return range(math.ceil(low), math.ceil(high) if share.bounds else math.floor(high) + 1)


def _made(
    value: Number,
    unit: Unit,
    how: str,
    parts: tuple[Figure, ...],
    bounds: tuple[Number, Number] | None,
    operation: str = "",
) -> Figure:
    exact = bounds is None or bounds[0] == bounds[1]
    return Figure(value, unit, how, parts=parts, bounds=None if exact else bounds, operation=operation)


def _lacking(*parts: Figure) -> str:
    """The symbol of a figure that needs all of its parts; empty where they have values. A blank is not available."""
    return passed_on(max((p.symbol or "x" for p in parts if p.value is None), key=SYMBOLS.index, default=""))


def _same_unit(*figures: Figure) -> None:
    if len({f.unit for f in figures}) > 1:
        raise ValueError(f"the units differ: {', '.join(f'{called(f)} in {f.unit}' for f in figures)}")
