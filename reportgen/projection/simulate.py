"""Ten thousand courses: each child's life in care drawn from one thing that happens to the next.

Children are drawn one by one, for all runs of a batch at once: how long until something happens, what it is, and
again, until the horizon. On the next birthday that changes the band the draw begins anew, which is exact because a
chance a day has no memory. So ages are exact to the day, and the work grows with what happens, not with the days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, SeedSequence

from reportgen.projection.ages import BANDS, Calendar
from reportgen.projection.course import SIXTEEN, Course, Start, row_of_entrant
from reportgen.projection.rates import Chances, Floats, Rates
from reportgen.projection.stays import AGE, EXITS, KINDS, Ints

BATCH = 250  # runs that are drawn at once: it bounds the memory, and is part of what a seed means
_LONG = 1e18  # days until what can't happen


def simulated(
    start: Start,
    rates: Rates,
    runs: int,
    seed: int,
    certain: bool = False,
    alter: Callable[[Chances], Chances] = lambda chances: chances,
) -> Course:
    """The courses of so many runs. With `certain`, the rates are what was observed in each run.

    `alter` makes a scenario's chances of those drawn. Each batch has a stream of random numbers of its own.
    """
    batches = [min(BATCH, runs - done) for done in range(0, runs, BATCH)]
    streams = SeedSequence(seed).spawn(len(batches))
    whole: list[_Tally] = []
    for size, stream in zip(batches, streams, strict=True):
        random = np.random.default_rng(stream)
        drawn = _repeated(rates.mean(), size) if certain else rates.drawn(random, size)
        whole.append(_batch(start, rates, alter(drawn), size, random))
    return _course(start, whole)


def _repeated(chances: Chances, runs: int) -> Chances:
    return Chances(*(np.broadcast_to(a, (runs, *a.shape)) for a in (chances.leaving, chances.entering)))


@dataclass(frozen=True, eq=False)
class _Lives:
    """Children in care: the run of each, the row of the day of birth, the band, the kind, and the present day."""

    run: Ints
    row: Ints
    band: Ints
    kind: Ints
    day: Ints

    def taken(self, which: Ints) -> _Lives:
        return _Lives(*(a[which] for a in (self.run, self.row, self.band, self.kind, self.day)))


class _Tally:
    """What happened in a batch, counted by run and month."""

    def __init__(self, runs: int, calendar: Calendar) -> None:
        shape = runs, len(calendar.ends)
        self.month_of, self.month_end = calendar.month_of, np.cumsum(calendar.lengths)
        self.change = np.zeros((*shape, len(KINDS)), dtype=np.int64)
        self.days = np.zeros((*shape, len(KINDS)), dtype=np.int64)  # of those who came, less of those who went
        self.entries = np.zeros((*shape, len(KINDS)), dtype=np.int64)
        self.exits = np.zeros((*shape, len(EXITS)), dtype=np.int64)

    def come(self, run: Ints, kind: Ints, day: Ints, entering: bool = False) -> None:
        """Count children who are in a kind of care from a day on."""
        self._move(run, kind, day, 1)
        if entering:
            _count(self.entries, run, self.month_of[day], kind)

    def go(self, run: Ints, kind: Ints, day: Ints) -> None:
        """Count children who are no longer in a kind of care on a day."""
        self._move(run, kind, day, -1)

    def leave(self, run: Ints, route: Ints, day: Ints) -> None:
        """Count children who leave care by a route."""
        _count(self.exits, run, self.month_of[day], route)

    def _move(self, run: Ints, kind: Ints, day: Ints, sign: int) -> None:
        month = self.month_of[day]
        _count(self.change, run, month, kind, sign)
        _count(self.days, run, month, kind, sign * (self.month_end[month] - day + 1))


def _count(to: Ints, run: Ints, month: Ints, what: Ints, weight: Ints | int = 1) -> None:
    """Add a number for each of some children to counts by run, month and what."""
    at = (run * to.shape[1] + month) * to.shape[2] + what
    if isinstance(weight, int):
        to += weight * np.bincount(at, minlength=to.size).reshape(to.shape)
    else:  # sums of whole numbers below 2**53 are exact
        to += np.bincount(at, weight, minlength=to.size).astype(np.int64).reshape(to.shape)


def _batch(start: Start, rates: Rates, chances: Chances, runs: int, random: Generator) -> _Tally:
    """What happens in some runs to those who are there and those who enter."""
    tally = _Tally(runs, start.calendar)
    there, came = _there(start, runs), _entrants(start, rates, chances.entering, random)
    tally.come(came.run, came.kind, came.day, entering=True)
    lives = _Lives(*(np.concatenate(pair) for pair in zip(_arrays(there), _arrays(came), strict=True)))
    turns, last = start.calendar.turns, start.calendar.last
    ways = np.cumsum(chances.leaving, axis=-1).reshape(-1, chances.leaving.shape[-1])
    with np.errstate(divide="ignore"):
        pace = np.minimum(-1 / np.log1p(-np.minimum(ways[:, -1], 1)), _LONG)
    while len(lives.run):
        cell = (lives.run * len(BANDS) + lives.band) * len(KINDS) + lives.kind
        due = lives.day + np.floor(random.standard_exponential(len(cell)) * pace[cell]) + 1
        turn = turns[lives.row, lives.band]
        # On the 18th birthday nothing else happens.
        happens = (due <= turn - (lives.band == SIXTEEN)) & (due <= last)
        goes, turning = np.flatnonzero(happens), np.flatnonzero(~happens & (turn <= last))
        gone = _gone(lives.taken(goes), due[goes].astype(np.int64), ways[cell[goes]], random, tally)
        aged = _aged(lives.taken(turning), turn[turning], tally)
        lives = _Lives(*(np.concatenate(pair) for pair in zip(_arrays(gone), _arrays(aged), strict=True)))
    return tally


def _arrays(lives: _Lives) -> tuple[Ints, ...]:
    return lives.run, lives.row, lives.band, lives.kind, lives.day


def _there(start: Start, runs: int) -> _Lives:
    """The children in care at the start, in each run."""
    run, row, kind = np.repeat(np.arange(runs), len(start.row)), np.tile(start.row, runs), np.tile(start.kind, runs)
    band = np.sum(start.calendar.turns[row] <= 0, axis=-1)
    return _Lives(run, row, band, kind, np.zeros(len(run), dtype=np.int64))


def _entrants(start: Start, rates: Rates, entering: Floats, random: Generator) -> _Lives:
    """Those who enter: so many a run as a Poisson draw says, on any day alike, as old as one who did enter."""
    calendar, size = start.calendar, np.array([len(ages) for ages in rates.ages])
    mean = np.where(size[:, None] > 0, entering, 0) * calendar.last
    number = random.poisson(mean)
    run, band, kind = (np.repeat(at, number.ravel()) for at in map(np.ravel, np.indices(number.shape)))
    day = random.integers(1, calendar.last + 1, len(run))
    first = np.cumsum(size) - size
    age = np.concatenate(rates.ages)[first[band] + random.integers(0, size[band])] if len(run) else day
    row = row_of_entrant(calendar, calendar.grown(), day, age)
    return _Lives(run, row, np.sum(calendar.turns[row] <= day[:, None], axis=-1), kind, day)


def _gone(lives: _Lives, day: Ints, ways: Floats, random: Generator, tally: _Tally) -> _Lives:
    """Those who moved, where they are now, of children to whom something happens on a day."""
    drawn = random.random(len(day)) * ways[:, -1]
    way = np.sum(ways[:, :-1] <= drawn[:, None], axis=-1)
    tally.go(lives.run, lives.kind, day)
    out, moved = np.flatnonzero(way >= len(KINDS)), np.flatnonzero(way < len(KINDS))
    tally.leave(lives.run[out], way[out] - len(KINDS), day[out])
    tally.come(lives.run[moved], way[moved], day[moved])
    kept = lives.taken(moved)
    # Something may happen on the very birthday: the band is then that of the day.
    return _Lives(kept.run, kept.row, kept.band, way[moved], day[moved])


def _aged(lives: _Lives, day: Ints, tally: _Tally) -> _Lives:
    """Those who came to the next band on a day, where they are now; at 18 they leave."""
    adult, younger = np.flatnonzero(lives.band == SIXTEEN), np.flatnonzero(lives.band < SIXTEEN)
    tally.go(lives.run[adult], lives.kind[adult], day[adult])
    tally.leave(lives.run[adult], np.full(len(adult), AGE), day[adult])
    kept = lives.taken(younger)
    return _Lives(kept.run, kept.row, kept.band + 1, kept.kind, day[younger])


def _course(start: Start, tallies: list[_Tally]) -> Course:
    """The courses of all batches."""
    calendar = start.calendar
    change, extra, entries, exits = (
        np.concatenate([getattr(tally, name) for tally in tallies]) for name in ("change", "days", "entries", "exits")
    )
    first = np.broadcast_to(np.bincount(start.kind, minlength=len(KINDS)), (len(change), 1, len(KINDS)))
    stock = np.concatenate([first, first + np.cumsum(change, axis=1)], axis=1)
    days = stock[:, :-1] * calendar.lengths[:, None] + extra
    return Course(calendar.ends, stock, entries, exits, days)
