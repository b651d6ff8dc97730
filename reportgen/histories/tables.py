"""Histories as tables, of which figures are made: all episodes, and the children looked after on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from reportgen.cells.dates import month_end
from reportgen.cells.kinds import Category, Code, Count, Date, Kind
from reportgen.datasets.placements import DATASET as PLACEMENTS
from reportgen.datasets.placements import TYPES
from reportgen.datasets.returns import CODED, DATASET, HEADING_OF
from reportgen.datasets.unit_costs import KINDS, kind_of
from reportgen.histories.children import ages
from reportgen.histories.model import CATEGORIES, OPEN, UNKNOWN, Flags, Histories, Ints
from reportgen.histories.stays import ENTRY_ROUTES, EXIT_ROUTES, Stays
from reportgen.model import Unit
from reportgen.table import CellRange, Codes, Column, Table

CARE = ("looked after", "short break")
AGE_GROUPS = {"under 1": 1, "1 to 4": 5, "5 to 9": 10, "10 to 15": 16, "16 to 17": 18, "18 or over": 999}
LENGTHS = {"under 6 months": 183, "6 to 12 months": 365, "1 to 2 years": 731, "2 to 5 years": 1826,
           "5 years or more": OPEN}  # fmt: skip
MOVES = {"1 placement": 2, "2 placements": 3, "3 or more placements": 999}
# Other cells that a column's values rest on besides those under its own heading, by sort of table.
Headings = Mapping[str, tuple[str, ...]]
REPAIRED = {"episodes": ("DECOM", "DEC", "REC")}
ROUTED = {"episodes": ("DECOM", "DEC", "REC", "LS")}
MOVED = {"episodes": (*ROUTED["episodes"], "PLACE", "PLACE_PROVIDER")}
BIRTHS = {"header": ("CHILD",)}
UASC = {"uasc": ("CHILD",), "header": ("DOB", "CHILD")}
_COUNTED = ("place", "provider", "location")  # columns that a temporary move takes from the placement it interrupts
_NAMES = {"legal": "legal_status", "prior": "prior_status"}


@dataclass(eq=False)
class _Columns:
    """Columns of a table as they are made: values, where these come from, and what is known of them already."""

    histories: Histories
    values: dict[str, Any] = field(default_factory=dict)
    made: dict[str, Column] = field(default_factory=dict)
    known: dict[tuple[str, str], Any] = field(default_factory=dict)

    def keep(self, name: str, values: Any, origin: Column) -> None:
        """Nothing: the table has one more column."""
        self.values[name], self.made[name], self.known["values", name] = values, origin, values

    def categories(self, name: str, words: Sequence[Any], codes: Ints, origin: Column) -> None:
        """Nothing: the table has one more column, of the words with those numbers; UNKNOWN is a blank."""
        taken = np.empty(len(words) + 1, dtype=object)
        taken[:-1] = words
        self.keep(name, taken[codes], origin)
        self.known["codes", name] = Codes(codes, {word: number for number, word in enumerate(words)})

    def days(self, name: str, days: Ints, origin: Column) -> None:
        """Nothing: the table has one more column, of days; OPEN and UNKNOWN are blanks."""
        known = np.where(days < 0, OPEN, days)
        numbers, codes = np.unique(known, return_inverse=True)
        words = [None if number == OPEN else dt.date.fromordinal(int(number)) for number in numbers]
        self.keep(name, np.array([*words, None], dtype=object)[codes], origin)
        self.known["days", name] = known

    def origin(
        self, sort: str, heading: str, kind: Kind, source: Ints, row: Ints, also: Headings = REPAIRED
    ) -> Column:
        """Where a column's values stand: the cells under a heading in the tables of a sort.

        All cells under it were read, whichever rows came of them, and so were those under other headings, by sort.
        """
        sources = self.histories.sources
        letters = np.array([each.columns.get(heading, 0) for each in sources], dtype=np.int64)[source]
        read = tuple(
            CellRange(each.file, each.sheet, each.columns[name], each.heading_row, each.heading_row + each.length)
            for each in sources
            for name in (*([heading] if each.sort == sort else []), *also.get(each.sort, ()))
            if name in each.columns
        )
        there = np.where(letters > 0, source, UNKNOWN)
        return Column(kind.unit, rows=row, kind=kind, letters=letters, sources=there, read=read)

    def table(self, name: str, title: str, label: tuple[str, ...]) -> Table:
        """The table of these columns, a row an episode."""
        sheets = tuple((source.file, source.sheet) for source in self.histories.sources)
        frame = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in self.values.items()})
        file, sheet = sheets[0]
        made = Table(name, title, file, sheet, frame, self.made, label, ("child",), private=True, sheets=sheets)
        return made.primed(self.known)


def tables(histories: Histories, day: dt.date) -> dict[str, Table]:
    """The tables of histories: `returns` with all episodes, and `placements` as they stand on a day."""
    stays = Stays(histories)
    return {"returns": every_episode(stays), "placements": looked_after_on(stays, day)}


def every_episode(stays: Stays) -> Table:
    """A row an episode, with the month and route by which a stay in care begins or ends with it."""
    h, made = stays.histories, _Columns(stays.histories)
    _children(made, h.child, h.source, h.row, {})
    made.days("start", h.start, made.origin("episodes", "DECOM", Date(), h.source, h.row))
    made.days("end", h.end, made.origin("episodes", "DEC", Date(), h.source, h.row))
    care = made.origin("episodes", "LS", _category("care", CARE), h.source, h.row)
    made.categories("care", CARE, stays.breaks.astype(np.int64), care)
    _coded(made, np.arange(len(h)), stays.counted_in)
    from_cells = ("start", "end", "care", "child")
    for column, route, events, days, routes, codes in (
        ("entered", "entry_route", stays.begins, h.start, ENTRY_ROUTES, stays.entry_route),
        ("left", "exit_route", stays.ends, h.end, EXIT_ROUTES, stays.exit_route),
    ):
        months, at = _months(h, events, days)
        made.categories(column, months, at, _derived(Unit.MONTH, from_cells, f"month in which the child {column} care"))
        origin = made.origin("episodes", "REC", _category(route, routes), h.source, h.row, ROUTED)
        made.categories(route, routes, codes, origin)
    length = np.where(stays.ends, h.end - h.start[stays.first], UNKNOWN)
    made.keep("days", _counts(length), _derived(Unit.COUNT, ("start", "end", "child"), "days of the stay", Count()))
    until = h.uasc_until[h.child]
    origin = made.origin("uasc", "DUC", Date(), h.uasc_source[h.child], h.uasc_row[h.child], UASC)
    made.days("uasc_until", until, origin)
    heading = made.origin("header", "DOB", Date(), h.header_source[h.child], h.header_row[h.child], BIRTHS)
    made.days("born", h.birth[h.child], heading)
    _kinds_of_care(made, stays.counted_in)
    # One who never was a UASC is none on any day, one whose status has no end is on every day.
    made.known["days", "uasc_until"] = np.where(until == OPEN, OPEN - 1, until)
    return made.table("returns", DATASET.title, ())


def looked_after_on(stays: Stays, day: dt.date) -> Table:
    """A row a child looked after at the end of a day, short breaks apart, as the dataset of placements has it."""
    h, number = stays.histories, day.toordinal()
    rows = np.flatnonzero(~stays.breaks & (h.start <= number) & (h.end > number))
    made, source, row, child = _Columns(h), h.source[rows], h.row[rows], h.child[rows]
    _children(made, child, source, row, ROUTED)
    at = stays.counted_in[rows]
    _coded(made, rows, at)
    made.days("start", h.start[at], made.origin("episodes", "DECOM", Date(), h.source[at], h.row[at], ROUTED))
    heading = made.origin("header", "DOB", _category("age", AGE_GROUPS), h.header_source[child], h.header_row[child],
                          BIRTHS)  # fmt: skip
    age = ages(h.birth[child], number)
    made.categories("age_group", tuple(AGE_GROUPS), _grouped(age, AGE_GROUPS), heading)
    stay = stays.first[rows]
    since = _derived(Unit.TEXT, ("start", "child"), "length of the stay", _category("length", LENGTHS))
    made.categories("length", tuple(LENGTHS), _grouped(number - h.start[stay], LENGTHS), since)
    moves = stays.placements_in_year(number)[child]
    said = made.origin("episodes", "RNE", _category("placements", MOVES), source, row, MOVED)
    made.categories("placements_in_year", tuple(MOVES), _grouped(moves, MOVES), said)
    return made.table("placements", PLACEMENTS.title, ("placement_type",))


def _children(made: _Columns, child: Ints, source: Ints, row: Ints, also: Headings) -> None:
    """Nothing: the column of children has numbers that last for this run alone; on `also` rests who is among them."""
    numbers = np.char.mod("%d", np.arange(1, len(made.histories.birth) + 1)).astype(object)
    origin = made.origin("episodes", "CHILD", Code(), source, row, also)
    made.categories("child", tuple(numbers), child, origin)


def _coded(made: _Columns, rows: Ints, counted_in: Ints) -> None:
    """Nothing: the columns of codes in words, and the placement under the department's headings.

    `rows` are the positions of the episodes, `counted_in` those of the episodes whose placements count for them.
    """
    h = made.histories
    there = {heading for each in h.sources for heading in each.columns}
    kinds, of = tuple(TYPES), {kind: number for number, kind in enumerate(TYPES)}
    kind_of = np.array([*(of[HEADING_OF[words]] for words in CATEGORIES["place"]), UNKNOWN])
    for name, coded in CODED.items():
        if name in ("beginning", "ending") or coded.heading not in there:
            continue
        at = counted_in if name in _COUNTED else rows
        codes, source, row = h.categories(name)[at], h.source[at], h.row[at]
        also = {"episodes": ("PLACE", "DECOM", "DEC")} if name in _COUNTED else {}
        origin = made.origin("episodes", coded.heading, coded.category(), source, row, also)
        made.categories(_NAMES.get(name, name), CATEGORIES[name], codes, origin)
        if name == "place":
            kind = replace(origin, kind=PLACEMENTS.field("placement_type").kind)
            made.categories("placement_type", kinds, kind_of[codes], kind)


def _kinds_of_care(made: _Columns, at: Ints) -> None:
    """Nothing: the column of kinds of care, as unit costs have them, of the placements at some positions."""
    h, kinds, (places, providers) = made.histories, tuple(KINDS), (CATEGORIES[n] for n in ("place", "provider"))
    # The last row and column are of what isn't stated, which the number UNKNOWN takes.
    of = np.array([[kinds.index(kind_of(p, q)) for q in (*providers, None)] for p in places])
    of = np.vstack([of, np.full(len(providers) + 1, UNKNOWN)])
    codes = of[h.categories("place")[at], h.categories("provider")[at]]
    also = {"episodes": ("PLACE_PROVIDER", "DECOM", "DEC")}
    origin = made.origin("episodes", "PLACE", _category("care", kinds), h.source[at], h.row[at], also)
    made.categories("kind_of_care", kinds, codes, origin)


def _category(name: str, words: Sequence[str] | Mapping[str, Any]) -> Category:
    return Category(f"a category of {name}", dict.fromkeys(words, ()), f"unknown-{name}")


def _derived(unit: Unit, of: tuple[str, ...], how: str, kind: Kind | None = None) -> Column:
    return Column(unit, derived_from=of, how=how, kind=kind)


def _grouped(values: Ints, groups: Mapping[str, int]) -> Ints:
    """The number of the group of each value: the first whose end is above it; UNKNOWN of what is."""
    found = np.searchsorted(np.array(list(groups.values())), values, side="right")
    return np.where(values < 0, UNKNOWN, np.minimum(found, len(groups) - 1))


def _counts(values: Ints) -> Any:
    found = values.astype(object)
    found[values < 0] = None
    return found


def _months(h: Histories, events: Flags, days: Ints) -> tuple[list[dt.date], Ints]:
    """The months that the returns cover, by their last days, and the number of that of each event; else UNKNOWN."""
    first, last = dt.date.fromordinal(h.first_day), dt.date.fromordinal(h.last_day)
    base, number = first.year * 12 + first.month - 1, (last.year - first.year) * 12 + last.month - first.month + 1
    months: list[dt.date] = [month_end(*divmod_month(base + each)) for each in range(number)]
    ends = np.array([month.toordinal() for month in months], dtype=np.int64)
    at = np.searchsorted(ends, days, side="left")
    within = events & (days >= h.first_day) & (at < number)
    return months, np.where(within, at, UNKNOWN)


def divmod_month(number: int) -> tuple[int, int]:
    """The year and month of a number of months since the year 0."""
    return number // 12, number % 12 + 1
