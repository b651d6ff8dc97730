"""What if: entries, lengths of stay and the share of in-house care altered, and what each alone would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from reportgen.projection.ages import BANDS, LIMITS
from reportgen.projection.course import Entrants
from reportgen.projection.rates import Chances, Floats, Rates
from reportgen.projection.stays import EXITS, KINDS

YEAR = 365.25  # days
MONTH = YEAR / 12
IN_HOUSE, AGENCY = KINDS.index("fostering in-house"), KINDS.index("fostering agency")
_HALVINGS = 30


@dataclass(frozen=True)
class Scenario:
    """Values to alter: children more a month; entries times a number; months that a stay is longer by; points by which
    the in-house share of new foster placements rises; each route's exits times a number.
    """

    name: str
    entries_a_month: float = 0.0
    entries_times: float = 1.0
    stay_months: float = 0.0
    in_house_points: float = 0.0
    exits_times: Mapping[str, float] = field(default_factory=dict)


AS_IT_IS = Scenario("as it is")
DRIVERS = (
    Scenario("one more entry a month", entries_a_month=1.0),
    Scenario("one month shorter stays", stay_months=-1.0),
    Scenario("five points more in-house", in_house_points=5.0),
)


def alteration(rates: Rates, scenario: Scenario) -> Callable[[Chances], Chances]:
    """What makes a scenario's chances of others. Raises ValueError for one that can't be, such as stays below none."""
    if unknown := sorted(set(scenario.exits_times) - set(EXITS)):
        raise ValueError(f"no route out of care is called {unknown[0]}")
    if not 0 <= scenario.in_house_points <= 100 or min(scenario.entries_times, *scenario.exits_times.values(), 0) < 0:
        raise ValueError("a scenario's points lie between 0 and 100, and what it multiplies with isn't below zero")
    mean = rates.mean()
    routes = np.array([scenario.exits_times.get(route, 1.0) for route in EXITS])
    times = np.concatenate([np.ones(len(KINDS)), routes])
    if scenario.stay_months:
        goal = stay(rates, mean) + scenario.stay_months * MONTH
        times = times * np.concatenate([np.ones(len(KINDS)), np.full(len(EXITS), _exits_for(rates, mean, goal))])
    whole = mean.entering.sum()
    more = mean.entering / whole * scenario.entries_a_month / MONTH if whole else np.zeros_like(mean.entering)

    def altered(chances: Chances) -> Chances:
        leaving = _sound(chances.leaving * times)
        return _redirected(Chances(leaving, chances.entering * scenario.entries_times + more), scenario)

    return altered


def _sound(leaving: Floats) -> Floats:
    """Chances of which no more than all go."""
    sound: Floats = leaving / np.maximum(leaving.sum(axis=-1, keepdims=True), 1)
    return sound


def _redirected(chances: Chances, scenario: Scenario) -> Chances:
    """Chances with so many of the foster placements that begin with an agency begun in-house that the share rises.

    The same part of those who enter and of those who move; who would have moved from in-house remains there.
    """
    if not scenario.in_house_points:
        return chances
    begun = chances.entering.sum(axis=-2)
    own, agency = begun[..., IN_HOUSE], begun[..., AGENCY]
    part = np.divide(own + agency, agency, where=agency > 0, out=np.zeros_like(agency))
    part = np.clip(part * scenario.in_house_points / 100, 0, 1)[..., None]
    entering, leaving = chances.entering.copy(), chances.leaving.copy()
    entering[..., IN_HOUSE] += part * chances.entering[..., AGENCY]
    entering[..., AGENCY] *= 1 - part
    moved = part[..., None] * chances.leaving[..., AGENCY]
    leaving[..., AGENCY] -= moved
    others = np.arange(len(KINDS)) != IN_HOUSE
    leaving[..., IN_HOUSE] += moved * others
    return Chances(leaving, entering)


def stay(rates: Rates, chances: Chances) -> float:
    """The days that a child who enters is expected to remain in care, until 18 at most.

    Years are taken to be of equal length here.
    """
    entrants = Entrants.of(rates, chances)
    whole = entrants.number.sum()
    if not whole:
        return 0.0
    left = _days_left(chances)
    return float((left[np.minimum(entrants.ages, len(left) - 1)] * entrants.number).sum() / whole)


def _days_left(chances: Chances) -> Floats:
    """The days in care that are left to a child of each age in days, by kind."""
    limits, size = [round(years * YEAR) for years in LIMITS], len(KINDS)
    # A last element of one, so that a step adds today to what is left of tomorrow.
    left = np.zeros((limits[-1] + 1, size + 1))
    left[-1, size] = 1
    for band in reversed(range(len(BANDS))):
        step = np.eye(size + 1)
        step[:size, :size] *= 1 - chances.leaving[band].sum(axis=-1)[:, None]
        step[:size, :size] += chances.leaving[band, :, :size]
        step[:size, size] = 1
        low, high = limits[band], limits[band + 1]
        left[low:high] = (_powers(step, high - low) @ left[high])[::-1]
    return left[:, :size]


def _powers(step: Floats, number: int) -> Floats:
    """The first so many powers of a matrix, from the first on."""
    found = step[None]
    while len(found) < number:
        found = np.concatenate([found, found @ found[-1]])
    return found[:number]


def _exits_for(rates: Rates, chances: Chances, goal: float) -> float:
    """What all exits must be multiplied with for the expected stay to be of so many days, found by halving."""
    low, high = 0.0, 64.0

    def of(times: float) -> float:
        by = np.concatenate([np.ones(len(KINDS)), np.full(len(EXITS), times)])
        return stay(rates, Chances(_sound(chances.leaving * by), chances.entering))

    if not of(high) <= goal <= of(low):
        raise ValueError("no change of exits makes stays so long or so short")
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if of(middle) > goal else (low, middle)
    return (low + high) / 2
