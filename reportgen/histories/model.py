"""The histories of looked after children: one entry an episode, one entry a child, as arrays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportgen.datasets.returns import CODED
from reportgen.table import NO_DAY

Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

OPEN = NO_DAY  # the end of an episode that has none
UNKNOWN = -1  # a code or a day that isn't stated
# What a column's numbers stand for: `place` 3 is the code CODES["place"][3], which means one of the CATEGORIES.
CATEGORIES: Mapping[str, tuple[str, ...]] = {name: tuple(coded.words) for name, coded in CODED.items()}
CODES: Mapping[str, tuple[str, ...]] = {
    name: tuple(code for codes in coded.words.values() for code in codes) for name, coded in CODED.items()
}
# The number of the category of each code; the last, which UNKNOWN takes, is UNKNOWN.
_CATEGORY_OF: Mapping[str, Ints] = {
    name: np.array([*(at for at, codes in enumerate(coded.words.values()) for _ in codes), UNKNOWN])
    for name, coded in CODED.items()
}


@dataclass(frozen=True, eq=False)
class Source:
    """A table of a return: its file and sheet, its sort and collection year, its columns by heading, its rows."""

    file: str
    sheet: str
    sort: str
    year: int  # in which the collection begins: 2017 is 1 April 2017 to 31 March 2018
    columns: Mapping[str, int]
    heading_row: int
    length: int


@dataclass(frozen=True, eq=False)
class Histories:
    """What the returns of several years say of each child, joined and repaired.

    Episodes stand in order of child and start; no two of a child overlap. Days are numbers of days as `date.toordinal`
    has them: an episode covers its start and not its end, which is OPEN while it lasts. `codes` are numbers of
    CODES, by column. `source` and `row` say where an episode, a header or a UASC entry stands: a number of
    `sources`, which is −1 where there is none, and the spreadsheet's row. Children are numbered from 0 for this run.
    """

    child: Ints
    start: Ints
    end: Ints
    codes: Mapping[str, Ints]
    source: Ints
    row: Ints
    birth: Ints
    sex: Ints
    header_source: Ints
    header_row: Ints
    uasc_until: Ints  # the first day on which the child is no UASC any more; UNKNOWN for one that never was
    uasc_source: Ints
    uasc_row: Ints
    sources: tuple[Source, ...]
    first_day: int  # the first and last day that the returns cover
    last_day: int

    def __len__(self) -> int:
        return len(self.child)

    def categories(self, name: str) -> Ints:
        """The number of the category, in CATEGORIES, of each episode's code in a column."""
        return _CATEGORY_OF[name][self.codes[name]]

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that the returns cover."""
        return dt.date.fromordinal(self.first_day), dt.date.fromordinal(self.last_day)

    def covers(self, day: dt.date) -> bool:
        """Whether the returns tell who was looked after on a day."""
        first, last = self.days
        return first <= day <= last


def year_words(year: int) -> str:
    """A collection year as it is written, such as 2016/17."""
    return f"{year}/{(year + 1) % 100:02}"
