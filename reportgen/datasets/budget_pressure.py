"""What a projected overspend is made of."""

from __future__ import annotations

from reportgen.cells.kinds import Money, Text
from reportgen.datasets.base import Dataset, Field

DATASET = Dataset(
    name="budget_pressure",
    title="Budget pressure",
    about="The parts of the projected overspend; positive is an overspend.",
    fields=(
        Field(
            "pressure",
            Text(),
            ("budget pressure", "cause", "item"),
            about="What the pressure comes from.",
            example="Overspend from demand",
        ),
        Field(
            "amount",
            Money(),
            ("projected overspend", "overspend", "pressure amount"),
            about="The amount; positive is an overspend.",
            example="400,000",
        ),
    ),
    key=("pressure",),
    label=("pressure",),
)
