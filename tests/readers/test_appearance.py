from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, GradientFill, PatternFill
from openpyxl.styles.colors import Color

from reportgen.readers.child.document import Sheet

from . import made


def book_and_sheet() -> tuple[openpyxl.Workbook, Any]:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = "Status"
    return book, sheet


def read_sheet(book: openpyxl.Workbook) -> Sheet:
    document = made.read(made.saved(book))
    assert document.faults == []
    return document.sheets[0]


def test_a_comment_is_noted_without_its_text() -> None:
    book, sheet = book_and_sheet()
    sheet["A1"].comment = Comment("Jo Bloggs moved in May", "An officer")
    found = read_sheet(book)
    assert found.notes == [(1, 1, "comment", "")]
    assert "Bloggs" not in repr(found)


def test_text_struck_through_is_noted_whole_or_in_part() -> None:
    book, sheet = book_and_sheet()
    sheet["A2"] = "May 2016"
    sheet["A2"].font = Font(strike=True)
    sheet["A3"] = CellRichText(TextBlock(InlineFont(strike=True), "May 2016"), " Sept 2016")
    sheet["A4"] = CellRichText(TextBlock(InlineFont(b=True), "May 2016"), " Sept 2016")
    sheet["A5"].font = Font(strike=True)
    found = read_sheet(book)
    assert found.notes == [(2, 1, "struck", ""), (3, 1, "struck", "part")]
    assert found.rows[2] == ["May 2016 Sept 2016"]


@pytest.mark.parametrize(
    ("fill", "text"),
    [
        (PatternFill("solid", fgColor="FFC000"), "FFC000"),
        (PatternFill("solid", fgColor="80ff0000"), "FF0000"),
        (PatternFill("solid", fgColor=Color(indexed=3)), "00FF00"),
        (PatternFill("solid", fgColor=Color(theme=4)), "4F81BD"),
        (PatternFill("solid", fgColor=Color(theme=1)), "000000"),
        (PatternFill("solid", fgColor=Color(theme=1, tint=0.5)), "808080"),
        (PatternFill("solid", fgColor=Color(theme=0, tint=-0.25)), "BFBFBF"),
        (PatternFill("solid", fgColor=Color(theme=99)), "theme"),
    ],
)
def test_a_colour_in_a_blank_cell_is_noted(fill: PatternFill, text: str) -> None:
    book, sheet = book_and_sheet()
    sheet["A2"].fill = fill
    assert read_sheet(book).notes == [(2, 1, "filled", text)]


@pytest.mark.parametrize(
    "fill",
    [
        PatternFill("solid", fgColor="FFFFFF"),
        PatternFill("solid", fgColor=Color(theme=0)),
        PatternFill("lightGrid", fgColor="FF0000"),
        GradientFill(stop=("FF0000", "00FF00")),
    ],
)
def test_white_and_patterns_are_no_colour(fill: Any) -> None:
    book, sheet = book_and_sheet()
    sheet["A2"].fill = fill
    assert read_sheet(book).notes == []


def test_a_colour_behind_a_value_an_error_or_a_merged_cell_is_not_noted() -> None:
    book, sheet = book_and_sheet()
    sheet["B1"] = "#REF!"
    sheet.merge_cells("A1:A3")
    for row in sheet["A1:B3"]:
        row[0].fill = PatternFill("solid", fgColor="FF0000")
    sheet["B1"].fill = PatternFill("solid", fgColor="FF0000")
    assert read_sheet(book).notes == [(1, 2, "error", "#REF!")]


def test_number_formats_other_than_general_of_numbers_and_dates() -> None:
    book, sheet = book_and_sheet()
    formats = ["0.00%", "d-mmm", "#,##0", "0000", "General"]
    sheet.append([0.25, 42521, 1234, 42, 7])
    for cell, number_format in zip(sheet[2], formats, strict=True):
        cell.number_format = number_format
    sheet["A1"].number_format = sheet["F9"].number_format = "0000"
    assert read_sheet(book).formats == [
        (2, 1, "0.00%"), (2, 2, "d-mmm"), (2, 3, "#,##0"), (2, 4, "0000"),
    ]  # fmt: skip


def test_rows_hidden_by_a_filter_are_hidden_and_warnings_stay_silent(
    recwarn: pytest.WarningsRecorder,
) -> None:
    book, sheet = book_and_sheet()
    for status in ("started", "complete"):
        sheet.append([status])
    sheet.auto_filter.ref = "A1:A3"
    sheet.auto_filter.add_filter_column(0, ["complete"])
    sheet.row_dimensions[2].hidden = True
    extension = b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"/></extLst></worksheet>'
    data = made.patched(
        made.saved(book), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</worksheet>", extension)
    )
    assert made.read(data).sheets[0].hidden_rows == [2]
    assert list(recwarn) == []


def test_styles_that_openpyxl_does_not_understand_are_said() -> None:
    data = made.patched(made.xlsx(), "xl/styles.xml", lambda xml: xml.replace(b"<fills", b"<fillz", 1))
    document = made.read(data)
    assert document.sheets[0].rows == [["Type", "Children"], ["Foster care", 412]]
    (fault,) = document.faults
    assert (fault.code, fault.severity) == ("not-examined", "note")
    assert fault.found == "styles or comments that aren't as the standard says"
