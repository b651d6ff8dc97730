"""SSDA903 returns: tables of a row an episode or a child, kept in columns, because they may be very long.

Of each column that is known here come back the different texts in it and, for each row, the number of its text; other
columns, among them names of schools and postcodes, don't leave the child process at all.
"""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections.abc import Iterable, Sequence
from itertools import chain, islice, zip_longest

from .archive import check_extent
from .document import Return, ReturnColumn, Scalar, Sheet, clean
from .limits import Limits

# The columns of each sort of table, those that tell it from others first.
EPISODES = (
    "CHILD", "DECOM", "RNE", "DEC", "REC", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "PL_LOCATION", "PRIOR_STATUS",
)  # fmt: skip
HEADER = ("CHILD", "DOB", "ETHNIC", "SEX")
UASC = ("CHILD", "DUC")
_UNUSED = {"ETHNIC"}  # it tells a header from other lists of children, and nothing is made of it
_CHUNK = 20_000  # rows whose cells are held at once
_SEARCHED = 10  # rows of a sheet among which its headings are looked for


def sort_of(cells: Iterable[Scalar]) -> str:
    """What a row of headings begins: episodes, header or uasc; empty where it is no return's."""
    names = {_name(cell) for cell in cells}
    if {"CHILD", "DECOM"} <= names and names & {"RNE", "REC"}:
        return "episodes"
    if {"CHILD", "DUC"} <= names:
        return "uasc"
    return "header" if {"CHILD", "DOB", "ETHNIC"} <= names else ""


def _name(cell: Scalar) -> str:
    return re.sub(r"\W+", "_", cell.strip()).upper() if isinstance(cell, str) else ""


def in_columns(name: str, records: Iterable[Sequence[Scalar]], heading_row: int, limits: Limits) -> Return:
    """The return whose headings are the first of the records; RefusedError where it is beyond the limits."""
    rows = iter(records)
    heads = list(map(_name, next(rows)))
    sort = sort_of(heads)
    known = {"episodes": EPISODES, "header": HEADER, "uasc": UASC}[sort]
    wanted = {head: heads.index(head) for head in known if head in heads and head not in _UNUSED}
    texts: dict[str, dict[Scalar, int]] = {head: {} for head in wanted}
    codes = {head: array("i") for head in wanted}
    length = 0
    while chunk := list(islice(rows, _CHUNK)):
        length += len(chunk)
        check_extent(name, heading_row + length, len(heads), limits, limits.return_cells)
        columns = list(zip_longest(*chunk))
        for head, at in wanted.items():
            column = columns[at] if at < len(columns) else (None,) * len(chunk)
            numbers = texts[head]
            for text in dict.fromkeys(column):
                numbers.setdefault(text, len(numbers))
            codes[head].extend(map(numbers.__getitem__, column))
    doubled = sorted({head for head in wanted if heads.count(head) > 1})
    made = [ReturnColumn(h, wanted[h] + 1, [_text(text) for text in texts[h]], codes[h]) for h in wanted]
    return Return(name, sort, heading_row, length, made, doubled)


def _text(value: Scalar) -> str:
    """A cell as text: a date as 2017-04-01, a whole number without a decimal point, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return clean(str(value)).strip()


def take_returns(sheets: list[Sheet], limits: Limits) -> tuple[list[Sheet], list[Return]]:
    """The sheets of a workbook that are none of a return, and those that are, in columns."""
    others, found = [], []
    for sheet in sheets:
        at = next((at for at, row in enumerate(sheet.rows[:_SEARCHED]) if sort_of(row)), None)
        if at is None:
            others.append(sheet)
        else:
            found.append(in_columns(sheet.name, sheet.rows[at:], at + 1, limits))
    return others, found


def of_records(first: Sequence[str], rest: Iterable[Sequence[str]], limits: Limits) -> Return:
    """The return that a CSV file is, by its first record and the others."""
    return in_columns("", chain([first], rest), 1, limits)
