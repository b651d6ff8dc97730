"""The primitives: the value, and the cells that it came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from reportgen.cells.kinds import Category, Count, Money, Quantity, Unsigned
from reportgen.model import Number, Place, Unit, Value
from reportgen.table import Stated
from reportgen.trace import (
    Figure,
    Missing,
    add,
    as_stated,
    cell,
    cells,
    change,
    count,
    derive,
    difference,
    first_below_zero,
    given,
    pick,
    ratio,
    select,
    size,
    slice_of,
    stated_total,
    text,
    total,
    whole,
    without,
)
from reportgen.trace.primitives import Condition
from tests.trace.made import addresses, placements, table


def figure(value: Value | None, symbol: str = "", unit: Unit = Unit.COUNT, half: Number = 0) -> Figure:
    bounds = (value - half, value + half) if half and isinstance(value, (int, Fraction)) else None
    return Figure(value, unit, f"a figure of {value}", symbol, bounds=bounds)


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ({}, [0, 1, 2, 3, 4, 5]),
        ({"type": "foster care"}, [0, 1, 3]),
        ({"type": ("residential", "foster care")}, [0, 1, 2, 3, 5]),
        ({"type": None}, [4]),
        ({"type": ("residential", None)}, [2, 4, 5]),
        ({"type": "foster care", "need": "low"}, [1, 3]),
        ({"type": "semi-independent"}, []),
        ({"type": ()}, []),
        ({"children": 2}, [2]),
    ],
    ids=str,
)
def test_select_takes_the_rows_that_hold_the_values(where: dict[str, Condition], rows: list[int]) -> None:
    assert select(placements(), "cost", **where).rows.tolist() == rows


def test_select_knows_no_other_columns() -> None:
    with pytest.raises(KeyError, match="provider"):
        select(placements(), "cost", provider="PR1")


def test_a_month_selects_the_date_that_ends_it() -> None:
    made = table({"as_at": [dt.date(2016, 3, 31), "2016", dt.date(2016, 3, 30)]})
    assert select(made, "as_at", as_at=dt.date(2016, 3, 31)).rows.tolist() == [0]
    assert select(made, "as_at", as_at="2016").rows.tolist() == [1]


def test_a_total_and_its_cells() -> None:
    made = total(placements(), "children", type="foster care")
    assert (made.value, made.unit, made.symbol) == (9, Unit.COUNT, "")
    assert made.how == "total of children in Placements where type is foster care"
    assert addresses(made.counted()) == ["C4:C5", "C7"]
    assert addresses(made.examined()) == ["A3:A9", "C3"]


def test_a_total_examines_what_names_its_rows() -> None:
    made = replace(placements(), label=("type",), key=("need",))
    assert addresses(total(made, "children").examined()) == ["A3:A9", "B3:B9", "C3"]


@pytest.mark.parametrize(
    ("values", "symbols", "expected"),
    [
        ([1, None, 2], {}, (3, "")),
        ([1, None], {1: "z"}, (1, "")),
        ([1, None], {1: "x"}, (None, "x")),
        ([1, None], {1: "c"}, (None, "c")),
        ([1, None, None], {1: "c", 2: "x"}, (None, "c")),
        ([None, None], {}, (None, "")),
        ([None, None], {0: "z", 1: "z"}, (None, "z")),
        ([None, None], {1: "x"}, (None, "x")),
        ([0, None], {}, (0, "")),
        ([-5, 5], {}, (0, "")),
        ([], {}, (0, "")),
    ],
    ids=["blank", "z", "x", "c", "x and c", "only blanks", "only z", "blank and x", "zero", "foots to zero", "no rows"],
)
def test_missing_is_not_zero(
    values: list[int | None], symbols: dict[int, str], expected: tuple[int | None, str]
) -> None:
    made = total(table({"cost": values}, {"cost": Money()}, {"cost": symbols}), "cost")
    assert (made.value, made.symbol) == expected


def test_a_missing_value_outside_the_selection_spoils_nothing() -> None:
    assert total(placements(), "cost", type="residential").value == 9050
    assert total(placements(), "cost", type="foster care").symbol == "x"


def test_a_filter_that_no_row_meets_gives_a_true_zero() -> None:
    made = total(placements(), "cost", type="semi-independent")
    assert (made.value, made.symbol, made.counted()) == (0, "", ())


def test_only_columns_of_one_unit_are_added_up() -> None:
    with pytest.raises(TypeError, match="type is no column of numbers"):
        total(placements(), "type")
    made = table({"unit": ["GBP", "count"], "value": [100, 1]}, {"value": Quantity()})
    with pytest.raises(TypeError, match="value of Placements has a unit in each row: it can't be added up"):
        total(made, "value")


def test_a_total_of_rounded_money_knows_how_far_it_may_be_off() -> None:
    made = table({"cost": [100_000, None, 250_000]}, {"cost": Money()})
    rounded = replace(made, columns={"cost": replace(made.columns["cost"], half_unit=Fraction(50_000))})
    assert total(rounded, "cost").interval == (250_000, 450_000)
    assert total(made, "cost").interval == (350_000, 350_000)


def test_a_count_and_its_cells() -> None:
    made = count(replace(placements(), key=("need",)), type="residential", need=("high", None))
    assert (made.value, made.unit) == (2, Unit.COUNT)
    assert made.how == "count of rows of Placements where type is residential and need is high or blank"
    assert addresses(made.counted()) == ["B6", "B9"]
    assert addresses(made.examined()) == ["A3:A9", "B3:B9"]
    assert count(placements()).value == 6


def test_a_cell_is_read_as_it_stands() -> None:
    made = cell(placements(), "cost", 2)
    assert (made.value, type(made.value), made.unit, made.how) == (9000, int, Unit.MONEY, "cost in Placements")
    assert addresses(made.counted()) == ["D6"]
    assert addresses(made.examined()) == ["D3"]
    assert (cell(placements(), "cost", 3).value, cell(placements(), "cost", 3).symbol) == (None, "x")
    assert (cell(placements(), "children", 5).value, cell(placements(), "children", 5).symbol) == (None, "")
    assert [f.value for f in cells(placements(), "need")] == ["high", "low", "high", "low", "low", "high"]


@pytest.mark.parametrize(
    ("word", "value", "unit", "interval"),
    [
        ("count", 170, Unit.COUNT, (170, 170)),
        ("GBP", 630, Unit.MONEY, (Fraction(1259, 2), Fraction(1261, 2))),
        ("GBP", 600, Unit.MONEY, (550, 650)),
        ("GBP million", 630_000_000, Unit.MONEY, (625_000_000, 635_000_000)),
        ("GBP/week", 99_655, Unit.MONEY_PER_WEEK, (Fraction(199_309, 2), Fraction(199_311, 2))),
        ("percent", Fraction(7, 10_000), Unit.PERCENT, (Fraction(13, 20_000), Fraction(15, 20_000))),
        ("per 10,000", 62, Unit.PER_10000, (Fraction(123, 2), Fraction(125, 2))),
    ],
    ids=str,
)
def test_a_quantity_has_the_unit_and_precision_of_its_row(
    word: str, value: Number, unit: Unit, interval: tuple[Number, Number]
) -> None:
    made = cell(table({"unit": ["count", word], "value": [None, value]}, {"value": Quantity()}), "value", 1)
    assert (made.value, made.unit, made.interval) == (value, unit, interval)
    assert addresses(made.examined()) == ["A3:A5", "B3"]


def test_pick_takes_the_one_row() -> None:
    made = pick(placements(), "cost", type="foster care", need="high")
    assert (made.value, made.how) == (300, "cost in Placements where type is foster care and need is high")
    assert addresses(made.counted()) == ["D4"]
    assert addresses(made.examined()) == ["A3:A9", "B3:B9", "D3"]
    with pytest.raises(LookupError, match="2 rows of Placements where type is residential, expected 1"):
        pick(placements(), "cost", type="residential")
    with pytest.raises(LookupError, match="0 rows of Placements where type is none, expected 1"):
        pick(placements(), "cost", type="none")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (figure(5), figure(7), (-2, "")),
        (figure(Fraction(1, 3)), figure(Fraction(1, 6)), (Fraction(1, 6), "")),
        (figure(5), figure(None), (None, "x")),
        (figure(None, "z"), figure(7), (None, "z")),
        (figure(None, "z"), figure(None), (None, "x")),
        (figure(None, "x"), figure(None, "c"), (None, "c")),
    ],
)
def test_difference(a: Figure, b: Figure, expected: tuple[Number | None, str]) -> None:
    made = difference(a, b)
    assert (made.value, made.symbol) == expected
    assert made.how == f"{a.how} minus {b.how}"
    assert made.parts == (a, b)


def test_a_figure_is_called_by_its_name() -> None:
    made = difference(replace(figure(1), name="beds_now"), replace(figure(2), name="beds_before"))
    assert made.how == "beds now minus beds before"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([figure(1), figure(2), figure(-4)], (-1, "")),
        ([figure(1), figure(None)], (1, "")),
        ([figure(1), figure(None, "z")], (1, "")),
        ([figure(1), figure(None, "x")], (None, "x")),
        ([figure(None, "x"), figure(None, "c")], (None, "c")),
        ([figure(None), figure(None)], (None, "")),
        ([figure(None), figure(None, "z")], (None, "z")),
    ],
)
def test_add_treats_missing_values_as_a_total_does(parts: list[Figure], expected: tuple[int | None, str]) -> None:
    made = add(*parts)
    assert (made.value, made.symbol) == expected
    assert made.parts == tuple(parts)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (figure(1), figure(3), (Fraction(1, 3), "")),
        (figure(6), figure(3), (Fraction(2), "")),
        (figure(0), figure(3), (Fraction(0), "")),
        (figure(1), figure(0), (None, "z")),
        (figure(0), figure(0), (None, "z")),
        (figure(None, "x"), figure(0), (None, "x")),
        (figure(1), figure(None), (None, "x")),
    ],
)
def test_ratio_in_full_precision(a: Figure, b: Figure, expected: tuple[Fraction | None, str]) -> None:
    made = ratio(a, b)
    assert (made.value, made.symbol, made.unit) == (*expected, Unit.PERCENT)


def test_a_rate_is_of_every_ten_thousand() -> None:
    made = ratio(figure(212), figure(48_200), Unit.PER_10000)
    assert (made.value, made.unit) == (Fraction(10_600, 241), Unit.PER_10000)
    assert made.how == "a figure of 212 divided by a figure of 48200, times 10,000"
    assert ratio(figure(2), figure(None, "x"), Unit.PER_10000).symbol == "x"
    assert ratio(figure(2), figure(0), Unit.PER_10000).symbol == "z"
    rounded = ratio(figure(3, half=Fraction(1, 2)), figure(10), Unit.PER_10000)
    assert rounded.bounds == (2_500, 3_500)
    with pytest.raises(ValueError, match="the units differ"):
        ratio(figure(2), figure(3, unit=Unit.MONEY), Unit.PER_10000)


def share(percent: str, half: str = "0.5") -> Figure:
    return figure(Fraction(percent) / 100, unit=Unit.PERCENT, half=Fraction(half) / 100)


@pytest.mark.parametrize(
    ("part", "number", "value", "said"),
    [
        (share("48"), figure(50), 24, ""),
        (share("33"), figure(3), 1, ""),
        (share("0"), figure(50), 0, ""),
        (share("100"), figure(50), 50, ""),
        (share("12.5", "0"), figure(8), 1, ""),
        (share("49"), figure(50), None, ": none comes to it"),
        (share("49.0", "0.05"), figure(50), None, ": none comes to it"),
        (share("49"), figure(300), None, ": 3 would do"),
        (share("49"), figure(200), None, ": 2 would do"),  # 99 of 200 would be rounded to 50%
        (share("49"), figure(None, "x"), None, ""),
        (figure(None, "c", Unit.PERCENT), figure(50), None, ""),
    ],
    ids=str,
)
def test_the_whole_number_that_a_rounded_share_stands_for(
    part: Figure, number: Figure, value: int | None, said: str
) -> None:
    made = whole(part, number)
    how = f"the whole number that {part.how} of {number.how} stands for{said}"
    assert (made.value, made.unit, made.how, made.parts) == (value, Unit.COUNT, how, (part, number))
    assert made.symbol == ("" if value is not None else part.symbol or "x")


def test_only_of_a_percentage_and_a_whole_number() -> None:
    with pytest.raises(ValueError, match="a figure of 3 is in count, not in percent"):
        whole(figure(3), figure(50))
    with pytest.raises(TypeError, match="a figure of 1/2 is no whole number"):
        whole(share("49"), figure(Fraction(1, 2)))


def test_percentages_change_by_points_and_other_figures_by_their_unit() -> None:
    made = change(share("1.9", "0.05"), share("3.0", "0.05"))
    assert (made.value, made.unit) == (Fraction(-11, 1000), Unit.POINTS)
    assert made.interval == (Fraction(-12, 1000), Fraction(-10, 1000))
    assert (change(figure(5), figure(7)).value, change(figure(5), figure(7)).unit) == (-2, Unit.COUNT)
    assert (change(share("1"), figure(None, "x", Unit.PERCENT)).symbol) == "x"


def test_a_stated_figure_is_marked_and_keeps_its_value_and_cells() -> None:
    plain = pick(placements(), "cost", type="foster care", need="high")
    made = as_stated(plain)
    assert (made.value, made.stated, plain.stated) == (plain.value, True, False)
    assert made.how == f"{plain.how}: stated by the source, not worked out"
    assert addresses(made.counted()) == addresses(plain.counted())


def test_units_are_checked() -> None:
    pounds = figure(100, unit=Unit.MONEY)
    expected = "the units differ: a figure of 100 in GBP, a figure of 4 in count"
    for operation in (difference, add, ratio):
        with pytest.raises(ValueError, match=expected):
            operation(pounds, figure(4))
    assert ratio(pounds, figure(4), Unit.MONEY).value == 25
    date = figure(dt.date(2016, 5, 31), unit=Unit.DATE)
    for operation in (difference, add, ratio):
        with pytest.raises(TypeError, match="a figure of 2016-05-31 is no number"):
            operation(date, date)
    with pytest.raises(TypeError, match="a figure of high is no number"):
        ratio(figure("high"), figure(0))


def test_intervals_follow_the_arithmetic() -> None:
    ten, four, exact = figure(10, half=1), figure(4, half=Fraction(1, 2)), figure(2)
    assert add(ten, four, exact).interval == (Fraction(29, 2), Fraction(35, 2))
    assert difference(ten, four).interval == (Fraction(9, 2), Fraction(15, 2))
    assert ratio(ten, four).interval == (Fraction(9) / Fraction(9, 2), Fraction(11) / Fraction(7, 2))
    assert ratio(ten, figure(-4, half=1)).interval == (Fraction(-11, 3), Fraction(-9, 5))
    assert difference(exact, exact).bounds is None
    # A divisor that may be zero leaves the ratio without bounds of its own.
    assert ratio(ten, figure(1, half=1)).interval == (10, 10)


def shout(kind: str | None, cost: int | None, risk: str | None) -> str | Missing | None:
    if kind is None:
        return Missing.NOT_AVAILABLE
    if cost is None:
        return Missing.NOT_APPLICABLE
    return None if kind == "residential" else f"{kind.upper()} {cost} {risk}"


def test_derive_sees_the_named_columns_alone() -> None:
    made = derive(placements(), "loud", shout, ("type", "cost", "risk"), Unit.TEXT, "type in capitals")
    figures = cells(made, "loud")
    assert [(f.value, f.symbol) for f in figures] == [
        ("FOSTER CARE 300 None", ""),
        ("FOSTER CARE 100 None", ""),
        (None, ""),
        (None, "z"),
        (None, "x"),
        (None, ""),
    ]
    assert {(f.unit, f.how) for f in figures} == {(Unit.TEXT, "type in capitals")}
    assert addresses(figures[1].counted()) == ["A5", "D5"]
    assert addresses(figures[1].examined()) == ["A3", "D3"]


def test_derived_values_can_be_counted_and_examined() -> None:
    kind = derive(placements(), "dear", lambda c: c is not None and c > 99, ("cost",), Unit.TEXT, "over 99")
    made = count(replace(kind, key=("type",)), dear=True)
    assert made.value == 4
    assert addresses(made.counted()) == ["A4:A6", "A8"]
    assert addresses(made.examined()) == ["A3:A9", "D3:D9"]


def test_a_column_that_is_lacking_may_hide_under_a_heading_that_is_not_read() -> None:
    with_others = replace(placements(), unread=((5, 3), (6, 3)))
    lacking = derive(with_others, "loud", shout, ("type", "cost", "risk"), Unit.TEXT, "loud")
    assert addresses(cell(lacking, "loud", 0).examined()) == ["A3", "D3", "E3", "F3"]
    whole = derive(with_others, "loud", lambda kind: kind, ("type",), Unit.TEXT, "loud")
    assert addresses(cell(whole, "loud", 0).examined()) == ["A3"]


def test_figures_without_cells() -> None:
    day = given(dt.date(2016, 7, 12), Unit.DATE, "meeting.toml, meeting_date")
    assert (day.value, day.counted(), day.examined()) == (dt.date(2016, 7, 12), (), ())
    label = text("2. Edge of care", "number and title", cell(placements(), "type", 0))
    assert (label.value, label.unit, addresses(label.counted())) == ("2. Edge of care", Unit.TEXT, ["A4"])
    none = without(Unit.COUNT, "no month before", "z", cell(placements(), "type", 0))
    assert (none.value, none.symbol, none.how, none.counted()) == (None, "z", "no month before", ())
    assert addresses(none.examined()) == ["A3:A4"]
    with pytest.raises(TypeError, match="no month before is no number"):
        _ = none.number
    with pytest.raises(TypeError, match="the day is no number"):
        _ = replace(day, name="the day").number


def test_lineage_joins_the_parts_and_sorts_by_sheet() -> None:
    other = replace(placements(), file="in/a.xlsx")
    made = add(total(placements(), "children"), total(other, "children", need="high"))
    assert [str(cells) for cells in made.counted()] == [
        "in/a.xlsx!Placements!C4",
        "in/a.xlsx!Placements!C6",
        "in/a.xlsx!Placements!C9",
        "in/p.xlsx!Placements!C4:C9",
    ]


def test_a_category_of_the_dataset_may_be_told_from_a_blank() -> None:
    kind = Category("an answer", {"yes": (), "no": ()}, "not-yes-or-no")
    made = table({"plan": ["yes", None, "no"], "n": [1, 2, 4]}, {"plan": kind, "n": Count()})
    assert [total(made, "n", plan=value).value for value in ("yes", "no", None)] == [1, 4, 2]


def test_a_figure_names_the_cells_for_want_of_which_it_has_no_value() -> None:
    cost, other = (cell(placements(), "cost", row) for row in (3, 0))
    assert [place.cell for place in difference(other, cost).lacking()] == ["D7"]
    assert [place.cell for place in total(placements(), "cost").lacking()] == ["D7"]
    assert (other.lacking(), difference(other, other).lacking()) == ((), ())
    assert without(Unit.COUNT, "none", "z", other).lacking() == ()


@pytest.mark.parametrize(
    ("value", "half", "expected", "interval"),
    [
        (-7, 0, 7, (7, 7)),
        (7, 0, 7, (7, 7)),
        (0, 0, 0, (0, 0)),
        (-7, 2, 7, (5, 9)),
        (7, 2, 7, (5, 9)),
        (-1, 3, 1, (0, 4)),
    ],
)
def test_a_size_has_no_sign(value: int, half: int, expected: int, interval: tuple[int, int]) -> None:
    made = size(figure(value, half=half))
    assert (made.value, made.interval) == (expected, interval)
    assert made.how == f"a figure of {value} without its sign"


def test_the_size_of_nothing_is_nothing() -> None:
    part = figure(None, "x")
    made = size(part)
    assert (made.value, made.symbol, made.parts) == (None, "x", (part,))
    assert size(figure(None)).symbol == ""
    with pytest.raises(TypeError, match="is no number"):
        size(figure("over", unit=Unit.TEXT))


@pytest.mark.parametrize(
    ("amount", "part", "whole", "expected"),
    [
        (300, 2, 3, 200),
        (100, 1, 3, 33),
        (100, 2, 3, 67),
        (1, 1, 2, 1),
        (1, -1, 2, -1),
        (-3, 1, 2, -2),
        (300, 0, 3, 0),
    ],
)
def test_a_slice_of_money_is_in_whole_pence_halves_away_from_zero(
    amount: int, part: int, whole: int, expected: int
) -> None:
    made = slice_of(figure(amount, unit=Unit.MONEY), figure(part), figure(whole))
    assert (made.value, made.unit, made.symbol) == (expected, Unit.MONEY, "")
    assert made.how == f"a figure of {amount} times a figure of {part} divided by a figure of {whole}, to the penny"


def test_a_slice_of_a_whole_of_zero_is_not_applicable_and_of_a_lacking_part_not_available() -> None:
    money = figure(300, unit=Unit.MONEY)
    assert slice_of(money, figure(2), figure(0)).symbol == "z"
    assert slice_of(money, figure(None, "c"), figure(3)).symbol == "c"
    assert slice_of(figure(None, unit=Unit.MONEY), figure(1), figure(0)).symbol == "x"
    with pytest.raises(ValueError, match="only money is sliced to the penny"):
        slice_of(figure(300), figure(2), figure(3))


def test_a_slice_knows_how_far_it_may_be_off() -> None:
    made = slice_of(figure(300, unit=Unit.MONEY, half=3), figure(-2), figure(3))
    assert (made.value, made.interval) == (-200, (-202, -198))


def test_a_stated_total_is_the_totals_rows_value_with_its_rounding() -> None:
    stated = Stated("cost", "Total", 9900, Place("in/p.xlsx", "Placements", 10, 4), (0, 1), Fraction(50))
    made = stated_total(placements(), stated)
    assert (made.value, made.unit, made.interval) == (9900, Unit.MONEY, (9850, 9950))
    assert made.how == 'total stated at in/p.xlsx, sheet "Placements", cell D10'


def test_what_has_no_sign_is_not_added_up() -> None:
    sizes = table({"gap": [3, 4]}, {"gap": Unsigned()})
    assert cell(sizes, "gap", 1).value == 4
    with pytest.raises(TypeError, match="gap of Placements has no signs: it can't be added up"):
        total(sizes, "gap")


@pytest.mark.parametrize(
    ("values", "expected", "rests_on"),
    [
        ([0, 3, -1, -2], "c", 3),
        ([-1, 3], "a", 1),
        ([0, 0], "never", 2),
        ([2, Fraction(-1, 3)], "b", 2),
    ],
)
def test_the_first_below_zero_and_those_before_it(values: list[Number], expected: str, rests_on: int) -> None:
    figures = [figure(value) for value in values]
    made = first_below_zero(figures, "abcd"[: len(values)], "never", "the first saving")
    assert (made.value, made.unit, made.how, len(made.parts)) == (expected, Unit.TEXT, "the first saving", rests_on)


def test_the_first_below_zero_is_not_available_where_it_may_be_one_that_is_lacking() -> None:
    made = first_below_zero([figure(1), figure(None), figure(-1)], "abc", "never", "the first saving")
    assert (made.value, made.symbol, len(made.parts)) == (None, "x", 2)
    assert first_below_zero([figure(-1), figure(None)], "ab", "never", "").value == "a"


def test_every_selection_is_that_of_each_part() -> None:
    both = add(total(placements(), "cost", need="high"), total(placements(), "cost", need="low"))
    assert [each.rows.tolist() for each in both.every_selection()] == [[0, 2, 5], [1, 3, 4]]
