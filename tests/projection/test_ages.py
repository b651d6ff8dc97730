"""Birthdays, bands and months, by the calendar on the wall."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.projection.ages import Calendar, band_at, birthday, month_ends, months_before
from tests.projection.made import day


def days(*texts: str) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array(texts, dtype="datetime64[D]")


@pytest.mark.parametrize(
    ("born", "years", "reached"),
    [
        ("2005-06-15", 18, "2023-06-15"),
        ("2004-02-29", 18, "2022-03-01"),  # no 29 February in 2022
        ("2004-02-29", 16, "2020-02-29"),
        ("2019-12-31", 1, "2020-12-31"),
    ],
)
def test_birthdays(born: str, years: int, reached: str) -> None:
    assert birthday(days(born), years).tolist() == [day(reached).item()]


@pytest.mark.parametrize(
    ("on", "band"),
    [
        ("2004-03-10", 0), ("2005-03-09", 0), ("2005-03-10", 1), ("2009-03-09", 1), ("2009-03-10", 2),
        ("2014-03-10", 3), ("2020-03-09", 3), ("2020-03-10", 4), ("2022-03-09", 4), ("2022-03-10", 5),
    ],
)  # fmt: skip
def test_the_band_changes_on_the_birthday(on: str, band: int) -> None:
    assert band_at(days("2004-03-10"), day(on)).tolist() == [band]


@pytest.mark.parametrize(
    ("after", "first", "second"),
    [("2023-01-31", "2023-02-28", "2023-03-31"), ("2023-01-30", "2023-01-31", "2023-02-28")],
)
def test_the_months_that_follow_a_day(after: str, first: str, second: str) -> None:
    assert month_ends(day(after), 2).tolist() == days(first, second).tolist()


def test_months_before_a_month_end_end_months() -> None:
    assert months_before(day("2023-03-31"), 1) == day("2023-02-28")
    assert months_before(day("2023-03-31"), 24) == day("2021-03-31")
    assert months_before(day("2023-03-15"), 1) == day("2023-01-31")


@pytest.mark.parametrize(("start", "born"), [("2023-01-31", "2005-02-01"), ("2020-02-29", "2002-03-01")])
def test_a_calendar_begins_with_those_who_come_of_age_on_its_first_day(start: str, born: str) -> None:
    calendar = Calendar.of(day(start), 1)
    (row,) = calendar.row(days(born))
    assert row >= 0
    assert calendar.turns[row, 4] == 1


def test_a_calendar_knows_its_days_and_who_comes_of_age() -> None:
    calendar = Calendar.of(day("2023-01-31"), 2)
    assert (calendar.last, calendar.lengths.tolist()) == (59, [28, 31])
    assert calendar.month_of[[0, 1, 28, 29, 59]].tolist() == [-1, 0, 0, 1, 1]
    row = calendar.row(days("2005-02-10", "2022-03-31", "2023-03-31"))
    # 10 February is the tenth day; the last is born on the last day of all.
    assert calendar.turns[row[0], 4] == 10
    assert calendar.turns[row[1], 0] == 59
    assert row[2] == len(calendar.turns) - 1
    grown = calendar.grown()
    assert grown[4, 9] == row[0] and grown[4, 10] == row[0] + 1
    assert calendar.born_before(np.array([0, 31])).tolist() == [calendar.row(days("2023-01-31"))[0],
                                                                calendar.row(days("2022-12-31"))[0]]  # fmt: skip
