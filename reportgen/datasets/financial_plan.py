"""The financial plan: net budget, pressures, investment and savings by year."""

from __future__ import annotations

from typing import Any

from reportgen.cells.kinds import FinancialYear, Money, Text
from reportgen.datasets.base import Dataset, Field, Rule, Spread

# A line is of the kind whose words it begins with; several lines may be of one kind, such as two pressures.
LINES = {
    "net budget": ("net budget", "budget"),
    "pressure": ("pressure", "demand", "demographic", "growth"),
    "investment": ("investment",),
    "savings": ("savings", "saving", "cost avoidance", "mitigation"),
    "net forecast": ("net forecast", "forecast"),
    "support": ("overall investment", "support", "funding support"),
}
STATED = ("net forecast", "support")


def line_kind(line: str) -> str:
    """The kind of a plan's line by its first words; empty where it is none that is known."""
    word = " ".join(line.casefold().split())
    return next((kind for kind, starts in LINES.items() if word.startswith(starts)), "")


def next_year(before: str, after: str) -> bool:
    """Whether one financial year, written 2016/17, is the one after another."""
    return int(after[:4]) == int(before[:4]) + 1


def known_line(frame: Any) -> Any:
    """A boolean series: whether each line is of a known kind."""
    return frame["line"].map(lambda line: bool(line_kind(str(line))))


def saves(frame: Any) -> Any:
    """A boolean series: whether each amount of savings is not positive."""
    savings = frame["line"].map(lambda line: line_kind(str(line)) == "savings")
    return ~(savings & frame["amount"].gt(0).fillna(False).astype(bool))


DATASET = Dataset(
    name="financial_plan",
    title="Financial plan",
    about="Net budget, pressures, investment and savings, a column for each financial year. Savings are negative. "
    "A line is known by the words that it begins with: " + ", ".join(f"`{kind}`" for kind in LINES) + ".",
    fields=(
        Field(
            "line",
            Text(),
            ("budget line", "plan line"),
            about="What the amounts are. Net forecast and support (the funding beyond the net budget) are tested.",
            example="Pressure (Demand)",
        ),
    ),
    spread=Spread(
        Field("year", FinancialYear(), about="The financial years, side by side.", example="2016/17"),
        (Field("amount", Money(), about="The amount of the year.", example="56.468"),),
        follows=next_year,
        order="the financial year after",
    ),
    key=("line", "year"),
    rules=(
        Rule("line", known_line, "unknown-line", "a line of a financial plan",
             f"It begins with one of: {', '.join(words for starts in LINES.values() for words in starts)}."),
        Rule("amount", saves, "sign-of-saving", "savings to be negative or zero",
             "It is counted as a cost: put a minus before it or brackets around it if it is a saving.", warning=True),
    ),
)  # fmt: skip
