"""The content of an ods, streamed: how far its sheets go, and what calamine doesn't tell of their cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from .document import Sheet

_CHUNK = 1 << 18
_LONGEST_ERROR = 40
_MOST_ROWS, _MOST_COLUMNS = 1_048_577, 16_385


@dataclass
class TableFacts(Sheet):
    """One table of the document: a sheet without values, and the extent of its filled cells."""

    height: int = 0
    width: int = 0


@dataclass
class _Cell:
    row: int
    column: int
    repeat: int
    rows: int
    columns: int
    error: bool
    filled: bool
    comment: bool = False
    text: str = ""


@dataclass
class _Scan:
    tables: list[TableFacts] = field(default_factory=list)
    row: int = 0
    next_row: int = 1
    next_column: int = 1
    column: int = 1
    repeat_row: int = 1
    cell: _Cell | None = None
    depth: int = 0  # tables within a cell or a note are none of the sheets
    comment: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "annotation":
            self.comment = True
            if self.cell:
                self.cell.comment = True
        elif name.startswith("table:"):
            self.start_table_part(local, {key.rpartition(":")[2]: value for key, value in attributes.items()
                                          if not key.startswith("office:")}, attributes)  # fmt: skip

    def start_table_part(self, local: str, own: dict[str, str], attributes: dict[str, str]) -> None:
        if local == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(TableFacts(own.get("name", "")))
                self.next_row = self.next_column = 1
        elif not self.tables or self.depth != 1:
            return
        elif local == "table-row":
            self.row, self.column = self.next_row, 1
            self.repeat_row = int(own.get("number-rows-repeated", "1"))
            self.next_row += self.repeat_row
            if own.get("visibility") in ("collapse", "filter"):
                self.tables[-1].hidden_rows.extend(range(self.row, min(self.next_row, _MOST_ROWS)))
        elif local == "table-column":
            self.start_column(own)
        elif local in ("table-cell", "covered-table-cell"):
            self.start_cell(own, attributes)

    def start_column(self, own: dict[str, str]) -> None:
        first, self.next_column = (
            self.next_column,
            self.next_column + int(own.get("number-columns-repeated", "1")),
        )
        if own.get("visibility") in ("collapse", "filter"):
            self.tables[-1].hidden_columns.extend(range(first, min(self.next_column, _MOST_COLUMNS)))

    def start_cell(self, own: dict[str, str], attributes: dict[str, str]) -> None:
        repeat = int(own.get("number-columns-repeated", "1"))
        filled = "office:value-type" in attributes or "formula" in own
        spans = int(own.get("number-rows-spanned", "1")), int(own.get("number-columns-spanned", "1"))
        self.cell = _Cell(self.row, self.column, repeat, *spans, own.get("value-type") == "error", filled)
        self.column += repeat

    def characters(self, text: str) -> None:
        if self.cell and not self.comment and len(self.cell.text) < _LONGEST_ERROR:
            self.cell.text += text

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "annotation":
            self.comment = False
        elif name == "table:table":
            self.depth -= 1
        elif name in ("table:table-cell", "table:covered-table-cell") and self.cell and self.depth == 1:
            self.end_cell(self.tables[-1], self.cell)
            self.cell = None

    def end_cell(self, table: TableFacts, cell: _Cell) -> None:
        if cell.filled or cell.text.strip():
            table.height = max(table.height, cell.row + self.repeat_row - 1)
            table.width = max(table.width, cell.column + cell.repeat - 1)
        if cell.error:
            table.notes.append((cell.row, cell.column, "error", cell.text.strip()[:_LONGEST_ERROR]))
        if cell.comment:
            table.notes.append((cell.row, cell.column, "comment", ""))
        if cell.rows > 1 or cell.columns > 1:
            last = cell.row + cell.rows - 1, cell.column + cell.columns - 1
            table.merged.append((cell.row, cell.column, *last))


def read_tables(stream: IO[bytes]) -> list[TableFacts]:
    """The tables in their order; ExpatError or ValueError where the XML isn't as the standard says."""
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.characters
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return scan.tables
