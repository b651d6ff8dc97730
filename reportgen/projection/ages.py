"""Ages by birthdays: the bands that rates are estimated in, and the days on which children come to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.projection.stays import Days, Ints

LIMITS = (0, 1, 5, 10, 16, 18)  # years: a band runs from one birthday to the day before the next
BANDS = ("under 1", "1 to 4", "5 to 9", "10 to 15", "16 and 17")
ADULT = 18


def birthday(born: Days, years: int) -> Days:
    """The day on which each child reaches an age; who was born on 29 February does so on 1 March of other years."""
    month = born.astype("datetime64[M]")
    reached: Days = (month + 12 * years).astype("datetime64[D]") + (born - month.astype("datetime64[D]"))
    return reached


def band_at(born: Days, day: Days | np.datetime64) -> Ints:
    """The band of each child on a day, as a position in BANDS; from 18 on one more than the last."""
    reached = [birthday(born, years) <= day for years in LIMITS[1:]]
    band: Ints = np.sum(reached, axis=0, dtype=np.int64)
    return band


def month_ends(after: np.datetime64, months: int) -> Days:
    """The last days of the months that follow a day; where it is within a month, that month's is the first."""
    first = (after + np.timedelta64(1, "D")).astype("datetime64[M]")
    ends: Days = (first + np.arange(1, months + 1)).astype("datetime64[D]") - np.timedelta64(1, "D")
    return ends


def months_before(day: np.datetime64, months: int) -> np.datetime64:
    """The last day of the month that lies some months before a day's month; of a month's last day, that many before."""
    ahead = (day + np.timedelta64(1, "D")).astype("datetime64[M]")
    before: np.datetime64 = (ahead - months).astype("datetime64[D]") - np.timedelta64(1, "D")
    return before


@dataclass(frozen=True, eq=False)
class Calendar:
    """The days of a projection, from day 0, its start, on, and when those born on each day come to the next band.

    `turns` holds a row a day of birth, the oldest first, with the day of the 1st, 5th, 10th, 16th and 18th birthday.
    """

    start: np.datetime64
    ends: Days  # of its months
    first_born: np.datetime64
    turns: Ints

    @classmethod
    def of(cls, start: np.datetime64, months: int) -> Calendar:
        """The calendar of so many months after a day."""
        ends = month_ends(start, months)
        first = birthday(np.array([start]), -ADULT)[0] - np.timedelta64(1, "D")
        born = np.arange(first, ends[-1] + np.timedelta64(1, "D"))
        turns = [(birthday(born, years) - start).astype(np.int64) for years in LIMITS[1:]]
        return cls(start, ends, first, np.stack(turns, axis=1))

    @property
    def last(self) -> int:
        """The number of days."""
        return int((self.ends[-1] - self.start).astype(np.int64))

    @property
    def lengths(self) -> Ints:
        """The days of each month."""
        days: Ints = (self.ends - self.start).astype(np.int64)
        return np.diff(days, prepend=np.int64(0))

    @property
    def month_of(self) -> Ints:
        """The month of each day from 1 on, as a position; that of day 0 is −1."""
        return np.concatenate([np.array([-1]), np.repeat(np.arange(len(self.ends)), self.lengths)])

    def row(self, born: Days) -> Ints:
        """The rows of days of birth."""
        found: Ints = (born - self.first_born).astype(np.int64)
        return found

    def born_before(self, age: Ints) -> Ints:
        """The rows of those who are some days old on day 0."""
        return int((self.start - self.first_born).astype(np.int64)) - age

    def grown(self) -> Ints:
        """How many rows have come to each age of `turns` by the end of each day from 0 on: a row an age."""
        days = np.arange(self.last + 1)
        return np.stack([np.searchsorted(turn, days, side="right") for turn in self.turns.T])
