"""Number formats: what a spreadsheet shows of a cell's value."""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from reportgen.cells.reading import Cell
from reportgen.cells.words import tidy

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_AS_SHOWN = Context(prec=400, rounding=ROUND_HALF_UP)  # spreadsheets round halves away from zero
_SCALE = re.compile(r'["\\]\s*(k|m|bn)\b', re.IGNORECASE)


@functools.lru_cache(maxsize=1024)
def codes(number_format: str) -> str:
    """The codes of the format's first section in lower case, without literal text, colours and locales."""
    return _LITERAL.sub("", number_format).split(";")[0].lower()


def is_percentage(number_format: str) -> bool:
    """Whether the format shows a ratio as a percentage; a literal % after a number does not."""
    return "%" in codes(number_format)


def thousands(number_format: str) -> int:
    """How many times the format divides by a thousand before it shows a number: 2 for `0.0,,`."""
    match = re.search(r"[0#?](,+)(?![,0#?])", codes(number_format))
    return len(match[1]) if match else 0


def stated_scale(number_format: str) -> str:
    """The scale that the format writes behind a number: k, m or bn; empty where it writes none."""
    match = _SCALE.search(number_format.split(";")[0])
    return match[1].lower() if match and re.search("[0#?]", codes(number_format)) else ""


def decimal_places(number_format: str) -> int | None:
    """The decimal places that the format shows; None where it leaves that to the value, as General does."""
    pattern = codes(number_format)
    if not re.search("[0#?]", pattern):
        return None
    match = re.search(r"\.([0#?]+)", pattern)
    return len(match[1]) if match else 0


def places_shown(cell: Cell) -> int:
    """The decimal places that a cell shows of its number."""
    if isinstance(cell.value, str):
        match = re.search(r"\d\.(\d+)", cell.value)
        return len(match[1]) if match else 0
    if isinstance(cell.value, bool) or not isinstance(cell.value, (int, float)):
        return 0
    places = decimal_places(cell.format)
    if places is not None:
        return places
    denominator = Fraction(Decimal(repr(cell.value))).denominator if abs(cell.value) < 1e15 else 1
    return next(n for n in range(400) if 10**n % denominator == 0)


def hides_year(number_format: str) -> bool:
    """Whether the format shows day and month only, as `d-mmm` does."""
    pattern = codes(number_format)
    return "d" in pattern and "m" in pattern and not set(pattern) & set("yhs")


def shows_month_only(number_format: str) -> bool:
    """Whether the format shows a month without its day, as `mmm-yy` does."""
    pattern = codes(number_format)
    return "m" in pattern and not set(pattern) & set("dhs")


def shown(cell: Cell) -> str:
    """A cell's text as the sheet shows it: whole numbers without a point, `0000` and `0.00` formats obeyed."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _shown_number(value, codes(cell.format))
    if isinstance(value, (dt.datetime, dt.date)):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return tidy(str(value))


def _shown_number(value: int | float, pattern: str) -> str:
    if not math.isfinite(value):
        return str(value)
    if match := re.fullmatch(r"(0+)(?:\.(0+))?", pattern):
        places = len(match[2] or "")
        width = len(match[1]) + (places + 1 if places else 0)
        return f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), context=_AS_SHOWN):0{width}.{places}f}"
    return str(int(value)) if float(value).is_integer() else repr(value)
