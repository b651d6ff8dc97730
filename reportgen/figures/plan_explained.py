"""How much of the investment and savings in a financial plan the listed proposals explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportgen.figures.base import Circumstances
from reportgen.figures.financial_plan import with_kinds, years_of
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Figure, Found, Grid, GridRow, Head, add, difference, ratio, text, total, without

NEEDS = ("financial_plan", "proposals")
# Each kind of the plan's lines and the proposals' measure that is part of it.
SIDES = {"investment": "investment", "savings": "gross_saving"}
HEADS = (
    Head("year", "Year", Unit.TEXT, is_label=True),
    *(
        head
        for kind in SIDES
        for head in (
            Head(f"plan_{kind}", f"{kind.capitalize()} in the plan", Unit.MONEY),
            Head(f"proposals_{kind}", f"{kind.capitalize()} in the proposals", Unit.MONEY),
            Head(f"{kind}_share", f"Share of the plan's {kind}", Unit.PERCENT),
            Head(f"{kind}_gap", f"{kind.capitalize()} not in the proposals", Unit.MONEY),
        )
    ),
)
Side = tuple[Figure, Figure, Figure, Figure]  # the plan's amount, the proposals', their share of it, what is left


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """What the proposals explain of the plan, year by year and in total: amount, share and gap."""
    plan, proposals = with_kinds(tables["financial_plan"]), tables["proposals"]
    rows, amounts = [], list[dict[str, tuple[Figure, Figure]]]()
    for year in years_of(plan):
        of = {kind: _amounts(plan, proposals, kind, year) for kind in SIDES}
        amounts.append(of)
        rows.append(GridRow((year, *(figure for pair in of.values() for figure in _side(*pair)))))
    whole = {kind: _side(*_all_years([of[kind] for of in amounts], kind)) for kind in SIDES}
    cells = (text("All years", "total row"), *(figure for side in whole.values() for figure in side))
    figures = dict[str, Figure]()
    for kind, (_, explained, share, gap) in whole.items():
        figures |= {f"explained_{kind}": explained, f"explained_{kind}_share": share, f"explained_{kind}_gap": gap}
    return Found(figures, {"plan_explained": Grid("plan_explained", HEADS, (*rows, GridRow(cells, "total")))})


def _amounts(plan: Table, proposals: Table, kind: str, planned_for: Figure) -> tuple[Figure, Figure]:
    """The plan's amount of a year and the proposals'; not available where those have no column for the year."""
    year = str(planned_for.value)
    planned = replace(total(plan, "amount", kind=kind, year=year), name=f"{kind} of {year} in the plan")
    listed = total(proposals, SIDES[kind], year=year)
    if year not in set(proposals.frame["year"]):
        listed = without(Unit.MONEY, f"the proposals have no column for {year}", "x", listed)
    chosen_by = (*listed.chosen_by, planned_for)
    return planned, replace(listed, name=f"{kind} of {year} in the proposals", chosen_by=chosen_by)


def _all_years(pairs: Sequence[tuple[Figure, Figure]], kind: str) -> tuple[Figure, Figure]:
    planned, listed = (add(*side) for side in zip(*pairs, strict=True))
    return replace(planned, name=f"{kind} in the plan"), replace(listed, name=f"{kind} in the proposals")


def _side(planned: Figure, listed: Figure) -> Side:
    return planned, listed, ratio(listed, planned), difference(planned, listed)
