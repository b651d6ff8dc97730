"""Grids that a paper puts together in its settings: figures in rows and columns, each with the trace that it has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from reportgen.cells.words import nearest
from reportgen.figures.declared import LISTED
from reportgen.model import Place, Problem, Unit
from reportgen.trace import Figure, Grid, GridRow, Head, text, without


@dataclass(frozen=True)
class DeclaredRow:
    """A row: its label, the name of the figure in each of its cells by the column's key, and where it is declared."""

    label: str
    cells: Mapping[str, str]
    place: Place
    kind: str = "body"


@dataclass(frozen=True)
class DeclaredGrid:
    """A grid: the key and words of the labels' column, its other columns, its rows, and where it is declared.

    `missing` is the symbol of the cells that no figure is named for; without one they are blank.
    """

    name: str
    labels: Head
    columns: Mapping[str, str]
    rows: tuple[DeclaredRow, ...]
    place: Place
    missing: str = ""


def declared_grids(
    declared: Sequence[DeclaredGrid], known: Mapping[str, Figure], taken: Collection[str], failed: Collection[str] = ()
) -> tuple[dict[str, Grid], list[Problem]]:
    """The declared grids by name, and a problem for each name that is unknown or taken by a computed grid.

    A grid with a figure among the `failed`, which have problems of their own, is left out without one.
    """
    made: dict[str, Grid] = {}
    problems: list[Problem] = []
    for grid in declared:
        if grid.name in taken:
            expected, remedy = "a name of its own for each grid", "A computed grid has it: rename this one."
            problems.append(Problem("name-taken", grid.place, expected, f'"{grid.name}" again', remedy))
        unknown = [(row, name) for row in grid.rows for name in row.cells.values() if name not in known]
        problems += [_unknown(row, name, grid, known) for row, name in unknown if name not in failed]
        if not unknown:
            made[grid.name] = _grid(grid, known)
    return made, problems


def _unknown(row: DeclaredRow, name: str, grid: DeclaredGrid, known: Mapping[str, Figure]) -> Problem:
    guess = nearest(name, known)
    expected = f'figures that exist, in the row "{row.label}" of the grid "{grid.name}"'
    return Problem("unknown-figure", row.place, expected, f'"{name}"', f'Did you mean "{guess}"?' if guess else LISTED)


def _grid(grid: DeclaredGrid, known: Mapping[str, Figure]) -> Grid:
    """The grid of figures that are all known; a column has the unit of its first figure."""
    units = {key: _unit([row.cells[key] for row in grid.rows if key in row.cells], known) for key in grid.columns}
    heads = (grid.labels, *(Head(key, words, units[key]) for key, words in grid.columns.items()))
    rows = []
    for row in grid.rows:
        label = text(row.label, f"label of a row in {row.place}")
        lacking = (without(unit, "no figure is named for it", grid.missing) for unit in units.values())
        cells = (known[row.cells[key]] if key in row.cells else none for key, none in zip(units, lacking, strict=True))
        rows.append(GridRow((label, *cells), row.kind))
    return Grid(grid.name, heads, tuple(rows))


def _unit(names: Sequence[str], known: Mapping[str, Figure]) -> Unit:
    return known[names[0]].unit if names else Unit.TEXT
