"""A table: a grid's columns as they are, numbers to the right, totals marked."""

from __future__ import annotations

from reportgen.exhibits.views import (
    CellView,
    HeadView,
    Line,
    RowView,
    Spec,
    TableView,
    body_rows,
    cell_symbol,
    css_class,
    key_to,
    shown_heads,
    value_words,
)
from reportgen.model import Unit
from reportgen.trace import Grid, GridRow, Head
from reportgen.wording import HEADED_SCALES, House

KIND = "table"
OPTIONS = ("places", "totals")
Column = tuple[int, Head, str]


def make(spec: Spec, grid: Grid, house: House) -> TableView:
    """The grid as a table. The option `totals` is `no` for one without the grid's total rows.

    Raises ValueError where it is something else.
    """
    wanted = spec.options.get("totals", "yes")
    if wanted not in ("yes", "no"):
        raise ValueError(f'the option totals is yes or no, not "{wanted}"')
    shown = grid.rows if wanted == "yes" else body_rows(grid)
    columns = shown_heads(spec, grid)
    heads = tuple(
        HeadView(_heading(head, label, spec), css_class(head.unit), head.key, head.group) for _, head, label in columns
    )
    rows = tuple(RowView(_cells(spec, row, columns, house), row.kind) for row in shown)
    symbols = key_to([cell_symbol(row.cells[i], spec) for row in shown for i, _, _ in columns])
    return TableView(spec.name, spec.title, heads, rows, spec.notes, symbols, spec.landscape)


def _heading(head: Head, label: str, spec: Spec) -> str:
    """A column's heading, with the scale of its money where the cells don't show it."""
    scale = HEADED_SCALES.get(spec.money, "") if head.unit is Unit.MONEY else ""
    return f"{label} ({scale})" if scale else label


def _cells(spec: Spec, row: GridRow, columns: list[Column], house: House) -> tuple[CellView, ...]:
    cells = []
    for number, (at, head, _) in enumerate(columns):
        figure = row.cells[at]
        symbol = cell_symbol(figure, spec)
        text = f"[{symbol}]" if symbol else value_words(figure, spec, house)
        cells.append(CellView((Line(text),), number == 0 or head.is_label, css_class(head.unit), figure))
    return tuple(cells)
