"""Numbers and dates as they are printed."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.cells.dates import MonthEnd, month_end
from reportgen.model import Unit
from reportgen.wording import (
    MINUS,
    House,
    direction,
    exact_places,
    in_words,
    is_month,
    joined,
    month_short,
    printable,
    sentence_case,
    shape,
    small_in_words,
    vanishes,
)

BRACKETS = House(brackets=True)
MONEY = Unit.MONEY


@pytest.mark.parametrize(
    ("value", "unit", "style", "places", "said"),
    [
        (631, Unit.COUNT, "", None, "631"),
        (1234567, Unit.COUNT, "", None, "1,234,567"),
        (0, Unit.COUNT, "", None, "0"),
        (-16, Unit.COUNT, "", None, "−16"),
        (Fraction(5, 2), Unit.COUNT, "", None, "2.5"),
        (Fraction(1, 3), Unit.COUNT, "", None, "0.3"),
        (Fraction(-1, 30), Unit.COUNT, "", None, "0.0"),
        (1_937_180_900, MONEY, "", None, "£19,371,809"),
        (-1_937_180_950, MONEY, "", None, "−£19,371,810"),
        (49, MONEY, "", None, "£0"),
        (-49, MONEY, "", None, "£0"),
        (50, MONEY, "", None, "£1"),
        (-50, MONEY, "", None, "−£1"),
        (116_300, MONEY, "£p", None, "£1,163.00"),
        (-5, MONEY, "£p", None, "−£0.05"),
        (Fraction(1, 2), MONEY, "£p", None, "£0.01"),
        (-548_000_000, MONEY, "£000", None, "−5,480"),
        (-50_000, MONEY, "£000", None, "−1"),
        (-49_999, MONEY, "£000", None, "0"),
        (231_900_000, MONEY, "£k", None, "£2,319k"),
        (231_940_000, MONEY, "£k", None, "£2,319.4k"),
        (231_940_049, MONEY, "£k", None, "£2,319k"),
        (5_646_800_000, MONEY, "£ million", None, "56.468"),
        (10_000_000, MONEY, "£ million", None, "0.100"),
        (-49_999, MONEY, "£ million", None, "0.000"),
        (630_000_000, MONEY, "£m", None, "£6.3m"),
        (600_000_000, MONEY, "£m", None, "£6m"),
        (1_937_180_900, MONEY, "£m", None, "£19.4m"),
        (1_937_180_900, MONEY, "£m", 3, "£19.372m"),
        (99_655, Unit.MONEY_PER_WEEK, "", None, "£996.55"),
        (99_655, Unit.MONEY_PER_WEEK, "£", None, "£997"),
        (Fraction(68, 563), Unit.PERCENT, "", None, "12.1%"),
        (Fraction(1, 4), Unit.PERCENT, "", None, "25%"),
        (Fraction(7, 10000), Unit.PERCENT, "", None, "0.07%"),
        (Fraction(1), Unit.PERCENT, "", 1, "100.0%"),
        (Fraction(-11, 1000), Unit.POINTS, "", None, "−1.1\u00a0percentage points"),
        (Fraction(1, 100), Unit.POINTS, "", None, "1\u00a0percentage point"),
        (Fraction(-1, 100), Unit.POINTS, "", None, "−1\u00a0percentage point"),
        (Fraction(1, 100), Unit.POINTS, "", 1, "1.0\u00a0percentage points"),
        (Fraction(-1, 2000), Unit.PERCENT, "", 1, "−0.1%"),
        (Fraction(-1, 2001), Unit.PERCENT, "", 1, "0.0%"),
        (Fraction(481, 10), Unit.PER_10000, "", None, "48"),
        (Fraction(97, 2), Unit.PER_10000, "", None, "49"),
        (Fraction(97, 2), Unit.PER_10000, "", 1, "48.5"),
        (Fraction(52), Unit.WEEKS, "", None, "52"),
        (dt.date(2016, 6, 29), Unit.DATE, "", None, "29 June 2016"),
        (month_end(2016, 5), Unit.DATE, "", None, "May 2016"),
        (dt.date(2016, 5, 31), Unit.MONTH, "", None, "May 2016"),
        ("Ongoing", Unit.TEXT, "", None, "Ongoing"),
    ],
)
def test_values_are_printed_in_their_unit(value: object, unit: Unit, style: str, places: int | None, said: str) -> None:
    assert in_words(value, unit, style=style, places=places) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "unit", "style", "said"),
    [
        (-548_000_000, MONEY, "£000", "(5,480)"),
        (-548_000_000, MONEY, "", "(£5,480,000)"),
        (-49, MONEY, "", "£0"),
        (Fraction(-1, 4), Unit.PERCENT, "", "(25%)"),
        (16, Unit.COUNT, "", "16"),
    ],
)
def test_a_house_may_print_negatives_in_brackets(value: int | Fraction, unit: Unit, style: str, said: str) -> None:
    assert in_words(value, unit, house=BRACKETS, style=style) == said


def test_what_has_no_value_is_its_symbol_and_a_blank_stays_blank() -> None:
    assert [in_words(None, Unit.COUNT, symbol) for symbol in ("x", "z", "c", "")] == ["[x]", "[z]", "[c]", ""]


def test_the_minus_is_the_sign_and_no_hyphen() -> None:
    assert MINUS == "\u2212"
    assert "-" not in in_words(-1234567, MONEY)


def _oracle(value: Fraction, places: int) -> Decimal:
    """The value rounded by decimal arithmetic, with digits enough to hold it."""
    with localcontext() as context:
        context.prec, context.rounding = 60, ROUND_HALF_UP
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _read(text: str) -> Decimal:
    """What a reader takes a printed number for."""
    return Decimal(text.replace(",", "").replace("£", "").replace("%", "").replace(MINUS, "-"))


hundredths = st.integers(-(10**14), 10**14)


@given(hundredths, st.sampled_from([("£", 100, 0), ("£p", 100, 2), ("£000", 100_000, 0)]))
def test_money_is_rounded_half_away_from_zero(pence: int, scale: tuple[str, int, int]) -> None:
    style, parts, places = scale
    expected = _oracle(Fraction(pence, parts), places)
    said = in_words(pence, MONEY, style=style)
    assert _read(said) == expected
    assert (MINUS in said) == (expected < 0)
    assert in_words(-pence, MONEY, style=style).replace(MINUS, "") == said.replace(MINUS, "")


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6).map(lambda n: n * 1000), st.integers(0, 4))
def test_percentages_are_rounded_half_away_from_zero(part: int, whole: int, places: int) -> None:
    said = in_words(Fraction(part, whole), Unit.PERCENT, places=places)
    assert said.endswith("%")
    assert _read(said) == _oracle(Fraction(part * 100, whole), places)
    assert len(said.rstrip("%").partition(".")[2]) == places


@given(st.integers(-(10**6), 10**6))
def test_halves_go_away_from_zero(number: int) -> None:
    away = number + 1 if number >= 0 else number - 1
    halfway = Fraction(number) + (Fraction(1, 2) if number >= 0 else Fraction(-1, 2))
    assert _read(in_words(halfway, Unit.PER_10000)) == away


@given(st.fractions(), st.integers(0, 6), st.booleans())
def test_zero_has_no_sign(value: Fraction, places: int, brackets: bool) -> None:
    said = in_words(value, Unit.COUNT, house=House(brackets=brackets), places=places)
    if not any(digit in said for digit in "123456789"):
        assert said == ("0." + "0" * places if places else "0")


@given(hundredths, st.sampled_from(["£k", "£m"]))
def test_scaled_money_is_exact_where_three_places_suffice(pence: int, style: str) -> None:
    parts = {"£k": 100_000, "£m": 100_000_000}[style]
    exact, said = Fraction(pence, parts), _read(in_words(pence, MONEY, style=style).rstrip("km"))
    if (exact * 1000).denominator == 1:
        assert Fraction(said) == exact
    assert abs(Fraction(said) - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("value", "unit", "style", "lost"),
    [(49, MONEY, "", True), (50, MONEY, "", False), (0, MONEY, "", False), (-49_999, MONEY, "£000", True),
     (Fraction(1, 100_000), Unit.PERCENT, "", True), (None, MONEY, "", False), ("text", Unit.TEXT, "", False),
     (dt.date(2016, 5, 31), Unit.DATE, "", False)],
)  # fmt: skip
def test_what_vanishes_is_told_from_zero(value: object, unit: Unit, style: str, lost: bool) -> None:
    assert vanishes(value, unit, style) is lost  # type: ignore[arg-type]


def test_the_fewest_places_that_are_exact_are_found() -> None:
    assert [exact_places(Fraction(n), 2) for n in ("3", "3.5", "3.25", "3.125")] == [0, 1, 2, None]
    assert shape(Fraction(1, 8), Unit.PERCENT).places == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "zero"), (1, "one"), (10, "ten"), (11, "11"), (-3, "−3"), (Fraction(5, 2), "2.5"), (1234, "1,234")],
)
def test_small_numbers_are_words(value: int | Fraction, said: str) -> None:
    assert small_in_words(value) == said


def test_months_are_short_on_an_axis() -> None:
    months = [month_short(dt.date(2016, month, 1), House()) for month in (1, 5, 9)]
    assert months == ["Jan 2016", "May 2016", "Sep 2016"]


def test_phrases() -> None:
    assert [joined(["a", "b", "c"][:n]) for n in range(4)] == ["none", "a", "a and b", "a, b and c"]
    assert [direction(n, "up", "down", "same") for n in (2, -2, 0)] == ["up", "down", "same"]
    assert [sentence_case(text) for text in ("", "yes", "UASC", "écu")] == ["", "Yes", "UASC", "Écu"]


@given(st.text())
def test_what_is_printable_stays_and_nothing_else(text: str) -> None:
    kept = printable(text)
    assert printable(kept) == kept
    kept.encode("utf-8")
    allowed = [c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufeff\x7f")]
    assert set(kept) <= set(allowed)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("\ue000\ue001\uf8ff\U000f0000\U0010fffd", ""), ("a\x00b\x1bc\x9fd", "abcd"), ("\u202etfel", "tfel"),
     ("\u2066x\u2069", "x"), ("\ufeffmark", "mark"), ("\ud800lone", "lone"),
     ("Zoë – £5 “q”\u00a0😀", "Zoë – £5 “q”\u00a0😀")],
)  # fmt: skip
def test_controls_turns_and_private_characters_are_taken_out(text: str, kept: str) -> None:
    assert printable(text) == kept
    assert in_words(text, Unit.TEXT) == kept


def test_a_month_end_is_a_date() -> None:
    assert isinstance(month_end(2016, 2), MonthEnd)
    assert in_words(month_end(2016, 2), Unit.DATE) == "February 2016"


def test_a_date_stands_for_its_month_by_its_unit_or_by_how_it_was_written() -> None:
    assert is_month(dt.date(2016, 5, 31), Unit.MONTH)
    assert is_month(month_end(2016, 5), Unit.DATE)
    assert not is_month(dt.date(2016, 5, 31), Unit.DATE)
