"""What care costs, in whole pence that foot however they are sliced.

A unit cost is in pence a week and a day is a seventh of a week, so that days times pence are whole numbers of seventh
pence. They are added up along each child's time and rounded; a slice is the difference of two rounded sums. Sums over
slices are then the same whether by child, by kind of placement or by month, and no child's is off by more than half a
penny. Half a penny itself never occurs, seven being odd.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.projection.course import Numbers
from reportgen.projection.stays import NEVER, Days, Flags, Ints

WEEK = 7  # days
UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class Tariff:
    """Unit costs in pence a week: which kind of care and provider, by a number, and from which day on."""

    key: Ints
    since: Days
    weekly: Ints

    def __post_init__(self) -> None:
        if len({len(self.key), len(self.since), len(self.weekly)}) != 1 or (self.weekly < 0).any():
            raise ValueError("a tariff has as many keys as days and costs, and no cost below zero")

    def on(self, key: Ints, day: Days) -> Ints:
        """The unit cost of each key on each day; UNKNOWN where there is none yet."""
        order = np.lexsort((self.since, self.key))
        own, since = self.key[order], self.since[order].astype("datetime64[D]").astype(np.int64)
        days = day.astype("datetime64[D]").astype(np.int64)
        span = int(max(since.max(initial=0), days.max(initial=0)) - min(since.min(initial=0), days.min(initial=0))) + 1
        at = np.searchsorted(own * span * 2 + since, key * span * 2 + days, side="right") - 1
        known = (at >= 0) & (own[np.maximum(at, 0)] == key) if len(own) else np.zeros(len(key), dtype=bool)
        return np.where(known, self.weekly[order][np.maximum(at, 0)] if len(own) else UNKNOWN, UNKNOWN)


@dataclass(frozen=True, eq=False)
class Costs:
    """The slices: the stay, by position, the month, the days of care in it and what they cost in pence.

    `known` are those that have a unit cost; the others' pence are 0 and say nothing.
    """

    stay: Ints
    month: Days
    days: Ints
    pence: Ints
    known: Flags

    def total(self, by: Ints, size: int) -> tuple[Ints, Ints]:
        """The pence of each of `size` groups, of which `by` tells that of each slice, and the days without a cost."""
        pence, uncosted = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        np.add.at(pence, by, self.pence)
        np.add.at(uncosted, by, np.where(self.known, 0, self.days))
        return pence, uncosted


def costed(
    child: Ints, start: Days, end: Days, key: Ints, tariff: Tariff, first: np.datetime64, last: np.datetime64
) -> Costs:
    """What stays cost in the days from a first to a last; NaT is the end of one that is open.

    The day on which a stay ends isn't paid: a child who moves is paid for once. Slices are in order of child and time.
    """
    begin = np.maximum(start, first)
    beyond = np.minimum(np.where(np.isnat(end), NEVER, end), last + np.timedelta64(1, "D"))
    cuts = _cuts(tariff, first, last)
    from_cut = np.searchsorted(cuts, begin, side="right") - 1
    to_cut = np.searchsorted(cuts, beyond, side="left")
    number = np.where(beyond > begin, to_cut - from_cut, 0)
    stay = np.repeat(np.arange(len(child)), number)
    cut = from_cut[stay] + np.arange(len(stay)) - np.repeat(np.cumsum(number) - number, number)
    since = np.maximum(begin[stay], cuts[cut])
    days = (np.minimum(beyond[stay], cuts[cut + 1]) - since).astype(np.int64)
    order = np.lexsort((since, child[stay]))
    stay, days, since = stay[order], days[order], since[order]
    weekly = tariff.on(key[stay], since)
    known = weekly != UNKNOWN
    pence = _slices(child[stay], days * np.where(known, weekly, 0))
    return Costs(stay, since.astype("datetime64[M]"), days, pence, known)


def _cuts(tariff: Tariff, first: np.datetime64, last: np.datetime64) -> Days:
    """The days on which a slice begins: the first, each month's and each unit cost's; and the day after the last."""
    months = np.arange(first.astype("datetime64[M]") + 1, last.astype("datetime64[M]") + 1).astype("datetime64[D]")
    after = last + np.timedelta64(1, "D")
    changes = tariff.since[(tariff.since > first) & (tariff.since <= last)]
    return np.unique(np.concatenate([months, changes, np.array([first, after])]))


def _slices(child: Ints, sevenths: Ints) -> Ints:
    """The pence of slices in order of child and time: differences of each child's rounded sums."""
    if not len(child):
        return sevenths
    heads = np.flatnonzero(np.append(True, child[1:] != child[:-1]))
    so_far = np.cumsum(sevenths)
    before = np.append(0, so_far)[heads]
    rounded = to_pence(so_far - np.repeat(before, np.diff(np.append(heads, len(child)))))
    pence = np.diff(rounded, prepend=np.int64(0))
    pence[heads] = rounded[heads]
    return pence


def to_pence(sevenths: Ints) -> Ints:
    """Seventh pence as pence, to the nearest; there are no halves, and none below zero."""
    return (2 * sevenths + WEEK) // (2 * WEEK)


def weekly_by_month(tariff: Tariff, ends: Days, keys: int) -> Ints:
    """The unit cost of each month and key, which is that of the month's first day; UNKNOWN where there is none yet."""
    first = ends.astype("datetime64[M]").astype("datetime64[D]")
    weekly = tariff.on(np.tile(np.arange(keys), len(ends)), np.repeat(first, keys))
    return weekly.reshape(len(ends), keys)


def cost_by_month(days: Numbers, weekly: Ints) -> Numbers:
    """The pence of each month, along the last but one axis, of days of care by kind at unit costs by month and kind.

    Whole days give whole pence, slices of each run's rounded sum; expected days, which are none, give fractions. Raises
    ValueError where there is a day of care without a unit cost.
    """
    if ((weekly == UNKNOWN) & (days > 0)).any():
        raise ValueError("there are days of care without a unit cost")
    sevenths: Numbers = (days * weekly).sum(axis=-1)
    if np.issubdtype(sevenths.dtype, np.integer):
        return np.diff(to_pence(np.cumsum(sevenths, axis=-1, dtype=np.int64)), axis=-1, prepend=np.int64(0))
    fractions: Numbers = sevenths / WEEK
    return fractions
