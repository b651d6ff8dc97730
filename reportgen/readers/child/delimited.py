"""CSV: its encoding and delimiter found out, its cells as text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from .archive import check_extent
from .document import Document, Fault, RefusedError, Return, Rows, Sheet, clean, trimmed
from .limits import Limits
from .returns import SEARCHED, in_columns, of_lines, of_records, sort_of

_DELIMITERS = ",;\t|"  # in the order of preference where the lines don't decide
_RECORDS = 50  # looked at to find the delimiter
_LONGEST_CELL = 131_072  # characters: four times what a cell of Excel holds

_ENCODING = "Save it again as CSV UTF-8."


def read_csv(data: bytes, limits: Limits) -> Document:
    """The one sheet of a CSV file, its cells text or None; RefusedError where they can't be told."""
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    stated = re.fullmatch(r'"?sep=(.)"?\r?', first, re.IGNORECASE)
    skipped = 1 if stated else 0  # Excel doesn't show that line, so row 1 is the next
    delimiter = stated[1] if stated else _delimiter(text)
    body = rest if stated else text
    if found := _return(body, delimiter, limits):
        return Document(returns=[found])
    return Document([Sheet("", _rows(body, delimiter, skipped, limits))])


def _return(text: str, delimiter: str, limits: Limits) -> Return | None:
    """The table of an SSDA903 return that the file is, if one of its first records is the headings of one."""
    csv.field_size_limit(_LONGEST_CELL)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for row, record in enumerate(islice(_sound(records), SEARCHED), 1):
        if sort_of(record):
            blocks = of_lines(text, delimiter) if row == 1 else None
            try:
                return in_columns("", record, blocks or of_records(records), row, limits)
            except csv.Error as error:
                raise RefusedError(_bad_record(str(error), records.line_num)) from error
    return None


def _sound(records: Iterator[list[str]]) -> Iterator[list[str]]:
    """The records up to the first that is none: whoever reads the whole file tells of it."""
    try:
        yield from records
    except csv.Error:
        return


def _decoded(data: bytes) -> str:
    """The text in the encoding that the bytes show: UTF-8 or UTF-16, marked or not, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = _unmarked_utf16(data)
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
        else:
            if "\0" not in text:
                return text.removeprefix("\ufeff")
            line = text.count("\n", 0, text.index("\0")) + 1
    found = "bytes that are none of these"
    raise RefusedError(Fault("unreadable-file", "text in UTF-8, UTF-16 or Windows-1252", found, _ENCODING, line=line))


def _unmarked_utf16(data: bytes) -> list[str]:
    """Which UTF-16 the NUL bytes show, being every other byte of Western text; "utf-8" where they are strays.

    Strays then end as a problem: as UTF-16 such a file would be read without complaint, as nonsense.
    """
    low, high = data[1::2].count(0), data[0::2].count(0)
    if max(low, high) * 4 < len(data):
        return ["utf-8"]
    return ["utf-16-le" if low > high else "utf-16-be"]


def _delimiter(text: str) -> str:
    """The delimiter that splits most of the first records into as many cells; a comma if none does."""
    best = (0, 0)
    chosen = ","
    for delimiter in _DELIMITERS:
        widths = Counter(width for width in _widths(text, delimiter) if width > 1)
        score = max(((count, width) for width, count in widths.items()), default=(0, 0))
        if score > best:
            best, chosen = score, delimiter
    return chosen


def _widths(text: str, delimiter: str) -> list[int]:
    """The number of cells in each of the first records, up to the first that can't be split so."""
    widths: list[int] = []
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in islice(records, _RECORDS):
            widths.append(len(record))
    except csv.Error:
        pass
    return widths


def _rows(text: str, delimiter: str, skipped: int, limits: Limits) -> Rows:
    csv.field_size_limit(_LONGEST_CELL)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Rows = []
    width = 0
    begin = 1  # the line on which the record begins: an unfinished quote is found out at the end of the file
    try:
        for record in records:
            row = [clean(cell) or None for cell in record]
            rows.append(list(row))
            begin = records.line_num + 1
            width = max(width, len(record))
            check_extent("", len(rows), width, limits)
    except csv.Error as error:
        raise RefusedError(_bad_record(str(error), begin + skipped)) from error
    return trimmed(rows)


def _bad_record(error: str, line: int) -> Fault:
    if "field limit" in error:
        expected, found = f"cells of at most {_LONGEST_CELL:,} characters", "a longer one"
    else:
        expected, found = "each quotation mark that opens a cell to close it", "one that doesn't"
    remedy = 'Look at the quotation marks (") of the row that begins on this line; inside a cell they are doubled.'
    return Fault("unreadable-file", expected, found, remedy, line=line)
