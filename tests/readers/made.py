"""Files for the tests of the readers, built in place."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import openpyxl
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from reportgen.readers import Limits, start
from reportgen.readers.child.document import Document
from reportgen.readers.child.parse import parse

LIMITS = Limits()


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(rows: Iterable[Sequence[object]] = (("Type", "Children"), ("Foster care", 412))) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Placements"
    for row in rows:
        sheet.append(row)
    return saved(book)


def xlsx_of_cells(cells: bytes, before: bytes = b"") -> bytes:
    """A workbook whose first sheet has these elements as its sheetData and, before them, its cols."""
    data = before + b"<sheetData>" + cells + b"</sheetData>"
    return patched(
        xlsx(),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<sheetData>.*</sheetData>", lambda _: data, xml, flags=re.DOTALL),
    )


def patched(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def xls(fill: Callable[[xlwt.Workbook], object] | None = None) -> bytes:
    book = xlwt.Workbook()
    if fill is None:
        book.add_sheet("Placements").write(0, 0, "Type")
    else:
        fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def locked_xls() -> bytes:
    """An xls whose second record says that the rest is encrypted."""
    data = xls()
    after = data.index(bytes.fromhex("0908100000060500")) + 20
    return data[:after] + struct.pack("<H", 0x2F) + data[after + 2 :]


def locked_xlsx() -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx())).encrypt("secret", out)
    return out.getvalue()


def ods(rows: Iterable[Iterable[TableCell]], name: str = "Placements") -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name=name)
    for cells in rows:
        row = TableRow()
        for cell in cells:
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_text(text: str, **attributes: object) -> TableCell:
    cell = TableCell(valuetype="string", **attributes)
    cell.addElement(P(text=text))
    return cell


def read(data: bytes, ending: str = ".xlsx", limits: Limits = LIMITS) -> Document:
    return parse(data, ending, limits)


def codes(document: Document) -> list[str]:
    return [fault.code for fault in document.faults]


def messages(folder: Path, files: dict[str, bytes], limits: Limits = LIMITS) -> list[list[str]]:
    """The messages of the problems of each file, read by a child process."""
    paths = []
    for name, data in files.items():
        (folder / name).write_bytes(data)
        paths.append(folder / name)
    return [[problem.message for problem in raw.problems] for raw in start(paths, folder, limits).result()]
