"""The rows of a table: data, stated totals, remarks below it; the label that each row's carried cells come from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from reportgen.cells.words import heading_words
from reportgen.check.match import LONGEST_HEADING, Match
from reportgen.model import CellNote, Problem, Scalar, Severity

_FAULTS = (CellNote.ERROR, CellNote.UNCALCULATED)
_REMARK = re.compile(r"\s*(notes?|sources?|n\.?b\.?)\s*[:.]", re.IGNORECASE)
# These begin a label just as well, so they only count below a gap or a total.
_MAY_BE_REMARK = re.compile(
    r"\s*(\*|†|‡|\d\)|\(\d\)|\[\d\]|notes?\b|sources?\b|nb\b|key:|as at\b|printed\b|prepared\b|[\s\S]*\.\s*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TotalRow:
    """A row that states a total, and the data rows (spreadsheet rows) that it covers: most likely, or else others."""

    row: int
    label: str
    kind: str
    covers: tuple[int, ...]
    others: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Rows:
    """A match's rows sorted: spreadsheet rows of data, and the rows that state totals."""

    data: tuple[int, ...]
    totals: tuple[TotalRow, ...]
    problems: tuple[Problem, ...]


class _Role(Enum):
    GAP = "gap"
    DATA = "data"
    TOTAL = "total"
    REMARK = "remark"
    MAY_BE_REMARK = "may be remark"
    BANNER = "banner"  # labels alone that are carried to the rows below
    COPY = "copy"  # the headings again


def sort_rows(match: Match) -> Rows:
    """The table's data rows and totals rows, with problems for rows that are out of their place."""
    roles = {row: _role(match, row) for row in range(match.last_row + 1, match.end + 1)}
    _settle_remarks(roles)
    data = tuple(row for row, role in roles.items() if role is _Role.DATA)
    totals, problems = _totals(match, roles, data)
    problems += [*_after_total(match, data, totals), *_after_gap(match, roles, totals), *_passed_over(match, roles)]
    return Rows(data, totals, tuple(problems))


def _role(match: Match, row: int) -> _Role:
    """What the row is, seen alone."""
    if row in match.copies:
        return _Role.COPY
    sheet, columns = match.sheet, match.columns
    filled = {c: v for c in match.numbers if (v := sheet.value(row, c)) is not None}
    content = set(filled) | set(sheet.noted(row, *_FAULTS)) & set(match.numbers)
    if not content:
        return _Role.TOTAL if total_label(match, row) else _Role.GAP
    carried = {columns[f.name] for f in match.dataset.fields if f.carried and f.name in columns}
    if total_label(match, row):
        return _Role.TOTAL
    if content <= carried:
        return _Role.BANNER
    if _repeats_headings(match, filled):
        return _Role.COPY
    texts = list(sheet.filled(row).values()) if len(content) == 1 else []
    if len(texts) == 1 and isinstance(texts[0], str):
        if _REMARK.match(texts[0]):
            return _Role.REMARK
        if _MAY_BE_REMARK.match(texts[0]):
            return _Role.MAY_BE_REMARK
    return _Role.DATA


def total_label(match: Match, row: int) -> str:
    """The label by which the row says that it states a total; empty where it doesn't.

    Where the label columns are blank, as in a row whose "Total" stands in a column that isn't read, any text counts.
    """
    sheet = match.sheet
    labels = [match.columns[name] for name in match.dataset.label if name in match.columns]
    values: Sequence[Scalar] = [v for c in labels if (v := sheet.value(row, c)) is not None]
    if labels and not values:
        values = list(sheet.filled(row).values())
    return next((v.strip() for v in values if isinstance(v, str) and len(v) < 100 and match.total_kind(v)), "")


def _repeats_headings(match: Match, filled: Mapping[int, Scalar]) -> bool:
    """Whether the row's cells are the headings of their columns once more."""
    sheet, row = match.sheet, match.last_row
    return len(filled) > 1 and all(
        isinstance(value, str)
        and len(value) <= LONGEST_HEADING
        and heading_words(value) == heading_words(str(sheet.value(row, column) or ""))
        for column, value in filled.items()
    )


def _settle_remarks(roles: dict[int, _Role]) -> None:
    """Nothing: what may be a remark is one if it stands below the table, after a gap, a total or a remark."""
    inside = max((row for row, role in roles.items() if role is _Role.DATA), default=0)
    before = _Role.GAP
    for row, role in roles.items():
        if role in (_Role.REMARK, _Role.MAY_BE_REMARK):
            apart = role is _Role.REMARK or before in (_Role.GAP, _Role.TOTAL, _Role.REMARK)
            roles[row] = _Role.REMARK if row > inside and apart else _Role.DATA
        elif role is _Role.BANNER and row > inside:
            roles[row] = _Role.REMARK
        before = roles[row]


def _totals(
    match: Match, roles: Mapping[int, _Role], data: tuple[int, ...]
) -> tuple[tuple[TotalRow, ...], list[Problem]]:
    """The totals with what each covers.

    A subtotal covers the rows since the total before it, of whatever kind; a total those since the last total that
    is no subtotal; a grand total, or one straight below other totals or above all rows, covers everything. A total
    may also be of the rows since the last subtotal, or of all rows above it.
    """
    totals: list[TotalRow] = []
    problems: list[Problem] = []
    since_any: list[int] = []
    since_total: list[int] = []
    for row, role in roles.items():
        if role is _Role.DATA:
            since_any.append(row)
            since_total.append(row)
        if role is not _Role.TOTAL:
            continue
        label = total_label(match, row)
        kind = match.total_kind(label)
        if kind == "subtotal":
            covers = tuple(since_any)
        else:
            covers = tuple(since_total) if kind == "total" and since_total else data
            since_total = []
        if covers:
            others = _others(covers, [tuple(since_any), tuple(r for r in data if r < row)] if kind == "total" else [])
            totals.append(TotalRow(row, label, "subtotal" if kind == "subtotal" else "total", covers, others))
        else:
            problems.append(_of_nothing(match, row))
        since_any = []
    return tuple(totals), problems


def _others(covers: tuple[int, ...], readings: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The readings of what a total covers that aren't the likely one, each once."""
    return tuple(dict.fromkeys(rows for rows in readings if rows and rows != covers))


def _of_nothing(match: Match, row: int) -> Problem:
    return Problem(
        "total-of-nothing",
        match.sheet.place(row),
        "a total below the rows that it covers",
        "no rows above it",
        "It isn't tested and isn't counted; put it below its rows.",
        Severity.WARNING,
    )


def _after_total(match: Match, data: Sequence[int], totals: Sequence[TotalRow]) -> list[Problem]:
    """A warning for rows below the last total that covers the rows above it."""
    plain = [t.row for t in totals if t.kind == "total" and t.covers[-1] < t.row]
    late = [row for row in data if plain and row > plain[-1]]
    if not late:
        return []
    return [
        Problem(
            "row-after-total",
            match.sheet.place(late[0]),
            "no row below the total row",
            "a row of data" if len(late) == 1 else f"{len(late)} rows of data",
            "It is counted; move it above the total, or take it out."
            if len(late) == 1
            else "They are counted; move them above the total, or take them out.",
            Severity.WARNING,
            (match.sheet.place(plain[-1]),),
        )
    ]


def _after_gap(match: Match, roles: Mapping[int, _Role], totals: Sequence[TotalRow]) -> list[Problem]:
    """A warning for rows below a gap that nothing joins to those above it: no total, no label, no like gaps."""
    if any(f.carried and f.name in match.columns for f in match.dataset.fields):
        return []  # labels that are carried down tell what belongs together
    gaps = _gaps(match, roles)
    after = {row: gap for gap in gaps for row in roles if row > gap[-1] and roles[row] is _Role.DATA}
    late = [row for row, gap in after.items() if not _is_joined(row, gap, totals)]
    if not late or (len(gaps) > 1 and all(len(gap) == 1 for gap in gaps)):
        return []
    one = len(late) == 1
    return [
        Problem(
            "rows-after-gap",
            match.sheet.place(late[0]),
            "no row of data below a blank row" if one else "no rows of data below a blank row",
            "one" if one else f"{len(late)} of them",
            f"{'It is' if one else 'They are'} counted: delete the blank row, "
            "or move what isn't part of the table to another sheet.",
            Severity.WARNING,
        )
    ]


def _gaps(match: Match, roles: Mapping[int, _Role]) -> list[tuple[int, ...]]:
    """The stretches of blank rows amid the data, but for single ones in colour: these are drawn between groups."""
    inside = [row for row, role in roles.items() if role is _Role.DATA]
    gaps: list[tuple[int, ...]] = []
    for row in range(inside[0], inside[-1]) if inside else ():
        if roles[row] is not _Role.GAP:
            continue
        joins = bool(gaps) and gaps[-1][-1] == row - 1
        gaps = [*gaps[:-1], (*gaps[-1], row)] if joins else [*gaps, (row,)]
    return [gap for gap in gaps if len(gap) > 1 or not match.sheet.noted(gap[0], CellNote.FILLED)]


def _is_joined(row: int, gap: Sequence[int], totals: Sequence[TotalRow]) -> bool:
    """Whether a total tells where the row below the gap belongs, or the row has a problem for standing below one."""
    last = max((total.row for total in totals if total.kind == "total"), default=row)
    return last < row or any(
        row in total.covers and (total.kind == "subtotal" or total.covers[0] < gap[0]) for total in totals
    )


def _passed_over(match: Match, roles: Mapping[int, _Role]) -> list[Problem]:
    """A note of each row that is neither data nor a total."""
    said = {_Role.REMARK: "a remark below the table", _Role.COPY: "its headings again"}
    return [
        Problem(
            "row-not-read",
            match.sheet.place(row),
            f"rows of {match.dataset.title}",
            said[role],
            "It isn't read.",
            Severity.NOTE,
        )
        for row, role in roles.items()
        if role in said
    ]


def origins(match: Match, column: int, rows: Rows) -> list[int]:
    """For each data row the row of the label that it carries: its own, else the one above.

    A merged label goes as far as its range and no further, and none goes past a total.
    """
    sheet, wanted = match.sheet, set(rows.data)
    passed = match.copies | {total.row for total in rows.totals}
    found: dict[int, int] = {}
    origin = reach = 0
    for row in range(match.last_row + 1, rows.data[-1] + 1 if rows.data else 0):
        if row in passed:
            reach = reach if row in match.copies else 0
        elif sheet.value(row, column) is not None or column in sheet.noted(row, *_FAULTS):
            merged = sheet.merged(row, column)
            origin, reach = row, merged.last_row if merged and merged.last_row > row else match.end
        if row in wanted:
            found[row] = origin if row <= reach else row
    return [found[row] for row in rows.data]
