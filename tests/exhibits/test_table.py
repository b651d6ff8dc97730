"""Grids as tables: columns, classes, scales, symbols and their key."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from reportgen.exhibits import kinds
from reportgen.exhibits.table import make
from reportgen.exhibits.views import SHORT, TableView, key_to
from reportgen.model import Unit
from reportgen.trace import as_stated
from reportgen.wording import UK, House
from tests.exhibits.made import figure, grid, spec

HEADS = (("line", "Line", Unit.TEXT), ("amount", "Amount", Unit.MONEY), ("share", "Share", Unit.PERCENT))


def cells(table: TableView) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_table_has_all_columns_of_its_grid_and_marks_totals() -> None:
    made = make(
        spec(notes=("A note.",)),
        grid(
            HEADS, ("demand", 40_000_000, Fraction(8, 15)), ("All", 75_000_000, Fraction(1)), totals=1
        ),
        UK,
    )  # fmt: skip
    assert [head.text for head in made.heads] == ["Line", "Amount", "Share"]
    assert [head.css for head in made.heads] == ["text", "number", "number"]
    assert cells(made) == [["Demand", "£400,000", "53.3%"], ["All", "£750,000", "100.0%"]]
    assert [row.kind for row in made.rows] == ["body", "total"]
    assert [cell.header for cell in made.rows[0].cells] == [True, False, False]
    assert (made.title, made.notes, made.symbols) == ("A title", ("A note.",), ())


def test_columns_are_chosen_ordered_and_renamed_by_the_settings() -> None:
    made = make(spec(columns={"amount": "", "line": "What"}), grid(HEADS, ("a", -100, None)), UK)
    assert [head.text for head in made.heads] == ["Amount", "What"]
    assert [head.key for head in made.heads] == ["amount", "line"]
    assert cells(made) == [["−£1", "A"]]
    assert [cell.header for cell in made.rows[0].cells] == [True, True]


@pytest.mark.parametrize(
    ("money", "heading", "cell"),
    [("£", "Amount", "−£2,319,000"), ("£000", "Amount (£000)", "−2,319"), ("£k", "Amount", "−£2,319k"),
     ("£m", "Amount", "−£2.319m"), ("£p", "Amount", "−£2,319,000.00"), ("£ million", "Amount (£m)", "−2.319")],
)  # fmt: skip
def test_money_is_printed_in_the_scale_of_the_settings(money: str, heading: str, cell: str) -> None:
    made = make(spec(money=money), grid(HEADS, ("a", -231_900_000, None)), UK)
    assert (made.heads[1].text, made.rows[0].cells[1].text) == (heading, cell)


def test_a_stated_percentage_has_the_places_that_it_is_stated_with() -> None:
    shares = (figure(Fraction(49, 100), Unit.PERCENT), as_stated(figure(Fraction(49, 100), Unit.PERCENT)))
    made = make(spec(), grid(HEADS, ("a", 1, shares[0]), ("b", 1, shares[1])), UK)
    assert [row.cells[2].text for row in made.rows] == ["49.0%", "49%"]


def test_negatives_follow_the_house() -> None:
    made = make(spec(money="£000"), grid(HEADS, ("a", -231_900_000, Fraction(-1, 4))), House(brackets=True))
    assert cells(made) == [["A", "(2,319)", "(25.0%)"]]


def test_what_has_no_value_is_a_symbol_with_a_key_and_a_blank_stays_blank() -> None:
    row = ("a", figure(None, Unit.MONEY, "z"), figure(None, Unit.PERCENT, "x"))
    made = make(spec(), grid(HEADS, row, ("b", None, figure(None, Unit.PERCENT, "c"))), UK)
    assert cells(made) == [["A", "[z]", "[x]"], ["B", "", "[c]"]]
    assert made.symbols == (("[c]", "suppressed"), ("[x]", "not available"), ("[z]", "not applicable"))


def test_zero_is_zero_and_what_rounds_to_it_is_low() -> None:
    made = make(spec(money="£000"), grid(HEADS, ("a", 0, Fraction(0)), ("b", 49_999, Fraction(-1, 3000))), UK)
    assert cells(made) == [["A", "0", "0.0%"], ["B", "[low]", "[low]"]]
    assert made.symbols == (("[low]", "rounds to zero"),)


def test_symbols_of_columns_that_are_not_shown_need_no_key() -> None:
    made = make(spec(columns={"line": ""}), grid(HEADS, ("a", figure(None, Unit.MONEY, "x"), None)), UK)
    assert made.symbols == ()


def test_dates_have_a_class_of_their_own_and_rows_are_traced() -> None:
    heads = (("day", "Day", Unit.DATE), ("rating", "BRAG", Unit.RATING))
    made = make(spec(), grid(heads, (dt.date(2016, 6, 29), "Red")), UK)
    assert [cell.css for cell in made.rows[0].cells] == ["date", "text"]
    assert [cell.figure.value for cell in made.rows[0].cells if cell.figure] == [dt.date(2016, 6, 29), "Red"]


def test_hostile_text_is_text_without_what_cannot_be_printed() -> None:
    made = make(spec(), grid(HEADS, ("<b>*x*</b>{{ y }}\ue000\u202e\x00", None, None)), UK)
    assert made.rows[0].cells[0].text == "<b>*x*</b>{{ y }}"


def test_short_tables_are_those_that_fit_on_a_page() -> None:
    rows = [("a", 1, None)] * (SHORT + 1)
    assert make(spec(), grid(HEADS, *rows[:-1]), UK).is_short
    assert not make(spec(), grid(HEADS, *rows), UK).is_short


def test_the_key_names_each_symbol_once_in_the_order_of_the_convention() -> None:
    assert key_to(["z", "x", "z", "low"]) == (
        ("[x]", "not available"), ("[z]", "not applicable"), ("[low]", "rounds to zero"),
    )  # fmt: skip


def test_kinds_are_found_by_their_modules() -> None:
    assert {name: kind.is_chart for name, kind in kinds().items()} == {
        "action-table": False, "activity-chart": True, "bar-chart": True, "fan-chart": True, "indicator-table": False,
        "level-matrix": False, "line-chart": True,
        "rating-chart": True, "stacked-chart": True, "table": False, "timeline-chart": True,
    }  # fmt: skip


def test_totals_are_left_out_where_the_settings_say_so() -> None:
    whole = grid(HEADS, ("a", 100, None), ("All", None, figure(None, Unit.PERCENT, "x")), totals=1)
    made = make(spec(options={"totals": "no"}), whole, UK)
    assert (cells(made), made.symbols) == ([["A", "£1", ""]], ())
    with pytest.raises(ValueError, match='the option totals is yes or no, not "none"'):
        make(spec(options={"totals": "none"}), whole, UK)


def test_percentages_have_the_places_of_the_settings() -> None:
    rows = grid(HEADS, ("a", 100, Fraction(43, 100)))
    assert cells(make(spec(options={"places": "0"}), rows, UK)) == [["A", "£1", "43%"]]
    with pytest.raises(ValueError, match='the option places is a number from 0 to 3, not "whole"'):
        make(spec(options={"places": "whole"}), rows, UK)
