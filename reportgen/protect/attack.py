"""The attack: the lowest and highest value that what is shown allows for each number that isn't."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.protect.small import Why
from reportgen.protect.system import Chosen, System, Vector

NEAR = 1e-6  # how far the solver may be off, in the units of the scaled rows
AT_ONCE = 32  # programmes that are solved side by side


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
        if not self.counts or not math.isfinite(self.low) or not math.isfinite(self.high):
            return wide
        return wide and math.floor(self.high + NEAR) - math.ceil(self.low - NEAR) >= 1


@dataclass(frozen=True, eq=False)
class Least:
    """The lowest value of a sum and the unknowns that it is reached with.

    `high` and `low` are by how much it falls for each unit that a row's upper end rises and that its lower end falls,
    `box` what the limits of the unknowns add to it.
    """

    value: float
    point: Vector
    high: Vector
    low: Vector
    box: float


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

    def least(self, objectives: Sequence[Vector]) -> Iterator[Least]:
        """The lowest value of each of some sums. Raises NoSolution.

        They are solved side by side, as one programme whose parts have nothing in common: one call costs more than
        what it solves.
        """
        for first in range(0, len(objectives), AT_ONCE):
            yield from self._together(objectives[first : first + AT_ONCE])

    def _together(self, objectives: Sequence[Vector]) -> Iterator[Least]:
        from scipy.optimize import linprog
        from scipy.sparse import identity, kron

        number = len(objectives)
        beside = identity(number, format="csr")
        upper = (
            (kron(beside, self._upper, format="csr"), np.tile(self._ends, number)) if len(self._ends) else (None,) * 2
        )
        equal = (kron(beside, self._equal, format="csr"), np.tile(self._at, number)) if len(self._at) else (None,) * 2
        box = np.tile(np.column_stack(self.system.box), (number, 1))
        found = linprog(np.concatenate(objectives), *upper, *equal, bounds=box, method="highs")
        if found.status != 0:
            raise NoSolution(f"linprog ends with {found.status}")
        points, ends, at, limits = (
            each.reshape(number, -1)
            for each in (found.x, found.ineqlin.marginals, found.eqlin.marginals, found.lower.marginals)
        )
        tops = found.upper.marginals.reshape(number, -1)
        for n, objective in enumerate(objectives):
            held = float(limits[n] @ self.system.box[0] + tops[n] @ self.system.box[1])
            yield self._least(objective, points[n], ends[n], at[n], held)

    def _least(self, objective: Vector, point: Vector, ends: Vector, at: Vector, box: float) -> Least:
        high, low = np.zeros(len(self.system.owner)), np.zeros(len(self.system.owner))
        gains = -np.minimum(ends, 0)
        high[self.below] = gains[: len(self.below)]
        low[self.above] += gains[len(self.below) :]
        high[self.equal] += np.maximum(-at, 0)
        low[self.equal] += np.maximum(at, 0)
        limit = self.system.box[1] * (1 - NEAR)
        endless = bool(((np.abs(point) >= limit) & (objective != 0)).any())
        return Least(-math.inf if endless else float(objective @ point), point, high, low, box)

    def failing(self) -> Iterator[Cut]:
        """What the targets need that a reader can work out too closely."""
        seen = np.zeros((0, self.system.matrix.shape[1]))
        left = [target for target in self.system.targets if self.hidden[target[0]]]
        while left:
            now, left = left[: AT_ONCE // 2], left[AT_ONCE // 2 :]
            found = list(self.least([side for _, objective, _ in now for side in (objective, -objective)]))
            for (number, _, need), low, high in zip(now, found[::2], found[1::2], strict=True):
                if -high.value - low.value < need - NEAR:
                    yield self._cut(number, need, low, high)
            seen = np.concatenate((seen, [each.point for each in found]))
            # A target that two of the solutions leave far enough apart needs no programme of its own.
            left = [target for target in left if np.ptp(seen @ target[1]) < target[2]]

    def _cut(self, number: int, need: float, lowest: Least, highest: Least) -> Cut:
        """The cut of a target: its width is at most what all rows gain by the ends that they have."""
        system = self.system
        high, low = lowest.high + highest.high, lowest.low + highest.low
        (low_shown, high_shown), (low_hidden, high_hidden) = system.shown, system.hidden
        fixed = _times(high, high_shown) - _times(low, low_shown)
        with np.errstate(invalid="ignore"):  # an end that is infinite either way gains nothing
            won = _times(high, high_hidden - high_shown) + _times(low, low_shown - low_hidden)
        by_item = np.zeros(len(system.items))
        np.add.at(by_item, system.owner[system.owner >= 0], won[system.owner >= 0])
        rest = need - float(fixed.sum()) + lowest.box + highest.box - by_item[number]
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
    targets = [target for target in system.targets if hidden[target[0]]]
    found = list(Reader(system, hidden).least([side for _, each, _ in targets for side in (each, -each)]))
    for (number, _, need), low, high in zip(targets, found[::2], found[1::2], strict=True):
        item = system.items[number]
        yield Interval(tuple(item.names), low.value, -high.value, need, item.counts, str(item.why or Why.OTHERS))
