"""Dates and months as officers type them."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.cells.dates import REMEDY, MonthEnd, day_and_month, month_end, parse_date, read_date
from reportgen.cells.reading import Cell, Read
from reportgen.model import Scalar, Severity

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2069, 12, 31))


def read(value: Scalar, number_format: str = "", months: bool = False) -> Read:
    return read_date(Cell(value, number_format), "a date", months)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/09/2016", dt.date(2016, 9, 30)),
        ("30.9.16", dt.date(2016, 9, 30)),
        ("30-09-2016", dt.date(2016, 9, 30)),
        ("5/9/16", dt.date(2016, 9, 5)),
        ("31/12/99", dt.date(1999, 12, 31)),
        ("31 May 2016", dt.date(2016, 5, 31)),
        ("31st\xa0May 2016", dt.date(2016, 5, 31)),
        ("Tuesday 31st of May, 2016", dt.date(2016, 5, 31)),
        ("31-May-16", dt.date(2016, 5, 31)),
        ("2016-05-31", dt.date(2016, 5, 31)),
        ("2016-05-31 00:00:00", dt.date(2016, 5, 31)),
        ("2016-05-31T00:00:00.000", dt.date(2016, 5, 31)),
    ],
)
def test_a_day_typed_as_text(text: str, day: dt.date) -> None:
    assert read(text) == Read(day)
    assert type(read(text).value) is dt.date


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("May 2016", 2016, 5),
        ("Sept 2016", 2016, 9),
        ("Sept. 2016", 2016, 9),
        ("SEP-16", 2016, 9),
        ("Sep '16", 2016, 9),
        ("end of May 2016", 2016, 5),
        ("By the end of February 2016", 2016, 2),
        ("2016-05", 2016, 5),
    ],
)
def test_a_month_stands_for_its_last_day(text: str, year: int, month: int) -> None:
    assert read(text) == Read(dt.date(year, month, calendar.monthrange(year, month)[1]))
    assert isinstance(read(text).value, MonthEnd)


@pytest.mark.parametrize(
    "text",
    ["Sepember 2016", "soon", "31/02/2016", "0/5/2016", "2016-13", "2016-00", "Q1 2016/17", "2016/17", "May", "Sept16",
     "Jan-Mar 2017", "May/June 2016", "16-Sep", "x" * 32_000, "2016-05-31 10:30", "0000-05"],
)  # fmt: skip
def test_a_text_that_is_no_date(text: str) -> None:
    assert read(text) == Read(code="not-a-date", expected="a date", remedy=REMEDY)


@pytest.mark.parametrize(
    "text",
    ["June 2016, Sept 2016", "30/06/2016 revised 30/09/2016", "May 2016 (was 30/04/16)", "2016-05-31/2016-06-30"],
)
def test_two_dates_in_one_cell(text: str) -> None:
    remedy = "The cell holds two dates: put each in a column of its own."
    assert read(text) == Read(code="two-dates", expected="a date", remedy=remedy)


def test_a_month_before_its_day() -> None:
    remedy = "The month seems to stand before the day: type it as day/month/year."
    assert read("09/30/2016") == Read(code="swapped-date", expected="a date", remedy=remedy)
    assert [day_and_month(v) for v in ("09/30/2016", "30.9.16", "May 2016", 5)] == [(9, 30), (30, 9), None, None]


@pytest.mark.parametrize("value", ["31/05/1916", dt.date(1904, 1, 1), dt.date(2116, 5, 31), "May 1916"])
def test_a_year_that_can_hardly_be_meant(value: Scalar) -> None:
    expected = Read(code="implausible-date", expected="a date between 1990 and 2100", remedy=REMEDY)
    assert read(value) == read(value, months=True) == expected


def test_a_real_date() -> None:
    assert read(dt.date(2016, 5, 31), "dd/mm/yyyy") == Read(dt.date(2016, 5, 31))
    assert read(dt.datetime(2016, 5, 31), "dd/mm/yyyy") == Read(dt.date(2016, 5, 31))
    assert type(read(dt.datetime(2016, 5, 31)).value) is dt.date


def test_a_time_of_day() -> None:
    remedy = "The cell holds a time of day as well: type the date alone."
    assert read(dt.datetime(2016, 5, 31, 10, 30)) == Read(code="time-in-date", expected="a date", remedy=remedy)


@pytest.mark.parametrize("day", [1, 17, 31])
def test_a_date_shown_as_a_month_is_the_month(day: int) -> None:
    found = read(dt.date(2016, 5, day), "mmm-yy")
    assert found == Read(dt.date(2016, 5, 31))
    assert isinstance(found.value, MonthEnd)


def test_sept_16_become_the_16th_of_september() -> None:
    remedy = (
        'The cell shows day and month only: "Sept-16" typed for September 2016 becomes the 16th of September. '
        "Type the year in full, such as September 2016."
    )
    expected = Read(code="ambiguous-date", expected="a date", remedy=remedy)
    assert read(dt.date(2026, 9, 16), "d-mmm") == read(dt.date(2016, 9, 16), "d-mmm", months=True) == expected


def test_a_hidden_year_is_doubted() -> None:
    found = read(dt.date(2017, 9, 5), "d-mmm")
    remedy = "Format the cell so that it shows the year."
    assert found == Read(
        dt.date(2017, 9, 5), "", "hidden-year", "a date", remedy, Severity.WARNING, reading="5 September 2017"
    )
    assert read(dt.date(2017, 9, 5), "d-mmm", months=True).value == dt.date(2017, 9, 30)


@pytest.mark.parametrize("value", [dt.date(2016, 5, 1), dt.date(2016, 5, 27), dt.date(2016, 5, 31), "May 2016"])
def test_a_column_of_months(value: Scalar) -> None:
    found = read(value, months=True)
    assert found == Read(dt.date(2016, 5, 31))
    assert isinstance(found.value, MonthEnd)


def test_a_day_amid_a_month_in_a_column_of_months() -> None:
    found = read("17/05/2016", months=True)
    remedy = "Type the month, or its last day."
    assert found == Read(
        dt.date(2016, 5, 31), "", "not-month-end", "a date", remedy, Severity.WARNING, reading="May 2016"
    )


@pytest.mark.parametrize("value", [42_521])
def test_a_date_that_is_shown_as_a_number(value: int) -> None:
    remedy = "Is it a date that is shown as a number? Format the cell as a date."
    assert read(value) == Read(code="not-a-date", expected="a date", remedy=remedy)


@pytest.mark.parametrize("value", [7, 42_521.5, True, dt.time(1), dt.timedelta(1)])
def test_what_is_no_date(value: Scalar) -> None:
    assert read(value) == Read(code="not-a-date", expected="a date", remedy=REMEDY)


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%A %d %b %Y", "%Y-%m-%d", "%d-%b-%y"]))
def test_what_is_written_as_a_date_is_read_back(day: dt.date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day


@given(DAYS, st.sampled_from(["%B %Y", "%b-%y", "end of %B %Y", "%Y-%m", "%b '%y"]))
def test_what_is_written_as_a_month_is_read_back(day: dt.date, form: str) -> None:
    found = parse_date(day.strftime(form))
    assert found == month_end(day.year, day.month)
    assert (found + dt.timedelta(days=1)).day == 1 if found else False


@given(st.text() | st.from_regex(r"[0-9]{1,4}[/.-][0-9]{1,2}([/.-][0-9]{1,4})?", fullmatch=True), st.booleans())
def test_any_text_is_a_date_or_a_problem(text: str, months: bool) -> None:
    found = read(text, months=months)
    assert bool(found.code) or isinstance(found.value, dt.date)
