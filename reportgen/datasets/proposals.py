"""Budget proposals: the investment and savings of each by year, and what it is to achieve."""

from __future__ import annotations

from typing import Any

from reportgen.cells.kinds import Category, Code, Count, FinancialYear, Money, Share, Text
from reportgen.datasets.base import Dataset, Field, Rule, Spread
from reportgen.datasets.financial_plan import next_year
from reportgen.model import Children

MEASURES = {
    "investment": ("investment required",),
    "gross saving": ("gross savings", "saving", "savings"),
    "net saving": ("net savings", "net", "net cost"),
    "reduction": ("lac reduction", "reduction in lac", "reduction in looked after children", "children fewer"),
    "in house share": ("% of placements with la fostering", "in-house share", "in-house placements"),
}

LAST_YEAR = 10
PAYBACKS = {
    **{f"Year {year}": (str(year), f"yr {year}", f"y{year}") for year in range(1, LAST_YEAR + 1)},
    "N/A": ("na", "none", "never", "not applicable", "no payback"),
}


def saves(frame: Any) -> Any:
    """A boolean series: whether each gross saving is not positive."""
    return ~frame["gross_saving"].gt(0).fillna(False).astype(bool)


def costs(frame: Any) -> Any:
    """A boolean series: whether each investment is not negative."""
    return ~frame["investment"].lt(0).fillna(False).astype(bool)


DATASET = Dataset(
    name="proposals",
    title="Proposals",
    about="Proposals with a row each for investment, gross saving and what else is known, a column for each year. "
    "Investment is positive, savings are negative.",
    fields=(
        Field("ref", Code(), ("no", "reference", "proposal no"), carried=True,
              about="The proposal's reference; written once for its rows, merged or not.", example="1A"),
        Field("proposal", Text(), ("title", "project"), carried=True,
              about="What is proposed; written once for its rows.", example="Family Group Conferencing"),
        Field("measure", Category("a measure of a proposal", MEASURES, "unknown-measure"), ("item",),
              about="What the row holds. Investment and gross saving are required for each proposal.",
              example="Gross saving"),
        Field("payback", Category("a payback", PAYBACKS, "unknown-payback"), ("payback year",), required=False,
              blank=True, about="The stated payback, in the row of the net saving: the first year whose net is a "
              "saving, the first column being Year 1; N/A if there is none. It is tested.", example="Year 2"),
    ),
    spread=Spread(
        Field("year", FinancialYear(), about="The financial years, side by side.", example="2017/18"),
        (
            Field("investment", Money(), about="What the proposal costs in the year.", example="0.270"),
            Field("gross_saving", Money(), about="What it saves before its cost; negative.", example="(1.374)"),
            Field("net_saving", Money(), required=False,
                  about="Stated investment plus gross saving; tested.", example="(0.098)"),
            Field("reduction", Count("a number of children"), required=False,
                  about="Children fewer by it, those of the year.", example="15"),
            Field("in_house_share", Share(), required=False,
                  about="The share of placements with the authority's own carers that it aims at.", example="48%"),
        ),
        by="measure",
        follows=next_year,
        order="the financial year after",
    ),
    children=Children(others=("reduction", "in_house_share")),
    key=("ref", "year"),
    rules=(
        Rule("gross_saving", saves, "sign-of-saving", "a gross saving to be negative or zero",
             "It is counted as a cost: put a minus before it or brackets around it if it is a saving.", warning=True),
        Rule("investment", costs, "sign-of-investment", "an investment to be positive or zero",
             "It is counted as a saving: take the minus or the brackets away if it is a cost.", warning=True),
    ),
    sums=(("net_saving", ("investment", "gross_saving")),),
)  # fmt: skip
