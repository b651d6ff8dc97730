"""Numbers as officers type them into cells."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from fractions import Fraction

from reportgen.cells.formats import is_percentage, stated_scale, thousands
from reportgen.cells.reading import Cell, Read, lacking, refused
from reportgen.cells.words import plain

SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
# Beyond this a number is no council's, and its pence would not fit the integers that columns are kept in.
LARGEST = 10**12

_NAMES = {"k": "k", "thousand": "k", "m": "m", "mn": "m", "million": "m", "bn": "bn", "billion": "bn"}
_NUMBER = re.compile(
    r"(?P<sign>[-+])?\s*(?P<pound>£|gbp)?\s*(?P<open>\()?\s*(?P<pound2>£|gbp)?\s*(?P<sign2>[-+])?\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*"
    r"(?P<percent>%|per cent\b|percent\b)?(?P<scale>(?:k|mn?|bn|thousand|million|billion)\b)?\s*"
    r"(?P<close>\))?\s*(?P<after>-|cr\b|dr\b)?"
)
_LONGEST = 60  # characters: longer than any number that is one
_MISSING = {
    "x": ("-", "--", "..", "tbc", "tbd", "tba", "to be confirmed", "not known", "unknown", "not available",
          "awaited", "?", "[x]", "x"),
    "z": ("n/a", "na", "n.a.", "not applicable", "[z]", "z"),
    "c": ("[c]", "c", "*", "suppressed"),
}  # fmt: skip
_SYMBOLS = {word: symbol for symbol, words in _MISSING.items() for word in words}
_BELOW = re.compile(r"(<=?|≤|less than|under|fewer than|up to)\s*[0-9]+|[0-9]+ or (fewer|less)")


def missing(text: str) -> str:
    """The symbol of a cell that says in words that it has no value (x, z or c); empty otherwise."""
    word = plain(text)
    return "c" if _BELOW.fullmatch(word) else _SYMBOLS.get(word, "")


def exact(value: int | float | Decimal) -> Fraction:
    """The number that the cell shows, exactly: a float stands for its shortest decimal form."""
    return Fraction(Decimal(repr(value)) if isinstance(value, float) else value)


def magnitude(value: int | Fraction) -> int | Fraction:
    """The number without its sign."""
    return value if value >= 0 else -value


def round_half_away(value: Fraction) -> int:
    """The nearest whole number, halves away from zero."""
    whole = (abs(value) + Fraction(1, 2)).__floor__()
    return whole if value >= 0 else -whole


def read_number(cell: Cell, expected: str) -> Read:
    """The number that the cell shows, as an exact Fraction; percentages as ratios, k and m multiplied out.

    Brackets and a trailing minus are negative. Words for "no number" give a symbol and a warning: a dash, `tbc`
    and the like are not zero. `Read.unit` tells what the cell states itself: £, %, k, m or bn.
    """
    value = cell.value
    if isinstance(value, bool):
        return refused("not-a-number", expected, "Type the number.")
    if isinstance(value, (int, float)):
        read = _read_real(value, cell.format, expected)
    elif isinstance(value, (dt.date, dt.time, dt.timedelta)):
        remedy = "The cell holds a date or time: format it as a number and type it again."
        return refused("date-in-number", expected, remedy)
    else:
        read = _read_text(str(value), expected)
    if read.value is not None and abs(read.value) > LARGEST:
        return too_large(expected)
    return read


def too_large(expected: str) -> Read:
    """A refusal of a number beyond LARGEST."""
    return refused("implausible-number", expected, "The number is larger than any of a council's: type it again.")


def _read_real(value: int | float, number_format: str, expected: str) -> Read:
    if not math.isfinite(value):
        return refused("not-a-number", expected, "Type the number.")
    number = exact(value)
    if not number_format:
        return Read(number)
    if is_percentage(number_format):
        return Read(number, unit="%")
    scale = stated_scale(number_format)
    return Read(number / 1000 ** thousands(number_format) * SCALES[scale], unit=scale)


def _read_text(text: str, expected: str) -> Read:
    symbol = missing(text)
    if symbol:
        return lacking(symbol, "no-number", expected)
    word = plain(text)
    match = _NUMBER.fullmatch(word) if len(word) <= _LONGEST else None
    if not match or bool(match["open"]) != bool(match["close"]) or (match["pound"] and match["pound2"]):
        return refused("text-in-number", expected, _number_remedy(word))
    if sum(bool(match[g]) for g in ("open", "sign", "sign2", "after")) > 1:
        return refused("text-in-number", expected, "The sign is given twice: type the number with one minus sign.")
    number = Fraction(match["digits"].replace(",", ""))
    if match["open"] or "-" in (match["sign"], match["sign2"], match["after"]) or match["after"] == "cr":
        number = -number
    if match["percent"]:
        return Read(number / 100, unit="%")
    scale = _NAMES.get(match["scale"] or "", "")
    return Read(number * SCALES[scale], unit=scale or ("£" if match["pound"] or match["pound2"] else ""))


def _number_remedy(word: str) -> str:
    if re.search(r"\d\.\d{3},\d|^\d+,\d{1,2}$|\d,\d{1,2}\b", word):
        return "A comma marks thousands here and a point decimals: type the number again so."
    if re.search(r"\d.*[-/].*\d| to |\d \d", word):
        return "Is it more than one number? Type one in each cell, without spaces in it."
    if re.search(r"\d", word):
        return "Put the number alone in the cell and the words in a column of their own."
    return "Type the number, or leave the cell blank where there is none."
