"""Every published figure of the Cambridgeshire paper is reproduced from its workbooks, or reported with its amount."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from reportgen import readers
from reportgen.cells.kinds import parse_period
from reportgen.check import check_sheets
from reportgen.datasets import all_datasets
from reportgen.figures import compute_all
from reportgen.figures.base import Circumstances
from reportgen.figures.declared import Fact, declared_figures
from reportgen.model import Place, Problem, Severity, Unit, Value
from reportgen.reconcile import reconcile
from reportgen.table import Table
from reportgen.trace import Figure, Found
from scripts.inputs import cambridgeshire
from tests.papers.published import published, table

ROOT = Path(__file__).parent.parent.parent
INPUTS = ROOT / "inputs" / "cambridgeshire" / "2016-05"
WHEN = Circumstances("2016-05", dt.date(2016, 7, 12), {"action_plan": dt.date(2016, 6, 29)})
DATASETS = ("action_plan", "outcomes", "savings", "population", "budget_pressure", "key_facts")


@dataclass(frozen=True)
class Computed:
    """What the committed workbooks come to."""

    tables: dict[str, Table]
    found: Found
    problems: list[Problem]


@pytest.fixture(scope="module")
def computed() -> Computed:
    files = readers.start(readers.input_files(INPUTS), ROOT).result()
    assert [p for file in files for p in file.problems] == []
    sheets = [sheet for file in files for sheet in file.sheets]
    tables, problems = check_sheets(sheets, "in", all_datasets(), DATASETS)
    assert [p.message for p in problems if p.severity is not Severity.NOTE] == []
    found = compute_all(tables, WHEN)
    return Computed(tables, found, reconcile(tables, all_datasets(), found.claims))


def rows_of(name: str) -> list[dict[str, str]]:
    return table("cambridgeshire-2016", name)


def pence(thousands: str) -> int | None:
    return int(thousands) * 100_000 if thousands else None


def values(computed: Computed, grid: str, key: str) -> list[Value | None]:
    return [figure.value for figure in computed.found.grids[grid].column(key)]


def month(day: Value | None) -> str:
    return f"{day:%Y-%m}" if isinstance(day, dt.date) else ""


@published
def test_every_action_with_its_dates(computed: Computed) -> None:
    expected = rows_of("action_plan.csv")
    assert values(computed, "actions", "ref") == [row["ref"] for row in expected]
    assert [row.group for row in computed.found.grids["actions"].rows] == [row["outcome"] for row in expected]
    assert values(computed, "actions", "action") == [row["action"] for row in expected]
    for key in ("baseline", "revised"):
        assert [month(v) for v in values(computed, "actions", key)] == [row[f"{key}_completion"] for row in expected]
    words = [str(v).capitalize() for v in values(computed, "actions", "baseline") if isinstance(v, str)]
    assert words == [row["published_completion"] for row in expected if not row["baseline_completion"]]


@published
def test_every_rating_but_four_that_the_papers_own_key_contradicts(computed: Computed) -> None:
    expected = rows_of("action_plan.csv")
    assert values(computed, "actions", "stated_rating") == [row["published_brag"] for row in expected]
    assert [v or "" for v in values(computed, "actions", "stated_reason")] == [
        row["published_reason"] for row in expected
    ]
    rated = dict(zip([row["ref"] for row in expected], values(computed, "actions", "rating"), strict=True))
    others = {row["ref"]: row["published_brag"] for row in expected if rated[row["ref"]] != row["published_brag"]}
    assert others == {"2.2": "Amber", "2.3": "Green", "4.6": "Green", "5.3": "Green"}
    assert {rated[ref] for ref in others} == {"Red"}


def test_the_ratings_that_differ_are_the_only_disagreements(computed: Computed) -> None:
    assert [(p.code, p.place.cell, p.found, p.severity) for p in computed.problems] == [
        ("rating-differs", "J5", "Amber", Severity.WARNING),
        ("rating-differs", "J6", "Green", Severity.WARNING),
        ("rating-differs", "J13", "Green", Severity.WARNING),
        ("rating-differs", "J17", "Green", Severity.WARNING),
    ]
    assert computed.problems[0].message == (
        'inputs/cambridgeshire/2016-05/action plan.xlsx, sheet "Action plan", cell J5: expected the BRAG rating of '
        "action 2.2 at 29 June 2016 to be Red, found Amber.\n"
        "  Not complete by its agreed date, May 2016. The paper prints both; correct the cell, or what the other "
        "rests on.\n"
        "  See also cells F5, G5, H5, I5.  [rating-differs]"
    )


def test_the_counts_of_ratings(computed: Computed) -> None:
    named = {name: computed.found.figures[f"actions_{name}"].value for name in ("blue", "green", "amber", "red")}
    assert named == {"blue": 1, "green": 5, "amber": 4, "red": 4}
    assert computed.found.figures["ratings_that_differ"].value == 4
    turning = zip(values(computed, "actions", "ref"), values(computed, "actions", "turning"), strict=True)
    assert [ref for ref, turns in turning if turns] == ["4.2", "4.3", "4.4"]


@published
def test_the_outcomes_and_their_targets(computed: Computed) -> None:
    expected = rows_of("outcomes.csv")
    assert values(computed, "outcomes", "outcome") == [row["outcome"] for row in expected]
    assert values(computed, "outcomes", "title") == [row["title"] for row in expected]
    assert values(computed, "outcomes", "savings_target") == [
        pence(row["savings_target_gbp_thousand"]) for row in expected
    ]


@published
def test_the_savings_and_their_total(computed: Computed) -> None:
    *expected, total = rows_of("savings_2016_17.csv")
    assert total["objective"] == "Total"
    assert values(computed, "savings", "objective") == [row["objective"] for row in expected]
    assert values(computed, "savings", "amount") == [pence(row["amount_gbp_thousand"]) for row in expected]
    assert [v or "" for v in values(computed, "savings", "in_business_plan")] == [
        row["in_business_plan"] for row in expected
    ]
    assert computed.found.figures["savings_total"].value == pence(total["amount_gbp_thousand"])
    assert [stated.value for stated in computed.tables["savings"].stated] == [pence(total["amount_gbp_thousand"])]


@published
def test_the_population_by_month(computed: Computed) -> None:
    expected = rows_of("population.csv")
    assert [month(v) for v in values(computed, "population", "month")] == [row["month"] for row in expected]
    for key in ("total", "non_uasc", "uasc"):
        assert values(computed, "population", key) == [int(row[key]) for row in expected]
        assert [int(v) for v in computed.tables["population"].frame[key]] == [int(row[key]) for row in expected]


UNITS = {"count": Unit.COUNT, "GBP": Unit.MONEY, "GBP/week": Unit.MONEY_PER_WEEK, "percent": Unit.PERCENT}


def in_our_units(value: str, unit: str) -> Fraction:
    return Fraction(value) * {"GBP": 100, "GBP/week": 100, "percent": Fraction(1, 100)}.get(unit, 1)


def fact(computed: Computed, row: dict[str, str]) -> Figure:
    """The figure that holds a published fact."""
    figures = computed.found.figures
    parts = computed.found.grids["budget_pressure"]
    named = {str(r.cells[0].value): r.cells[1] for r in parts.rows}
    if row["fact"] == "Total projected overspend":
        return figures["pressure_total"]
    if row["fact"] in named:
        return named[row["fact"]]
    wanted = Fact(row["fact"], parse_period(row["as_at"]))
    if row["fact"] == "In-house fostering beds target 2016/17":
        wanted = Fact("In-house fostering beds filled", parse_period("2016-05"), "target")
    made, problems = declared_figures({"fact": wanted}, {}, computed.tables["key_facts"], {}, Place("paper.toml"))
    assert problems == []
    return made["fact"]


@published
def test_every_key_fact(computed: Computed) -> None:
    expected = rows_of("key_facts.csv")
    assert len(expected) == 16
    for row in expected:
        figure = fact(computed, row)
        assert (figure.value, figure.unit) == (in_our_units(row["value"], row["unit"]), UNITS[row["unit"]]), row["fact"]
        assert figure.counted(), row["fact"]


@published
def test_what_the_key_facts_say_of_each_other(computed: Computed) -> None:
    facts = {row["fact"]: in_our_units(row["value"], row["unit"]) for row in rows_of("key_facts.csv")}
    start, end = facts["Placements budget at start of strategy"], facts["Placements budget by 2020"]
    assert start - end == facts["Budget reduction over five years"]
    parts = facts["Overspend from demand"] + facts["Pressure carried forward from 2015/16"]
    assert computed.found.figures["pressure_total"].value == parts == facts["Total projected overspend"]
    assert computed.found.figures["outcomes_count"].value == facts["Outcome areas"]


def test_the_workbooks_are_those_that_the_script_writes(tmp_path: Path) -> None:
    cambridgeshire.write(tmp_path)
    committed, written = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.xlsx")}
        for folder in (INPUTS, tmp_path)
    )
    assert len(written) == 4
    assert committed == written
