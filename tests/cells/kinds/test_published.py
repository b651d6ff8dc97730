"""Numbers as a department publishes them, and its symbols."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from reportgen.cells.kinds import Context, Published, ReportingYear, year_ended
from reportgen.cells.reading import Cell, Read
from reportgen.model import Scalar, Severity, Unit
from reportgen.table import SYMBOLS
from reportgen.wording import SYMBOLS as MEANINGS

RATE = Published("a rate", Unit.PER_10000, whole=False)


def read(value: Scalar, kind: Published | None = None) -> Read:
    return (kind or Published()).read(Cell(value), {}, Context())


@pytest.mark.parametrize(
    ("value", "symbol"),
    [
        ("c", "c"),
        ("k", "low"),
        ("low", "low"),
        ("u", "u"),
        ("x", "x"),
        ("z", "z"),
        ("Z", "z"),
        (" c ", "c"),
        ("[k]", "low"),
    ],
)
def test_a_symbol_is_kept_without_a_doubt_and_is_no_number(value: str, symbol: str) -> None:
    assert read(value) == read(value, RATE) == Read(None, symbol)
    assert symbol in SYMBOLS
    assert MEANINGS[symbol]


@pytest.mark.parametrize(
    ("value", "number"), [("0", 0), ("12183016", 12_183_016), ("1,234", 1234), (67, 67), (67.0, 67)]
)
def test_a_number(value: Scalar, number: int) -> None:
    assert read(value) == Read(number)
    assert type(read(value).value) is int


def test_a_rate_may_have_decimals_and_a_number_may_not() -> None:
    assert read("66.3", RATE) == Read(Fraction(663, 10))
    remedy = "The published file has another: take it again as it was published."
    expected = "a whole number, or one of c, k, low, u, x and z"
    assert read("66.3") == Read(code="not-as-published", expected=expected, remedy=remedy)


@pytest.mark.parametrize("value", ["-1", "7%", "£12", "2k"])
def test_what_the_department_does_not_publish(value: str) -> None:
    assert read(value).code == read(value, RATE).code == "not-as-published"


def test_other_words_for_no_number_are_doubted_as_in_any_column() -> None:
    found = read("n/a")
    assert (found.symbol, found.code, found.severity) == ("z", "no-number", Severity.WARNING)
    assert read("q").code == "text-in-number"


def test_the_column_counts_as_exact_for_its_rows_are_rounded_differently() -> None:
    assert Published().last_place(Cell("80"), Context()) == 0


@pytest.mark.parametrize("value", ["2024", 2024, 2024.0, " 2024 "])
def test_a_reporting_year(value: Scalar) -> None:
    assert ReportingYear().read(Cell(value), {}, Context()) == Read("2024")


@pytest.mark.parametrize("value", ["202425", "2023/24", "24", 1066, "March 2024", dt.date(2024, 3, 31), True, "x"])
def test_what_is_no_reporting_year(value: Scalar) -> None:
    remedy = "The year in which it ends, in four digits: 2024."
    expected = "a reporting year such as 2024"
    found = ReportingYear().read(Cell(value), {}, Context())
    assert found == Read(code="not-a-reporting-year", expected=expected, remedy=remedy)


def test_a_reporting_year_ends_on_31_march() -> None:
    assert year_ended("2024") == dt.date(2024, 3, 31)
    assert ReportingYear().last_place(Cell("2024"), Context()) == 0
