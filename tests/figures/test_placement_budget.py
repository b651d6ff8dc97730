"""Figures of the placement budget, from sheets."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from reportgen.figures.placement_budget import compute
from reportgen.model import Scalar, Unit
from reportgen.reconcile import agrees
from reportgen.trace import Found
from tests.figures.sheets import WHEN, addresses, grid_values, shown, sound, tables

Rows = list[list[Scalar]]
HEAD: list[Scalar] = ["Year", "Placement type", "Expected children", "Budget (£)", "Actual children", "Actual (£)"]
# Budgeted unit costs of £50 and £30; 5 − 4 = 1 child over at £50, 9 − 10 = 1 child under at £30.
ROWS: Rows = [
    [*HEAD, "Under or overspend (£)"],
    ["2019/20", "IFA", 4, 200, 5, 260, 60],
    [None, "In-house", 10, 300, 9, 250, 50],
    [None, "Total", 14, 500, 14, 510, 10],
    ["2018/19", "IFA", 3, 150, 3, 150, 0],
    [None, "Total", 3, 150, 3, 150, None],
]


def found(rows: Rows = ROWS) -> Found:
    return compute(sound({"placement_budget": rows}), WHEN)


def columns(made: Found, grid: str, *keys: str) -> list[list[object]]:
    """The values of some columns of a grid, row by row."""
    at = [made.grids[grid].position(key) for key in keys]
    return [[row[i] for i in at] for row in grid_values(made.grids[grid])]


def test_lines_and_totals_with_variances_in_words() -> None:
    keys = ("line", "actual_children", "variance", "direction", "variance_share")
    assert columns(found(), "placement_budget", *keys) == [
        ["2019/20 IFA", 5, 6000, "over", Fraction(3, 10)],
        ["2019/20 in-house", 9, -5000, "under", Fraction(-1, 6)],
        ["2019/20 total", 14, 1000, "over", Fraction(1, 50)],
        ["2018/19 IFA", 3, 0, "on budget", 0],
        ["2018/19 total", 3, 0, "on budget", 0],
    ]
    grid = found().grids["placement_budget"]
    assert [(row.kind, row.group) for row in grid.rows] == [
        ("body", "2019/20"),
        ("body", "2019/20"),
        ("total", "2019/20"),
        ("body", "2018/19"),
        ("total", "2018/19"),
    ]


def test_volume_and_price_by_line_and_then_added_up() -> None:
    keys = ("budgeted_unit_cost", "actual_unit_cost", "volume", "volume_direction", "price", "price_direction")
    assert columns(found(), "placement_budget", *keys) == [
        [5000, 5200, 5000, "over", 1000, "over"],
        [3000, Fraction(25000, 9), -3000, "under", -2000, "under"],
        [Fraction(50000, 14), Fraction(51000, 14), 2000, "over", -1000, "under"],
        [5000, 5000, 0, "on budget", 0, "on budget"],
        [5000, 5000, 0, "on budget", 0, "on budget"],
    ]


@pytest.mark.parametrize(("expected", "actual"), [*product((1, 3, 7, 81), (0, 2, 3, 90))])
def test_volume_and_price_foot_to_the_penny(expected: int, actual: int) -> None:
    budget, spent = 3_272_200_01, 4_449_178_99
    line: list[Scalar] = ["2019/20", "IFA", expected, "3,272,200.01", actual, "4,449,178.99"]
    (row,) = columns(found([HEAD, line, ["2019/20", "In-house", 1, 0, 1, 0]]), "placement_budget_years", *KEYS)
    variance, volume, price = map(int, map(str, row))
    assert variance == spent - budget == volume + price
    assert abs(volume - Fraction(budget * (actual - expected), expected)) <= Fraction(1, 2)
    unit_costs = Fraction(budget, expected), Fraction(spent, actual) if actual else Fraction(0)
    if actual:
        assert abs(price - (unit_costs[1] - unit_costs[0]) * actual) <= Fraction(1, 2)


KEYS = ("variance", "volume", "price")


def test_a_budget_for_nobody_has_no_unit_cost_and_its_year_no_split() -> None:
    rows: Rows = [HEAD, ["2019/20", "IFA", 4, 200, 5, 260], [None, "Residential", 0, 70, 1, 90]]
    rows += [["2018/19", "IFA", 3, 150, 3, 150]]
    made, problems = tables({"placement_budget": rows})
    assert [p.message for p in problems] == [
        'in/book.xlsx, sheet "placement_budget", cell C3: expected a number above zero where the line has a '
        "budget, found another.\n"
        "  Without them there is no unit cost: the split into volume and price is shown as [z] not applicable."
        "  [no-unit-cost]"
    ]
    result = compute(made, WHEN)
    assert columns(result, "placement_budget", "line", "budgeted_unit_cost", *KEYS) == [
        ["2019/20 IFA", 5000, 6000, 5000, 1000],
        ["2019/20 residential", "[z]", 2000, "[z]", "[z]"],
        ["2019/20 total", 6750, 8000, "[z]", "[z]"],
        ["2018/19 IFA", 5000, 0, 0, 0],
        ["2018/19 total", 5000, 0, 0, 0],
    ]
    assert columns(result, "placement_budget", "volume_direction")[1] == ["[z]"]


def test_nobody_expected_and_no_budget_is_no_warning() -> None:
    made = sound({"placement_budget": [HEAD, ["2019/20", "Other", 0, 0, 2, 90]]})
    row = columns(compute(made, WHEN), "placement_budget", "variance", "variance_share", "actual_unit_cost", "volume")
    assert row[0] == [9000, "[z]", 4500, "[z]"]


def test_what_is_not_available_spoils_what_rests_on_it() -> None:
    made, problems = tables({"placement_budget": [HEAD, ["2019/20", "IFA", 4, 200, 5, "tbc"]]})
    assert {p.code for p in problems} == {"no-number"}
    keys = ("budget", "variance", "direction", "volume", "price", "actual_unit_cost")
    assert columns(compute(made, WHEN), "placement_budget", *keys)[0] == [20000, "[x]", "[x]", 5000, "[x]", "[x]"]


def test_the_gap_by_year_and_type_has_a_column_for_each_type_that_has_a_line() -> None:
    grid = found().grids["placement_budget_gap"]
    assert [(head.key, head.label, head.unit) for head in grid.heads] == [
        ("financial_year", "Financial year", Unit.TEXT),
        ("ifa", "IFA", Unit.MONEY),
        ("in_house", "In-house", Unit.MONEY),
        ("total", "Total", Unit.MONEY),
    ]
    assert grid_values(grid) == [["2019/20", 6000, -5000, 1000], ["2018/19", 0, "[z]", 0]]


def test_figures_for_texts_are_of_the_latest_and_the_first_year() -> None:
    made = found().figures
    assert {name: shown(made[name]) for name in made if name.endswith(("year", "_variance"))} == {
        "latest_budget_year": "2019/20",
        "latest_variance": 1000,
        "latest_ifa_variance": 6000,
        "latest_in_house_variance": -5000,
        "first_budget_year": "2018/19",
        "first_variance": 0,
        "first_ifa_variance": 0,
    }


def test_the_cells_that_a_total_and_a_variance_came_from() -> None:
    made = found()
    assert addresses(made.figures["latest_actual"]) == ["placement_budget!F2:F3"]
    assert addresses(made.figures["latest_ifa_variance"]) == ["placement_budget!D2", "placement_budget!F2"]
    assert addresses(made.figures["latest_ifa_volume"]) == [f"placement_budget!{c}2" for c in "CDE"]
    assert made.figures["latest_ifa_volume"].how == (
        "budget times children over those expected divided by expected children, to the penny"
    )
    assert made.figures["latest_ifa_price"].how == "variance minus volume"
    assert made.figures["latest_variance"].how == "actual minus budget"


def test_stated_variances_are_tested_by_their_size_and_a_blank_states_nothing() -> None:
    claims = found().claims
    assert [(c.what, c.stated.value, c.computed.value, agrees(c)) for c in claims] == [
        ("the size of the variance of IFA in 2019/20", 6000, 6000, True),
        ("the size of the variance of in-house in 2019/20", 5000, 5000, True),
        ("the size of the variance of IFA in 2018/19", 0, 0, True),
        ("the size of the total variance in 2019/20", 1000, 1000, True),
    ]
    signed = [*ROWS[:2], [None, "In-house", 10, 300, 9, 250, -50], *ROWS[3:]]
    assert all(map(agrees, found(signed).claims))
    wrong = [*ROWS[:3], [None, "Total", 14, 500, 14, 510, 13], *ROWS[4:]]
    assert [agrees(c) for c in found(wrong).claims] == [True, True, True, False]


def test_a_total_of_several_years_says_no_year() -> None:
    rows = [*ROWS[:3], ROWS[4], ["Grand total", None, 17, 650, 17, 660, 10]]
    (*_, claim) = found(rows).claims
    assert (claim.what, agrees(claim)) == ("the size of the total variance", True)


def test_without_stated_variances_nothing_is_claimed() -> None:
    assert found([row[:6] for row in ROWS]).claims == ()
