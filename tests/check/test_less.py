"""Rows that a sheet takes off without a minus."""

from __future__ import annotations

import pytest

from reportgen.datasets import all_datasets
from reportgen.reconcile import reconcile
from tests.check.made import Rows, check_rows

HEAD = ("Pressure", "Overspend (£)")


def places(*rows: tuple[object, ...]) -> list[str]:
    return check_rows([HEAD, *rows], "budget_pressure").places


def test_an_amount_that_the_total_takes_off() -> None:
    rows: Rows = [HEAD, ("Demand", 500), ("Prices", 300), ("Less: grant", 100), ("Total", 700)]
    read = check_rows(rows, "budget_pressure")
    assert read.values("budget_pressure", "amount") == [50_000, 30_000, 10_000]
    assert read.messages == [
        'in/book.xlsx, sheet "Sheet", cell B4: expected a minus before an amount that is taken off, found none.\n'
        "  It is counted as it stands: put a minus before it if it is to be taken off.  [less-row]"
    ]
    assert [p.code for p in reconcile(read.tables, all_datasets(), [])] == ["total-differs"]


@pytest.mark.parametrize("label", ["LESS: grant", "Less - grant", "less : grant", "Less \u2013 grant"])
def test_a_mark_after_less_needs_no_total(label: str) -> None:
    assert places(("Demand", 500), (label, 100)) == ["less-row B3"]


def test_less_as_a_word_counts_where_the_total_takes_the_row_off() -> None:
    demand, grant = ("Demand", 500), ("Less grant", 100)
    assert places(demand, grant, ("Total", 400)) == ["less-row B3"]
    assert places(demand, grant, ("Total", 600)) == []
    assert places(demand, grant, ("Total", 450)) == []
    assert places(demand, grant) == []


def test_a_row_with_its_minus_and_other_words_are_let_be() -> None:
    assert places(("Demand", 500), ("Less: grant", -100), ("Lesser pressures: two", 7)) == []
