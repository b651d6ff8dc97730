"""Rates, unweighted means, numbers that their source rounded; symbols that can't be reckoned with."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.cells.kinds import Count, Money, Published
from reportgen.model import Unit
from reportgen.table import SYMBOLS, passed_on
from reportgen.trace import (
    Figure,
    add,
    cell,
    difference,
    given,
    mean,
    number_with_value,
    rate,
    ratio,
    rounded_to,
    total,
    without,
)
from tests.trace.made import addresses, table


def number(value: int | None, symbol: str = "", unit: Unit = Unit.COUNT) -> Figure:
    return given(value, unit, "given") if value is not None else without(unit, "lacking", symbol)


def per(value: int | None, symbol: str = "") -> Figure:
    return number(value, symbol, Unit.PER_10000)


def test_a_rate_is_per_10000_in_full_precision_and_says_how() -> None:
    made = rate(number(500), number(80_000))
    assert (made.value, made.unit, made.bounds) == (Fraction(125, 2), Unit.PER_10000, None)
    assert made.how == "given divided by given, times 10,000"


def test_a_rate_of_a_rounded_number_may_be_off_by_half_a_unit() -> None:
    made = rate(rounded_to(number(3150), 10), number(600_000))
    assert made.value == Fraction(105, 2)
    assert made.interval == (Fraction(3145, 60), Fraction(3155, 60))


def test_a_rate_without_a_part_has_its_symbol_and_one_of_nobody_is_not_applicable() -> None:
    assert [
        (made.value, made.symbol, made.unit)
        for made in (
            rate(number(None, "c"), number(80_000)),
            rate(number(None, "z"), number(None, "x")),
            rate(number(None, "low"), number(80_000)),
            rate(number(5), number(0)),
        )
    ] == [(None, symbol, Unit.PER_10000) for symbol in ("c", "x", "x", "z")]


def test_a_rate_counts_both_cells() -> None:
    made = table({"children": [5], "all": [800]}, {"children": Count(), "all": Count()})
    found = rate(cell(made, "children", 0), cell(made, "all", 0))
    assert (found.value, addresses(found.counted())) == (Fraction(125, 2), ["A4", "B4"])


def test_a_rate_of_something_else_than_children_is_refused() -> None:
    with pytest.raises(ValueError, match="the units differ"):
        rate(number(5), per(4))


def test_the_mean_is_unweighted_and_says_how_many_it_rests_on() -> None:
    made = mean(per(62), per(None, "c"), per(25))
    assert (made.value, made.unit, made.how) == (Fraction(87, 2), Unit.PER_10000, "unweighted mean of 2 of 3")
    assert len(made.parts) == 3


def test_the_mean_of_nothing_is_not_available() -> None:
    made = mean(per(None, "c"), per(None, "z"), per(None))
    assert (made.value, made.symbol, made.how) == (None, "x", "unweighted mean of 0 of 3")


def test_the_mean_is_as_exact_as_its_parts() -> None:
    assert mean(rounded_to(per(60), 1), per(70)).interval == (Fraction(259, 4), Fraction(261, 4))
    assert mean(per(60), per(70)).bounds is None


def test_a_mean_of_two_units_is_refused() -> None:
    for figures in ((per(1), number(1)), ()):
        with pytest.raises(ValueError, match="a mean is of figures of one unit, not of "):
            mean(*figures)


def test_figures_with_a_value_are_counted() -> None:
    made = number_with_value(per(0), per(None, "c"), per(None), per(3))
    assert (made.value, made.unit, made.how) == (2, Unit.COUNT, "how many of 4 have a value")


def test_a_figure_that_its_source_rounded() -> None:
    assert rounded_to(number(80), 10).interval == (75, 85)
    lacking = number(None, "c")
    assert rounded_to(lacking, 10) is lacking


def test_what_is_worked_out_with_what_rounds_to_zero_or_is_unreliable_is_not_available() -> None:
    assert {symbol: passed_on(symbol) for symbol in SYMBOLS} == {
        "": "",
        "z": "z",
        "low": "x",
        "u": "x",
        "x": "x",
        "c": "c",
    }
    for symbol in ("low", "u"):
        lacking = number(None, symbol)
        for made in (add(number(1), lacking), difference(number(1), lacking), ratio(number(1), lacking)):
            assert (made.value, made.symbol) == (None, "x")


def test_a_total_over_them_is_not_available_and_the_cell_alone_keeps_its_symbol() -> None:
    made = table(
        {"children": [5, None], "cost": [1, None]},
        {"children": Published(), "cost": Money()},
        {"children": {1: "low"}, "cost": {1: "u"}},
    )
    assert [(f.value, f.symbol) for f in (total(made, "children"), total(made, "cost"))] == [(None, "x")] * 2
    assert [cell(made, column, 1).symbol for column in ("children", "cost")] == ["low", "u"]
