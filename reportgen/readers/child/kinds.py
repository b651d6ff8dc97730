"""Which kind of file some bytes are, by their content alone."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from enum import StrEnum


class Kind(StrEnum):
    """What can be told from the bytes; OTHER comes with its name in words."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"
    LOCKED = "locked"  # encrypted with a password
    OTHER = "other"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

_BEGINNINGS = {
    b"%PDF-": "a PDF document",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG\r\n": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"{\\rtf": "a rich text document (RTF)",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"SQLite format 3\0": "an SQLite database",
    b"PK\x05\x06": "an empty zip archive",
}

# Streams of an OLE file that tell its kind, the telling ones first.
_STREAMS = {
    "EncryptedPackage": (Kind.LOCKED, ""),
    "Workbook": (Kind.XLS, ""),
    "Book": (Kind.XLS, ""),
    "WordDocument": (Kind.OTHER, "a Word document (.doc)"),
    "PowerPoint Document": (Kind.OTHER, "a PowerPoint presentation (.ppt)"),
    "__properties_version1.0": (Kind.OTHER, "an Outlook message (.msg)"),
}

_PARTS = {
    "xl/workbook.xml": (Kind.XLSX, ""),
    "xl/workbook.bin": (Kind.OTHER, "an Excel binary workbook (.xlsb)"),
    "word/document.xml": (Kind.OTHER, "a Word document (.docx)"),
    "ppt/presentation.xml": (Kind.OTHER, "a PowerPoint presentation (.pptx)"),
    "Index/Document.iwa": (Kind.OTHER, "an Apple Numbers or Pages document"),
}

_WEB_PAGE = rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta)\b"
_MARKUP = {
    _WEB_PAGE: "a web page (HTML), which some systems give out under the name of an Excel file",
    rb"<\?xml.*urn:schemas-microsoft-com:office:spreadsheet": "an Excel 2003 XML spreadsheet",
    rb"<\?xml": "an XML document",
}


def kind_of(data: bytes) -> tuple[Kind, str]:
    """The kind of the bytes and, where it is OTHER, its name in words."""
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    for beginning, words in _BEGINNINGS.items():
        if data.startswith(beginning):
            return Kind.OTHER, words
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    for markup, words in _MARKUP.items():
        if re.match(markup, head, re.IGNORECASE | re.DOTALL):
            return Kind.OTHER, words
    return _text_kind(data[:4096])


def _text_kind(head: bytes) -> tuple[Kind, str]:
    """TEXT unless control characters show that the bytes are none: NUL bytes may still be UTF-16."""
    odd = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", head))
    if odd * 20 > max(len(head), 100) and not head.startswith(_UTF16):
        return Kind.OTHER, "no kind of file that is known here"
    return Kind.TEXT, "plain text"


def _zip_kind(data: bytes) -> tuple[Kind, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            kind = _kind_of_entries(archive, {entry.filename for entry in entries})
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, KeyError, EOFError):
        return (
            Kind.OTHER,
            "a zip archive that is damaged or cut short, perhaps a workbook that was not copied whole",
        )
    if kind[0] is not Kind.OTHER and any(entry.flag_bits & 1 for entry in entries):
        return Kind.LOCKED, ""
    return kind


def _kind_of_entries(archive: zipfile.ZipFile, names: set[str]) -> tuple[Kind, str]:
    for part, kind in _PARTS.items():
        if part in names:
            return kind
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as stream:
            mimetype = stream.read(100)
        if not mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return Kind.OTHER, "an OpenDocument file that is no spreadsheet"
        return (Kind.LOCKED, "") if _encrypted_ods(archive, names) else (Kind.ODS, "")
    return Kind.OTHER, "a zip archive that holds no workbook"


def _encrypted_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "META-INF/manifest.xml" not in names:
        return False
    with archive.open("META-INF/manifest.xml") as stream:
        return b"encryption-data" in stream.read(1_000_000)


def _ole_kind(data: bytes) -> tuple[Kind, str]:
    for name, kind in _STREAMS.items():
        if _has_stream(data, name):
            return (Kind.LOCKED, "") if kind[0] is Kind.XLS and _encrypted_xls(data) else kind
    return Kind.OTHER, "an OLE file that holds no workbook"


def _has_stream(data: bytes, name: str) -> bool:
    """Whether an OLE directory entry has this name: entries have 128 bytes and state the name's length."""
    sought = name.encode("utf-16-le") + b"\0\0"
    at = data.find(sought)
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == struct.pack("<H", len(sought)):
            return True
        at = data.find(sought, at + 1)
    return False


def _encrypted_xls(data: bytes) -> bool:
    """Whether a FILEPASS record stands among the first records of the workbook stream."""
    begin = re.search(rb"\x09\x08(\x10|\x08)\x00\x00[\x05\x06]\x05\x00", data)
    at = begin.start() if begin else len(data)
    for _ in range(10):
        if at + 4 > len(data):
            return False
        record, length = struct.unpack_from("<HH", data, at)
        if record == 0x2F:
            return True
        at += 4 + length
    return False
