"""Words of cells made comparable: spaces, quotes, dashes, case."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

_QUOTES = str.maketrans("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u2013\u2014\u2012\u2212\u2010\u2011", "''''\"\"\"\"'\"------")
_SPACE = re.compile(r"\s+")
_UNIT = re.compile(r"£\s*'?\s*(000s?|k|m|mn|million|thousand)?|\bgbp\b|'000s?", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^\w%/]+")


def tidy(text: str) -> str:
    """The text with all runs of white space, non-breaking ones among them, as single spaces."""
    return _SPACE.sub(
        " ", unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\ufeff", "")
    ).strip()


def plain(text: str) -> str:
    """The text tidied, in lower case, with typewriter quotes and hyphens: for comparison only."""
    return tidy(text).translate(_QUOTES).casefold()


def heading_words(text: str) -> str:
    """A heading's words alone: no case, punctuation, line breaks or unit of money."""
    return _SPACE.sub(" ", _NOT_WORD.sub(" ", _UNIT.sub(" ", plain(text)))).replace("_", " ").strip()


def nearest(word: str, known: Iterable[str], cutoff: float = 0.72) -> str:
    """The known word that `word` is most likely meant to be; empty where none is close."""
    table = {plain(k): k for k in known}
    found = difflib.get_close_matches(plain(word), table, n=1, cutoff=cutoff)
    return table[found[0]] if found else ""


_TOTAL = re.compile(
    r"^(?P<sub>sub\s*-?\s*total|total for|total of)\b|^(grand\s+|overall\s+)?totals?\b|^all\s+(placement types|objectives)\b"
    r"|\btotals?$",
)


def total_kind(text: str) -> str:
    """`"subtotal"` or `"total"` where the label is that of a totals row, else empty."""
    match = _TOTAL.search(plain(text))
    if not match:
        return ""
    return "subtotal" if match.group("sub") or (match.start() > 0) else "total"
