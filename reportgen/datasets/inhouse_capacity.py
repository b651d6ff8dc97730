"""In-house capacity: what groups of children cost a week where they are, and what they would cost in-house."""

from __future__ import annotations

from reportgen.cells.kinds import Count, Money, Text, UnitCost
from reportgen.datasets.base import Dataset, Field
from reportgen.model import Children, Unit

DATASET = Dataset(
    name="inhouse_capacity",
    title="In-house capacity",
    about="The weekly cost of groups of children, and that of the same children in the authority's own provision. "
    "Groups may be alternatives for the same children, so they are never added up.",
    fields=(
        Field("transfer", Text(), ("transfer of placement", "move"),
              about="From which provision to which.", example="Transfer from IFA to in-house foster care"),
        Field("children", Count("a number of children"), ("number of children", "number"),
              about="How many children the group has.", example="15"),
        Field("weekly_cost", Money("a weekly cost", Unit.MONEY_PER_WEEK), ("current weekly cost", "cost per week"),
              about="What the group costs a week where it is.", example="13,110"),
        Field("inhouse_weekly_cost", Money("a weekly cost", Unit.MONEY_PER_WEEK),
              ("in-house weekly cost", "in-house cost per week"),
              about="What the same children would cost a week in-house.", example="6,930"),
        Field("weekly_saving", UnitCost("a weekly saving", Unit.MONEY_PER_WEEK), ("saving per week",), required=False,
              blank=True, about="The stated difference; it is tested.", example="6,180"),
        Field("cost_avoided", UnitCost("a cost avoided"), ("full-year cost avoided", "cost avoided in a full year"),
              required=False, blank=True,
              about="The stated cost avoided in a year of as many weeks as the paper says; it is tested.",
              example="321,360"),
    ),
    children=Children(
        counts=("children",),
        rests=dict.fromkeys(("weekly_cost", "inhouse_weekly_cost", "weekly_saving", "cost_avoided"), "children"),
    ),
    key=("transfer",),
)  # fmt: skip
