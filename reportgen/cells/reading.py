"""What one cell holds, and what it was found to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportgen.model import CellNote, Scalar, Severity

SYMBOLS = {"x": "not available", "z": "not applicable", "c": "suppressed"}


@dataclass(frozen=True)
class Cell:
    """A raw cell with its number format and notes; what a kind of column reads."""

    value: Scalar
    format: str = ""
    notes: tuple[tuple[CellNote, str], ...] = ()

    def note(self, kind: CellNote) -> str | None:
        """The note's text where the cell has a note of that kind, else None."""
        return next((text for note, text in self.notes if note is kind), None)


@dataclass(frozen=True)
class Read:
    """A cell's reading: a value, or none with a symbol that says why, and perhaps a problem.

    `symbol` is `x` (not available), `z` (not applicable) or `c` (suppressed at source); a blank cell has none.
    `remedy` says nothing of the cell's content, which may be a child's; `reading` does, where a doubt stands.
    """

    value: Any = None
    symbol: str = ""
    code: str = ""
    expected: str = ""
    remedy: str = ""
    severity: Severity = Severity.ERROR
    unit: str = ""  # what the cell itself states: £, %, k, m or bn
    reading: str = ""  # how a doubtful cell is read, in words


def refused(code: str, expected: str, remedy: str) -> Read:
    """A reading that is an error: no value can be taken from the cell."""
    return Read(code=code, expected=expected, remedy=remedy)


def doubted(value: Any, code: str, expected: str, remedy: str, reading: str) -> Read:
    """A reading that stands, with a warning."""
    return Read(value, "", code, expected, remedy, Severity.WARNING, reading=reading)


def lacking(symbol: str, code: str, expected: str) -> Read:
    """A reading of words that say that there is no value, with a warning."""
    remedy = f"It is read as [{symbol}] {SYMBOLS[symbol]}, not as zero."
    return Read(None, symbol, code, expected, remedy, Severity.WARNING)
