"""Figures of the simple projection, from monthly totals alone, where a paper asks for it: docs/projection.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from reportgen.figures.base import Circumstances
from reportgen.model import Place, Problem, Projecting, Unit
from reportgen.projection.totals import LEAST, from_totals
from reportgen.table import Table
from reportgen.trace import Figure, Found, Grid, GridRow, Head, Projected, given, projected, select, without

NEEDS = ("population",)
COLUMNS = ("month", "total", "non_uasc", "uasc")
HOW = "simple projection from the change a month of all children"
ENDS = {
    "median": "middle of the projection",
    "low_80": "lower end of the 80% interval",
    "high_80": "upper end of the 80% interval",
    "low_95": "lower end of the 95% interval",
    "high_95": "upper end of the 95% interval",
}
CHANGE = {
    "mean": ("projection_change", "mean change of all children a month"),
    "spread": ("projection_spread", "standard deviation of the change a month"),
    "changes": ("projection_changes", "number of changes from month to month"),
}
REACHED = {
    "median": ("month", Unit.MONTH, "month in which the target is reached"),
    "earliest": ("earliest", Unit.MONTH, "month by which one run of ten reaches the target"),
    "latest": ("latest", Unit.MONTH, "month by which nine runs of ten reach the target"),
    "chance": ("chance", Unit.PERCENT, "runs that reach the target by the month promised"),
    "slippage": ("slippage", Unit.COUNT, "months from the promise to the target"),
}
LABELLED = (
    "Simple projection, from monthly totals alone: it lets the average change from month to month go on, with its "
    "spread, and knows nothing of ages, entries and exits."
)
HEADS = (
    Head("month", "Month", Unit.MONTH, is_label=True, note=LABELLED),
    Head("actual", "Children", Unit.COUNT),
    *(Head(key, label.capitalize(), Unit.COUNT) for key, label in ENDS.items()),
    Head("target", "Target", Unit.COUNT),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The monthly totals, their projection with its intervals, and when a target is reached, if a paper asks for it."""
    asked, table = when.projecting, tables["population"]
    if asked is None:
        return Found()
    selections = [select(table, column) for column in COLUMNS if table.has(column)]
    target = _target(asked)
    work = partial(_worked, asked, [selection.column for selection in selections])
    made = projected(selections, work, list(target.values()))
    figures = {name: made.figure(Unit.COUNT, how, "drift", key) for key, (name, how) in CHANGE.items()}
    for key, label in ENDS.items():
        figures[f"projection_{key}"] = made.figure(Unit.COUNT, f"{HOW}: {label}", "end", key)
    figures["projection_end"] = made.figure(Unit.MONTH, "last month projected", "end", "month")
    if target:
        figures |= target | {
            f"projection_target_{name}": made.figure(unit, f"{HOW}: {how}", "reaching", key)
            for key, (name, unit, how) in REACHED.items()
        }
    return Found(figures, {"projection": _grid(made, target.get("projection_target"))})


def too_few(found: Found, settings: Place) -> list[Problem]:
    """An error where a paper asks for a projection that can't be made, as of fewer monthly totals than it needs."""
    if refused := found.figures.get("demand_refused"):
        remedy = f"Alter the section [projection] of {settings.file}, or add the returns of earlier years."
        return [Problem("no-projection", settings, "a projection that the returns allow", str(refused.value), remedy)]
    change = found.figures.get("projection_change")
    if change is None or change.value is not None:
        return []
    table, months = change.selections[0].table, len(found.grids["projection"].rows)
    remedy = f"Give the totals of the months before, or take the section [projection] out of {settings.file}."
    return [
        Problem(
            "too-few-months", table.place("month", len(table) - 1),
            f"{LEAST} months of totals without a gap, up to the last", f"{months}", remedy,
        )
    ]  # fmt: skip


def _worked(asked: Projecting, names: Sequence[str], *columns: Sequence[Any]) -> Mapping[str, Any]:
    """The months up to the last, back to one without a total, and what is projected of them.

    All children are the sum of the two groups, where both are known.
    """
    values = dict(zip(names, columns, strict=True))
    none = [None] * len(values["month"])
    totals: list[int] = []
    months: list[dt.date] = []
    for month, total, others, uasc in zip(*(values.get(name, none) for name in COLUMNS), strict=True):
        children = total if others is None or uasc is None else others + uasc
        if children is None:
            totals, months = [], []
        else:
            totals.append(children)
            months.append(month)
    return {"months": months, "totals": totals, **from_totals(months, totals, asked)}


def _target(asked: Projecting) -> dict[str, Figure]:
    if asked.target is None:
        return {}
    (children, by), where = asked.target, "paper.toml, projection.target"
    return {
        "projection_target": given(children, Unit.COUNT, f"{where}.children"),
        "projection_target_by": given(by, Unit.MONTH, f"{where}.by"),
    }


def _grid(made: Projected, target: Figure | None) -> Grid:
    """What was, month by month, and below it what is projected."""
    blank = without(Unit.COUNT, "a month that has been is not projected, and one to come has no number yet")
    aim = (target,) if target else ()
    was = [
        GridRow((
            made.figure(Unit.MONTH, "month", "months", at),
            made.figure(Unit.COUNT, "all children", "totals", at),
            *[blank] * len(ENDS), *aim,
        ))
        for at in range(len(made.result["months"]))
    ]  # fmt: skip
    will_be = [
        GridRow((
            made.figure(Unit.MONTH, "month projected", "ends", at),
            blank,
            *(made.figure(Unit.COUNT, f"{HOW}: {label}", "fan", key, at) for key, label in ENDS.items()),
            *aim,
        ))
        for at in range(len(made.result["ends"]))
    ]  # fmt: skip
    return Grid("projection", HEADS if target else HEADS[:-1], (*was, *will_be))
