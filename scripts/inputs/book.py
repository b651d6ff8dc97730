"""Workbooks as an officer would keep them: what the scripts that write a paper's inputs share."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

INPUTS = Path(__file__).parent.parent.parent / "inputs"
HEAD = PatternFill("solid", fgColor="D9E2EC")
THIN = Side(style="thin", color="999999")
Fill = Callable[[Workbook], None]


def sheet(
    workbook: Workbook, name: str, title: str, headings: Sequence[object], widths: Sequence[int]
) -> Worksheet:
    """A sheet with a title line, a blank row and the headings in row 3."""
    made = workbook.create_sheet(name)
    made["A1"] = title
    made["A1"].font = Font(bold=True, size=14)
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        made.cell(3, column, heading)
        made.column_dimensions[made.cell(3, column).column_letter].width = width
    style_headings(made, 3)
    made.freeze_panes = "A4"
    return made


def style_headings(made: Worksheet, row: int) -> None:
    """Make a row look like headings."""
    for cell in made[row]:
        cell.font, cell.fill = Font(bold=True), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(bottom=THIN)


def write_books(folder: Path, books: Mapping[str, Sequence[Fill]], stamp: dt.datetime) -> None:
    """Write workbooks, each by what fills its sheets, into a folder: the same bytes each time."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheets in books.items():
        workbook = Workbook()
        workbook.remove(workbook["Sheet"])
        for fill in sheets:
            fill(workbook)
        workbook.properties.creator = "Children's services"
        workbook.properties.created = workbook.properties.modified = stamp
        buffer = io.BytesIO()
        workbook.save(buffer)
        (folder / name).write_bytes(settled(buffer.getvalue(), stamp))


def settled(content: bytes, stamp: dt.datetime) -> bytes:
    """A workbook's zip with every time stamp the same."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "docProps/core.xml":
                said = f"{stamp:%Y-%m-%dT%H:%M:%SZ}".encode()
                head, _, tail = data.partition(b"<dcterms:modified")
                inside, _, rest = tail.partition(b">")
                data = head + b"<dcterms:modified" + inside + b">" + said + rest[rest.index(b"<") :]
            entry = zipfile.ZipInfo(item.filename, stamp.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return buffer.getvalue()


def run(write: Callable[[Path], None], authority: str, month: str) -> None:
    """Write into the folder that the command line names, else into the month's own."""
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else INPUTS / authority / month)
