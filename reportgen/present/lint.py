"""Numbers typed by hand: what a text may hold of digits and number words beside its figures.

What is allowed is made blank, character by character, so that the numbers left stand on their lines; those are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportgen.model import Place, Problem, Severity

_MONTHS = (
    "(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_LARGE = "dozens?|hundreds?|thousands?|millions?|billions?"
_WORD = f"(?:{_ONES}|{_TEENS}|{_TENS}|{_LARGE})"
# "One" alone is hardly ever a count, and a half or quarter may be of a year: these count only with what makes them one.
_COUNT = f"(?:{_ONES.removeprefix('one|')}|{_TEENS}|{_TENS}|{_LARGE})"

# What numbers refer to rather than count. The numbers after it may be several: Sections 17 and 20, Years 7 to 11.
_REFERENCES = "section|s|ss|paragraph|para|appendix|annex|table|figure|outcome|action"
_LAW = "regulation|reg|schedule|part|chapter|article|rule"
_STEPS = "clause|form|standard|objective|priority|phase|tier|band|option|item|page|question|minute|step|grade"
# A small "year" or "group" before a number may be a word of the sentence: "that year 16 children left".
_TITLED = "Year|Quarter|Period|Week|Month|Day|Group|Type|Class|Level|Stage|Lot|Room|Ward|Zone|No|Number"
_PARTS = f"(?:{_REFERENCES}|{_LAW}|{_STEPS}|version|volume|key stage|(?-i:{_TITLED}))"
_NUMBERED = r"(?:[A-Z]{0,2}\d+[A-Z]{0,2}(?:\.\d+)*(?:\(\w+\))*)"

_ALLOWED = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"https?://\S+|www\.\S+|\S+@\S+",
        r"&#\w+;",
        r"^\s*\d+[.)]\s",  # an item of a list
        rf"\b{_DAY}(?:\s*(?:to|and|[-–&,])\s*{_DAY})*\s+(?:of\s+)?{_MONTHS}\b(?:,?\s+\d{{4}}\b)?",  # 12 July 2016
        rf"\b{_MONTHS}\s+{_DAY},?\s+\d{{4}}\b",  # July 12, 2016
        rf"\b{_MONTHS}[\s-]+(?:\d{{4}}|\d{{2}})\b",  # July 2016, Sept-16
        r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b",
        r"\b(?:19|20)\d\d\s*(?:/|[-–]|\bto\b)\s*(?:(?:19|20)\d\d|\d\d)\b",  # 2016/17, 2016 to 2017
        r"\b\d{1,2}(?:[.:]\d{2})?\s*[ap]\.?m\b\.?|\b\d{1,2}:\d{2}\b",  # 9.30am, 14:00
        rf"\b{_PARTS}s?\.?\s*{_NUMBERED}\+?(?:\s*(?:,|/|[-–]|\band\b|\bor\b|\bto\b)\s*{_NUMBERED}\b)*",
        rf"\b{_PARTS}\s+(?:{_ONES})\b",  # Key Stage two
        r"\baged?\s+(?:of\s+)?\d+(?:\s*(?:to|and|or|[-–])\s*\d+)?\+?",  # aged 16 and over, the age of 18
        r"\b(?:under|over)[\s-]+\d{1,2}s\b|\b(?:under|over)-\d{1,2}\b",  # under-18s
        r"\b(?:children|people|population|those|anyone|adults|carers|parents|students)\s+(?:under|over)\s+\d{1,2}\b",
        r"\b\d{1,2}(?:\s*(?:to|and|or|[-–])\s*\d{1,2})?[\s-]+years?[\s-]+olds?\b",  # 16 to 17 year olds
        r"\b\d{1,2}\+(?!\d)",  # 16+
        r"\b\d+(?:st|nd|rd|th)\b",
        r"\b24/7\b",
        r"\b0\d{2,4}[\s-]\d{3,4}(?:[\s-]\d{3,4})?\b",  # a telephone
    )
) + tuple(
    re.compile(pattern)
    for pattern in (
        r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b",  # a postcode
        r"\b[A-Z]{1,6}-?\d{1,4}[A-Za-z]?\b",  # forms, roads, codes: SSDA903, PR1, COVID-19
        r"(?<![£\d.,])\b(?:19|20)\d\d(?:s\b|\b(?![,.]?\d|\s*%|\s+per\b|\s+(?:[a-z]+\s+)?"
        r"(?:children|people|placements|carers|families|beds|cases|pupils|weeks|days|hours|actions|pounds|nights)\b))",
    )
)
_NUMBER = re.compile(
    rf"\b(?:one|{_COUNT}|\d+)\s+in\s+(?:{_WORD}|\d+)\b"  # 1 in 5
    rf"|\b(?:(?:one|{_COUNT})[\s-])?(?:thirds|fifths|quarters)\b|\b(?:an?|one)[\s-](?:third|quarter|fifth|half)\b(?![\s-]+year)"
    r"|(?<!first )(?<!second )(?<!latter )(?<!other )\bhalf\s+(?:of|the|as|a)\b|\bby\s+half\b|\bthan\s+half\b"
    rf"|\b(?:an?|one)\s+(?:{_LARGE})\b(?:[\s-]+(?:and\s+)?{_WORD}\b)*"
    rf"|\b{_COUNT}\b(?:[\s-]+(?:and\s+)?{_WORD}\b)*(?:\s+(?:per cent|percentage points?|percent))?"
    r"|\b(?:twice|double|doubled|doubling|treble|trebled|triple|tripled|quadrupled|halved|halving)\b(?!-)"
    r"|[-−]?£?\d[\d,]*(?:\.\d+)?(?:\s*(?:%|(?:per cent|percent|percentage points?|[km]|bn|million|thousand)\b))?",
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
    for constant in sorted(constants, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.,£]){re.escape(constant)}(?!\w|[.,]\d)", _blanked, text)
    for pattern in _ALLOWED:
        text = pattern.sub(_blanked, text)
    for match in _NUMBER.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, " ".join(match[0].split()).rstrip(",")


def lint(text: str, place: Place, constants: Iterable[str] = (), first_line: int = 1) -> list[Problem]:
    """A warning for each number typed into a text; `first_line` is 0 where its lines aren't those of the file."""
    return [
        Problem(
            "typed-number",
            Place(place.file, line=first_line + line - 1) if first_line else place,
            "numbers taken from figures",
            f'"{number}"',
            "Use {{ fig.name }} (reportgen trace lists the names), or declare it under constants.",
            Severity.WARNING,
        )
        for line, number in typed_numbers(text, tuple(constants))
    ]
