"""What a sheet hides or says by its looks: hidden rows, struck-through text, comments, bare colours."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.cells.kinds import Category
from reportgen.check.match import Match
from reportgen.check.rows import Rows
from reportgen.model import CellNote, Place, Problem, Severity

_MOST_NAMED = 10


def check_looks(match: Match, rows: Rows) -> list[Problem]:
    """A warning for each thing of the table that a reader of the cells' values alone would miss."""
    shown = sorted({*rows.data, *(total.row for total in rows.totals)})
    return [
        *_hidden(match, shown),
        *_struck(match, shown),
        *_comments(match),
        *_colours(match, rows.data),
    ]


def _warning(code: str, place: Place, expected: str, found: str, remedy: str) -> Problem:
    return Problem(code, place, expected, found, remedy, Severity.WARNING)


def _hidden(match: Match, rows: Sequence[int]) -> list[Problem]:
    sheet, problems = match.sheet, []
    if sheet.raw.hidden:
        remedy = "It is read as any other; unhide or remove it."
        problems.append(_warning("hidden-sheet", sheet.place(), "a sheet that can be seen", "a hidden one", remedy))
    if hidden := [row for row in rows if row in sheet.raw.hidden_rows]:
        more = f" and {len(hidden) - _MOST_NAMED} more" if len(hidden) > _MOST_NAMED else ""
        found = f"hidden or filtered-out rows: {', '.join(map(str, hidden[:_MOST_NAMED]))}{more}"
        remedy = "They are counted; unhide them, or take them out."
        problems.append(_warning("hidden-row", sheet.place(hidden[0]), "rows that can be seen", found, remedy))
    for column in match.numbers:
        if column in sheet.raw.hidden_columns:
            found = f"a hidden column ({match.called(column)})"
            remedy = "It is read as any other; unhide or remove it."
            place = sheet.place(0, column)
            problems.append(_warning("hidden-column", place, "columns that can be seen", found, remedy))
    return problems


def _struck(match: Match, rows: Sequence[int]) -> list[Problem]:
    """One warning for each row with text that is struck through."""
    sheet, columns = match.sheet, set(match.numbers)
    remedy = "The row is counted; delete it if it is withdrawn, or remove the line through it."
    problems = []
    for row in rows:
        struck = [column for column in sheet.noted(row, CellNote.STRUCK) if column in columns]
        if struck:
            place = sheet.place(row, struck[0])
            problems.append(_warning("struck-through", place, "a row that stands", "text struck through", remedy))
    return problems


def _comments(match: Match) -> list[Problem]:
    """A warning for each comment on the table's columns, headings and blank cells among them."""
    sheet, columns = match.sheet, set(match.numbers)
    remedy = "The comment isn't read: if it changes the value, change the cell."
    return [
        _warning("comment", sheet.place(row, column), "what counts to stand in the cells", "a comment", remedy)
        for row in sheet.notes_by_row
        if match.first_row <= row <= match.end
        for column in sheet.noted(row, CellNote.COMMENT)
        if column in columns
    ]


def _colours(match: Match, rows: Sequence[int]) -> list[Problem]:
    """A warning for each blank cell of a category that has a colour of its own, rather than that of its row."""
    sheet = match.sheet
    kinds = {match.columns[f.name]: f.kind for f in match.dataset.fields if f.name in match.columns}
    problems = []
    for row in rows:
        filled = {column: sheet.cell(row, column).note(CellNote.FILLED) for column in sheet.noted(row, CellNote.FILLED)}
        for column, colour in filled.items():
            kind = kinds.get(column)
            banded = list(filled.values()).count(colour) > 1
            if isinstance(kind, Category) and not banded:
                remedy = "Type the word: a colour isn't read."
                expected = f"{kind.expected} in words"
                problems.append(_warning("colour-only", sheet.place(row, column), expected, "only a colour", remedy))
    return problems
