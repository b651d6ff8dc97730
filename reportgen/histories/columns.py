"""Cells of returns as numbers: children, days and codes, with what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from reportgen.cells.dates import MonthEnd, parse_date
from reportgen.datasets.returns import CODED, Coded, Valid
from reportgen.histories.faults import Rule, told
from reportgen.histories.model import CODES, UNKNOWN, Flags, Ints, Source, year_words
from reportgen.model import Problem, RawReturn, Severity

NOTHING = ("", "NULL", "NONE", "NA", "N/A")
Found = Sequence[tuple[Source, RawReturn]]  # the tables of the returns, each with its cells
Readers = dict[str, tuple[str, Callable[[str], int]]]  # of each value its heading and what reads its texts
_UNREAD = -2  # a day that can't be told, where UNKNOWN is one that isn't stated


@dataclass(eq=False)
class Reading:
    """What is known while the tables are read: children by their numbers in the returns, days by their text."""

    children: dict[str, int] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)

    def child(self, word: str) -> int:
        """The child's number from 0 in this run; UNKNOWN for a blank."""
        return UNKNOWN if word.upper() in NOTHING else self.children.setdefault(word, len(self.children))

    def day(self, word: str) -> int:
        """The number of a day; UNKNOWN for a blank, _UNREAD for what is no day."""
        if (known := self.days.get(word)) is not None:
            return known
        day = parse_date(word)
        plain = isinstance(day, dt.date) and not isinstance(day, MonthEnd)
        self.days[word] = day.toordinal() if day and plain else UNKNOWN if word.upper() in NOTHING else _UNREAD
        return self.days[word]


@dataclass(frozen=True, eq=False)
class Stack:
    """The rows of one sort of table from all years, one after the other: `values` by column, and where each stands."""

    values: Mapping[str, Ints]
    source: Ints
    row: Ints

    def only(self, rows: Ints | Flags) -> Stack:
        """Some of the rows."""
        return Stack({name: each[rows] for name, each in self.values.items()}, self.source[rows], self.row[rows])


def mapped(raw: RawReturn, heading: str, read: Callable[[str], int]) -> Ints:
    """A column's values as numbers, each different text read once; UNKNOWN where the table lacks the column."""
    column = raw.columns.get(heading)
    if column is None:
        return np.full(raw.length, UNKNOWN, dtype=np.int64)
    of_words = np.array([read(word) for word in column.words], dtype=np.int64)
    codes = np.frombuffer(column.codes, dtype=np.int32)
    return of_words[codes] if len(codes) else np.zeros(0, dtype=np.int64)


def stacked(
    found: Found, sort: str, columns: Mapping[str, tuple[str, Callable[[str], int]]]
) -> Stack:
    """The rows of all tables of a sort; `columns` says of each value under which heading it is and how it is read."""
    every = [(number, raw) for number, (source, raw) in enumerate(found) if source.sort == sort]
    values = {
        name: _joined([mapped(raw, heading, read) for _, raw in every]) for name, (heading, read) in columns.items()
    }
    source = _joined([np.full(raw.length, number, dtype=np.int64) for number, raw in every])
    row = _joined([np.arange(raw.length, dtype=np.int64) + raw.heading_row + 1 for _, raw in every])
    return Stack(values, source, row)


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def reader_of(name: str) -> Callable[[str], int]:
    """What reads the codes of a column: the code's number in CODES, UNKNOWN for a blank, _UNREAD for another word.

    The words of a category stand for the first of its codes.
    """
    numbers = {code.lower(): number for number, code in enumerate(CODES[name])}
    known = numbers | {words.lower(): numbers[codes[0].lower()] for words, codes in CODED[name].words.items()}

    def read(word: str) -> int:
        said = " ".join(word.lower().split())
        return known.get(said, UNKNOWN if word.upper() in NOTHING else _UNREAD)

    return read


def set_right(
    stack: Stack, sources: Sequence[Source], days: Mapping[str, str], needed: Mapping[str, str]
) -> tuple[Stack, list[Problem]]:
    """The rows that can be used, days that can't be told made UNKNOWN, with a problem for each kind of these.

    `days` are the values that are days and `needed` those without which a row is none, with their headings. Rows that
    are blank throughout are none either, and no problem.
    """
    stack = stack.only(np.logical_or.reduce([each != UNKNOWN for each in stack.values.values()]))
    problems: list[Problem] = []
    for name, heading in days.items():
        wrong = stack.values[name] == _UNREAD
        remedy = "Type it as 30/09/2016 or 2016-09-30."
        rule = Rule("not-a-date", heading, "a date", "something else", remedy, Severity.ERROR)
        problems += told(rule, sources, stack.source[wrong], stack.row[wrong])
    usable = np.ones(len(stack.row), dtype=bool)
    for name, heading in needed.items():
        blank = stack.values[name] == UNKNOWN
        what = "a date" if name in days else "a child's number"
        rule = Rule("missing-value", heading, what, "a blank", "Fill it in.", Severity.ERROR)
        problems += told(rule, sources, stack.source[blank], stack.row[blank])
        usable &= stack.values[name] >= 0
    known = {name: np.maximum(stack.values[name], UNKNOWN) for name in days}
    return Stack({**stack.values, **known}, stack.source, stack.row).only(usable), problems


def codes_unread(stack: Stack, found: Found) -> tuple[Stack, list[Problem]]:
    """The rows with unknown codes made UNKNOWN; doubts of these, of blanks, and of codes outside their years."""
    sources = [source for source, _ in found]
    values, problems = dict(stack.values), list[Problem]()
    for name, coded in CODED.items():
        category, wrong = coded.category(), values[name] == _UNREAD
        remedy = "It counts as not stated. The codes are in docs/datasets.md."
        rule = Rule(category.code, coded.heading, coded.expected, "something else", remedy, Severity.WARNING)
        problems += told(rule, sources, stack.source[wrong], stack.row[wrong])
        if coded.needed:
            blank = values[name] == UNKNOWN
            remedy = "It counts as not stated."
            rule = Rule("blank-code", coded.heading, coded.expected, "a blank", remedy, Severity.WARNING)
            problems += told(rule, sources, stack.source[blank], stack.row[blank])
        values[name] = np.where(wrong, UNKNOWN, values[name])
        for code, valid in coded.valid.items():
            problems += _out_of_years(found, coded, code, valid)
    return Stack(values, stack.source, stack.row), problems


def _out_of_years(found: Found, coded: Coded, code: str, valid: Valid) -> list[Problem]:
    """Doubts of a code in returns of years in which it wasn't to be used: the rows keep what it means."""
    source, row = [], []
    for number, (each, raw) in enumerate(found):
        if each.sort == "episodes" and coded.heading in raw.columns and not valid.first <= each.year <= valid.last:
            at = np.flatnonzero(mapped(raw, coded.heading, lambda word: word.upper() == code) == 1)
            source.append(np.full(len(at), number, dtype=np.int64))
            row.append(at + raw.heading_row + 1)
    when = f"from {year_words(valid.first)}" if valid.first else f"up to {year_words(valid.last)}"
    remedy = "It counts as what it says. Correct the code if the year is right."
    rule = Rule("code-out-of-years", coded.heading, f"{code} only {when}", code, remedy, Severity.WARNING)
    return list(told(rule, [each for each, _ in found], _joined(source), _joined(row)))
