"""The year's savings by objective."""

from __future__ import annotations

from reportgen.cells.kinds import Category, Money, Text
from reportgen.datasets.base import Dataset, Field

KINDS = {
    "saving": ("cashable saving", "cashable", "savings"),
    "cost avoidance": ("avoidance",),
    "mitigation": (),
    "brought forward": ("carried forward", "b/f", "c/f"),
    "inflation": (),
    "budget adjustment": ("budget movement",),
}

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
)
