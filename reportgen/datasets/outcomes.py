"""The outcomes that a strategy works to, with the saving each is to bring."""

from __future__ import annotations

from typing import Any

from reportgen.cells.kinds import Code, Money, Text
from reportgen.datasets.base import Dataset, Field, Rule


def saves(frame: Any) -> Any:
    """A boolean series: whether each row's target is not positive, where another is negative."""
    targets = frame["savings_target"]
    return ~(targets.gt(0).fillna(False).astype(bool) & bool(targets.lt(0).any()))


DATASET = Dataset(
    name="outcomes",
    title="Outcomes",
    about="The outcomes of the strategy and the savings target of each.",
    fields=(
        Field(
            "outcome",
            Code("an outcome number", r"(?:outcome\s+)?([0-9]+)\b.*"),
            ("no", "outcome no", "outcome number"),
            about="The outcome's number.",
            example="2",
        ),
        Field(
            "title",
            Text(),
            ("outcome title", "description"),
            about="The outcome in words.",
            example="Risk is managed confidently",
        ),
        Field(
            "savings_target",
            Money("a savings target"),
            ("target", "saving target"),
            blank=True,
            about="The saving that the outcome is to bring; savings are negative.",
            example="-2,319",
        ),
    ),
    key=("outcome",),
    label=("outcome", "title"),
    rules=(
        Rule(
            "savings_target",
            saves,
            "sign-of-saving",
            "a savings target to be negative, as others are",
            "It is counted as a cost: put a minus before it or brackets around it if it is a saving.",
            warning=True,
        ),
    ),
)
