"""Figures that a paper declares in its settings: single indicators, simple calculations, statements to be tested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.cells.words import nearest, plain
from reportgen.model import Place, Problem, Unit
from reportgen.table import Table
from reportgen.trace import Claim, Figure, add, cell, difference, pick, ratio, select


@dataclass(frozen=True)
class Fact:
    """A figure that is one cell of the key facts: `column` is `value`, `target` or a date of the row."""

    indicator: str
    as_at: dt.date | str
    column: str = "value"


@dataclass(frozen=True)
class Calculation:
    """A figure that is worked out of others: `operation` is difference, ratio or sum."""

    operation: str
    of: tuple[str, ...]
    unit: Unit | None = None


@dataclass(frozen=True)
class Agreement:
    """A stated figure and the computed one that it must agree with."""

    stated: str
    computed: str
    what: str


OPERATIONS: Mapping[str, Callable[..., Figure]] = {"difference": difference, "ratio": ratio, "sum": add}


def declared_figures(
    facts: Mapping[str, Fact],
    calculations: Mapping[str, Calculation],
    table: Table | None,
    known: Mapping[str, Figure],
    settings: Place,
) -> tuple[dict[str, Figure], list[Problem]]:
    """The declared figures by name, and a problem for each that can't be made."""
    made: dict[str, Figure] = {}
    problems: list[Problem] = []
    for name, fact in facts.items():
        found = _fact(name, fact, table, settings)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            made[name] = replace(found, name=name)
    for name, calculation in calculations.items():
        result = _calculate(name, calculation, {**known, **made}, settings)
        if isinstance(result, Problem):
            if not any(part in facts and part not in made for part in calculation.of):
                problems.append(result)
        else:
            made[name] = replace(result, name=name)
    return made, problems


def _fact(name: str, fact: Fact, table: Table | None, settings: Place) -> Figure | Problem:
    if table is None:
        return Problem(
            "no-key-facts",
            settings,
            "the dataset key_facts among the paper's datasets",
            f'none, for the fact "{name}"',
        )
    indicators = {plain(v): v for v in table.frame["indicator"].dropna()}
    exact = indicators.get(plain(fact.indicator))
    if exact is None:
        guess = nearest(fact.indicator, indicators.values())
        return Problem(
            "missing-fact",
            Place(table.file, table.sheet),
            f'the indicator "{fact.indicator}"',
            "none",
            f'Did you mean "{guess}"?' if guess else "Add a row for it.",
            also=(settings,),
        )
    rows = select(table, "value", indicator=exact, as_at=fact.as_at)
    if not rows.mask.any():
        dates = [str(v) for v in table.frame["as_at"][select(table, "value", indicator=exact).mask]]
        return Problem(
            "missing-fact",
            Place(table.file, table.sheet),
            f'"{exact}" as at {fact.as_at}',
            f"it as at {', '.join(dates)}",
            "Add a row for that date, or correct the date in the row or in the settings.",
            also=(settings,),
        )
    if rows.mask.sum() > 1:
        return Problem(
            "duplicate",
            Place(table.file, table.sheet),
            f'"{exact}" as at {fact.as_at} once',
            f"{int(rows.mask.sum())} rows",
            "Take all but one of them out.",
        )
    if fact.column not in table.columns:
        return Problem(
            "missing-fact",
            Place(table.file, table.sheet),
            f"a column {fact.column.replace('_', ' ')}",
            "none",
            also=(settings,),
        )
    if fact.column in ("value", "target"):
        return pick(table, fact.column, indicator=exact, as_at=fact.as_at)
    return cell(table, fact.column, int(rows.mask.argmax()), ("indicator", "as_at"))


def _calculate(
    name: str, calculation: Calculation, known: Mapping[str, Figure], settings: Place
) -> Figure | Problem:
    unknown = [part for part in calculation.of if part not in known]
    if unknown:
        guess = nearest(unknown[0], known)
        return Problem(
            "unknown-figure",
            settings,
            f'figures that exist, for the calculation "{name}"',
            f'"{unknown[0]}"',
            f'Did you mean "{guess}"?' if guess else "reportgen trace lists the figures.",
        )
    parts = [known[part] for part in calculation.of]
    try:
        made = OPERATIONS[calculation.operation](*parts)
    except (ValueError, TypeError) as wrong:
        return Problem(
            "bad-calculation", settings, f'figures that can be calculated with, for "{name}"', str(wrong)
        )
    return replace(made, unit=calculation.unit) if calculation.unit else made


def agreements(
    stated: Sequence[Agreement], known: Mapping[str, Figure], settings: Place
) -> tuple[list[Claim], list[Problem]]:
    """The agreements as claims to be tested; a problem for each that names an unknown figure."""
    claims, problems = [], []
    for agreement in stated:
        unknown = [name for name in (agreement.stated, agreement.computed) if name not in known]
        if unknown:
            problems.append(
                Problem(
                    "unknown-figure",
                    settings,
                    "figures that exist, under [[agree]]",
                    f'"{unknown[0]}"',
                    "reportgen trace lists the figures.",
                )
            )
        else:
            claims.append(
                Claim("stated-differs", agreement.what, known[agreement.stated], known[agreement.computed])
            )
    return claims, problems
