"""A paper's settings and texts made in place, with a few figures and a grid or two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from reportgen.model import Text, Unit, Value
from reportgen.present.document import Document, compose
from reportgen.present.sources import Sources
from reportgen.settings import MeetingSettings, PaperSettings
from reportgen.tomlfile import load
from reportgen.trace import Figure, Found, Grid, GridRow, Head
from reportgen.wording import House

PAPER, WORDS = "templates/made/paper.toml", "templates/made/paper.md"
MEETING, COMMENTARY = "inputs/made/2016-05/made/meeting.toml", "inputs/made/2016-05/made/commentary.md"
UNITS = {str: Unit.TEXT, int: Unit.COUNT, dt.date: Unit.DATE}

PAPER_TOML = """\
title = "A report"
subject = "What it is about"
author = "A service"
datasets = ["population"]
"""
MEETING_TOML = """\
committee = "A committee"
meeting_date = 2016-07-12
recommendation = "To note the report."
"""
TABLE = """
[[exhibit]]
name = "lines"
kind = "table"
grid = "lines"
title = "Lines"
"""
FIGURES: Mapping[str, Value | None] = {"children": 631, "change": -16, "one": 1, "plan": "A plan", "none": None}


def figure(name: str, value: Value | None, unit: Unit | None = None, symbol: str = "") -> Figure:
    """A named figure of a value alone, in the unit that its type suggests."""
    return Figure(value, unit or UNITS.get(type(value), Unit.COUNT), "made in a test", symbol, name=name)


def figures(**values: Value | Figure | None) -> dict[str, Figure]:
    """Figures by name."""
    return {n: v if isinstance(v, Figure) else figure(n, v) for n, v in {**FIGURES, **values}.items()}


def lines(*rows: tuple[str, int] | tuple[str, int, str]) -> Grid:
    """A grid of names and numbers, each row perhaps with its group; the last row of several is their total."""
    heads = (Head("line", "Line", Unit.TEXT, is_label=True), Head("number", "Number", Unit.COUNT))
    made = [
        GridRow((figure("", name), figure("", number)), "body", rest[0] if rest else "") for name, number, *rest in rows
    ]
    return Grid("lines", heads, tuple(made))


def sources(
    words: str = "",
    *,
    paper: str = PAPER_TOML,
    meeting: str = MEETING_TOML,
    passages: Mapping[str, str] | None = None,
    house: House | None = None,
) -> Sources:
    """A paper's sources from its texts; every passage begins on a line of its own hundred: 100, 200 …"""
    settings, of_meeting = load(PaperSettings, Text(PAPER, paper)), load(MeetingSettings, Text(MEETING, meeting))
    assert settings.values and of_meeting.values, settings.problems + of_meeting.problems
    commentary = {
        name: Text(COMMENTARY, text, 100 * number) for number, (name, text) in enumerate((passages or {}).items(), 1)
    }
    return Sources(
        settings.values, of_meeting.values, "A council", house or House(), "2016-05",
        {"population": dt.date(2016, 5, 31)}, Text(WORDS, words), commentary, PAPER, MEETING,
        {PAPER: paper, MEETING: meeting},
    )  # fmt: skip


def found(grids: Sequence[Grid] = (), **values: Value | Figure | None) -> Found:
    """What the figures' stage would give."""
    return Found(figures(**values), {grid.name: grid for grid in (*grids, lines(("First", 1), ("Second", 22)))})


def document(words: str = "", *, found_: Found | None = None, **texts: Any) -> Document:
    """The document of texts that are as they should be, warnings apart."""
    made, problems = compose(sources(words, **texts), found_ or found())
    assert made is not None, messages(problems)
    return made


def problems(words: str = "", *, found_: Found | None = None, **texts: Any) -> list[str]:
    """What is wrong with texts, in words."""
    return messages(compose(sources(words, **texts), found_ or found())[1])


def messages(told: Sequence[Any]) -> list[str]:
    return [problem.message for problem in told]


def html(made: Document) -> str:
    """The document's words, exhibits left out."""
    return "".join(text for kind, text in made.blocks if kind == "html")


SHARE = Fraction(68, 563)
