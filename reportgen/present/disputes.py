"""Notes under a table whose source states another total: the paper prints what was worked out, and says so."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.trace import Claim, Figure, Grid
from reportgen.wording import House, in_words, printable

Columns = set[tuple[str, str]]


def dispute_notes(grid: Grid, disputes: Sequence[Claim], house: House) -> tuple[str, ...]:
    """A note for each disputed number whose cells the grid shows; a rating stands beside the other in the table."""
    shown = {column for row in grid.rows for figure in row.cells for column in _columns(figure)}
    notes = (_note(claim, house) for claim in disputes if claim.gap is not None and _columns(claim.computed) & shown)
    return tuple(dict.fromkeys(notes))


def _columns(figure: Figure) -> Columns:
    """The columns, by dataset, whose values make a figure."""
    own = {(selection.table.dataset, selection.column) for selection in figure.selections}
    return own.union(*map(_columns, figure.parts))


def _note(claim: Claim, house: House) -> str:
    stated, computed = (in_words(f.value, f.unit, f.symbol, house) for f in (claim.stated, claim.computed))
    return (
        f"The source states {printable(claim.what)}{_of_row(claim, house)} as {stated}; its parts come to {computed}."
    )


def _of_row(claim: Claim, house: House) -> str:
    """The row that a disputed cell stands in, by its key; nothing for a total of many rows."""
    for selection in claim.stated.selections:
        if len(selection.rows) == 1 and selection.table.key:
            column = selection.table.key[0]
            value = selection.table.frame[column].iloc[int(selection.rows[0])]
            words = in_words(value, selection.table.columns[column].unit, house=house)
            return "" if claim.what.endswith(f" {words}") else f" for {words}"
    return ""
