"""The names that figures are traced under."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from reportgen.model import Value
from reportgen.trace.figure import Figure, Found, Grid, GridRow
from reportgen.trace.primitives import withheld

LONGEST = 48


def catalogue(found: Found) -> dict[str, Figure]:
    """Every figure by the name that it is traced under: its own, or grid.row.column for a grid's cells.

    A row is called by its label, after its group where groups have rows of one label. The label's cells count as
    examined: other words there would be another name.
    Cells that the inputs have nothing for, such as those of a column that the sheet lacks, are left out.
    """
    named = dict(found.figures)
    for cell in _cells(found):
        nothing = cell.figure.value is None and not cell.figure.symbol and not cell.figure.selections
        if not (cell.is_label or nothing):
            named[cell.name] = replace(cell.figure, name=cell.name, chosen_by=(*cell.figure.chosen_by, cell.label))
    return named


def row_labels(found: Found) -> dict[str, Figure]:
    """What names the rows of grids, by the name that it would be traced under."""
    return {cell.name: cell.figure for cell in _cells(found) if cell.is_label}


def without_values(found: Found, names: Container[str]) -> Found:
    """What was found with some figures withheld, by the names of `catalogue` and `row_labels`, wherever they stand."""
    figures = {name: withheld(figure) if name in names else figure for name, figure in found.figures.items()}
    grids = {name: [list(row.cells) for row in grid.rows] for name, grid in found.grids.items()}
    for cell in _cells(found):
        if cell.name in names:
            grids[cell.grid][cell.row][cell.column] = withheld(cell.figure)
    return replace(
        found,
        figures=figures,
        grids={
            name: replace(
                grid,
                rows=tuple(replace(row, cells=tuple(own)) for row, own in zip(grid.rows, grids[name], strict=True)),
            )
            for name, grid in found.grids.items()
        },
    )


@dataclass(frozen=True)
class _Cell:
    """A cell of a grid with its place and its name, and what names its row."""

    name: str
    grid: str
    row: int
    column: int
    figure: Figure
    label: Figure
    is_label: bool


def _cells(found: Found) -> Iterator[_Cell]:
    """The cells of all grids; a name that a figure has already gets a number."""
    names = set(found.figures)
    for called, grid in found.grids.items():
        taken: set[str] = set()
        grouped = _shared_labels(grid)
        for at, row in enumerate(grid.rows):
            label = _label(grid, row)
            key = _free(slug(f"{row.group} {label.value}" if grouped and row.group else label.value), taken)
            taken.add(key)
            for column, (head, figure) in enumerate(zip(grid.heads, row.cells, strict=True)):
                name = _free(f"{grid.name}.{key}.{head.key}", names)
                names.add(name)
                yield _Cell(name, called, at, column, figure, label, head.is_label)


def _shared_labels(grid: Grid) -> bool:
    """Whether several of a grid's groups have a row of the same label."""
    named = {(row.group, _label(grid, row).value) for row in grid.rows if row.group}
    return len({label for _, label in named}) < len(named)


def _label(grid: Grid, row: GridRow) -> Figure:
    """The figure that names a row: the first under a head that says so, else the first."""
    labels = [f for head, f in zip(grid.heads, row.cells, strict=True) if head.is_label]
    return next(iter(labels), row.cells[0])


def _free(name: str, taken: Container[str]) -> str:
    """The name, with a number after it where it is taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def slug(value: Value | None) -> str:
    """A value as part of a name: small letters, digits, points and hyphens alone."""
    text = f"{value:%Y-%m-%d}" if isinstance(value, dt.date) else str(value if value is not None else "")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9.]+", "-", plain.lower()).replace(".-", "-").strip("-.")
    return words[:LONGEST].rstrip("-.") or "row"
