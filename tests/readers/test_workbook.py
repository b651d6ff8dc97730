import datetime as dt
import io
import string
from typing import Any

import openpyxl
import pandas
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.table import TableCell

from reportgen.readers import Limits

from . import made

# Printable but for the carriage return, which XML turns into a line feed, and control characters.
TEXT = st.text(string.printable[:-3] + "\u00a3\u00e9\u201c\u201d\xa0", min_size=1)
SCALARS = st.one_of(
    st.none(),
    TEXT.filter(lambda text: not text.startswith("=") and "_x" not in text),
    st.integers(-(2**53), 2**53),
    st.floats(-1e300, 1e300).map(lambda value: float(f"{value:.15g}")),
    st.booleans(),
    st.dates(dt.date(1900, 3, 1), dt.date(2200, 1, 1)),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    st.times().map(lambda at: at.replace(microsecond=0)),
)


def as_stored(value: object) -> object:
    """The value as a spreadsheet keeps it: whole numbers are int, midnight isn't told from no time."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(SCALARS, max_size=5), max_size=6))
def test_any_scalars_written_by_openpyxl_read_back_the_same(rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row_number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(row_number, column).value = value
                if isinstance(value, str):
                    sheet.cell(row_number, column).data_type = "s"
    document = made.read(made.saved(book))
    assert made.codes(document) == ([] if any(v is not None for row in rows for v in row) else ["empty-file"])
    found = {
        (r, c): (type(value), value)
        for r, row in enumerate(document.sheets[0].rows)
        for c, value in enumerate(row)
        if value is not None
    }
    wanted = {(r, c): as_stored(v) for r, row in enumerate(rows) for c, v in enumerate(row) if v is not None}
    assert found == {address: (type(value), value) for address, value in wanted.items()}


def test_addresses_start_at_a1_and_trailing_blanks_are_left_out() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["B3"], sheet["A4"], sheet["E9"] = "x", 5.0, ""
    assert made.read(made.saved(book)).sheets[0].rows == [[None, None], [None, None], [None, "x"], [5, None]]


def test_whole_numbers_are_int_and_others_keep_every_digit() -> None:
    (row,) = made.read(made.xlsx([[5.0, 0.1, 1234.565, True, -3, 2**53]])).sheets[0].rows
    assert row == [5, 0.1, 1234.565, True, -3, 2**53]
    assert [type(value) for value in row] == [int, float, float, bool, int, int]


def test_what_is_no_number_is_text() -> None:
    cells = b"<row r='1'><c r='A1'><v>1e999</v></c><c r='B1'><v>NaN</v></c></row>"
    assert made.read(made.xlsx_of_cells(cells)).sheets[0].rows == [["inf", "nan"]]


def test_text_loses_hidden_characters_and_nothing_else() -> None:
    text = "Caf\u00e9\xa0 \u201cx\u201d\ttab\nline\ue000\uf8ff\x7f\u0085  end "
    assert made.read(made.xlsx([[text]])).sheets[0].rows == [["Caf\u00e9\xa0 \u201cx\u201d\ttab\nline  end "]]
    assert made.codes(made.read(made.xlsx([["\ue000"]]))) == ["empty-file"]


def test_merged_ranges_and_hidden_sheets_of_an_xlsx() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["B2"] = "Outcome 1"
    sheet.merge_cells("B2:B5")
    for name, state in (("Hidden & low", "hidden"), ("Very", "veryHidden")):
        book.create_sheet(name).sheet_state = state
        book[name]["A1"] = "=1/0"
    book.create_chartsheet("Chart")
    document = made.read(made.saved(book))
    assert [(sheet.name, sheet.hidden) for sheet in document.sheets] == [
        ("Sheet", False), ("Hidden & low", True), ("Very", True),
    ]  # fmt: skip
    assert document.sheets[0].merged == [(2, 2, 5, 2)]
    assert document.sheets[1].notes == [(1, 1, "uncalculated", "")]


@pytest.mark.parametrize("mark", [b'"1"', b'"true"'])
def test_dates_from_1904_in_xlsx(mark: bytes) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet: Any = book.active
    sheet["A1"], sheet["A2"] = dt.date(2016, 5, 31), dt.datetime(2016, 5, 31, 18)
    data = made.saved(book)
    data = made.patched(data, "xl/workbook.xml", lambda xml: xml.replace(b'date1904="1"', b"date1904=" + mark))
    assert made.read(data).sheets[0].rows == [[dt.date(2016, 5, 31)], [dt.datetime(2016, 5, 31, 18)]]


@pytest.mark.parametrize("from_1904", [False, True])
def test_an_xls_with_its_dates_merged_ranges_and_hidden_sheets(from_1904: bool) -> None:
    def fill(book: xlwt.Workbook) -> None:
        book.dates_1904 = from_1904
        sheet = book.add_sheet("Action plan")
        sheet.write(0, 0, dt.datetime(2016, 5, 31), xlwt.easyxf(num_format_str="D-MMM-YY"))
        sheet.write(0, 1, 5.0)
        sheet.write(0, 2, True)
        sheet.write_merge(1, 2, 0, 1, "label")
        sheet.row(3).set_cell_error(0, 0x2A)
        book.add_sheet("Old").visibility = 1

    document = made.read(made.xls(fill), ".xls")
    assert document.sheets[0].rows == [[dt.date(2016, 5, 31), 5, True], ["label", None, None]]
    assert document.sheets[0].merged == [(2, 1, 3, 2)]
    assert [sheet.hidden for sheet in document.sheets] == [False, True]
    (fault,) = document.faults
    assert (fault.code, fault.severity, fault.found) == ("not-examined", "note", "an .xls workbook")
    assert "formula errors (they read as blank)" in fault.remedy


def test_an_xls_with_a_far_cell_is_refused() -> None:
    def fill(book: xlwt.Workbook) -> None:
        book.add_sheet("a").write(3000, 255, 1)

    (fault,) = made.read(made.xls(fill), ".xls", Limits(cells=500_000)).faults
    assert (fault.code, fault.found) == ("over-limit", "cells filled in as far as IV3001 (768,256 cells)")


def test_an_ods_with_repeated_cells_and_blank_ends() -> None:
    cells = [
        TableCell(valuetype="float", value="2", numbercolumnsrepeated=2),
        TableCell(numbercolumnsrepeated=999),
    ]
    assert made.read(made.ods([cells, [made.ods_text("a")]]), ".ods").sheets[0].rows == [[2, 2], ["a", None]]


def test_errors_and_formulas_never_calculated_are_told_from_blanks() -> None:
    cells = (
        b"<row r='1'><c r='A1' t='e'><v>#N/A</v></c><c r='B1' t='e'><f>1/0</f><v>#DIV/0!</v></c>"
        b"<c r='C1'><f>1+1</f></c><c r='D1' t='str'><f>\"\"</f><v></v></c>"
        b"<c r='E1'><f>2</f><v>2</v></c></row>"
    )
    document = made.read(made.xlsx_of_cells(cells))
    assert document.sheets[0].rows == [[None, None, None, None, 2]]
    assert document.sheets[0].notes == [
        (1, 1, "error", "#N/A"), (1, 2, "error", "#DIV/0!"), (1, 3, "uncalculated", ""),
    ]  # fmt: skip


def test_hidden_rows_and_columns_within_the_extent() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in range(1, 6):
        sheet.append([row, row, row])
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[40].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions.group("C", "XFD", hidden=True)
    found = made.read(made.saved(book)).sheets[0]
    assert (found.hidden_rows, found.hidden_columns) == ([3], [2, 3])


def test_a_large_workbook_keeps_its_errors_and_says_what_was_not_examined() -> None:
    data = made.xlsx([["=1/0", 1], [2, 3]])
    (fault,) = made.read(data, limits=Limits(examined_cells=3)).faults
    assert (fault.code, fault.severity) == ("not-examined", "note")
    assert fault.found == "4 cells, where 3 are the most that are examined"
    assert made.read(data, limits=Limits(examined_cells=3)).sheets[0].notes == [(1, 1, "uncalculated", "")]
    assert made.read(data, limits=Limits(examined_cells=4)).faults == []


def test_xml_that_is_not_well_formed_is_said_and_not_guessed() -> None:
    damaged = made.patched(made.xlsx(), "xl/worksheets/sheet1.xml", lambda xml: xml[:-20])
    assert made.codes(made.read(damaged)) == ["unreadable-file"]
    followed = made.patched(made.xlsx(), "xl/worksheets/sheet1.xml", lambda xml: xml + b"<more/>")
    (fault,) = made.read(followed).faults
    assert (fault.code, fault.found) == ("not-examined", "XML that isn't as the standard says")
    assert made.read(followed).sheets[0].rows == [["Type", "Children"], ["Foster care", 412]]
    damaged = made.patched(made.xlsx(), "xl/workbook.xml", lambda xml: b"<broken")
    assert made.codes(made.read(damaged)) == ["unreadable-file"]


def test_an_ods_that_pandas_wrote() -> None:
    out = io.BytesIO()
    pandas.DataFrame({"Type": ["IFA", "UASC"], "Cost": [1.5, 2]}).to_excel(out, index=False, engine="odf")
    assert made.read(out.getvalue(), ".ods").sheets[0].rows == [["Type", "Cost"], ["IFA", 1.5], ["UASC", 2]]
