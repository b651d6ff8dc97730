"""Data files: values for machines, and texts that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import datetime as dt
import io
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.exhibits.views import CellView, HeadView, Line, RowView, TableView
from reportgen.model import Unit, Value
from reportgen.render.data import as_csv, decimal, figures_csv, plain_value, safe, table_csv
from reportgen.trace import Figure
from reportgen.wording import House


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u200b=1", "＝1"])
def test_what_would_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5480", "-£1,200.50", "+7", "-14.3%", "12", "a=b", "Foster care", "", "[z]"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), min_size=1))
def test_no_cell_of_a_file_starts_a_formula_and_all_come_back(rows: list[list[str]]) -> None:
    content = as_csv(rows)
    assert content.startswith(b"\xef\xbb\xbf")
    back = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert back == [[safe(cell) for cell in row] for row in rows]
    assert not any(cell.strip().startswith(("=", "@")) for row in back for cell in row)


@pytest.mark.parametrize(
    ("value", "unit", "symbol", "text"),
    [
        (631, Unit.COUNT, "", "631"),
        (-548_000_000, Unit.MONEY, "", "-5480000"),
        (99655, Unit.MONEY_PER_WEEK, "", "996.55"),
        (Fraction(7, 10000), Unit.PERCENT, "", "0.07"),
        (Fraction(-16645, 116300), Unit.PERCENT, "", "-14.3121238177"),
        (dt.date(2016, 5, 31), Unit.MONTH, "", "2016-05"),
        (dt.date(2016, 6, 29), Unit.DATE, "", "2016-06-29"),
        ("Amber", Unit.RATING, "", "Amber"),
        (None, Unit.COUNT, "z", "[z]"),
        (None, Unit.COUNT, "", ""),
    ],
)
def test_a_value_for_a_machine(value: Value | None, unit: Unit, symbol: str, text: str) -> None:
    assert plain_value(Figure(value, unit, "made", symbol)) == text


@given(st.fractions(max_denominator=10_000))
def test_decimals_are_the_number_to_ten_places(value: Fraction) -> None:
    assert abs(Fraction(decimal(value)) - value) <= Fraction(1, 2 * 10**10)


def test_a_figures_file() -> None:
    figures = {"b": Figure(2, Unit.COUNT, "count of b"), "a": Figure(-100_00, Unit.MONEY, "=total of a")}
    assert figures_csv(figures, {"b": "two"}, House()).decode("utf-8-sig").splitlines() == [
        "figure,value,unit,shown_as,how",
        "a,-100,GBP,−£100,'=total of a",
        "b,2,count,two,count of b",
    ]


def test_a_tables_file_has_plain_minus_signs() -> None:
    row = RowView((CellView((Line("Inflation"),), header=True), CellView((Line("−132"), Line("a note")))))
    table = TableView("t", "T", (HeadView("Kind"), HeadView("Amount (£000)")), (row,))
    assert table_csv(table).decode("utf-8-sig") == "Kind,Amount (£000)\r\nInflation,'-132; a note\r\n"
