"""Numbers as officers type them into cells."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction

from reportgen.cells.reading import Cell, Read, doubted, refused
from reportgen.cells.words import plain

SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_NAMES = {"000": "k", "000s": "k", "k": "k", "thousand": "k", "m": "m", "mn": "m", "million": "m", "bn": "bn"}
_NUMBER = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+])?\s*(?P<pound>£|gbp)?\s*(?P<sign2>[-+])?\s*"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*"
    r"(?P<percent>%)?(?P<scale>\s*(?:k|m|mn|bn|thousand|million)\b)?\s*(?P<close>\))?\s*(?P<after>-|cr|dr)?",
)
_MISSING = {
    "-": "x",
    "--": "x",
    "tbc": "x",
    "tbd": "x",
    "tba": "x",
    "to be confirmed": "x",
    "not known": "x",
    "unknown": "x",
    "not available": "x",
    "awaited": "x",
    "?": "x",
    "[x]": "x",
    "x": "x",
    "#n/a": "x",
    "n/a": "z",
    "na": "z",
    "n.a.": "z",
    "not applicable": "z",
    "[z]": "z",
    "nil return": "z",
    "[c]": "c",
    "c": "c",
    "*": "c",
    "suppressed": "c",
}
_BELOW = re.compile(r"^(<|less than|under|fewer than)\s*\d+$")


def missing(text: str) -> str:
    """The symbol of a cell that says in words that it has no number (x, z or c); empty otherwise."""
    word = plain(text)
    return "c" if _BELOW.match(word) else _MISSING.get(word, "")


def scale_of(text: str) -> str | None:
    """The scale that a heading or title states (`""` pounds, `"k"`, `"m"`); None where it states none."""
    words = plain(text)
    found = re.search(
        r"(?:£|gbp)\s*'?\s*(000s?|k|mn?|million|thousand|bn)?(?![\w])|('000s?)\b|\b(thousand|million)s?\b",
        words,
    )
    if not found:
        return None
    name = next((g for g in found.groups() if g), "")
    return _NAMES.get(name.strip("'"), "")


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


def read_number(cell: Cell, expected: str, words: bool = True) -> Read:
    """The cell as an exact Fraction with its own scale applied; percentages as ratios.

    Brackets and a trailing minus are negative. Words for "no number" give a symbol and a warning: a dash, `tbc`
    and the like are not zero. `Read.unit` tells a scale typed in the cell, such as `k`.
    """
    value = cell.value
    if isinstance(value, bool):
        return refused("not-a-number", expected, "Type the number.")
    if isinstance(value, (int, float)):
        if value != value or value in (float("inf"), float("-inf")):
            return refused("not-a-number", expected, "Type the number.")
        return Read(exact(value), unit="%" if "%" in cell.format else "")
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return refused(
            "date-in-number",
            expected,
            "The cell holds a date or time: format it as a number and type it again.",
        )
    return (
        _read_text(str(value), expected) if words else refused("not-a-number", expected, "Type the number.")
    )


def _read_text(text: str, expected: str) -> Read:
    symbol = missing(text)
    if symbol:
        meaning = {"x": "not available", "z": "not applicable", "c": "suppressed"}[symbol]
        return doubted(
            None, "no-number", expected, f"It is read as [{symbol}] {meaning}, not as zero.", symbol
        )
    word = plain(text)
    match = _NUMBER.fullmatch(word)
    if not match or bool(match["open"]) != bool(match["close"]):
        return refused("text-in-number", expected, _number_remedy(word))
    if sum(bool(match[g]) for g in ("open", "sign", "sign2", "after")) > 1:
        return refused(
            "text-in-number", expected, "The sign is given twice: type the number with one minus sign."
        )
    number = Fraction(match["digits"].replace(",", ""))
    if match["open"] or "-" in (match["sign"], match["sign2"], match["after"]) or match["after"] == "cr":
        number = -number
    if match["percent"]:
        return Read(number / 100, unit="%")
    scale = _NAMES.get((match["scale"] or "").strip(), "")
    unit = scale or ("£" if match["pound"] else "")
    return Read(number * SCALES[scale], unit=unit)


def _number_remedy(word: str) -> str:
    if re.search(r"\d\.\d{3},\d|^\d+,\d{1,2}$|\d,\d{1,2}\b", word):
        return "A comma marks thousands here and a point decimals: type the number again so."
    if re.search(r"\d.*[-–/].*\d| to ", word):
        return "The cell holds more than one number: put one in each cell."
    if re.search(r"\d", word):
        return "Put the number alone in the cell and the words in a column of their own."
    return "Type the number, or leave the cell blank where there is none."
