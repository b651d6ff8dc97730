"""Activities in time: bars and marks in the order of their terms, and an alternative that gives every date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.cells.dates import month_end
from reportgen.exhibits.activity_chart import make
from reportgen.exhibits.sheet import PAGE
from reportgen.exhibits.style import POINTS, TEXT
from reportgen.exhibits.views import ChartView
from reportgen.model import Unit, Value
from reportgen.trace import Figure
from reportgen.wording import UK
from tests.exhibits.made import assert_clear, boxes, figure, fills, grid, height, sizes, spec, uprights, width, words

HEADS = (
    ("activity", "Activity", Unit.TEXT),
    ("term", "Term", Unit.TEXT),
    ("start", "Start", Unit.DATE),
    ("end", "End", Unit.DATE),
)
Cell = Value | Figure | None
AS_AT = dt.date(2017, 5, 31)
BLOCK = ("Block contract", "long", dt.date(2017, 9, 1), dt.date(2018, 12, 31))
REVIEW = ("Review of placements", "short", month_end(2017, 4), month_end(2017, 10))
TARGET = ("Reach the target.", "Short term", None, dt.date(2017, 10, 31))
PERMANENCY = ("Early permanency", "medium", figure(None, Unit.DATE, "x"), figure(None, Unit.DATE, "x"))
FOSTERING = ("Fostering", "long-term", dt.date(2017, 4, 1), figure("Ongoing", Unit.TEXT))
PANEL = ("Panel", "medium", dt.date(2017, 5, 15), None)


def made(*rows: tuple[Cell, ...], as_at: dt.date | None = AS_AT, **how: object) -> ChartView:
    return make(spec("activity-chart", **how), grid(HEADS, *rows, as_at=as_at), UK)  # type: ignore[arg-type]


def test_the_alternative_gives_every_activity_with_its_dates_by_term() -> None:
    assert made(BLOCK, REVIEW, TARGET, PERMANENCY, FOSTERING, PANEL, title="Most ends in 2018.").alt == (
        "Chart of activities in time. Most ends in 2018. 6 activities, 5 with a date. The data stand at 31 May 2017."
        " Short term: Review of placements, April 2017 to October 2017; Reach the target, by 31 October 2017. Medium"
        " term: Early permanency, dates not available; Panel, from 15 May 2017, end not available. Long term: Block"
        " contract, 1 September 2017 to 31 December 2018; Fostering, from 1 April 2017, end ongoing."
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "0 activities, 0 with a date."),
        ([("A", None, None, dt.date(2017, 7, 4))], "1 activity, 1 with a date. Term not available: A, by 4 July 2017."),
        ([("A", "Business as usual", None, figure("done", Unit.TEXT))],
         "1 activity, 0 with a date. Business as usual: A, done."),
        ([("A", "short", dt.date(2017, 7, 4), dt.date(2017, 7, 4))],
         "1 activity, 1 with a date. Short term: A, 4 July 2017."),
        ([("A", "short", figure(None, Unit.DATE, "z"), figure(None, Unit.DATE, "z"))],
         "1 activity, 0 with a date. Short term: A, dates not applicable."),
    ],
)  # fmt: skip
def test_the_alternative_of_odd_rows(rows: list[tuple[Cell, ...]], said: str) -> None:
    assert made(*rows, as_at=None).alt == f"Chart of activities in time. A title. {said}"


def test_rows_stand_in_the_order_of_their_terms_each_with_it_in_words() -> None:
    chart = made(BLOCK, PANEL, REVIEW, FOSTERING, PERMANENCY, ("Other", None, None, None), TARGET)
    names = {"Block contract", "Panel", "Review of placements", "Fostering", "Early permanency", "Reach the target.",
             "Other"}  # fmt: skip
    rows = sorted((box for box in boxes(chart.svg) if box.text in names), key=lambda box: box.top)
    assert [box.text for box in rows] == [
        "Review of placements", "Reach the target.", "Panel", "Early permanency", "Block contract", "Fostering",
        "Other",
    ]  # fmt: skip
    said = [box for box in boxes(chart.svg) if " term" in box.text or box.text.startswith("Term")]
    assert [box.text for box in sorted(said, key=lambda box: box.top)] == [
        "Short term", "Short term", "Medium term, end [x]", "Medium term: [x]", "Long term", "Long term, ongoing",
        "Term [x]: [x]",
    ]  # fmt: skip
    assert chart.notes == ("Key: [x] not available.",)


def test_the_day_of_the_data_is_a_line_where_there_is_one() -> None:
    assert "Data as at 31 May 2017" in words(made(REVIEW, BLOCK).svg)
    without = made(REVIEW, BLOCK, as_at=None)
    assert not [word for word in words(without.svg) if word.startswith("Data")]
    assert len(uprights(made(REVIEW, BLOCK).svg)) == len(uprights(without.svg)) + 1


def test_a_month_begins_with_its_first_day_and_ends_with_its_last() -> None:
    by_month = made(("A", "short", month_end(2017, 4), month_end(2017, 10)), as_at=None)
    by_day = made(("A", "short", dt.date(2017, 4, 1), dt.date(2017, 10, 31)), as_at=None)
    assert by_month.svg == by_day.svg
    assert by_month.alt != by_day.alt


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("A", "short", None, None)],
        [("word " * 60, "long", dt.date(2017, 4, 1), None), ("W" * 200, "W " * 60, None, dt.date(2017, 4, 1))],
        [("A", "short", dt.date(1990, 1, 1), dt.date(2040, 12, 31))],
        [REVIEW] * 14 + [FOSTERING] * 14,
    ],
)
def test_odd_data_go_into_the_picture(rows: list[tuple[Cell, ...]]) -> None:
    for as_at in (AS_AT, None):
        svg = made(*rows, as_at=as_at).svg
        assert_clear(svg)
        assert sizes(svg) <= {POINTS}
        assert {colour.lower() for colour in fills(svg)} <= {TEXT}


def test_more_than_goes_on_a_page_is_refused_in_words() -> None:
    assert height(made(*([REVIEW] * 40)).svg) <= PAGE * 72
    with pytest.raises(ValueError, match=r"^50 activities, of which 40 go on a page: split the chart by group$"):
        made(*([REVIEW] * 50))


def test_an_end_before_its_start_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r'^activity "A" ends on 1 March 2017, before it starts on 2 March 2017$'):
        made(("A", "short", dt.date(2017, 3, 2), dt.date(2017, 3, 1)))


def test_a_grid_without_activities_is_refused() -> None:
    with pytest.raises(KeyError, match='grid "made" has no column "activity"'):
        make(spec(), grid((("a", "A", Unit.TEXT),), ("x",)), UK)


def test_the_table_has_the_four_columns_as_the_settings_name_them() -> None:
    table = made(REVIEW, columns={"activity": "What", "end": ""}).table
    assert [head.text for head in table.heads] == ["What", "Term", "Start", "End"]
    cells = [cell.text for cell in table.rows[0].cells]
    assert cells == ["Review of placements", "Short", "April 2017", "October 2017"]


def test_the_picture_is_the_same_each_time() -> None:
    assert made(REVIEW, BLOCK).svg == made(REVIEW, BLOCK).svg


DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2030, 12, 31))
DATES = st.one_of(st.none(), DAYS, DAYS.map(lambda day: month_end(day.year, day.month)), st.just(PERMANENCY[2]))
NAMES = st.text("abWil .,$–é<&中‮", max_size=80)
TERMS = st.one_of(st.none(), st.sampled_from(["short", "Medium term", "long"]), NAMES)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NAMES, TERMS, DATES, DATES), max_size=8), st.one_of(st.none(), DAYS))
def test_whatever_the_data_nothing_is_covered_or_leaves_the_picture(
    rows: list[tuple[Cell, Cell, Cell, Cell]], as_at: dt.date | None
) -> None:
    ordered = []
    for name, term, start, end in rows:
        turned = isinstance(start, dt.date) and isinstance(end, dt.date) and start.replace(day=1) > end
        ordered.append((name, term, end, start) if turned else (name, term, start, end))
    try:
        chart = made(*ordered, as_at=as_at)
    except ValueError as wrong:
        assert "before it starts" in str(wrong)
        return
    assert_clear(chart.svg)
    assert width(chart.svg) == pytest.approx(481.9, abs=0.1)
