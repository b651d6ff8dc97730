"""Rows that a sheet takes off and states without a minus: they are counted as they stand."""

from __future__ import annotations

import re

from reportgen.cells.kinds import Count, Money
from reportgen.cells.words import plain
from reportgen.model import Problem, Severity
from reportgen.table import Table

_LESS = re.compile(r"less\b\s*(?P<mark>[:\-])?")


def less_rows(table: Table) -> list[Problem]:
    """A warning for each positive amount of a row labelled "Less: …", or "Less …" where a stated total takes it off.

    Without the colon it may be but a word of the label: less reliance on agencies.
    """
    marked = {row: bool(match["mark"]) for row in range(len(table)) if (match := _LESS.match(_label(table, row)))}
    return [
        _counted(table, name, row)
        for name, column in table.columns.items()
        if isinstance(column.kind, (Count, Money))
        for row, sure in marked.items()
        if _amounts(table, name)[row] > 0 and (sure or row in _taken_off(table, name, marked))
    ]


def _label(table: Table, row: int) -> str:
    """The first of the row's labels, in lower case."""
    labels = (table.values(name)[row] for name in table.label)
    return next((plain(label) for label in labels if isinstance(label, str)), "")


def _amounts(table: Table, name: str) -> list[int]:
    return [int(value) for value in table.frame[name].fillna(0)]


def _taken_off(table: Table, name: str, marked: dict[int, bool]) -> set[int]:
    """The rows that a stated total agrees to only if they are taken off."""
    amounts, found = _amounts(table, name), set[int]()
    for stated in table.stated:
        for rows in (stated.rows, *stated.others) if stated.column == name else ():
            less = {row for row in rows if row in marked and amounts[row] > 0}
            plain_sum, slack = sum(amounts[row] for row in rows), stated.half_unit * (len(rows) + 1)
            taken_off = plain_sum - 2 * sum(amounts[row] for row in less)
            if abs(taken_off - stated.value) <= slack < abs(plain_sum - stated.value):
                found |= less
    return found


def _counted(table: Table, name: str, row: int) -> Problem:
    return Problem(
        "less-row",
        table.place(name, row),
        "a minus before an amount that is taken off",
        "none",
        "It is counted as it stands: put a minus before it if it is to be taken off.",
        Severity.WARNING,
    )
