"""Columns by period: parts up and down with their values, the line across, and what the alternative says of each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.exhibits.stacked_chart import make
from reportgen.exhibits.style import POINTS, TEXT, WHITE
from reportgen.exhibits.views import ChartView
from reportgen.model import Unit, Value
from reportgen.trace import Figure, Grid
from reportgen.wording import UK, House
from tests.exhibits.made import assert_clear, boxes, figure, fills, grid, months, sizes, spec, width, words

Cell = Value | Figure | None
NOT_KNOWN = figure(None, Unit.COUNT, "x")
BRACKETS = House(brackets=True)


def stacks(labels: tuple[str, ...], *rows: tuple[Cell, ...], unit: Unit = Unit.COUNT) -> Grid:
    """A grid of periods and some series."""
    return grid((("year", "Year", Unit.TEXT), *((label.lower(), label, unit) for label in labels)), *rows)


def made(numbers: Grid, house: House = UK, **how: object) -> ChartView:
    return make(spec("stacked-chart", **how), numbers, house)  # type: ignore[arg-type]


PLAN = stacks(
    ("Pressure", "Investment", "Savings", "Support"),
    ("2016/17", 784_800_000, 17_900_000, 0, 802_700_000),
    ("2017/18", 834_600_000, 360_700_000, -227_600_000, 967_700_000),
    ("2018/19", 1_040_200_000, 371_600_000, -519_000_000, 892_800_000),
    unit=Unit.MONEY,
)
NET = {"axis": "By financial year", "line": "support"}


def test_the_alternative_says_how_each_part_and_the_line_ran_and_what_the_parts_come_to() -> None:
    assert made(PLAN, BRACKETS, title="Support peaks.", money="£m", options=NET).alt == (
        "Stacked column chart. Support peaks. Pressure rose from £7.848m in 2016/17 to £10.402m in 2018/19; highest"
        " £10.402m in 2018/19, lowest £7.848m in 2016/17. Investment rose from £0.179m in 2016/17 to £3.716m in"
        " 2018/19; highest £3.716m in 2018/19, lowest £0.179m in 2016/17. Savings (below zero) grew from £0m in 2016/17"
        " to (£5.19m) in 2018/19; largest (£5.19m) in 2018/19, smallest £0m in 2016/17. Support (the line) rose from"
        " £8.027m in 2016/17 to £8.928m in 2018/19; highest £9.677m in 2017/18, lowest £8.027m in 2016/17. All parts"
        " above zero: £8.027m in 2016/17, £11.953m in 2017/18 and £14.118m in 2018/19. All parts below zero: £0m in"
        " 2016/17, (£2.276m) in 2017/18 and (£5.19m) in 2018/19."
    )


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (stacks(("A", "B"), ("Y1", 1, NOT_KNOWN), ("Y2", 2, None)),
         "A rose from 1 in Y1 to 2 in Y2; highest 2 in Y2, lowest 1 in Y1. B: no values. All parts above zero: 1 in Y1"
         " and 2 in Y2."),
        (stacks(("A",), ("Y1", 3), ("Y2", 3)), "A was 3 throughout, from Y1 to Y2."),
        (stacks(("A", "B")), "A: no values. B: no values."),
    ],
)  # fmt: skip
def test_the_alternative_of_few_values(numbers: Grid, said: str) -> None:
    assert made(numbers).alt == f"Stacked column chart. A title. {said}"


def test_the_totals_of_very_many_periods_are_the_first_and_last() -> None:
    many = stacks(("A", "B"), *((f"Y{n}", n, 1) for n in range(13)))
    assert made(many).alt.endswith(" All parts above zero: 1 in Y0 and 13 in Y12.")


def test_parts_carry_their_values_and_the_last_column_the_names() -> None:
    said = words(made(PLAN, BRACKETS, money="£m", options=NET).svg)
    assert said[0] == "By financial year"
    for value in ("£7.848m", "£0.179m", "£0m", "£8.346m", "£3.607m", "(£2.276m)", "£8.027m", "£9.677m"):
        assert said.count(value) == 1, value
    for named in ("Pressure: £10.402m", "Investment: £3.716m", "Savings: (£5.19m)", "Support: £8.928m"):
        assert said.count(named) == 1, named


def test_names_stand_at_the_height_of_their_parts_in_their_order() -> None:
    at = {box.text.split(":")[0]: box for box in boxes(made(PLAN, money="£m", options=NET).svg) if ":" in box.text}
    assert sorted(at, key=lambda name: at[name].top) == ["Investment", "Support", "Pressure", "Savings"]
    assert len({round(box.left, 3) for box in at.values()}) == 1


def test_values_that_fit_stand_in_their_parts_and_others_beside() -> None:
    svg = made(stacks(("A", "B"), ("Y1", 100, 1), ("Y2", 100, 1))).svg
    at = {box.text: box for box in boxes(svg)}
    middle = (at["Y1"].left + at["Y1"].right) / 2
    assert (at["100"].left + at["100"].right) / 2 == pytest.approx(middle, abs=0.5)
    assert at["1"].left > at["100"].right


def test_zero_and_missing_are_told_apart_and_a_blank_is_nothing() -> None:
    chart = made(stacks(("A", "B", "C"), ("Y1", 0, NOT_KNOWN, None), ("Y2", 1, 2, 3)))
    assert [word for word in words(chart.svg) if ":" not in word] == ["Y1", "Y2", "[x]", "0"]
    assert chart.notes == ("Key: [x] not available.",)
    last = words(made(stacks(("A", "B", "C"), ("Y1", 1, 2, 3), ("Y2", 0, NOT_KNOWN, None))).svg)
    assert last[-3:] == ["C", "B: [x]", "A: 0"]


def test_months_are_named_in_short() -> None:
    assert "Jan 2016" in words(made(months((1, 592, 51), (2, 589, 57))).svg)


@pytest.mark.parametrize(
    ("numbers", "options"),
    [
        (stacks(("A", "B"), ("Y1", 0, 0), ("Y2", 0, 0)), {}),
        (stacks(("A",), ("Y1", -5)), {}),
        (stacks(("A", "B")), {"line": "b"}),
        (stacks(("A", "B"), ("Y1", 1, None), ("Y2", 2, NOT_KNOWN), ("Y3", 3, 10_000_000)), {"line": "b"}),
        (stacks(tuple("ABCDEFN"), ("Y1", 1, 1, 1, 1, 1, 1, -500), ("Y2", -1, 0, 0, 0, NOT_KNOWN, -1, 500)),
         {"line": "n"}),
        (stacks(("A very long name of a series of some words", "B"), ("word " * 40, 1, 2), ("W" * 90, 2, 1)), {}),
    ],
)  # fmt: skip
def test_odd_data_go_into_the_picture(numbers: Grid, options: dict[str, str]) -> None:
    svg = made(numbers, options=options).svg
    assert_clear(svg)
    assert sizes(svg) <= {POINTS}
    assert {colour.lower() for colour in fills(svg)} <= {TEXT, "#505050", WHITE}


def test_more_than_fits_is_refused_in_words() -> None:
    wide = stacks(("A", "B"), *((f"Y{n}", 123_456_700, 1_000) for n in range(12)), unit=Unit.MONEY)
    with pytest.raises(ValueError, match=r"^12 columns with values as long as £1,234,567, more than fit beside each"):
        made(wide)
    with pytest.raises(ValueError, match=r"^7 series: a chart that can be read has six at most$"):
        made(stacks(tuple("ABCDEFG"), ("Y1", *range(7))))
    with pytest.raises(ValueError, match=r'^the name of the column "(wordy )+word: 1" is too long for the chart: give'):
        made(stacks(("wordy " * 30 + "word", "B"), ("Y1", 1, 2)))
    with pytest.raises(KeyError, match='no column "nett" to draw as a line: the chart shows pressure, investment, sav'):
        made(PLAN, options={"line": "nett"})
    with pytest.raises(TypeError):
        made(grid((("a", "A", Unit.TEXT), ("b", "B", Unit.TEXT)), ("x", "words")))


def test_the_table_has_the_columns_that_the_settings_name() -> None:
    chart = made(PLAN, columns={"year": "Financial year", "pressure": "", "savings": "Saved"})
    assert [head.text for head in chart.table.heads] == ["Financial year", "Pressure", "Saved"]
    assert "Investment" not in chart.alt


def test_the_picture_is_the_same_each_time() -> None:
    assert made(PLAN, options=NET).svg == made(PLAN, options=NET).svg


def test_a_period_of_two_lines_with_a_letter_that_the_font_lacks_stays_in_the_picture() -> None:
    first, blank = "\u4e2d" * 9 + " and a second line", (None,) * 5
    chart = made(stacks(tuple("ABCDE"), (first, *blank), *[("", *blank)] * 2, ("", *blank[1:], -100)))
    assert len(words(chart.svg)) > 6  # the period takes two lines at least
    assert_clear(chart.svg)


NUMBERS = st.one_of(st.none(), st.just(NOT_KNOWN), st.integers(-(10**6), 10**6), st.integers(-3, 3))
NAMES = st.text("abWil .,$–é<&\u4e2d\u202e", max_size=40)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_the_data_nothing_is_covered_or_leaves_the_picture(data: st.DataObject) -> None:
    series, lined = data.draw(st.integers(1, 6)), data.draw(st.booleans())
    rows = data.draw(st.lists(st.tuples(NAMES, *[NUMBERS] * (series + lined)), max_size=4))
    labels = (*(f"Series{n}" for n in range(series)), *(["Line"] if lined else []))
    options = {"axis": data.draw(NAMES), "line": "line" if lined else ""}
    chart = made(stacks(labels, *rows), options=options)
    assert_clear(chart.svg)
    assert width(chart.svg) == pytest.approx(481.9, abs=0.1)
    assert chart.alt.startswith("Stacked column chart. A title.")
