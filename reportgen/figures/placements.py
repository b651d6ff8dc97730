"""Figures of placements: children by type with shares, in-house and external, inside and outside, weekly cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import (
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    Part,
    axis,
    cell,
    cells,
    count,
    count_filled,
    grid,
    ratio,
    select,
    text,
    total,
)
from reportgen.trace.primitives import Condition, count_of

NEEDS = ("placements",)
IN_HOUSE = ("own provision",)
EXTERNAL = ("another authority", "other public provision", "private provision", "voluntary provision")
APART = "short break"  # short breaks are no placements of looked after children proper
FOSTERING = ("foster placement with other carer",)
HIGHEST = 10  # placements that the list of the highest costs holds
HIGHEST_HEADS = (
    Head("rank", "Rank", Unit.TEXT, is_label=True),
    Head("placement_type", "Placement", Unit.TEXT),
    Head("provider", "Provider", Unit.TEXT),
    Head("location", "Inside or outside", Unit.TEXT),
    Head("weekly_cost", "Weekly cost", Unit.MONEY_PER_WEEK),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Children in all and by type, with what else the sheet can tell: provider, location, weekly cost."""
    table = tables["placements"]
    kinds = axis(table, "placement_type")
    every = children(table)
    figures = {"placements_children": every}
    figures |= {f"placements_{part.key}": children(table, placement_type=part.value) for part in kinds.parts}
    figures["placements_fostering"] = children(table, placement_type=FOSTERING)
    figures["placements_without_short_breaks"] = children(
        table, placement_type=tuple(part.value for part in kinds.parts if part.value not in (None, APART))
    )
    grids = {"placements": _by_type(table, kinds.parts, every)}
    if table.has("provider"):
        figures |= _providers(table, every, figures["placements_fostering"])
        providers = grid("placements_by_provider", table, _counts(table), kinds, axis(table, "provider"))
        grids[providers.name] = providers
    if table.has("location"):
        for key in ("inside", "outside"):
            figures[f"placements_{key}"] = children(table, location=key)
        figures["placements_outside_share"] = ratio(figures["placements_outside"], every)
    if table.has("weekly_cost") and not table.has("children"):
        figures |= _costs(table)
        grids["highest_costs"] = _highest(table)
    return Found(figures, grids)


def _counts(table: Table) -> str | None:
    """The column whose values count the children; None where each row is one."""
    return "children" if table.has("children") else None


def children(table: Table, **where: Condition) -> Figure:
    """The number of children in the rows that meet the conditions; a row of one child counts one."""
    return total(table, "children", **where) if table.has("children") else count(table, **where)


def _by_type(table: Table, parts: tuple[Part, ...], every: Figure) -> Grid:
    """Children and their share by type, the types that the sheet has in the dataset's order, with the total."""
    heads = (
        Head("placement_type", "Placement", Unit.TEXT, is_label=True),
        Head("children", "Children", Unit.COUNT),
        Head("share", "Share", Unit.PERCENT),
    )
    there = set(table.frame["placement_type"])
    listed = count_of(select(table, "placement_type"), f"rows of {table.title}")
    rows = []
    for part in parts:
        if part.value in there:
            number = children(table, placement_type=part.value)
            label = replace(part.label, chosen_by=(listed,))
            rows.append(GridRow((label, number, ratio(number, every))))
    rows.append(GridRow((text("All placements", "total row"), every, ratio(every, every)), "total"))
    return Grid("placements", heads, tuple(rows))


def _providers(table: Table, every: Figure, fostered: Figure) -> dict[str, Figure]:
    """In-house and external children, of all placements and of fostering with other carers; parents are neither."""
    made: dict[str, Figure] = {}
    for key, providers in (("in_house", IN_HOUSE), ("external", EXTERNAL)):
        made[f"placements_{key}"] = children(table, provider=providers)
        made[f"placements_{key}_share"] = ratio(made[f"placements_{key}"], every)
        in_fostering = children(table, provider=providers, placement_type=FOSTERING)
        made[f"placements_fostering_{key}"] = in_fostering
        made[f"placements_fostering_{key}_share"] = ratio(in_fostering, fostered)
    return made


def _costs(table: Table) -> dict[str, Figure]:
    """The weekly cost in all and on average, over the placements whose cost is known."""
    costed, spent = count_filled(table, "weekly_cost"), total(table, "weekly_cost")
    return {
        "placements_with_cost": costed,
        "placements_weekly_cost": spent,
        "placements_average_weekly_cost": ratio(spent, costed, Unit.MONEY_PER_WEEK),
    }


def _highest(table: Table) -> Grid:
    """The placements that cost most a week, dearest first, with nothing that tells whose they are."""
    every = total(table, "weekly_cost")
    costs = [(figure, row) for row, figure in enumerate(cells(table, "weekly_cost")) if figure.value is not None]
    dearest = sorted(costs, key=lambda each: (-each[0].number, each[1]))[:HIGHEST]
    heads = tuple(head for head in HIGHEST_HEADS if head.is_label or table.has(head.key))
    rows = []
    for rank, (_, row) in enumerate(dearest, 1):
        shown = (replace(cell(table, head.key, row), chosen_by=(every,)) for head in heads[1:])
        rows.append(GridRow((text(str(rank), "rank by weekly cost"), *shown)))
    return Grid("highest_costs", heads, tuple(rows))
