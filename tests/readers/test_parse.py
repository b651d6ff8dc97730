import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.readers.child import parse

from . import made

PUT_RIGHT = "Put the workbook itself in its place, or take it out of the folder."
SAVE_AS = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)."


@pytest.mark.parametrize(
    ("data", "ending", "expected", "found", "remedy"),
    [
        (b"%PDF-1.7", ".xlsx", "a workbook, as its ending .xlsx says", "a PDF document", PUT_RIGHT),
        (b"%PDF-1.7", ".csv", "comma-separated text", "a PDF document", PUT_RIGHT),
        (b"a,b\n1,2\n", ".xls", "a workbook, as its ending .xls says", "plain text",
         "If its cells are separated by commas, semicolons or tabs, change the ending to .csv."),
        (b"<table><tr><td>1</table>", ".xls", "a workbook, as its ending .xls says",
         "a web page (HTML), which some systems give out under the name of an Excel file", SAVE_AS),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", ".xls",
         "a workbook, as its ending .xls says", "an Excel 2003 XML spreadsheet", SAVE_AS),
        (made.zipped({"xl/workbook.bin": ""}), ".xlsx", "a workbook, as its ending .xlsx says",
         "an Excel binary workbook (.xlsb)", SAVE_AS),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook(data: bytes, ending: str, expected: str, found: str, remedy: str) -> None:
    document = made.read(data, ending)
    (fault,) = document.faults
    assert document.sheets == []
    assert (fault.code, fault.expected, fault.found, fault.remedy) == (
        "not-a-workbook", expected, found, remedy,
    )  # fmt: skip


@pytest.mark.parametrize("data", [made.locked_xlsx(), made.locked_xls()])
def test_a_workbook_with_a_password(data: bytes) -> None:
    (fault,) = made.read(data).faults
    assert (fault.code, fault.found) == ("password-protected", "one that is encrypted with a password")


@pytest.mark.parametrize(
    ("data", "ending", "found"),
    [
        (b"", ".xlsx", "an empty file (0 bytes)"),
        (b"", ".csv", "an empty file (0 bytes)"),
        (made.xlsx([]), ".xlsx", "no cell filled in"),
        (made.xls(lambda book: book.add_sheet("a")), ".xls", "no cell filled in"),
        (made.ods([[]]), ".ods", "no cell filled in"),
    ],
)
def test_a_file_with_nothing_in_it(data: bytes, ending: str, found: str) -> None:
    fault = made.read(data, ending).faults[0]
    assert (fault.code, fault.expected, fault.found) == ("empty-file", "a file with cells filled in", found)


def test_a_workbook_of_errors_only_is_not_empty() -> None:
    assert made.codes(made.read(made.xlsx([["#N/A"]]))) == []


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".csv", ".xlsm"])
def test_the_content_decides_how_a_workbook_is_read(ending: str) -> None:
    assert made.read(made.xlsx(), ending).sheets[0].rows == [["Type", "Children"], ["Foster care", 412]]
    assert made.read(made.xls(), ending).sheets[0].rows == [["Type"]]
    assert made.read(made.ods([[made.ods_text("IFA")]]), ending).sheets[0].rows == [["IFA"]]


def test_errors_of_any_kind_become_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    def failing(error: BaseException) -> list[str]:
        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr(parse, "_parse", fail)
        return made.codes(parse.parse(b"x", ".csv", made.LIMITS))

    assert failing(Panic()) == failing(RecursionError()) == ["unreadable-file"]
    assert failing(MemoryError()) == ["over-limit"]
    with pytest.raises(KeyboardInterrupt):
        failing(KeyboardInterrupt())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([".xlsx", ".xls", ".ods"]))
def test_any_bytes_are_a_problem_when_they_are_no_workbook(data: bytes, ending: str) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        document = made.read(start + data, ending)
        assert document.sheets == []
        assert len(document.faults) == 1


XLSX, ODS = made.xlsx(), made.ods([[made.ods_text("IFA")]])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([XLSX, ODS]), st.data())
def test_a_damaged_workbook_gives_sheets_or_problems(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 40)) :]
    document = made.read(damaged, ".xlsx")
    assert document.sheets or document.faults
