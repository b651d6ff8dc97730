"""Stays made in place, a line each."""

from __future__ import annotations

import numpy as np

from reportgen.projection.ages import BANDS
from reportgen.projection.history import WAYS
from reportgen.projection.rates import Chances, Rates
from reportgen.projection.stays import EXITS, KINDS, NONE, Stays

RELATIVES, IN_HOUSE, AGENCY, RESIDENTIAL, SUPPORTED, OTHER = range(len(KINDS))
OPEN = ""
Line = tuple[int, str, str, str, int, str]  # child, born, start, end, kind, route


def day(text: str) -> np.datetime64:
    return np.datetime64(text or "NaT", "D")


def stays(*lines: Line, since: str = "2018-03-31", until: str = "2023-03-31") -> Stays:
    """Stays of children, observed for five years."""
    child, born, start, end, kind, route = zip(*lines, strict=True) if lines else ((),) * 6
    dates = (np.array([day(text) for text in texts], dtype="datetime64[D]") for texts in (born, start, end))
    ways = np.array([EXITS.index(way) if way else NONE for way in route], dtype=np.int64)
    return Stays(np.array(child, dtype=np.int64), *dates, np.array(kind, dtype=np.int64), ways, day(since), day(until))


def chances(leaving: dict[tuple[int, int, int], float], entering: dict[tuple[int, int], float]) -> Chances:
    """Chances by band, kind and way, and entries a day by band and kind; zero elsewhere."""
    goes, comes = np.zeros((len(BANDS), len(KINDS), WAYS)), np.zeros((len(BANDS), len(KINDS)))
    for at, chance in leaving.items():
        goes[at] = chance
    for place, number in entering.items():
        comes[place] = number
    return Chances(goes, comes)


def rates(
    events: dict[tuple[int, int, int], int],
    at_risk: dict[tuple[int, int], int],
    entries: dict[tuple[int, int], int],
    ages: dict[int, list[int]],
    days: int = 1000,
) -> Rates:
    """Rates of counts by band, kind and way; nothing is pooled."""
    goes, comes = chances(dict(events), dict(entries)).leaving, chances({}, dict(entries)).entering
    risk = chances({}, {at: float(number) for at, number in at_risk.items()}).entering
    head = np.broadcast_to(np.arange(len(BANDS))[:, None], risk.shape)
    own = tuple(np.array(ages.get(band, []), dtype=np.int64) for band in range(len(BANDS)))
    return Rates(days, goes.astype(np.int64), risk.astype(np.int64), comes.astype(np.int64), own, head, 0)


def out(route: str) -> int:
    """The way that a route is."""
    return len(KINDS) + EXITS.index(route)
