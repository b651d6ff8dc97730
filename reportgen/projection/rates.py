"""What happened in the reference period as chances a day, pooled where they rest on too little; how sure they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from reportgen.projection.ages import BANDS, LIMITS, band_at
from reportgen.projection.history import History, comings, days_at_risk, goings
from reportgen.projection.stays import KINDS, Ints

Floats = NDArray[np.float64]
FEWEST = 10  # events below which a rate is pooled: its standard error is a third of it


@dataclass(frozen=True, eq=False)
class Chances:
    """How likely a child in a band and kind is to go each way on a day, and how many children enter a day.

    The last axes are band, kind and, of `leaving`, way. Before them there may be one of runs.
    """

    leaving: Floats
    entering: Floats


@dataclass(frozen=True)
class Pool:
    """The bands of a kind of care that share one rate, by position, with the events of each and all days at risk."""

    kind: int
    bands: tuple[int, ...]
    events: tuple[int, ...]
    days: int

    @property
    def in_words(self) -> str:
        """The pool as a paper says it."""
        low, beyond = LIMITS[self.bands[0]], LIMITS[self.bands[-1] + 1]
        ages = f"{low} to {beyond - 1}" if low else f"under {beyond}"
        return f"{KINDS[self.kind]}, aged {ages}: {sum(self.events)} events in {self.days:,} days"


@dataclass(frozen=True, eq=False)
class Rates:
    """The counts of a reference period of so many days.

    `events` by band, kind and way and `at_risk`, days by band and kind, are what was observed; `head` tells for each
    band and kind the first band of its pool. `entries` are by band and kind; `ages` are the days of age at entry of
    each band's entrants.
    """

    days: int
    events: Ints
    at_risk: Ints
    entries: Ints
    ages: tuple[Ints, ...]
    head: Ints
    fewest: int

    @property
    def pools(self) -> tuple[Pool, ...]:
        """The pools of more than one band."""
        return tuple(pool for pool in self._every_pool() if len(pool.bands) > 1)

    @property
    def thin(self) -> tuple[Pool, ...]:
        """The pools that rest on fewer events than they should, although all bands are in them."""
        return tuple(pool for pool in self._every_pool() if pool.days > 0 and sum(pool.events) < self.fewest)

    def _every_pool(self) -> Iterator[Pool]:
        own = self.events.sum(axis=-1)
        for kind in range(len(KINDS)):
            for head in np.unique(self.head[:, kind]):
                bands = tuple(int(band) for band in np.flatnonzero(self.head[:, kind] == head))
                events = tuple(int(own[band, kind]) for band in bands)
                yield Pool(kind, bands, events, int(self.at_risk[list(bands), kind].sum()))

    def pooled(self) -> tuple[Ints, Ints]:
        """The events and the days at risk of each band and kind with those of the bands that it is pooled with."""
        events, at_risk = np.zeros_like(self.events), np.zeros_like(self.at_risk)
        kinds = np.broadcast_to(np.arange(len(KINDS)), self.head.shape)
        np.add.at(events, (self.head, kinds), self.events)
        np.add.at(at_risk, (self.head, kinds), self.at_risk)
        return events[self.head, kinds], at_risk[self.head, kinds]

    def mean(self) -> Chances:
        """The chances that were observed: events by days at risk."""
        events, at_risk = self.pooled()
        leaving = np.divide(events, at_risk[..., None], where=at_risk[..., None] > 0, out=np.zeros(events.shape))
        return Chances(leaving, self.entries / self.days)

    def drawn(self, random: Generator, runs: int) -> Chances:
        """Chances as they may be given what was observed, a set a run: their mean is what was observed.

        Chances are of a Dirichlet distribution whose counts are the events of each way and the days without any,
        entries of a Gamma distribution. What was never observed stays impossible.
        """
        events, at_risk = self.pooled()
        kinds = np.broadcast_to(np.arange(len(KINDS)), self.head.shape)
        goes = random.standard_gamma(events.astype(float), size=(runs, *events.shape))
        stays = random.standard_gamma((at_risk - events.sum(axis=-1)).astype(float), size=(runs, *at_risk.shape))
        whole = goes.sum(axis=-1) + stays
        leaving = np.divide(goes, whole[..., None], where=whole[..., None] > 0, out=np.zeros(goes.shape))
        entering = random.standard_gamma(self.entries.astype(float), size=(runs, *self.entries.shape)) / self.days
        # Bands of a pool share one draw.
        return Chances(leaving[:, self.head, kinds], entering)


def estimated(history: History, after: np.datetime64, until: np.datetime64, fewest: int = FEWEST) -> Rates:
    """The rates of the days after one and up to another. Raises ValueError where these weren't observed."""
    if after < history.since or until > history.until or after >= until:
        raise ValueError("the reference period isn't within what was observed")
    events, at_risk = goings(history, after, until), days_at_risk(history, after, until)
    came = comings(history, after, until)
    band = band_at(history.born[came], history.start[came])
    age = (history.start[came] - history.born[came]).astype(np.int64)
    entries = np.zeros((len(BANDS), len(KINDS)), dtype=np.int64)
    np.add.at(entries, (band, history.kind[came]), 1)
    ages = tuple(np.sort(age[band == each]) for each in range(len(BANDS)))
    head = np.stack([_heads(events[:, kind].sum(axis=-1), fewest) for kind in range(len(KINDS))], axis=-1)
    return Rates(int((until - after).astype(np.int64)), events, at_risk, entries, ages, head, fewest)


def _heads(events: Ints, fewest: int) -> Ints:
    """For each band the first of its pool: the poorest pool joins its poorer neighbour until each has enough."""
    pools = [[band] for band in range(len(events))]
    while len(pools) > 1:
        own = [int(events[pool].sum()) for pool in pools]
        at = own.index(min(own))
        if own[at] >= fewest:
            break
        other = min((n for n in (at - 1, at + 1) if 0 <= n < len(pools)), key=lambda n: own[n])
        low = min(at, other)
        pools[low : low + 2] = [pools[low] + pools[low + 1]]
    return np.array([pool[0] for pool in pools for _ in pool], dtype=np.int64)
