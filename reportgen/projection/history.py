"""Stays joined into what happened: who came when, who went where, and the days at risk of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from reportgen.projection.ages import ADULT, BANDS, LIMITS, band_at, birthday
from reportgen.projection.stays import AGE, EXITS, KINDS, NEVER, NONE, OTHER_EXIT, Days, Flags, Ints, Stays

NEXT_DAY = np.timedelta64(1, "D")
WAYS = len(KINDS) + len(EXITS)  # where a child may go: to another kind of care, or out by a route


@dataclass(frozen=True, eq=False)
class History:
    """The stays in order of child and start, those of one kind that follow each other as one.

    `new` are those by which a child came into care. `way` counts into KINDS where the child moved to another kind,
    after them into EXITS; −1 is open. `aged` are those that ended with the 18th birthday.
    """

    born: Days
    start: Days
    end: Days  # NEVER where it is open
    kind: Ints
    new: Flags
    way: Ints
    aged: Flags
    since: np.datetime64
    until: np.datetime64

    def open_on(self, day: np.datetime64) -> Flags:
        """Which stays are open at the end of a day."""
        found: Flags = (self.start <= day) & (self.end > day)
        return found

    def stock(self, days: Days) -> Ints:
        """The children open at the end of each day, by kind."""
        counts = [
            np.searchsorted(np.sort(self.start[own]), days, side="right")
            - np.searchsorted(np.sort(self.end[own]), days, side="right")
            for own in (self.kind == kind for kind in range(len(KINDS)))
        ]
        return np.stack(counts, axis=-1)


def joined(stays: Stays) -> History:
    """The history of stays. A stay that another of the same child follows on the day it ends, or the next, is a move.

    Care ends with the 18th birthday, whatever stays say. A stay that begins and ends on one day is no night in care
    and isn't there. Raises ValueError where stays of a child overlap.
    """
    known = stays.up_to(stays.until)
    own = known.taken(~(known.end == known.start) & (known.start < birthday(known.born, ADULT)))
    own = own.taken(np.lexsort((own.start, own.child)))
    end = np.where(np.isnat(own.end), NEVER, own.end)
    same = own.child[1:] == own.child[:-1]
    if (same & (own.start[1:] < end[:-1])).any():
        raise ValueError("stays of one child overlap")
    first = np.zeros(min(len(own), 1), dtype=bool)
    follows = np.append(first, same & (own.start[1:] <= np.where(end[:-1] < NEVER, end[:-1] + NEXT_DAY, NEVER)))
    end[:-1] = np.where(follows[1:], own.start[1:], end[:-1])
    heads = np.flatnonzero(~(follows & np.append(first, own.kind[1:] == own.kind[:-1])))
    tails = np.append(heads[1:], len(own))[: len(heads)] - 1
    return _history(own, heads, tails, end, follows)


def _history(own: Stays, heads: Ints, tails: Ints, end: Days, follows: Flags) -> History:
    """The history of stays in order, of which those from each head to its tail are one."""
    grown = birthday(own.born[heads], ADULT)
    aged = end[tails] >= grown
    last = np.minimum(end[tails], grown)
    # An open stay whose child comes of age after the days observed has not ended.
    is_open = (last > own.until) & aged
    moved = np.append(follows, False)[tails + 1] & ~aged
    to = np.append(own.kind, NONE)[np.minimum(tails + 1, len(own))]
    route = np.where(own.route[tails] == NONE, OTHER_EXIT, own.route[tails])
    route = np.where(aged, AGE, route)
    way = np.where(moved, to, len(KINDS) + route)
    return History(
        own.born[heads], own.start[heads], np.where(is_open, NEVER, last), own.kind[heads], ~follows[heads],
        np.where(is_open, NONE, way), aged & ~is_open, own.since, own.until,
    )  # fmt: skip


def days_at_risk(history: History, after: np.datetime64, until: np.datetime64) -> Ints:
    """The days of care between two days, by band and kind, on whose morrow a child could have gone.

    The day before the 18th birthday is none: the child leaves for certain.
    """
    found = np.zeros((len(BANDS), len(KINDS)), dtype=np.int64)
    for band, (low, high) in enumerate(pairwise(LIMITS)):
        first = np.maximum(np.maximum(history.start, birthday(history.born, low)), after)
        beyond = birthday(history.born, high) - (NEXT_DAY if high == ADULT else np.timedelta64(0, "D"))
        last = np.minimum(np.minimum(history.end, beyond), until)
        days = np.maximum((last - first).astype(np.int64), 0)
        np.add.at(found[band], history.kind, days)
    return found


def goings(history: History, after: np.datetime64, until: np.datetime64) -> Ints:
    """The children who moved or left between two days, by band, kind and way, without those who came of age."""
    gone = np.flatnonzero((history.end > after) & (history.end <= until) & ~history.aged)
    band = band_at(history.born[gone], history.end[gone] - NEXT_DAY)
    found = np.zeros((len(BANDS), len(KINDS), WAYS), dtype=np.int64)
    np.add.at(found, (band, history.kind[gone], history.way[gone]), 1)
    return found


def comings(history: History, after: np.datetime64, until: np.datetime64) -> Ints:
    """The positions of the stays by which children came into care between two days."""
    return np.flatnonzero(history.new & (history.start > after) & (history.start <= until))
