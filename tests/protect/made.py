"""Tables of children made by hand, their figures, and what an edition of them withholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.cells.kinds import Category, Count, Kind, Money, Weeks
from reportgen.model import Children
from reportgen.protect import Given, Protected, Rules, protect
from reportgen.table import Table
from reportgen.trace import Figure, Found, Grid, axis, catalogue, grid
from tests.trace.made import table as trace_table

TOLD = {"placements": Children(counts=("children",), rests={"cost": "children"})}


def category(words: Sequence[str]) -> Category:
    """A category of some words."""
    return Category("a kind", dict.fromkeys(words, ()), "unknown-kind")


def table(data: Mapping[str, Sequence[Any]], **more: Any) -> Table:
    """A table of the dataset "placements": columns of numbers by their name, the others of their own words."""
    numbers: dict[str, Kind] = {"children": Count(), "cost": Money(), "weeks": Weeks()}
    kinds = {name: numbers.get(name) or category(list(dict.fromkeys(values))) for name, values in data.items()}
    return trace_table(data, kinds, **more)


def crossed(counts: Sequence[Sequence[int]]) -> Grid:
    """A grid of two sides with its margins: rows a, b …, columns p, q …"""
    cells = [(chr(97 + i), chr(112 + j), n) for i, row in enumerate(counts) for j, n in enumerate(row)]
    made = table({"row": [c[0] for c in cells], "column": [c[1] for c in cells], "children": [c[2] for c in cells]})
    return grid("t", made, "children", axis(made, "row"), axis(made, "column"))


def line(counts: Sequence[int]) -> Grid:
    """A grid of one side with its total: rows a, b …"""
    made = table({"row": [chr(97 + i) for i in range(len(counts))], "children": list(counts)})
    return grid("t", made, "children", axis(made, "row"))


def figures(*grids: Grid, **named: Figure) -> dict[str, Figure]:
    """All figures of some grids and some more by their names."""
    return catalogue(Found(dict(named), {each.name: each for each in grids}))


def edition(shown: Mapping[str, Figure], rules: Rules | None = None, **more: Any) -> Protected:
    """What an edition of some figures withholds."""
    return protect(Given(shown, more.pop("told", TOLD), **more), rules or Rules())


def spans(found: Protected) -> dict[str, tuple[float, float]]:
    """How low and how high what is withheld may be, by the first of its names."""
    return {i.names[0] if i.names else "": (round(i.low, 6), round(i.high, 6)) for i in found.intervals}
