"""A note under an exhibit whose figures are stated by their source and not worked out: the paper says which."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.exhibits.views import Spec, shown_heads, value_words
from reportgen.trace import Grid, GridRow, Head
from reportgen.wording import House, joined, printable

Column = tuple[int, Head, str]


def stated_notes(spec: Spec, grid: Grid, house: House) -> tuple[str, ...]:
    """A note that names the stated figures that an exhibit shows of a grid; none where it shows none."""
    columns = shown_heads(spec, grid)
    stated = [row for row in grid.rows if any(row.cells[at].stated for at, _, _ in columns)]
    if not stated:
        return ()
    what = "it" if len(stated) == 1 else "they"
    named = "; ".join(_named(row, columns, spec, house) for row in stated)
    return (f"As stated by the source, which gives no numbers from which {what} could be worked out: {named}.",)


def _named(row: GridRow, columns: Sequence[Column], spec: Spec, house: House) -> str:
    """A row by its label and, where it holds other values beside its stated ones, the headings over the stated."""
    (at, _, _), *values = columns
    label = printable(value_words(row.cells[at], spec, house))
    stated = [printable(words) for i, _, words in values if row.cells[i].stated]
    others = [i for i, head, _ in values if not (row.cells[i].stated or head.is_label or row.cells[i].value is None)]
    return f"{label} ({joined(stated)})" if others and stated else label
