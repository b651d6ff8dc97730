"""Columns that aren't read and hold what a missing optional field would: a heading that was renamed, probably."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from reportgen.cells.kinds import Category, Context, Count, Date, FinancialYear, Money, Period
from reportgen.check.match import Match
from reportgen.datasets.base import Field

_TELLING = (Date, Period, FinancialYear, Category, Money, Count)  # kinds that don't accept any text
_MOST_CELLS = 200  # that are looked at
FEWEST = 2


def likely_field(match: Match, column: int, fields: Sequence[Field]) -> Field | None:
    """The optional field of a telling kind that most of the column's filled cells, at least two, would be read as."""
    rows = range(match.last_row + 1, match.end + 1)
    filled = list(islice((row for row in rows if match.sheet.value(row, column) is not None), _MOST_CELLS))
    fitting: dict[str, int] = {}
    for f in fields:
        if isinstance(f.kind, _TELLING) and not f.required:
            fitting[f.name] = sum(_reads(match, row, column, f) for row in filled)
    best = max(fitting, key=fitting.__getitem__, default="")
    enough = bool(best) and fitting[best] >= FEWEST and 2 * fitting[best] > len(filled)
    return match.dataset.field(best) if enough else None


def _reads(match: Match, row: int, column: int, f: Field) -> bool:
    return f.kind.read(match.sheet.cell(row, column), {}, Context(formats=match.sheet.formats_seen)).value is not None
