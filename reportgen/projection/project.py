"""The projection as a whole: from stays to the courses that the model expects and draws, by scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.projection.ages import months_before
from reportgen.projection.costs import cost_by_month
from reportgen.projection.course import Course, Start, expected
from reportgen.projection.history import joined
from reportgen.projection.rates import FEWEST, Floats, Rates, estimated
from reportgen.projection.scenarios import AS_IT_IS, DRIVERS, Scenario, alteration
from reportgen.projection.simulate import simulated
from reportgen.projection.stays import Ints, Stays


@dataclass(frozen=True)
class Plan:
    """How far to project, from how many months up to the last day observed, in how many runs from which seed."""

    months: int = 36
    reference_months: int = 24
    runs: int = 10_000
    seed: int = 903
    fewest: int = FEWEST


@dataclass(frozen=True, eq=False)
class Projection:
    """The rates, what the model expects of them, and the runs."""

    scenario: Scenario
    rates: Rates
    mean: Course
    runs: Course


def fitted(stays: Stays, plan: Plan) -> tuple[Start, Rates]:
    """The children in care on the last day observed and the rates of the months before it.

    Raises ValueError where these weren't observed, or stays of a child overlap.
    """
    history, until = joined(stays), stays.until
    rates = estimated(history, months_before(until, plan.reference_months), until, plan.fewest)
    return Start.of(history, until, plan.months), rates


def projected(stays: Stays, plan: Plan, scenarios: Sequence[Scenario] = (AS_IT_IS,)) -> tuple[Projection, ...]:
    """The projection of each scenario, from one seed, so that they differ by what they alter. Raises as `fitted`."""
    start, rates = fitted(stays, plan)
    made = []
    for scenario in scenarios:
        alter = alteration(rates, scenario)
        mean = expected(start, rates, alter(rates.mean()))
        made.append(Projection(scenario, rates, mean, simulated(start, rates, plan.runs, plan.seed, alter=alter)))
    return tuple(made)


@dataclass(frozen=True, eq=False)
class Driver:
    """What a scenario alone changes: children at the end of each month, and pence in each month."""

    scenario: Scenario
    children: Floats
    pence: Floats


def drivers(start: Start, rates: Rates, weekly: Ints, scenarios: Sequence[Scenario] = DRIVERS) -> tuple[Driver, ...]:
    """What each scenario changes of what the model expects; `weekly` are unit costs by month and kind."""
    usual = expected(start, rates, rates.mean())
    cost = cost_by_month(usual.days, weekly)
    found = []
    for scenario in scenarios:
        course = expected(start, rates, alteration(rates, scenario)(rates.mean()))
        pence = np.asarray(cost_by_month(course.days, weekly) - cost, dtype=float)
        found.append(Driver(scenario, np.asarray(course.children - usual.children, dtype=float), pence))
    return tuple(found)
