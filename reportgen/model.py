"""The frozen values that pass between stages. This module imports nothing of the project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


def column_letter(number: int) -> str:
    """The letter of spreadsheet column `number`, counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a file of the workspace and, where known, sheet and cell, or line."""

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    line: int = 0

    @property
    def cell(self) -> str:
        """The cell's address, such as D17; empty where the place is no cell."""
        return f"{column_letter(self.column)}{self.row}" if self.row and self.column else ""

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f'sheet "{self.sheet}"')
        if self.cell:
            parts.append(f"cell {self.cell}")
        elif self.row:
            parts.append(f"row {self.row}")
        elif self.column:
            parts.append(f"column {column_letter(self.column)}")
        if self.line:
            parts.append(f"line {self.line}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Text:
    """A text of Markdown: the file of the workspace that it stands in, and the line that it begins on.

    `first_line` is 0 where the lines of the text are not those of the file.
    """

    file: str
    text: str
    first_line: int = 1


class Severity(StrEnum):
    """How grave a problem is: an error stops the build, a warning is printed and recorded, a note is recorded."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Acceptance:
    """Who accepts that a warning stands, and why."""

    who: str
    why: str


@dataclass(frozen=True)
class Problem:
    """Something wrong with an input, as a value, with its place and what to do about it.

    A warning that somebody accepts stays a warning; it no longer keeps a paper from being final. `cells` are all those
    that a repair or a doubt of many rows touched, as ranges: they are recorded, not printed.
    """

    code: str
    place: Place
    expected: str
    found: str
    remedy: str = ""
    severity: Severity = Severity.ERROR
    also: tuple[Place, ...] = ()
    accepted: Acceptance | None = None
    cells: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is a warning that nobody accepts."""
        return self.severity is Severity.WARNING and self.accepted is None

    @property
    def message(self) -> str:
        """The problem in words, as it is printed."""
        first = f"{self.place}: expected {self.expected}, found {self.found}."
        lines = [*([self.remedy] if self.remedy else []), *self._see_also()]
        if self.accepted:
            lines.append(f"Accepted by {self.accepted.who}: {self.accepted.why}")
        return "\n  ".join([first, *lines]) + f"  [{self.code}]"

    def _see_also(self) -> list[str]:
        """The other places in words: cells of the same sheet together, others one by one."""
        same = [p.cell for p in self.also if p.cell and (p.file, p.sheet) == (self.place.file, self.place.sheet)]
        others = [str(p) for p in self.also if not p.cell or (p.file, p.sheet) != (self.place.file, self.place.sheet)]
        cells = [f"See also cell{'s' if len(same) > 1 else ''} {', '.join(same)}."] if same else []
        return cells + [f"See also {place}." for place in others]


Scalar = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


class CellNote(StrEnum):
    """What a cell's value alone doesn't tell."""

    ERROR = "error"  # a formula error such as #REF!: the text of the note is the error
    UNCALCULATED = "uncalculated"  # a formula that was never calculated: the text is empty
    COMMENT = "comment"  # a comment hangs on the cell: its text is not kept, it may name a child
    STRUCK = "struck"  # the cell's text is struck through
    FILLED = "filled"  # a blank cell with a background colour: the text is its RGB, such as FFC000


@dataclass(frozen=True)
class RawSheet:
    """One sheet as read: values by row and column from A1, and what openpyxl tells beyond them.

    `rows[0][0]` is cell A1; rows may be of different lengths. All other addresses are counted from 1.
    """

    file: str
    name: str
    rows: Sequence[Sequence[Scalar]]
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: Mapping[tuple[int, int], tuple[tuple[CellNote, str], ...]] = field(default_factory=dict)
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)  # number formats other than General

    def value(self, row: int, column: int) -> Scalar:
        """The cell's value; None where it is blank or outside the sheet."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def place(self, row: int = 0, column: int = 0) -> Place:
        """The place of a cell, row or column of this sheet."""
        return Place(self.file, self.name, row, column)


@dataclass(frozen=True, eq=False)
class RawColumn:
    """One column of a return: its number, the different texts in it, and for each row the number of its text.

    `codes` are 32-bit integers in the machine's order; addresses are implied, because the rows follow one another.
    """

    number: int
    words: tuple[str, ...]
    codes: bytes


@dataclass(frozen=True, eq=False)
class RawReturn:
    """One table of an SSDA903 return as read, by column: `sort` is episodes, header or uasc."""

    file: str
    sheet: str
    sort: str
    heading_row: int
    length: int
    columns: Mapping[str, RawColumn]
    doubled: tuple[str, ...] = ()  # headings that stand twice


@dataclass(frozen=True)
class RawFile:
    """One input file as read: its name in the workspace, the hash of the bytes that were read, its sheets.

    Tables of SSDA903 returns, which may have very many rows, aren't among its sheets.
    """

    file: str
    sha256: str
    size: int
    sheets: tuple[RawSheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    returns: tuple[RawReturn, ...] = ()


@dataclass(frozen=True)
class Compared:
    """Whose published numbers a paper compares, by their codes, and the last year of them that it may show.

    `listed_in` is the file that lists the neighbours. An authority that the file doesn't have is without a code.
    """

    authority: str
    region: str
    neighbours: tuple[str, ...]
    last_year: str
    listed_in: str


@dataclass(frozen=True)
class WhatIf:
    """A scenario of a projection: children more a month; entries times a number; months that stays are longer by;
    points by which the in-house share of new foster placements rises; exits by each route times a number.
    """

    name: str
    entries_a_month: float = 0.0
    entries_times: float = 1.0
    stay_months: float = 0.0
    in_house_points: float = 0.0
    exits_times: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Projecting:
    """What a paper asks of a projection: how many months, in how many runs from which seed, and what was promised.

    `target` is a number of children and the day by which they are to be no more, or no fewer, than that. Rates are of
    so many months up to the day of the data; those that rest on fewer than `fewest` events are pooled.
    """

    months: int
    runs: int
    seed: int
    target: tuple[int, dt.date] | None = None
    reference_months: int = 24
    fewest: int = 10
    scenarios: tuple[WhatIf, ...] = ()


@dataclass(frozen=True)
class Clearance:
    """Who cleared a paper for a role, in which post and when, and the fingerprint of the figures and words cleared."""

    role: str
    name: str
    post: str
    date: dt.date
    fingerprint: str

    @property
    def person(self) -> str:
        """The name with the post."""
        return f"{self.name}, {self.post}" if self.post else self.name


@dataclass(frozen=True)
class RoleState:
    """How far a role is with clearing a paper: its clearance, if any, and whether that still holds."""

    role: str
    clearance: Clearance | None = None
    holds: bool = False

    @property
    def is_void(self) -> bool:
        """Whether what was cleared has changed since."""
        return self.clearance is not None and not self.holds


@dataclass(frozen=True)
class Issue:
    """How a paper is issued: as a draft, version 0, or as a final version; `reason` is why it replaces the last.

    `large_print` is whether a PDF in large print goes with it.
    """

    version: int = 0
    reason: str = ""
    large_print: bool = False

    @property
    def status(self) -> str:
        """Draft or final."""
        return "final" if self.version else "draft"

    @property
    def in_words(self) -> str:
        """How a document's metadata declare it."""
        return f"Final, version {self.version}" if self.version else "Draft"

    @property
    def folder(self) -> str:
        """The name of the folder that its bundle stands in."""
        return f"final-v{self.version}" if self.version else "draft"


DRAFT = Issue()
LARGE_PRINT = "-large-print.pdf"  # how the name of a paper's PDF in large print ends


class Unit(StrEnum):
    """What a figure's value is measured in."""

    COUNT = "count"
    MONEY = "GBP"  # integer pence
    MONEY_PER_WEEK = "GBP/week"  # pence a week
    PERCENT = "percent"  # a ratio: 0.25 is 25%
    POINTS = "percentage points"  # a difference of ratios: 0.01 is one point
    PER_10000 = "per 10,000"
    WEEKS = "weeks"
    DATE = "date"
    MONTH = "month"  # a date that stands for its month
    TEXT = "text"
    RATING = "rating"
    LEVEL = "level"  # of risk: a word


Value = int | Fraction | dt.date | str
Number = int | Fraction


@dataclass(frozen=True)
class Children:
    """What the columns of a dataset tell of children, so that an edition can protect small numbers of them.

    `counts` are columns whose numbers count children, each for itself. `rests` says of amounts, weeks, averages and the
    like which column counts the children that they rest on; with "" the sheet doesn't say how many these are. `weeks`
    is a column of weeks of care within one year, which tell how many there are at least. `others` are numbers that tell
    of no child, such as plans. `sums` are columns that are the sum of others in each row.
    """

    counts: tuple[str, ...] = ()
    rests: Mapping[str, str] = field(default_factory=dict)
    weeks: str = ""
    others: tuple[str, ...] = ()
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
