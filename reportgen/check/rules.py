"""Rules over whole tables: what no single cell shows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from reportgen.cells.dates import states_day_first
from reportgen.cells.kinds import Code, Date
from reportgen.cells.words import nearest
from reportgen.check.match import Match
from reportgen.datasets.base import Dataset, Rule
from reportgen.model import Problem, Severity
from reportgen.table import Table


def apply_rules(table: Table, match: Match) -> list[Problem]:
    """The problems of a table as a whole: repeated keys, broken rules of its dataset, columns that a program altered."""
    problems = [*_repeated(table), *_lost_zeros(table, match), *_swapped(table, match)]
    for rule in match.dataset.rules:
        if rule.column in table.columns and not table.frame[rule.column].isna().any():
            problems += _broken(table, rule)
    return problems


def _failures(frame: pd.DataFrame, schema: Any) -> list[int]:
    """The rows, in order, that break a pandera schema."""
    import pandera.errors

    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as failed:
        return sorted({int(i) for i in failed.failure_cases["index"].dropna()})
    return []


def _broken(table: Table, rule: Rule) -> list[Problem]:
    import pandera.pandas as pa

    schema = pa.DataFrameSchema(checks=pa.Check(rule.check, name=rule.code, ignore_na=False))
    severity = Severity.WARNING if rule.warning else Severity.ERROR
    return [
        Problem(rule.code, table.place(rule.column, row), rule.expected, "another", rule.remedy, severity)
        for row in _failures(table.frame, schema)
    ]


def _repeated(table: Table) -> list[Problem]:
    """A problem for each row whose key stands in a row above."""
    import pandera.pandas as pa

    if not table.key:
        return []
    keys = table.frame[list(table.key)].map(lambda v: v.casefold() if isinstance(v, str) else v).dropna()
    rows = _failures(keys, pa.DataFrameSchema(unique=list(table.key), report_duplicates="exclude_first"))
    problems = []
    for row in rows:
        first = int(np.flatnonzero((keys == keys.loc[row]).all(axis=1).to_numpy())[0])
        named = ", ".join(str(table.frame[k].iloc[row]) for k in table.key)
        problems.append(
            Problem(
                "duplicate",
                table.place(table.key[0], row),
                f"each {' and '.join(k.replace('_', ' ') for k in table.key)} once",
                f'"{named}" again',
                "Take one of the rows out, or correct it (a reference such as 2.10 typed as a number becomes 2.1).",
                also=(table.place(table.key[0], first),),
            )
        )
    return problems


def _lost_zeros(table: Table, match: Match) -> list[Problem]:
    """Codes that a spreadsheet has made numbers of: shorter than the others, which begin with a zero."""
    problems = []
    for name, column in table.columns.items():
        if not isinstance(column.kind, Code) or name not in table.key:
            continue
        raw = [match.sheet.value(int(row), column.letter) for row in column.rows]
        padded = {len(v) for v in raw if isinstance(v, str) and re.fullmatch(r"0\d+", v.strip())}
        for row, value in enumerate(raw):
            shown = str(table.frame[name].iloc[row])
            if padded and isinstance(value, (int, float)) and len(shown) < max(padded):
                problems.append(
                    Problem(
                        "lost-zeros",
                        table.place(name, row),
                        f"a reference of {max(padded)} digits as in the other rows",
                        f'"{shown}"',
                        "The sheet has made a number of it and dropped its zeros: format the column as text and type it again.",
                    )
                )
    return problems


def _swapped(table: Table, match: Match) -> list[Problem]:
    """Dates that a program took for American ones: real dates with days up to 12 beside texts with days over 12."""
    problems = []
    for name, column in table.columns.items():
        if not isinstance(column.kind, Date):
            continue
        raw = [match.sheet.value(int(row), column.letter) for row in column.rows]
        real = [row for row, v in enumerate(raw) if isinstance(v, dt.date)]
        texts = [row for row, v in enumerate(raw) if states_day_first(v)]
        if texts and real and all(_day(raw[row]) <= 12 for row in real):
            problems.append(
                Problem(
                    "swapped-dates",
                    table.place(name, real[0]),
                    "all dates of the column as real dates, or all as text",
                    f"{len(real)} real dates with days up to 12 beside {len(texts)} texts with days over 12",
                    "A program has probably taken day and month the wrong way round in the real dates: check each of them.",
                    also=(table.place(name, texts[0]),),
                )
            )
    return problems


def _day(value: Any) -> int:
    return int(value.day)


def check_references(tables: Mapping[str, Table], datasets: Mapping[str, Dataset]) -> list[Problem]:
    """A problem for each value that should stand in another table and doesn't."""
    problems = []
    for table in tables.values():
        for column, (other, target) in datasets[table.dataset].refers.items():
            if other not in tables or column not in table.columns:
                continue
            known = {str(v) for v in tables[other].frame[target].dropna()}
            seen = set()
            for row, value in enumerate(table.frame[column]):
                place = table.place(column, row)
                if value is not None and str(value) not in known and place not in seen:
                    seen.add(place)
                    guess = nearest(str(value), known)
                    problems.append(
                        Problem(
                            "unknown-reference",
                            place,
                            f"one of the {tables[other].title.lower()} ({', '.join(sorted(known))})",
                            f'"{value}"',
                            f'Did you mean "{guess}"?'
                            if guess
                            else f"Correct it, or add it to {tables[other].title.lower()}.",
                            also=(tables[other].place(target, 0),),
                        )
                    )
    return problems
