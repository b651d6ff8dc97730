"""Numbers and dates in words as they are printed: the one place where a value is rounded."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from reportgen.cells.dates import MonthEnd
from reportgen.cells.numbers import magnitude, round_half_away
from reportgen.model import Unit, Value

MINUS = "\N{MINUS SIGN}"
SYMBOLS = {
    "c": "suppressed",
    "x": "not available",
    "z": "not applicable",
    "low": "rounds to zero",
    "u": "low reliability",
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
    "£ million": (100_000_000, 3, ""),
}
# Scales that print a number alone, with what says the unit in the heading over it.
HEADED_SCALES = {"£000": "£000", "£ million": "£m"}


# What no text of a cell may carry into a paper: private-use characters (ours stand for values), controls, those that
# turn the direction of the text around them, surrogates, and code points that are no characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ue000-\uf8ff"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)


@dataclass(frozen=True)
class House:
    """How an authority prints numbers: its locale, and negatives with a minus sign or in brackets."""

    locale: str = "en_GB"
    brackets: bool = False

    def negative(self, text: str) -> str:
        """The printed form of a negative amount, given the amount without its sign."""
        return f"({text})" if self.brackets else f"{MINUS}{text}"


UK = House()


def printable(text: str) -> str:
    """A text without the characters that can't be printed or would change how others are read."""
    return _UNPRINTABLE.sub("", text)


def rounded(value: int | Fraction, places: int) -> int:
    """The value in units of its last decimal place, rounded half away from zero: the only rounding there is."""
    return round_half_away(Fraction(value) * 10**places)


def decimal_text(value: int | Fraction, places: int, locale: str = "en_GB") -> str:
    """The size of a number, rounded, with thousands grouped; no sign."""
    text = f"{rounded(magnitude(value), places):0{places + 1}d}"
    head, tail = (text[:-places], text[-places:]) if places else (text, "")
    grouped = f"{int(head):,}".replace(",", str(get_group_symbol(locale)))
    return f"{grouped}{get_decimal_symbol(locale)}{tail}" if tail else grouped


def signed(value: int | Fraction, places: int, house: House, before: str = "", after: str = "") -> str:
    """A number rounded, with its sign unless it rounds to zero."""
    text = f"{before}{decimal_text(value, places, house.locale)}{after}"
    return house.negative(text) if rounded(value, places) < 0 else text


def exact_places(value: int | Fraction, most: int) -> int | None:
    """The fewest decimal places that show a number exactly, up to `most`; None where it needs more."""
    return next((p for p in range(most + 1) if (Fraction(value) * 10**p).denominator == 1), None)


@dataclass(frozen=True)
class Shape:
    """How a number is printed: what it is multiplied with, its decimal places, and the words before and after."""

    scale: Fraction
    places: int
    before: str = ""
    after: str = ""


def shape(value: int | Fraction, unit: Unit, style: str = "", places: int | None = None) -> Shape:
    """How a number in a unit is printed; without `places`, with the decimals that its unit and value call for."""
    if unit in (Unit.MONEY, Unit.MONEY_PER_WEEK):
        style = style or ("£p" if unit is Unit.MONEY_PER_WEEK else "£")
        pence, usual, suffix = MONEY_SCALES[style]
        # £2.061m and £2,319k are printed exactly where three places suffice; pounds are whole.
        fewest = exact_places(Fraction(value, pence), 3) if suffix else usual
        scale, before, after = Fraction(1, pence), "" if style in HEADED_SCALES else "£", suffix
    elif unit is Unit.PER_10000:
        usual, fewest, scale, before, after = 0, 0, Fraction(1), "", ""
    else:
        scale, after = (Fraction(100), "%") if unit is Unit.PERCENT else (Fraction(1), "")
        if unit is Unit.POINTS:
            one = value in (Fraction(1, 100), Fraction(-1, 100)) and not places
            scale, after = Fraction(100), f"\N{NO-BREAK SPACE}percentage point{'' if one else 's'}"
        usual, fewest, before = 1, exact_places(value * scale, 2), ""
    decided = places if places is not None else usual if fewest is None else fewest
    return Shape(scale, decided, before, after)


def in_words(
    value: Value | None,
    unit: Unit,
    symbol: str = "",
    house: House = UK,
    style: str = "",
    places: int | None = None,
) -> str:
    """A value as printed in its unit; `[x]` and the like where there is none, nothing for a blank.

    `style` is a scale of money (one of MONEY_SCALES) and `places` a number of decimals; both are optional.
    """
    if value is None:
        return f"[{symbol}]" if symbol else ""
    if isinstance(value, dt.date):
        return _date(value, unit, house)
    if isinstance(value, str):
        return printable(value)
    form = shape(value, unit, style, places)
    return signed(value * form.scale, form.places, house, form.before, form.after)


def vanishes(value: Value | None, unit: Unit, style: str = "", places: int | None = None) -> bool:
    """Whether a value that is not zero is printed as zero."""
    if value is None or isinstance(value, (str, dt.date)) or value == 0:
        return False
    form = shape(value, unit, style, places)
    return rounded(value * form.scale, form.places) == 0


def _date(value: dt.date, unit: Unit, house: House) -> str:
    return str(format_date(value, "MMMM y" if is_month(value, unit) else "d MMMM y", locale=house.locale))


def is_month(value: dt.date, unit: Unit) -> bool:
    """Whether a date stands for its month, whose last day it is."""
    return unit is Unit.MONTH or isinstance(value, MonthEnd)


def month_short(value: dt.date, house: House) -> str:
    """A month in short, such as Sep 2016, for the axis of a chart."""
    return str(format_date(value, "LLL y", locale=house.locale)).replace("Sept", "Sep")


_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def small_in_words(value: int | Fraction, house: House = UK) -> str:
    """A whole number up to ten as a word, as prose has it; others in digits."""
    small = 0 <= value <= 10 and Fraction(value).denominator == 1
    return _ONES[int(value)] if small else in_words(value, Unit.COUNT, house=house)


def direction(value: int | Fraction | float, up: str, down: str, same: str) -> str:
    """The word for a change: one for a rise, one for a fall, one for none."""
    return up if value > 0 else down if value < 0 else same


def joined(items: Sequence[str]) -> str:
    """Items as a phrase: a, b and c; `none` where there are none."""
    if len(items) < 2:
        return items[0] if items else "none"
    return f"{', '.join(items[:-1])} and {items[-1]}"


def sentence_case(text: str) -> str:
    """A text with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


def is_language(tag: str) -> bool:
    """Whether a tag such as cy, en-GB or zh-Hant names a language, script and country that there are."""
    first, *rest = tag.split("-")
    english = Locale("en")
    known = (english.scripts, english.territories)
    return first in english.languages and first == first.lower() and all(
        any(each in names for names in known) for each in rest
    )
