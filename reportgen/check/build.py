"""From a match to a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.cells.kinds import Count, Money
from reportgen.check.column import ColumnReader, begin_column
from reportgen.check.looks import check_looks
from reportgen.check.match import Match
from reportgen.check.rows import Rows, sort_rows
from reportgen.check.size import doubtful_scale
from reportgen.check.totals import read_totals
from reportgen.model import Problem
from reportgen.table import Stated, Table

if TYPE_CHECKING:
    import pandas as pd


def build(match: Match) -> tuple[Table, list[Problem]]:
    """The table that a match holds and everything that is wrong with its cells."""
    rows = sort_rows(match)
    readers = [begin_column(match, f, rows) for f in match.dataset.fields if f.name in match.columns]
    done: dict[str, ColumnReader] = {}
    for reader in sorted(readers, key=lambda each: bool(each.field.kind.needs)):
        known = {name: done[name].values for name in reader.field.kind.needs if name in done}
        reader.read(rows, known)
        done[reader.field.name] = reader
    table, problems = _table(match, rows, readers)
    found = [*rows.problems, *check_looks(match, rows), *(p for reader in readers for p in reader.problems), *problems]
    if not rows.data:
        found.append(_no_rows(match))
    return table, found


def _no_rows(match: Match) -> Problem:
    return Problem(
        "no-rows",
        match.sheet.place(match.last_row),
        f"rows of {match.dataset.title} below the headings",
        "none",
        "Fill in the table, or take the sheet out.",
    )


def _table(match: Match, rows: Rows, readers: Sequence[ColumnReader]) -> tuple[Table, list[Problem]]:
    import pandas as pd

    dataset = match.dataset
    columns = {reader.field.name: reader.column(rows.data) for reader in readers}
    stated: list[Stated] = []
    problems: list[Problem] = []
    for reader in readers:
        totals, wrong = read_totals(rows, reader, columns[reader.field.name])
        stated += totals
        problems += [*wrong, *doubtful_scale(reader)]
    table = Table(
        dataset.name,
        dataset.title,
        match.sheet.file,
        match.sheet.name,
        pd.DataFrame({reader.field.name: _series(reader) for reader in readers}),
        columns,
        tuple(name for name in dataset.label if name in columns),
        tuple(name for name in dataset.key if name in columns),
        tuple(sorted(stated, key=lambda each: each.place)),
        _unread(match),
    )
    return table, problems


def _unread(match: Match) -> tuple[tuple[int, int], ...]:
    """The (column, row) of the cells in the heading rows, blank ones among them, that name no column."""
    taken = set(match.columns.values())
    width = max((len(cells) for cells in match.sheet.rows[match.first_row - 1 : match.end]), default=0)
    rows = range(match.first_row, match.last_row + 1)
    return tuple((column, row) for column in range(1, width + 1) if column not in taken for row in rows)


def _series(reader: ColumnReader) -> pd.Series:
    """The column's values: counts and pence as integers that may be missing, all else as it was read."""
    import pandas as pd

    whole = isinstance(reader.field.kind, (Count, Money))
    return pd.Series(reader.values, dtype="Int64" if whole else object)
