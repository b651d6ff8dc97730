"""Rates per 10,000 and unweighted means of figures, and numbers that their source rounded."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reportgen.model import Number, Unit
from reportgen.trace.arithmetic import ratio
from reportgen.trace.figure import Figure, called

PER = 10_000  # children that rates are of


def rate(children: Figure, population: Figure) -> Figure:
    """Children per 10,000 of a population in full precision; not applicable where the population is zero.

    Raises ValueError where the units differ, TypeError where they are no numbers.
    """
    share = ratio(children, population)
    how = f"{called(children)} divided by {called(population)}, times 10,000"
    ends = (share.bounds[0] * PER, share.bounds[1] * PER) if share.bounds else None
    value = share.number * PER if share.value is not None else None
    return replace(share, value=value, unit=Unit.PER_10000, how=how, bounds=ends)


def mean(*figures: Figure) -> Figure:
    """The unweighted mean of those of some figures that have a value; not available where none has.

    Raises ValueError where the units differ or there are no figures, TypeError where they are no numbers.
    """
    units = {figure.unit for figure in figures}
    if len(units) != 1:
        raise ValueError(f"a mean is of figures of one unit, not of {len(units)}")
    known = [figure for figure in figures if figure.value is not None]
    how = f"unweighted mean of {len(known)} of {len(figures)}"
    if not known:
        return Figure(None, units.pop(), how, "x", parts=figures)
    value = Fraction(sum(figure.number for figure in known), len(known))
    low, high = (Fraction(sum(ends), len(known)) for ends in zip(*(f.interval for f in known), strict=True))
    return Figure(value, units.pop(), how, parts=figures, bounds=(low, high) if low < high else None, operation="mean")


def number_with_value(*figures: Figure) -> Figure:
    """How many of some figures have a value."""
    known = sum(figure.value is not None for figure in figures)
    return Figure(known, Unit.COUNT, f"how many of {len(figures)} have a value", parts=figures)


def rounded_to(figure: Figure, unit: Number) -> Figure:
    """The figure as one that its source rounded to whole units, such as tens; one without a value as it is."""
    if figure.value is None:
        return figure
    half = Fraction(unit) / 2
    return replace(figure, bounds=(figure.number - half, figure.number + half))
