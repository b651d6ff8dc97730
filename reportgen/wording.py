"""Numbers and dates in words as they are printed: the one place where a value is rounded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_decimal

from reportgen.cells.dates import MonthEnd
from reportgen.cells.numbers import magnitude, round_half_away
from reportgen.model import Unit, Value

MINUS = "\N{MINUS SIGN}"
SYMBOLS = {
    "c": "suppressed",
    "x": "not available",
    "z": "not applicable",
    "low": "rounds to zero",
    "p": "provisional",
    "r": "revised",
    "f": "forecast",
    "b": "break in the series",
}
MONEY_SCALES = {
    "£": (100, 0, ""),
    "£p": (100, 2, ""),
    "£000": (100_000, 0, ""),
    "£k": (100_000, 0, "k"),
    "£m": (100_000_000, 1, "m"),
}


@dataclass(frozen=True)
class House:
    """How an authority prints numbers: its locale, and negatives with a minus sign or in brackets."""

    locale: str = "en_GB"
    brackets: bool = False

    def negative(self, text: str) -> str:
        """The printed form of a negative amount, given the amount without its sign."""
        return f"({text})" if self.brackets else f"{MINUS}{text}"


UK = House()


def decimal_text(value: int | Fraction, places: int, locale: str = "en_GB") -> str:
    """The size of a number, rounded half away from zero, with thousands grouped; no sign."""
    whole = round_half_away(Fraction(magnitude(value)) * 10**places)
    text = f"{whole:0{places + 1}d}"
    head, tail = (text[:-places], text[-places:]) if places else (text, "")
    grouped = format_decimal(int(head), format="#,##0", locale=locale)
    return f"{grouped}.{tail}" if tail else str(grouped)


def signed(value: int | Fraction, places: int, house: House, before: str = "", after: str = "") -> str:
    """A number rounded, with its sign unless it rounds to zero."""
    text = f"{before}{decimal_text(value, places, house.locale)}{after}"
    return house.negative(text) if round_half_away(Fraction(value) * 10**places) < 0 else text


def exact_places(value: int | Fraction, most: int) -> int | None:
    """The fewest decimal places that show a number exactly, up to `most`; None where it needs more."""
    return next((p for p in range(most + 1) if (Fraction(value) * 10**p).denominator == 1), None)


def in_words(
    value: Value | None,
    unit: Unit,
    symbol: str = "",
    house: House | None = None,
    style: str = "",
    places: int | None = None,
) -> str:
    """A value as printed in its unit; `[x]` and the like where there is none, nothing for a blank.

    `style` is a scale of money (£, £p, £000, £k, £m) and `places` a number of decimals; both are optional.
    """
    house = house or House()
    if value is None:
        return f"[{symbol}]" if symbol else ""
    if isinstance(value, dt.date):
        return _date(value, unit, house)
    if isinstance(value, str):
        return value
    if unit in (Unit.MONEY, Unit.MONEY_PER_WEEK):
        return _money(value, unit, house, style, places)
    if unit is Unit.PERCENT:
        shown = exact_places(value * 100, 2) if places is None else places
        return signed(value * 100, 1 if shown is None else shown, house, after="%")
    if unit is Unit.PER_10000:
        return signed(value, places or 0, house)
    fewest = exact_places(value, 2) if places is None else places
    return signed(value, 1 if fewest is None else fewest, house)


def _money(value: int | Fraction, unit: Unit, house: House, style: str, places: int | None) -> str:
    style = style or ("£p" if unit is Unit.MONEY_PER_WEEK else "£")
    pence, default, suffix = MONEY_SCALES[style]
    amount = Fraction(value, pence)
    if places is None:
        places = default
        if suffix and (fewest := exact_places(amount, 3)) is not None:
            places = fewest
    before = "" if style == "£000" else "£"
    return signed(amount, places, house, before, suffix)


def _date(value: dt.date, unit: Unit, house: House) -> str:
    monthly = unit is Unit.MONTH or isinstance(value, MonthEnd)
    return str(format_date(value, "MMMM y" if monthly else "d MMMM y", locale=house.locale))


def month_short(value: dt.date, house: House) -> str:
    """A month in short, such as Sep 2016, for the axis of a chart."""
    return str(format_date(value, "LLL y", locale=house.locale)).replace("Sept", "Sep")


_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def small_in_words(value: int | Fraction) -> str:
    """A whole number up to ten as a word, as prose has it; others in digits."""
    return (
        _ONES[int(value)] if 0 <= value <= 10 and Fraction(value).denominator == 1 else decimal_text(value, 0)
    )


def direction(value: int | Fraction, up: str, down: str, same: str) -> str:
    """The word for a change: one for a rise, one for a fall, one for none."""
    return up if value > 0 else down if value < 0 else same


def joined(items: list[str]) -> str:
    """Items as a phrase: a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "none"
