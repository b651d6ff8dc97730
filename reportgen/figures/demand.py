"""Figures of the projection from the returns, where a paper asks for it: docs/projection.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial

from reportgen.figures.base import Circumstances
from reportgen.figures.care_costs import of_care
from reportgen.figures.projection import ENDS, REACHED
from reportgen.model import Projecting, Unit
from reportgen.projection.demand import demand
from reportgen.projection.stays import EXITS, KINDS
from reportgen.table import Table
from reportgen.trace import Figure, Found, Grid, GridRow, Head, Projected, given, text, without

NEEDS = ("returns",)
HOW = "projection from the returns"
MONTH = Head("month", "Month", Unit.MONTH, is_label=True)
ERRORS = {"projection": "The projection", "last_value": "Last value held", "trend": "Trend continued"}
WITHIN = {"within_80": "80% interval", "within_95": "95% interval"}
Place = tuple[str | int, ...]


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The projection with its intervals, costs, scenarios and back-test; that it is refused; or nothing unasked."""
    asked, table, until = when.projecting, tables["returns"], when.as_at["returns"]
    if asked is None:
        return Found()
    since = min(table.codes("entered").of).replace(day=1) - dt.timedelta(days=1)
    made = of_care(tables, partial(demand, since=since, until=until, asked=asked))
    if made.result["refused"]:
        return Found({"demand_refused": made.figure(Unit.TEXT, "why nothing can be projected", "refused")})
    figures = {**_settings(asked), **_ends(made), **_reached(made, 0, "demand_target")}
    figures["demand_verdict"] = made.figure(Unit.TEXT, "what the back-test says", "verdict")
    figures["demand_pools"] = given(len(made.result["pools"]), Unit.COUNT, "rates that bands of age share")
    grids = (
        _fan(made, figures.get("demand_target"), asked.reference_months), _kinds(made), *_by_kind(made),
        _flows(made), _flows_by_month(made), *_costs(made), _scenarios(made), _drivers(made), _back_test(made),
        _pools(made),
    )  # fmt: skip
    return Found(figures, {grid.name: grid for grid in grids})


def _settings(asked: Projecting) -> dict[str, Figure]:
    """What the paper's settings say, as figures."""
    where = "paper.toml, projection"
    said = {
        "demand_months": given(asked.months, Unit.COUNT, f"{where}.months"),
        "demand_runs": given(asked.runs, Unit.COUNT, f"{where}.runs"),
        "demand_reference_months": given(asked.reference_months, Unit.COUNT, f"{where}.reference_months"),
        "demand_fewest_events": given(asked.fewest, Unit.COUNT, f"{where}.fewest_events"),
    }
    if asked.target:
        said["demand_target"] = given(asked.target[0], Unit.COUNT, f"{where}.target.children")
        said["demand_target_by"] = given(asked.target[1], Unit.MONTH, f"{where}.target.by")
    return said


def _ends(made: Projected) -> dict[str, Figure]:
    """The children that there are at the day of the data, and those in the last month projected."""
    last = len(made.result["ends"]) - 1
    found = {
        "demand_end": made.figure(Unit.MONTH, "last month projected", "ends", last),
        "demand_now": made.figure(Unit.COUNT, "children in care below 18", "past", "children", -1),
        "demand_without_birth": made.figure(Unit.COUNT, "episodes without a date of birth", "without_birth"),
    }
    for key, label in ENDS.items():
        found[f"demand_{key}"] = _of(made, label, 0, "children", key, last)
    return found


def _of(made: Projected, label: str, *at: str | int, unit: Unit = Unit.COUNT) -> Figure:
    return made.figure(unit, f"{HOW}: {label}", "scenarios", *at)


def _fans(made: Projected, *before: str | int, after: Place = (), unit: Unit = Unit.COUNT) -> Iterator[Figure]:
    """The middle and the ends of both intervals of what stands in the result at a place."""
    for key, label in ENDS.items():
        yield _of(made, label, *before, key, *after, unit=unit)


def _heads(unit: Unit = Unit.COUNT) -> tuple[Head, ...]:
    words = {"median": "Middle", "low_80": "80% from", "high_80": "80% to", "low_95": "95% from", "high_95": "95% to"}
    return tuple(Head(key, label, unit) for key, label in words.items())


def _months(made: Projected) -> Iterator[tuple[int, Figure]]:
    for at in range(len(made.result["ends"])):
        yield at, made.figure(Unit.MONTH, "month projected", "ends", at)


def _fan(made: Projected, target: Figure | None, shown: int) -> Grid:
    """What was, month by month of those that rates are taken from, and below it what is projected."""
    blank = without(Unit.COUNT, "a month that has been is not projected, and one to come has no number yet")
    aim, past = (target,) if target else (), made.result["past"]["ends"]
    rows = [
        GridRow((
            made.figure(Unit.MONTH, "month", "past", "ends", at),
            made.figure(Unit.COUNT, "children in care below 18", "past", "children", at), *[blank] * len(ENDS), *aim,
        ))
        for at in range(max(0, len(past) - shown), len(past))
    ]  # fmt: skip
    rows += [
        GridRow((month, blank, *_fans(made, 0, "children", after=(at,)), *aim)) for at, month in _months(made)
    ]
    heads = (MONTH, Head("actual", "Children", Unit.COUNT), *_heads(), Head("target", "Target", Unit.COUNT))
    return Grid("demand", heads if target else heads[:-1], tuple(rows))


def _kinds(made: Projected) -> Grid:
    """The children of each kind of care now and in the last month."""
    last = len(made.result["ends"]) - 1
    rows = [
        GridRow((
            _label(kind), made.figure(Unit.COUNT, "children in care below 18", "past", "kinds", -1, at),
            *_fans(made, 0, "kinds", after=(last, at)),
        ))
        for at, kind in enumerate(KINDS)
    ]  # fmt: skip
    now = made.figure(Unit.COUNT, "children in care below 18", "past", "children", -1)
    rows.append(GridRow((text("All", "total row"), now, *_fans(made, 0, "children", after=(last,))), "total"))
    heads = (Head("kind", "Kind of care", Unit.TEXT, is_label=True), Head("now", "Now", Unit.COUNT), *_heads())
    return Grid("demand_kinds", heads, tuple(rows))


def _by_kind(made: Projected) -> Iterator[Grid]:
    """A grid a kind of care: its children month by month."""
    for number, kind in enumerate(KINDS):
        rows = (
            GridRow((month, *_fans(made, 0, "kinds", after=(at, number)))) for at, month in _months(made)
        )
        yield Grid(f"demand_{kind.replace(' ', '_').replace('-', '_')}", (MONTH, *_heads()), tuple(rows))


def _label(words: str) -> Figure:
    return text(words[:1].upper() + words[1:], "category")


def _flows(made: Projected) -> Grid:
    """Entries, and exits by route, in all months projected."""
    rows = [GridRow((text("Come into care", "row"), *_fans(made, 0, "entries_in_all")))]
    rows += [
        GridRow((text(f"Leave: {route}", "route"), *_fans(made, 0, "exits_in_all", after=(at,))))
        for at, route in enumerate(EXITS)
    ]
    return Grid("demand_flows", (Head("what", "Children who", Unit.TEXT, is_label=True), *_heads()), tuple(rows))


def _flows_by_month(made: Projected) -> Grid:
    """What is expected of each month: children, entries, and exits by route."""
    expected = partial(_of, made, "expected")
    rows = [
        GridRow((
            month, expected(0, "expected", "entries", at),
            *(expected(0, "expected", "exits", at, route) for route in range(len(EXITS))),
            expected(0, "expected", "children", at),
        ))
        for at, month in _months(made)
    ]  # fmt: skip
    routes = (Head(route.replace(" ", "_"), route.capitalize(), Unit.COUNT, group="Leave by") for route in EXITS)
    heads = (MONTH, Head("entries", "Come into care", Unit.COUNT), *routes, Head("children", "Children", Unit.COUNT))
    return Grid("demand_flows_by_month", heads, tuple(rows))


def _costs(made: Projected) -> Iterator[Grid]:
    """The cost by financial year and by month; nothing without unit costs."""
    if made.result["weekly"] is None:
        return
    money = _heads(Unit.MONEY)
    years = [
        GridRow((
            made.figure(Unit.TEXT, "financial year", "years", at),
            *_fans(made, 0, "cost", "years", after=(at,), unit=Unit.MONEY),
        ))
        for at in range(len(made.result["years"]))
    ]  # fmt: skip
    yield Grid("demand_cost_by_year", (Head("year", "Year", Unit.TEXT, is_label=True), *money), tuple(years))
    months = (
        GridRow((month, *_fans(made, 0, "cost", "months", after=(at,), unit=Unit.MONEY)))
        for at, month in _months(made)
    )
    yield Grid("demand_cost_by_month", (MONTH, *money), tuple(months))
    kinds = (
        GridRow((_label(kind), made.figure(Unit.MONEY_PER_WEEK, "unit cost by days of the last year", "weekly", at)))
        for at, kind in enumerate(KINDS)
    )
    heads = (
        Head("kind", "Kind of care", Unit.TEXT, is_label=True),
        Head("weekly", "Cost a week", Unit.MONEY_PER_WEEK),
    )
    yield Grid("demand_weekly", heads, tuple(kinds))


def _reached(made: Projected, scenario: int, name: str) -> dict[str, Figure]:
    """When a scenario reaches the target, if there is one."""
    if made.result["scenarios"][scenario]["target"] is None:
        return {}
    return {
        f"{name}_{key}": made.figure(unit, f"{HOW}: {how}", "scenarios", scenario, "target", at)
        for at, (key, unit, how) in REACHED.items()
    }


def _scenarios(made: Projected) -> Grid:
    """Each scenario's children in the last month, its target and its cost in the last year."""
    last, end = len(made.result["years"]) - 1, len(made.result["ends"]) - 1
    heads = [Head("scenario", "Scenario", Unit.TEXT, is_label=True), *_heads()[:3]]
    rows = []
    for at in range(len(made.result["scenarios"])):
        name = made.figure(Unit.TEXT, "scenario", "scenarios", at, "name")
        cells = [name, *(_of(made, ENDS[h.key], at, "children", h.key, end) for h in heads[1:4])]
        reached = _reached(made, at, "t")
        if reached:
            cells += [reached["t_month"], reached["t_chance"]]
        if made.result["weekly"] is not None:
            cells.append(_of(made, ENDS["median"], at, "cost", "years", "median", last, unit=Unit.MONEY))
        rows.append(GridRow(tuple(cells)))
    if made.result["scenarios"][0]["target"]:
        heads += [Head("month", "Target reached", Unit.MONTH), Head("chance", "Chance by the date", Unit.PERCENT)]
    if made.result["weekly"] is not None:
        heads.append(Head("cost", f"Cost in {made.result['years'][last]}", Unit.MONEY))
    return Grid("demand_scenarios", tuple(heads), tuple(rows))


def _drivers(made: Projected) -> Grid:
    """What one change alone would alter: children in the last month, and pence in each year."""
    end, years = len(made.result["ends"]) - 1, made.result["years"]
    rows = [
        GridRow((
            _label(driver["name"]),
            made.figure(Unit.COUNT, "change expected in the last month", "drivers", at, "children", end),
            *(made.figure(Unit.MONEY, "change expected of the cost", "drivers", at, "pence", year)
              for year in range(len(years))),
        ))
        for at, driver in enumerate(made.result["drivers"])
    ]  # fmt: skip
    heads = (
        Head("driver", "If there were", Unit.TEXT, is_label=True), Head("children", "Children", Unit.COUNT),
        *(Head(f"year_{at}", f"Cost in {words}", Unit.MONEY) for at, words in enumerate(years)),
    )  # fmt: skip
    return Grid("demand_drivers", heads, tuple(rows))


def _back_test(made: Projected) -> Grid:
    """By horizon: the mean error of each way, and the shares of outcomes that the intervals held."""
    rows = [
        GridRow((
            made.figure(Unit.TEXT, "horizon", "horizons", at),
            made.figure(Unit.COUNT, "past quarters tested", "back_test", at, "quarters"),
            *(made.figure(Unit.COUNT, "mean absolute error in children", "back_test", at, key) for key in ERRORS),
            *(made.figure(Unit.PERCENT, "share of outcomes", "back_test", at, key) for key in WITHIN),
        ))
        for at in range(len(made.result["back_test"]))
    ]  # fmt: skip
    heads = (
        Head("months", "Ahead", Unit.TEXT, is_label=True), Head("quarters", "Past quarters", Unit.COUNT),
        *(Head(key, words, Unit.COUNT, group="Mean error in children") for key, words in ERRORS.items()),
        *(Head(key, words, Unit.PERCENT, group="Outcomes within") for key, words in WITHIN.items()),
    )  # fmt: skip
    return Grid("demand_back_test", heads, tuple(rows))


def _pools(made: Projected) -> Grid:
    """The rates that neighbouring bands of age share, and those that rest on little all the same."""
    rows = [
        GridRow((text(why, "what was done"), made.figure(Unit.TEXT, "rates", key, at)))
        for key, why in (("pools", "Shared"), ("thin", "Rests on too few even so"))
        for at in range(len(made.result[key]))
    ]
    heads = (Head("why", "Rate", Unit.TEXT, is_label=True), Head("rate", "Of whom, on what", Unit.TEXT))
    return Grid("demand_pools", heads, tuple(rows))
