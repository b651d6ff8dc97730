"""All subjects together: each where its datasets are, every figure under its name."""

from __future__ import annotations

from dataclasses import replace

from reportgen.figures import compute_all, subjects
from reportgen.model import Compared, Scalar
from tests.figures.sheets import WHEN, sound
from tests.published_file import HEADINGS, rows

PRESSURE: list[list[Scalar]] = [["Pressure", "Overspend (£)"], ["Demand", 400]]
POPULATION: list[list[Scalar]] = [["Month", "Total", "Non-UASC", "UASC"], ["May 2016", 63, 56, 7]]


def test_the_subjects_are_found_in_order_of_name() -> None:
    names = [module.__name__.rpartition(".")[2] for module in subjects()]
    assert names == ["action_plan", "benchmarks", "budget_pressure", "population", "savings"]


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
    savings: list[list[Scalar]] = [["Objective", "Amount (£)", "Kind"], ["Fewer", -1, "Saving"]]
    tables = sound(
        {
            "action_plan": plan,
            "outcomes": outcomes,
            "savings": savings,
            "population": POPULATION,
            "budget_pressure": PRESSURE,
            "benchmarks": [[*HEADINGS], *rows(["2024"])],
        }
    )
    when = replace(WHEN, compared=Compared("E10000901", "E12000901", ("E10000902",), "2024", "reportgen.toml"))
    apart = [module.compute(tables, when) for module in subjects()]
    whole = compute_all(tables, when)
    assert len(whole.figures) == sum(len(found.figures) for found in apart)
    assert len(whole.grids) == sum(len(found.grids) for found in apart) == 14
