"""The whole on histories whose truth is known: intervals that cover, scenarios and drivers that add up."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.projection.ages import month_ends
from reportgen.projection.history import joined
from reportgen.projection.outcomes import fan
from reportgen.projection.project import Plan, drivers, fitted, projected
from reportgen.projection.scenarios import AS_IT_IS, MONTH, Scenario
from reportgen.projection.simulate import simulated
from reportgen.projection.stays import KINDS
from tests.projection.made import day
from tests.projection.truth import drawn

TRIALS = 60
PLAN = Plan(months=9, reference_months=24, runs=250, seed=5)


def test_intervals_hold_the_outcome_as_often_as_they_say() -> None:
    held_80 = held_95 = 0
    for seed in range(TRIALS):
        truth = drawn(seed, days=1400)
        known = truth.up_to(day("2021-03-31"))
        start, rates = fitted(known, PLAN)
        made = fan(simulated(start, rates, PLAN.runs, PLAN.seed).children)
        happened = joined(truth).stock(month_ends(known.until, 9))[-1].sum()
        held_80 += made.low_80[-1] <= happened <= made.high_80[-1]
        held_95 += made.low_95[-1] <= happened <= made.high_95[-1]
    # Of 60 with a chance of 0.8 (0.95) nearly all samples lie within three standard deviations: 48 ± 9, 57 ± 5. The
    # ends are whole children, so that the intervals hold a little more than they say.
    assert 39 <= held_80 <= 58
    assert held_95 >= 52


def test_the_rates_of_a_known_truth_are_found() -> None:
    _, rates = fitted(drawn(1, days=4000), Plan(months=1, reference_months=120))
    events, at_risk = rates.events[2].sum(axis=0), rates.at_risk[2].sum()
    # Some 900 exits and 550 moves: five standard errors.
    assert events[len(KINDS) :].sum() / at_risk == pytest.approx(1 / 240, rel=5 / 900**0.5)
    assert events[: len(KINDS)].sum() / at_risk == pytest.approx(1 / 400, rel=5 / 540**0.5)
    assert rates.entries.sum() / rates.days == pytest.approx(0.25, rel=5 / 910**0.5)


def test_scenarios_share_their_start_and_their_seed() -> None:
    known = drawn(2).up_to(day("2021-03-31"))
    same, also, more = projected(known, PLAN, (AS_IT_IS, Scenario("also"), Scenario("more", entries_a_month=2.0)))
    assert (same.runs.stock == also.runs.stock).all()
    assert (same.runs.stock[:, 0] == more.runs.stock[:, 0]).all()
    assert more.mean.entries.sum() - same.mean.entries.sum() == pytest.approx(2 * 275 / MONTH)
    assert more.runs.children[:, -1].mean() > same.runs.children[:, -1].mean() + 8
    assert np.abs(same.mean.children - same.runs.children.mean(axis=0)).max() < 2


def test_what_each_driver_changes() -> None:
    start, rates = fitted(drawn(3).up_to(day("2021-03-31")), Plan(months=12))
    weekly = np.full((12, len(KINDS)), 70_000)
    found = {driver.scenario.name: driver for driver in drivers(start, rates, weekly)}
    more, shorter, own = found.values()
    # Where one of 240 leaves a day, of n more a day n × 240 × (1 − (239/240)^365) are there after a year: 6.17; they
    # have had n × 240 × (365 − 240 × 0.782) days of care, 200 weeks. The rates found differ from that by a tenth or so.
    assert more.children[-1] == pytest.approx(6.17, rel=0.15)
    assert more.pence.sum() == pytest.approx(200 * 70_000, rel=0.15)
    assert shorter.children[-1] < 0 > shorter.pence.sum()
    # Both kinds cost the same here, so that only another length of stay in-house makes a difference.
    assert abs(own.children[-1]) < 1
    dear = weekly.copy()
    dear[:, KINDS.index("fostering agency")] = 140_000
    assert drivers(start, rates, dear)[2].pence.sum() < -100_000


def test_a_reference_period_that_was_not_observed_is_refused() -> None:
    with pytest.raises(ValueError, match="the reference period isn't within what was observed"):
        fitted(drawn(4).up_to(day("2019-03-31")), Plan())
