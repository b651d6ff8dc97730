"""A table of actions: what was done, by when, and the BRAG rating as a word with its reason."""

from __future__ import annotations

from reportgen.exhibits.views import CellView, HeadView, Line, RowView, Spec, TableView
from reportgen.trace import Figure, Grid, GridRow
from reportgen.wording import House, in_words

KIND = "action-table"
HEADS = ("Ref", "Action and what was done", "Completion", "BRAG and reason")


def make(spec: Spec, grid: Grid, house: House) -> TableView:
    """The actions of a grid with the columns that `figures.action_plan` gives."""
    rows = tuple(RowView(_cells(grid, row, house)) for row in grid.rows)
    unrated = any(row.cells[grid.position("rating")].value is None for row in grid.rows)
    symbols = (("[z]", "not applicable: not started and not yet due"),) if unrated else ()
    heads = tuple(
        HeadView(text, key=key)
        for text, key in zip(HEADS, ("ref", "action", "completion", "rating"), strict=True)
    )
    return TableView(spec.name, spec.title, heads, rows, spec.notes, symbols, spec.landscape, style="actions")


def _cells(grid: Grid, row: GridRow, house: House) -> tuple[CellView, ...]:
    def at(key: str) -> Figure:
        return row.cells[grid.position(key)]

    def words(key: str) -> str:
        figure = at(key)
        text = in_words(figure.value, figure.unit, figure.symbol, house)
        return text[:1].upper() + text[1:]

    done = (Line(words("progress"), "quote"),) if words("progress") else ()
    return (
        CellView((Line(str(at("ref").value)),), header=True, figure=at("ref")),
        CellView((Line(words("action"), "strong"), *done), figure=at("action")),
        CellView(_completion(words("baseline"), words("revised")), figure=at("baseline")),
        CellView(
            _rating(
                at("rating"), words("reason"), at("stated_rating"), words("stated_reason"), at("turning")
            ),
            figure=at("rating"),
        ),
    )


def _completion(baseline: str, revised: str) -> tuple[Line, ...]:
    first = Line(baseline or "No date")
    return (first, Line(f"Revised: {revised}", "revised")) if revised else (first,)


def _rating(
    rating: Figure, reason: str, stated: Figure, stated_reason: str, turning: Figure
) -> tuple[Line, ...]:
    """The rating's word, its reason, what will turn it Red, and the officer's own rating where it differs."""
    lines = [Line(str(rating.value or "[z]"), "rating"), Line(reason, "reason")]
    if turning.value:
        lines.append(Line("Turns Red by the meeting unless completed", "turning"))
    if stated.value and stated.value != rating.value:
        because = f": {stated_reason}" if stated_reason else ""
        lines.append(Line(f"Officer's rating: {stated.value}{because}", "stated"))
    return tuple(lines)
