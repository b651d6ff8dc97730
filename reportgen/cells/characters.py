"""Characters that the paper can't print, because its font lacks them."""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_right

from reportgen.cells.glyphs import RANGES

UNPRINTABLE = "unprintable-character"
REMEDY = "Take it out, or write it in words: the paper's font has no such character."
_FIRSTS = [first for first, _ in RANGES]
_WITHOUT_GLYPH = ("Cc", "Cf", "Cs", "Co", "Zs")  # what is taken out before it is printed, or shows as a space
_SELECTORS = range(0xFE00, 0xFE10)  # of variants: they show nothing


def unprintable(text: str) -> str:
    """The text's first character that the paper's font lacks; empty where it has them all."""
    if text.isascii():
        return ""
    return next((each for each in text if not _has(each)), "")


@functools.lru_cache(maxsize=4096)
def _has(character: str) -> bool:
    point = ord(character)
    at = bisect_right(_FIRSTS, point) - 1
    if at >= 0 and point <= RANGES[at][1]:
        return True
    return unicodedata.category(character) in _WITHOUT_GLYPH or point in _SELECTORS


def named(character: str) -> str:
    """What a problem says that it found: the character's code point."""
    return f"a character that can't be printed (U+{ord(character):04X})"
