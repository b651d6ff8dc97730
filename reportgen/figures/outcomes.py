"""Figures of the outcomes: their savings targets."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Found, Head, count, listed, total

NEEDS = ("outcomes",)
HEADS = (
    Head("outcome", "Outcome", Unit.TEXT, is_label=True),
    Head("title", "Title", Unit.TEXT),
    Head("savings_target", "Savings target", Unit.MONEY),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The number of outcomes, and their targets in a grid and in total; savings are negative."""
    outcomes = tables["outcomes"]
    figures = {"outcomes_count": count(outcomes), "outcome_targets_total": total(outcomes, "savings_target")}
    targets = listed("outcomes", outcomes, HEADS, figures["outcome_targets_total"], group="outcome")
    return Found(figures, {"outcomes": targets})
