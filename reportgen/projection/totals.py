"""The simple version, for an authority that has nothing but monthly totals: the change a month, with its spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.projection.outcomes import Fan, fan
from reportgen.projection.rates import Floats

LEAST = 6  # months of totals


@dataclass(frozen=True, eq=False)
class Drift:
    """The change a month: its mean and its spread (standard deviation) in children, and how many changes there were."""

    mean: float
    spread: float
    changes: int


def drift(totals: Sequence[int]) -> Drift:
    """How totals of months that follow each other changed. Raises ValueError for fewer than LEAST months."""
    if len(totals) < LEAST:
        raise ValueError(f"{len(totals)} months of totals: a projection needs {LEAST}")
    changes = np.diff(np.array(totals, dtype=float))
    return Drift(float(changes.mean()), float(changes.std(ddof=1)), len(changes))


def continued(totals: Sequence[int], months: int, runs: int = 10_000, seed: int = 903) -> Floats:
    """The totals of each run and month: changes drawn around a mean and with a spread that are themselves uncertain.

    Changes are taken to be normal and independent, mean and spread to be as likely as the changes make them (without
    other knowledge: the spread's square is scaled inverse chi-square, the mean normal around the one observed). There
    are no children below zero. Raises ValueError as `drift` does.
    """
    observed, random = drift(totals), np.random.default_rng(seed)
    freedom = observed.changes - 1
    spread = observed.spread * np.sqrt(freedom / (2 * random.standard_gamma(freedom / 2, size=(runs, 1))))
    mean = observed.mean + spread / np.sqrt(observed.changes) * random.standard_normal((runs, 1))
    changes = mean + spread * random.standard_normal((runs, months))
    found: Floats = np.maximum(totals[-1] + np.cumsum(changes, axis=1), 0)
    return found


def continued_fan(totals: Sequence[int], months: int, runs: int = 10_000, seed: int = 903) -> Fan:
    """The fan of `continued`, whose middle is of runs too."""
    return fan(continued(totals, months, runs, seed))
