"""Figures of the financial plan, from a sheet."""

from __future__ import annotations

import pytest

from reportgen.datasets import all_datasets
from reportgen.figures.financial_plan import compute
from reportgen.model import Scalar, Unit
from reportgen.reconcile import reconcile
from reportgen.trace import Found
from tests.figures.sheets import WHEN, addresses, grid_values, shown, sound, tables

Rows = list[list[Scalar]]
PLAN: Rows = [
    ["Financial plan (£m)"],
    ["Line", "2016/17", "2017/18", "2018/19"],
    ["Net Budget", 50.1, 49.0, 48.0],
    ["Pressure (demand)", 7.5, 7.0, 8.0],
    ["Pressure (reserve)", 0, 1, 2],
    ["Investment", 0.2, 3.5, 3.6],
    ["Savings", 0, -2.0, -5.5],
    ["Net Forecast", 57.8, 58.5, 56.1],
    ["Funding Support", 7.7, 9.5, 8.1],
]
M = 100_000_000


def found(rows: Rows = PLAN) -> Found:
    return compute(sound({"financial_plan": rows}), WHEN)


def replaced(row: int, column: int, value: Scalar) -> Rows:
    rows = [[*each] for each in PLAN]
    rows[row - 1][column - 1] = value
    return rows


def warnings(rows: Rows) -> list[str]:
    read = sound({"financial_plan": rows})
    return [problem.message for problem in reconcile(read, all_datasets(), compute(read, WHEN).claims)]


def test_first_last_and_total_of_each_kind_in_pence() -> None:
    figures = found().figures
    assert {name: figure.value for name, figure in figures.items()} == {
        "plan_years": 3,
        "plan_first_year": "2016/17",
        "plan_last_year": "2018/19",
        "plan_net_budget_first": 50.1 * M,
        "plan_net_budget_last": 48 * M,
        "plan_net_budget_total": 147.1 * M,
        "plan_pressure_first": 7.5 * M,
        "plan_pressure_last": 10 * M,
        "plan_pressure_total": 25.5 * M,
        "plan_investment_first": 0.2 * M,
        "plan_investment_last": 3.6 * M,
        "plan_investment_total": 7.3 * M,
        "plan_savings_first": 0,
        "plan_savings_last": -5.5 * M,
        "plan_savings_total": -7.5 * M,
        "plan_net_forecast_first": 57.8 * M,
        "plan_net_forecast_last": 56.1 * M,
        "plan_net_forecast_total": 172.4 * M,
        "plan_support_first": 7.7 * M,
        "plan_support_last": 8.1 * M,
        "plan_support_total": 25.3 * M,
        "plan_support_most": 9.5 * M,
        "plan_support_most_year": "2017/18",
    }
    assert {figure.unit for name, figure in figures.items() if name.endswith("_total")} == {Unit.MONEY}


def test_the_cells_of_a_forecast() -> None:
    figure = found().figures["plan_net_forecast_last"]
    assert addresses(figure) == ["financial_plan!D3:D7"]
    assert figure.how == "net budget plus pressure plus investment plus savings"
    whole = found().figures["plan_support_total"]
    assert whole.how == "support of 2016/17 plus support of 2017/18 plus support of 2018/19"
    assert addresses(whole) == ["financial_plan!B4:B7", "financial_plan!C4:C7", "financial_plan!D4:D7"]


def test_the_plan_as_a_table_with_what_is_worked_out_as_totals() -> None:
    grid = found().grids["financial_plan"]
    assert [(head.key, head.label) for head in grid.heads] == [
        ("line", "Line"), ("2016_17", "2016/17"), ("2017_18", "2017/18"), ("2018_19", "2018/19"),
        ("total", "All years"),
    ]  # fmt: skip
    assert grid_values(grid) == [
        ["Net Budget", 50.1 * M, 49 * M, 48 * M, 147.1 * M],
        ["Pressure (demand)", 7.5 * M, 7 * M, 8 * M, 22.5 * M],
        ["Pressure (reserve)", 0, 1 * M, 2 * M, 3 * M],
        ["Investment", 0.2 * M, 3.5 * M, 3.6 * M, 7.3 * M],
        ["Savings", 0, -2 * M, -5.5 * M, -7.5 * M],
        ["Net forecast", 57.8 * M, 58.5 * M, 56.1 * M, 172.4 * M],
        ["Support beyond the net budget", 7.7 * M, 9.5 * M, 8.1 * M, 25.3 * M],
    ]
    assert [row.kind for row in grid.rows] == ["body"] * 5 + ["total"] * 2


def test_the_plan_by_year() -> None:
    grid = found().grids["financial_plan_by_year"]
    assert [head.key for head in grid.heads] == [
        "year", "net_budget", "pressure", "investment", "savings", "net_forecast", "support",
    ]  # fmt: skip
    assert grid_values(grid) == [
        ["2016/17", 50.1 * M, 7.5 * M, 0.2 * M, 0, 57.8 * M, 7.7 * M],
        ["2017/18", 49 * M, 8 * M, 3.5 * M, -2 * M, 58.5 * M, 9.5 * M],
        ["2018/19", 48 * M, 10 * M, 3.6 * M, -5.5 * M, 56.1 * M, 8.1 * M],
        ["All years", 147.1 * M, 25.5 * M, 7.3 * M, -7.5 * M, 172.4 * M, 25.3 * M],
    ]


def test_a_plan_that_states_neither_forecast_nor_support() -> None:
    assert grid_values(found(PLAN[:7]).grids["financial_plan"]) == grid_values(found().grids["financial_plan"])
    assert found(PLAN[:7]).claims == ()


def test_stated_lines_that_agree() -> None:
    assert len(found().claims) == 6
    assert warnings(PLAN) == []


def test_a_stated_forecast_that_its_parts_contradict() -> None:
    assert warnings(replaced(8, 3, 58.9)) == [
        'in/book.xlsx, sheet "financial_plan", cell C8: expected "Net Forecast" of 2017/18 to be £58,500,000, net '
        "budget plus pressure plus investment plus savings, found £58,900,000.\n"
        "  They differ by £400,000. Correct the one that is wrong: the paper goes by what it has worked out.\n"
        "  See also cells C3, C4, C5, C6, C7.  [plan-differs]"
    ]


@pytest.mark.parametrize(
    ("row", "stated", "apart"),
    [
        # Five parts and the forecast may each be half of 0.1 off, together 0.3.
        (8, 58.8, False),
        (8, 58.2, False),
        (8, 58.1, True),
        # The support rests on four: the rounding of the net budget has no part in it.
        (9, 9.7, False),
        (9, 9.8, True),
    ],
)
def test_what_rounding_explains_is_not_reported(row: int, stated: float, apart: bool) -> None:
    assert bool(warnings(replaced(row, 3, stated))) is apart


def test_an_amount_that_is_not_available_spoils_its_year_alone() -> None:
    read, problems = tables({"financial_plan": replaced(6, 3, "tbc")})
    assert {problem.code for problem in problems} == {"no-number"}
    made = compute(read, WHEN)
    assert [shown(figure) for figure in made.grids["financial_plan_by_year"].column("support")] == [
        7.7 * M, "[x]", 8.1 * M,
    ]  # fmt: skip
    assert shown(made.figures["plan_support_total"]) == "[x]"
    assert (shown(made.figures["plan_support_most"]), made.figures["plan_support_most_year"].value) == (
        8.1 * M, "2018/19",
    )  # fmt: skip
    assert reconcile(read, all_datasets(), made.claims) == []


def test_no_year_has_a_support() -> None:
    read, _ = tables({"financial_plan": [*PLAN[:5], ["Investment", "tbc", "tbc", "tbc"], PLAN[6]]})
    figures = compute(read, WHEN).figures
    assert (shown(figures["plan_support_most"]), shown(figures["plan_support_most_year"])) == ("[x]", "[x]")
