"""Notes under a table whose source states another number or word: the paper prints what was worked out, and says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from reportgen.trace import Claim, Figure, Grid
from reportgen.wording import House, in_words, printable

# For each dataset and column, which of its rows.
Behind = dict[tuple[str, str], "np.ndarray[Any, np.dtype[np.bool_]]"]
AGREED = "stated-differs"  # of a statement of paper.toml, whose words are the author's own and say all
# The scale in which a sentence says money, where the table's cells leave the unit to its headings.
IN_SENTENCES = {"£000": "£k", "£ million": "£m"}


def dispute_notes(grid: Grid, disputes: Sequence[Claim], house: House, money: str = "") -> tuple[str, ...]:
    """A note for each disputed value of which the grid shows a part; words that the grid shows as stated need none."""
    shown = _behind(grid) if disputes else {}
    touched = [claim for claim in disputes if _shown(claim.computed, shown)]
    said = [claim for claim in touched if claim.gap is not None or not _shown(claim.stated, shown)]
    style = IN_SENTENCES.get(money, money)
    return tuple(dict.fromkeys(_note(claim, house, style) for claim in said))


def _behind(grid: Grid) -> Behind:
    """The values behind what a grid shows, gathered once: grids and disputes may both be as long as a sheet."""
    found: Behind = {}
    for row in grid.rows:
        for figure in row.cells:
            for selection in figure.every_selection():
                key = (selection.table.dataset, selection.column)
                if key not in found:
                    found[key] = np.zeros(len(selection.table), dtype=bool)
                found[key][selection.rows] = True
    return found


def _shown(figure: Figure, shown: Behind) -> bool:
    """Whether any of the cells that make a figure is behind what a grid shows."""
    keyed = (((own.table.dataset, own.column), own.rows) for own in figure.every_selection())
    return any(key in shown and bool(shown[key][rows].any()) for key, rows in keyed)


def _note(claim: Claim, house: House, style: str) -> str:
    stated, computed = (in_words(f.value, f.unit, f.symbol, house, style) for f in (claim.stated, claim.computed))
    what = printable(claim.what)
    if claim.gap is None:
        return f"The source states {what} as {stated}; it is worked out as {computed}."
    return f"The source states {what}{_of_row(claim, house)} as {stated}; its parts come to {computed}."


def _of_row(claim: Claim, house: House) -> str:
    """The row that a disputed cell stands in, by what the claim doesn't name of its key; nothing for many rows."""
    if claim.code == AGREED:
        return ""
    for selection in claim.stated.selections:
        if len(selection.rows) == 1 and selection.table.key:
            table, row = selection.table, int(selection.rows[0])
            keys = ((table.values(name)[row], table.columns[name].unit) for name in table.key)
            words = (in_words(value, unit, house=house) for value, unit in keys)
            lacking = [word for word in words if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", claim.what)]
            return f" for {', '.join(lacking)}" if lacking else ""
    return ""
