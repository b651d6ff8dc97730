"""Single indicators: one number with its unit, its date and perhaps a target."""

from __future__ import annotations

from reportgen.cells.kinds import UNITS, Category, Period, Quantity, Text
from reportgen.datasets.base import Dataset, Field

DATASET = Dataset(
    name="key_facts",
    title="Key facts",
    about="Single indicators with unit, date and target, such as beds filled or the average weekly cost.",
    fields=(
        Field("indicator", Text(), ("fact", "key fact", "measure"), about="What is measured."),
        Field(
            "unit",
            Category("unit", UNITS, "unknown-unit"),
            about="What the value and the target are measured in.",
        ),
        Field(
            "as_at",
            Period(),
            ("as at", "date", "period"),
            about="The day, month, year or financial year of the value.",
        ),
        Field("value", Quantity(), ("figure", "actual"), about="The value."),
        Field(
            "target", Quantity("a target"), (), required=False, blank=True, about="The value to be reached."
        ),
        Field(
            "target_date",
            Period(),
            ("target date", "by when", "target by"),
            required=False,
            blank=True,
            about="When it is to be reached.",
        ),
    ),
    key=("indicator", "as_at"),
)
