"""Columns that a program altered on the way: dropped zeros, day and month swapped, other calendars."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from reportgen.cells.dates import day_and_month
from reportgen.cells.formats import shown
from reportgen.cells.kinds import Code, Date, Period
from reportgen.check.match import Match
from reportgen.check.sheet import Sheet
from reportgen.model import Problem, Scalar, Severity
from reportgen.table import Column, Table

_APART = dt.timedelta(days=1400)  # dates counted from 1904 instead of 1900 are 1,462 days early
_ZEROS = (
    "The sheet has probably made a number of it and dropped its zeros: format the column as text and type it again."
)


def altered_columns(table: Table, match: Match) -> list[Problem]:
    """The problems of columns whose values, taken together, a program has probably altered."""
    problems = []
    for name, column in table.columns.items():
        if isinstance(column.kind, Code):
            problems += [*_leading_zeros(table, name, match), *_trailing_zeros(table, name, match)]
        if isinstance(column.kind, Date):
            problems += [*_swapped(table, name, match), *_apart(table, name)]
        if isinstance(column.kind, (Date, Period)) and not getattr(column.kind, "months", False):
            problems += _unformatted(table, name, match)
    return problems


def _raw(column: Column, sheet: Sheet) -> list[Scalar]:
    return [sheet.value(int(row), column.letter_at(at)) for at, row in enumerate(column.rows)]


def _leading_zeros(table: Table, name: str, match: Match) -> list[Problem]:
    """Codes of digits that are shorter than the others, which begin with a zero or are all text of one length."""
    column = table.columns[name]
    raw = _raw(column, match.sheet)
    shown_as = [shown(match.sheet.cell(int(row), column.letter)) for row in column.rows]
    texts = [text for text, value in zip(shown_as, raw, strict=True) if isinstance(value, str) and text.isdigit()]
    padded = {len(text) for text in texts if text.startswith("0") and len(text) > 1}
    lengths = {len(text) for text in texts}
    wanted = max(padded) if padded else lengths.pop() if len(lengths) == 1 else 0
    found: dict[int, str] = {}
    for row, (text, value) in enumerate(zip(shown_as, raw, strict=True)):
        is_number = isinstance(value, (int, float))
        if text.isdigit() and len(text) < wanted and (is_number or padded):
            found.setdefault(int(column.rows[row]), text)
    expected = f"a reference of {wanted} digits as in other rows"
    return [_lost(match, at, column.letter, expected, text) for at, text in found.items()]


def _trailing_zeros(table: Table, name: str, match: Match) -> list[Problem]:
    """Numbers such as 2.1 straight after 2.9: 2.10 before the sheet made a number of it."""
    column = table.columns[name]
    cells = [match.sheet.cell(int(row), column.letter) for row in column.rows]
    codes = [re.fullmatch(r"([0-9]+)\.([0-9]+)", shown(cell)) for cell in cells]
    problems = []
    for row in range(1, len(codes)):
        before, this = codes[row - 1], codes[row] if isinstance(cells[row].value, float) else None
        if before and this and before[1] == this[1] and int(before[2]) + 1 == int(this[2]) * 10:
            expected = f"the reference after {before[0]}"
            problems.append(_lost(match, int(column.rows[row]), column.letter, expected, this[0]))
    return problems


def _lost(match: Match, row: int, column: int, expected: str, text: str) -> Problem:
    private = match.private
    expected = "a reference as long as in other rows" if private else expected
    found = "a shorter one" if private else f'"{text}"'
    return Problem("lost-zeros", match.sheet.place(row, column), expected, found, _ZEROS)


def _swapped(table: Table, name: str, match: Match) -> list[Problem]:
    """Dates that a program took for American ones, beside those that it left as text because it couldn't."""
    column = table.columns[name]
    raw = _raw(column, match.sheet)
    real = [row for row, value in enumerate(raw) if isinstance(value, dt.date)]
    pairs = {row: pair for row, value in enumerate(raw) if (pair := day_and_month(value))}
    clear = [row for row, pair in pairs.items() if max(pair) > 12]
    american = [row for row in clear if pairs[row][1] > 12]
    unclear = [row for row, pair in pairs.items() if max(pair) <= 12 and pair[0] != pair[1]]
    remedy = "A program has probably taken day and month the wrong way round: check each of them."
    problems = []
    if clear and real and all(_day(raw[row]) <= 12 for row in real):
        expected = "all dates of the column as real dates, or all as text"
        found = f"{_of(real, 'real date')} with days up to 12 beside {_of(clear, 'text')} with days over 12"
        problems.append(_suspect(table, name, real, clear, expected, found, remedy))
    if american and unclear:
        expected = "the day before the month in all dates of the column"
        found = f"{_of(unclear, 'date')} that could be read either way beside {len(american)} with the month first"
        problems.append(_suspect(table, name, unclear, american, expected, found, remedy))
    return problems


def _of(rows: Sequence[int], noun: str) -> str:
    return f"{len(rows)} {noun}{'' if len(rows) == 1 else 's'}"


def _day(value: Scalar) -> int:
    return value.day if isinstance(value, dt.date) else 0


def _suspect(
    table: Table, name: str, rows: Sequence[int], beside: Sequence[int], expected: str, found: str, remedy: str
) -> Problem:
    also = tuple(table.place(name, row) for row in (*rows[1:6], beside[0]))
    return Problem("swapped-dates", table.place(name, rows[0]), expected, found, remedy, also=also)


def _apart(table: Table, name: str) -> list[Problem]:
    """A warning for the smaller of two groups of dates that lie years apart."""
    dated = sorted((value, row) for row, value in enumerate(table.frame[name]) if isinstance(value, dt.date))
    gaps = [at for at in range(1, len(dated)) if dated[at][0] - dated[at - 1][0] > _APART]
    if len(dated) < 4 or not gaps:
        return []
    early, late = dated[: gaps[-1]], dated[gaps[-1] :]
    few, many = (early, late) if len(early) < len(late) else (late, early)
    rows = sorted(row for _, row in few)
    return [
        Problem(
            "dates-apart",
            table.place(name, rows[0]),
            "the dates of the column within a few years of each other",
            f"{_of(rows, 'date')} years {'before' if few is early else 'after'} the other {len(many)}",
            "Dates counted from 1904 are four years early; Sept-16 typed for a month becomes the 16th of this year's.",
            Severity.WARNING,
            tuple(table.place(name, row) for row in rows[1:6]),
        )
    ]


def _unformatted(table: Table, name: str, match: Match) -> list[Problem]:
    """A warning where a file hides whether a date shows its day: a month is then read as its first day."""
    column = table.columns[name]
    raw = _raw(column, match.sheet)
    rows = [row for row, value in enumerate(raw) if isinstance(value, dt.date)]
    if match.sheet.formats_seen or not rows:
        return []
    counted = Counter(_day(raw[row]) == 1 for row in rows)
    firsts = f", {counted[True]} of them the first of a month" if counted[True] else ""
    return [
        Problem(
            "unseen-format",
            table.place(name, rows[0]),
            "dates in a file that tells whether they show a day",
            f"{_of(rows, 'date')}{firsts}, in one that doesn't",
            'A month typed as "Sept-16" is read as a day: check the dates, or save the file as an .xlsx workbook.',
            Severity.WARNING,
            tuple(table.place(name, row) for row in rows[1:6]),
        )
    ]
