"""How a series ran: what is said of its first, last, highest and lowest value."""

from __future__ import annotations

import pytest

from reportgen.exhibits.course import Point, course


def points(*numbers: float) -> list[Point]:
    return [Point(number, f"{number:g}", f"Year {at}") for at, number in enumerate(numbers, 1)]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((5, 9, 8), "A rose from 5 in Year 1 to 8 in Year 3; highest 9 in Year 2, lowest 5 in Year 1."),
        ((5, 3), "A fell from 5 in Year 1 to 3 in Year 2; highest 5 in Year 1, lowest 3 in Year 2."),
        ((5, 3, 5), "A was 5 in Year 1 and again in Year 3; highest 5 in Year 1, lowest 3 in Year 2."),
        ((5, 5, 5), "A was 5 throughout, from Year 1 to Year 3."),
        ((5,), "A: 5 in Year 1."),
        ((), "A: no values."),
    ],
)
def test_a_series_in_a_sentence(numbers: tuple[float, ...], said: str) -> None:
    assert course("A", points(*numbers), ()) == said


def test_a_series_below_zero_grows_away_from_it() -> None:
    assert course("A", points(0, -9, -4), (), downwards=True) == (
        "A grew from 0 in Year 1 to -4 in Year 3; largest -9 in Year 2, smallest 0 in Year 1."
    )
    assert course("A", points(-4, -1), (), downwards=True).startswith("A shrank from -4 in Year 1 to -1 in Year 2; ")


def test_gaps_are_named() -> None:
    assert course("A", points(5), ("Year 2", "Year 3")) == "A: 5 in Year 1; no value for Year 2 and Year 3."
