"""The figures of a chart: what is drawn, printed and said of each."""

from __future__ import annotations

import pytest

from reportgen.exhibits.marks import Mark, mark, one_unit, scale_words, with_key
from reportgen.model import Unit
from reportgen.trace import Head
from reportgen.wording import UK, House
from tests.exhibits.made import figure, grid, spec

SIGNS = {"over": "over", "under": "under"}


def test_a_figure_is_a_number_with_its_words() -> None:
    assert mark(figure(1234), spec(), UK) == Mark(1234, "1,234", "1,234")
    assert mark(figure(-1234), spec(), House(brackets=True)) == Mark(-1234, "(1,234)", "(1,234)")
    assert mark(figure(0), spec(options=SIGNS), UK) == Mark(0, "0", "0")


def test_a_blank_is_no_mark_and_what_is_missing_says_why() -> None:
    assert mark(figure(None), spec(), UK) is None
    assert mark(figure(None, Unit.MONEY, "z"), spec(), UK) == Mark(None, "[z]", "not applicable")


def test_words_stand_in_place_of_signs() -> None:
    assert mark(figure(-5), spec(options=SIGNS), UK) == Mark(-5, "5 under", "5 under")
    assert mark(figure(5), spec(options=SIGNS), House(brackets=True)) == Mark(5, "5 over", "5 over")


def test_what_rounds_to_nothing_is_low_with_its_number_kept() -> None:
    assert mark(figure(49_999, Unit.MONEY), spec(money="£000"), UK) == Mark(49_999, "[low]", "rounds to zero")


def test_words_are_no_mark() -> None:
    with pytest.raises(TypeError):
        mark(figure("words"), spec(), UK)


def test_columns_of_one_scale() -> None:
    assert one_unit([]) is None
    assert one_unit([Head("a", "A", Unit.COUNT), Head("b", "B", Unit.COUNT)]) is Unit.COUNT
    with pytest.raises(ValueError, match=r"^columns in count and percent, which one scale can't show: show col"):
        one_unit([Head("a", "A", Unit.COUNT), Head("b", "B", Unit.PERCENT)])


def test_the_scale_of_money_is_said_where_the_values_dont() -> None:
    assert scale_words(spec(money="£000", options={"axis": "Cost"}), Unit.MONEY) == "Cost (£000)"
    assert scale_words(spec(money="£000"), Unit.MONEY) == "£000"
    assert scale_words(spec(money="£000", options={"axis": "Children"}), Unit.COUNT) == "Children"
    assert scale_words(spec(money="£m"), Unit.MONEY) == ""


def test_a_key_names_the_symbols_of_the_columns_shown() -> None:
    numbers = grid((("a", "A", Unit.TEXT), ("n", "N", Unit.COUNT)), ("x", figure(None, Unit.COUNT, "c")), ("y", 1))
    assert with_key(spec(notes=("A note.",)), numbers.rows, [1]) == ("A note.", "Key: [c] suppressed.")
    assert with_key(spec(notes=("A note.",)), numbers.rows, [0]) == ("A note.",)
