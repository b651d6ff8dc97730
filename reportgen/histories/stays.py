"""What histories say of stays in care: where they begin and end, by which route, and which placement counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reportgen.datasets.returns import CODED, CONTINUES, HEADING_OF, PLACES, SHORT_BREAK, TEMPORARY
from reportgen.histories.model import CATEGORIES, CODES, OPEN, UNKNOWN, Flags, Histories, Ints

FIRST, AGAIN, FROM_BREAKS = "first time in these returns", "again", "from short breaks"
ENTRY_ROUTES = (FIRST, AGAIN, FROM_BREAKS)
NOT_STATED, TO_BREAKS, VANISHED = "not stated", "to short breaks", "missing from the next return"
EXIT_ROUTES = (*(words for words in CODED["ending"].words if words != CONTINUES), TO_BREAKS, VANISHED, NOT_STATED)
_BREAK = CATEGORIES["legal"].index(SHORT_BREAK)
_TEMPORARY = list(PLACES).index(next(words for words in PLACES if HEADING_OF[words] == TEMPORARY))
# Reasons for a new episode by which the child went to another carer.
_MOVES = [CODES["beginning"].index(code) for code in ("S", "P", "B")]


@dataclass(frozen=True, eq=False)
class Stays:
    """The episodes of histories with the stay in care that each is part of. Short breaks are no part of any.

    A stay is a run of a child's episodes each of which starts on the day on which the one before it ends. So children
    at the start of a period, and stays that begin in it, less stays that end in it, are the children at its end.
    """

    histories: Histories

    @cached_property
    def breaks(self) -> Flags:
        """Whether each episode is one of short breaks."""
        return np.asarray(self.histories.categories("legal") == _BREAK)

    @cached_property
    def temporary(self) -> Flags:
        """Whether each episode is a temporary move."""
        return np.asarray(self.histories.categories("place") == _TEMPORARY)

    @cached_property
    def goes_on(self) -> Flags:
        """Whether each episode starts on the day on which the child's episode before it ends."""
        h = self.histories
        found = np.zeros(len(h), dtype=bool)
        found[1:] = (h.child[1:] == h.child[:-1]) & (h.start[1:] == h.end[:-1])
        return found

    @cached_property
    def begins(self) -> Flags:
        """Whether a stay begins with the episode."""
        before = np.append(False, ~self.breaks[:-1])[: len(self.breaks)]
        return np.asarray(~self.breaks & ~(self.goes_on & before))

    @cached_property
    def ends(self) -> Flags:
        """Whether a stay ends with the episode."""
        after = np.append(self.goes_on[1:] & ~self.breaks[1:], False)[: len(self.breaks)]
        return np.asarray(~self.breaks & (self.histories.end != OPEN) & ~after)

    @cached_property
    def first(self) -> Ints:
        """The position of the episode with which each one's stay begins; of short breaks it says nothing."""
        return np.maximum.accumulate(np.where(self.begins, np.arange(len(self.begins)), 0))

    @cached_property
    def counted_in(self) -> Ints:
        """The position of the episode whose placement counts: of a temporary move the one that it interrupts."""
        temporary = self.temporary
        return np.maximum.accumulate(np.where(temporary & self.goes_on, 0, np.arange(len(temporary))))

    @cached_property
    def entry_route(self) -> Ints:
        """How each stay begins, as a number of ENTRY_ROUTES; UNKNOWN of other episodes."""
        before = np.append(False, self.breaks[:-1])[: len(self.breaks)]
        seen: Ints = np.cumsum(self.begins) - self.begins
        child = self.histories.child
        new = np.append(True, np.diff(child) != 0)[: len(child)]
        earlier = seen > np.maximum.accumulate(np.where(new, seen, 0))
        route = np.where(self.goes_on & before, ENTRY_ROUTES.index(FROM_BREAKS), np.where(earlier, 1, 0))
        return np.where(self.begins, route, UNKNOWN)

    @cached_property
    def exit_route(self) -> Ints:
        """How each stay ends, as a number of EXIT_ROUTES; UNKNOWN of other episodes."""
        h, words = self.histories, CATEGORIES["ending"]
        numbers = [EXIT_ROUTES.index(NOT_STATED if each == CONTINUES else each) for each in words]
        route = np.array([*numbers, EXIT_ROUTES.index(NOT_STATED)])[h.categories("ending")]
        route = np.where(h.codes["vanished"] == 1, EXIT_ROUTES.index(VANISHED), route)
        to_breaks = np.append(self.goes_on[1:] & self.breaks[1:], False)[: len(self.breaks)]
        return np.where(self.ends, np.where(to_breaks, EXIT_ROUTES.index(TO_BREAKS), route), UNKNOWN)

    @cached_property
    def placed(self) -> Flags:
        """Whether a placement begins with the episode: with a stay or another carer, but for temporary moves.

        The return from a temporary move to the placement that it interrupted is none.
        """
        codes, at = self.histories.codes, self.counted_in
        moved = self.begins | np.isin(codes["beginning"], _MOVES)
        interrupted = np.append(0, at[:-1])[: len(at)]
        was_away = np.append(False, self.temporary[:-1])[: len(at)] & self.goes_on
        back = was_away & np.logical_and.reduce(
            [codes[name] == codes[name][interrupted] for name in ("place", "provider")]
        )
        return np.asarray(~self.breaks & moved & (at == np.arange(len(at))) & ~back)

    def placements_in_year(self, day: int) -> Ints:
        """How many placements each child had in the year that ends on a day, the one at its beginning included."""
        h, then = self.histories, dt.date.fromordinal(day)
        before = then.replace(year=then.year - 1, day=min(then.day, 28) if then.month == 2 else then.day).toordinal()
        within = self.placed & (h.start > before) & (h.start <= day)
        there = ~self.breaks & (h.start <= before) & (h.end > before)
        return np.bincount(h.child[within | there], minlength=len(h.birth))
