"""Figures of the cost of placements: cost, weeks and average cost a week, by kind of care, provider and location."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import (
    Axis,
    Claim,
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    axis,
    beside,
    cell,
    grid,
    ratio,
    stated_total,
    text,
    total,
)

NEEDS = ("placement_costs",)
HEADS = (
    Head("description", "Placement", Unit.TEXT, is_label=True),
    Head("type", "Kind of care", Unit.TEXT),
    Head("provider", "Provided by", Unit.TEXT),
    Head("location", "Location", Unit.TEXT),
    Head("cost", "Total cost", Unit.MONEY),
    Head("weeks", "Weeks", Unit.WEEKS),
    Head("average_cost", "Average cost a week", Unit.MONEY_PER_WEEK),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Total cost, weeks and average a week, line by line, by kind of care, by provider and in total."""
    table = tables["placement_costs"]
    cost, weeks = total(table, "cost"), total(table, "weeks")
    average = ratio(cost, weeks, Unit.MONEY_PER_WEEK)
    figures = {"placement_cost": cost, "placement_weeks": weeks, "placement_average_cost": average}
    lines = _lines(table, figures)
    grids = {lines.name: lines}
    for column, heading in (("type", "Kind of care"), ("provider", "Provided by"), ("location", "Location")):
        made = _summed(f"placement_costs_by_{column}", table, _stated(axis(table, column, heading)))
        grids[made.name] = made
    for row in grids["placement_costs_by_provider"].rows[:2]:
        key = str(row.cells[0].value).lower()
        names = (f"placement_{key}_cost", f"placement_{key}_weeks", f"placement_{key}_average_cost")
        figures |= dict(zip(names, row.cells[1:], strict=True))
    return Found(figures, grids, (*_claims(table, lines), *_total_claims(table, average)))


def _lines(table: Table, figures: Mapping[str, Figure]) -> Grid:
    """Every line of the sheet with its average, and the total of all."""
    rows = []
    for row in range(len(table)):
        read = [cell(table, head.key, row) for head in HEADS[:6]]
        rows.append(GridRow((*read, _average(read[4], read[5]))))
    words = (text("All placement types", "total row"), *(text("All", "total row") for _ in range(3)))
    rows.append(GridRow((*words, *figures.values()), "total"))
    return Grid("placement_costs", HEADS, tuple(rows))


def _average(cost: Figure, weeks: Figure) -> Figure:
    """Cost by weeks; blank where the sheet has neither."""
    made = ratio(cost, weeks, Unit.MONEY_PER_WEEK)
    blank = cost.value is None and weeks.value is None and not (cost.symbol or weeks.symbol)
    return Figure(None, made.unit, made.how, parts=made.parts) if blank else made


def _stated(by: Axis) -> Axis:
    """The categories without N/A; what stands under it is neither and shows as the rest."""
    return replace(by, parts=tuple(part for part in by.parts if part.value != "N/A"))


def _summed(name: str, table: Table, by: Axis) -> Grid:
    """Cost, weeks and average by the categories of one column."""
    cost, weeks = (grid(name, table, column, by, heading=column.capitalize()) for column in ("cost", "weeks"))
    heads = (cost.heads[0], Head("average_cost", "Average cost a week", Unit.MONEY_PER_WEEK))
    rows = tuple(
        GridRow((one.cells[0], _average(one.cells[1], two.cells[1])), one.kind)
        for one, two in zip(cost.rows, weeks.rows, strict=True)
    )
    return beside(name, cost, weeks, Grid(name, heads, rows))


def _claims(table: Table, lines: Grid) -> Iterator[Claim]:
    """The averages that the sheet states."""
    for row in range(len(table)) if table.has("average_cost") else ():
        computed = lines.rows[row].cells[-1]
        what = f"the average cost a week of {table.values('description')[row]}"
        yield Claim("average-differs", what, cell(table, "average_cost", row), computed, computed.how)


def _total_claims(table: Table, average: Figure) -> Iterator[Claim]:
    """The average that a totals row of all lines states."""
    for stated in table.stated:
        if stated.column == "average_cost" and len(stated.rows) == len(table):
            what = "the average cost a week of all placements"
            yield Claim("average-differs", what, stated_total(table, stated), average, place=stated.place)
