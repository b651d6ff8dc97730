"""All that a paper prints of the full projection, by name, so that figures can be read off it one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from reportgen.projection.ages import month_ends
from reportgen.projection.backtest import HORIZONS, RUNS, back_test
from reportgen.projection.costs import Tariff, cost_by_month, weekly_by_month
from reportgen.projection.history import joined
from reportgen.projection.outcomes import by_financial_year, fan, reaching
from reportgen.projection.project import Plan, Projection, drivers, fitted, projected
from reportgen.projection.scenarios import AS_IT_IS, Scenario
from reportgen.projection.stays import KINDS, Ints, Stays


@dataclass(frozen=True, eq=False)
class Question:
    """What a paper asks: how far and from what, which scenarios beside things as they are, and what was promised.

    The keys of `tariff` count into KINDS; without it nothing has a cost. `target` is a number of children and a day.
    """

    plan: Plan = field(default_factory=Plan)
    scenarios: Sequence[Scenario] = ()
    tariff: Tariff | None = None
    target: tuple[int, np.datetime64] | None = None


def answered(stays: Stays, asked: Question) -> dict[str, Any]:
    """The months that were and will be; each scenario's fans, costs and target; drivers, pools and the back-test.

    Raises ValueError where the reference period wasn't observed, a scenario can't be, or care has no unit cost.
    """
    start, rates = fitted(stays, asked.plan)
    ends = start.calendar.ends
    weekly = None if asked.tariff is None else weekly_by_month(asked.tariff, ends, len(KINDS))
    runs = projected(stays, asked.plan, (AS_IT_IS, *asked.scenarios))
    return {
        "past": _past(stays),
        "ends": ends,
        "scenarios": [_told(projection, weekly, asked, len(start.row), stays.until) for projection in runs],
        "drivers": [] if weekly is None else [
            {
                "name": driver.scenario.name,
                "children": driver.children,
                "pence": by_financial_year(driver.pence[None], ends)[1][0],
            }
            for driver in drivers(start, rates, weekly)
        ],
        "pools": [pool.in_words for pool in rates.pools],
        "thin": [pool.in_words for pool in rates.thin],
        "back_test": _tested(stays, asked.plan),
    }  # fmt: skip


def _past(stays: Stays) -> dict[str, Any]:
    """The children at the end of each month that was observed, by kind and in all."""
    months = int((stays.until - stays.since).astype(int)) // 28 + 1
    ends = month_ends(stays.since - np.timedelta64(1, "D"), months)
    ends = ends[ends <= stays.until]
    stock = joined(stays).stock(ends)
    return {"ends": ends, "children": stock.sum(axis=-1), "kinds": stock}


def _told(
    projection: Projection, weekly: Ints | None, asked: Question, now: int, start: np.datetime64
) -> dict[str, Any]:
    """What a scenario comes to: fans by month, of kinds and routes along the second axis, of costs by year besides."""
    runs = projection.runs
    told: dict[str, Any] = {
        "name": projection.scenario.name,
        "children": asdict(fan(runs.children)),
        "kinds": asdict(fan(runs.stock[:, 1:])),
        "entries": asdict(fan(runs.entries.sum(axis=-1))),
        "exits": asdict(fan(runs.exits)),
        "entries_in_all": asdict(fan(runs.entries.sum(axis=(1, 2)))),
        "exits_in_all": asdict(fan(runs.exits.sum(axis=1))),
        "expected": {
            "children": projection.mean.children,
            "entries": projection.mean.entries.sum(axis=-1),
            "exits": projection.mean.exits,
        },
        "cost": None,
        "target": None,
    }
    if weekly is not None:
        pence = cost_by_month(runs.days, weekly)
        years, by_year = by_financial_year(pence, runs.ends)
        told["cost"] = {"months": asdict(fan(pence)), "years": asdict(fan(by_year)), "begin": years}
    if asked.target is not None:
        children, promised = asked.target
        told["target"] = asdict(reaching(runs.children, now, start, runs.ends, children, promised))
    return told


def _tested(stays: Stays, plan: Plan) -> list[dict[str, Any]]:
    """The back-test by horizon: quarters, mean errors in children, shares of outcomes within the intervals."""
    found = back_test(stays, plan, min(plan.runs, RUNS))
    ways = {"projection": found.projection, "last_value": found.last_value, "trend": found.trend}
    errors = {name: found.error(values) for name, values in ways.items()}
    numbers, within = found.tested.sum(axis=0), {"within_80": found.within_80, "within_95": found.within_95}
    shares = {name: found.share(values) for name, values in within.items()}
    return [
        {
            "months": months,
            "quarters": int(numbers[at]),
            **{name: _known(values[at]) for name, values in {**errors, **shares}.items()},
            "beats": bool(found.beats[at]),
        }
        for at, months in enumerate(HORIZONS)
    ]


def _known(value: float) -> float | None:
    """A number; None for one that is none."""
    return None if np.isnan(value) else float(value)
