"""Problems in order and in words: what a person reads after a check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reportgen.model import Place, Problem, Severity

REPEATS = 8


def in_order(problems: Sequence[Problem], strict: bool = False) -> list[Problem]:
    """The problems by file, sheet, row and column, each once; with `strict`, warnings that nobody accepts as errors."""
    placed = sorted(dict.fromkeys(problems), key=_position)
    if not strict:
        return placed
    return [replace(p, severity=Severity.ERROR) if p.is_open else p for p in placed]


def _position(problem: Problem) -> tuple[object, ...]:
    place = problem.place
    return _natural(place.file), place.sheet, place.row, place.column, place.line, problem.code


def _natural(name: str) -> list[tuple[int, str]]:
    """The name such that "part 9" comes before "part 10"."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """Those that stop a build."""
    return [p for p in problems if p.severity is Severity.ERROR]


def in_words(problems: Sequence[Problem]) -> str:
    """All problems in words, in their order; where one code stands often in a sheet, the first few and a count."""
    alike = Counter(map(_sort, problems))
    seen: Counter[tuple[str, str, str, bool]] = Counter()
    said: list[str] = []
    for problem in problems:
        sort = _sort(problem)
        seen[sort] += 1
        if seen[sort] <= REPEATS:
            said.append(_mark(problem) + problem.message)
        elif seen[sort] == REPEATS + 1:
            where = Place(problem.place.file, problem.place.sheet)
            said.append(f"{where}: {alike[sort] - REPEATS} more of the same.  [{problem.code}]")
    return "\n".join(said)


def _mark(problem: Problem) -> str:
    """What stands before a problem: nothing before an error."""
    if problem.accepted:
        return "Accepted: "
    return "" if problem.severity is Severity.ERROR else f"{problem.severity.capitalize()}: "


def _sort(problem: Problem) -> tuple[str, str, str, bool]:
    return problem.code, problem.place.file, problem.place.sheet, problem.accepted is None


def summary(problems: Sequence[Problem]) -> str:
    """How many errors, warnings, accepted warnings and notes there are, in a line."""
    counts = Counter("accepted" if p.accepted else str(p.severity) for p in problems)
    endings = {"accepted": ""} | {str(each): "" if counts[each] == 1 else "s" for each in Severity}
    order = ("error", "warning", "accepted", "note")
    return ", ".join(f"{counts[each]} {each}{endings[each]}" for each in order if counts[each]) or "no problems"
