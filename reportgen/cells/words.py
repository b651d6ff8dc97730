"""Words of cells made comparable: spaces, quotes, dashes, case."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable

_QUOTES = str.maketrans(
    "\u2018\u2019\u201a\u201b\u2032\u201c\u201d\u201e\u201f\u2033\u2013\u2014\u2012\u2212\u2010\u2011",
    "'''''" + '"""""' + "------",
)
_SPACE = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
_NOT_WORD = re.compile(r"[^\w%/]+")

_THOUSAND, _MILLION = r"'?000'?s?|1,000'?s|k|thousands?", r"mn?|millions?"
# A unit of money: £ or GBP with or without a scale, which may stand apart in brackets or after a dash or "in"; or a
# scale that can only be one of money.
_MONEY = re.compile(
    rf"(?:\bin\s+)?(?:£|\bgbp\b|\bpounds\b)[\s(),'-]*(?:in\s+)?[(']*"
    rf"(?:(?P<k>{_THOUSAND})|(?P<m>{_MILLION})|(?P<bn>bn|billions?))(?!\w)"
    r"|(?:\bin\s+)?(?:£|\bgbp\b|\bpounds\b)(?!\w)"
    r"|(?P<k2>'000'?s?(?!\w)|\b000'?s\b|\(\s*000\s*\))"
    r"|(?:\bin|\()\s*(?:(?P<k3>thousands)|(?P<m3>millions))\b(?:\s+of\s+pounds)?"
)
_TOTAL = re.compile(
    r"^(?P<sub>sub\s*-?\s*totals?|totals? (?:for|of))\b|^(?P<grand>(?:grand|overall) totals?)\b"
    r"|^(?P<net>(?:net )?totals?)\b|\b(?P<end>(?<!in )(?<!the )totals?):?$"
)


@functools.lru_cache(maxsize=8192)
def tidy(text: str) -> str:
    """The text with all runs of white space, non-breaking ones among them, as single spaces."""
    if text.isascii():
        return _SPACE.sub(" ", text).strip()
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


@functools.lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text tidied, in lower case, with typewriter quotes and hyphens: for comparison only."""
    return tidy(text).translate(_QUOTES).casefold()


@functools.lru_cache(maxsize=8192)
def heading_words(text: str) -> str:
    """A heading's words alone: no case, punctuation, line breaks or unit of money.

    A heading that is nothing but a unit, such as £000, is its unit.
    """
    word = plain(text)
    return _words(_MONEY.sub(" ", word)) or _SPACE.sub("", word.strip("() "))


def _words(text: str) -> str:
    return _SPACE.sub(" ", _NOT_WORD.sub(" ", text).replace("_", " ")).strip()


def is_unit(text: str) -> bool:
    """Whether the text is nothing but a unit of money, such as (£000)."""
    word = plain(text)
    return bool(_MONEY.search(word)) and not _words(_MONEY.sub(" ", word))


def without_unit(text: str) -> str:
    """The text, tidied, without a unit of money, such as 2016/17 of "2016/17 (£m)"."""
    word = tidy(text)
    return word if not _MONEY.search(plain(text)) else _SPACE.sub(" ", _MONEY.sub(" ", plain(text))).strip(" (),-")


def scale_of(text: str) -> str | None:
    """The scale of money that a heading or title states: "" for pounds, k, m or bn; None where it states none."""
    found = [match.groupdict() for match in _MONEY.finditer(plain(text))]
    scales = [name.rstrip("23") for groups in found for name, said in groups.items() if said]
    # A bare £ may be a word of the title, so a scale counts wherever it stands.
    return scales[0] if scales else "" if found else None


def nearest(word: str, known: Iterable[str], cutoff: float = 0.72) -> str:
    """The known word that `word` is most likely meant to be; empty where none is close."""
    table = {plain(k): k for k in known}
    found = difflib.get_close_matches(plain(word)[:100], table, n=1, cutoff=cutoff)
    return table[found[0]] if found else ""


@functools.lru_cache(maxsize=8192)
def total_kind(text: str) -> str:
    """What totals row a label is of: "subtotal", "total" or "grand total"; empty where it is of none."""
    match = _TOTAL.search(plain(text))
    if not match:
        return ""
    if match["grand"]:
        return "grand total"
    return "total" if match["net"] else "subtotal"
