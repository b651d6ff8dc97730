"""Figures of what a function works out: the function sees the selections alone, the figures rest on all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from reportgen.model import Unit
from reportgen.trace import given, projected, select
from tests.trace.made import addresses, placements


def told(*columns: Sequence[Any]) -> dict[str, Any]:
    return {"columns": columns, "none": None, "values": np.array([1, 7])}


def test_the_function_is_given_the_values_of_each_selection_and_none_for_what_has_none() -> None:
    table = placements()
    made = projected([select(table, "children", type="foster care"), select(table, "cost")], told)
    assert made.result["columns"] == ([3, 1, 5], [300, 100, 9000, None, 400, 50])
    assert {type(value) for value in made.result["columns"][0]} == {int}


def test_a_figure_rests_on_every_cell_that_the_function_was_given() -> None:
    table, aim = placements(), given(400, Unit.COUNT, "paper.toml, target")
    made = projected([select(table, "children", type="foster care"), select(table, "cost")], told, [aim])
    figure = made.figure(Unit.COUNT, "what is told", "values", 1)
    assert (figure.value, figure.unit, figure.how, figure.bounds) == (7, Unit.COUNT, "what is told", None)
    assert addresses(figure.counted()) == ["C4:C5", "C7", "D4:D9"]
    # Headings, and the column whose words chose the rows.
    assert addresses(figure.examined()) == ["A3:A9", "C3", "D3"]
    assert figure.chosen_by == (aim,)


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (np.int64(3), 3), (3, 3), (2.5, Fraction(5, 2)), (np.float64(4.0), 4), (Fraction(1, 3), Fraction(1, 3)),
        (np.datetime64("2016-05-31"), dt.date(2016, 5, 31)), (dt.date(2016, 5, 31), dt.date(2016, 5, 31)), ("a", "a"),
        (0, 0),
    ],
)  # fmt: skip
def test_values_are_held_exactly(value: object, held: object) -> None:
    figure = projected([], lambda: {"value": value}).figure(Unit.COUNT, "how", "value")
    assert figure.value == held
    assert type(figure.value) is type(held)


def test_what_is_not_there_is_not_available() -> None:
    made = projected([select(placements(), "cost")], told)
    for place in (("none",), ("none", "median", 3)):
        figure = made.figure(Unit.COUNT, "how", *place)
        assert (figure.value, figure.symbol) == (None, "x")
        assert addresses(figure.counted()) == ["D4:D9"]


@pytest.mark.parametrize("place", [("nought",), ("values", 2)])
def test_a_place_that_is_not_in_the_result_is_a_mistake(place: tuple[str | int, ...]) -> None:
    with pytest.raises(LookupError):
        projected([select(placements(), "cost")], told).figure(Unit.COUNT, "how", *place)


@pytest.mark.parametrize("value", [float("nan"), np.float64("inf"), [1], np.array([1])])
def test_what_is_no_value_is_no_figure(value: object) -> None:
    with pytest.raises(ValueError, match=r"is no number$|a figure is no"):
        projected([], lambda: {"value": value}).figure(Unit.COUNT, "how", "value")
