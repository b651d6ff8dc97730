"""Figures of the financial plan: net forecast and support by year, and the totals of each kind of line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportgen.cells.kinds import Line
from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import (
    Claim,
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    add,
    cell,
    count,
    derive,
    text,
    total,
)

NEEDS = ("financial_plan",)
# What stands beyond the net budget, and all that the net forecast is made of.
BEYOND = ("pressure", "investment", "savings")
PARTS = ("net budget", *BEYOND)
WORKED_OUT = {"net forecast": "Net forecast", "support": "Support beyond the net budget"}
BY_YEAR = (
    Head("year", "Year", Unit.TEXT, is_label=True),
    Head("net_budget", "Net budget", Unit.MONEY),
    Head("pressure", "Pressures", Unit.MONEY),
    Head("investment", "Investment", Unit.MONEY),
    Head("savings", "Savings", Unit.MONEY),
    Head("net_forecast", "Net forecast", Unit.MONEY),
    Head("support", "Support beyond the net budget", Unit.MONEY),
)
Year = dict[str, Figure]


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Each kind of line by year and in total, in pence, with two grids; what the plan states of them as claims."""
    plan = with_kinds(tables["financial_plan"])
    years = {str(year.value): year for year in years_of(plan)}
    by_year = {year: _year(plan, year) for year in years}
    first, *_, last = years
    figures = {
        "plan_years": count(plan, line=plan.values("line")[0]),
        "plan_first_year": years[first],
        "plan_last_year": years[last],
    }
    for kind in (*PARTS, *WORKED_OUT):
        name, whole = f"plan_{kind.replace(' ', '_')}", _all_years(by_year, kind)
        figures |= {f"{name}_first": by_year[first][kind], f"{name}_last": by_year[last][kind], f"{name}_total": whole}
    figures |= _greatest(years, by_year)
    grids = {
        "financial_plan": _as_it_stands(plan, by_year),
        "financial_plan_by_year": _by_year(years, by_year),
    }
    return Found(figures, grids, tuple(_claims(plan, by_year)))


def with_kinds(plan: Table) -> Table:
    """The plan with a column of the kind that each line is of."""
    lines = plan.columns["line"].kind
    if not isinstance(lines, Line):
        raise TypeError("the lines of a plan are of no kinds")
    return derive(plan, "kind", lambda line: lines.category(line), ["line"], Unit.TEXT, "kind of line by its words")


def years_of(table: Table) -> list[Figure]:
    """The years of a table whose rows are spread over years, each once, in their order."""
    first = table.frame["year"].drop_duplicates().index
    return [cell(table, "year", int(row)) for row in first]


def _year(plan: Table, year: str) -> Year:
    """The amounts of a year by kind of line, with those that are worked out of the others."""
    of = {kind: total(plan, "amount", kind=kind, year=year) for kind in PARTS}
    named = {kind: replace(figure, name=kind) for kind, figure in of.items()}
    beyond = [named[kind] for kind in BEYOND]
    of["net forecast"] = add(named["net budget"], *beyond)
    of["support"] = add(*beyond)  # the net forecast less the net budget, whose rounding has no part in it
    return of


def _all_years(by_year: Mapping[str, Year], kind: str) -> Figure:
    return add(*(replace(of[kind], name=f"{kind} of {year}") for year, of in by_year.items()))


def _greatest(years: Mapping[str, Figure], by_year: Mapping[str, Year]) -> dict[str, Figure]:
    """The largest support of a year and that year; the first of several."""
    known = {year: of["support"] for year, of in by_year.items() if of["support"].value is not None}
    every = tuple(of["support"] for of in by_year.values())
    if not known:
        lacking = Figure(None, Unit.MONEY, "no year has an amount", "x", chosen_by=every)
        return {"plan_support_most": lacking, "plan_support_most_year": replace(lacking, unit=Unit.TEXT)}
    year = max(known, key=lambda each: known[each].number)
    most, when = (replace(f, chosen_by=(*f.chosen_by, *every)) for f in (known[year], years[year]))
    return {"plan_support_most": most, "plan_support_most_year": when}


def _as_it_stands(plan: Table, by_year: Mapping[str, Year]) -> Grid:
    """The plan's lines by year and in total, then what is worked out of them as total rows."""
    heads = (
        Head("line", "Line", Unit.TEXT, is_label=True),
        *(Head(year.replace("/", "_"), year, Unit.MONEY) for year in by_year),
        Head("total", "All years", Unit.MONEY),
    )
    rows = []
    for start in range(0, len(plan), len(by_year)):
        if plan.values("kind")[start] in PARTS:
            amounts = [cell(plan, "amount", start + at) for at in range(len(by_year))]
            rows.append(GridRow((cell(plan, "line", start), *amounts, add(*amounts))))
    for kind, label in WORKED_OUT.items():
        amounts = [of[kind] for of in by_year.values()]
        rows.append(GridRow((text(label, "total row"), *amounts, _all_years(by_year, kind)), "total"))
    return Grid("financial_plan", heads, tuple(rows))


def _by_year(years: Mapping[str, Figure], by_year: Mapping[str, Year]) -> Grid:
    kinds = (*PARTS, *WORKED_OUT)
    rows = [GridRow((years[year], *(of[kind] for kind in kinds))) for year, of in by_year.items()]
    whole = GridRow((text("All years", "total row"), *(_all_years(by_year, kind) for kind in kinds)), "total")
    return Grid("financial_plan_by_year", BY_YEAR, (*rows, whole))


def _claims(plan: Table, by_year: Mapping[str, Year]) -> Iterator[Claim]:
    """The lines that the plan states and that are worked out of its others, year by year."""
    for row in range(len(plan)):
        kind, year = plan.values("kind")[row], plan.values("year")[row]
        if kind in WORKED_OUT:
            what = f'"{plan.values("line")[row]}" of {year}'
            yield Claim("plan-differs", what, cell(plan, "amount", row), by_year[year][kind])
