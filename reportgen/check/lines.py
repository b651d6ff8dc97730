"""The lines of a table whose columns are spread: one row of the sheet, or those of one key, each with its measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportgen.check.column import ColumnReader
from reportgen.check.match import Match
from reportgen.check.rows import Rows
from reportgen.datasets.base import Spread
from reportgen.model import Problem


@dataclass(frozen=True)
class Lines:
    """Rows of the sheet that become one row for each of the spread's values, and the row of each measure by name."""

    rows: tuple[int, ...]
    of: dict[str, int]


def sort_lines(
    match: Match, rows: Rows, labels: Mapping[str, ColumnReader], spread: Spread
) -> tuple[list[Lines], list[Problem]]:
    """The lines in order, with a problem for each measure that stands twice among the rows of a key, or not at all."""
    if not spread.by:
        names = [measure.name for measure in spread.measures]
        return [Lines((row,), dict.fromkeys(names, row)) for row in rows.data], []
    keys = [labels[name] for name in match.dataset.key if name in labels]
    lines, problems = [], list[Problem]()
    for _, positions in groupby(range(len(rows.data)), key=lambda at: [reader.values[at] for reader in keys]):
        members = list(positions)
        of, wrong = _measures(match, rows, labels[spread.by], members)
        lines.append(Lines(tuple(rows.data[at] for at in members), of))
        problems += wrong
        if all(labels[spread.by].values[at] is not None for at in members):
            problems += _lacking(match, rows.data[members[0]], labels[spread.by], spread, of)
    return lines, problems


def _measures(
    match: Match, rows: Rows, names: ColumnReader, members: Sequence[int]
) -> tuple[dict[str, int], list[Problem]]:
    """The row of each measure, as the rows' labels name it."""
    of: dict[str, int] = {}
    problems = []
    for at in members:
        label, row = names.values[at], rows.data[at]
        if label is None:
            continue
        name = label.replace(" ", "_")
        if name in of:
            place, first = (match.sheet.place(each, names.letter) for each in (row, of[name]))
            remedy = "Take one of the rows out, or correct its label."
            problems.append(Problem("duplicate", place, f"one row of {label}", "a second one", remedy, also=(first,)))
        else:
            of[name] = row
    return of, problems


def _lacking(match: Match, row: int, names: ColumnReader, spread: Spread, of: Mapping[str, int]) -> Iterator[Problem]:
    """A problem for each required measure without a row."""
    for measure in spread.measures:
        if measure.required and measure.name not in of:
            expected = f"a row of {measure.name.replace('_', ' ')} among those of the same {match.dataset.key[0]}"
            remedy = "Add the row; where there is nothing, fill in 0."
            yield Problem("missing-line", match.sheet.place(row, names.letter), expected, "none", remedy)
