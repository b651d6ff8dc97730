"""Problems of many rows at once: one for all rows of a kind, with the first cell as its place and all in its record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.histories.model import Ints, Source
from reportgen.model import Place, Problem, Severity
from reportgen.table import ranges


@dataclass(frozen=True)
class Rule:
    """What is wrong with rows, by a stable code, and what was done about it or is to be done.

    `heading` is the column whose cell shows it; `many` begins what was found where several rows have it.
    """

    code: str
    heading: str
    expected: str
    found: str
    remedy: str
    severity: Severity = Severity.NOTE


def told(rule: Rule, sources: Sequence[Source], source: Ints, row: Ints) -> Iterable[Problem]:
    """A problem of a rule for all rows that it concerns, if there are any; `source` and `row` say where they stand."""
    if not len(source):
        return []
    order = np.lexsort((row, source))
    source, row = source[order], row[order]
    first, cells = sources[int(source[0])], list[str]()
    for number in np.unique(source):
        at, letter = row[source == number], sources[number].columns.get(rule.heading, 1)
        cells += map(str, ranges(sources[number].file, sources[number].sheet, [(letter, at, at)]))
    place = Place(first.file, first.sheet, int(row[0]), first.columns.get(rule.heading, 1))
    found = rule.found if len(row) == 1 else f"{rule.found} in {len(row):,} rows"
    return [Problem(rule.code, place, rule.expected, found, rule.remedy, rule.severity, cells=tuple(cells))]
