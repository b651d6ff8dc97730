"""What reading one file gives: sheets and faults, without the name of the file."""

from __future__ import annotations

import datetime as dt
import re
from array import array
from dataclasses import dataclass, field

Scalar = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
Rows = list[list[Scalar]]
Address = tuple[int, int]

# Later stages mark places in text with private-use characters, so none may come in; control characters would
# be refused by HTML and PDF. Tab, line feed and carriage return stay.
_HIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")


@dataclass(frozen=True)
class Fault:
    """Something wrong in the file: a problem that doesn't yet know which file."""

    code: str
    expected: str
    found: str
    remedy: str = ""
    severity: str = "error"
    sheet: str = ""
    line: int = 0


class RefusedError(Exception):
    """Reading the file stops here, for the fault that it carries."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass
class Sheet:
    """One sheet: `rows[0][0]` is A1, all other addresses are counted from 1."""

    name: str
    rows: Rows = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    notes: list[tuple[int, int, str, str]] = field(default_factory=list)  # row, column, kind, text
    formats: list[tuple[int, int, str]] = field(default_factory=list)

    def value(self, row: int, column: int) -> Scalar:
        """The cell's value; None where it is blank or outside the sheet."""
        if row <= len(self.rows) and column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    @property
    def filled(self) -> bool:
        """Whether any cell holds something, be it an error or a formula that was never calculated."""
        return bool(self.rows) or any(kind in ("error", "uncalculated") for _, _, kind, _ in self.notes)


@dataclass
class ReturnColumn:
    """One column of a return: its heading, its number, the different texts in it, and the number of each row's."""

    heading: str
    number: int
    words: list[str]
    codes: array[int]


@dataclass
class Return:
    """A table of an SSDA903 return in columns; `doubled` are headings that stand twice."""

    name: str
    sort: str
    heading_row: int
    length: int
    columns: list[ReturnColumn] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


@dataclass
class Document:
    """All sheets of one file and what is wrong with it; tables of SSDA903 returns are no sheets."""

    sheets: list[Sheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)


def clean(text: str) -> str:
    """The text without private-use and control characters; tabs and line ends stay."""
    return _HIDDEN_CHARACTERS.sub("", text)


def trimmed(rows: Rows) -> Rows:
    """The rows without blank rows at the bottom and blank columns at the right, all of one length."""
    width = 0
    height = 0
    for number, row in enumerate(rows, 1):
        last = next((column for column in range(len(row), 0, -1) if row[column - 1] is not None), 0)
        if last:
            height, width = number, max(width, last)
    return [row[:width] + [None] * (width - len(row)) for row in rows[:height]]


def column_letters(number: int) -> str:
    """The letters of column `number`, counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of the column with these letters, counted from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
