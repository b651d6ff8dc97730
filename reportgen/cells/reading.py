"""What one cell was found to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportgen.model import CellNote, Scalar, Severity

BLANK_MARKS = {"": "", "x": "not available", "z": "not applicable", "c": "suppressed"}


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
    """

    value: Any = None
    symbol: str = ""
    code: str = ""
    expected: str = ""
    remedy: str = ""
    severity: Severity = Severity.ERROR
    unit: str = ""  # the scale that the cell itself states, such as £k


def refused(code: str, expected: str, remedy: str) -> Read:
    """A reading that is an error: no value can be taken from the cell."""
    return Read(code=code, expected=expected, remedy=remedy)


def doubted(value: Any, code: str, expected: str, remedy: str, symbol: str = "", unit: str = "") -> Read:
    """A reading that stands, with a warning."""
    return Read(value, symbol, code, expected, remedy, Severity.WARNING, unit)
