"""Any bytes → sheets and faults: the one way into the parsers."""

from __future__ import annotations

from .delimited import read_csv
from .document import Document, Fault, RefusedError, clean
from .kinds import Kind, kind_of
from .limits import Limits, size_in_words
from .returns import take_returns
from .workbook import DAMAGED, read_ods, read_xls, read_xlsx

_READERS = {Kind.XLSX: read_xlsx, Kind.XLS: read_xls, Kind.ODS: read_ods, Kind.TEXT: read_csv}

_LOCKED = Fault(
    "password-protected",
    "a workbook that opens without a password",
    "one that is encrypted with a password",
    "Open it in Excel, clear the password (File, Info, Protect Workbook, Encrypt with Password) and save it.",
)


def parse(data: bytes, ending: str, limits: Limits) -> Document:
    """The sheets of the file and its faults, whatever the bytes are: no error is raised for them.

    The content decides how it is read; the ending only whether plain text is a CSV file.
    """
    try:
        document = _parse(data, ending, limits)
    except RefusedError as refused:
        return Document(faults=[refused.fault])
    except MemoryError:
        return Document(faults=[out_of_memory(limits)])
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic within calamine is no Exception
        return Document(faults=[DAMAGED])
    for sheet in document.sheets:
        sheet.name = clean(sheet.name)
    if not any(sheet.filled for sheet in document.sheets) and not document.returns:
        document.faults.insert(0, _empty("no cell filled in"))
    return document


def out_of_memory(limits: Limits) -> Fault:
    """The fault of a file that takes more memory than the child has."""
    expected = f"a file that can be read with {size_in_words(limits.memory_bytes)} of memory"
    return Fault("over-limit", expected, "one that takes more", "Split the file, or leave out what isn't needed.")


def _parse(data: bytes, ending: str, limits: Limits) -> Document:
    if not data:
        raise RefusedError(_empty("an empty file (0 bytes)"))
    kind, words = kind_of(data)
    if kind is Kind.LOCKED:
        raise RefusedError(_LOCKED)
    if kind is Kind.OTHER or (kind is Kind.TEXT and ending != ".csv"):
        raise RefusedError(_foreign(kind, words, ending))
    document = _READERS[kind](data, limits)
    if not document.returns:
        take_returns(document, limits)
    return document


def _empty(found: str) -> Fault:
    remedy = "Save it again with the data in it, or take it out of the folder."
    return Fault("empty-file", "a file with cells filled in", found, remedy)


def _foreign(kind: Kind, words: str, ending: str) -> Fault:
    expected = "comma-separated text" if ending == ".csv" else f"a workbook, as its ending {ending} says"
    remedy = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)."
    if kind is Kind.TEXT:
        remedy = "If its cells are separated by commas, semicolons or tabs, change the ending to .csv."
    elif "web page" not in words and "spreadsheet" not in words and ".xlsb" not in words:
        remedy = "Put the workbook itself in its place, or take it out of the folder."
    return Fault("not-a-workbook", expected, words, remedy)
