"""Merging categories, so that fewer numbers are small: rows of a grid that an edition shows as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reportgen.model import Children
from reportgen.protect.forms import Forms
from reportgen.protect.small import Small
from reportgen.trace import Figure, Found, Grid, GridRow, add, ratio, text, without


@dataclass(frozen=True)
class Merge:
    """Which rows of a grid may be shown as one: the rows' labels by the label that they get together."""

    grid: str
    rows: Mapping[str, tuple[str, ...]]


def merge(found: Found, merges: Sequence[Merge], told: Mapping[str, Children], threshold: int) -> Found:
    """What was found, with the rows merged of those grids in which one of these rows is too small to be shown."""
    grids = dict(found.grids)
    for each in merges:
        if each.grid in grids and _is_small(grids[each.grid], each, told, threshold):
            grids[each.grid] = merged(grids[each.grid], each)
    return replace(found, grids=grids)


def merged(grid: Grid, merge: Merge) -> Grid:
    """The grid with some rows made one, which stands where the first of them stood."""
    band = {label: name for name, labels in merge.rows.items() for label in labels}
    rows: list[GridRow] = []
    done: set[str] = set()
    for row in grid.rows:
        name = band.get(_label(row), "") if row.kind == "body" else ""
        if not name:
            rows.append(row)
        elif name not in done:
            done.add(name)
            together = [r for r in grid.rows if r.kind == "body" and band.get(_label(r)) == name]
            rows.append(_one(name, together))
    return replace(grid, rows=tuple(rows))


def _label(row: GridRow) -> str:
    return str(row.cells[0].value)


def _is_small(grid: Grid, merge: Merge, told: Mapping[str, Children], threshold: int) -> bool:
    labels = {label for each in merge.rows.values() for label in each}
    figures = [figure for row in grid.rows if _label(row) in labels for figure in row.cells[1:]]
    small = Small(Forms(figures, told), threshold)
    return any(small.why(figure) for figure in figures)


def _one(name: str, rows: Sequence[GridRow]) -> GridRow:
    """Rows as one: their numbers added up, their quotients made anew of what they were quotients of."""
    label = replace(text(name, "rows shown together"), chosen_by=tuple(row.cells[0] for row in rows))
    columns = list(zip(*(row.cells for row in rows), strict=True))[1:]
    return replace(rows[0], cells=(label, *map(_together, columns)))


def _together(figures: Sequence[Figure]) -> Figure:
    """The figures of one column in one: a sum, a quotient, or what they have in common."""
    first = figures[0]
    if any(figure.operation == "ratio" for figure in figures):
        return _quotient([figure for figure in figures if len(figure.parts) == 2], first)
    if all(figure.unit is first.unit and isinstance(figure.value, (int, Fraction, type(None))) for figure in figures):
        return add(*figures)
    if len({figure.value for figure in figures}) == 1:
        return first
    return without(first.unit, "several values in the rows shown together", "z")


def _quotient(figures: Sequence[Figure], first: Figure) -> Figure:
    """The quotient of the sums; of one whole, where all are shares of it."""
    parts, wholes = ([figure.parts[side] for figure in figures] for side in (0, 1))
    whole = wholes[0] if all(each is wholes[0] for each in wholes) else add(*wholes)
    return ratio(add(*parts), whole, first.unit)
