"""Sheets that look like tables and are none that is known: a table that goes on without headings would be lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportgen.check.match import Match, SheetChoice, find_matches
from reportgen.check.sheet import Sheet
from reportgen.datasets.base import Dataset
from reportgen.model import Problem, RawSheet, Severity

FEWEST_ROWS = 2
FEWEST_CELLS = 3


def unread_sheets(
    raw: Sequence[RawSheet], used: Iterable[Match], known: Mapping[str, Dataset], choices: Mapping[str, SheetChoice]
) -> list[Problem]:
    """A warning for each sheet with rows of a table, in a workbook that was used, on which no known headings stand."""
    spots = {(match.sheet.file, match.sheet.name) for match in used}
    files = {file for file, _ in spots}
    others = [sheet for sheet in raw if sheet.file in files and (sheet.file, sheet.name) not in spots]
    return [_unread(sheet) for sheet in others if _is_table(sheet) and not _is_known(sheet, known, choices)]


def _is_table(sheet: RawSheet) -> bool:
    full = [row for row in sheet.rows if sum(value is not None for value in row) >= FEWEST_CELLS]
    return len(full) >= FEWEST_ROWS


def _is_known(sheet: RawSheet, known: Mapping[str, Dataset], choices: Mapping[str, SheetChoice]) -> bool:
    return any(not match.absent for match in find_matches(Sheet(sheet), known.values(), choices))


def _unread(sheet: RawSheet) -> Problem:
    return Problem(
        "sheet-not-read",
        sheet.place(),
        "the headings of a table",
        "rows without headings that are known",
        "The sheet isn't read: if it goes on with another sheet's table, put its rows there.",
        Severity.WARNING,
    )
