"""How the number of children runs by month, and what the model expects of it, from exact days and birthdays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportgen.projection.ages import ADULT, BANDS, LIMITS, Calendar
from reportgen.projection.history import History
from reportgen.projection.rates import Chances, Floats, Rates
from reportgen.projection.stays import AGE, EXITS, KINDS, Days, Ints

Numbers = NDArray[np.float64] | NDArray[np.int64]
SIXTEEN = LIMITS.index(ADULT) - 1


@dataclass(frozen=True, eq=False)
class Course:
    """Children by month and kind: a course, or one of each run along a first axis.

    `stock` has the children at the start and at the end of each month; `entries` are by kind, `exits` by route; `days`
    are the days of care in each month, by kind: a child open on a day has one.
    """

    ends: Days
    stock: Numbers
    entries: Numbers
    exits: Numbers
    days: Numbers

    @property
    def children(self) -> Numbers:
        """All children at the end of each month."""
        found: Numbers = self.stock[..., 1:, :].sum(axis=-1)
        return found


@dataclass(frozen=True, eq=False)
class Start:
    """The children in care as the projection starts: row of the day of birth in its calendar, and kind."""

    calendar: Calendar
    row: Ints
    kind: Ints

    @classmethod
    def of(cls, history: History, day: np.datetime64, months: int) -> Start:
        """The children open at the end of a day."""
        calendar = Calendar.of(day, months)
        is_open = history.open_on(day)
        return cls(calendar, calendar.row(history.born[is_open]), history.kind[is_open])


@dataclass(frozen=True, eq=False)
class Entrants:
    """The ages in days at which children enter, by how many of each kind do so on a day."""

    ages: Ints
    number: Floats  # by age and kind

    @classmethod
    def of(cls, rates: Rates, chances: Chances) -> Entrants:
        """Those of each band enter at the ages at which children entered in the reference period."""
        numbers = [
            np.broadcast_to(chances.entering[band] / max(len(ages), 1), (len(ages), len(KINDS)))
            for band, ages in enumerate(rates.ages)
        ]
        return cls(np.concatenate(rates.ages), np.concatenate(numbers))


def row_of_entrant(calendar: Calendar, grown: Ints, day: Ints | int, age: Ints) -> Ints:
    """The rows of children who enter on a day at ages in days; who would be 18 by a leap day is taken to be younger."""
    row: Ints = np.maximum(calendar.born_before(age) + day, grown[SIXTEEN, day])
    return row


def expected(start: Start, rates: Rates, chances: Chances) -> Course:
    """The course that the model expects, day by day: who was born on which day keeps that day.

    On each day those whose 18th birthday it is leave; the others go their ways by the band of the day before; then
    the day's entrants come.
    """
    calendar, grown, entrants = start.calendar, start.calendar.grown(), Entrants.of(rates, chances)
    size, months, steps = len(KINDS), len(calendar.ends), _steps(chances)
    there = np.zeros((size, len(calendar.turns)))
    np.add.at(there, (start.kind, start.row), 1)
    stock, days = np.zeros((months + 1, size)), np.zeros((months, size))
    exits = np.zeros((months, len(EXITS)))
    stock[0] = there.sum(axis=1)
    month_of = calendar.month_of
    for day in range(1, calendar.last + 1):
        month = month_of[day]
        exits[month] += _one_day(there, grown, day, *steps)
        np.add.at(there.T, row_of_entrant(calendar, grown, day, entrants.ages), entrants.number)
        stock[month + 1] = there.sum(axis=1)
        days[month] += stock[month + 1]
    entries = calendar.lengths[:, None] * entrants.number.sum(axis=0)
    return Course(calendar.ends, stock, entries, exits, days)


def _one_day(there: Floats, grown: Ints, day: int, moving: Floats, out: Floats) -> Floats:
    """Those who leave on a day, by route; `there`, by kind and day of birth, is left as it is at the day's end."""
    leaving = slice(grown[SIXTEEN, day - 1], grown[SIXTEEN, day])
    gone = np.zeros(len(EXITS))
    gone[AGE] = there[:, leaving].sum()
    there[:, leaving] = 0
    for band in range(len(BANDS)):
        oldest = grown[band, day] if band == SIXTEEN else grown[band, day - 1]
        own = there[:, oldest : grown[band - 1, day - 1] if band else there.shape[1]]
        gone += own.sum(axis=1) @ out[band]
        own[:] = moving[band].T @ own
    return gone


def _steps(chances: Chances) -> tuple[Floats, Floats]:
    """By band, where those of each kind are after a day: the matrix of kinds to kinds, and that of kinds to routes."""
    moves, out = np.split(chances.leaving, [len(KINDS)], axis=-1)
    remain = 1 - chances.leaving.sum(axis=-1)
    return moves + remain[..., None] * np.eye(len(KINDS)), out
