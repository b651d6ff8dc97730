"""From a match to a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reportgen.cells.kinds import Count, Money
from reportgen.check.column import ColumnReader, begin_column
from reportgen.check.long import Columns, spread_out
from reportgen.check.looks import check_looks
from reportgen.check.match import Match
from reportgen.check.rows import Rows, sort_rows
from reportgen.check.size import doubtful_scale
from reportgen.check.totals import read_totals
from reportgen.model import Problem
from reportgen.table import Column, Stated, Table

if TYPE_CHECKING:
    import pandas as pd


def build(match: Match) -> tuple[Table, list[Problem]]:
    """The table that a match holds and everything that is wrong with its cells."""
    rows = sort_rows(match)
    readers = [begin_column(match, f, rows.data) for f in match.dataset.fields if f.name in match.columns]
    done: dict[str, ColumnReader] = {}
    for reader in sorted(readers, key=lambda each: bool(each.field.kind.needs)):
        known = {name: done[name].values for name in reader.field.kind.needs if name in done}
        reader.read(rows, known)
        done[reader.field.name] = reader
    columns = spread_out(match, rows, done) if match.dataset.spread else _columns(rows, readers)
    read = (problem for reader in readers for problem in reader.problems)
    found = [*rows.problems, *check_looks(match, rows), *read, *columns.problems]
    if not rows.data:
        found.append(_no_rows(match))
    return _table(match, columns), found


def _no_rows(match: Match) -> Problem:
    return Problem(
        "no-rows",
        match.sheet.place(match.last_row),
        f"rows of {match.dataset.title} below the headings",
        "none",
        "Fill in the table, or take the sheet out.",
    )


def _columns(rows: Rows, readers: Sequence[ColumnReader]) -> Columns:
    """The columns of a table whose rows are those of the sheet."""
    made = {reader.field.name: reader.column(rows.data) for reader in readers}
    stated: list[Stated] = []
    problems: list[Problem] = []
    for reader in readers:
        totals, wrong = read_totals(rows, reader, made[reader.field.name])
        stated += totals
        problems += [*wrong, *doubtful_scale(reader)]
    return Columns({reader.field.name: reader.values for reader in readers}, made, tuple(stated), tuple(problems))


def _table(match: Match, columns: Columns) -> Table:
    import pandas as pd

    dataset, made = match.dataset, columns.made
    return Table(
        dataset.name,
        dataset.title,
        match.sheet.file,
        match.sheet.name,
        pd.DataFrame({name: _series(values, made[name]) for name, values in columns.values.items()}),
        made,
        tuple(name for name in dataset.label if name in made),
        tuple(name for name in dataset.key if name in made),
        tuple(sorted(columns.stated, key=lambda each: each.place)),
        _unread(match),
        match.private,
    )


def _unread(match: Match) -> tuple[tuple[int, int], ...]:
    """The (column, row) of the cells in the heading rows, blank ones among them, that name no column."""
    taken = set(match.numbers)
    width = max((len(cells) for cells in match.sheet.rows[match.first_row - 1 : match.end]), default=0)
    rows = range(match.first_row, match.last_row + 1)
    return tuple((column, row) for column in range(1, width + 1) if column not in taken for row in rows)


def _series(values: Sequence[Any], column: Column) -> pd.Series:
    """The column's values: counts and pence as integers that may be missing, all else as it was read."""
    import pandas as pd

    whole = isinstance(column.kind, (Count, Money))
    return pd.Series(list(values), dtype="Int64" if whole else object)
