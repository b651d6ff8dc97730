"""A truth that is known: children drawn day by day from chances that are given, by plain loops."""

from __future__ import annotations

import numpy as np

from reportgen.projection.stays import EXITS, NONE, Stays
from tests.projection.made import AGENCY, IN_HOUSE, day

NAT = np.datetime64("NaT", "D")


def drawn(seed: int, days: int = 1500, entries: float = 0.25, exits: float = 1 / 240, moves: float = 1 / 400) -> Stays:
    """Stays of children who enter at seven, move between two kinds of care and leave, from 2018-03-31 on.

    About entries / exits children are there, 60; they begin as many as that.
    """
    random = np.random.default_rng(seed)
    first = day("2018-03-31")
    rows: list[tuple[int, np.datetime64, np.datetime64, np.datetime64, int, int]] = []
    entered = np.concatenate([np.zeros(round(entries / exits), dtype=int),
                              np.repeat(np.arange(1, days), random.poisson(entries, days - 1))])  # fmt: skip
    for child, enters in enumerate(entered.tolist()):
        at, kind, born = enters, IN_HOUSE if random.random() < 0.5 else AGENCY, first + enters - 2600
        while True:
            end = at + int(random.geometric(exits + moves))
            leaves = random.random() < exits / (exits + moves)
            # None comes to be ten here.
            over = end >= days
            route = EXITS.index("other") if leaves and not over else NONE
            rows.append((child, born, first + at, NAT if over else first + end, kind, route))
            if over or leaves:
                break
            at, kind = end, IN_HOUSE + AGENCY - kind
    child_, born_, start, end_, kind_, route_ = (np.array(column) for column in zip(*rows, strict=True))
    dates = (column.astype("datetime64[D]") for column in (born_, start, end_))
    return Stays(child_, *dates, kind_, route_, first, first + days)
