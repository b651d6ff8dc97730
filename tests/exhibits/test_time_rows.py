"""Rows over months: how high they are, which months are named, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.exhibits.time_rows import MOST, Frame, Row, drawn
from reportgen.wording import UK
from tests.exhibits.made import assert_clear, boxes, height, words

DAYS = (dt.date(2016, 1, 15), dt.date(2018, 12, 15))
LONG = "A name that needs more than a line of the room that there is for names"


def pictured(*rows: Row, lines: int = 0, as_at: dt.date | None = None) -> tuple[bytes, list[tuple[int, float]]]:
    """The picture of rows, and the number and middle that each row's marks were asked for."""
    asked: list[tuple[int, float]] = []

    def marks(frame: Frame, number: int, middle: float) -> None:
        asked.append((number, middle))

    return drawn("made", rows, "rows", DAYS, as_at, UK, marks, lines), asked


def test_rows_are_alike_or_as_high_as_their_names() -> None:
    alike, asked = pictured(Row("A", "said"), Row(LONG, "said"), Row("B", "said"))
    assert asked == [(0, 0.0), (1, 1.0), (2, 2.0)]
    fitted, middles = pictured(Row("A", "said"), Row(LONG, "said"), Row("B", "said"), lines=3)
    assert [number for number, _ in middles] == [0, 1, 2]
    assert height(fitted) < height(alike)
    for svg in (alike, fitted):
        assert_clear(svg)


def test_as_many_months_are_named_as_have_room() -> None:
    wide, _ = pictured(Row("A", "said"))
    narrow, _ = pictured(Row("A", "words that take much room, more of them"))
    named = [len([word for word in words(svg) if word in ("2016", "2017", "2018", "2019")]) for svg in (wide, narrow)]
    assert named[0] > named[1] > 1
    assert_clear(narrow)


def test_words_to_the_right_stand_beside_their_rows() -> None:
    svg, _ = pictured(Row("A", "first"), Row("B", "second"), lines=2)
    at = {box.text: box for box in boxes(svg)}
    assert at["A"].top == pytest.approx(at["first"].top, abs=2)
    assert at["B"].top == pytest.approx(at["second"].top, abs=2)


@pytest.mark.parametrize("lines", [0, 3])
def test_more_rows_than_go_on_a_page_are_refused(lines: int) -> None:
    pictured(*[Row("A", "said")] * MOST, lines=lines)
    with pytest.raises(ValueError, match=r"^41 rows, of which 40 go on a page: split the chart by group$"):
        pictured(*[Row("A", "said")] * (MOST + 1), lines=lines)
