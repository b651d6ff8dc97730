"""SSDA903 returns as they come: which tables are returns, and their columns as texts and numbers of texts."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import json
from array import array
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import readers
from reportgen.model import RawFile, RawReturn
from reportgen.readers.child.delimited import read_csv
from reportgen.readers.child.document import Document, RefusedError, Return
from reportgen.readers.child.limits import Limits
from reportgen.readers.child.returns import of_lines, sort_of
from reportgen.readers.child.wire import decode, encode

EPISODES = (
    "child,Decom,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,HOME_POST\r\n"
    "17,01/04/2017,S,C1,N1,U4,PR1,,,AB1 2CD\r\n"
    "17,2017-05-02,P,C1,N1,K2,PR4,NULL\r\n"
    "\r\n"
    "18,01/04/2017,S,C1,N1,U4,PR1,03/04/2017,E4A,AB1 2CD\r\n"
)


def column(found: Return, heading: str) -> list[str]:
    made = next(each for each in found.columns if each.heading == heading)
    return [made.words[code] for code in made.codes]


def only(text: str, encoding: str = "utf-8") -> Return:
    document = read_csv(text.encode(encoding), Limits())
    assert document.sheets == []
    (found,) = document.returns
    return found


@pytest.mark.parametrize(
    ("heads", "sort"),
    [
        (["CHILD", "DECOM", "RNE"], "episodes"),
        (["child ", "Decom", "rec", None], "episodes"),
        (["CHILD", "SEX", "DOB", "DUC"], "uasc"),
        (["CHILD", "SEX", "DOB", "ETHNIC"], "header"),
        (["CHILD", "DOB", "PLACE"], ""),
        (["CHILD", "DECOM", "PLACE"], ""),
        (["DECOM", "RNE", 3], ""),
    ],
    ids=["episodes", "other case", "uasc", "header", "placements", "placements with dates", "no child"],
)
def test_headings_tell_a_return(heads: list[str | int | None], sort: str) -> None:
    assert sort_of(heads) == sort


def test_its_columns_by_heading_in_any_case_and_nothing_of_the_others() -> None:
    found = only(EPISODES)
    assert (found.sort, found.heading_row, found.length) == ("episodes", 1, 4)
    assert column(found, "CHILD") == ["17", "17", "", "18"]
    assert column(found, "DECOM") == ["01/04/2017", "2017-05-02", "", "01/04/2017"]
    assert column(found, "DEC") == ["", "NULL", "", "03/04/2017"]
    assert column(found, "REC") == ["", "", "", "E4A"]
    assert {each.heading: each.number for each in found.columns} == {
        "CHILD": 1, "DECOM": 2, "RNE": 3, "LS": 4, "CIN": 5, "PLACE": 6, "PLACE_PROVIDER": 7, "DEC": 8, "REC": 9
    }  # fmt: skip
    assert b"AB1" not in encode(Document(returns=[found]))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_mark_of_the_encoding_and_other_delimiters(encoding: str) -> None:
    assert column(only(EPISODES.replace(",", ";"), encoding), "PLACE") == ["U4", "K2", "", "U4"]


@pytest.mark.parametrize(
    ("above", "row"), [("Our return\n\n", 3), ("Our return\r\n", 2), ("sep=,\n", 1), ("a,b\n" * 9, 10)]
)
def test_lines_may_stand_above_the_headings(above: str, row: int) -> None:
    found = only(above + EPISODES)
    assert (found.heading_row, found.length, column(found, "CHILD")) == (row, 4, ["17", "17", "", "18"])


def test_headings_further_down_are_none() -> None:
    assert read_csv(("a,b\n" * 10 + EPISODES).encode(), Limits()).returns == []


def test_a_heading_that_stands_twice_is_told() -> None:
    assert only("CHILD,DUC,duc\n1,,\n").doubled == ["DUC"]


def test_it_is_refused_beyond_its_own_limit_and_no_sooner() -> None:
    text = "CHILD,DUC\n" + "1,\n" * 30
    assert len(read_csv(text.encode(), Limits(cells=10)).returns) == 1
    with pytest.raises(RefusedError) as refused:
        read_csv(text.encode(), Limits(return_cells=60))
    assert refused.value.fault.found == "cells filled in as far as B31 (62 cells)"


def test_an_open_quotation_mark_is_told_with_its_line() -> None:
    with pytest.raises(RefusedError) as refused:
        read_csv(b'CHILD,DUC\n1,"x\n', Limits())
    assert refused.value.fault.code == "unreadable-file"


def test_what_is_sent_is_what_comes_back() -> None:
    found = only(EPISODES)
    assert decode(encode(Document(returns=[found]))).returns == [found]


@pytest.mark.parametrize(
    ("codes", "words"),
    [([0, 1, 2, 3], ["a", "b", "c"]), ([0, 0, -1, 0], ["a"]), ([0, 0, 0], ["a"]), ([0, 0, 0, 0], [5])],
    ids=["too high", "negative", "too few", "no text"],
)
def test_an_answer_that_fits_no_rows_is_none(codes: list[int], words: list[object]) -> None:
    content = json.loads(encode(Document(returns=[only(EPISODES)])))
    content["returns"][0]["columns"][0] |= {
        "codes": base64.b64encode(array("i", codes).tobytes()).decode(), "words": words,
    }  # fmt: skip
    with pytest.raises(ValueError):
        decode(json.dumps(content).encode())


def read(folder: Path) -> list[RawFile]:
    return readers.start(readers.input_files(folder), folder).result()


def in_parent(found: RawReturn, heading: str) -> list[str]:
    made = found.columns[heading]
    return [made.words[code] for code in array("i", made.codes)]


def test_a_workbook_of_a_return_has_its_sheets_beside_others(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Episodes"
    sheet.append(["Return of 2018"])
    sheet.append(["CHILD", "DECOM", "RNE", "REC"])
    sheet.append([17, dt.datetime(2018, 4, 1), "S", None])
    book.create_sheet("Notes").append(["of", "mine"])
    book.create_sheet("Header").append(["CHILD", "DOB", "SEX", "ETHNIC"])
    book.save(tmp_path / "return 2018.xlsx")
    (made,) = read(tmp_path)
    assert [sheet.name for sheet in made.sheets] == ["Notes"]
    assert [(each.sheet, each.sort, each.heading_row, each.length) for each in made.returns] == [
        ("Episodes", "episodes", 2, 1),
        ("Header", "header", 1, 0),
    ]
    assert (in_parent(made.returns[0], "CHILD"), in_parent(made.returns[0], "DECOM")) == (["17"], ["2018-04-01"])
    assert made.problems == ()


def test_a_formula_without_a_value_is_told_because_a_blank_would_be_an_open_episode(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["CHILD", "DECOM", "DEC", "REC"], [17, "01/04/2018", "=B2+30", "E4A"], [18, "01/04/2018", "#REF!"]):
        sheet.append(line)
    sheet["C3"].data_type = "e"
    book.save(tmp_path / "2018.xlsx")
    (made,) = read(tmp_path)
    assert [p.message for p in made.problems] == [
        '2018.xlsx, sheet "Sheet": expected values in the table of a return, found 2 formulas without a value, the '
        "first in cell C2.\n  A blank would mean something else: paste the table as values.  [formula-error]"
    ]


CELL = st.text(st.sampled_from('a1 "\r;é,'), max_size=3)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=6), st.booleans())
def test_lines_are_read_as_the_csv_module_reads_them_or_left_to_it(rows: list[list[str]], quoted: bool) -> None:
    if quoted:
        out = io.StringIO(newline="")
        csv.writer(out).writerows([["CHILD", "DUC"], *rows])
        text = out.getvalue()
    else:
        text = "\n".join(map(",".join, [["CHILD", "DUC"], *rows]))
    blocks = of_lines(text, ",")
    if blocks is None:
        return
    held = list(blocks)
    columns = [[cell for block in held for cell in block[at]] for at in range(2)]
    records = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert columns == [[record[at] for record in records] for at in range(2)]
