"""A table of actions: what was done, by when, and the BRAG rating as a word with its reason."""

from __future__ import annotations

from reportgen.exhibits.views import ACTIONS, CellView, HeadView, Line, RowView, Spec, TableView
from reportgen.trace import Figure, Grid, GridRow
from reportgen.wording import House, in_words, sentence_case

KIND = "action-table"
HEADS = (
    HeadView("Ref", key="ref"),
    HeadView("Action and what was done", key="action"),
    HeadView("Completion", key="completion"),
    HeadView("BRAG and reason", key="rating"),
)
UNRATED = ("[z]", "not applicable: not started and not yet due")


def make(spec: Spec, grid: Grid, house: House) -> TableView:
    """The actions of a grid with the columns that `figures.action_plan` gives. Raises KeyError where it lacks one."""
    rows = tuple(RowView(_cells(grid, row, house)) for row in grid.rows)
    unrated = any(row.cells[grid.position("rating")].value is None for row in grid.rows)
    symbols = (UNRATED,) if unrated else ()
    return TableView(spec.name, spec.title, HEADS, rows, spec.notes, symbols, spec.landscape, style=ACTIONS)


def _cells(grid: Grid, row: GridRow, house: House) -> tuple[CellView, ...]:
    def at(key: str) -> Figure:
        return row.cells[grid.position(key)]

    def words(key: str) -> str:
        figure = at(key)
        return sentence_case(in_words(figure.value, figure.unit, figure.symbol, house))

    done = (Line(words("progress"), "quote"),) if words("progress") else ()
    rating = (Line(words("rating") or "[z]", "rating"), Line(words("reason"), "reason"))
    doubts = _turning(at("turning")) + _stated(at("rating"), words("stated_rating"), words("stated_reason"))
    return (
        CellView((Line(words("ref")),), header=True, figure=at("ref")),
        CellView((Line(words("action"), "strong"), *done), figure=at("action")),
        CellView(_completion(words("baseline"), words("revised")), figure=at("baseline")),
        CellView((*rating, *doubts), figure=at("rating")),
    )


def _completion(baseline: str, revised: str) -> tuple[Line, ...]:
    first = Line(baseline or "No date")
    return (first, Line(f"Revised: {revised}", "revised")) if revised else (first,)


def _turning(turning: Figure) -> tuple[Line, ...]:
    """A warning where the action turns Red by the meeting."""
    return (Line("Turns Red by the meeting unless completed", "turning"),) if turning.value else ()


def _stated(rating: Figure, stated: str, reason: str) -> tuple[Line, ...]:
    """The officer's own rating where it differs, the reason quoted."""
    if not stated or stated == rating.value:
        return ()
    return (Line(f"Officer's rating: {stated}" + (f" (\u201c{reason}\u201d)" if reason else ""), "stated"),)
