"""Who cleared a paper, in its words: placeholders until it is known which clearances hold.

What a clearance is of can't depend on the clearances, so that their words are put in last, when the rest of the
document has its fingerprint.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from reportgen.model import RoleState, Unit
from reportgen.present.document import Document
from reportgen.present.placeholders import CLOSE, OPEN
from reportgen.wording import House, in_words, printable

NOT_YET = "not yet verified"
_MARK = re.compile(f"{OPEN}([a-z][a-z0-9_]*){CLOSE}")


def cleared(document: Document, states: Iterable[RoleState], house: House) -> Document:
    """The document with the words of the clearances that hold, and of those that don't or aren't there."""
    words = {state.role: _in_words(state, house) for state in states}
    fill = _filling(lambda role: html.escape(words.get(role, NOT_YET)))
    return replace(
        document,
        front=tuple((term, fill(text)) for term, text in document.front),
        blocks=tuple((kind, fill(text) if kind == "html" else text) for kind, text in document.blocks),
    )


def _filling(words: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: _MARK.sub(lambda match: words(match[1]), text)


def _in_words(state: RoleState, house: House) -> str:
    """Who cleared the paper for a role, and when."""
    if state.clearance is None or not state.holds:
        return NOT_YET
    return printable(f"{state.clearance.person}, {in_words(state.clearance.date, Unit.DATE, house=house)}")
