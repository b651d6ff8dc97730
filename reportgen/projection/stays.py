"""Stays in care as arrays: one entry a child's stay in one kind of care, without anything that names a child."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Days = NDArray[np.datetime64]  # of days

KINDS = (
    "fostering with relatives",
    "fostering in-house",
    "fostering agency",
    "residential",
    "supported",
    "other",
)
EXITS = ("age", "reunification", "adoption", "special guardianship", "child arrangements", "other")
AGE, OTHER_EXIT = EXITS.index("age"), EXITS.index("other")
NONE = -1  # no route: the stay is open, or another follows
NEVER = np.datetime64("9999-12-31", "D")


@dataclass(frozen=True, eq=False)
class Stays:
    """One entry a stay in one kind of care, and the days from and to which stays were observed.

    A child is open on a day when its stay starts on or before it and ends after it, or not at all (NaT). `kind` counts
    into KINDS, `route` into EXITS. `child` only tells which stays are of one child. Raises ValueError where the arrays
    are of unequal length or a value can't be.
    """

    child: Ints
    born: Days
    start: Days
    end: Days
    kind: Ints
    route: Ints
    since: np.datetime64
    until: np.datetime64

    def __post_init__(self) -> None:
        arrays = (self.child, self.born, self.start, self.end, self.kind, self.route)
        if len({len(array) for array in arrays}) != 1:
            raise ValueError("the arrays of stays are of unequal length")
        if np.isnat(self.born).any() or np.isnat(self.start).any():
            raise ValueError("a stay has no date of birth or no start")
        if (self.start < self.born).any() or (self.end < self.start).any():
            raise ValueError("a stay starts before birth or ends before its start")
        if not (_within(self.kind, 0, len(KINDS)) and _within(self.route, NONE, len(EXITS))):
            raise ValueError("a stay is of no known kind or ends by no known route")
        if self.since >= self.until:
            raise ValueError("stays were observed from a day that is not before the last")

    def __len__(self) -> int:
        return len(self.child)

    def taken(self, which: Flags | Ints) -> Stays:
        """Some of the stays, by a mask or by positions."""
        names = ("child", "born", "start", "end", "kind", "route")
        return replace(self, **{name: getattr(self, name)[which] for name in names})

    def up_to(self, day: np.datetime64) -> Stays:
        """The stays as they were known at the end of a day: what came later is not there yet."""
        known = self.taken(self.start <= day)
        later = ~(known.end <= day)
        end = np.where(later, np.datetime64("NaT", "D"), known.end)
        return replace(known, end=end, route=np.where(later, NONE, known.route), until=day)


def _within(values: Ints, low: int, high: int) -> bool:
    return bool(((values >= low) & (values < high)).all())
