"""Performance indicators: the latest value beside an earlier one, and which way is better."""

from __future__ import annotations

from typing import Any

from reportgen.cells.dates import last_day
from reportgen.cells.kinds import UNITS, Category, Period, Quantity, Text
from reportgen.datasets.base import Dataset, Field, Rule
from reportgen.model import Children


def dated(frame: Any) -> Any:
    """A boolean series: whether each earlier value has its period."""
    beside = frame["earlier_period"].notna() if "earlier_period" in frame else False
    return frame["earlier_value"].isna() | beside


def earlier(frame: Any) -> Any:
    """A boolean series: whether each earlier period ends before the latest does."""
    known = frame[["latest_period", "earlier_period"]].notna().all(axis=1)
    before = frame[known].apply(lambda row: last_day(row["earlier_period"]) < last_day(row["latest_period"]), axis=1)
    return before.reindex(frame.index, fill_value=True).astype(bool) if known.any() else ~known


DATASET = Dataset(
    name="indicators",
    title="Indicators",
    about="Performance indicators with their latest and an earlier value, from which the direction of travel is told. "
    "A measure that counts within the year so far is compared with the same point of the year before alone.",
    fields=(
        Field(
            "indicator",
            Text(),
            ("performance indicator", "measure", "performance measure"),
            about="What is measured.",
            example="Children placed outside the borough",
        ),
        Field(
            "unit",
            Category("a unit", UNITS, "unknown-unit"),
            about="What both values are measured in.",
            example="%",
        ),
        Field(
            "latest_period",
            Period(),
            ("this period", "current period"),
            about="The day, month, year or financial year of the latest value; of a measure within the year so far, "
            "the day or month up to which it counts.",
            example="May 2016",
        ),
        Field(
            "latest_value",
            Quantity(),
            ("latest", "current value", "latest figure"),
            about="The latest value.",
            example="63",
        ),
        Field(
            "earlier_period",
            Period(),
            ("previous period", "earlier date"),
            required=False,
            blank=True,
            about="The time of the earlier value.",
            example="May 2015",
        ),
        Field(
            "earlier_value",
            Quantity("an earlier value"),
            ("earlier", "previous value", "earlier figure"),
            required=False,
            blank=True,
            about="The value that it is compared with.",
            example="61",
        ),
        Field(
            "cumulative",
            Category(
                "yes or no",
                {"yes": ("y", "ytd", "year to date"), "no": ("n", "snapshot", "point in time", "whole year")},
                "unknown-cumulative",
            ),
            ("year to date", "cumulative within the year", "within the year"),
            about="Whether the latest value counts what has happened in the year so far.",
            example="no",
        ),
        Field(
            "better",
            Category(
                "higher or lower",
                {"higher": ("high", "up", "increase"), "lower": ("low", "down", "decrease")},
                "unknown-direction",
            ),
            ("which is better", "good is", "better if", "polarity"),
            about="Which way is better.",
            example="lower",
        ),
    ),
    children=Children(
        counts=("latest_value", "earlier_value"), rests={"latest_value": "", "earlier_value": ""}
    ),
    key=("indicator", "latest_period"),
    rules=(
        Rule(
            "earlier_value",
            dated,
            "undated-value",
            "one with its earlier period beside it",
            "Fill in the earlier period: without it the direction of travel can't be told.",
            warning=True,
        ),
        Rule(
            "earlier_period",
            earlier,
            "periods-swapped",
            "one that ends before the latest does",
            "Put the values and their periods into the right columns.",
        ),
    ),
)
