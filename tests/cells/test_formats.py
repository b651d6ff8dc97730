"""What a number format shows."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.cells import formats
from reportgen.cells.formats import shown
from reportgen.cells.reading import Cell
from reportgen.model import Scalar


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (2.1, "", "2.1"),
        (2.1, "0.00", "2.10"),
        (2.5, "0", "3"),
        (-2.5, "00.0", "-2.5"),
        (1e300, "0", f"{10**300:d}"),
        (7, "0000", "0007"),
        (7.0, "", "7"),
        (True, "", "TRUE"),
        (None, "", ""),
        (dt.date(2016, 5, 31), "mmm-yy", "31/05/2016"),
        (dt.datetime(816, 5, 1, 10, 30), "", "01/05/0816"),
        (dt.time(10, 30), "", "10:30:00"),
        (dt.timedelta(hours=30), "", "1 day, 6:00:00"),
        ("two\nlines", "", "two lines"),
        (float("nan"), "0", "nan"),
        (float("inf"), "00", "inf"),
        (1e22, "", "10000000000000000000000"),
        (0.1 + 0.2, "", "0.30000000000000004"),
    ],
)
def test_shown_is_what_the_sheet_shows(value: Scalar, number_format: str, text: str) -> None:
    assert shown(Cell(value, number_format)) == text


@pytest.mark.parametrize(
    ("number_format", "places"),
    [
        ("General", None),
        ("", None),
        ("@", None),
        ("#,##0", 0),
        ("#,##0.00", 2),
        ("#,##0.00_);(#,##0.00)", 2),
        ("[$£-809]#,##0.0;[Red]-0.000", 1),
        ('"£"#,##0.00" m"', 2),
        ("0.0,,", 1),
        ("0.00%", 2),
    ],
)
def test_decimal_places(number_format: str, places: int | None) -> None:
    assert formats.decimal_places(number_format) == places


@pytest.mark.parametrize(
    ("number_format", "divisions", "scale"),
    [
        ("#,##0", 0, ""),
        ("#,##0,", 1, ""),
        ("£0.0,,", 2, ""),
        ('£#,##0,"k"', 1, "k"),
        ('#,##0.0,,"m";-0', 2, "m"),
        ('#,##0" k"', 0, "k"),
        ("0.0,,\\m", 2, "m"),
        ('0" months"', 0, ""),
        ('d "m"', 0, ""),
    ],
)
def test_a_format_may_show_thousands_and_say_so(number_format: str, divisions: int, scale: str) -> None:
    assert (formats.thousands(number_format), formats.stated_scale(number_format)) == (divisions, scale)


@pytest.mark.parametrize(
    ("number_format", "hides_year", "month_only"),
    [
        ("dd/mm/yyyy", False, False),
        ("d-mmm", True, False),
        ("[$-809]dd mmmm;@", True, False),
        ("mmm-yy", False, True),
        ("[Red]mmmm yyyy", False, True),
        ("yyyy", False, False),
        ("hh:mm", False, False),
        ("dd/mm/yyyy hh:mm", False, False),
        ("dd hh:mm", False, False),
        ("General", False, False),
    ],
)
def test_what_a_format_shows_of_a_date(number_format: str, hides_year: bool, month_only: bool) -> None:
    assert (formats.hides_year(number_format), formats.shows_month_only(number_format)) == (hides_year, month_only)


@pytest.mark.parametrize(("number_format", "share"), [("0%", True), ("0.00 %", True), ('0"%"', False), ("0", False)])
def test_a_literal_percent_sign_is_no_percentage(number_format: str, share: bool) -> None:
    assert formats.is_percentage(number_format) == share
