"""The financial plan: net budget, pressures, investment and savings by year."""

from __future__ import annotations

from typing import Any

from reportgen.cells.kinds import FinancialYear, Line, Money
from reportgen.datasets.base import Dataset, Field, Rule, Spread

# Several lines may be of one kind, such as two pressures. What is stated is tested against the others.
LINES = Line(
    "a line of a financial plan",
    {
        "net budget": ("net budget", "budget"),
        "pressure": ("pressure", "budget pressure", "demand", "demographic", "growth"),
        "investment": ("investment",),
        "savings": ("savings", "saving", "cost avoidance", "mitigation"),
        "net forecast": ("net forecast", "forecast"),
        "support": ("overall investment", "investment / funding support", "support", "funding support"),
    },
    "unknown-line",
    needed=("net budget", "pressure", "investment", "savings"),
)


def next_year(before: str, after: str) -> bool:
    """Whether one financial year, written 2016/17, is the one after another."""
    return int(after[:4]) == int(before[:4]) + 1


def saves(frame: Any) -> Any:
    """A boolean series: whether each amount of savings is not positive."""
    savings = frame["line"].map(lambda line: LINES.category(str(line)) == "savings")
    return ~(savings & frame["amount"].gt(0).fillna(False).astype(bool))


DATASET = Dataset(
    name="financial_plan",
    title="Financial plan",
    about="Net budget, pressures, investment and savings, a column for each financial year. Savings are negative. "
    "Several lines may be of one kind; a line each of net budget, pressure, investment and savings is required.",
    fields=(
        Field(
            "line",
            LINES,
            ("budget line", "plan line"),
            about="What the amounts are, by the words that it begins with. Net forecast and support (the funding "
            "beyond the net budget) are tested.",
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
        Rule("amount", saves, "sign-of-saving", "savings to be negative or zero",
             "It is counted as a cost: put a minus before it or brackets around it if it is a saving.", warning=True),
    ),
)  # fmt: skip
