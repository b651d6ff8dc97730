"""Figures that a paper declares in its settings: single indicators, simple calculations, statements to be tested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.cells.dates import first_day
from reportgen.cells.words import nearest, plain
from reportgen.model import Place, Problem, Unit
from reportgen.table import Table
from reportgen.trace import Claim, Figure, add, as_stated, difference, months_between, pick, ratio, select, size, whole

LISTED = "reportgen trace lists the figures."


@dataclass(frozen=True)
class Fact:
    """A figure that is one cell of the key facts: `column` is `value`, `target` or a date of the row.

    `stated` is one that the source states and that can't be worked out, `comparator` one that is refused where its time
    begins after the day of the data that it is to be compared with.
    """

    indicator: str
    as_at: dt.date | str
    column: str = "value"
    stated: bool = False
    comparator: bool = False


@dataclass(frozen=True)
class Calculation:
    """A figure that is worked out of others: `operation` is one of OPERATIONS."""

    operation: str
    of: tuple[str, ...]
    unit: Unit | None = None


@dataclass(frozen=True)
class Agreement:
    """A stated figure and the computed one that it must agree with."""

    stated: str
    computed: str
    what: str


OPERATIONS: Mapping[str, Callable[..., Figure]] = {
    "difference": difference,
    "ratio": ratio,
    "sum": add,
    "months": months_between,
    "size": size,
    "whole": whole,
}


def declared_figures(
    facts: Mapping[str, Fact],
    calculations: Mapping[str, Calculation],
    table: Table | None,
    known: Mapping[str, Figure],
    settings: Place,
    day: dt.date | None = None,
) -> tuple[dict[str, Figure], list[Problem]]:
    """The declared figures by name, and a problem for each that can't be made. `day` is that of the paper's data.

    Calculations may rest on facts, on known figures and on calculations above them; one that rests on a figure that
    has its problem already gets none of its own.
    """
    made: dict[str, Figure] = {}
    problems: list[Problem] = []
    failed: set[str] = set()

    def keep(name: str, found: Figure | Problem | None) -> None:
        if isinstance(found, Figure):
            made[name] = replace(found, name=name)
            return
        failed.add(name)
        if found is not None:
            problems.append(found)

    for name, fact in facts.items():
        keep(name, _repeated(name, known, settings) or _fact(name, fact, table, settings, day))
    for name, calculation in calculations.items():
        there = {**known, **made}
        rests_on_failed = not failed.isdisjoint(calculation.of)
        keep(
            name,
            _repeated(name, there, settings)
            or (None if rests_on_failed else _calculate(name, calculation, there, settings)),
        )
    return made, problems


def _repeated(name: str, known: Mapping[str, Figure], settings: Place) -> Problem | None:
    """A problem where a declared name is that of another figure, which it would silently replace."""
    if name not in known:
        return None
    return Problem("name-taken", settings, "a name of its own for each figure", f'"{name}" again', "Rename it.")


def _fact(name: str, fact: Fact, table: Table | None, settings: Place, day: dt.date | None) -> Figure | Problem:
    if table is None:
        return Problem(
            "no-key-facts",
            settings,
            "the dataset key_facts among the paper's datasets",
            f'none, for the fact "{name}"',
            'Add "key_facts" to datasets.',
        )
    if fact.column not in table.columns:
        return _missing(table, f"a column {fact.column.replace('_', ' ')}", "none", "Add the column.", settings)
    spellings = _spellings(fact.indicator, table)
    if not spellings:
        guess = nearest(fact.indicator, table.frame["indicator"].dropna())
        remedy = f'Did you mean "{guess}"?' if guess else "Add a row for it."
        return _missing(table, f'the indicator "{fact.indicator}"', "none", remedy, settings)
    rows = select(table, fact.column, indicator=spellings, as_at=fact.as_at).rows
    if len(rows) == 1:
        if fact.comparator and day and first_day(fact.as_at) > day:
            return _later(table, int(rows[0]), fact, day, settings)
        found = pick(table, fact.column, indicator=spellings, as_at=fact.as_at)
        return as_stated(found) if fact.stated else found
    expected = f'"{spellings[0]}" as at {fact.as_at}'
    if len(rows):
        place = table.place("indicator", int(rows[1]))
        also = (table.place("indicator", int(rows[0])),)
        return Problem("duplicate", place, f"{expected} once", f"{len(rows)} rows", "Take all but one out.", also=also)
    times = [table.values("as_at")[row] for row in select(table, "value", indicator=spellings).rows]
    dates = ", ".join(str(time) for time in times if time is not None)
    remedy = "Add a row for that date, or correct the date in the row or in the settings."
    return _missing(table, expected, f"it as at {dates}" if dates else "it without a date", remedy, settings)


def _later(table: Table, row: int, fact: Fact, day: dt.date, settings: Place) -> Problem:
    """A problem of a comparator for a time after the data, at the cell of its date."""
    expected = f'a comparator "{fact.indicator}" for a time that begins by {day:%d/%m/%Y}, the day of the data'
    remedy = "Take the latest one that was known then, or correct the date in the row or in the settings."
    also = (table.place(fact.column, row), settings)
    return Problem("comparator-later", table.place("as_at", row), expected, str(fact.as_at), remedy, also=also)


def _spellings(indicator: str, table: Table) -> tuple[str, ...]:
    """The ways in which the rows write an indicator, whatever their case and spacing."""
    wanted = plain(indicator)
    return tuple(dict.fromkeys(v for v in table.frame["indicator"].dropna() if plain(v) == wanted))


def _missing(table: Table, expected: str, found: str, remedy: str, settings: Place) -> Problem:
    return Problem("missing-fact", Place(table.file, table.sheet), expected, found, remedy, also=(settings,))


def _calculate(name: str, calculation: Calculation, known: Mapping[str, Figure], settings: Place) -> Figure | Problem:
    unknown = next((part for part in calculation.of if part not in known), None)
    if unknown is not None:
        return _unknown(unknown, known, f'figures that exist, for the calculation "{name}"', settings)
    parts = [known[part] for part in calculation.of]
    try:
        if calculation.operation == "ratio" and calculation.unit:
            return ratio(parts[0], parts[1], calculation.unit)
        made = OPERATIONS[calculation.operation](*parts)
        if calculation.unit not in (None, made.unit):
            raise ValueError(f"it is in {made.unit}, not in {calculation.unit}")
    except (ValueError, TypeError) as wrong:
        expected = f'figures that can be calculated with, for "{name}"'
        whole_number = calculation.operation == "whole"
        remedy = "Name the share first, then the number." if whole_number else "Take figures of one unit."
        return Problem("bad-calculation", settings, expected, str(wrong), remedy)
    return made


def _unknown(name: str, known: Mapping[str, Figure], expected: str, settings: Place) -> Problem:
    guess = nearest(name, known)
    return Problem("unknown-figure", settings, expected, f'"{name}"', f'Did you mean "{guess}"?' if guess else LISTED)


def agreements(
    stated: Sequence[Agreement], known: Mapping[str, Figure], settings: Place
) -> tuple[list[Claim], list[Problem]]:
    """The agreements as claims to be tested; a problem for each that names an unknown figure or one of another unit."""
    claims, problems = [], []
    for agreement in stated:
        names = (agreement.stated, agreement.computed)
        unknown = next((name for name in names if name not in known), None)
        if unknown is not None:
            problems.append(_unknown(unknown, known, "figures that exist, under [[agree]]", settings))
            continue
        said, made = (known[name] for name in names)
        if said.unit is not made.unit:
            found = f'"{names[0]}" in {said.unit} and "{names[1]}" in {made.unit}'
            problems.append(Problem("unit-differs", settings, "figures of one unit, under [[agree]]", found))
            continue
        place = None if said.counted() else settings
        claims.append(Claim("stated-differs", agreement.what, said, made, made.how, place=place))
    return claims, problems
