"""What stands under a table whose source states another total."""

from __future__ import annotations

import datetime as dt

from reportgen.datasets import all_datasets
from reportgen.figures import compute_all
from reportgen.figures.base import Circumstances
from reportgen.model import Scalar
from reportgen.present.disputes import dispute_notes
from reportgen.reconcile import contradicted
from reportgen.wording import House
from tests.figures.sheets import tables


def notes(
    name: str, rows: list[list[Scalar]], grid: str, house: House | None = None, group: str = "", money: str = ""
) -> tuple[str, ...]:
    found, wrong = tables({name: rows})
    assert wrong == []
    figures = compute_all(found, Circumstances("2016-05", dt.date(2016, 7, 12)))
    disputes = contradicted(found, all_datasets(), figures.claims)
    shown = figures.grids[grid].only(group) if group else figures.grids[grid]
    return dispute_notes(shown, disputes, house or House(), money)


PRESSURE: list[list[Scalar]] = [["Pressure", "Overspend (£)"], ["Demand", 400_000], ["Carried forward", -50_000]]
MONTHS: list[list[Scalar]] = [["Month", "Total", "Non-UASC", "UASC"], ["April 2016", 615, 553, 62]]


def test_a_total_that_agrees_needs_no_note() -> None:
    assert notes("budget_pressure", [*PRESSURE, ["Total", 350_000]], "budget_pressure") == ()


def test_a_total_that_differs_is_told_with_what_the_paper_prints() -> None:
    told = notes("budget_pressure", [*PRESSURE, ["Total", 450_000]], "budget_pressure")
    assert told == ("The source states the total of amount as £450,000; its parts come to £350,000.",)


def test_negatives_are_the_houses() -> None:
    told = notes("budget_pressure", [*PRESSURE, ["Total", -350_000]], "budget_pressure", House(brackets=True))
    assert told == ("The source states the total of amount as (£350,000); its parts come to £350,000.",)


def test_a_row_whose_parts_differ_is_named_by_its_key() -> None:
    told = notes("population", [*MONTHS, ["May 2016", 613, 566, 65], ["June 2016", 631, 566, 65]], "population")
    assert told == ("The source states the total for May 2016 as 613; its parts come to 631.",)


def test_a_claim_that_names_its_row_is_not_given_it_again() -> None:
    head: list[Scalar] = ["Year", "Placement type", "Expected children", "Budget (£)", "Actual children", "Actual (£)"]
    rows: list[list[Scalar]] = [[*head, "Variance (£)"], ["2019/20", "IFA", 4, 200, 5, 260, 70], [None, "Total", 4]]
    rows += [["2018/19", "IFA", 4, 200, 4, 190, 10], [None, "In-house", 2, 20, 2, 20, 0], [None, "Total", 6, 220, 7]]
    assert notes("placement_budget", rows, "placement_budget") == (
        "The source states the total of actual children for 2018/19 as 7; its parts come to 6.",
        "The source states the size of the variance of IFA in 2019/20 as £70; its parts come to £60.",
    )
PROPOSALS: list[list[Scalar]] = [
    ["Ref", "Proposal", "Measure", "2016/17 (£000)", "2017/18 (£000)", "Payback"],
    ["1", "Carers", "Investment", 1000, 1000],
    [None, None, "Gross saving", 0, -3000],
    [None, None, "Net saving", 1000, -2000, "Year 2"],
    ["2", "Edge of care", "Investment", 1000, 1000],
    [None, None, "Gross saving", 0, -3000],
    [None, None, "Net saving", 1000, -1000, "Year 1"],
]


def test_a_word_that_differs_and_a_cell_of_a_row_known_by_two_columns() -> None:
    told = notes("proposals", PROPOSALS, "proposals_by_year", House(brackets=True), "2", "£ million")
    assert told == (
        "The source states the net saving for 2, 2017/18 as (£1m); its parts come to (£2m).",
        "The source states the payback of proposal 2 as Year 1; it is worked out as Year 2.",
    )


def test_a_group_that_shows_none_of_the_disputed_cells_has_no_note() -> None:
    assert notes("proposals", PROPOSALS, "proposals_by_year", group="1") == ()
    assert notes("proposals", PROPOSALS, "proposals_children") == ()


def test_a_claim_that_names_its_row_is_not_told_it_again() -> None:
    plan: list[list[Scalar]] = [
        ["Line", "2016/17 (£000)", "2017/18 (£000)"],
        *(["Budget", 500, 500], ["Demand", 90, 90], ["Investment", 10, 10], ["Savings", 0, -50]),
        ["Net forecast", 600, 600],
    ]
    told = notes("financial_plan", plan, "financial_plan_by_year", money="£000")
    assert told == ('The source states "Net forecast" of 2017/18 as £600k; its parts come to £550k.',)
