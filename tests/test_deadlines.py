"""Working days in England, and what they make of a meeting's deadlines."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.deadlines import Deadlines, deadlines, is_working_day, working_day_before, working_days_between


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2016-07-12", True),
        ("2016-07-09", False),  # a Saturday
        ("2016-07-10", False),  # a Sunday
        ("2016-12-26", False),
        ("2016-12-27", False),  # Christmas Day fell on a Sunday
        ("2016-12-28", True),
        ("2020-05-04", True),  # the early May holiday was held on the 8th that year
        ("2020-05-08", False),
        ("2022-06-02", False),
        ("2022-06-03", False),  # the Platinum Jubilee
        ("2022-09-19", False),  # the State Funeral
        ("2016-11-30", True),  # St Andrew's Day is Scotland's
    ],
)
def test_working_days_are_those_of_england(text: str, works: bool) -> None:
    assert is_working_day(day(text)) is works


def test_five_clear_days_count_neither_the_day_of_publication_nor_the_meeting() -> None:
    # Tuesday 12 July: Monday 11, Friday 8, Thursday 7, Wednesday 6 and Tuesday 5 lie clear between.
    assert deadlines(day("2016-07-12"), 8) == Deadlines(day("2016-07-12"), day("2016-06-30"), day("2016-07-04"))


def test_bank_holidays_move_the_deadlines_back() -> None:
    # Wednesday 8 April 2026: Easter Monday and Good Friday don't count.
    assert deadlines(day("2026-04-08"), 6).publication == day("2026-03-27")
    # Monday 4 January 2027: New Year's Day is a Friday, Boxing Day is held on Monday 28 December.
    assert deadlines(day("2027-01-04"), 4).report == day("2026-12-24")


def test_a_meeting_on_a_day_off_has_its_deadlines_before() -> None:
    assert working_day_before(day("2016-07-10"), 0) == day("2016-07-08")
    assert working_day_before(day("2016-07-10"), 1) == day("2016-07-08")
    assert working_day_before(day("2016-07-11"), 0) == day("2016-07-11")


@given(st.dates(day("2015-01-01"), day("2035-12-31")), st.integers(1, 40))
def test_counting_back_and_counting_between_agree(meeting: dt.date, count: int) -> None:
    before = working_day_before(meeting, count)
    assert is_working_day(before)
    # The meeting's own day counts as well where it is a working day.
    assert working_days_between(before, meeting) == count - (not is_working_day(meeting))
    assert working_days_between(meeting, before) == -working_days_between(before, meeting)
