"""Figures and tables as files: exact values, UTF-8 with its mark, and no text that a spreadsheet would carry out."""

from __future__ import annotations

import csv
import datetime as dt
import io
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.cells.dates import month_end
from reportgen.exhibits.line_chart import make as make_chart
from reportgen.exhibits.table import make
from reportgen.model import Unit
from reportgen.present.document import Document, Numbered
from reportgen.render.data import as_csv, decimal, exhibit_files, figures_csv, plain_value, safe, table_csv
from reportgen.trace import Figure
from reportgen.wording import UK
from tests.exhibits.made import figure, grid, months, spec


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", " =1", "\t=1", "\n=1", "\r\n=1", "\x00=1", "\u00a0=1",
     "\u200b=1", "\ufeff=1", "\u2028=1", "\tx", "\rx", "\nx", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x",
     "-5k", "-x", "+44 1223 555", "--1",
     "-1-1", "=", "-", "@"],
)  # fmt: skip
def test_text_that_could_start_a_formula_is_made_text(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert rows(as_csv([[text]]))[0][0][0] == "'"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "words",
        "-5",
        "+5",
        "-5,480",
        "-£5,480",
        "-12.1%",
        "(5,480)",
        "[x]",
        "a=b",
        "1-2",
        "a@b.org",
        "'=1",
        "“=1”",
        "−5",
    ],
)
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


@given(st.text())
def test_no_cell_starts_a_formula(text: str) -> None:
    bare = safe(text).strip("".join(map(chr, range(33))) + "\u00a0\ufeff\u200b")
    assert not bare.startswith(("=", "@")) and (not bare.startswith(("+", "-")) or bare[1:2] in "£0123456789")


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2), min_size=1))
def test_cells_come_back_as_they_were_written(cells: list[list[str]]) -> None:
    read = [[cell.removeprefix("'") if safe(was) != was else cell for cell, was in zip(row, wrote, strict=True)]
            for row, wrote in zip(rows(as_csv(cells)), cells, strict=True)]  # fmt: skip
    assert read == cells


def test_files_have_the_mark_and_line_ends_that_excel_reads() -> None:
    assert as_csv([["Zoë", "a,b"], ["1", 'q"']]) == b'\xef\xbb\xbfZo\xc3\xab,"a,b"\r\n1,"q"""\r\n'


@pytest.mark.parametrize(
    ("value", "unit", "symbol", "plain"),
    [
        (631, Unit.COUNT, "", "631"),
        (-548_000_050, Unit.MONEY, "", "-5480000.5"),
        (99_655, Unit.MONEY_PER_WEEK, "", "996.55"),
        (Fraction(68, 563), Unit.PERCENT, "", "12.0781527531"),
        (Fraction(-1, 3), Unit.COUNT, "", "-0.3333333333"),
        (Fraction(7, 10000), Unit.PERCENT, "", "0.07"),
        (Fraction(-11, 1000), Unit.POINTS, "", "-1.1"),
        (dt.date(2016, 6, 29), Unit.DATE, "", "2016-06-29"),
        (month_end(2016, 5), Unit.MONTH, "", "2016-05"),
        ("words", Unit.TEXT, "", "words"),
        (None, Unit.COUNT, "x", "[x]"),
        (None, Unit.COUNT, "", ""),
    ],
)
def test_values_are_plain_for_machines(value: object, unit: Unit, symbol: str, plain: str) -> None:
    assert plain_value(Figure(value, unit, "made", symbol)) == plain  # type: ignore[arg-type]


@given(st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6))
def test_decimals_are_within_half_of_the_last_place(value: Fraction) -> None:
    assert abs(Fraction(decimal(value)) - value) <= Fraction(1, 2 * 10**10)


def test_figures_stand_in_order_of_name_with_the_words_of_the_paper() -> None:
    figures = {"reds": Figure(4, Unit.COUNT, "count of reds"), "cost": Figure(None, Unit.MONEY, "=cost", "x"),
               "amber": Figure(2, Unit.COUNT, "count of ambers")}  # fmt: skip
    assert rows(figures_csv(figures, {"reds": "four"}, UK)) == [
        ["figure", "value", "unit", "shown_as", "how"],
        ["amber", "2", "count", "2", "count of ambers"],
        ["cost", "[x]", "GBP", "[x]", "'=cost"],
        ["reds", "4", "count", "four", "count of reds"],
    ]


def test_a_table_is_written_as_it_is_printed_its_headings_guarded_too() -> None:
    heads = (("line", "=Line", Unit.TEXT), ("amount", "Amount", Unit.MONEY))
    table = make(spec(money="£000"), grid(heads, ("=1+1", -548_000_000), ("b", figure(None, Unit.MONEY, "x"))), UK)
    assert rows(table_csv(table)) == [["'=Line", "Amount (£000)"], ["'=1+1", "-5,480"], ["B", "[x]"]]


def test_each_exhibit_is_a_table_and_a_chart_its_picture_as_well() -> None:
    chart = make_chart(spec("line-chart"), months((1, 5, 2)), UK)
    exhibits = {
        "a": Numbered("a", "Table 1", make(spec(), months((1, 5, 2)), UK)),
        "b": Numbered("b", "Figure 1", chart),
    }
    made = Document(
        "t", "s", "a", "en-GB", "A", "C", dt.date(2016, 7, 12), "2016-05", "", (), (("exhibit", "a"), ("exhibit", "b")),
        exhibits,
    )  # fmt: skip
    files = exhibit_files(made)
    assert sorted(files) == ["charts/b.svg", "tables/a.csv", "tables/b.csv"]
    assert files["charts/b.svg"] == chart.svg
    assert files["tables/a.csv"] == files["tables/b.csv"]
