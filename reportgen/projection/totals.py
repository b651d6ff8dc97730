"""The simple version, for an authority that has nothing but monthly totals: the change a month, with its spread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from reportgen.model import Projecting
from reportgen.projection.ages import month_ends
from reportgen.projection.outcomes import fan, reaching
from reportgen.projection.rates import Floats

LEAST = 6  # months of totals


@dataclass(frozen=True, eq=False)
class Drift:
    """The change a month: its mean and its spread (standard deviation) in children, and how many changes there were."""

    mean: Fraction
    spread: float
    changes: int


def drift(totals: Sequence[int]) -> Drift:
    """How totals of months that follow each other changed. Raises ValueError for fewer than LEAST months."""
    if len(totals) < LEAST:
        raise ValueError(f"{len(totals)} months of totals: a projection needs {LEAST}")
    changes = np.diff(np.array(totals, dtype=float))
    return Drift(Fraction(totals[-1] - totals[0], len(changes)), float(changes.std(ddof=1)), len(changes))


def continued(totals: Sequence[int], months: int, runs: int = 10_000, seed: int = 903) -> Floats:
    """The totals of each run and month: changes drawn around a mean and with a spread that are themselves uncertain.

    Changes are taken to be normal and independent, mean and spread to be as likely as the changes make them (without
    other knowledge: the spread's square is scaled inverse chi-square, the mean normal around the one observed).
    Children are whole, and none below zero. Raises ValueError as `drift` does.
    """
    observed, random = drift(totals), np.random.default_rng(seed)
    freedom = observed.changes - 1
    spread = observed.spread * np.sqrt(freedom / (2 * random.standard_gamma(freedom / 2, size=(runs, 1))))
    mean = float(observed.mean) + spread / np.sqrt(observed.changes) * random.standard_normal((runs, 1))
    changes = mean + spread * random.standard_normal((runs, months))
    found: Floats = np.maximum(np.rint(totals[-1] + np.cumsum(changes, axis=1)), 0)
    return found


def from_totals(months: Sequence[dt.date], totals: Sequence[int], asked: Projecting) -> dict[str, Any]:
    """What a paper asks for, by name: the drift, the last days of the months projected, their fan and its end, and when
    a target is reached. Nothing of it is there for fewer than LEAST months.
    """
    if len(totals) < LEAST:
        return {"drift": None, "ends": (), "fan": None, "end": None, "reaching": None}
    last = np.datetime64(months[-1], "D")
    ends, runs = month_ends(last, asked.months), continued(totals, asked.months, asked.runs, asked.seed)
    spread = asdict(fan(runs))
    end = {"month": ends[-1], **{key: values[-1] for key, values in spread.items()}}
    reached = None
    if asked.target:
        children, by = asked.target
        reached = asdict(reaching(runs, totals[-1], last, ends, children, np.datetime64(by, "D")))
    return {"drift": asdict(drift(totals)), "ends": ends, "fan": spread, "end": end, "reaching": reached}
