"""SSDA903 returns: tables of a row an episode or a child, kept in columns, because they may be very long.

Of each column that is known here come back the different texts in it and, for each row, the number of its text; other
columns, among them names of schools and postcodes, don't leave the child process at all.
"""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from .archive import check_extent
from .document import Document, Fault, Return, ReturnColumn, Scalar, clean, column_letters
from .limits import Limits

Columns = Sequence[Sequence[Scalar]]  # of a block of rows
# The columns of each sort of table, those that tell it from others first.
EPISODES = (
    "CHILD", "DECOM", "RNE", "DEC", "REC", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "PL_LOCATION", "PRIOR_STATUS",
)  # fmt: skip
HEADER = ("CHILD", "DOB", "ETHNIC", "SEX")
UASC = ("CHILD", "DUC")
_UNUSED = {"ETHNIC"}  # it tells a header from other lists of children, and nothing is made of it
_BLOCK = 500  # rows whose cells are held at once: few enough to stay in the processor's cache
SEARCHED = 10  # rows of a table among which its headings are looked for


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


class _Numbers(dict[Scalar, int]):
    """The number of each different text, from 0 in the order in which they first come."""

    def __missing__(self, text: Scalar) -> int:
        self[text] = number = len(self)
        return number


def in_columns(
    name: str, heads: Sequence[Scalar], blocks: Iterable[Columns], heading_row: int, limits: Limits
) -> Return:
    """The return of those headings, its rows given as blocks of columns; RefusedError where it is beyond the limits."""
    named = list(map(_name, heads))
    sort = sort_of(heads)
    known = {"episodes": EPISODES, "header": HEADER, "uasc": UASC}[sort]
    wanted = {head: named.index(head) for head in known if head in named and head not in _UNUSED}
    texts = {head: _Numbers() for head in wanted}
    codes = {head: array("i") for head in wanted}
    length = 0
    for columns in blocks:
        rows = max(map(len, columns), default=0)
        length += rows
        check_extent(name, heading_row + length, len(named), limits, limits.return_cells)
        for head, at in wanted.items():
            column = columns[at] if at < len(columns) else (None,) * rows
            codes[head].extend(map(texts[head].__getitem__, column))
    doubled = sorted({head for head in wanted if named.count(head) > 1})
    made = [ReturnColumn(h, wanted[h] + 1, [_text(text) for text in texts[h]], codes[h]) for h in wanted]
    return Return(name, sort, heading_row, length, made, doubled)


def of_records(records: Iterable[Sequence[Scalar]]) -> Iterator[Columns]:
    """Rows of any lengths as blocks of columns."""
    rows = iter(records)
    while block := list(islice(rows, _BLOCK)):
        yield list(zip_longest(*block)) or [(None,) * len(block)]


def of_lines(text: str, delimiter: str) -> Iterator[Columns] | None:
    """The lines below the first as blocks of columns, several times as fast as the csv module reads them.

    None where there are quotation marks, lone carriage returns, or lines of other lengths than the first: those take
    the module.
    """
    text = text.replace("\r\n", "\n").rstrip("\n")
    lines = text.split("\n")
    width = lines[0].count(delimiter)
    if '"' in text or "\r" in text or {line.count(delimiter) for line in lines} != {width}:
        return None
    blocks = (lines[at : at + _BLOCK] for at in range(1, len(lines), _BLOCK))
    cells = (delimiter.join(block).split(delimiter) for block in blocks)
    return ([flat[at :: width + 1] for at in range(width + 1)] for flat in cells)


def _text(value: Scalar) -> str:
    """A cell as text: a date as 2017-04-01, a whole number without a decimal point, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    text = str(value).strip()
    return text if text.isascii() and text.isprintable() else clean(text)


def take_returns(document: Document, limits: Limits) -> None:
    """Nothing: sheets of a workbook that are tables of returns become these; a fault for formulas without a value."""
    others = []
    for sheet in document.sheets:
        at = next((at for at, row in enumerate(sheet.rows[:SEARCHED]) if sort_of(row)), None)
        if at is None:
            others.append(sheet)
            continue
        rows = of_records(sheet.rows[at + 1 :])
        document.returns.append(in_columns(sheet.name, sheet.rows[at], rows, at + 1, limits))
        broken = [(row, column) for row, column, kind, _ in sheet.notes if kind in ("error", "uncalculated")]
        if broken:
            row, column = min(broken)
            found = f"{len(broken):,} formulas without a value, the first in cell {column_letters(column)}{row}"
            remedy = "A blank would mean something else: paste the table as values."
            fault = Fault("formula-error", "values in the table of a return", found, remedy, sheet=sheet.name)
            document.faults.append(fault)
    document.sheets = others
