"""What the courses come to: the middle and the intervals, and when a target is reached."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reportgen.projection.course import Numbers
from reportgen.projection.stays import Days, Ints

LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)


@dataclass(frozen=True, eq=False)
class Fan:
    """The middle of the runs, and between which values four in five and nineteen in twenty of them lie."""

    low_95: Numbers
    low_80: Numbers
    median: Numbers
    high_80: Numbers
    high_95: Numbers


def fan(runs: Numbers) -> Fan:
    """The fan of values by run along the first axis. Each is the value of a run, so that children stay whole."""
    return Fan(*np.quantile(runs, LEVELS, axis=0, method="inverted_cdf"))


@dataclass(frozen=True)
class Reaching:
    """When a number of children is reached: in which month, as its last day; None is beyond the months projected.

    `earliest` and `latest` enclose four in five runs. `chance` is that of its being reached by the month promised,
    `within` that of its being reached at all in the months projected; `slippage` is the median's months beyond the
    promise.
    """

    target: int
    promised: np.datetime64
    median: np.datetime64 | None
    earliest: np.datetime64 | None
    latest: np.datetime64 | None
    chance: Fraction
    within: Fraction
    slippage: int | None


def reaching(
    children: Numbers, now: int, start: np.datetime64, ends: Days, target: int, promised: np.datetime64
) -> Reaching:
    """When courses of `children`, by run and month, first come to a target from the number there is now."""
    met = children <= target if now > target else children >= target
    months = len(ends)
    first = np.where(met.any(axis=1), met.argmax(axis=1), months)
    if now == target:
        first = np.full(len(children), -1)
    early, middle, late = (int(n) for n in np.quantile(first, (0.1, 0.5, 0.9), method="inverted_cdf"))

    def day(month: int) -> np.datetime64 | None:
        return None if month >= months else start if month < 0 else ends[month]

    due = _months(promised) - _months(ends[0])
    slippage = None if middle >= months else middle - due
    chance, within = (
        Fraction(int(np.sum(reached)), len(first)) for reached in (first <= min(due, months - 1), first < months)
    )
    return Reaching(target, promised, day(middle), day(early), day(late), chance, within, slippage)


def _months(day: np.datetime64) -> int:
    return int(day.astype("datetime64[M]").astype(np.int64))


def by_financial_year(values: Numbers, ends: Days) -> tuple[Ints, Numbers]:
    """The years in which the months' financial years begin, and the sums of values by month, along the second axis."""
    months = ends.astype("datetime64[M]").astype(np.int64)
    year = 1970 + (months - 3) // 12
    years, at = np.unique(year, return_inverse=True)
    found = np.zeros((values.shape[0], len(years), *values.shape[2:]), dtype=values.dtype)
    for month, position in enumerate(at):
        found[:, position] += values[:, month]
    return years, found
