"""A table of actions: what was done, by when, and the BRAG rating as a word with its reason."""

from __future__ import annotations

from reportgen.exhibits.views import (
    ACTIONS,
    CellView,
    HeadView,
    Line,
    RowView,
    Spec,
    TableView,
    cell_symbol,
    key_to,
)
from reportgen.trace import Figure, Grid, GridRow
from reportgen.wording import House, in_words, sentence_case

KIND = "action-table"
HEADS = (
    HeadView("Ref", key="ref"),
    HeadView("Action and what was done", key="action"),
    HeadView("Completion", key="completion"),
    HeadView("BRAG and reason", key="rating"),
)
MEANINGS = {"[z]": "not applicable: not started and not yet due"}


def make(spec: Spec, grid: Grid, house: House) -> TableView:
    """The actions of a grid with the columns that `figures.action_plan` gives. Raises KeyError where it lacks one."""
    rows = tuple(RowView(_cells(grid, row, house)) for row in grid.rows)
    symbols = [cell_symbol(cell.figure, spec) for row in rows for cell in row.cells if cell.figure]
    key = tuple((symbol, MEANINGS.get(symbol, meaning)) for symbol, meaning in key_to(symbols))
    return TableView(spec.name, spec.title, HEADS, rows, spec.notes, key, spec.landscape, style=ACTIONS)


def _cells(grid: Grid, row: GridRow, house: House) -> tuple[CellView, ...]:
    def at(key: str) -> Figure:
        return row.cells[grid.position(key)]

    def words(key: str) -> str:
        figure = at(key)
        return sentence_case(in_words(figure.value, figure.unit, figure.symbol, house))

    def given(key: str) -> str:
        return words(key) if at(key).value is not None else ""

    rating = [Line(words("rating") or "[z]", "rating"), Line(words("reason"), "reason")]
    if at("turning").value is not None:
        rating.append(Line("Turns Red by the meeting unless completed", "turning"))
    rating += _stated(given("rating"), given("stated_rating"), given("stated_reason"))
    return (
        CellView((Line(words("ref")),), header=True, figure=at("ref")),
        CellView((Line(words("action"), "strong"), *_line(given("progress"), "quote")), figure=at("action")),
        CellView((Line(words("baseline") or "No date"), *_revised(given("revised"))), figure=at("baseline")),
        CellView(tuple(rating), figure=at("rating")),
    )


def _line(text: str, style: str) -> tuple[Line, ...]:
    return (Line(text, style),) if text else ()


def _revised(date: str) -> tuple[Line, ...]:
    return _line(f"Revised: {date}" if date else "", "revised")


def _stated(rating: str, stated: str, reason: str) -> tuple[Line, ...]:
    """The officer's own rating where it differs, the reason quoted."""
    because = f" (\u201c{reason}\u201d)" if reason else ""
    return _line(f"Officer's rating: {stated}{because}" if stated not in ("", rating) else "", "stated")
