"""Series that must end at the day that their dataset stands at: a later month is not this paper's, a missing one is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from reportgen.datasets.base import Dataset
from reportgen.model import Problem
from reportgen.table import Table


def check_dates(
    tables: Mapping[str, Table], datasets: Mapping[str, Dataset], as_at: Mapping[str, dt.date], stated_in: str
) -> list[Problem]:
    """A problem for each series of months whose last is not that of the dataset's as-at date."""
    problems = []
    for name, table in tables.items():
        column = datasets[name].months
        if not column or not len(table) or table.frame[column].isna().any() or name not in as_at:
            continue
        last, day = table.frame[column].iloc[len(table) - 1], as_at[name]
        if (last.year, last.month) != (day.year, day.month):
            problems.append(
                Problem(
                    "series-not-as-at",
                    table.place(column, len(table) - 1),
                    f"the last month to be {day:%B %Y}, at which the data stand",
                    f"{last:%B %Y}",
                    f"Add or take out months, or set {name} under [as_at] in {stated_in}.",
                )
            )
    return problems
