"""What is wrong with the headings of a spread: a value twice or out of order, a measure lacking, one that is none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

from reportgen.cells.formats import shown
from reportgen.check.match import Match
from reportgen.check.spread import SpreadColumn, read_heading, values_in_order
from reportgen.datasets.base import Spread
from reportgen.model import Place, Problem


def check_series(match: Match) -> list[Problem]:
    """The problems of a match's spread; none where its dataset has none."""
    spread = match.dataset.spread
    if spread is None or not match.spread:
        return []
    return [
        *_repeated(match),
        *_out_of_order(match, spread),
        *_lacking_measures(match, spread),
        *_unreadable(match, spread),
    ]


def _repeated(match: Match) -> Iterator[Problem]:
    first: dict[tuple[str, Any], SpreadColumn] = {}
    for each in match.spread:
        other = first.setdefault((each.measure, each.value), each)
        if other is not each:
            named = "totals" if each.is_total else str(each.value)
            also = (_heading_place(match, other),)
            remedy = "Take one of the columns out, or correct its heading."
            yield Problem("two-columns", _heading_place(match, each), f"one column for {named}", "a second one", remedy,
                          also=also)  # fmt: skip


def _out_of_order(match: Match, spread: Spread) -> Iterator[Problem]:
    follows = spread.follows
    for before, each in pairwise(values_in_order(match.spread)) if follows else ():
        if follows and not follows(before.value, each.value):
            remedy = "Put the columns in order and add the missing one."
            expected = f"{spread.order} {before.value}"
            yield Problem("column-out-of-order", _heading_place(match, each), expected, f'"{each.value}"', remedy,
                          also=(_heading_place(match, before),))  # fmt: skip


def _lacking_measures(match: Match, spread: Spread) -> Iterator[Problem]:
    """A problem for each value that has no column of a required measure."""
    if spread.by or len(spread.measures) == 1:
        return
    there = {(each.measure, each.value) for each in match.spread}
    for head, measure in product(values_in_order(match.spread), spread.measures):
        if measure.required and (measure.name, head.value) not in there:
            expected = f"a column for the {measure.name.replace('_', ' ')} of {head.value}"
            yield Problem("missing-column", _heading_place(match, head), expected, "none", "Add it, or its heading.")


def _unreadable(match: Match, spread: Spread) -> Iterator[Problem]:
    """A problem for each column amid the others whose heading says something else: it would be lost."""
    columns = [each.column for each in match.spread]
    for column in set(range(min(columns), max(columns))) - set(match.numbers):
        cell, place = match.sheet.cell(match.last_row, column), match.sheet.place(match.last_row, column)
        if cell.value is not None:
            read = read_heading(spread, cell)
            expected = f"{read.expected or spread.field.kind.expected}, as in the headings beside it"
            remedy = read.remedy or "Correct the heading, or move the column away from the others."
            yield Problem("not-in-series", place, expected, f'"{shown(cell)}"', remedy)


def _heading_place(match: Match, each: SpreadColumn) -> Place:
    column, row = each.spots[0]
    return match.sheet.place(row, column)
