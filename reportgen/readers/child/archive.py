"""What a zip (xlsx, ods) holds, looked at before anything in it is parsed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from posixpath import join, normpath

from .document import Fault, RefusedError, column_letters
from .limits import MEGABYTE, Limits, size_in_words

SPLIT = "Split the file, or leave out what the paper doesn't need."
_SMALL = 20 * MEGABYTE  # a workbook that expands to less than this may repeat itself as it likes


def check_archive(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Nothing; RefusedError where the archive would expand beyond the limits.

    The sizes are those that the archive states of itself; calamine refuses an entry that turns out longer.
    """
    entries = archive.infolist()
    expanded = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > limits.entries:
        raise _beyond(f"at most {limits.entries:,} parts in the file", f"{len(entries):,}")
    if expanded > limits.expanded_bytes:
        limit = size_in_words(limits.expanded_bytes)
        raise _beyond(f"a file that expands to at most {limit}", f"one that expands to {size_in_words(expanded)}")
    if expanded > _SMALL and expanded > packed * limits.ratio:
        raise _beyond(
            f"a file that expands to at most {limits.ratio:,} times its size",
            f"one that expands {expanded // packed:,} times, to {size_in_words(expanded)}",
        )


def check_extent(sheet: str, rows: int, columns: int, limits: Limits, most: int = 0) -> None:
    """Nothing; RefusedError where the sheet's last filled row and column lie beyond the limits.

    `most` is how many cells are allowed where that isn't the limit of sheets.
    """
    most = most or limits.cells
    if rows * columns <= most and columns <= limits.columns:
        return
    raise RefusedError(
        Fault(
            "over-limit",
            f"at most {most:,} cells and {limits.columns:,} columns, counted from A1",
            f"cells filled in as far as {column_letters(columns)}{rows} ({rows * columns:,} cells)",
            "Look for a stray entry far to the right or far down (Ctrl+End in Excel) and delete its row or "
            "column, or split the sheet.",
            sheet=sheet,
        )
    )


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of an xlsx that holds each sheet, by the sheet's name; missing parts are left out."""
    book = ET.fromstring(archive.read("xl/workbook.xml"))
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id", ""): normpath(join("/xl", link.get("Target", "")))[1:] for link in links}
    there = set(archive.namelist())
    parts = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.items() if key.endswith("}id")), "")
            if targets.get(link) in there:
                parts[sheet.get("name", "")] = targets[link]
    return parts


def _beyond(expected: str, found: str) -> RefusedError:
    return RefusedError(Fault("over-limit", expected, found, SPLIT))
