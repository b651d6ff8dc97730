"""Figures of the savings: by objective, by kind and in total; targets by outcome."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import (
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    axis,
    beside,
    cell,
    count,
    grid,
    text,
    total,
    without,
)

NEEDS = ("savings", "outcomes")
OBJECTIVE_HEADS = (
    Head("objective", "Objective", Unit.TEXT, is_label=True),
    Head("kind", "Kind", Unit.TEXT),
    Head("in_business_plan", "In the business plan", Unit.TEXT),
    Head("amount", "Amount", Unit.MONEY),
)
TARGET_HEADS = (
    Head("outcome", "Outcome", Unit.TEXT, is_label=True),
    Head("title", "Title", Unit.TEXT),
    Head("savings_target", "Savings target", Unit.MONEY),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Totals and grids of the savings and of the outcomes' targets; savings are negative."""
    savings, outcomes = tables["savings"], tables["outcomes"]
    figures = {
        "savings_total": total(savings, "amount"),
        "savings_objectives": count(savings),
        "outcomes_count": count(outcomes),
        "outcome_targets_total": total(outcomes, "savings_target"),
    }
    grids = {
        "savings": _listed("savings", savings, OBJECTIVE_HEADS, figures["savings_total"]),
        "outcomes": _listed("outcomes", outcomes, TARGET_HEADS, figures["outcome_targets_total"], group="outcome"),
    }
    if savings.has("in_business_plan"):
        figures["savings_in_business_plan"] = total(savings, "amount", in_business_plan="yes")
    if savings.has("kind"):
        kinds = axis(savings, "kind")
        figures |= {f"savings_kind_{part.key}": total(savings, "amount", kind=part.value) for part in kinds.parts}
        numbers = grid("objectives", savings, None, kinds, heading="Objectives", whole="Total")
        amounts = grid("amounts", savings, "amount", kinds, whole="Total")
        grids["savings_by_kind"] = beside("savings_by_kind", numbers, amounts)
    return Found(figures, grids)


def _listed(name: str, table: Table, heads: tuple[Head, ...], every: Figure, group: str = "") -> Grid:
    """The table's rows as they stand, in the columns that it has; under the last of them, their total."""
    heads = tuple(head for head in heads if table.has(head.key))
    rows = [
        GridRow(
            tuple(cell(table, head.key, row) for head in heads),
            group=str(table.frame[group].iloc[row]) if group else "",
        )
        for row in range(len(table))
    ]
    blanks = (without(head.unit, "no value in the total row") for head in heads[1:-1])
    return Grid(name, heads, (*rows, GridRow((text("Total", "total row"), *blanks, every), "total")))
