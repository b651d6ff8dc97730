"""Single indicators: one number with its unit, its date and perhaps a target."""

from __future__ import annotations

from reportgen.cells.kinds import UNITS, Category, Period, Quantity, Text
from reportgen.datasets.base import Dataset, Field
from reportgen.model import Children

DATASET = Dataset(
    name="key_facts",
    title="Key facts",
    about="Single indicators with unit, date and target, such as beds filled or the average weekly cost.",
    fields=(
        Field(
            "indicator",
            Text(),
            ("fact", "key fact", "measure"),
            about="What is measured.",
            example="In-house fostering beds filled",
        ),
        Field(
            "unit",
            Category("a unit", UNITS, "unknown-unit"),
            about="What the value and the target are measured in.",
            example="number",
        ),
        Field(
            "as_at",
            Period(),
            ("date", "period"),
            about="The day, month, year or financial year of the value.",
            example="May 2016",
        ),
        Field(
            "value",
            Quantity(),
            ("figure", "actual"),
            about="The value; a level is low, medium or high.",
            example="170",
        ),
        Field(
            "target",
            Quantity("a target"),
            required=False,
            blank=True,
            about="The value to be reached.",
            example="187",
        ),
        Field(
            "target_date",
            Period(),
            ("by when", "target by"),
            required=False,
            blank=True,
            about="When it is to be reached.",
            example="March 2017",
        ),
    ),
    children=Children(counts=("value",), rests={"value": ""}, others=("target",)),
    key=("indicator", "as_at"),
)
