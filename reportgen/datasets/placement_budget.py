"""Budget and spending on placements by year and placement type, with the children that they were for."""

from __future__ import annotations

from typing import Any

from reportgen.cells.kinds import Category, Count, FinancialYear, Money, Unsigned
from reportgen.datasets.base import Dataset, Field, Rule, Steady
from reportgen.model import Children

TYPES = {
    "IFA": ("independent fostering agency", "independent fostering agencies", "independent fostering", "ifas"),
    "in-house": ("in house", "inhouse", "in-house fostering", "own foster carers"),
    "connected carers": ("kinship", "kinship care", "family and friends", "connected persons"),
    "residential": ("residential care", "residential homes", "residential home", "children's homes"),
    "semi-independent": ("semi independent", "supported accommodation", "supported living"),
    "secure": ("secure accommodation", "secure children's home"),
    "parent and child": ("parent and baby", "mother and baby"),
    "other": ("other placements",),
}


def has_a_unit_cost(frame: Any) -> Any:
    """A boolean series: whether each row's budget, unless it is zero, is for children that were expected."""
    budgeted = frame["budget"].ne(0).fillna(False).astype(bool)
    nobody = frame["expected_children"].eq(0).fillna(False).astype(bool)
    return ~(budgeted & nobody)


DATASET = Dataset(
    name="placement_budget",
    title="Placement budget",
    about="Budget and spending on placements by financial year and placement type, with expected and actual children.",
    fields=(
        Field(
            "financial_year",
            FinancialYear(),
            ("year",),
            carried=True,
            about="The financial year; merged or written once for the rows below it.",
            example="2019/20",
        ),
        Field(
            "placement_type",
            Category("a placement type", TYPES, "unknown-placement-type"),
            ("placement", "type of placement", "kind of placement", "provision"),
            about="The type of placement.",
            example="IFA",
        ),
        Field(
            "expected_children",
            Count("a number of children"),
            ("expected number of children", "budgeted children", "children budgeted for", "expected placements"),
            about="The children that the budget was made for.",
            example="81",
        ),
        Field(
            "budget",
            Money(),
            ("budget amount", "annual budget", "budgeted"),
            about="The year's budget.",
            example="3,272,200",
        ),
        Field(
            "actual_children",
            Count("a number of children"),
            ("actual number of children", "actual placements"),
            about="The children who were placed.",
            example="90",
        ),
        Field(
            "actual",
            Money(),
            ("actual amount", "actual spend", "actual cost", "outturn", "spend"),
            about="What was spent.",
            example="4,449,178",
        ),
        Field(
            "stated_variance",
            Unsigned(),
            (
                "under or overspend",
                "over or underspend",
                "under/overspend",
                "over/underspend",
                "underspend or overspend",
                "variance",
            ),
            required=False,
            blank=True,
            about="The under- or overspend that the source states, printed without a sign: its size is compared with "
            "actual minus budget, its sign is not.",
            example="1,217,978",
        ),
    ),
    children=Children(
        counts=("actual_children",),
        rests={"actual": "actual_children", "stated_variance": "actual_children"},
        others=("expected_children",),
    ),
    key=("financial_year", "placement_type"),
    label=("placement_type", "financial_year"),
    rules=(
        Rule(
            "expected_children",
            has_a_unit_cost,
            "no-unit-cost",
            "a number above zero where the line has a budget",
            "Without them there is no unit cost: the split into volume and price is shown as [z] not applicable.",
            warning=True,
        ),
    ),
    steady=(
        Steady("actual", "actual_children", ("placement_type",), "financial_year"),
        Steady("budget", "expected_children", ("placement_type",), "financial_year"),
    ),
)
