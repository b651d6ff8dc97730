"""A table of indicators: latest and earlier value with their periods, and the direction of travel as a word."""

from __future__ import annotations

from dataclasses import replace

from reportgen.exhibits.views import CellView, HeadView, Line, RowView, Spec, TableView, cell_symbol, key_to
from reportgen.model import Unit
from reportgen.trace import Figure, Grid, GridRow
from reportgen.wording import House, direction, in_words, sentence_case

KIND = "indicator-table"
HEADS = (
    HeadView("Indicator", key="indicator"),
    HeadView("Latest", key="latest"),
    HeadView("Earlier", key="earlier"),
    HeadView("Direction of travel", key="direction"),
)


def make(spec: Spec, grid: Grid, house: House) -> TableView:
    """The indicators of a grid with the columns that `figures.indicators` gives. Raises KeyError where it lacks one."""
    rows = tuple(RowView(_cells(grid, row, spec, house), row.kind) for row in grid.rows)
    symbols = [cell_symbol(cell.figure, spec) for row in rows for cell in row.cells if cell.figure]
    return TableView(spec.name, spec.title, HEADS, rows, spec.notes, key_to(symbols), spec.landscape)


def _cells(grid: Grid, row: GridRow, spec: Spec, house: House) -> tuple[CellView, ...]:
    found = {head.key: figure for head, figure in zip(grid.heads, row.cells, strict=True)}
    latest, earlier, change, told = (found[key] for key in ("latest", "earlier", "change", "direction"))
    places = _places(latest, earlier, change)

    def words(figure: Figure) -> str:
        return in_words(figure.value, figure.unit, figure.symbol, house, spec.money, places)

    def dated(figure: Figure, period: Figure) -> CellView:
        when = in_words(period.value, period.unit, house=house)
        return CellView((Line(words(figure)), *([Line(when, "when")] if when else [])), figure=figure)

    if told.value is None or change.value is None:
        why = in_words(found["comparison"].value, Unit.TEXT)
        said: tuple[Line, ...] = (Line(f"[{told.symbol}]"), Line(why, "reason"))
    else:
        size = words(replace(change, value=max(change.number, -change.number)))
        moved = direction(change.number, f"Up {size}", f"Down {size}", "")
        word = sentence_case(in_words(told.value, Unit.TEXT))
        said = (Line(word, "strong"), *([Line(moved, "reason")] if moved else []))
    name, better = (sentence_case(in_words(found[key].value, Unit.TEXT)) for key in ("indicator", "better"))
    return (
        CellView((Line(name, "strong"), Line(f"{better} is better", "reason")), header=True, figure=found["indicator"]),
        dated(latest, found["latest_period"]),
        dated(earlier, found["earlier_period"]),
        CellView(said, figure=told),
    )


def _places(*figures: Figure) -> int | None:
    """The decimal places of a row's percentages: none where all are whole, else one; other units have their own."""
    shares = [figure.number for figure in figures if figure.unit in (Unit.PERCENT, Unit.POINTS) and figure.value]
    return None if not shares else 0 if all((share * 100) % 1 == 0 for share in shares) else 1
