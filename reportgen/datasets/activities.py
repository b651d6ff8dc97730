"""Activities of a plan in time: what is done when, in the short, medium or long term."""

from __future__ import annotations

from typing import Any

from reportgen.cells.kinds import Category, Date, Text
from reportgen.datasets.base import Dataset, Field, Rule

TERMS = {
    "short term": ("short", "s"),
    "medium term": ("medium", "med", "m"),
    "long term": ("long", "l"),
}


def in_order(frame: Any) -> Any:
    """A boolean series: whether each activity ends on or after the day that it starts."""
    return frame.apply(lambda row: row.get("start") is None or row["end"] is None or row["start"] <= row["end"], axis=1)


DATASET = Dataset(
    name="activities",
    title="Activities",
    about="Activities with their term and dates.",
    fields=(
        Field("activity", Text(), ("action", "task"), about="What is done.",
              example="Review of placements over the cost threshold"),
        Field("strand", Text(), ("theme", "workstream", "aim"), required=False, blank=True,
              about="What it is to bring about.", example="Reducing costs"),
        Field("term", Category("a term", TERMS, "unknown-term"), ("timescale", "short medium or long term"),
              about="Whether it is of the short, medium or long term.", example="medium"),
        Field("start", Date(), ("from", "begins", "start date"), required=False, blank=True,
              about="The day on which it begins; a month stands for its last day.", example="01/04/2017"),
        Field("end", Date(), ("to", "by", "ends", "end date"), blank=True,
              about="The day by which it is done; a month stands for its last day.", example="March 2018"),
    ),
    key=("activity",),
    rules=(
        Rule("end", in_order, "ends-before-start", "an end on or after the start", "Correct one of the dates."),
    ),
)  # fmt: skip
