"""Counts and money."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.cells.kinds import Context, Count, Money, Unsigned
from reportgen.cells.kinds.amounts import pounds
from reportgen.cells.reading import Cell, Read
from reportgen.model import Scalar, Severity


def money(value: Scalar, scale: str = "", number_format: str = "") -> Read:
    return Money().read(Cell(value, number_format), {}, Context(scale))


@pytest.mark.parametrize("value", [563, "563", " 563 ", 563.0, "1,063.0", 0])
def test_a_count(value: Scalar) -> None:
    found = Count().read(Cell(value), {}, Context()).value
    assert found == (1063 if value == "1,063.0" else int(float(value or 0)))
    assert type(found) is int


@pytest.mark.parametrize("value", [-1, 2.5, "(3)", "7%", "£12", "12m", "1.2k"])
def test_what_is_no_count(value: Scalar) -> None:
    expected = Read(code="not-a-count", expected="a whole number", remedy="A count is a whole number, zero or more.")
    assert Count().read(Cell(value), {}, Context()) == expected


def test_a_percentage_is_no_count_and_no_money() -> None:
    assert Count().read(Cell(1, "0%"), {}, Context()).code == "not-a-count"
    remedy = "The cell holds a percentage: type the amount."
    expected = Read(code="not-money", expected="an amount of money", remedy=remedy)
    assert money(0.07, "", "0%") == money("7%", "k") == expected


@pytest.mark.parametrize(
    ("value", "scale", "pence"),
    [
        (1234.5, "", 123_450),
        (-2100, "k", -210_000_000),
        (0.1 + 0.2, "", 30),
        (-2099.9999999999995, "k", -210_000_000),
        (1.2, "m", 120_000_000),
        (0.005, "", 1),
        (-0.005, "", -1),
        ("(1,234.50)", "", -123_450),
        ("1,234-", "", -123_400),
        ("£1,234", "", 123_400),
        ("£350k", "k", 35_000_000),
        ("(£1.2m)", "m", -120_000_000),
        (0, "bn", 0),
    ],
)
def test_money_is_pence_in_the_columns_scale(value: Scalar, scale: str, pence: int) -> None:
    assert money(value, scale) == Read(pence)


@pytest.mark.parametrize(
    ("value", "scale", "pence", "said", "column"),
    [
        ("£1.2m", "", 120_000_000, "£1,200,000", "pounds"),
        ("£350k", "", 35_000_000, "£350,000", "pounds"),
        ("£350k", "m", 35_000_000, "£350,000", "£m"),
        ("-£1.2m", "k", -120_000_000, "-£1,200,000", "£k"),
    ],
)
def test_an_amount_with_a_scale_of_its_own_is_doubted(
    value: str, scale: str, pence: int, said: str, column: str
) -> None:
    expected = f"an amount of money in {column}, as the column says"
    remedy = "Type it in the column's unit to be sure."
    assert money(value, scale) == Read(pence, "", "own-unit", expected, remedy, Severity.WARNING, reading=said)


def test_pounds_in_a_column_of_thousands_are_refused() -> None:
    remedy = "The cell says pounds: type the amount in the column's unit."
    expected = "an amount of money in £k, as the column says"
    assert money("£350,000", "k") == Read(code="own-unit", expected=expected, remedy=remedy)


def test_a_format_that_shows_thousands() -> None:
    assert money(2_100_400, "k", "#,##0,") == Read(210_040_000)
    assert money(2_100_400, "k", '#,##0,"k"') == Read(210_040_000)
    assert money(2_100_400, "", '#,##0,"k"').code == "own-unit"
    remedy = (
        "The cell's number format shows thousands or millions where the column says otherwise: "
        "write the unit that is shown into the heading, or show the amount in full."
    )
    expected = Read(code="format-in-thousands", expected="an amount of money", remedy=remedy)
    assert money(2_100_400, "", "#,##0,") == money(2_100_400, "m", "#,##0,") == expected


def test_words_and_no_numbers() -> None:
    assert (money("tbc").symbol, Count().read(Cell("<5"), {}, Context()).symbol) == ("x", "c")
    assert (money("five").code, Count().read(Cell(True), {}, Context()).code) == ("text-in-number", "not-a-number")


@pytest.mark.parametrize(
    ("pence", "said"), [(0, "£0"), (5, "£0.05"), (-5, "-£0.05"), (123_456_700, "£1,234,567"), (-150, "-£1.50")]
)
def test_pounds_in_words(pence: int, said: str) -> None:
    assert pounds(pence) == said


@given(st.integers(-(10**13), 10**13))
def test_what_is_said_in_pounds_is_read_back(pence: int) -> None:
    assert money(pounds(pence)) == Read(pence)


@given(st.decimals(-(10**6), 10**6, places=2), st.sampled_from([("", 1), ("k", 1000), ("m", 10**6)]))
def test_typed_and_real_amounts_are_the_same(amount: object, scale: tuple[str, int]) -> None:
    expected = Fraction(str(amount)) * 100 * scale[1]
    assert money(f"{amount}", scale[0]) == money(float(str(amount)), scale[0]) == Read(int(expected))


def test_money_without_a_sign_is_read_as_it_stands() -> None:
    kind = Unsigned()
    assert kind.read(Cell("967,635"), {}, Context()).value == 96_763_500
    assert kind.read(Cell("(967,635)"), {}, Context()).value == -96_763_500
    refused = kind.read(Cell("some"), {}, Context())
    assert (refused.code, refused.expected) == ("text-in-number", "an amount of money, over or under alike")
