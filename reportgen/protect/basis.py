"""On how many children the values of a table's column rest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from reportgen.model import Children, Unit
from reportgen.protect.rules import YEAR_OF_WEEKS
from reportgen.table import Rows, Table
from reportgen.trace import Figure, Selection

NONE = Children()


@dataclass(frozen=True)
class Basis:
    """How many children something rests on: `least` at least, and just so many where that is `exact`."""

    least: int
    exact: bool

    def is_small(self, threshold: int) -> bool:
        """Whether they are so few, or may be."""
        return self.least <= threshold

    def __add__(self, other: Basis) -> Basis:
        return Basis(self.least + other.least, self.exact and other.exact)


NOBODY = Basis(0, exact=True)


@dataclass(frozen=True)
class Told:
    """What the datasets' columns tell of children, by the dataset's name."""

    datasets: Mapping[str, Children]

    def of(self, table: Table) -> Children:
        """What a table's columns tell."""
        return self.datasets.get(table.dataset, NONE)

    def sources(self, table: Table, column: str) -> Iterator[str]:
        """The columns of the sheet that a column's values were made of: itself, where it was read."""
        derived = table.columns[column].derived_from if table.has(column) else ()
        for source in derived:
            yield from self.sources(table, source)
        if not derived:
            yield column

    def is_of_children(self, table: Table, column: str) -> bool:
        """Whether a column's numbers count children or rest on them."""
        told = self.of(table)
        return any(source in told.counts or source in told.rests for source in self.sources(table, column))

    def counts_rows(self, figure: Figure, selection: Selection) -> bool:
        """Whether a figure counts the rows of a selection, each of which is a child."""
        table, told = selection.table, self.of(selection.table)
        counted = figure.unit is Unit.COUNT and figure.value == len(selection.rows)
        return table.private and counted and selection.column not in (*told.counts, *told.others)

    def basis(self, selection: Selection, unit: Unit) -> Basis | None:
        """On how many children the values of a selection, in a unit, rest; None where they tell of none."""
        table, rows = selection.table, selection.rows
        if table.private:
            known = table.known(selection.column)[rows] if table.has(selection.column) else np.ones(len(rows), bool)
            return Basis(int(known.sum()), exact=True)
        told = self.of(table)
        found = [
            source if source in told.counts and (unit is Unit.COUNT or source not in told.rests) else told.rests[source]
            for source in self.sources(table, selection.column)
            if source in told.counts or source in told.rests
        ]
        if not found:
            return None
        counted = [self._counted(table, column, rows) for column in dict.fromkeys(found)]
        return min(counted, key=lambda basis: basis.least)

    def _counted(self, table: Table, column: str, rows: Rows) -> Basis:
        """The children in some rows, by a column that counts them or, without one, by the weeks in a year."""
        if column and table.has(column):
            return Basis(int(values(table, column)[rows].sum()), exact=True)
        weeks = self.of(table).weeks
        if weeks and table.has(weeks):
            spent = Fraction(values(table, weeks)[rows].sum())
            return Basis(math.ceil(spent / YEAR_OF_WEEKS), exact=False)
        return Basis(0, exact=False)


def values(table: Table, column: str) -> np.ndarray[Any, Any]:
    """A column's numbers by row, 0 where there is none."""
    try:
        return table.numbers(column).values
    except TypeError:
        held = table.values(column)
        return np.array([value if isinstance(value, (int, Fraction)) else 0 for value in held], dtype=object)
