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
from reportgen.histories.columns import (
    Found,
    Readers,
    Reading,
    Stack,
    codes_unread,
    reader_of,
    set_right,
    stacked,
)
from reportgen.histories.model import UNKNOWN, Histories, Source
from reportgen.histories.repairs import repaired
from reportgen.histories.sources import find_sources
from reportgen.histories.tables import tables
from reportgen.model import Problem, RawReturn, Severity

__all__ = ["Histories", "join", "tables"]


def join(raw: Sequence[RawReturn], folder: str) -> tuple[Histories | None, list[Problem]]:
    """The histories that returns hold, None where they hold none, and every problem and repair.

    `folder` is named where a return is missing. Nothing is to be built from histories with errors.
    """
    found, problems = find_sources(raw, folder)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    sources, reading = [source for source, _ in found], Reading()
    episodes, more = _episodes(found, sources, reading)
    headers, unread = _entries(found, sources, reading, "header", "DOB")
    lists, unread_too = _entries(found, sources, reading, "uasc", "DUC")
    number = len(reading.children)
    header, corrected = latest(headers, sources, number, (HEADER_CORRECTED, TWO_HEADERS))
    listed, changed = latest(lists, sources, number, (UASC_CORRECTED, None))
    birth, lacking = births(header, episodes, sources)
    years = [source.year for source in sources]
    histories = Histories(
        episodes.values["child"], episodes.values["start"], episodes.values["end"],
        {name: episodes.values[name] for name in (*CODED, "vanished")}, episodes.source, episodes.row,
        birth, header.sex, header.source, header.row, uasc_until(listed, birth), listed.source, listed.row,
        tuple(sources), dt.date(min(years), 4, 1).toordinal(), dt.date(max(years) + 1, 3, 31).toordinal(),
    )  # fmt: skip
    return histories, [*problems, *more, *unread, *unread_too, *corrected, *changed, *lacking]


def _episodes(found: Found, sources: Sequence[Source], reading: Reading) -> tuple[Stack, list[Problem]]:
    """The episodes of all returns, repaired, with what is wrong with their cells and what was repaired."""
    days = {"start": "DECOM", "end": "DEC"}
    columns: Readers = {"child": ("CHILD", reading.child)}
    columns |= {name: (heading, reading.day) for name, heading in days.items()}
    columns |= {name: (column.heading, reader_of(name)) for name, column in CODED.items()}
    rows, unusable = set_right(
        stacked(found, "episodes", columns), sources, days, {"child": "CHILD", "start": "DECOM"}
    )
    rows, doubts = codes_unread(rows, found)
    rows, repairs = repaired(rows, sources)
    return rows, [*unusable, *doubts, *repairs]


def _entries(
    found: Found, sources: Sequence[Source], reading: Reading, sort: str, heading: str
) -> tuple[Stack, list[Problem]]:
    """The rows of all headers or lists of UASC with their day, and what is wrong with their cells."""
    columns: Readers = {"child": ("CHILD", reading.child), "day": (heading, reading.day), "sex": ("SEX", _sex)}
    return set_right(stacked(found, sort, columns), sources, {"day": heading}, {"child": "CHILD"})


def _sex(word: str) -> int:
    return int(word) if word in ("1", "2") else UNKNOWN
