"""A letter's words as text and as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from reportgen.sandbox import layouts

TEXT, HTML = "mail/letter.txt", "mail/letter.html"
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class KeyFigure:
    """A figure that a letter tells: its name and value in words, and its change on the last month."""

    name: str
    words: str
    change: str = ""


@dataclass(frozen=True)
class LetterWords:
    """What stands in a letter; what is empty is left out.

    `facts` are terms with their words, `compared` says what the changes are on, `counted` how many `problems` there
    are, `more` how many of them aren't printed. `command` says what the reader may do next.
    """

    title: str
    lines: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    compared: str = ""
    counted: str = ""
    problems: tuple[str, ...] = ()
    more: int = 0
    link: str = ""
    link_words: str = ""
    command: str = ""


def letter_parts(words: LetterWords, roots: Sequence[Path]) -> tuple[str, str]:
    """The letter as text and as HTML, by the templates of the first of the roots that has them."""
    names = {**asdict(words), "figures": [asdict(figure) for figure in words.figures]}
    parts = [layouts(roots, autoescape=name == HTML).get_template(name).render(names) for name in (TEXT, HTML)]
    return _BLANK_LINES.sub("\n\n", parts[0]).strip() + "\n", parts[1]
