"""Columns that stand side by side for years or ages: found, and what is wrong with their headings."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.check.match import find_matches
from reportgen.check.sheet import Sheet
from reportgen.check.spread import SpreadColumn
from reportgen.datasets import all_datasets
from reportgen.model import RawSheet, Scalar
from tests.check.made import Rows, check, check_rows, ods, xls, xlsx

PLAN_HEAD = ("Budget line", "2016/17", "2017/18", "2018/19")
PLAN: Rows = [
    ("Plan (£m)",),
    (),
    PLAN_HEAD,
    ("Net budget", 56.4, 55, 53.7),
    ("Pressure", 7.8, 7.3, 8.4),
    ("Investment", 0.2, 3.6, 3.7),
    ("Savings", 0, 0, 0),
]
AGES: Rows = [
    ("Cost by age and need (£)",),
    (None, 0, None, "Age 14", None, "Total", None),
    ("Need group", "Children", "Cost", "Children", "Cost", "Children", "Cost"),
    ("00: None", 4, 44784, 1, 91218, 5, 136002),
]


def columns(dataset: str, rows: Rows, merged: tuple[tuple[int, int, int, int], ...] = ()) -> list[SpreadColumn]:
    raw = RawSheet("in/book.xlsx", "Sheet", rows, merged=merged)  # type: ignore[arg-type]
    found = find_matches(Sheet(raw), [all_datasets()[dataset]], {})
    return [each for match in found for each in match.spread]


def test_years_are_found_by_their_headings() -> None:
    assert columns("financial_plan", PLAN) == [
        SpreadColumn(2, "", "2016/17", ((2, 3),)),
        SpreadColumn(3, "", "2017/18", ((3, 3),)),
        SpreadColumn(4, "", "2018/19", ((4, 3),)),
    ]


def test_a_unit_beside_a_year_is_no_part_of_it() -> None:
    head = ("Budget line", "2016/17 (£m)", "2017-18 £m")
    assert [each.value for each in columns("financial_plan", [head])] == ["2016/17", "2017/18"]


@pytest.mark.parametrize("merged", [(), ((2, 2, 2, 3), (2, 4, 2, 5), (2, 6, 2, 7))])
def test_ages_stand_over_their_measures_merged_or_not(merged: tuple[tuple[int, int, int, int], ...]) -> None:
    found = columns("age_need_costs", AGES, merged)
    assert [(each.column, each.measure, each.value, each.is_total) for each in found] == [
        (2, "children", 0, False),
        (3, "cost", 0, False),
        (4, "children", 14, False),
        (5, "cost", 14, False),
        (6, "children", None, True),
        (7, "cost", None, True),
    ]


@pytest.mark.parametrize("heads", [("Budget line", "2016/17"), ("Budget line", "Total", "2016/17"), ("Budget line",)])
def test_one_year_alone_is_no_spread(heads: tuple[str, ...]) -> None:
    assert columns("financial_plan", [heads, ("Net budget", 1, 1)]) == []


@pytest.mark.parametrize("book", [xlsx(PLAN), xls(PLAN), ods(PLAN)], ids=["xlsx", "xls", "ods"])
def test_every_kind_of_workbook_gives_the_same_table(book: bytes) -> None:
    ending = "xlsx" if book[:2] == b"PK" and b"xl/" in book else "ods" if book[:2] == b"PK" else "xls"
    read = check({f"in/book.{ending}": book}, "financial_plan")
    assert read.values("financial_plan", "line")[:6] == ["Net budget"] * 3 + ["Pressure"] * 3
    assert read.values("financial_plan", "year") == ["2016/17", "2017/18", "2018/19"] * 4
    assert read.values("financial_plan", "amount")[:6] == [
        *(5_640_000_000, 5_500_000_000, 5_370_000_000),
        *(780_000_000, 730_000_000, 840_000_000),
    ]


def plan(*heads: Scalar) -> list[str]:
    lines = ("Net budget", "Pressure", "Investment", "Savings")
    rows = [(line, *(0 if line == "Savings" else 1.5 for _ in heads[1:])) for line in lines]
    return check_rows([("Plan (£m)",), heads, *rows], "financial_plan").messages


def test_years_out_of_order() -> None:
    assert plan("Budget line", "2017/18", "2016/17") == [
        'in/book.xlsx, sheet "Sheet", cell C2: expected the financial year after 2017/18, found "2016/17".\n'
        "  Put the columns in order and add the missing one.\n"
        "  See also cell B2.  [column-out-of-order]"
    ]


def test_a_missing_year() -> None:
    assert plan("Budget line", "2016/17", "2018/19") == [
        'in/book.xlsx, sheet "Sheet", cell C2: expected the financial year after 2016/17, found "2018/19".\n'
        "  Put the columns in order and add the missing one.\n"
        "  See also cell B2.  [column-out-of-order]"
    ]


def test_a_year_twice() -> None:
    assert plan("Budget line", "2016/17", "2017/18", "2016/17") == [
        'in/book.xlsx, sheet "Sheet", cell D2: expected one column for 2016/17, found a second one.\n'
        "  Take one of the columns out, or correct its heading.\n"
        "  See also cell B2.  [two-columns]"
    ]


def test_a_year_that_is_none_amid_the_others() -> None:
    messages = plan("Budget line", "2016/17", "20117/18", "2017/18")
    assert sorted(messages) == [
        'in/book.xlsx, sheet "Sheet", cell C2: expected a financial year such as 2016/17, as in the headings beside '
        'it, found "20117/18".\n'
        "  Its second year follows the first: 2016/17.  [not-in-series]",
        'in/book.xlsx, sheet "Sheet", cell C2: expected columns of Financial plan, found one that isn\'t read.\n'
        "  Nothing need be done if the paper isn't to use them.  [extra-column]",
    ]


def test_a_year_that_the_sheet_has_made_a_date() -> None:
    assert plan("Budget line", "2016/17", dt.date(2017, 11, 1), "2017/18") == [
        'in/book.xlsx, sheet "Sheet", cell C2: expected a financial year such as 2016/17, as in the headings beside '
        'it, found "01/11/2017".\n'
        "  The sheet may have turned a year such as 2010/11 into a month: format the cell as text and type the year "
        "(2010/11) or the month (November 2010) again.  [not-in-series]"
    ]


def test_an_age_without_its_cost() -> None:
    rows = [(None, 0, None, 14), ("Need group", "Children", "Cost", "Children"), ("00: None", 4, 44784, 1)]
    assert check_rows([("Cost (£)",), *rows], "age_need_costs").messages == [
        'in/book.xlsx, sheet "Sheet", cell D2: expected a column for the cost of 14, found none.\n'
        "  Add it, or its heading.  [missing-column]"
    ]


@pytest.mark.parametrize("age", [18, -1, 2.5, "eighteen"])
def test_an_age_outside_its_range_is_not_read_as_one(age: Scalar) -> None:
    heads = (None, 0, None, age, None, 14, None)
    rows = [heads, ("Need group", *("Children", "Cost") * 3), ("00: None", 4, 44784, 1, 1, 1, 1)]
    read = check_rows([("Cost (£)",), *rows], "age_need_costs")
    assert [(p.code, p.place.cell) for p in read.problems if p.code == "not-in-series"] == [
        ("not-in-series", "D3"),
        ("not-in-series", "E3"),
    ]


def test_an_unknown_need_group() -> None:
    rows = [(None, 0, None, 1), ("Need group", "Children", "Cost", "Children", "Cost"), ("21: All", 4, 44784, 1, 2)]
    (problem,) = check_rows([("Cost (£)",), *rows], "age_need_costs").problems
    assert (problem.code, problem.place.cell, problem.found) == ("unknown-need-group", "A4", '"21: All"')


def test_hidden_years_are_said_to_be_so() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["C"].hidden = True

    assert [p.message for p in check(xlsx(PLAN, hide), "financial_plan").problems] == [
        'in/book.xlsx, sheet "Sheet", column C: expected columns that can be seen, found a hidden column (2017/18).\n'
        "  It is read as any other; unhide or remove it.  [hidden-column]"
    ]
