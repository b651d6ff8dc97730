"""Figures of the savings: by objective, by kind and in total."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import (
    Found,
    Head,
    axis,
    beside,
    count,
    grid,
    listed,
    total,
)

NEEDS = ("savings",)
OBJECTIVE_HEADS = (
    Head("objective", "Objective", Unit.TEXT, is_label=True),
    Head("kind", "Kind", Unit.TEXT),
    Head("in_business_plan", "In the business plan", Unit.TEXT),
    Head("amount", "Amount", Unit.MONEY),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Totals and grids of the savings, which are negative."""
    savings = tables["savings"]
    figures = {
        "savings_total": total(savings, "amount"),
        "savings_objectives": count(savings),
    }
    grids = {"savings": listed("savings", savings, OBJECTIVE_HEADS, figures["savings_total"])}
    if savings.has("in_business_plan"):
        figures["savings_in_business_plan"] = total(savings, "amount", in_business_plan="yes")
    if savings.has("kind"):
        kinds = axis(savings, "kind")
        figures |= {f"savings_kind_{part.key}": total(savings, "amount", kind=part.value) for part in kinds.parts}
        numbers = grid("objectives", savings, None, kinds, heading="Objectives", whole="Total")
        amounts = grid("amounts", savings, "amount", kinds, whole="Total")
        grids["savings_by_kind"] = beside("savings_by_kind", numbers, amounts)
    return Found(figures, grids)
