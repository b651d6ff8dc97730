"""Working days in England and the deadlines of a meeting."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Container, Iterator
from dataclasses import dataclass

ONE_DAY = dt.timedelta(days=1)
CLEAR_DAYS = 5  # between a paper's publication and the meeting: Local Government Act 1972, section 100B


@dataclass(frozen=True)
class Deadlines:
    """The last days on which a paper for a meeting may be handed in and published."""

    meeting: dt.date
    report: dt.date
    publication: dt.date


def deadlines(meeting: dt.date, working_days: int) -> Deadlines:
    """The deadlines of a meeting whose papers are handed in a number of working days before it.

    A paper is published five clear days before: the day of publication, that of the meeting, weekends and bank holidays
    don't count.
    """
    return Deadlines(meeting, working_day_before(meeting, working_days), working_day_before(meeting, CLEAR_DAYS + 1))


def working_day_before(day: dt.date, count: int) -> dt.date:
    """The working day that is `count` working days before a day; 0 is the day itself, or the last one before it."""
    if count == 0:
        return day if is_working_day(day) else working_day_before(day, 1)
    for number, earlier in enumerate(_working_days_back(day), 1):
        if number == count:
            return earlier
    raise AssertionError("days never end")


def working_days_between(first: dt.date, last: dt.date) -> int:
    """How many working days lie after the first day up to and with the last; negative where the last is earlier."""
    if last < first:
        return -working_days_between(last, first)
    days = ((first + ONE_DAY * number) for number in range(1, (last - first).days + 1))
    return sum(map(is_working_day, days))


def is_working_day(day: dt.date) -> bool:
    """Whether a day is neither at a weekend nor a bank holiday in England."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def _working_days_back(day: dt.date) -> Iterator[dt.date]:
    while True:
        day -= ONE_DAY
        if is_working_day(day):
            yield day


@functools.cache
def _bank_holidays(year: int) -> Container[dt.date]:
    """The bank holidays of a year in England, those held on another day among them."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
