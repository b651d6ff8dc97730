"""The rows of a table: data, stated totals, notes; labels carried down; what hides them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.cells.reading import Cell
from reportgen.cells.words import total_kind
from reportgen.check.match import Match
from reportgen.model import CellNote, Problem, RawSheet, Severity

_NOTE = re.compile(
    r"^\s*(\*|†|‡|\d\)|\(\d\)|notes?\b|source\b|nb\b|n\.b\.|key\b|as at\b|printed\b|prepared\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TotalRow:
    """A row that states a total, and the data rows (spreadsheet rows) that it covers."""

    row: int
    label: str
    kind: str
    covers: tuple[int, ...]


@dataclass(frozen=True)
class Rows:
    """A match's rows sorted: spreadsheet rows of data, and the rows that state totals."""

    data: tuple[int, ...]
    totals: tuple[TotalRow, ...]
    problems: tuple[Problem, ...]


def cell_at(sheet: RawSheet, row: int, column: int) -> Cell:
    """The cell with its format and notes; one of white space alone is blank."""
    value = sheet.value(row, column)
    if isinstance(value, str) and not value.strip():
        value = None
    return Cell(value, sheet.formats.get((row, column), ""), tuple(sheet.notes.get((row, column), ())))


def carried(sheet: RawSheet, row: int, column: int, first: int) -> tuple[int, Cell]:
    """The row and cell that a label written once for several rows comes from: the cell itself, or the one above."""
    for at in range(row, first - 1, -1):
        cell = cell_at(sheet, at, column)
        if cell.value is not None or cell.notes:
            return at, cell
    return row, cell_at(sheet, row, column)


def sort_rows(match: Match) -> Rows:
    """The table's data rows and totals rows, with problems for rows that are hidden, struck through or misplaced."""
    sheet, dataset = match.sheet, match.dataset
    labels = [match.columns[name] for name in dataset.label if name in match.columns]
    data: list[int] = []
    totals: list[TotalRow] = []
    since: list[int] = []
    problems: list[Problem] = []
    gap = False
    for row in range(match.last_row + 1, match.end + 1):
        filled = {
            c: sheet.value(row, c) for c in match.columns.values() if cell_at(sheet, row, c).value is not None
        }
        if not filled and not any(cell_at(sheet, row, c).notes for c in match.columns.values()):
            gap = True
            continue
        label = next(
            (str(filled[c]) for c in labels if isinstance(filled.get(c), str) and total_kind(str(filled[c]))),
            "",
        )
        if label:
            kind = total_kind(label)
            totals.append(TotalRow(row, label, kind, tuple(since if kind == "subtotal" else data)))
            since = []
        elif _is_note(sheet, row, filled, gap or bool(totals)):
            gap = True
        else:
            if totals and totals[-1].kind == "total":
                problems.append(_after_total(match, row, totals[-1].row))
            data.append(row)
            since.append(row)
            gap = False
    return Rows(tuple(data), _scoped(totals), (*problems, *_hidden(match, data), *_struck(match, data)))


def _is_note(sheet: RawSheet, row: int, filled: Mapping[int, object], below: bool) -> bool:
    """Whether a row is a remark under the table: after a gap or total, one text alone that reads like a note."""
    everything = [v for v in sheet.rows[row - 1] if v is not None and str(v).strip()]
    if not below or len(everything) != 1 or not isinstance(everything[0], str):
        return False
    return bool(_NOTE.match(everything[0])) or everything[0].rstrip().endswith(".")


def _scoped(totals: list[TotalRow]) -> tuple[TotalRow, ...]:
    """The totals, where a plain "Total" before another covers only the rows since the one before it."""
    scoped: list[TotalRow] = []
    for i, total in enumerate(totals):
        earlier = {row for t in totals[:i] for row in t.covers}
        partial = total.kind == "total" and i < len(totals) - 1
        covers = tuple(r for r in total.covers if r not in earlier) if partial else total.covers
        scoped.append(TotalRow(total.row, total.label, total.kind, covers))
    return tuple(scoped)


def _after_total(match: Match, row: int, total: int) -> Problem:
    return Problem(
        "row-after-total",
        match.sheet.place(row),
        "no row below the total row",
        "a row of data",
        "It is counted; move it above the total, or take it out.",
        Severity.WARNING,
        (match.sheet.place(total),),
    )


def _hidden(match: Match, data: list[int]) -> list[Problem]:
    sheet = match.sheet
    problems = []
    if sheet.hidden:
        problems.append(
            Problem(
                "hidden-sheet",
                sheet.place(),
                "a sheet that can be seen",
                "a hidden one",
                "It is read as any other; unhide or remove it.",
                Severity.WARNING,
            )
        )
    rows = [r for r in data if r in sheet.hidden_rows]
    if rows:
        named = ", ".join(map(str, rows[:10])) + (f" and {len(rows) - 10} more" if len(rows) > 10 else "")
        problems.append(
            Problem(
                "hidden-row",
                sheet.place(rows[0]),
                "rows that can be seen",
                f"hidden or filtered-out rows: {named}",
                "They are counted; unhide them, or take them out.",
                Severity.WARNING,
            )
        )
    problems += [
        Problem(
            "hidden-column",
            sheet.place(0, column),
            "columns that can be seen",
            f"a hidden column ({name.replace('_', ' ')})",
            "It is read as any other; unhide or remove it.",
            Severity.WARNING,
        )
        for name, column in match.columns.items()
        if column in sheet.hidden_columns
    ]
    return problems


def _struck(match: Match, data: list[int]) -> list[Problem]:
    struck = [
        next(
            (
                (row, c)
                for c in match.columns.values()
                if cell_at(match.sheet, row, c).note(CellNote.STRUCK) is not None
            ),
            None,
        )
        for row in data
    ]
    return [
        Problem(
            "struck-through",
            match.sheet.place(*spot),
            "a row that stands",
            "text struck through",
            "The row is counted; delete it if it is withdrawn, or remove the line through it.",
            Severity.WARNING,
        )
        for spot in struck
        if spot
    ]
