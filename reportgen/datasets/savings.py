"""The year's savings by objective."""

from __future__ import annotations

from typing import Any

from reportgen.cells.kinds import Category, Money, Text
from reportgen.datasets.base import Dataset, Field, Rule

KINDS = {
    "saving": ("cashable saving", "cashable", "savings"),
    "cost avoidance": ("avoidance",),
    "mitigation": (),
    "brought forward": ("carried forward", "b/f", "c/f"),
    "inflation": (),
    "budget adjustment": ("budget movement",),
}

NEGATIVE = ("saving", "cost avoidance", "mitigation")


def saves(frame: Any) -> Any:
    """A boolean series: whether each row that is a saving by its kind has no positive amount."""
    if "kind" not in frame:
        return frame["amount"].notna()
    return ~(frame["kind"].isin(NEGATIVE) & frame["amount"].gt(0).fillna(False)).astype(bool)


DATASET = Dataset(
    name="savings",
    title="Savings",
    about="The savings requirement of the year by objective. A saving is negative.",
    fields=(
        Field(
            "objective",
            Text(),
            ("savings objective",),
            about="What brings the saving.",
            example="Reduce the unit cost of placements",
        ),
        Field(
            "amount",
            Money(),
            ("savings", "saving", "saving amount", "value"),
            about="The amount; negative is a saving.",
            example="(922)",
        ),
        Field(
            "kind",
            Category("a kind of saving", KINDS, "unknown-saving-kind"),
            ("type", "kind of saving"),
            required=False,
            about="What the amount is; amounts of different kinds are added only where a paper says so.",
            example="Saving",
        ),
        Field(
            "in_business_plan",
            Category("yes or no", {"yes": ("y", "true", "1", "*"), "no": ("n", "false", "0")}, "not-yes-or-no"),
            ("business plan",),
            required=False,
            blank=True,
            about="Whether the business plan holds it.",
            example="Yes",
        ),
    ),
    key=("objective",),
    label=("objective",),
    rules=(
        Rule(
            "amount",
            saves,
            "sign-of-saving",
            "a saving to be negative or zero",
            "It is counted as a cost: put a minus before it or brackets around it if it is a saving.",
            warning=True,
        ),
    ),
)
