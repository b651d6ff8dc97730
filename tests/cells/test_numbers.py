"""Numbers as officers type them."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.cells.numbers import LARGEST, exact, magnitude, missing, read_number, round_half_away
from reportgen.cells.reading import Cell, Read
from reportgen.model import Scalar, Severity


def read(value: Scalar, number_format: str = "") -> Read:
    return read_number(Cell(value, number_format), "a number")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,234", 1234, ""),
        ("(1,234)", -1234, ""),
        ("( 1,234 )", -1234, ""),
        ("1,234-", -1234, ""),
        ("-1,234", -1234, ""),
        ("\u22121,234", -1234, ""),
        ("+5", 5, ""),
        ("1,234 CR", -1234, ""),
        ("1,234 DR", 1234, ""),
        ("£1,234", 1234, "£"),
        ("£\xa01,234.50", Fraction("1234.5"), "£"),
        ("-£1,234", -1234, "£"),
        ("£-1,234", -1234, "£"),
        ("(£1,234)", -1234, "£"),
        ("£(1,234)", -1234, "£"),
        ("GBP 5", 5, "£"),
        ("£1.2m", 1_200_000, "m"),
        ("£350k", 350_000, "k"),
        ("£ 1.5 million", 1_500_000, "m"),
        ("2 thousand", 2000, "k"),
        ("£1.2bn", 1_200_000_000, "bn"),
        ("(£1.2m)", -1_200_000, "m"),
        ("7%", Fraction(7, 100), "%"),
        ("7.5 per cent", Fraction(75, 1000), "%"),
        (" 12\u2003", 12, ""),
        ("007", 7, ""),
        ("5.", 5, ""),
        (".5", Fraction(1, 2), ""),
        ("0", 0, ""),
    ],
)
def test_a_number_typed_as_text(text: str, value: int | Fraction, unit: str) -> None:
    assert read(text) == Read(Fraction(value), unit=unit)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("12 children", "Put the number alone in the cell and the words in a column of their own."),
        ("1e5", "Put the number alone in the cell and the words in a column of their own."),
        ("1.234,56", "A comma marks thousands here and a point decimals: type the number again so."),
        ("12,34", "A comma marks thousands here and a point decimals: type the number again so."),
        ("12-14", "Is it more than one number? Type one in each cell, without spaces in it."),
        ("1 234", "Is it more than one number? Type one in each cell, without spaces in it."),
        ("12 to 14", "Is it more than one number? Type one in each cell, without spaces in it."),
        ("-(12)", "The sign is given twice: type the number with one minus sign."),
        ("-12-", "The sign is given twice: type the number with one minus sign."),
        ("(12", "Put the number alone in the cell and the words in a column of their own."),
        ("£5£", "Put the number alone in the cell and the words in a column of their own."),
        ("see note", "Type the number, or leave the cell blank where there is none."),
        ("nil", "Type the number, or leave the cell blank where there is none."),
        ("٣", "Put the number alone in the cell and the words in a column of their own."),
        ("9" * 5000, "Put the number alone in the cell and the words in a column of their own."),
    ],
)
def test_text_that_is_no_number(text: str, remedy: str) -> None:
    assert read(text) == Read(code="text-in-number", expected="a number", remedy=remedy)


@pytest.mark.parametrize(
    ("text", "symbol", "meaning"),
    [
        ("-", "x", "not available"),
        ("\u2013", "x", "not available"),
        ("TBC", "x", "not available"),
        ("tbc ", "x", "not available"),
        ("..", "x", "not available"),
        ("N/A", "z", "not applicable"),
        ("n.a.", "z", "not applicable"),
        ("<5", "c", "suppressed"),
        ("< 5", "c", "suppressed"),
        ("\u22645", "c", "suppressed"),
        ("fewer than 5", "c", "suppressed"),
        ("5 or fewer", "c", "suppressed"),
        ("[c]", "c", "suppressed"),
        ("*", "c", "suppressed"),
    ],
)
def test_words_for_no_number_are_not_zero(text: str, symbol: str, meaning: str) -> None:
    assert missing(text) == symbol
    remedy = f"It is read as [{symbol}] {meaning}, not as zero."
    assert read(text) == Read(None, symbol, "no-number", "a number", remedy, Severity.WARNING)


@pytest.mark.parametrize(
    ("value", "number_format", "number", "unit"),
    [
        (12, "", Fraction(12), ""),
        (0.1, "", Fraction(1, 10), ""),
        (0.1 + 0.2, "", Fraction("0.30000000000000004"), ""),
        (1e5, "", Fraction(100_000), ""),
        (0.07, "0.0%", Fraction(7, 100), "%"),
        (7, '0"%"', Fraction(7), ""),
        (2_100_400, "#,##0,", Fraction("2100.4"), ""),
        (2_100_400, '#,##0,"k"', Fraction(2_100_400), "k"),
        (350, '#,##0"k"', Fraction(350_000), "k"),
    ],
)
def test_a_real_number_is_what_the_sheet_shows(value: float, number_format: str, number: Fraction, unit: str) -> None:
    assert read(value, number_format) == Read(number, unit=unit)


@pytest.mark.parametrize("value", [True, math.nan, math.inf, -math.inf])
def test_no_number_at_all(value: Scalar) -> None:
    assert read(value) == Read(code="not-a-number", expected="a number", remedy="Type the number.")


@pytest.mark.parametrize("value", [dt.date(2016, 9, 16), dt.datetime(2016, 9, 16, 1), dt.time(1), dt.timedelta(1)])
def test_a_date_in_a_column_of_numbers(value: Scalar) -> None:
    remedy = "The cell holds a date or time: format it as a number and type it again."
    assert read(value) == Read(code="date-in-number", expected="a number", remedy=remedy)


@pytest.mark.parametrize("value", [1e300, -(10**13), "9" * 20, "£1000000bn"])
def test_a_number_beyond_all_sense_is_refused(value: Scalar) -> None:
    remedy = "The number is larger than any of a council's: type it again."
    assert read(value) == Read(code="implausible-number", expected="a number", remedy=remedy)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.5", 1), ("-0.5", -1), ("1.5", 2), ("2.5", 3), ("-2.5", -3), ("0.49", 0), ("-0.49", 0), ("7", 7)],
)
def test_halves_are_rounded_away_from_zero(value: str, rounded: int) -> None:
    assert round_half_away(Fraction(value)) == rounded


@given(st.fractions())
def test_rounding_is_symmetric_and_within_a_half(value: Fraction) -> None:
    rounded = round_half_away(value)
    assert round_half_away(-value) == -rounded
    assert abs(value - rounded) <= Fraction(1, 2)
    assert abs(rounded) >= abs(value) or abs(value - rounded) < Fraction(1, 2)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_stands_for_its_shortest_decimals(value: float) -> None:
    assert exact(value) == Fraction(Decimal(repr(value)))
    assert float(exact(value)) == value


@given(st.fractions())
def test_magnitude_has_no_sign(value: Fraction) -> None:
    assert magnitude(value) == magnitude(-value) == abs(value)


SIGNS = ("{}", "({})", "{}-", "-{}", "\u2212{}", "{} CR")
DIGITS = st.integers(0, LARGEST * 100)


@given(DIGITS, st.sampled_from(SIGNS), st.booleans(), st.sampled_from(("", "£", "£ ", "GBP ")))
def test_what_is_written_as_money_is_read_back(pence: int, sign: str, commas: bool, pound: str) -> None:
    whole, rest = divmod(pence, 100)
    digits = f"{whole:,}.{rest:02d}" if commas else f"{whole}.{rest:02d}"
    text = sign.format(pound + digits)
    number = Fraction(pence, 100) * (1 if sign == "{}" else -1)
    assert read(text) == Read(number, unit="£" if pound else "")


@given(st.integers(0, 10**8), st.sampled_from([("k", 1000), ("m", 10**6), ("bn", 10**9), (" million", 10**6)]))
def test_a_scale_multiplies(number: int, scale: tuple[str, int]) -> None:
    if number * scale[1] <= LARGEST:
        assert read(f"£{number}{scale[0]}").value == number * scale[1]


@given(st.text() | st.from_regex(r"[-+(£]{0,3}[0-9,.]{1,12}[)%kmCRcr -]{0,4}", fullmatch=True))
def test_any_text_is_a_number_or_a_problem(text: str) -> None:
    found = read(text)
    assert (found.value is None) == bool(found.code)
    assert found.value is None or abs(found.value) <= LARGEST
