"""The histories stage: SSDA903 returns of several years become one history a child, and tables of these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportgen.datasets.returns import CODED
from reportgen.histories.children import (
    HEADER_CORRECTED,
    TWO_HEADERS,
    UASC_CORRECTED,
    births,
    latest,
    uasc_until,
)
from reportgen.histories.columns import Reading, codes_unread, days_unread, reader_of, set_right, stacked
from reportgen.histories.model import UNKNOWN, Histories
from reportgen.histories.repairs import repaired
from reportgen.histories.sources import find_sources
from reportgen.model import Problem, RawReturn, Severity

__all__ = ["Histories", "join"]


def join(raw: Sequence[RawReturn], folder: str) -> tuple[Histories | None, list[Problem]]:
    """The histories that returns hold, None where they hold none, and every problem and repair.

    `folder` is named where a return is missing. Nothing is to be built from histories with errors.
    """
    found, problems = find_sources(raw, folder)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    sources, reading = [source for source, _ in found], Reading()
    coded = {name: (column.heading, reader_of(name)) for name, column in CODED.items()}
    child, days = ("CHILD", reading.child), {"start": "DECOM", "end": "DEC"}
    episodes = stacked(found, "episodes", {"child": child, **{n: (h, reading.day) for n, h in days.items()}, **coded})
    episodes, unread = days_unread(episodes, sources, days)
    episodes, unusable = set_right(episodes, sources, {"child": "CHILD", "start": "DECOM"})
    episodes, doubts = codes_unread(episodes, found)
    problems += [*unread, *unusable, *doubts]
    episodes, repairs = repaired(episodes, sources)
    entries = []
    for sort, heading, rules in (
        ("header", "DOB", (HEADER_CORRECTED, TWO_HEADERS)),
        ("uasc", "DUC", (UASC_CORRECTED, None)),
    ):
        sex = ("SEX", lambda word: int(word) if word in ("1", "2") else UNKNOWN)
        rows = stacked(found, sort, {"child": child, "day": (heading, reading.day), "sex": sex})
        rows, unread = days_unread(rows, sources, {"day": heading})
        rows, unusable = set_right(rows, sources, {"child": "CHILD"})
        entries.append((rows, rules))
        problems += [*unread, *unusable]
    number = len(reading.children)
    (header, corrected), (listed, changed) = (
        latest(rows, sources, number, "day", "sex", rules) for rows, rules in entries
    )
    birth, lacking = births(header, episodes, sources)
    problems += [*repairs, *corrected, *changed, *lacking]
    years = [source.year for source in sources]
    return Histories(
        episodes.values["child"], episodes.values["start"], episodes.values["end"],
        {name: episodes.values[name] for name in (*CODED, "vanished")}, episodes.source, episodes.row,
        birth, header.also, header.source, header.row, uasc_until(listed, birth), listed.source, listed.row,
        tuple(sources), dt.date(min(years), 4, 1).toordinal(), dt.date(max(years) + 1, 3, 31).toordinal(),
    ), problems  # fmt: skip

