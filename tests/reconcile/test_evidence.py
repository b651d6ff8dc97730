"""What steady ratios say, where they can say anything."""

from __future__ import annotations

import pytest

from reportgen.datasets import all_datasets
from reportgen.model import Scalar
from reportgen.reconcile.evidence import Evidence, evidence
from reportgen.reconcile.spots import Spot
from tests.figures.sheets import tables
from tests.reconcile.made import HEAD, Rows


def said(rows: Rows, column: str, row: int, value: int, stated: bool = False) -> list[Evidence]:
    made, _ = tables({"placement_budget": [HEAD[:6], *rows]})
    return evidence(made, all_datasets(), Spot("placement_budget", column, row, stated), value)


def line(year: str, kind: str, expected: Scalar, budget: Scalar, children: Scalar, actual: Scalar) -> list[Scalar]:
    return [year, kind, expected, budget, children, actual]


THREE = [
    line("2019/20", "IFA", 4, 200, 5, 260),
    line("2018/19", "IFA", 4, 204, 5, 250),
    line("2018/19", "In-house", 1, 5, 1, 5),
]


def test_a_cell_is_weighed_by_each_ratio_that_it_is_part_of() -> None:
    (of_actual,) = said(THREE, "actual", 0, 25_100)
    assert of_actual == Evidence(
        "actual divided by actual children is £52 as the cell stands and would be £50; for IFA it is £50 in 2018/19", 1
    )
    (of_children,) = said(THREE, "actual_children", 0, 13)
    assert of_children.speaks == -1
    (of_budget,) = said(THREE, "budget", 0, 40_000)
    assert of_budget.words == (
        "budget divided by expected children is £50 as the cell stands and would be £100; for IFA it is £51 in 2018/19"
    )


@pytest.mark.parametrize(
    ("rows", "column", "row", "value"),
    [
        (THREE, "actual", 2, 600),  # no other row of its kind
        (THREE, "actual_children", 0, 0),  # no ratio with the other value
        ([line("2019/20", "IFA", 4, 200, 0, 260), THREE[1]], "actual", 0, 1),  # none as it stands
        ([THREE[0], line("2018/19", "IFA", 4, 200, 5, "tbc")], "actual", 0, 1),  # none in the other row
    ],
)
def test_nothing_is_said_without_a_ratio_to_compare(rows: Rows, column: str, row: int, value: int) -> None:
    assert said(rows, column, row, value) == []


def test_large_amounts_are_exact() -> None:
    rows = [line("2019/20", "IFA", 4, 200, 7, 900_000_000_001), line("2018/19", "IFA", 4, 200, 7, 900_000_000_000)]
    (found,) = said(rows, "actual", 0, 90_000_000_000_000)
    assert found.speaks == 1


def test_a_stated_total_is_of_no_kind() -> None:
    assert said(THREE, "actual", 0, 1, stated=True) == []


def test_the_nearest_rows_are_quoted_where_there_are_many() -> None:
    rows = [line(f"20{n}/{n + 1}", "IFA", 4, 200, 1, 100 + n) for n in range(10, 19)]
    (found,) = said(rows, "actual", 8, 11_800 + 2_000)
    assert found.words.endswith("for IFA it is £117 in 2017/18, £116 in 2016/17, £115 in 2015/16 and £114 in 2014/15")
    assert found.speaks == -1
