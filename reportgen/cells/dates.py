"""Dates and months as officers type them into cells."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace

from reportgen.cells.formats import hides_year, shows_month_only
from reportgen.cells.reading import Cell, Read, doubted, refused
from reportgen.cells.words import plain
from reportgen.model import Scalar

_MONTHS = {name.lower(): i for i in range(1, 13) for name in (calendar.month_name[i], calendar.month_abbr[i])}
_MONTHS["sept"] = 9
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>[0-9]{4}|'?[0-9]{2})"
_DAY_WORDS = re.compile(
    rf"(?:[a-z]+day,?\s+)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+{_MONTH},?[\s\-]+{_YEAR}"
)
_MONTH_YEAR = re.compile(rf"(?:by\s+)?(?:(?:the\s+)?end\s+(?:of\s+)?)?{_MONTH}[\s\-']+{_YEAR}")
_SLASHED = re.compile(r"(?P<first>[0-9]{1,2})[/.\-](?P<second>[0-9]{1,2})[/.\-](?P<year>[0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?(?:[t ]00:00(?::00)?(?:\.0+)?)?")
_ANY = re.compile(
    rf"\b{_MONTH}[\s\-']*(?:[0-9]{{4}}|[0-9]{{2}})\b|[0-9]{{1,2}}[/.][0-9]{{1,2}}[/.][0-9]{{2,4}}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_SERIALS = range(20_000, 80_000)  # what a date is to a spreadsheet: the years 1954 to 2119

REMEDY = "Type one date, such as 30/09/2016 or September 2016."


class MonthEnd(dt.date):
    """The last day of a month that was given as a month: it is printed as the month."""


def month_end(year: int, month: int) -> MonthEnd:
    """The month's last day, marked as standing for the month."""
    return MonthEnd(year, month, calendar.monthrange(year, month)[1])


def first_day(period: dt.date | str) -> dt.date:
    """The day on which a period begins: a day, a month by its last day, a year such as 2016 or 2016/17."""
    if isinstance(period, str):
        return dt.date(int(period[:4]), 4 if "/" in period else 1, 1)
    return dt.date(period.year, period.month, 1) if isinstance(period, MonthEnd) else period


def last_day(period: dt.date | str) -> dt.date:
    """The day on which a period ends."""
    if isinstance(period, str):
        year = int(period[:4])
        return dt.date(year + 1, 3, 31) if "/" in period else dt.date(year, 12, 31)
    return period


def _full_year(text: str) -> int:
    year = int(text.strip("'"))
    if year > 99:
        return year
    return 1900 + year if year >= 70 else 2000 + year


def parse_date(text: str) -> dt.date | None:
    """The date or month that a text states, day before month; None where it states none or an impossible one."""
    word = plain(text)
    try:
        if match := _DAY_WORDS.fullmatch(word):
            return dt.date(_full_year(match["year"]), _MONTHS[match["month"]], int(match["day"]))
        if match := _MONTH_YEAR.fullmatch(word):
            return month_end(_full_year(match["year"]), _MONTHS[match["month"]])
        if match := _SLASHED.fullmatch(word):
            return dt.date(_full_year(match["year"]), int(match["second"]), int(match["first"]))
        if match := _ISO.fullmatch(word):
            year, month = int(match["year"]), int(match["month"])
            return dt.date(year, month, int(match["day"])) if match["day"] else month_end(year, month)
    except ValueError:
        return None
    return None


def day_and_month(value: Scalar) -> tuple[int, int] | None:
    """The first and second number of a text such as 30/09/2016; None for anything else."""
    match = _SLASHED.fullmatch(plain(value)) if isinstance(value, str) else None
    return (int(match["first"]), int(match["second"])) if match else None


def read_date(cell: Cell, expected: str, months: bool = False) -> Read:
    """The cell as a date; a month as its last day. With `months`, every date stands for its month."""
    value = cell.value
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            return refused("time-in-date", expected, "The cell holds a time of day as well: type the date alone.")
        value = value.date()
    if isinstance(value, dt.date):
        read = _read_real(value, cell.format, expected)
    elif isinstance(value, str):
        read = _read_text(value, expected)
    elif isinstance(value, int) and value in _SERIALS:
        return refused("not-a-date", expected, "Is it a date that is shown as a number? Format the cell as a date.")
    else:
        return refused("not-a-date", expected, REMEDY)
    return _of_month(read, expected) if months and isinstance(read.value, dt.date) else read


def _of_month(read: Read, expected: str) -> Read:
    """The reading as a month, doubted where its day is neither the first nor one of the month's last."""
    day: dt.date = read.value
    month, reading = month_end(day.year, day.month), f"{day:%B} {day.year}"
    if read.code:
        return replace(read, value=month, reading=reading)
    if 1 < day.day < 25:
        return doubted(month, "not-month-end", expected, "Type the month, or its last day.", reading)
    return Read(month)


def _read_real(day: dt.date, number_format: str, expected: str) -> Read:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return _implausible(expected)
    if number_format and hides_year(number_format):
        if day.day >= 10:
            remedy = (
                'The cell shows day and month only: "Sept-16" typed for September 2016 becomes the 16th of September. '
                "Type the year in full, such as September 2016."
            )
            return refused("ambiguous-date", expected, remedy)
        reading = f"{day.day} {day:%B} {day.year}"
        return doubted(day, "hidden-year", expected, "Format the cell so that it shows the year.", reading)
    if number_format and shows_month_only(number_format):
        return Read(month_end(day.year, day.month))
    return Read(day)


def _read_text(text: str, expected: str) -> Read:
    found = parse_date(text)
    if found is not None:
        return Read(found) if _FIRST_YEAR <= found.year <= _LAST_YEAR else _implausible(expected)
    if len(_ANY.findall(plain(text[:200]))) > 1:
        return refused("two-dates", expected, "The cell holds two dates: put each in a column of its own.")
    numbers = day_and_month(text)
    if numbers and numbers[0] <= 12 < numbers[1]:
        return refused("swapped-date", expected, "The month seems to stand before the day: type it as day/month/year.")
    return refused("not-a-date", expected, REMEDY)


def _implausible(expected: str) -> Read:
    return refused("implausible-date", f"{expected} between {_FIRST_YEAR} and {_LAST_YEAR}", REMEDY)
