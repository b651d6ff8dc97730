"""Warnings that somebody accepts, as the meeting's settings say: by code and place, with who and why."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.cells.words import nearest
from reportgen.model import Acceptance, Place, Problem, Severity
from reportgen.wording import printable

UNUSED = "unused-acceptance"
_LITERAL = re.compile(r"[^'\x00-\x1f\x7f]*")  # what TOML takes in single quotes as it is


@dataclass(frozen=True)
class Accepting:
    """An acceptance as it is written, and where."""

    code: str
    place: str
    acceptance: Acceptance
    written: Place


def accepting(code: str, place: str, who: str, why: str, written: Place) -> Accepting:
    """An acceptance, its words on one line each, as they are printed."""
    said = Acceptance(*(" ".join(printable(words).split()) for words in (who, why)))
    return Accepting(code, place, said, written)


def accept(problems: Sequence[Problem], acceptances: Sequence[Accepting], complete: bool) -> list[Problem]:
    """The problems, those accepted marked as such, and what is wrong with the acceptances.

    Unless the problems are `complete`, an acceptance that fits none may fit one that can't be told yet.
    """
    chosen: dict[tuple[str, str], Accepting] = {}
    for each in acceptances:
        chosen.setdefault((each.code, each.place), each)
    made, wrong = [], []
    for problem in problems:
        fits = chosen.get((problem.code, str(problem.place)))
        made.append(replace(problem, accepted=fits.acceptance) if fits and problem.is_open else problem)
    for each in acceptances:
        there = [p for p in problems if (p.code, str(p.place)) == (each.code, each.place)]
        if any(p.severity is Severity.ERROR for p in there):
            wrong.append(_of_an_error(each))
        elif chosen[each.code, each.place] is not each:
            wrong.append(_unused(each, "one that stands above", "Take it out: the first one counts."))
        elif complete and not any(p.severity is Severity.WARNING for p in there):
            wrong.append(_astray(each, problems, bool(there)))
    return [*made, *wrong]


def _of_an_error(acceptance: Accepting) -> Problem:
    expected, remedy = "a warning to be accepted", "An error can't be accepted: mend what it says, and take this out."
    return Problem("error-accepted", acceptance.written, expected, f"an error [{acceptance.code}]", remedy)


def _unused(acceptance: Accepting, found: str, remedy: str) -> Problem:
    expected = "acceptances of warnings that there are"
    return Problem(UNUSED, acceptance.written, expected, found, remedy, Severity.WARNING)


def _astray(acceptance: Accepting, problems: Sequence[Problem], is_note: bool) -> Problem:
    """An acceptance that fits no warning, with what it may have meant: another place or another code."""
    if is_note:
        return _unused(acceptance, f"one of a note [{acceptance.code}]", "A note needs none: take it out.")
    warnings = [p for p in problems if p.severity is Severity.WARNING]
    alike = [str(p.place) for p in warnings if p.code == acceptance.code]
    codes = [p.code for p in warnings if str(p.place) == acceptance.place]
    remedy = "Take it out: what it accepted is mended, or was never there."
    if guess := nearest(acceptance.place, alike, 0.6):
        remedy = f"Did you mean the place {quoted(guess)}? If what it accepted is mended, take it out."
    elif codes:
        known = ", ".join(f'"{code}"' for code in dict.fromkeys(codes))
        remedy = f"At that place there is: {known}. If what it accepted is mended, take it out."
    return _unused(acceptance, f"none [{acceptance.code}] at {acceptance.place}", remedy)


def quoted(text: str) -> str:
    """A text as TOML writes it: in single quotes where it can stand in them."""
    return f"'{text}'" if _LITERAL.fullmatch(text) else json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def block(problem: Problem) -> str:
    """The acceptance of a warning as TOML, to be pasted and filled in."""
    return f'[[accept]]\ncode = "{problem.code}"\nplace = {quoted(str(problem.place))}\nwho = ""\nwhy = ""'
