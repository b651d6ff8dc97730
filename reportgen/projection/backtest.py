"""The test of the projection against what happened: fitted up to past quarters, beside two simpler ways."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reportgen.projection.ages import month_ends, months_before
from reportgen.projection.course import expected
from reportgen.projection.history import joined
from reportgen.projection.outcomes import fan
from reportgen.projection.project import Plan, fitted
from reportgen.projection.rates import Floats
from reportgen.projection.simulate import simulated
from reportgen.projection.stays import Days, Flags, Stays

HORIZONS = (3, 6, 12)  # months
TREND = 12  # months that the trend is taken from
RUNS = 1_000  # of each past quarter


@dataclass(frozen=True, eq=False)
class BackTest:
    """By past quarter and horizon: what happened, what each way said, and whether the intervals held it.

    What hadn't been observed yet is not a number.
    """

    starts: Days
    happened: Floats
    projection: Floats
    last_value: Floats
    trend: Floats
    within_80: Flags
    within_95: Flags

    @property
    def tested(self) -> Flags:
        """Where there is an outcome."""
        return ~np.isnan(self.happened)

    def error(self, said: Floats) -> Floats:
        """The mean absolute error of a way's values, by horizon, in children."""
        off = np.where(self.tested, np.abs(said - self.happened), 0)
        return _mean(off, self.tested)

    def share(self, within: Flags) -> Floats:
        """The share of outcomes that an interval held, by horizon."""
        return _mean((within & self.tested).astype(float), self.tested)

    @property
    def beats(self) -> Flags:
        """By horizon, whether the projection's error is below that of both other ways."""
        own = self.error(self.projection)
        return (own < self.error(self.last_value)) & (own < self.error(self.trend))


def _mean(values: Floats, of: Flags) -> Floats:
    number = of.sum(axis=0)
    mean: Floats = np.divide(values.sum(axis=0), number, where=number > 0, out=np.full(number.shape, np.nan))
    return mean


def back_test(stays: Stays, plan: Plan, runs: int = RUNS) -> BackTest:
    """The test of a plan's projection from each past quarter's end that has its reference period and an outcome."""
    history = joined(stays)
    starts = _quarters(stays, max(plan.reference_months, TREND))
    shape = len(starts), len(HORIZONS)
    numbers = {name: np.full(shape, np.nan) for name in ("happened", "projection", "last_value", "trend")}
    within = {name: np.zeros(shape, dtype=bool) for name in ("within_80", "within_95")}
    months = [horizon - 1 for horizon in HORIZONS]
    for at, day in enumerate(starts):
        start, rates = fitted(stays.up_to(day), replace(plan, months=max(HORIZONS)))
        ends = start.calendar.ends[months]
        seen = ends <= stays.until
        happened = np.where(seen, history.stock(ends).sum(axis=-1), np.nan)
        mean = expected(start, rates, rates.mean()).children
        bands = fan(simulated(start, rates, runs, plan.seed).children)
        now, before = history.stock(np.array([day, months_before(day, TREND)])).sum(axis=-1)
        numbers["happened"][at], numbers["projection"][at] = happened, mean[months]
        numbers["last_value"][at] = now
        numbers["trend"][at] = now + (now - before) / TREND * np.array(HORIZONS)
        within["within_80"][at] = (bands.low_80[months] <= happened) & (happened <= bands.high_80[months])
        within["within_95"][at] = (bands.low_95[months] <= happened) & (happened <= bands.high_95[months])
    return BackTest(starts, **numbers, **within)


def _quarters(stays: Stays, before: int) -> Days:
    """The ends of quarters with so many months observed before them and the shortest horizon after them."""
    count = int((stays.until.astype("datetime64[M]") - stays.since.astype("datetime64[M]")).astype(int)) + 1
    ends = month_ends(stays.since - np.timedelta64(1, "D"), max(count, 1))
    quarterly = ends[(ends.astype("datetime64[M]").astype(int) % 3) == 2]
    enough = [
        months_before(day, before) >= stays.since and month_ends(day, min(HORIZONS))[-1] <= stays.until
        for day in quarterly
    ]
    starts: Days = quarterly[np.array(enough, dtype=bool)]
    return starts
