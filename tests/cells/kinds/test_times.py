"""Dates, months, years and financial years."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.cells.dates import REMEDY, MonthEnd
from reportgen.cells.kinds import Context, Date, FinancialYear, Period, parse_period
from reportgen.cells.reading import Cell, Read
from reportgen.model import Scalar, Severity

DEADLINE = Date("a date or Ongoing", {"ongoing": ("on-going", "continuous")})
BECOME_DATE = (
    "The sheet may have turned a year such as 2010/11 into a month: format the cell as text and type the year "
    "(2010/11) or the month (November 2010) again."
)


def period(value: Scalar, number_format: str = "") -> Read:
    return Period().read(Cell(value, number_format), {}, Context())


@pytest.mark.parametrize("value", ["Ongoing", "ON\u2011GOING", "continuous."])
def test_a_word_may_stand_for_a_date(value: str) -> None:
    assert DEADLINE.read(Cell(value), {}, Context()) == Read("ongoing")


@pytest.mark.parametrize(("value", "symbol", "said"), [("tbc", "x", "not available"), ("n/a", "z", "not applicable")])
def test_words_for_no_date(value: str, symbol: str, said: str) -> None:
    remedy = f"It is read as [{symbol}] {said}, not as zero."
    for kind in (Date(), Period("a date")):
        found = kind.read(Cell(value), {}, Context())
        assert found == Read(None, symbol, "no-date", "a date", remedy, Severity.WARNING)


def test_a_column_of_months() -> None:
    assert Date(months=True).read(Cell(dt.date(2016, 5, 1)), {}, Context()).value == dt.date(2016, 5, 31)
    assert Date().read(Cell(dt.date(2016, 5, 1)), {}, Context()).value == dt.date(2016, 5, 1)


@pytest.mark.parametrize("value", ["2016/17", "2016-17", " 2016 / 2017 ", "2016\u201317"])
def test_a_financial_year(value: str) -> None:
    assert FinancialYear().read(Cell(value), {}, Context()) == Read("2016/17")


def test_the_turn_of_the_century() -> None:
    assert FinancialYear().read(Cell("1999/00"), {}, Context()) == Read("1999/00")
    assert FinancialYear().read(Cell("1999-2000"), {}, Context()) == Read("1999/00")


@pytest.mark.parametrize("value", ["2016/18", "2016/2018", "2016", 2016, "16/17", "2016/1917"])
def test_what_is_no_financial_year(value: Scalar) -> None:
    expected, remedy = "a financial year such as 2016/17", "Its second year follows the first: 2016/17."
    assert FinancialYear().read(Cell(value), {}, Context()) == Read(
        code="not-a-financial-year", expected=expected, remedy=remedy
    )


@pytest.mark.parametrize("year", [2001, 2010, 2011])
def test_a_year_become_a_date(year: int) -> None:
    cell = Cell(dt.date(year, (year + 1) % 100, 1), "mmm-yy")
    for kind in (FinancialYear("a year"), Period("a year")):
        assert kind.read(cell, {}, Context()) == Read(code="year-become-date", expected="a year", remedy=BECOME_DATE)


def test_2010_11_may_be_a_month_or_a_year() -> None:
    assert period("2010-11").code == "year-become-date"
    assert (period("2010/11").value, period("2016-17").value, period("2010-10").code) == ("2010/11", "2016/17", "")


@pytest.mark.parametrize(
    ("value", "number_format", "found"),
    [
        (2020, "", "2020"),
        ("2020", "", "2020"),
        ("2016/17", "", "2016/17"),
        ("May 2016", "", dt.date(2016, 5, 31)),
        ("23/06/2016", "", dt.date(2016, 6, 23)),
        (dt.date(2016, 6, 23), "dd/mm/yyyy", dt.date(2016, 6, 23)),
        (dt.date(2016, 6, 1), "mmm-yy", dt.date(2016, 6, 30)),
    ],
)
def test_a_period(value: Scalar, number_format: str, found: object) -> None:
    assert period(value, number_format) == Read(found)


@pytest.mark.parametrize("value", [7, 1066, 2101.5, True, "soon"])
def test_what_is_no_period(value: Scalar) -> None:
    expected = "a date, month, year or financial year"
    assert period(value) == Read(code="not-a-date", expected=expected, remedy=REMEDY)


def test_a_period_of_settings() -> None:
    assert [parse_period(text) for text in ("2016-05-31", "2020", "2016/17")] == [
        dt.date(2016, 5, 31),
        "2020",
        "2016/17",
    ]
    assert isinstance(parse_period("2016-05"), MonthEnd)
    with pytest.raises(ValueError, match=r'^"next week" is no period\. Type one date, such as 30/09/2016'):
        parse_period("next week")
