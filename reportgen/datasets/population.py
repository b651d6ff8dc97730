"""Children looked after by month, with unaccompanied asylum seeking children apart."""

from __future__ import annotations

from typing import Any

from reportgen.cells.kinds import Count, Date
from reportgen.datasets.base import Dataset, Field, Rule
from reportgen.model import Children


def follows(frame: Any) -> Any:
    """A boolean series: whether each row's month is the one after the row before it."""
    number = frame["month"].map(lambda day: day.year * 12 + day.month)
    return number.diff().fillna(1).eq(1)


DATASET = Dataset(
    name="population",
    title="Looked after children by month",
    about="Children looked after at the end of each month.",
    fields=(
        Field(
            "month",
            Date("a month", months=True),
            ("month end", "date"),
            about="The month; the numbers stand at its last day.",
            example="May 2016",
        ),
        Field(
            "total",
            Count("a number of children"),
            ("all", "total lac", "looked after children", "all looked after children", "lac"),
            about="All looked after children.",
            example="631",
        ),
        Field(
            "non_uasc",
            Count("a number of children"),
            ("lac excluding uasc", "excluding uasc", "other children"),
            about="Those who are not unaccompanied asylum seeking children.",
            example="566",
        ),
        Field(
            "uasc",
            Count("a number of children"),
            ("unaccompanied asylum seeking children",),
            about="Unaccompanied asylum seeking children.",
            example="65",
        ),
    ),
    children=Children(counts=("total", "non_uasc", "uasc")),
    key=("month",),
    rules=(
        Rule(
            "month",
            follows,
            "month-out-of-order",
            "the month after that of the row above",
            "Put the months in order and add the missing ones: the chart and the changes run from month to month.",
        ),
    ),
    months="month",
    sums=(("total", ("non_uasc", "uasc")),),
)
