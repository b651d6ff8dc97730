import pytest

from reportgen.readers.child.kinds import Kind, kind_of

from . import made

DOCX = made.zipped({"word/document.xml": "<w/>"})
ENCRYPTED_ODS = {
    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": "?",
    "META-INF/manifest.xml": "<m:file-entry><m:encryption-data/></m:file-entry>",
}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (made.xlsx(), Kind.XLSX),
        (made.xls(), Kind.XLS),
        (made.ods([[made.ods_text("a")]]), Kind.ODS),
        (b"a,b\n1,2\n", Kind.TEXT),
        ("a;b".encode("utf-16"), Kind.TEXT),
        ("a;b".encode("utf-16-le"), Kind.TEXT),
        (made.locked_xlsx(), Kind.LOCKED),
        (made.locked_xls(), Kind.LOCKED),
        (made.zipped(ENCRYPTED_ODS), Kind.LOCKED),
    ],
)
def test_the_content_tells_the_kind(data: bytes, kind: Kind) -> None:
    assert kind_of(data)[0] is kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (DOCX, "a Word document (.docx)"),
        (made.zipped({"xl/workbook.bin": "x"}), "an Excel binary workbook (.xlsb)"),
        (made.zipped({"notes.txt": "x"}), "a zip archive that holds no workbook"),
        (made.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}),
         "an OpenDocument file that is no spreadsheet"),
        (made.xlsx()[:2000],
         "a zip archive that is damaged or cut short, perhaps a workbook that was not copied whole"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016), "an OLE file that holds no workbook"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "an Excel 2003 XML spreadsheet"),
        (b"<?xml version='1.0'?><a/>", "an XML document"),
        (bytes(range(1, 9)) * 9, "no kind of file that is known here"),
    ],
)  # fmt: skip
def test_another_kind_of_file_is_named(data: bytes, words: str) -> None:
    assert kind_of(data) == (Kind.OTHER, words)


@pytest.mark.parametrize(
    "beginning",
    [b"<html>", b"\xef\xbb\xbf<!DOCTYPE html>", b"\n <TABLE border=1>", b"<?xml version='1.0'?><html>",
     b"<!-- export --><body>", b"<meta charset=utf-8>"],
)  # fmt: skip
def test_a_web_page_under_the_name_of_a_workbook_is_named(beginning: bytes) -> None:
    words = "a web page (HTML), which some systems give out under the name of an Excel file"
    assert kind_of(beginning + b"<tr><td>1</td></tr>") == (Kind.OTHER, words)


def test_a_cell_that_names_a_stream_does_not_make_a_workbook_encrypted() -> None:
    data = made.xls(lambda book: book.add_sheet("a").write(0, 0, "EncryptedPackage\u0394"))
    assert "EncryptedPackage".encode("utf-16-le") in data
    assert kind_of(data)[0] is Kind.XLS
