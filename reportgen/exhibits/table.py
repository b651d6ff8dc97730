"""A table: a grid's columns as they are, numbers to the right, totals marked."""

from __future__ import annotations

from reportgen.exhibits.views import (
    CellView,
    HeadView,
    Line,
    RowView,
    Spec,
    TableView,
    css_class,
    key_to,
    shown_heads,
    symbols_in,
    value_words,
)
from reportgen.model import Unit
from reportgen.trace import Grid
from reportgen.wording import House

KIND = "table"


def make(spec: Spec, grid: Grid, house: House) -> TableView:
    """The grid as a table."""
    columns = shown_heads(spec, grid)
    unit = f" ({spec.money})" if spec.money in ("£000",) else ""
    heads = tuple(
        HeadView(label + (unit if head.unit is Unit.MONEY else ""), css_class(head.unit), head.key)
        for _, head, label in columns
    )
    rows = tuple(
        RowView(
            tuple(
                CellView(
                    (Line(value_words(row.cells[i], spec, house)),),
                    n == 0 or head.is_label,
                    css_class(head.unit),
                    row.cells[i],
                )
                for n, (i, head, _) in enumerate(columns)
            ),
            row.kind,
        )
        for row in grid.rows
    )
    symbols = key_to(symbols_in(grid.rows, [i for i, _, _ in columns]))
    return TableView(spec.name, spec.title, heads, rows, spec.notes, symbols, spec.landscape)
