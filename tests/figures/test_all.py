"""All subjects together: each where its datasets are, every figure under its name."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from reportgen import figures
from reportgen.figures import compute_all, subjects
from reportgen.histories import tables as joined_tables
from reportgen.model import Compared, Scalar
from tests import altered_sheets
from tests.figures.sheets import WHEN, sound
from tests.histories.made import episode, joined
from tests.published_file import HEADINGS, rows

MORE = {name: rows for name, rows in altered_sheets.SHEETS.values() if rows is not altered_sheets.CHILDREN}
NO_SUBJECTS = ("__init__", "base", "brag", "declared", "declared_grids", "published", "shares")
PRESSURE: list[list[Scalar]] = [["Pressure", "Overspend (£)"], ["Demand", 400]]
POPULATION: list[list[Scalar]] = [["Month", "Total", "Non-UASC", "UASC"], ["May 2016", 63, 56, 7]]
FINANCES: list[list[Scalar]] = [
    ["Line", "2016/17 (£m)", "2017/18 (£m)"],
    *(["Budget", 5, 5], ["Demand", 1, 1], ["Investment", 1, 1], ["Savings", 0, -1]),
]
PROPOSALS: list[list[Scalar]] = [
    ["Ref", "Proposal", "Measure", "2016/17 (£m)", "2017/18 (£m)"],
    ["1", "Carers", "Investment", 1, 1],
    [None, None, "Gross saving", 0, -1],
]


def test_the_subjects_are_found_in_order_of_name() -> None:
    names = [module.__name__.rpartition(".")[2] for module in subjects()]
    modules = sorted(path.stem for path in Path(figures.__path__[0]).glob("*.py"))
    assert names == [name for name in modules if name not in NO_SUBJECTS]


def test_a_subject_whose_datasets_are_there_is_computed() -> None:
    found = compute_all(sound({"budget_pressure": PRESSURE, "population": POPULATION}), WHEN)
    assert set(found.grids) == {"budget_pressure", "population"}
    assert {"pressure_total", "children_last"} <= set(found.figures)
    assert all(name == figure.name for name, figure in found.figures.items())


def test_nothing_from_nothing() -> None:
    found = compute_all({}, WHEN)
    assert (dict(found.figures), dict(found.grids), found.claims) == ({}, {}, ())


def test_no_two_subjects_give_a_figure_or_grid_of_one_name() -> None:
    outcomes: list[list[Scalar]] = [["Outcome", "Title", "Savings target (£)"], [1, "Together", None]]
    plan: list[list[Scalar]] = [
        ["Outcome", "Ref", "Action", "Status", "Concern", "Completion"],
        ["1", "1.1", "Review", "Started", None, "Ongoing"],
    ]
    indicators: list[list[Scalar]] = [
        ["Indicator", "Unit", "Latest period", "Latest value", "Cumulative", "Better"],
        ["Moves", "number", "May 2016", 3, "no", "lower"],
    ]
    savings: list[list[Scalar]] = [["Objective", "Amount (£)", "Kind"], ["Fewer", -1, "Saving"]]
    budget: list[list[Scalar]] = [
        ["Year", "Placement type", "Expected children", "Budget (£)", "Actual children", "Actual (£)"],
        ["2019/20", "IFA", 1, 40, 2, 90],
    ]
    tables = sound(
        {
            "action_plan": plan,
            "outcomes": outcomes,
            "savings": savings,
            "population": POPULATION,
            "budget_pressure": PRESSURE,
            "placement_budget": budget,
            **MORE,
            "financial_plan": FINANCES,
            "proposals": PROPOSALS,
            "indicators": indicators,
            "benchmarks": [[*HEADINGS], *rows(["2024"])],
            "unit_costs": [
                ["Care type", "Cost provider", "Cost from", "Unit cost per week (£)"],
                ["Other", None, dt.date(2015, 4, 1), 100],
            ],
        }
    )
    histories, _ = joined({2015: [episode(1, "01/05/2015")]})
    tables |= {"returns": joined_tables(histories, dt.date(2016, 3, 31))["returns"]}
    compared = Compared("E10000901", "E12000901", ("E10000902",), "2024", "reportgen.toml")
    when = replace(WHEN, as_at={**WHEN.as_at, "returns": dt.date(2016, 3, 31)}, compared=compared)
    apart = [module.compute(tables, when) for module in subjects()]
    whole = compute_all(tables, when)
    assert len(whole.figures) == sum(len(found.figures) for found in apart)
    assert len(whole.grids) == sum(len(found.grids) for found in apart)
