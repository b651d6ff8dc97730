"""Sheets whose claims disagree, and a count of how often they are evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.datasets import all_datasets
from reportgen.figures import compute_all
from reportgen.model import Problem, Scalar
from reportgen.reconcile import one_cell_settles
from reportgen.table import Table
from reportgen.trace import Claim
from tests.figures.sheets import WHEN, sound

Rows = list[list[Scalar]]
HEAD: list[Scalar] = [
    "Year",
    "Placement type",
    "Expected children",
    "Budget (£)",
    "Actual children",
    "Actual (£)",
    "Under or overspend (£)",
]


@dataclass
class Counting:
    """The claims of figures, and how often they were asked for."""

    times: int = 0
    seen: list[Mapping[str, Table]] = field(default_factory=list)

    def __call__(self, tables: Mapping[str, Table]) -> Sequence[Claim]:
        self.times += 1
        self.seen.append(tables)
        return compute_all(tables, WHEN).claims


def settling(sheets: Mapping[str, Rows], counting: Counting | None = None) -> list[Problem]:
    """What one cell would settle of sheets in which nothing else is wrong."""
    return one_cell_settles(sound(sheets), all_datasets(), counting or Counting())


def pressure(*rows: tuple[str, int]) -> dict[str, Rows]:
    """The parts and totals of an overspend in pounds, from row 2 on."""
    return {"budget_pressure": [["Pressure", "Overspend (£)"], *([label, amount] for label, amount in rows)]}
