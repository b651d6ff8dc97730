"""A reader with patience instead of linear programmes: every table of whole numbers that fits what is shown."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from reportgen.trace import Grid

MOST = 10  # the cells are 7 at most, and 3 up or down is all that is asked for


def tables(grid: Grid, hidden: Mapping[str, object]) -> Iterator[list[list[int]]]:
    """The tables, margins included, that have the shown numbers and a number above zero wherever none is shown."""
    shown = [
        [None if _name(grid, i, j) in hidden else int(f.number) for j, f in enumerate(row.cells[1:])]
        for i, row in enumerate(grid.rows)
    ]
    *upper, last, foot = shown
    nothing = [None] * len(foot)
    for body in itertools.product(*(list(_rows(row, nothing)) for row in upper)):
        above = [sum(column) for column in zip(*body, strict=True)] or [0] * len(foot)
        left = [None if n is None else n - m for n, m in zip(foot, above, strict=True)]
        for row in _rows(last, left):
            bottom = [m + n for m, n in zip(above, row, strict=True)]
            if _fits(bottom, foot):
                yield [*map(list, body), list(row), bottom]


def _name(grid: Grid, i: int, j: int) -> str:
    return f"{grid.name}.{str(grid.rows[i].cells[0].value).lower()}.{grid.heads[j + 1].key}"


def _rows(shown: Sequence[int | None], left: Sequence[int | None]) -> Iterator[tuple[int, ...]]:
    """The rows that fit and leave the column's totals right; the last of several columns is the sum of the others."""
    width = max(len(shown) - 1, 1)
    given = [rest if number is None else number for number, rest in zip(shown, left, strict=True)]
    for row in itertools.product(*(range(1, MOST + 1) if n is None else (n,) for n in given[:width])):
        whole = row if len(shown) == 1 else (*row, sum(row))
        if _fits(whole, shown):
            yield whole


def _fits(made: Sequence[int], shown: Sequence[int | None]) -> bool:
    return all((n is None and m > 0) or n == m for m, n in zip(made, shown, strict=True))


def widths(grid: Grid, hidden: Mapping[str, object]) -> dict[str, tuple[int, int]]:
    """The lowest and highest number that each withheld cell has in any of the tables that fit."""
    found: dict[str, tuple[int, int]] = {}
    names = {(i, j): _name(grid, i, j) for i in range(len(grid.rows)) for j in range(len(grid.heads) - 1)}
    for table in tables(grid, hidden):
        for (i, j), name in names.items():
            if name in hidden:
                low, high = found.get(name, (table[i][j], table[i][j]))
                found[name] = (min(low, table[i][j]), max(high, table[i][j]))
    return found
