"""Intervals and targets of a few runs that can be counted."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reportgen.projection.ages import month_ends
from reportgen.projection.outcomes import Reaching, by_financial_year, fan, reaching
from tests.projection.made import day

START = day("2023-03-31")
ENDS = month_ends(START, 4)  # April to July


def test_a_fan_is_of_values_of_runs() -> None:
    made = fan(np.arange(1, 41)[::-1, None])
    # Of 40 values the first is the fortieth part, the fourth a tenth, the 20th a half, the 36th nine tenths.
    assert [part.tolist() for part in (made.low_95, made.low_80, made.median, made.high_80, made.high_95)] == [
        [1], [4], [20], [36], [39],
    ]  # fmt: skip


FALLING = np.array([[90, 80, 70, 60]] * 5 + [[95, 95, 80, 70]] * 4 + [[99, 99, 99, 99]])


@pytest.mark.parametrize(
    ("promised", "reached", "slippage"),
    [
        ("2023-05-15", 5, 0),
        ("2023-06-30", 9, -1),
        ("2023-04-30", 0, 1),
        ("2022-12-31", 0, 5),
        ("2030-01-01", 9, -80),
    ],
)
def test_a_target_is_reached_in_the_first_month_at_or_below_it(promised: str, reached: int, slippage: int) -> None:
    made = reaching(FALLING, 100, START, ENDS, 80, day(promised))
    may, june = day("2023-05-31"), day("2023-06-30")
    assert made == Reaching(80, day(promised), may, may, june, Fraction(reached, 10), Fraction(9, 10), slippage)


def test_a_target_that_most_runs_miss() -> None:
    made = reaching(FALLING, 100, START, ENDS, 60, day("2023-07-31"))
    assert (made.median, made.latest, made.within, made.chance) == (day("2023-07-31"), None, 0.5, 0.5)
    never = reaching(FALLING, 100, START, ENDS, 10, day("2023-07-31"))
    assert (never.median, never.earliest, never.chance, never.within, never.slippage) == (None, None, 0.0, 0.0, None)


def test_a_target_above_the_present_number_is_reached_by_rising() -> None:
    made = reaching(np.array([[99, 101, 103, 99]]), 100, START, ENDS, 102, day("2023-05-31"))
    assert (made.median, made.slippage, made.chance) == (day("2023-06-30"), 1, 0.0)


def test_a_target_that_is_reached_already() -> None:
    made = reaching(np.array([[99, 101, 103, 99]]), 100, START, ENDS, 100, day("2023-05-31"))
    assert (made.median, made.chance, made.slippage) == (START, 1.0, -2)


def test_months_in_financial_years() -> None:
    ends = month_ends(day("2023-01-31"), 4)  # February to May
    years, found = by_financial_year(np.array([[1, 2, 4, 8], [10, 20, 40, 80]]), ends)
    assert years.tolist() == [2022, 2023]
    assert found.tolist() == [[3, 12], [30, 120]]
