"""How much of a file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The largest file that is read, and the most that reading one may take."""

    file_bytes: int = 50 * MEGABYTE
    expanded_bytes: int = 400 * MEGABYTE  # what a zip (xlsx, ods) holds; also the longest answer
    ratio: int = 200  # of expanded to packed bytes; small files may repeat themselves as they like
    entries: int = 10_000  # files inside a zip
    sheets: int = 250
    cells: int = 2_000_000  # of one sheet: rows times columns from A1 to its last filled cell
    return_cells: int = 30_000_000  # of a table of an SSDA903 return, which is kept in columns
    columns: int = 2_000
    examined_cells: int = 150_000  # of a workbook; beyond, openpyxl would be too slow
    seconds: float = 60.0  # for one file
    memory_bytes: int = 2_000 * MEGABYTE  # for the child process


def size_in_words(count: int) -> str:
    """A number of bytes as people read it: 50 MB, 61.2 MB, 512 bytes."""
    if count < MEGABYTE:
        return f"{count:,} bytes"
    return f"{count / MEGABYTE:,.1f}".removesuffix(".0") + " MB"
