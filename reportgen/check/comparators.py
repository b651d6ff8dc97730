"""Whose comparators a paper shows, found in the published file by code or name; nothing of a time after its data."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.cells.kinds import year_ended
from reportgen.cells.words import nearest, plain
from reportgen.datasets.base import Dataset
from reportgen.model import Compared, Place, Problem, Severity
from reportgen.table import Table

NOT_LISTED = "none"  # as the code of an authority that the file doesn't have
_CODE = re.compile(r"[A-Z][0-9]{8}|[0-9]{3}")
_LONDON = re.compile(r"\blondon borough\b")
# What councils put before or behind the name of their place, and the department's own names in part.
_STYLES = frozenset(
    "the of and council county borough city district metropolitan unitary authority royal corporation".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Wanted:
    """What the settings say of an authority and those that it is compared with, each with its place."""

    name: str
    code: str
    neighbours: tuple[str, ...]
    place: Place
    neighbours_place: Place


@dataclass(frozen=True)
class _Unit:
    """A local authority as the file has it."""

    code: str
    old_code: str
    name: str
    region: str


@dataclass(frozen=True)
class Days:
    """The last day of the paper's data, and that of its comparators where the meeting's settings state another."""

    data: dt.date
    comparators: dt.date
    place: Place


def find_compared(table: Table, dataset: Dataset, wanted: Wanted, days: Days) -> tuple[Compared | None, list[Problem]]:
    """The authority, its region and neighbours by code, with the last year that a paper may show; what is wrong."""
    if not len(table):
        return None, []  # it has a problem of its own
    last, problems = _last_year(table, dataset, days)
    if wanted.code == NOT_LISTED:
        return Compared("", "", (), last, wanted.place.file) if last else None, problems
    units = _units(table, dataset)
    own, more = _own(wanted, units, table)
    problems += more
    neighbours, more = _neighbours(wanted, own, units)
    problems += more
    if own is None or not last:
        return None, problems
    codes = tuple(unit.code for unit in neighbours)
    return Compared(own.code, own.region, codes, last, wanted.neighbours_place.file), problems


def _last_year(table: Table, dataset: Dataset, days: Days) -> tuple[str, list[Problem]]:
    """The last year that ends by the day of the comparators; a problem for those after it, if they are asked for."""
    column = table.frame[dataset.comparator]
    rows = {year: row for row, year in reversed([*enumerate(column)]) if isinstance(year, str)}
    early = [year for year in rows if year_ended(year) <= days.comparators]
    asked = [year for year in early if year_ended(year) > days.data]
    if asked or (rows and not early):
        return "", [_later(table, dataset, min(asked or rows), rows, days)]
    late = sorted(rows.keys() - set(early))
    note = [_left_out(table, dataset, late, rows[late[0]], days)] if late else []
    return max(early, default=""), note


def _later(table: Table, dataset: Dataset, year: str, rows: dict[str, int], days: Days) -> Problem:
    day = min(days.data, days.comparators)
    what = "of the data" if day == days.data else f"of {dataset.name} under [as_at]"
    expected = f"comparators of a year that ends by {day:%d/%m/%Y}, the day {what}"
    remedy = f"Take the file that was published then, or correct the day of {dataset.name} under [as_at]."
    place = table.place(dataset.comparator, rows[year])
    found = f"{year}, which ends on {year_ended(year):%d/%m/%Y}"
    return Problem("comparator-later", place, expected, found, remedy, also=(days.place,))


def _left_out(table: Table, dataset: Dataset, late: Sequence[str], row: int, days: Days) -> Problem:
    many = f"{len(late)} later years, {late[0]} to {late[-1]}" if len(late) > 1 else f"a later one, {late[0]}"
    expected = f"years that end by {days.comparators:%d/%m/%Y}"
    place, remedy = table.place(dataset.comparator, row), "It is left out." if len(late) == 1 else "They are left out."
    return Problem("later-years", place, expected, many, remedy, Severity.NOTE)


def _units(table: Table, dataset: Dataset) -> tuple[_Unit, ...]:
    """The authorities of the file, each as its latest year names it."""
    columns = [dataset.comparator, "new_la_code", "old_la_code", "la_name", "region_code"]
    frame = table.frame.loc[table.frame["geographic_level"] == "local authority", columns]
    frame = frame.dropna(subset=[dataset.comparator, "new_la_code", "la_name", "region_code"])
    frame = frame.sort_values(dataset.comparator, kind="stable").drop_duplicates("new_la_code", keep="last")
    return tuple(
        _Unit(str(code), str(old or ""), str(name), str(region))
        for _, _, code, old, name, region in frame.itertuples(name=None)
    )


def bare_name(name: str) -> str:
    """The words of an authority's name without those that say what kind of council it is."""
    words = re.findall(r"[^\W_]+", _LONDON.sub(" ", plain(name)).replace("'", "").replace(".", ""))
    return " ".join(word for word in words if word not in _STYLES)


def _matching(said: str, units: Sequence[_Unit]) -> list[_Unit]:
    """The authorities that a code or name means: by code, else by the whole name, else by its words alone."""
    if _CODE.fullmatch(said):
        return [unit for unit in units if said in (unit.code, unit.old_code)]
    whole = [unit for unit in units if plain(unit.name) == plain(said)]
    return whole or [unit for unit in units if bare_name(unit.name) == bare_name(said) != ""]


def _one(said: str, units: Sequence[_Unit]) -> tuple[_Unit | None, str, str]:
    """The authority that is meant; where there is none or several, what was found and what to do."""
    found = _matching(said, units)
    if len(found) == 1:
        return found[0], "", ""
    if found:
        codes = " or ".join(f"{unit.code} ({unit.name})" for unit in found)
        return None, f'"{said}", which is {len(found)} of them', f"Write the code: {codes}."
    if _CODE.fullmatch(said):
        guess = nearest(said, [code for unit in units for code in (unit.code, unit.old_code)], 0.6)
        near = next((unit for unit in units if guess and guess in (unit.code, unit.old_code)), None)
        return None, f'"{said}"', _did_you_mean(guess, near)
    names = {bare_name(unit.name): unit for unit in reversed(units)}
    near = names.get(nearest(bare_name(said), names, 0.6))
    return None, f'"{said}"', _did_you_mean(near.name, near) if near else _did_you_mean("", None)


def _did_you_mean(guess: str, near: _Unit | None) -> str:
    if near is None:
        return "Write the code that the file gives under new_la_code."
    return f'Did you mean "{guess}" ({near.name if guess != near.name else near.code})?'


def _own(wanted: Wanted, units: Sequence[_Unit], table: Table) -> tuple[_Unit | None, list[Problem]]:
    """The paper's authority: by its code where the settings give one, else by its name."""
    own, found, remedy = _one(wanted.code or wanted.name, units)
    sheet = (Place(table.file, table.sheet),)
    if own is None:
        what = "the code" if wanted.code else "the name"
        expected = f"{what} of an authority in {table.title.lower()}"
        if not wanted.code and not _matching(wanted.name, units):
            remedy += ' Where the names differ, add its code to the section: code = "…"'
        return None, [Problem("unknown-local-authority", wanted.place, expected, found, remedy, also=sheet)]
    shared = set(bare_name(own.name).split()) & set(bare_name(wanted.name).split())
    if shared:
        return own, []
    remedy = "Correct the code, if these are two authorities: the paper would show the other's numbers."
    found = f"that of {own.name}"
    expected = f"the code of {wanted.name}"
    return own, [Problem("code-of-another", wanted.place, expected, found, remedy, Severity.WARNING, sheet)]


def _neighbours(wanted: Wanted, own: _Unit | None, units: Sequence[_Unit]) -> tuple[list[_Unit], list[Problem]]:
    found: list[_Unit] = []
    problems: list[Problem] = []
    for said in wanted.neighbours:
        unit, name, remedy = _one(said, units)
        if unit is None:
            expected = "statistical neighbours by the names or codes of the published file"
            problems.append(Problem("unknown-neighbour", wanted.neighbours_place, expected, name, remedy))
        else:
            found.append(unit)
    return found, [*problems, *_misplaced(found, own, wanted.neighbours_place)]


def _misplaced(found: Sequence[_Unit], own: _Unit | None, place: Place) -> Iterator[Problem]:
    """A problem for each neighbour that is the authority itself or stands twice: the mean would count it so."""
    for unit, times in Counter(found).items():
        if unit == own:
            expected = "statistical neighbours other than the authority itself"
            yield Problem("neighbour-is-own", place, expected, unit.name, "Take it out of the list.")
        elif times > 1:
            remedy = "Take it out but once: the mean would count it again."
            yield Problem("repeated-neighbour", place, "each statistical neighbour once", f"{unit.name} again", remedy)
