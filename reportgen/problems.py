"""Problems in order and in words: what a person reads after a check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reportgen.model import Problem, Severity

REPEATS = 8


def in_order(problems: Sequence[Problem], strict: bool = False) -> list[Problem]:
    """The problems by file, sheet, row and column, each once; with `strict`, warnings as errors."""
    natural = sorted(
        dict.fromkeys(problems),
        key=lambda p: (
            _natural(p.place.file),
            p.place.sheet,
            p.place.row,
            p.place.column,
            p.place.line,
            p.code,
        ),
    )
    if not strict:
        return natural
    return [replace(p, severity=Severity.ERROR) if p.severity is Severity.WARNING else p for p in natural]


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """Those that stop a build."""
    return [p for p in problems if p.severity is Severity.ERROR]


def report(problems: Sequence[Problem]) -> str:
    """All problems in words, repeats of one code on one sheet capped with a count, and a closing line."""
    said: list[str] = []
    seen: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        key = (problem.code, problem.place.file, problem.place.sheet)
        seen[key] += 1
        if seen[key] <= REPEATS:
            mark = "" if problem.severity is Severity.ERROR else f"{problem.severity.capitalize()}: "
            said.append(mark + problem.message)
    for (code, file, sheet), number in seen.items():
        if number > REPEATS:
            where = f'{file}, sheet "{sheet}"' if sheet else file
            said.append(f"{where}: {number - REPEATS} more of the same.  [{code}]")
    return "\n".join([*said, summary(problems)])


def summary(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, in a line."""
    counts = Counter(p.severity for p in problems)
    said = [f"{counts[s]} {s}{'' if counts[s] == 1 else 's'}" for s in Severity if counts[s]]
    return ", ".join(said) if said else "no problems"
