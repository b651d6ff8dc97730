"""Look-ups of a sheet."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.check.sheet import Merged, Sheet
from reportgen.model import CellNote, RawSheet, Scalar


def sheet(rows: Sequence[Sequence[Scalar]] = (), **kwargs: object) -> Sheet:
    return Sheet(RawSheet("in/book.xlsx", "Sheet", rows, **kwargs))  # type: ignore[arg-type]


@pytest.mark.parametrize("blank", ["", " ", "\xa0\n", "\u200b", "\ufeff \u200b", None])
def test_what_shows_nothing_is_blank(blank: str | None) -> None:
    made = sheet([[blank, 0, False, "x"]])
    assert made.value(1, 1) is None
    assert made.filled(1) == {2: 0, 3: False, 4: "x"}
    assert made.cell(1, 1).value is None


def test_outside_the_sheet_is_blank() -> None:
    made = sheet([["x"], []])
    assert [made.value(r, c) for r, c in ((0, 1), (1, 0), (1, 2), (2, 1), (3, 1), (-1, 1))] == [None] * 6
    assert (made.filled(0), made.filled(2), made.filled(3)) == ({}, {}, {})


def test_a_cell_has_its_format_and_notes() -> None:
    made = sheet(
        [[1]], formats={(1, 1): "0%"}, notes={(1, 1): ((CellNote.STRUCK, ""),), (3, 2): ((CellNote.ERROR, "#REF!"),)}
    )
    assert (made.cell(1, 1).format, made.cell(1, 1).note(CellNote.STRUCK), made.cell(1, 1).note(CellNote.ERROR)) == (
        "0%",
        "",
        None,
    )
    assert (made.noted(1, CellNote.STRUCK), made.noted(1, CellNote.ERROR), made.noted(2, CellNote.ERROR)) == (
        [1],
        [],
        [],
    )
    assert made.height == 3


def test_a_colour_far_below_does_not_lengthen_a_sheet() -> None:
    assert sheet([[1]], notes={(900, 1): ((CellNote.FILLED, "FFC000"),)}).height == 1


@pytest.mark.parametrize(("file", "seen"), [("a.xlsx", True), ("a.XLS", False), ("a.ods", False), ("a.csv", True)])
def test_whether_number_formats_are_seen(file: str, seen: bool) -> None:
    assert Sheet(RawSheet(file, "", [])).formats_seen == seen


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 3)), max_size=5), st.integers(1, 4))
def test_merged_ranges_are_found_as_by_looking_at_each(parts: list[tuple[int, int]], column: int) -> None:
    ranges, row = [], 1
    for gap, height in parts:
        row += gap
        ranges.append(Merged(row, 2, row + height - 1, 3))
        row += height
    made = sheet(merged=tuple(reversed(ranges)))
    for at in range(1, row + 3):
        here = [m for m in ranges if m.first_row <= at <= m.last_row and m.first_column <= column <= m.last_column]
        assert made.merged(at, column) == (here[0] if here else None)
