"""Figures of what a function works out from whole columns, such as a projection: they rest on all that it was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from reportgen.model import Unit, Value
from reportgen.trace.figure import Figure, Selection, WholeColumn, simplest
from reportgen.trace.primitives import bare


@dataclass(frozen=True, eq=False)
class Projected:
    """What a function made of the values of some selections, and the figures whose values it knew as well."""

    result: Mapping[str, Any]
    selections: tuple[Selection, ...]
    chosen_by: tuple[Figure, ...] = ()

    def figure(self, unit: Unit, how: str, *at: str | int) -> Figure:
        """The figure of what stands in the result at a place, such as "median", 3; not available where that is None.

        A number has no bounds: how sure it is, the result's own intervals say. Raises LookupError for a place that
        isn't there, ValueError for a number that is not finite.
        """
        found: Any = self.result
        for step in at:
            found = None if found is None else found[step]
        value = _plain(found)
        return Figure(value, unit, how, "x" if value is None else "", self.selections, chosen_by=self.chosen_by)


def projected(
    selections: Sequence[Selection], work: Callable[..., Mapping[str, Any]], chosen_by: Sequence[Figure] = ()
) -> Projected:
    """What `work` makes of the selections' values and of nothing else that stands in a sheet.

    It is given a list for each selection, with None for what has no value, and must give the same for the same. Of a
    joined table, what it makes rests on whole columns, as they were read.
    """
    values = [[bare(value) for value in each.table.values(each.column)[each.rows]] for each in selections]
    rests_on = _whole_columns(selections)
    return Projected(work(*values), rests_on, tuple(chosen_by))


def _whole_columns(selections: Sequence[Selection]) -> tuple[Selection, ...]:
    """The selections, those of joined tables as whole columns; the columns that chose their rows each once."""
    seen: set[tuple[int, str]] = set()
    found: list[Selection] = []
    for each in selections:
        if each.table.sheets:
            by = tuple(name for name in each.by if (id(each.table), name) not in seen)
            seen |= {(id(each.table), name) for name in by}
            found.append(WholeColumn(each.table, each.column, each.rows, by))
        else:
            found.append(each)
    return tuple(found)


def _plain(value: Any) -> Value | None:
    """A value as figures hold it: whole numbers as int, others as the exact fraction, days as dates."""
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[D]").item()
    if isinstance(value, (float, np.floating)):
        if not np.isfinite(value):
            raise ValueError(f"{value} is no number")
        return simplest(Fraction(float(value)))
    if isinstance(value, np.integer):
        return int(value)
    if value is None or isinstance(value, (int, Fraction, dt.date, str)):
        return value
    raise ValueError(f"a figure is no {type(value).__name__}")
