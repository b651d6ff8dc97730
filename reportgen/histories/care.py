"""Histories as arrays of care alone: what a projection and the cost of care are worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from reportgen.histories.children import EPOCH
from reportgen.histories.model import CODES, OPEN, UNKNOWN, Ints
from reportgen.histories.stays import Stays

Days = np.ndarray[Any, np.dtype[np.datetime64]]
Words = np.ndarray[Any, np.dtype[np.object_]]


@dataclass(frozen=True, eq=False)
class Care:
    """One entry an episode of care, in order of child and start, as arrays; short breaks are left out.

    `start` and `end` are days, an open episode ends NaT. Codes are those of the return, empty where there is none;
    a temporary move has the codes of the placement that it interrupts. `reason` is why the stay in care ends with the
    episode, empty where it goes on. `position` is the entry of `Histories` that each is. `since` and `until` are the
    first and last day that the returns cover; `unborn` is how many episodes were left out for want of a date of birth.
    """

    child: Ints
    born: Days
    start: Days
    end: Days
    place: Words
    provider: Words
    reason: Words
    position: Ints
    since: np.datetime64
    until: np.datetime64
    unborn: int


def in_care(stays: Stays) -> Care:
    """The episodes of care of children whose date of birth is known."""
    h = stays.histories
    of_care = ~stays.breaks
    known = h.birth[h.child] != UNKNOWN
    at = np.flatnonzero(of_care & known)
    counted = stays.counted_in[at]
    reason = np.where(stays.ends[at], h.codes["ending"][at], UNKNOWN)
    days = (h.birth[h.child[at]], h.start[at], h.end[at])
    born, start, end = (_dates(each) for each in days)
    since, until = _dates(np.array([h.first_day, h.last_day]))
    return Care(
        h.child[at], born, start, end, _words("place", h.codes["place"][counted]),
        _words("provider", h.codes["provider"][counted]), _words("ending", reason), at, since, until,
        int((of_care & ~known).sum()),
    )  # fmt: skip


def _dates(days: Ints) -> Days:
    found: Days = (np.where(days == OPEN, EPOCH, days) - EPOCH).astype("datetime64[D]")
    found[days == OPEN] = np.datetime64("NaT", "D")
    return found


def _words(name: str, codes: Ints) -> Words:
    return np.array([*CODES[name], ""], dtype=object)[codes]
