"""Problems in order and in words: what a person reads after a check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reportgen.model import Place, Problem, Severity

REPEATS = 8


def in_order(problems: Sequence[Problem], strict: bool = False) -> list[Problem]:
    """The problems by file, sheet, row and column, each once; with `strict`, warnings as errors."""
    placed = sorted(dict.fromkeys(problems), key=_position)
    if not strict:
        return placed
    return [replace(p, severity=Severity.ERROR) if p.severity is Severity.WARNING else p for p in placed]


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
    seen: Counter[tuple[str, str, str]] = Counter()
    said: list[str] = []
    for problem in problems:
        sort = _sort(problem)
        seen[sort] += 1
        if seen[sort] <= REPEATS:
            mark = "" if problem.severity is Severity.ERROR else f"{problem.severity.capitalize()}: "
            said.append(mark + problem.message)
        elif seen[sort] == REPEATS + 1:
            where = Place(problem.place.file, problem.place.sheet)
            said.append(f"{where}: {alike[sort] - REPEATS} more of the same.  [{problem.code}]")
    return "\n".join(said)


def _sort(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.place.file, problem.place.sheet


def summary(problems: Sequence[Problem]) -> str:
    """How many errors, warnings and notes there are, in a line."""
    counts = Counter(p.severity for p in problems)
    said = [f"{counts[s]} {s}{'' if counts[s] == 1 else 's'}" for s in Severity if counts[s]]
    return ", ".join(said) or "no problems"
