"""The check stage: raw sheets and datasets become tables and problems."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from reportgen.check.build import build
from reportgen.check.choose import choose
from reportgen.check.comparators import Days, Wanted, find_compared
from reportgen.check.dated import check_dates
from reportgen.check.match import SheetChoice
from reportgen.check.percentages import MIXED
from reportgen.check.rules import apply_rules, check_references
from reportgen.check.unread import unread_sheets
from reportgen.datasets.base import Dataset
from reportgen.model import Problem, RawSheet
from reportgen.table import Table

__all__ = ["Days", "SheetChoice", "Wanted", "check_dates", "check_sheets", "find_compared"]


def check_sheets(
    sheets: Sequence[RawSheet],
    folder: str,
    known: Mapping[str, Dataset],
    needed: Iterable[str],
    choices: Mapping[str, SheetChoice] | None = None,
    shared: Container[str] = (),
) -> tuple[dict[str, Table], list[Problem]]:
    """The needed datasets as tables by name, and every problem of their sheets.

    `folder` is named where a dataset has no sheet; the files in `shared` hold no other datasets than may be shared.
    A table with an error among its cells is returned all the same, with that value blank: nothing may be built from it.
    """
    chosen, problems = choose(sheets, folder, known, needed, choices or {}, shared)
    tables = {}
    for name, match in chosen.items():
        table, found = build(match)
        broken = apply_rules(table, match)
        refused = {problem.place for problem in broken if problem.code == MIXED}
        problems.extend(p for p in found if p.place not in refused)  # a doubt that the refusal says better
        problems.extend(broken)
        tables[name] = table
    problems.extend(check_references(tables, known))
    problems.extend(unread_sheets(sheets, chosen.values(), known, choices or {}))
    return {name: nameless(table, known[name].identifies) for name, table in tables.items()}, problems


def nameless(table: Table, column: str) -> Table:
    """The table with the values of a column that tells whose a row is made numbers, which last for this run alone."""
    if not table.has(column):
        return table
    numbers = [str(code + 1) if code >= 0 else None for code in table.codes(column).rows]
    return replace(table, frame=table.frame.assign(**{column: pd.Series(numbers, dtype=object)}))
