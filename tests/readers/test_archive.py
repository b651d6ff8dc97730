import io
import zipfile

import pytest

from reportgen.readers import Limits
from reportgen.readers.child.archive import sheet_parts

from . import made

FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
STRAY = (
    "Look for a stray entry far to the right or far down (Ctrl+End in Excel) and delete its row or column, "
    "or split the sheet."
)


def test_a_cell_in_the_last_corner_is_refused_before_calamine_sees_it() -> None:
    data = made.xlsx_of_cells(FAR)
    assert len(data) < 8000
    (fault,) = made.read(data).faults
    assert (fault.code, fault.sheet) == ("over-limit", "Placements")
    assert fault.expected == "at most 2,000,000 cells and 2,000 columns, counted from A1"
    assert fault.found == "cells filled in as far as XFD1048576 (17,179,869,184 cells)"
    assert fault.remedy == STRAY


def test_the_sheets_own_dimension_is_not_believed() -> None:
    lie = made.patched(
        made.xlsx_of_cells(FAR),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:A1"'),
    )
    assert b'"A1:A1"' in zipfile.ZipFile(io.BytesIO(lie)).read("xl/worksheets/sheet1.xml")
    assert made.codes(made.read(lie)) == ["over-limit"]


def test_a_styled_blank_cell_far_away_is_no_reason_to_refuse() -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    document = made.read(made.xlsx_of_cells(cells))
    assert (document.sheets[0].rows, document.faults) == ([[1]], [])


def test_the_edge_of_the_limits() -> None:
    rows = [[1] * 10 for _ in range(10)]
    assert made.codes(made.read(made.xlsx(rows), limits=Limits(cells=100, columns=10))) == []
    assert made.codes(made.read(made.xlsx(rows), limits=Limits(cells=99))) == ["over-limit"]
    assert made.codes(made.read(made.xlsx(rows), limits=Limits(columns=9))) == ["over-limit"]


def test_a_highly_compressible_sheet_is_refused_by_its_ratio() -> None:
    data = made.xlsx_of_cells(b" " * 30_000_000 + b'<row r="1"><c r="A1"><v>1</v></c></row>')
    (fault,) = made.read(data).faults
    assert fault.code == "over-limit"
    assert fault.expected == "a file that expands to at most 200 times its size"
    assert fault.found.startswith("one that expands ")
    assert fault.found.endswith(" times, to 30 MB")


def test_a_zip_that_expands_beyond_the_limit_is_refused() -> None:
    data = made.xlsx_of_cells(b" " * 2_000_000)
    (fault,) = made.read(data, limits=Limits(expanded_bytes=1_500_000)).faults
    assert (fault.expected, fault.found) == (
        "a file that expands to at most 1.5 MB",
        "one that expands to 2 MB",
    )


def test_a_zip_of_too_many_parts_and_a_workbook_of_too_many_sheets_are_refused() -> None:
    (fault,) = made.read(made.xlsx(), limits=Limits(entries=5)).faults
    assert (fault.expected, fault.found) == ("at most 5 parts in the file", "9")
    (fault,) = made.read(made.xlsx(), limits=Limits(sheets=0)).faults
    assert (fault.expected, fault.found) == ("at most 0 sheets", "1")


def test_a_zip_that_understates_its_sizes_is_unreadable() -> None:
    data = made.xlsx([[number] for number in range(5000)])
    entry = zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/worksheets/sheet1.xml")
    stated = entry.compress_size.to_bytes(4, "little") + entry.file_size.to_bytes(4, "little")
    lie = entry.compress_size.to_bytes(4, "little") + (500).to_bytes(4, "little")
    assert made.codes(made.read(data.replace(stated, lie))) == ["unreadable-file"]


@pytest.mark.parametrize("target", ["worksheets/odd.xml", "/xl/worksheets/odd.xml", "../xl/worksheets/odd.xml"])
def test_parts_are_found_whatever_way_they_are_named(target: str) -> None:
    book = (
        '<b:workbook xmlns:b="m" xmlns:r="n"><b:sheet name="A &amp; B" r:id="x"/>'
        '<b:sheet name="C" r:id="y"/></b:workbook>'
    )
    links = f'<R xmlns="p"><L Id="x" Target="{target}"/><L Id="y" Target="gone.xml"/></R>'
    parts = {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": links,
        "xl/worksheets/odd.xml": "<a/>",
    }
    with zipfile.ZipFile(io.BytesIO(made.zipped(parts))) as archive:
        assert sheet_parts(archive) == {"A & B": "xl/worksheets/odd.xml"}
