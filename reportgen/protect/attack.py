"""The attack: the lowest and highest value that what is shown allows for each number that isn't."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reportgen.protect.system import Chosen, System, Vector

NEAR = 1e-6  # how far the solver may be off, in the units of the scaled rows


class NoSolution(Exception):
    """The numbers of an edition contradict each other: no reader could make sense of them."""


@dataclass(frozen=True, eq=False)
class Cut:
    """What a target needs: that the `gains` of the items that aren't shown come to `need` if `item` isn't shown."""

    item: int
    gains: Vector
    need: float

    def is_met(self, hidden: Chosen) -> bool:
        """Whether it holds."""
        return not hidden[self.item] or float(self.gains[hidden].sum()) >= self.need - NEAR


@dataclass(frozen=True)
class Interval:
    """What a reader can work out of a number that isn't shown: how low and how high it may be."""

    names: tuple[str, ...]
    low: float
    high: float
    need: float
    counts: bool
    why: str

    @property
    def holds(self) -> bool:
        """Whether it is uncertain enough, and more than one whole number where it counts."""
        wide = self.high - self.low >= self.need - max(NEAR, 1e-9 * abs(self.need))
        several = math.floor(self.high + NEAR) - math.ceil(self.low - NEAR) >= 1 if self.high < math.inf else True
        return wide and (several or not self.counts)


class Reader:
    """A reader of an edition in which some items aren't shown: what they can work out of a part of it."""

    def __init__(self, system: System, hidden: Chosen) -> None:
        self.system, self.hidden = system, hidden
        low, high = system.bounds(hidden)
        self.equal = np.flatnonzero((low == high) & np.isfinite(low))
        self.below = np.flatnonzero((low != high) & np.isfinite(high))
        self.above = np.flatnonzero((low != high) & np.isfinite(low))
        matrix = system.matrix
        self._upper = np.concatenate((matrix[self.below], -matrix[self.above]))
        self._ends = np.concatenate((high[self.below], -low[self.above]))
        self._equal, self._at = matrix[self.equal], low[self.equal]
        self._box = [(end if np.isfinite(end) else None, None) for end in system.lowest]

    def lowest(self, objective: Vector) -> tuple[float, Vector | None, tuple[Vector, Vector]]:
        """The lowest value of a sum, where it is reached, and what each row gains with its ends (upper, lower).

        Minus infinity where there is none.
        """
        from scipy.optimize import linprog

        upper = (self._upper, self._ends) if len(self._ends) else (None, None)
        equal = (self._equal, self._at) if len(self._at) else (None, None)
        found = linprog(objective, *upper, *equal, bounds=self._box, method="highs")
        if found.status == 3:
            return -math.inf, None, self._gains(None)
        if found.status != 0:
            raise NoSolution(f"linprog ends with {found.status}")
        return float(found.fun), found.x, self._gains(found)

    def _gains(self, found: object) -> tuple[Vector, Vector]:
        """By how much the value falls for each unit that a row's upper end rises, and that its lower end falls."""
        high, low = np.zeros(len(self.system.owner)), np.zeros(len(self.system.owner))
        if found is None:
            return high, low
        if len(self._ends):
            marginals = -np.minimum(found.ineqlin.marginals, 0)  # type: ignore[attr-defined]
            high[self.below] = marginals[: len(self.below)]
            low[self.above] += marginals[len(self.below) :]
        if len(self._at):
            marginals = found.eqlin.marginals  # type: ignore[attr-defined]
            high[self.equal] = np.maximum(-marginals, 0)
            low[self.equal] = np.maximum(marginals, 0)
        return high, low

    def failing(self) -> Iterator[Cut]:
        """What the targets need that a reader can work out too closely."""
        seen: list[Vector] = []
        for number, objective, need in self.system.targets:
            if not self.hidden[number]:
                continue
            reached = [float(objective @ point) for point in seen]
            if reached and max(reached) - min(reached) >= need:
                continue
            least, low_at, low_gains = self.lowest(objective)
            most, high_at, high_gains = self.lowest(-objective)
            seen += [point for point in (low_at, high_at) if point is not None]
            if -most - least < need - NEAR:
                yield self._cut(number, need, [low_gains, high_gains])

    def _cut(self, number: int, need: float, gains: list[tuple[Vector, Vector]]) -> Cut:
        """The cut of a target: its width is at most what all rows gain by the ends that they have."""
        system = self.system
        high, low = (sum(side) for side in zip(*gains, strict=True))
        (low_shown, high_shown), (low_hidden, high_hidden) = system.shown, system.hidden
        fixed = _times(high, high_shown) - _times(low, low_shown)
        with np.errstate(invalid="ignore"):  # an end that is infinite either way gains nothing
            won = _times(high, high_hidden - high_shown) + _times(low, low_shown - low_hidden)
        by_item = np.zeros(len(system.items))
        np.add.at(by_item, system.owner[system.owner >= 0], won[system.owner >= 0])
        rest = need - float(fixed.sum()) - by_item[number]
        by_item[number] = 0
        return Cut(number, np.minimum(by_item, rest), rest)


def _times(gains: Vector, ends: Vector) -> Vector:
    """Each gain times an end, nothing where there is no gain: an end may be infinite."""
    made = np.zeros(len(gains))
    there = gains > NEAR / 100
    made[there] = gains[there] * ends[there]
    return made


def intervals(system: System, hidden: Chosen) -> Iterator[Interval]:
    """What a reader can work out of every number of a part that isn't shown."""
    reader = Reader(system, hidden)
    for number, objective, need in system.targets:
        if hidden[number]:
            item = system.items[number]
            low, high = reader.lowest(objective)[0], -reader.lowest(-objective)[0]
            why = str(item.why) if item.why else "others could be worked out from it"
            yield Interval(tuple(item.names), low, high, need, item.counts, why)
