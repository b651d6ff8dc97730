"""Dates and months as officers type them into cells."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from reportgen.cells.reading import Cell, Read, refused
from reportgen.cells.words import plain
from reportgen.model import Scalar

_MONTHS = {name.lower(): i for i in range(1, 13) for name in (calendar.month_name[i], calendar.month_abbr[i])}
_MONTHS["sept"] = 9
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_DAY_WORDS = re.compile(
    rf"(?:\w+day,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+{_MONTH},?[\s\-]+{_YEAR}"
)
_MONTH_YEAR = re.compile(rf"(?:end\s+(?:of\s+)?)?{_MONTH}[\s\-']+{_YEAR}")
_SLASHED = re.compile(r"(?P<a>\d{1,2})[/.\-](?P<b>\d{1,2})[/.\-](?P<year>\d{4}|\d{2})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<b>\d{2})(?:-(?P<a>\d{2}))?(?:[t ]00:00:00)?")
_ANY = re.compile(
    rf"{_MONTH}[\s\-']*(?:\d{{4}}|\d{{2}})\b|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
)
_NO_YEAR = re.compile(r"^[^y]*d[^y]*m[^y]*$|^[^y]*m[^y]*d[^y]*$", re.IGNORECASE)

REMEDY = "Type one date, such as 30/09/2016 or September 2016."


class MonthEnd(dt.date):
    """The last day of a month that was given as a month: it is printed as the month."""


def month_end(year: int, month: int) -> MonthEnd:
    """The month's last day, marked as standing for the month."""
    return MonthEnd(year, month, calendar.monthrange(year, month)[1])


def _full_year(text: str) -> int:
    year = int(text.strip("'"))
    return year if year > 99 else 2000 + year


def parse_date(text: str) -> dt.date | None:
    """The date or month that a text states, day before month; None where it states none or an impossible one."""
    word = plain(text)
    try:
        if match := _DAY_WORDS.fullmatch(word):
            return dt.date(_full_year(match["year"]), _MONTHS[match["month"]], int(match["day"]))
        if match := _MONTH_YEAR.fullmatch(word):
            return month_end(_full_year(match["year"]), _MONTHS[match["month"]])
        if match := _SLASHED.fullmatch(word):
            return dt.date(_full_year(match["year"]), int(match["b"]), int(match["a"]))
        if match := _ISO.fullmatch(word):
            year, month = int(match["year"]), int(match["b"])
            return dt.date(year, month, int(match["a"])) if match["a"] else month_end(year, month)
    except ValueError:
        return None
    return None


def states_swapped(value: Scalar) -> bool:
    """Whether a text is a date only if the month comes first, as 09/30/2016 is."""
    match = _SLASHED.fullmatch(plain(value)) if isinstance(value, str) else None
    return bool(match and int(match["b"]) > 12 >= int(match["a"]))


def states_day_first(value: Scalar) -> bool:
    """Whether a text is a date only if the day comes first, as 30/09/2016 is."""
    match = _SLASHED.fullmatch(plain(value)) if isinstance(value, str) else None
    return bool(match and int(match["a"]) > 12 >= int(match["b"]))


def read_date(cell: Cell, expected: str, months: bool = False) -> Read:
    """The cell as a date; a month as its last day. With `months`, every date stands for its month."""
    value = cell.value
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            return refused(
                "time-in-date", expected, "The cell holds a time of day as well: " + REMEDY.lower()
            )
        value = value.date()
    if isinstance(value, dt.date):
        return _read_real(value, cell.format, expected, months)
    if isinstance(value, str):
        return _read_text(value, expected, months)
    return refused("not-a-date", expected, REMEDY)


def _read_real(day: dt.date, shown: str, expected: str, months: bool) -> Read:
    if not 1990 <= day.year <= 2100:
        return refused("implausible-date", f"{expected} between 1990 and 2100", REMEDY)
    if shown and _NO_YEAR.match(shown) and day.day >= 10:
        remedy = (
            f'The cell shows day and month only: "{calendar.month_abbr[day.month]}-{day.day}" typed for a month '
            f"becomes the {day.day}th of this year's. Type the year in full, such as September 2016."
        )
        return refused("ambiguous-date", expected, remedy)
    shows_month = bool(shown) and "d" not in shown.lower() and "m" in shown.lower()
    if months or (shows_month and day.day == 1):
        return Read(month_end(day.year, day.month))
    return Read(day)


def _read_text(text: str, expected: str, months: bool) -> Read:
    found = parse_date(text)
    if found is None:
        if len(_ANY.findall(plain(text))) > 1:
            return refused(
                "two-dates", expected, "The cell holds two dates: put each in a column of its own."
            )
        if states_swapped(text):
            return refused(
                "swapped-date",
                expected,
                "The month seems to stand before the day: type it as day/month/year.",
            )
        return refused("not-a-date", expected, REMEDY)
    if not 1990 <= found.year <= 2100:
        return refused("implausible-date", f"{expected} between 1990 and 2100", REMEDY)
    return Read(month_end(found.year, found.month) if months else found)
