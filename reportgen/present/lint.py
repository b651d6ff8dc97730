"""Numbers typed by hand: what a text may hold of digits and number words beside its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportgen.model import Place, Problem, Severity

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ALLOWED = re.compile(
    "|".join(
        (
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})(?:\s+\d{{4}})?\b",  # 12 July 2016
            rf"\b(?:{_MONTHS})\s+\d{{4}}\b",  # July 2016
            r"\b(?:19|20)\d\d/\d\d\b",
            r"\b(?:19|20)\d\d[-\u2013](?:19|20)?\d\d\b",
            r"\b(?:in|by|since|of|from|to|until|act|regulations)\s+(?:19|20)\d\d\b",
            r"\b(?:section|sections|paragraph|paragraphs|appendix|table|figure|outcome|action|actions|regulation|schedule|part|chapter|key stage)\s+\d+(?:\.\d+)*(?:(?:,| and| to)\s*\d+(?:\.\d+)*)*",
            r"^\s*\d+[.)]\s",  # an ordered list
            r"^#{1,6}\s.*$",  # headings carry outcome numbers
            r"https?://\S+",
            r"\S+@\S+",
            r"\b[A-Z]{1,5}\d{1,4}[A-Z]?\b",  # addresses, form numbers
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER = re.compile(
    r"£?\d[\d,]*(?:\.\d+)?\s*(?:%|per cent|k\b|m\b|million|thousand)?"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
    r"|half|third|quarter|twice|double|doubled|trebled|halved)\b",
    re.IGNORECASE,
)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LINK = re.compile(r"\]\([^)]*\)")


def _blanked(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def typed_numbers(text: str, constants: Iterable[str] = ()) -> Iterator[tuple[int, str]]:
    """Each number or number word in a text that is no figure, date, reference or declared constant, with its line."""
    for pattern in (_JINJA, _LINK):
        text = pattern.sub(_blanked, text)
    for constant in constants:
        text = re.sub(re.escape(constant), _blanked, text)
    text = _ALLOWED.sub(_blanked, text)
    for match in _NUMBER.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[0].strip()


def lint(text: str, place: Place, constants: Iterable[str] = (), first_line: int = 1) -> list[Problem]:
    """A warning for each number that an author typed into a text."""
    return [
        Problem(
            "typed-number",
            Place(place.file, line=first_line + line - 1) if first_line else place,
            "numbers taken from figures",
            f'"{number}"',
            "Use {{ fig.name }} (reportgen trace lists the names), or declare it under constants.",
            Severity.WARNING,
        )
        for line, number in typed_numbers(text, constants)
    ]
