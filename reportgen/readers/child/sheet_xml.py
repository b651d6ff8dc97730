"""A sheet of an xlsx as XML, streamed: how far it goes, and what calamine doesn't tell of its cells.

The sheet's own `<dimension>` isn't trusted: it may be missing, stale or a lie.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from .document import Address, column_number

_CHUNK = 1 << 18
_LONGEST_ERROR = 40  # characters: the errors are words such as #DIV/0!


@dataclass
class SheetFacts:
    """What the XML of one sheet says; rows and columns are counted from 1."""

    rows: int = 0  # the last row with a filled cell
    columns: int = 0
    cells: int = 0  # all cell elements, blank ones with a style among them
    errors: dict[Address, str] = field(default_factory=dict)
    uncalculated: list[Address] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last


class _Scan:
    """The handlers of one pass and where it stands."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.row = self.column = 0
        self.kind = ""
        self.formula = self.value = False
        self.inside: str | None = None  # the element whose text is being collected
        self.text = ""
        self.local: dict[str, str] = {}  # names of elements without their prefix
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self.start_row, "c": self.start_cell, "v": self.start_value, "f": self.start_formula,
            "is": self.start_inline, "col": self.start_column,
        }  # fmt: skip

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.local.get(name) or self.local.setdefault(name, name.rpartition(":")[2])
        handler = self.starts.get(local)
        if handler:
            handler(attributes)

    def start_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
        self.column = 0
        if _is_hidden(attributes, "ht"):
            self.facts.hidden_rows.append(self.row)

    def start_column(self, attributes: dict[str, str]) -> None:
        if _is_hidden(attributes, "width"):
            self.facts.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def start_cell(self, attributes: dict[str, str]) -> None:
        self.facts.cells += 1
        reference = attributes.get("r")
        if reference:
            letters = reference.rstrip("0123456789")
            self.row, self.column = int(reference[len(letters) :]), column_number(letters)
        else:
            self.column += 1
        self.kind = attributes.get("t", "n")
        self.formula = self.value = False
        self.text = ""

    def start_value(self, _: dict[str, str]) -> None:
        self.value, self.inside = True, "v"

    def start_inline(self, _: dict[str, str]) -> None:
        self.value = True

    def start_formula(self, _: dict[str, str]) -> None:
        self.formula = True

    def characters(self, text: str) -> None:
        if self.inside and len(self.text) < _LONGEST_ERROR:
            self.text += text

    def end(self, name: str) -> None:
        local = self.local[name]
        if local == "v":
            self.inside = None
        elif local == "c" and (self.value or self.formula):
            self.end_cell()

    def end_cell(self) -> None:
        facts, address = self.facts, (self.row, self.column)
        facts.rows, facts.columns = max(facts.rows, self.row), max(facts.columns, self.column)
        if self.kind == "e":
            facts.errors[address] = self.text[:_LONGEST_ERROR]
        elif self.formula and not self.text and (self.kind == "n" or not self.value):
            # A text formula that gave "" has the kind "str" and an empty value: that one was calculated.
            facts.uncalculated.append(address)


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or column is hidden, by its mark or by a height or width of nothing."""
    return attributes.get("hidden") in ("1", "true") or attributes.get(size) in ("0", "0.0")


def read_facts(stream: IO[bytes]) -> SheetFacts:
    """What the sheet's XML says; ExpatError, ValueError or KeyError where it isn't as the standard says."""
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.characters
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return scan.facts
