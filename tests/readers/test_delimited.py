import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.readers import Limits
from reportgen.readers.child.document import Rows

from . import made

TEXT = "Type;Cost\nIFA;\u00a31,200\nCaf\u00e9;\u00a380"
ROWS = [["Type", "Cost"], ["IFA", "\u00a31,200"], ["Caf\u00e9", "\u00a380"]]


def rows(data: bytes) -> Rows:
    document = made.read(data, ".csv")
    assert document.faults == []
    assert [sheet.name for sheet in document.sheets] == [""]
    return document.sheets[0].rows


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
)
def test_every_encoding_and_line_end_gives_the_same(data: bytes) -> None:
    assert rows(data) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    lines = ["Savings, 2016/17; draft", "", "Ref|Name|Cost", 'A1|"one; two, three"|1', "A2|x|2"]
    text = "\n".join([*lines[:2], *(line.replace("|", delimiter) for line in lines[2:])])
    assert rows(text.encode())[2:] == [
        ["Ref", "Name", "Cost"],
        ["A1", "one; two, three", "1"],
        ["A2", "x", "2"],
    ]


def test_decimal_commas_do_not_win_over_semicolons() -> None:
    assert rows(b"a;b\n1,5;2,5\n3,5;4,5\n") == [["a", "b"], ["1,5", "2,5"], ["3,5", "4,5"]]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_stated_delimiter_is_obeyed_and_its_line_is_no_row(first: str) -> None:
    assert rows(f"{first}\r\na,b,c;d\r\ne,f,g;h\r\n".encode()) == [["a,b,c", "d"], ["e,f,g", "h"]]


def test_one_column_quoted_line_ends_and_doubled_quotation_marks() -> None:
    assert rows(b"Type\nIFA\n") == [["Type"], ["IFA"]]
    assert rows(b'a,"x\ny ""z"""\n5" pipe,\n') == [["a", 'x\ny "z"'], ['5" pipe', None]]


def test_cells_are_text_and_blanks_none_and_rows_of_one_length() -> None:
    assert rows(b"a,b,c,\n01,,,\n\n2,3\n,,,\n") == [
        ["a", "b", "c"], ["01", None, None], [None] * 3, ["2", "3", None],
    ]  # fmt: skip


def test_hidden_characters_go_and_spaces_stay() -> None:
    assert rows("a\ue000\x07,\xa0b  c \n".encode()) == [["a", "\xa0b  c "]]


@pytest.mark.parametrize("data", [b"\n\n", b",,\n", b"\xef\xbb\xbf", "\ufeff".encode("utf-16-le")])
def test_nothing_in_it_is_an_empty_file(data: bytes) -> None:
    (fault,) = made.read(data, ".csv").faults
    assert (fault.code, fault.found) == ("empty-file", "no cell filled in")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a,b\ncaf\xe9,\x81\n", 2),
        (b"a,b\n1,\x002\n3,4\n", 2),
        ("a,b".encode("utf-16-le") + b"x", 1),
        (codecs.BOM_UTF16_LE + b"a\0\n\0\x00\xd8", 2),
    ],
)
def test_bytes_that_are_no_text_are_a_problem(data: bytes, line: int) -> None:
    (fault,) = made.read(data, ".csv").faults
    assert (fault.code, fault.expected) == ("unreadable-file", "text in UTF-8, UTF-16 or Windows-1252")
    assert fault.found == "bytes that are none of these"
    assert fault.line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b\n1,"two\n3,4\n5,6\n', 2),
        ('a,b\n"x"y,2\n', 2),
        ('a,b\n1,2\n"3,4\n5,"6"\n', 3),
        ('sep=,\na,b\n1,"2\n', 3),
    ],
)
def test_a_quotation_mark_that_does_not_close_swallows_nothing(text: str, line: int) -> None:
    document = made.read(text.encode(), ".csv")
    (fault,) = document.faults
    assert document.sheets == []
    assert (fault.code, fault.line) == ("unreadable-file", line)
    assert (fault.expected, fault.found) == (
        "each quotation mark that opens a cell to close it",
        "one that doesn't",
    )


def test_cells_and_files_beyond_the_limits() -> None:
    (fault,) = made.read(b"a," + b"x" * 140_000, ".csv").faults
    assert (fault.expected, fault.found) == ("cells of at most 131,072 characters", "a longer one")
    (fault,) = made.read(b"a,b\n" * 6, ".csv", Limits(cells=10)).faults
    assert (fault.code, fault.found) == ("over-limit", "cells filled in as far as B6 (12 cells)")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_sheet_or_a_problem(data: bytes) -> None:
    document = made.read(data, ".csv")
    assert document.sheets or document.faults
    for sheet in document.sheets:
        assert all(isinstance(value, str | None) for row in sheet.rows for value in row)


@settings(deadline=None)
@given(st.lists(st.lists(st.text('ab,;\t|" \n\u00e9'), min_size=3, max_size=3), min_size=3, max_size=6))
def test_quoted_cells_read_back_the_same(cells: list[list[str]]) -> None:
    text = "sep=;\n" + "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells)
    found = made.read(text.encode(), ".csv").sheets[0]
    for row, line in enumerate(cells, 1):
        assert [found.value(row, column) for column in (1, 2, 3)] == [cell or None for cell in line]
