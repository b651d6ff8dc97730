import io

import pytest
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P

from reportgen.readers.child.opendocument import TableFacts, read_tables

from . import made

NAMES = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c"'


def table(rows: str) -> TableFacts:
    text = f'<d {NAMES}><table:table table:name="T">{rows}</table:table></d>'
    (found,) = read_tables(io.BytesIO(text.encode()))
    return found


def test_repeated_cells_and_rows_count_where_they_hold_something() -> None:
    found = table(
        '<table:table-row><table:table-cell table:number-columns-repeated="3"/>'
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="9"><table:table-cell><text:p>a</text:p>'
        "</table:table-cell>"
        '</table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row>"
    )
    assert (found.height, found.width) == (10, 5)


def test_errors_as_libreoffice_writes_them_are_noted_with_their_address() -> None:
    found = table(
        '<table:table-row table:number-rows-repeated="4"/><table:table-row><table:table-cell/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>'
    )
    assert found.notes == [(5, 2, "error", "#DIV/0!")]


def test_hidden_and_filtered_rows_and_columns() -> None:
    found = table(
        '<table:table-column/><table:table-column table:visibility="collapse" '
        'table:number-columns-repeated="2"/><table:table-column/>'
        '<table:table-row table:visibility="filter"/><table:table-row/>'
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="2"/>'
    )
    assert (found.hidden_rows, found.hidden_columns) == ([1, 3, 4], [2, 3])


def test_a_table_within_a_cell_is_no_part_of_the_sheet() -> None:
    found = table(
        "<table:table-row><table:table-cell><table:table><table:table-row><table:table-cell/>"
        "<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        "</table:table-cell></table:table-row>"
    )
    assert (found.height, found.width) == (1, 1)


def workbook() -> bytes:
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Outcomes")
    sheet.addElement(TableColumn(numbercolumnsrepeated=2))
    sheet.addElement(TableColumn(visibility="collapse"))
    top, middle = TableRow(), TableRow(visibility="collapse")
    top.addElement(made.ods_text("label", numberrowsspanned=2, numbercolumnsspanned=1))
    commented = TableCell(valuetype="float", value="4")
    commented.addElement(Annotation())
    commented.childNodes[0].addElement(P(text="Jo Bloggs"))
    top.addElement(commented)
    top.addElement(TableCell(valuetype="boolean", booleanvalue="true"))
    middle.addElement(CoveredTableCell())
    middle.addElement(TableCell(valuetype="date", datevalue="2016-05-31"))
    for row in (top, middle):
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_ods_is_read_with_its_merged_ranges_hidden_rows_and_comments() -> None:
    document = made.read(workbook(), ".ods")
    (sheet,) = document.sheets
    assert [str(value) for value in sheet.rows[0]] == ["label", "4", "True"]
    assert [str(value) for value in sheet.rows[1]] == ["None", "2016-05-31", "None"]
    assert (sheet.merged, sheet.hidden_rows, sheet.hidden_columns) == ([(1, 1, 2, 1)], [2], [3])
    assert sheet.notes == [(1, 2, "comment", "")]
    assert "Bloggs" not in repr(document)


def test_an_ods_says_once_what_it_does_not_tell() -> None:
    (fault,) = made.read(workbook(), ".ods").faults
    assert (fault.code, fault.severity, fault.found) == ("not-examined", "note", "an .ods workbook")
    assert fault.remedy == (
        "Its values are read in full. What isn't looked at: struck-through text, colours and number formats."
    )


@pytest.mark.parametrize(("columns", "rows"), [(16384, 1_048_576), (3000, 1)])
def test_an_ods_that_repeats_a_value_without_end_is_refused(columns: int, rows: int) -> None:
    cell = TableCell(valuetype="float", value="1", numbercolumnsrepeated=columns)
    data = made.patched(
        made.ods([[cell]]),
        "content.xml",
        lambda xml: xml.replace(b"<table:table-row", b'<table:table-row table:number-rows-repeated="%d"' % rows),
    )
    (fault,) = made.read(data, ".ods").faults
    assert (fault.code, fault.sheet) == ("over-limit", "Placements")
    assert fault.found.endswith(f"{rows} ({rows * columns:,} cells)")
