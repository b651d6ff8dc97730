"""Figures of the savings: by objective, by kind and in total; targets by outcome."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Figure, Found, Grid, GridRow, Head, cell, count, total

NEEDS = ("savings", "outcomes")


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
        "savings": _by_objective(savings, figures["savings_total"]),
        "outcomes": _targets(outcomes, figures["outcome_targets_total"]),
    }
    if savings.has("in_business_plan"):
        figures["savings_in_business_plan"] = total(savings, "amount", in_business_plan="yes")
    if savings.has("kind"):
        grids["savings_by_kind"] = _by_kind(savings, figures["savings_total"])
        kinds = dict.fromkeys(savings.frame["kind"])
        figures |= {
            f"savings_kind_{kind.replace(' ', '_')}": total(savings, "amount", kind=kind) for kind in kinds
        }
    return Found(figures, grids)


def _all(label: str = "Total") -> Figure:
    return Figure(label, Unit.TEXT, "total row")


def _by_objective(savings: Table, every: Figure) -> Grid:
    columns = [
        ("objective", "Objective", Unit.TEXT),
        ("kind", "Kind", Unit.TEXT),
        ("in_business_plan", "In the business plan", Unit.TEXT),
        ("amount", "Amount", Unit.MONEY),
    ]
    heads = tuple(
        Head(key, label, unit, key == "objective") for key, label, unit in columns if savings.has(key)
    )
    rows = [GridRow(tuple(cell(savings, h.key, row) for h in heads)) for row in range(len(savings))]
    blank = Figure(None, Unit.TEXT, "no value in the total row")
    return Grid("savings", heads, (*rows, GridRow((_all(), *(blank for _ in heads[2:]), every), "total")))


def _by_kind(savings: Table, every: Figure) -> Grid:
    heads = (
        Head("kind", "Kind", Unit.TEXT, is_label=True),
        Head("objectives", "Objectives", Unit.COUNT),
        Head("amount", "Amount", Unit.MONEY),
    )
    rows = []
    for kind in dict.fromkeys(savings.frame["kind"]):
        label = Figure(kind.capitalize(), Unit.TEXT, "kind of saving")
        rows.append(GridRow((label, count(savings, kind=kind), total(savings, "amount", kind=kind))))
    return Grid("savings_by_kind", heads, (*rows, GridRow((_all(), count(savings), every), "total")))


def _targets(outcomes: Table, every: Figure) -> Grid:
    heads = (
        Head("outcome", "Outcome", Unit.TEXT, is_label=True),
        Head("title", "Title", Unit.TEXT),
        Head("savings_target", "Savings target", Unit.MONEY),
    )
    rows = [
        GridRow(
            tuple(cell(outcomes, h.key, row) for h in heads), group=str(outcomes.frame["outcome"].iloc[row])
        )
        for row in range(len(outcomes))
    ]
    return Grid(
        "outcomes",
        heads,
        (*rows, GridRow((_all(), Figure(None, Unit.TEXT, "no value in the total row"), every), "total")),
    )
