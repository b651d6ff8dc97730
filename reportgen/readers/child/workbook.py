"""Workbooks through calamine: the values, and what a look at the XML adds to them."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .appearance import add_appearance
from .archive import check_archive, check_extent, sheet_parts
from .document import Document, Fault, RefusedError, Rows, Scalar, Sheet, clean, trimmed
from .limits import Limits
from .opendocument import TableFacts, read_tables
from .sheet_xml import SheetFacts, read_facts

DAMAGED = Fault(
    "unreadable-file",
    "a workbook that can be read",
    "one that is damaged",
    "Open it in Excel or LibreOffice, let it be repaired and save it under the same name.",
)
_BROKEN_XML = (ExpatError, ParseError, KeyError, ValueError, zipfile.BadZipFile)


def read_xlsx(data: bytes, limits: Limits) -> Document:
    """The sheets of an xlsx or xlsm with notes; RefusedError where it is beyond the limits or damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_archive(archive, limits)
        facts, broken = _facts_of_sheets(archive, limits)
    document = Document(_values(data, limits))
    for sheet in document.sheets:
        if sheet.name in facts:
            _add_facts(sheet, facts[sheet.name])
    cells = sum(fact.cells for fact in facts.values())
    if broken:
        document.faults.append(_not_examined("XML that isn't as the standard says", "anything but values"))
    elif cells > limits.examined_cells:
        found = f"{cells:,} cells, where {limits.examined_cells:,} are the most that are examined"
        document.faults.append(_not_examined(found, "comments, struck-through text, colours and number formats"))
    elif not add_appearance(data, document.sheets):
        found = "styles or comments that aren't as the standard says"
        document.faults.append(_not_examined(found, "comments, struck-through text, colours and number formats"))
    return document


def read_xls(data: bytes, limits: Limits) -> Document:
    """The sheets of an xls, with a note that formula errors and hidden rows can't be told."""
    left_out = "hidden rows, comments, formula errors (they read as blank), colours and number formats"
    return Document(_values(data, limits), [_not_examined("an .xls workbook", left_out)])


def read_ods(data: bytes, limits: Limits) -> Document:
    """The sheets of an ods with notes; RefusedError where it is beyond the limits or damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_archive(archive, limits)
        tables = _tables(archive)
    for table in tables or ():
        check_extent(clean(table.name), table.height, table.width, limits)
    document = Document(_values(data, limits))
    if tables is None:
        document.faults.append(_not_examined("XML that isn't as the standard says", "anything but values"))
        return document
    by_name = {table.name: table for table in tables}
    for sheet in document.sheets:
        if sheet.name in by_name:
            _add_table(sheet, by_name[sheet.name])
    document.faults.append(_not_examined("an .ods workbook", "struck-through text, colours and number formats"))
    return document


def _values(data: bytes, limits: Limits) -> list[Sheet]:
    """The sheets as calamine reads them, their names as they stand in the file."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Exception as error:
        raise RefusedError(DAMAGED) from error
    if len(book.sheet_names) > limits.sheets:
        found = f"{len(book.sheet_names):,}"
        raise RefusedError(Fault("over-limit", f"at most {limits.sheets:,} sheets", found, "Split the workbook."))
    sheets = []
    for number, about in enumerate(book.sheets_metadata):
        if about.typ == SheetTypeEnum.WorkSheet:
            sheet = _sheet(book.get_sheet_by_index(number), limits)
            sheet.hidden = about.visible != SheetVisibleEnum.Visible
            sheets.append(sheet)
    return sheets


def _sheet(source: CalamineSheet, limits: Limits) -> Sheet:
    if source.end is None:
        return Sheet(source.name)
    check_extent(clean(source.name), source.end[0] + 1, source.end[1] + 1, limits)
    rows: Rows = [[_scalar(value) for value in row] for row in source.to_python(skip_empty_area=False)]
    merged = [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in source.merged_cell_ranges or ()]
    return Sheet(source.name, trimmed(rows), merged)


def _scalar(value: Scalar) -> Scalar:
    """The value with None for blank, whole numbers as int, and what is no number (nan, inf) as text."""
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, float):
        if value.is_integer():
            return int(value)
        return value if abs(value) < float("inf") else str(value)
    return value


def _facts_of_sheets(archive: zipfile.ZipFile, limits: Limits) -> tuple[dict[str, SheetFacts], bool]:
    """What the XML of each sheet says, by name, and whether some of it can't be told.

    Where the XML is broken, calamine may still read it, within the memory that the child has.
    """
    facts: dict[str, SheetFacts] = {}
    try:
        parts = sheet_parts(archive)
    except _BROKEN_XML:
        return facts, True
    broken = False
    for name, part in parts.items():
        try:
            with archive.open(part) as stream:
                facts[name] = read_facts(stream)
        except _BROKEN_XML:
            broken = True
            continue
        check_extent(clean(name), facts[name].rows, facts[name].columns, limits)
    return facts, broken


def _add_facts(sheet: Sheet, facts: SheetFacts) -> None:
    """The sheet is given its errors, formulas without a value, hidden rows and columns."""
    sheet.notes += [(row, column, "error", clean(text)) for (row, column), text in facts.errors.items()]
    blank = [cell for cell in facts.uncalculated if sheet.value(*cell) is None]
    sheet.notes += [(row, column, "uncalculated", "") for row, column in blank]
    sheet.hidden_rows = [row for row in facts.hidden_rows if row <= facts.rows]
    for first, last in facts.hidden_columns:
        sheet.hidden_columns += range(first, min(last, facts.columns) + 1)


def _tables(archive: zipfile.ZipFile) -> list[TableFacts] | None:
    try:
        with archive.open("content.xml") as stream:
            return read_tables(stream)
    except _BROKEN_XML:
        return None


def _add_table(sheet: Sheet, table: TableFacts) -> None:
    """The sheet is given what the document says of it beyond its values."""
    sheet.notes, sheet.merged = table.notes, table.merged
    sheet.hidden_rows = [row for row in table.hidden_rows if row <= table.height]
    sheet.hidden_columns = [column for column in table.hidden_columns if column <= table.width]


def _not_examined(found: str, left_out: str) -> Fault:
    return Fault(
        "not-examined",
        "a workbook in which everything can be examined",
        found,
        f"Its values are read in full. What isn't looked at: {left_out}.",
        severity="note",
    )
