"""Every cell of a small workbook is altered: a figure that doesn't own the cell keeps its value, or it is reported."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from reportgen import readers
from reportgen.cells.dates import month_end
from reportgen.check import check_sheets
from reportgen.datasets import all_datasets
from reportgen.figures import compute_all
from reportgen.figures.base import Circumstances
from reportgen.figures.declared import Agreement, Calculation, Fact, agreements, declared_figures
from reportgen.model import Place, Problem, RawSheet, Scalar, Severity, Unit, Value
from reportgen.reconcile import reconcile
from reportgen.table import CellRange
from reportgen.trace import Figure, Found, catalogue
from tests import altered_sheets

Rows = Sequence[Sequence[Scalar]]
Spot = tuple[str, int, int]  # sheet, row, column
Shown = tuple[Value | None, Unit, str]

WHEN = Circumstances("2016-05", dt.date(2016, 7, 12), {"action_plan": dt.date(2016, 6, 29)})
SETTINGS = Place("paper.toml")
JUNE = dt.date(2016, 6, 30)

OUTCOMES: Rows = [
    ["Outcomes and their targets"],
    [],
    ["Outcome", "Title", "Savings target (£000)"],
    [1, "Together", None],
    [2, "Edge of care", -231],
    ["Total", None, -231],
]
PLAN: Rows = [
    ["Action plan at 29 June 2016"],
    [],
    ["Outcome", "Ref", "Action", "Status", "Concern", "Completion date", "Revised", "BRAG", "Score"],
    ["Outcome 1: Together", "1.1", "Review cases", "Started", None, JUNE, None, "Green", None],
    [None, "1.2", "Set up group", "Complete", None, "Complete", None, "Blue", None],
    ["2", "2.1", "Agree scope", "Started", "slow", "Ongoing", None, None, None],
    [None, "2.2", "Broker help", None, None, JUNE, "Sept 2016", "Amber", None],
    [None, "2.3", "Train carers", "Not started", None, "Sept 2016", None, None, "High"],
    [],
    ["Note: the scores are the officers' own."],
]
SAVINGS: Rows = [
    ["Savings requirement 2016/17"],
    [],
    ["Objective", "Amount (£000)", "Kind", "Ward"],
    ["Fewer children", -210, "Saving", "North"],
    ["Unit cost", -92.5, "Cashable", "South"],
    ["Inflation", 30, "Inflation", None],
    ["Total", -272.5],
    [],
    ["Source: the business plan."],
]
POPULATION: Rows = [
    ["Looked after children"],
    [],
    ["Month", "Total", "Non-UASC", "UASC"],
    [dt.date(2016, 3, 31), 60, 55, 5],
    [dt.date(2016, 4, 30), 61, 55, 6],
    ["May 2016", 63, 56, 7],
    [],
    ["Note: at the month's end."],
]
PRESSURE: Rows = [
    ["Projected overspend"],
    [],
    ["Pressure", "Projected overspend (£)"],
    ["Demand", 400_000],
    ["Carried forward", 350_000.5],
    ["Total", 750_000.5],
    [],
    ["Source: finance."],
]
TITLED: Rows = [["Projected overspend, £000"], [], ["Pressure", "Amount"], ["Demand", 400], ["Carried forward", 350]]
BUDGET: Rows = [
    ["Placements, expected and actual"],
    [],
    ["Year", "Placement type", "Expected children", "Budget (£)", "Actual children", "Actual (£)", "Variance (£)"],
    ["2019/20", "IFA", 4, 200, 5, 260, None],
    [None, "In-house", 10, 300, 9, 250, None],
    [None, "Total", 14, None, 14, None, None],
    ["2018/19", "IFA", 3, 150, 5, 240, None],
    [None, "Total", 3, None, 5, 240, 90],
    [],
    ["Source: finance."],
]
FACTS: Rows = [
    ["Key facts"],
    [],
    ["Indicator", "Unit", "As at", "Value", "Target", "Target date"],
    ["Beds filled", "number", "May 2016", 170, 187, "March 2017"],
    ["Beds filled", "number", "January 2016", 142, None, None],
    ["Weekly cost", "£ per week", dt.date(2016, 6, 23), 996.55, None, None],
    ["Weekly cost", "£ per week", "March 2016", "1,163.00", None, None],
    ["Beds gained", "number", 2016, 28, None, None],
]
INDICATORS: Rows = [
    ["Indicators"],
    [],
    ["Indicator", "Unit", "Latest period", "Latest value", "Earlier period", "Earlier value", "Year to date", "Better"],
    ["Placed outside", "number", "May 2016", 63, "May 2015", 60, "no", "lower"],
    ["Moved often", "number", "May 2016", 2, "2015/16", 3, "yes", "lower"],
    ["Matched", "number", dt.date(2016, 5, 1), 9, dt.date(2015, 5, 1), 9, "yes", "higher"],
    ["Arrivals", "number", "May 2016", 2, None, None, "no", "lower"],
    [],
    ["Source: the case system."],
]
FINANCES: Rows = [
    ["Financial plan (£m)"],
    [],
    ["Line", "2016/17", "2017/18", "Total"],
    ["Net budget", 5.1, 4.9, 10.0],
    ["Pressure (demand)", 0.7, 0.9, 1.6],
    ["Investment", 0.2, 0.3, 0.5],
    ["Savings", -0.1, -0.4, -0.5],
    ["Net forecast", 5.9, 5.7, 11.6],
]
PROPOSALS: Rows = [
    ["Proposals (£m)"],
    [],
    ["Ref", "Proposal", "Measure", "2016/17", "2017/18", "Cumulative", "Payback"],
    ["1", "Carers", "Investment", 0.15, 0.1, 0.25, None],
    [None, None, "Gross saving", 0, -0.22, -0.22, "Year 2"],
    [None, None, "LAC reduction", 0, 20, 20, None],
    ["2", "Pause", "Investment", 0.02, 0, 0.02, None],
    [None, None, "Gross saving", 0, 0, 0, None],
    [None, None, "In-house share", "43%", "48%", None, None],
]
DECLARED_FACTS = {
    "beds_now": Fact("Beds filled", month_end(2016, 5)),
    "beds_before": Fact("Beds filled", month_end(2016, 1)),
    "beds_target": Fact("Beds filled", month_end(2016, 5), "target"),
    "beds_target_date": Fact("Beds filled", month_end(2016, 5), "target_date"),
    "cost_now": Fact("Weekly cost", dt.date(2016, 6, 23)),
    "cost_before": Fact("Weekly cost", month_end(2016, 3)),
    "beds_gained": Fact("Beds gained", "2016"),
}
CALCULATIONS = {
    "beds_change": Calculation("difference", ("beds_now", "beds_before")),
    "cost_share": Calculation("ratio", ("cost_now", "cost_before")),
}
AGREEMENTS = [Agreement("beds_gained", "beds_change", "the beds gained")]

SHEETS: Mapping[str, Rows] = {
    "action_plan": PLAN,
    "outcomes": OUTCOMES,
    "savings": SAVINGS,
    "population": POPULATION,
    "budget_pressure": PRESSURE,
    "placement_budget": BUDGET,
    "key_facts": FACTS,
    "financial_plan": FINANCES,
    "proposals": PROPOSALS,
    "indicators": INDICATORS,
}
# What else is altered: a sheet whose title states the unit. And the sheets that stand beside the altered one.
MORE = {name: rows for name, (_, rows) in altered_sheets.SHEETS.items()}
ALTERED: Mapping[str, Rows] = {**SHEETS, "titled": TITLED, **MORE}
DATASETS = {"titled": "budget_pressure", **{name: dataset for name, (dataset, _) in altered_sheets.SHEETS.items()}}
BESIDE = {
    "action_plan": ["outcomes"], "outcomes": ["action_plan"],
    "financial_plan": ["proposals"], "proposals": ["financial_plan"],
}  # fmt: skip
# A heading that each sheet doesn't have but could.
OTHER_HEADING: Mapping[str, Scalar] = {
    "action_plan": "Risk",
    "outcomes": "Description",
    "savings": "In business plan",
    "population": "Date",
    "budget_pressure": "Cause",
    "titled": "Cause",
    "placement_budget": "Outturn",
    "key_facts": "Measure",
    "placements": "Location",
    "children": "Start",
    "placement_costs": "Kind of care",
    "high_cost_review": "Due",
    "inhouse_capacity": "Move",
    "age_need_costs": 15,
    "activities": "By",
    "indicators": "Polarity",
    "financial_plan": "2018/19",
    "proposals": "2018/19",
}
VALUES: tuple[Scalar, ...] = (7, -1234.5, "other words (£m)", None, "Total", dt.date(2016, 4, 30), "High", "tbc")

EVERY_VALUE = bool(os.environ.get("EVERY_VALUE"))


@dataclass(frozen=True)
class State:
    """What a workbook comes to: every figure as it would be shown, and its errors and warnings."""

    shown: dict[str, Shown]
    problems: frozenset[Problem]
    figures: dict[str, Figure]


def run(sheets: Sequence[RawSheet]) -> State:
    """Check, compute, reconcile. A note that something isn't read is no report that a figure has changed."""
    names = [DATASETS.get(sheet.name, sheet.name) for sheet in sheets]
    tables, problems = check_sheets(sheets, "in", all_datasets(), names)
    problems = [p for p in problems if p.severity is not Severity.NOTE]
    if any(p.severity is Severity.ERROR for p in problems) or len(tables) < len(names):
        return State({}, frozenset(problems), {})
    found = compute_all(tables, WHEN)
    figures, claims = dict(found.figures), list(found.claims)
    if "key_facts" in names:
        declared, more = declared_figures(DECLARED_FACTS, CALCULATIONS, tables["key_facts"], figures, SETTINGS)
        figures |= declared
        agreed, also = agreements(AGREEMENTS, figures, SETTINGS) if not more else ([], [])
        claims += agreed
        problems += [*more, *also]
    problems += reconcile(tables, all_datasets(), claims)
    traced = catalogue(Found(figures, found.grids))
    return State({n: (f.value, f.unit, f.symbol) for n, f in traced.items()}, frozenset(problems), traced)


def raw(name: str, rows: Rows) -> RawSheet:
    return RawSheet("in/book.xlsx", name, rows)


def altered(rows: Rows, row: int, column: int, value: Scalar) -> Rows:
    """The rows with one cell changed, grown where it lies outside them."""
    grown = [list(r) for r in rows] + [[] for _ in range(row - len(rows))]
    grown[row - 1] += [None] * (column - len(grown[row - 1]))
    grown[row - 1][column - 1] = value
    return grown


def alterations(name: str) -> Iterator[tuple[int, int, Scalar, Rows]]:
    """Every cell of a sheet, and those right of it and below it, as a third of the other values, neighbours as others.

    With the environment's EVERY_VALUE set, as all of them, which takes three times as long.
    """
    rows = ALTERED[name]
    width = max(map(len, rows))
    for row in range(1, len(rows) + 2):
        for column in range(1, width + 2):
            now = raw(name, rows).value(row, column)
            for number, value in enumerate((*VALUES, rows[2][1], OTHER_HEADING[name])):
                if value != now and (EVERY_VALUE or (row + column + number) % 3 == 0):
                    yield row, column, value, altered(rows, row, column, value)


def cells_of(found: Sequence[CellRange]) -> set[Spot]:
    return {(r.sheet, row, r.column) for r in found for row in range(r.first_row, r.last_row + 1)}


def owned(figure: Figure) -> set[Spot]:
    """The cells that a figure counts or examines."""
    return cells_of((*figure.counted(), *figure.examined()))


def violations(name: str, own: Callable[[Figure], set[Spot]] = owned) -> tuple[list[str], Counter[str]]:
    """What changed without being traced or reported, and how many alterations were reported, seen or nothing."""
    others = [raw(n, SHEETS[n]) for n in BESIDE.get(name, [])]
    before = run([raw(name, ALTERED[name]), *others])
    cells = {n: own(f) for n, f in before.figures.items()}
    wrong, ways = [], Counter[str]()
    for row, column, value, rows in alterations(name):
        after = run([raw(name, rows), *others])
        if after.problems - before.problems:
            ways["reported"] += 1
            continue
        changed = [n for n, shown in before.shown.items() if after.shown.get(n) != shown]
        ways["seen" if changed else "nothing"] += 1
        wrong += [
            f"{Place('', name, row, column).cell} = {value!r}: {n} is {after.shown.get(n)}, was {before.shown[n]}"
            for n in changed
            if (name, row, column) not in cells[n]
        ]
    return wrong, ways


@pytest.mark.parametrize("name", ALTERED)
def test_sheet_is_sound_as_it_stands(name: str) -> None:
    state = run([raw(n, ALTERED[n]) for n in (name, *BESIDE.get(name, []))])
    assert [p.message for p in state.problems] == []
    assert len(state.shown) > 5


@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_cell_is_traced_or_reported(name: str) -> None:
    wrong, ways = violations(name)
    assert wrong == []
    few, some = (5, 30) if EVERY_VALUE else (1, 9)
    assert min(ways["reported"], ways["nothing"]) > some
    # Each number of the population is tested against the others, each month against its neighbours; each of the plan
    # against the totals of its line and its year.
    assert (ways["seen"] > few) == (name not in ("population", "financial_plan"))


def test_a_trace_of_data_cells_alone_would_be_found_out() -> None:
    wrong, _ = violations("budget_pressure", lambda figure: cells_of(figure.counted()))
    assert any(said.startswith("A4 = ") for said in wrong)


def written(path: Path, changes: Mapping[Spot, Scalar]) -> list[RawSheet]:
    """The sheets as read from a real workbook that holds them, with some cells changed."""
    workbook = Workbook()
    workbook.remove(workbook["Sheet"])
    for name, rows in SHEETS.items():
        sheet = workbook.create_sheet(name)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column, value)
    workbook["action_plan"].merge_cells("A4:A5")
    for (name, row, column), value in changes.items():
        workbook[name].cell(row, column, value)
    workbook.save(path)
    (file,) = readers.start([path], path.parent).result()
    assert file.problems == ()
    return list(file.sheets)


def test_a_real_workbook_gives_the_same_figures_and_cells(tmp_path: Path) -> None:
    in_memory = run([raw(n, rows) for n, rows in SHEETS.items()])
    read = run(written(tmp_path / "book.xlsx", {}))
    assert read.shown == in_memory.shown
    assert {n: owned(f) for n, f in read.figures.items()} == {n: owned(f) for n, f in in_memory.figures.items()}

    spot = ("savings", 5, 2)
    after = run(written(tmp_path / "book.xlsx", {spot: -93.5, ("savings", 7, 2): -273.5}))
    changed = {n for n, shown in read.shown.items() if after.shown[n] != shown}
    assert changed == {
        "savings_total",
        "savings_kind_saving",
        "savings.unit-cost.amount",
        "savings.total.amount",
        "savings_by_kind.saving.amount",
        "savings_by_kind.total.amount",
    }
    assert all(spot in owned(read.figures[n]) for n in changed)
