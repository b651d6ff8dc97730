"""Weeks, shares, ages and other measures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.cells.kinds import Age, Context, Measure, Share, Weeks
from reportgen.cells.reading import Cell, Read
from reportgen.model import Scalar, Severity


def weeks(value: Scalar, number_format: str = "0.0") -> Read:
    return Weeks().read(Cell(value, number_format), {}, Context())


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (20.4, "0.0", Fraction(143, 7)),
        (0.1, "0.0", Fraction(1, 7)),
        (52.1, "0.0", Fraction(365, 7)),
        (20.428571428571427, "0.0", Fraction(143, 7)),
        ("20.4", "", Fraction(143, 7)),
        (2, "", 2),
        (465.0, "0.0", 465),
        (0, "0.0", 0),
    ],
)
def test_weeks_shown_to_one_place_tell_their_days(value: Scalar, number_format: str, expected: Fraction) -> None:
    assert weeks(value, number_format) == Read(expected)
    assert Weeks().last_place(Cell(value, number_format), Context()) == 0


@given(st.integers(0, 40_000))
def test_any_number_of_days_is_found_again(days: int) -> None:
    shown = round(Fraction(days, 7) * 10)
    assert weeks(shown / 10) == Read(
        int(Fraction(days, 7)) if days % 7 == 0 else Fraction(days, 7)
    )


def test_weeks_that_no_days_give_are_doubted() -> None:
    assert weeks(20.5) == Read(
        Fraction(41, 2), "", "weeks-not-days", "a number of weeks, days divided by 7",
        "No whole number of days gives it: type the days divided by 7.", Severity.WARNING, reading="20.5",
    )  # fmt: skip


def test_weeks_without_places_stand_for_themselves() -> None:
    assert weeks(20.4, "0") == Read(Fraction(102, 5))
    assert Weeks().last_place(Cell(20.4, "0"), Context()) == 1


@pytest.mark.parametrize(("value", "code"), [(-1, "out-of-range"), ("£12", "unit-differs"), ("many", "text-in-number")])
def test_what_is_no_measure(value: Scalar, code: str) -> None:
    assert Measure().read(Cell(value), {}, Context()).code == code


def share(value: Scalar, number_format: str = "") -> Read:
    return Share().read(Cell(value, number_format), {}, Context())


@pytest.mark.parametrize(
    ("value", "number_format", "expected", "last"),
    [
        (0.43, "0%", Fraction(43, 100), Fraction(1, 100)),
        (0.435, "0.0%", Fraction(87, 200), Fraction(1, 1000)),
        ("43%", "", Fraction(43, 100), Fraction(1, 100)),
        (43, "", Fraction(43, 100), Fraction(1, 100)),
        (43.5, "", Fraction(87, 200), Fraction(1, 1000)),
        (0, "", 0, 1),
        (1, "0%", 1, Fraction(1, 100)),
    ],
)
def test_a_share_is_a_ratio(value: Scalar, number_format: str, expected: Fraction, last: Fraction) -> None:
    assert share(value, number_format) == Read(expected)
    assert Share().last_place(Cell(value, number_format), Context()) == last


def test_a_bare_number_up_to_one_is_doubted() -> None:
    assert share(0.43) == Read(
        Fraction(43, 100), "", "doubtful-percentage", "a percentage from 0 to 100",
        "Type the % sign, or format the cell as a percentage.", Severity.WARNING, reading="43%",
    )  # fmt: skip
    assert Share().last_place(Cell(0.43), Context()) == Fraction(1, 100)


@pytest.mark.parametrize("value", [101, -1, "120%"])
def test_a_share_outside_its_range(value: Scalar) -> None:
    assert share(value).code == "out-of-range"


@pytest.mark.parametrize(
    ("value", "age"),
    [(0, 0), (17, 17), ("14", 14), ("Age 14", 14), ("aged 14 years", 14), ("14 yrs", 14), ("under 1", 0), (5.0, 5)],
)
def test_an_age(value: Scalar, age: int) -> None:
    assert Age().read(Cell(value), {}, Context()) == Read(age)


@pytest.mark.parametrize("value", [18, -1, 2.5, "18 years"])
def test_an_age_outside_its_range(value: Scalar) -> None:
    remedy = "Looked after children are under 18: correct the age."
    assert Age().read(Cell(value), {}, Context()) == Read(
        code="out-of-range", expected="an age from 0 to 17", remedy=remedy
    )
