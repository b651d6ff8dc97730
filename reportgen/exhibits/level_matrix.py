"""A matrix of levels: a row a thing that is rated, a column a level; the word stands under the level that it has."""

from __future__ import annotations

from reportgen.exhibits.views import (
    CellView,
    HeadView,
    Line,
    RowView,
    Spec,
    TableView,
    cell_symbol,
    key_to,
    shown_heads,
    value_words,
)
from reportgen.model import Unit
from reportgen.trace import Figure, Grid, GridRow
from reportgen.wording import House, sentence_case

KIND = "level-matrix"
LEVELS = ("low", "medium", "high")


def make(spec: Spec, grid: Grid, house: House) -> TableView:
    """The grid's column of levels as a matrix. Raises ValueError where it has another column beside its labels."""
    columns = shown_heads(spec, grid)
    if len(columns) != 2 or columns[1][1].unit is not Unit.LEVEL:
        raise ValueError("a column of labels and one of levels")
    (label_at, label, words), (at, _, _) = columns
    heads = (HeadView(words, key=label.key), *(HeadView(sentence_case(level), key=level) for level in LEVELS))
    rows = tuple(RowView(_cells(spec, row, label_at, at, house), row.kind) for row in grid.rows)
    symbols = key_to([cell_symbol(row.cells[at], spec) for row in grid.rows])
    return TableView(spec.name, spec.title, heads, rows, spec.notes, symbols, spec.landscape, style="levels")


def _cells(spec: Spec, row: GridRow, label_at: int, at: int, house: House) -> tuple[CellView, ...]:
    """The label, then a cell a level: the word in that of the level, nothing in the others."""
    label = row.cells[label_at]
    first = CellView((Line(value_words(label, spec, house)),), header=True, figure=label)
    return (first, *(_cell(row.cells[at], level, spec, house) for level in LEVELS))


def _cell(figure: Figure, level: str, spec: Spec, house: House) -> CellView:
    if figure.value not in (None, level):
        return CellView((Line(""),))
    return CellView((Line(value_words(figure, spec, house), "strong"),), css="text level", figure=figure)
