"""The names that figures are traced under."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Container
from dataclasses import replace

from reportgen.model import Value
from reportgen.trace.figure import Figure, Found, Grid, GridRow

LONGEST = 48


def catalogue(found: Found) -> dict[str, Figure]:
    """Every figure by the name that it is traced under: its own, or grid.row.column for a grid's cells.

    A row is called by its label, after its group where groups have rows of one label. The label's cells count as
    examined: other words there would be another name.
    Cells that the inputs have nothing for, such as those of a column that the sheet lacks, are left out.
    """
    named = dict(found.figures)
    for grid in found.grids.values():
        taken: set[str] = set()
        grouped = _shared_labels(grid)
        for row in grid.rows:
            label = _label(grid, row)
            key = _free(slug(f"{row.group} {label.value}" if grouped and row.group else label.value), taken)
            taken.add(key)
            for head, figure in zip(grid.heads, row.cells, strict=True):
                nothing = figure.value is None and not figure.symbol and not figure.selections
                if not (head.is_label or nothing):
                    name = _free(f"{grid.name}.{key}.{head.key}", named)
                    named[name] = replace(figure, name=name, chosen_by=(*figure.chosen_by, label))
    return named


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
