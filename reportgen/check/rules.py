"""Rules over whole tables: what no single cell shows."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.cells.kinds import Line
from reportgen.cells.words import nearest, plain
from reportgen.check.altered import altered_columns
from reportgen.check.less import less_rows
from reportgen.check.match import Match
from reportgen.check.percentages import mixed_percentages
from reportgen.datasets.base import Dataset, Rule
from reportgen.model import Place, Problem, Severity
from reportgen.table import Rows, Table

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

_MOST_NAMED = 12
FEWEST_WITH_TOTAL = 3


def apply_rules(table: Table, match: Match) -> list[Problem]:
    """The problems of a table as a whole: repeated keys, columns that a program altered, broken rules of its dataset.

    Rows without a value are left out: they have problems of their own.
    """
    private = match.private
    problems = [*_repeated(table, private), *altered_columns(table, match), *_looks_like_total(table)]
    problems += [*less_rows(table), *_lacking_lines(table), *mixed_percentages(table, match)]
    for rule in match.dataset.rules:
        if rule.column not in table.columns or not len(table):
            continue
        if match.dataset.field(rule.column).blank or table.complete(rule.column):
            problems += _broken(table, rule)
    return problems


def _broken(table: Table, rule: Rule) -> list[Problem]:
    import pandera.errors

    severity = Severity.WARNING if rule.warning else Severity.ERROR
    try:
        # Without `inplace` the frame is copied first; a check alone alters nothing.
        _schema(rule).validate(table.frame, lazy=True, inplace=True)
    except pandera.errors.SchemaErrors as failed:
        rows = sorted({int(row) for row in failed.failure_cases["index"].dropna()})
        if not rows:  # the rule itself failed: pandera takes that for a breach without rows
            raise
        return [
            Problem(rule.code, table.place(rule.column, row), rule.expected, "another", rule.remedy, severity)
            for row in rows
        ]
    return []


@functools.cache
def _schema(rule: Rule) -> DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(checks=pa.Check(rule.check, name=rule.code, ignore_na=False))


def _lacking_lines(table: Table) -> list[Problem]:
    """A problem for each category of which a table must have a line and has none."""
    problems = []
    for name, column in table.columns.items():
        if isinstance(column.kind, Line) and len(table) and table.complete(name):
            there = set(map(column.kind.category, table.values(name)))
            for kind in column.kind.needed:
                if kind not in there:
                    expected = f"a line of {kind} among those of the {table.title.lower()}"
                    remedy = "Add the line; where there is nothing, fill in 0."
                    problems.append(Problem("missing-line", table.place(name, 0), expected, "none", remedy))
    return problems


def _looks_like_total(table: Table) -> list[Problem]:
    """A warning where the last row of a table that may have totals is the sum of those above, without saying so."""
    if not table.label or not len(table):
        return []
    return [
        Problem(
            "looks-like-total",
            table.place(name, int(rows[-1])),
            "a row of its own",
            "the sum of the rows above it",
            "It is counted beside them: if it is their total, label it Total.",
            Severity.WARNING,
        )
        for name, column in table.columns.items()
        if column.kind is not None and column.kind.adds_up
        for rows in table.stacks(name)
        if _ends_in_sum(table, name, rows) and any(table.known(label)[rows[-1]] for label in table.label)
    ]


def _ends_in_sum(table: Table, column: str, rows: Rows) -> bool:
    numbers = table.numbers(column)
    if len(rows) < FEWEST_WITH_TOTAL or not numbers.known[rows].all():
        return False
    values = numbers.values[rows]
    return bool(values[-1] != 0 and values[-1] == values[:-1].sum())


def _comparable(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value


def _repeated(table: Table, private: bool) -> list[Problem]:
    """A problem for each row whose key stands in a row above."""
    if not table.key:
        return []
    known = np.logical_and.reduce([table.known(name) for name in table.key])
    columns = [table.values(name) for name in table.key]
    first: dict[tuple[Any, ...], int] = {}
    problems = []
    for row in map(int, np.flatnonzero(known)):
        values = [column[row] for column in columns]
        key = tuple(map(_comparable, values))
        if key in first:
            problems.append(_repeat(table, row, first[key], values, private))
        else:
            first[key] = row
    return problems


def _repeat(table: Table, row: int, first: int, values: list[Any], private: bool) -> Problem:
    named = ", ".join(f"{v:%d/%m/%Y}" if hasattr(v, "strftime") else str(v) for v in values)
    return Problem(
        "duplicate",
        table.place(table.key[0], row),
        f"each {' and '.join(k.replace('_', ' ') for k in table.key)} once",
        "one again" if private else f'"{named[:60]}" again',
        "Take one of the rows out, or correct it (a reference such as 2.10 typed as a number becomes 2.1).",
        also=(table.place(table.key[0], first),),
    )


def check_references(tables: Mapping[str, Table], datasets: Mapping[str, Dataset]) -> list[Problem]:
    """A problem for each value that should stand in another table and doesn't; once for a label carried down."""
    problems = []
    for table in tables.values():
        for column, (other, target) in datasets[table.dataset].refers.items():
            if other in tables and column in table.columns and target in tables[other].columns:
                problems += _unknown(table, column, tables[other], target, table.private)
    return problems


def _unknown(table: Table, column: str, other: Table, target: str, private: bool) -> list[Problem]:
    if not other.complete(target) or not len(other):  # it has problems of its own, which may be the cause
        return []
    known = dict.fromkeys(map(str, other.values(target)))
    places: dict[Place, str] = {}
    for row, value in enumerate(table.values(column)):
        if value is not None and str(value) not in known:
            places.setdefault(table.place(column, row), str(value))
    title = other.title.lower()
    more = f" and {len(known) - _MOST_NAMED} more" if len(known) > _MOST_NAMED else ""
    expected = f"one of the {title} ({', '.join(list(known)[:_MOST_NAMED])}{more})"
    problems = []
    for place, value in places.items():
        guess = nearest(value, known)
        found = f'"{value[:60]}"' if guess or not private else "something else"
        remedy = f'Did you mean "{guess}"?' if guess else f"Correct it, or add it to {title}."
        also = (other.place(target, 0),)
        problems.append(Problem("unknown-reference", place, expected, found, remedy, also=also))
    return problems
