"""Figures of children and their cost by age and need group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Axis, Found, Grid, GridRow, Part, cell, grid, ratio, text, total

NEEDS = ("age_need_costs",)
MEASURES = (("children", "No.", Unit.COUNT), ("cost", "Cost", Unit.MONEY))


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Children and cost in all, and a grid of both by age, under each need group of the sheet and in total."""
    table = tables["age_need_costs"]
    needs, ages = _axis(table, "need_group", "Need group"), _axis(table, "age", "Age")
    made = [grid(column, table, column, ages, needs) for column, _, _ in MEASURES]
    children, cost = total(table, "children"), total(table, "cost")
    figures = {
        "age_need_children": children,
        "age_need_cost": cost,
        "age_need_cost_per_child": ratio(cost, children, Unit.MONEY),
    }
    return Found(figures, {"age_need_costs": _paired(made)})


def _axis(table: Table, column: str, heading: str) -> Axis:
    """The values that stand in the sheet, in its order: a group or an age without a row or column is not in it."""
    parts = []
    for value in dict.fromkeys(table.frame[column]):
        row = list(table.frame[column]).index(value)
        key = str(value).split(":")[0].lower()
        parts.append(Part(key, text(str(value), heading.lower(), cell(table, column, row)), value))
    return Axis(column, heading, tuple(parts))


def _paired(made: list[Grid]) -> Grid:
    """The grids of the measures in one, the measures side by side under each of their columns."""
    first = made[0]
    heads = [first.heads[0]]
    for at, head in enumerate(first.heads[1:], 1):
        heads += [
            replace(one.heads[at], key=f"{head.key}_{column}", label=label, unit=unit, group=head.label)
            for one, (column, label, unit) in zip(made, MEASURES, strict=True)
        ]
    rows = []
    for each in zip(*(one.rows for one in made), strict=True):
        cells = [figure for pair in zip(*(row.cells[1:] for row in each), strict=True) for figure in pair]
        rows.append(GridRow((each[0].cells[0], *cells), each[0].kind))
    return Grid("age_need_costs", tuple(heads), tuple(rows))
