"""Figures of what care cost, from the returns and the unit costs: by kind of care and provider, month, age and need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.projection.care import AGES, care_cost
from reportgen.projection.stays import KINDS
from reportgen.table import Table
from reportgen.trace import (
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    Projected,
    Selection,
    given,
    projected,
    ratio,
    select,
    text,
)

NEEDS = ("returns", "unit_costs")
CARE = "looked after"  # short breaks are apart
OF_CARE = ("child", "born", "start", "end", "kind_of_care", "provider", "exit_route", "need")
OF_COSTS = ("care", "provider", "from_day", "unit_cost")
HOW = "days of care from the returns, times unit cost, by 7"
MEASURES = (
    Head("cost", "Total cost", Unit.MONEY),
    Head("weeks", "Weeks", Unit.WEEKS),
    Head("average_cost", "Average cost a week", Unit.MONEY_PER_WEEK),
)
KIND = Head("kind", "Kind of care", Unit.TEXT, is_label=True)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The cost of care in the financial year to the day of the data, and of the full year if all remain as they are.

    Slices are differences of each child's rounded sums, so that every table's rows come to the same total.
    """
    until = when.as_at["returns"]
    made = of_care(tables, lambda columns: care_cost(columns, until))
    cost, weeks, average = _measures(made, "all")
    figures = {
        "care_cost": cost,
        "care_weeks": weeks,
        "care_average_cost": average,
        "care_cost_full_year": made.figure(Unit.MONEY, f"{HOW}, to the year's end as on the day", "full", "pence"),
        "care_children": made.figure(Unit.COUNT, "children in care in the year", "all", "children"),
        "care_days_without_cost": made.figure(Unit.COUNT, "days of care that have no unit cost", "all", "uncosted"),
    }
    return Found(figures, {grid.name: grid for grid in _grids(made)})


def of_care(tables: Mapping[str, Table], work: Callable[[Mapping[str, Sequence[Any]]], Mapping[str, Any]]) -> Projected:
    """What a function makes of the episodes of care, and of the unit costs where there are any, as columns by name.

    A column that a sheet lacks is one of blanks. The providers of unit costs are called `cost_provider`.
    """
    selections: dict[str, Selection] = {}
    for name in OF_CARE:
        if tables["returns"].has(name):
            selections[name] = select(tables["returns"], name, care=CARE)
    costs = tables.get("unit_costs")
    for name in OF_COSTS if costs else ():
        if costs and costs.has(name):
            selections["cost_provider" if name == "provider" else name] = select(costs, name)
    sizes = {**dict.fromkeys(OF_CARE, len(selections["child"].rows)), "cost_provider": len(costs) if costs else 0}

    def worked(*values: Sequence[Any]) -> Mapping[str, Any]:
        blank = {name: [None] * size for name, size in sizes.items()}
        return work({**blank, **dict(zip(selections, values, strict=True))})

    return projected(list(selections.values()), worked)


def _measures(made: Projected, *at: str | int) -> tuple[Figure, Figure, Figure]:
    """Cost, weeks and average cost a week at a place of the result."""
    cost = made.figure(Unit.MONEY, HOW, *at, "pence")
    days = made.figure(Unit.COUNT, "days of care", *at, "days")
    weeks = ratio(days, given(7, Unit.COUNT, "days in a week"), Unit.WEEKS)
    return cost, weeks, ratio(cost, weeks, Unit.MONEY_PER_WEEK)


def _grids(made: Projected) -> Iterator[Grid]:
    """The tables of costs, each with the total of all."""
    lines = [
        GridRow((
            made.figure(Unit.TEXT, "kind of care", "lines", at, "kind"),
            made.figure(Unit.TEXT, "provider", "lines", at, "provider"),
            *_measures(made, "lines", at),
        ))
        for at in range(len(made.result["lines"]))
    ]  # fmt: skip
    every = text("All", "total row")
    lines.append(GridRow((every, text("All", "total row"), *_measures(made, "all")), "total"))
    provider = Head("provider", "Provider", Unit.TEXT, is_label=True)
    yield Grid("care_costs", (KIND, provider, *MEASURES), tuple(lines))
    kinds = [GridRow((_label(kind), *_measures(made, "kinds", at))) for at, kind in enumerate(KINDS)]
    yield Grid("care_costs_by_kind", (KIND, *MEASURES), (*kinds, GridRow((every, *_measures(made, "all")), "total")))
    months = [
        GridRow((made.figure(Unit.MONTH, "month of the year", "months", at, "end"), *_measures(made, "months", at)))
        for at in range(len(made.result["months"]))
    ]
    month = Head("month", "Month", Unit.MONTH, is_label=True)
    total = GridRow((text("The year to date", "total row"), *_measures(made, "all")), "total")
    yield Grid("care_costs_by_month", (month, *MEASURES), (*months, total))
    yield _by_need(made, "care_costs_by_need", "pence", Unit.MONEY)
    yield _by_need(made, "care_children_by_need", "children", Unit.COUNT)


def _label(words: str) -> Figure:
    return text(words[:1].upper() + words[1:], "category of kind of care")


def _by_need(made: Projected, name: str, measure: str, unit: Unit) -> Grid:
    """A measure by category of need and by age at the end of the day; ages of which there is nobody are left out."""
    needs = made.result["needs"]
    ages = [at for at in range(len(AGES)) if needs[-1]["ages"][at]["children"]]
    heads = (
        Head("need", "Category of need", Unit.TEXT, is_label=True),
        *(Head(f"age_{at}", AGES[at][:1].upper() + AGES[at][1:], unit) for at in ages),
        Head("total", "All", unit),
    )
    rows = []
    for at in range(len(needs)):
        is_total = at == len(needs) - 1
        said = made.figure(Unit.TEXT, "category of need", "needs", at, "need")
        label = text("All", "total row") if is_total else said
        cells = (made.figure(unit, f"{measure} of care", "needs", at, "ages", age, measure) for age in ages)
        whole = made.figure(unit, f"{measure} of care", "needs", at, measure)
        rows.append(GridRow((label, *cells, whole), "total" if is_total else "body"))
    return Grid(name, heads, tuple(rows))
