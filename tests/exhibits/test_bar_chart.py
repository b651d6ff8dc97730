"""Bars by category: the values beside them, comparators across them, and an alternative that leaves nothing out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.exhibits import bar_alt
from reportgen.exhibits.bar_chart import make
from reportgen.exhibits.sheet import PAGE
from reportgen.exhibits.style import POINTS, TEXT
from reportgen.exhibits.views import ChartView
from reportgen.model import Unit, Value
from reportgen.trace import Figure, Grid
from reportgen.wording import UK, House
from tests.exhibits.made import (
    assert_clear,
    assert_uncrossed,
    boxes,
    figure,
    fills,
    grid,
    height,
    sizes,
    spec,
    uprights,
    width,
    words,
)

Cell = Value | Figure | None
NOT_KNOWN = figure(None, Unit.COUNT, "x")


def bars(labels: str | tuple[str, ...], *rows: tuple[Cell, ...], unit: Unit = Unit.COUNT) -> Grid:
    """A grid of categories and some series, one a letter or word."""
    return grid((("name", "Name", Unit.TEXT), *((label.lower(), label, unit) for label in labels)), *rows)


def made(numbers: Grid, house: House = UK, **how: object) -> ChartView:
    return make(spec("bar-chart", **how), numbers, house)  # type: ignore[arg-type]


RATES = bars(
    ("Here", "Neighbours", "England"), ("All children", 84, 66, 60), ("Without UASC", 64, None, None),
    unit=Unit.PER_10000,
)  # fmt: skip
ACROSS = {"axis": "Children per 10,000", "lines": "england, neighbours"}
GAPS = bars(
    ("Agency", "Own"), ("2018/19", 284_446_200, -61_640_600), ("2019/20", 117_697_800, -96_763_500), unit=Unit.MONEY
)


def test_the_alternative_says_every_value_and_how_it_stands_to_the_comparators() -> None:
    assert made(RATES, title="The rate is high.", options=ACROSS).alt == (
        "Bar chart. The rate is high. Here: highest 84 (All children), lowest 64 (Without UASC). All children: 84."
        " Without UASC: 64. Line for England at 60: above it All children and Without UASC. Line for Neighbours at 66:"
        " above it All children; below it Without UASC."
    )


def test_the_alternative_of_several_series_names_each() -> None:
    assert made(GAPS, title="Gaps", money="£k", options={"over": "over", "under": "under"}).alt == (
        "Bar chart. Gaps. Agency: most £2,844.462k over (2018/19), least £1,176.978k over (2019/20). Own: least"
        " £616.406k under (2018/19), most £967.635k under (2019/20). 2018/19: Agency £2,844.462k over, Own £616.406k"
        " under. 2019/20: Agency £1,176.978k over, Own £967.635k under."
    )


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (bars("N", ("A", 0), ("B.", 0)), "N: 0 in each of 2 rows. A: 0. B: 0."),
        (bars("N", ("A", 5)), "A: 5."),
        (bars("N", ("A", NOT_KNOWN), ("B", None)), "N: no values. A: not available. B: blank."),
        (bars("N", ("A", 3), ("B", 3), ("C", 7)), "N: highest 7 (C), lowest 3 (A and B). A: 3. B: 3. C: 7."),
        (bars("N"), "N: no values."),
        (bars((), ("A",)), "A: blank."),
    ],
)
def test_the_alternative_of_few_values(numbers: Grid, said: str) -> None:
    assert made(numbers).alt == f"Bar chart. A title. {said}"


def test_the_alternative_of_very_many_values_says_the_first_and_last_and_counts_them_by_a_comparator() -> None:
    many = bars(("N", "M", "Mean"), *((f"R{n}", n, 20 - n, 10) for n in range(21)))
    assert len(many.rows) * 2 > bar_alt.MANY
    assert made(many, options={"lines": "mean"}).alt == (
        "Bar chart. A title. N: highest 20 (R20), lowest 0 (R0), first 0 (R0), last 20 (R20). M: highest 20 (R0),"
        " lowest 0 (R20), first 20 (R0), last 0 (R20). Line for Mean at 10: above it 20; below it 20; level with it 2."
    )


def test_values_stand_in_the_houses_words() -> None:
    said = words(made(GAPS, House(brackets=True), money="£000").svg)
    assert said == ["£000", "2018/19", "Agency", "2,844", "Own", "(616)", "2019/20", "Agency", "1,177", "Own", "(968)"]
    assert "£616,406 under" in words(made(GAPS, options={"over": "over", "under": "under"}).svg)
    shares = bars("N", ("A", Fraction(69, 100)), unit=Unit.PERCENT)
    assert "69.0%" in words(made(shares).svg)


def test_what_is_measured_stands_above_with_the_scale_of_its_money() -> None:
    assert "Actual less budget (£000)" in words(made(GAPS, money="£000", options={"axis": "Actual less budget"}).svg)
    assert "Variance, £000" in words(made(GAPS, money="£000", options={"axis": "Variance, £000"}).svg)
    assert "Actual less budget" in words(made(GAPS, money="£m", options={"axis": "Actual less budget"}).svg)


def test_each_bar_of_several_has_the_name_of_its_series() -> None:
    said = words(made(GAPS).svg)
    assert (said.count("Agency"), said.count("Own")) == (2, 2)
    assert "Here" not in words(made(RATES, options=ACROSS).svg), "one series is named by the chart's title"


def test_what_is_missing_is_a_symbol_with_a_key_and_a_blank_is_nothing() -> None:
    chart = made(bars(("A", "B"), ("First", NOT_KNOWN, 1), ("Second", None, 0)), notes=("A note.",))
    assert words(chart.svg) == ["First", "A", "[x]", "B", "1", "Second", "B", "0"]
    assert chart.notes == ("A note.", "Key: [x] not available.")
    lines = bars(("Here", "There"), ("All", 84, 60), ("Some", 64, NOT_KNOWN))
    assert made(lines, options={"lines": "there"}).notes == (), "a line stands at the value that is known"
    unknown = bars(("Here", "There"), ("All", 84, NOT_KNOWN))
    assert made(unknown, options={"lines": "there"}).notes == ("Key: [x] not available.",)
    low = made(bars("N", ("A", 49_999), ("B", 1_000_000), unit=Unit.MONEY), money="£000")
    assert "[low]" in words(low.svg)
    assert low.notes == ("Key: [low] rounds to zero.",)
    assert "A: rounds to zero." in low.alt


def test_negative_bars_run_to_the_left_of_zero_and_their_values_stand_beyond() -> None:
    svg = made(bars("N", ("Up", 10), ("Down", -10))).svg
    zero = uprights(svg)[0][0]
    at = {box.text: box for box in boxes(svg)}
    assert at["−10"].right < zero < at["10"].left
    assert zero - at["−10"].right == pytest.approx(at["10"].left - zero)


def test_a_comparator_is_a_line_across_all_bars_with_its_name_to_the_left_of_its_top() -> None:
    svg = made(RATES, options=ACROSS).svg
    at = {box.text: box for box in boxes(svg)}
    zero, england, neighbours = sorted({x for x, _, _ in uprights(svg)})
    assert (england - zero) / 60 == pytest.approx((neighbours - zero) / 66)
    assert at["England: 60"].right < england < neighbours
    assert at["Neighbours: 66"].right < neighbours
    assert at["Neighbours: 66"].bottom < at["England: 60"].top
    assert {bottom for _, _, bottom in uprights(svg)} == {height(svg)}


def test_comparators_without_a_value_are_named_all_the_same() -> None:
    unknown = bars(("N", "Region", "Empty"), ("A", 5, NOT_KNOWN, None))
    chart = made(unknown, options={"lines": "region,empty"})
    assert chart.alt == "Bar chart. A title. A: 5. Region: not available."
    assert "Region: [x]" in words(chart.svg)


def test_a_comparator_has_its_first_value() -> None:
    first = bars(("N", "Mean"), ("A", 5, None), ("B", 6, NOT_KNOWN), ("C", 7, 6), ("D", 7, 9))
    assert "Mean: 6" in words(made(first, options={"lines": "mean"}).svg)


@pytest.mark.parametrize(
    "numbers",
    [
        bars("N", ("Small", 1), ("Large", 10_000_000)),
        bars("N", ("A", 0), ("B", 0)),
        bars("N", ("Only", 7)),
        bars("N", *((f"Category {n} of fourteen with a label of some length indeed", n * 7) for n in range(14))),
        bars("N", ("word " * 80, 7), ("W" * 200, 8)),
        bars("ABCDEF", ("First", 1, 2, NOT_KNOWN, None, -5, 0), ("Second", 3, 3, 3, -3, 4, 10_000)),
        bars(("Statistical neighbours of ours", "Own"), ("A", 1, 2)),
        bars("N"),
    ],
)  # fmt: skip
def test_odd_data_go_into_the_picture(numbers: Grid) -> None:
    svg = made(numbers, options={"axis": "What is measured"}).svg
    assert_clear(svg)
    assert_uncrossed(svg)
    assert sizes(svg) == {POINTS}
    assert {colour.lower() for colour in fills(svg)} <= {TEXT, "#505050"}


@pytest.mark.parametrize("close", [(60, 60, 61), (0, 0, 0), (-9, 84, 64), (84, 84, 84), (1, 2, 90)])
def test_close_lines_and_values_keep_out_of_each_others_way(close: tuple[int, int, int]) -> None:
    numbers = bars(("N", "One", "Two", "Three"), ("A", 84, *close), ("B", 64, *close), ("C", -5, *close))
    svg = made(numbers, options={"lines": "one,two,three"}).svg
    assert_clear(svg)
    assert_uncrossed(svg)


def test_more_than_goes_on_a_page_is_refused_in_words() -> None:
    rows = [(f"Row {n}", *range(6)) for n in range(14)]
    with pytest.raises(ValueError, match=r"^14 rows with 84 bars, of which 8 rows go on a page: show fewer columns or"):
        made(bars("ABCDEF", *rows))
    assert height(made(bars("ABCDEF", *rows[:8])).svg) <= PAGE * 72


def test_what_no_chart_can_show_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"^7 series: a chart that can be read has six at most$"):
        made(bars("ABCDEFG", ("A", *range(7))))
    mixed = grid((("a", "A", Unit.TEXT), ("n", "N", Unit.COUNT), ("m", "M", Unit.MONEY)), ("x", 1, 100))
    with pytest.raises(ValueError, match=r"^columns in count and GBP, which one scale can't show: show columns of one"):
        made(mixed)
    with pytest.raises(ValueError, match=r'^the name of the column "W{60}" is too long for the chart: give it a shor'):
        made(bars(("W" * 60, "B"), ("A", 1, 2)))
    with pytest.raises(ValueError, match=r"^values as long as .*, which leave no room for bars: show money in thousan"):
        made(bars("N", ("A", 10**99)))
    with pytest.raises(KeyError, match='no column "norway" to draw as a line: the chart shows here, neighbours, engl'):
        made(RATES, options={"lines": "norway"})
    with pytest.raises(TypeError):
        made(grid((("a", "A", Unit.TEXT), ("b", "B", Unit.TEXT)), ("x", "words")))


def test_the_table_has_the_columns_that_the_settings_name() -> None:
    chart = made(RATES, columns={"name": "Measure", "here": "Ours", "england": ""}, options={"lines": "england"})
    assert [head.text for head in chart.table.heads] == ["Measure", "Ours", "England"]
    assert "Neighbours" not in chart.alt


def test_the_picture_is_the_same_each_time() -> None:
    assert made(RATES, options=ACROSS).svg == made(RATES, options=ACROSS).svg


NUMBERS = st.one_of(st.none(), st.just(NOT_KNOWN), st.integers(-(10**10), 10**10), st.integers(-3, 3))
NAMES = st.text("abWil .,$–é<&\u4e2d\u202e", max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_the_data_nothing_is_covered_or_leaves_the_picture(data: st.DataObject) -> None:
    series, lines = data.draw(st.integers(1, 6)), data.draw(st.integers(0, 3))
    rows = data.draw(st.lists(st.tuples(NAMES, *[NUMBERS] * (series + lines)), max_size=6))
    labels = tuple(f"Series{n}" for n in range(series)) + tuple(f"Line{n}" for n in range(lines))
    options = {"axis": data.draw(NAMES), "lines": ",".join(f"line{n}" for n in range(lines))}
    chart = made(bars(labels, *rows), options=options)
    assert_clear(chart.svg)
    assert_uncrossed(chart.svg)
    assert width(chart.svg) == pytest.approx(481.9, abs=0.1)
    assert chart.alt.startswith("Bar chart. A title.")
