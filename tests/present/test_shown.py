"""Figures in texts: how they print themselves, and what each filter makes of them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from reportgen.cells.dates import month_end
from reportgen.model import Unit
from reportgen.present.faults import TextError, UnknownName
from reportgen.present.shown import FILTERS, Names, Shown, show
from reportgen.wording import House
from tests.present.made import figure

CHILDREN = Shown("children", 631, Unit.COUNT)
FEWER = Shown("change", -16, Unit.COUNT)
MONEY = Shown("saving", -548_000_050, Unit.MONEY)
SHARE = Shown("share", Fraction(68, 563), Unit.PERCENT)
NONE = Shown("none", None, Unit.COUNT, "x")
DAY = Shown("", dt.date(2016, 6, 29), Unit.DATE)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (CHILDREN, "631"), (FEWER, "−16"), (MONEY, "−£5,480,001"), (SHARE, "12.1%"), (NONE, "[x]"),
        (DAY, "29 June 2016"),
        (Shown("blank", None, Unit.COUNT), "not stated"),
        (Shown("m", month_end(2016, 5), Unit.DATE), "May 2016"),
        (Shown("n", -5, Unit.COUNT, house=House(brackets=True)), "(5)"),
    ],
)  # fmt: skip
def test_a_figure_prints_itself(shown: Shown, said: str) -> None:
    assert str(shown) == said


def filtered(name: str, shown: Any, *rest: Any) -> str:
    return str(FILTERS[name](shown, *rest))


@pytest.mark.parametrize(
    ("name", "shown", "rest", "said"),
    [
        ("size", FEWER, (), "16"),
        ("size", NONE, (), "[x]"),
        ("word", Shown("n", 4, Unit.COUNT), (), "four"),
        ("word", Shown("n", 14, Unit.COUNT), (), "14"),
        ("word", Shown("n", -4, Unit.COUNT), (), "−4"),
        ("word", Shown("n", 400, Unit.MONEY), (), "£4"),
        ("word", NONE, (), "[x]"),
        ("Word", Shown("n", 4, Unit.COUNT), (), "Four"),
        ("Word", Shown("n", 14, Unit.COUNT), (), "14"),
        ("Word", NONE, (), "[x]"),
        ("plural", Shown("n", 1, Unit.COUNT), ("child", "children"), "child"),
        ("plural", Shown("n", -1, Unit.COUNT), ("child", "children"), "child"),
        ("plural", Shown("n", 0, Unit.COUNT), ("child", "children"), "children"),
        ("plural", CHILDREN, ("child", "children"), "children"),
        ("way", CHILDREN, ("rose", "fell"), "rose"),
        ("way", FEWER, ("rose", "fell"), "fell"),
        ("way", Shown("n", 0, Unit.COUNT), ("rose", "fell"), "unchanged"),
        ("way", Shown("n", 0, Unit.COUNT), ("rose", "fell", "stayed"), "stayed"),
        ("places", SHARE, (2,), "12.08%"),
        ("places", SHARE, (0,), "12%"),
        ("month", DAY, (), "June 2016"),
        ("month", CHILDREN, (), "631"),
        ("pounds", MONEY, (), "−£5,480,001"),
        ("pence", MONEY, (), "−£5,480,000.50"),
        ("thousands", Shown("m", 231_900_000, Unit.MONEY), (), "£2,319k"),
        ("millions", Shown("m", 630_000_000, Unit.MONEY), (), "£6.3m"),
        ("pounds", Shown("w", 99_655, Unit.MONEY_PER_WEEK), (), "£997"),
    ],
)
def test_filters_change_how_a_figure_is_worded(name: str, shown: Shown, rest: tuple[Any, ...], said: str) -> None:
    assert filtered(name, shown, *rest) == said


def test_filters_can_follow_each_other() -> None:
    shown = Shown("m", -231_940_049, Unit.MONEY)
    assert str(FILTERS["places"](FILTERS["thousands"](FILTERS["size"](shown)), 1)) == "£2,319.4k"


@pytest.mark.parametrize(
    ("name", "shown", "rest", "expected", "was"),
    [
        ("way", NONE, ("a", "b"), "a figure with a number before the filter way", "none, which is [x] not available"),
        ("plural", Shown("b", None, Unit.COUNT), ("a", "b"), "a figure with a number before the filter plural",
         "b, which is blank"),
        ("way", Shown("t", "words", Unit.TEXT), ("a", "b"), "a figure with a number before the filter way",
         "t, which is no number"),
        ("size", "words", (), "a figure or date before the filter size", "something else"),
        ("word", 3, (), "a figure or date before the filter word", "something else"),
        ("month", None, (), "a figure or date before the filter month", "something else"),
        ("places", SHARE, (7,), "from 0 to 6 decimal places", "7"),
        ("places", SHARE, ("x",), "from 0 to 6 decimal places", "x"),
        ("millions", CHILDREN, (), "money before the filter millions", "children in count"),
    ],
)  # fmt: skip
def test_filters_refuse_what_they_cannot_word(
    name: str, shown: Any, rest: tuple[Any, ...], expected: str, was: str
) -> None:
    with pytest.raises(TextError) as raised:
        filtered(name, shown, *rest)
    assert (raised.value.expected, raised.value.found) == (expected, was)


def test_a_figure_is_shown_without_what_cannot_be_printed() -> None:
    assert show(figure("a", "\ue0000\ue001\u202eName", Unit.TEXT), House()).value == "0Name"
    assert show(figure("a", None, Unit.COUNT, "z"), House()).symbol == "z"


def test_names_answer_by_item_alone_with_the_nearest_known_name() -> None:
    names = Names("figure", {"items": 1, "children_last": 2})
    assert (names["items"], "children_last" in names, list(names)) == (1, True, ["items", "children_last"])
    assert not hasattr(names, "items")
    with pytest.raises(UnknownName) as raised:
        names["children_lst"]
    assert (raised.value.expected, raised.value.found) == ("a figure that exists", '"children_lst"')
    assert raised.value.remedy == 'Did you mean "children_last"?'


def test_an_unknown_name_that_is_near_to_none_is_answered_with_a_few() -> None:
    assert UnknownName("date", "zzz", ["a", "b"]).remedy == "There is: a, b."
    assert UnknownName("date", "zzz", [f"n{n}" for n in range(13)]).remedy.endswith("n11 ….")
    assert UnknownName("date", "zzz", []).remedy == "There is none."
