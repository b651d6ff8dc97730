"""Kinds of columns that hold words: text, references and fixed categories."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from reportgen.cells.formats import shown
from reportgen.cells.kinds.base import Context, Exact, Row
from reportgen.cells.reading import Cell, Read, refused
from reportgen.cells.words import nearest, plain
from reportgen.model import Unit


@dataclass(frozen=True)
class Text(Exact):
    """Words, kept as they stand but for white space; `nothing` are words that say that there is nothing to say."""

    expected: str = "text"
    nothing: tuple[str, ...] = ()
    unit: Unit = Unit.TEXT
    needs: ClassVar[tuple[str, ...]] = ()

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The cell's words."""
        text = shown(cell)
        return Read() if plain(text).rstrip(".") in self.nothing else Read(text)


@dataclass(frozen=True)
class Code(Exact):
    """A reference such as 2.10; `pattern`'s first group is the code where the cell holds more."""

    expected: str = "a reference"
    pattern: str = r"(.+)"
    unit: Unit = Unit.TEXT
    needs: ClassVar[tuple[str, ...]] = ()

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The code as the sheet shows it."""
        if isinstance(cell.value, (dt.date, dt.time)):
            remedy = "The sheet has turned the reference into a date: format it as text."
            return refused("date-in-code", self.expected, remedy)
        match = re.fullmatch(self.pattern, shown(cell), re.IGNORECASE)
        if not match or not match[1].strip():
            return refused("not-a-code", self.expected, "Type the reference as in the other rows.")
        return Read(match[1].strip())


@dataclass(frozen=True)
class Category(Exact):
    """One of a fixed set of words, each with the aliases that mean it; `expected` names it, such as "a status"."""

    expected: str
    accepted: Mapping[str, tuple[str, ...]]
    code: str
    unit: Unit = Unit.TEXT
    needs: ClassVar[tuple[str, ...]] = ()

    @functools.cached_property
    def meanings(self) -> dict[str, str]:
        """The accepted word by each word that means it, all made plain."""
        aliases = {plain(alias): value for value, names in self.accepted.items() for alias in names}
        return aliases | {plain(value): value for value in self.accepted}

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The accepted word that the cell means."""
        word = plain(shown(cell)).rstrip(".")
        if (value := self.meanings.get(word)) is not None:
            return Read(value)
        guess = self.near(word)
        meant = f'Did you mean "{guess}"? ' if guess else ""
        words = ", ".join(self.accepted)
        return refused(self.code, self.expected, f"{meant}The accepted words are: {words} (docs/datasets.md).")

    def near(self, word: str) -> str:
        """The accepted word or alias that a word is probably meant to be, as docs/datasets.md has it."""
        return nearest(word, [*self.accepted, *(alias for names in self.accepted.values() for alias in names)])


@dataclass(frozen=True)
class Line(Exact):
    """Words kept as they stand, of a category by those that they begin with; `expected` names it, such as "a line".

    `starts` are the words that begin a line of each category; the longest that fit decide. Of each `needed` category
    a table must have a line.
    """

    expected: str
    starts: Mapping[str, tuple[str, ...]]
    code: str
    needed: tuple[str, ...] = ()
    unit: Unit = Unit.TEXT
    needs: ClassVar[tuple[str, ...]] = ()

    def category(self, text: str) -> str:
        """The category of a line; empty where it is of none."""
        fit = [
            (len(start), category)
            for category, starts in self.starts.items()
            for start in starts
            if re.match(rf"{re.escape(start)}s?\b", plain(text))
        ]
        return max(fit)[1] if fit else ""

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The line's words."""
        text = shown(cell)
        if self.category(text):
            return Read(text)
        words = ", ".join(start for starts in self.starts.values() for start in starts)
        return refused(self.code, self.expected, f"It begins with one of: {words}.")
