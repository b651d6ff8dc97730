"""What a paper asks of the full projection, worked out of columns of care and of unit costs as lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from reportgen.model import Projecting
from reportgen.projection.answers import Question, answered
from reportgen.projection.care import Care, Columns, Prices
from reportgen.projection.project import Plan
from reportgen.projection.scenarios import Scenario
from reportgen.projection.stays import Days

NARROW = 0.9  # share of outcomes within the 95% interval below which it is said to have been too narrow
YEAR = 12  # months whose mix of providers makes the unit cost of a kind of care


def demand(columns: Columns, since: dt.date, until: dt.date, asked: Projecting) -> dict[str, Any]:
    """All that a paper prints of the projection from the end of a day, of stays observed since the end of another.

    Where it can't be made, `refused` says in words why, and there is nothing else.
    """
    care = Care.of(columns, until)
    last = np.datetime64(until, "D")
    tariff = None
    if columns["care"]:
        first = (last.astype("datetime64[M]") - YEAR + 1).astype("datetime64[D]")
        tariff = Prices.of(columns).by_kind(care, first, last)
    target = (asked.target[0], np.datetime64(asked.target[1], "D")) if asked.target else None
    plan = Plan(asked.months, asked.reference_months, asked.runs, asked.seed, asked.fewest)
    scenarios = [
        Scenario(s.name, s.entries_a_month, s.entries_times, s.stay_months, s.in_house_points, s.exits_times)
        for s in asked.scenarios
    ]
    try:
        found = answered(care.stays(since, until), Question(plan, scenarios, tariff, target))
    except ValueError as reason:
        return {"refused": str(reason)}
    ends: Days = found["ends"]
    weekly = None if tariff is None else tariff.weekly
    return {
        **found,
        "refused": None,
        "weekly": weekly,
        "years": [*_years(ends)],
        "horizons": [f"{each['months']} months" for each in found["back_test"]],
        "verdict": verdict(found["back_test"]),
        "without_birth": int(np.isnat(care.born).sum()),
    }


def _years(ends: Days) -> Iterator[str]:
    """Each financial year of the months as it is written; of one that isn't whole, how many of its months there are."""
    months = ends.astype("datetime64[M]").astype(np.int64)
    for year, number in zip(*np.unique(1970 + (months - 3) // 12, return_counts=True), strict=True):
        words = f"{year}/{(year + 1) % 100:02}"
        yield words if number == YEAR else f"{words} ({number} months)"


def verdict(tested: Sequence[Mapping[str, Any]]) -> str:
    """Whether the projection came nearer than both other ways, in words, by horizon."""
    known = [each for each in tested if each["quarters"]]
    if not known:
        return "The returns are too short to test the projection against what happened."
    better = [str(each["months"]) for each in known if each["beats"]]
    worse = [each for each in known if not each["beats"]]
    said = [f"Over {_and(better)} months the projection came nearer than both simpler ways."] if better else []
    for each in worse:
        ways = {"holding the last value": each["last_value"], "going on with the trend": each["trend"]}
        nearer = [way for way, error in ways.items() if error < each["projection"]]
        beaten = f"{_and(nearer)} came nearer" if nearer else "it came no nearer than one of the simpler ways"
        said.append(f"Over {each['months']} months the projection doesn't beat both simpler ways: {beaten}.")
    narrow = [each for each in known if each["within_95"] < NARROW]
    if narrow:
        held = [f"{round(each['within_95'] * 100)}% over {each['months']} months" for each in narrow]
        said.append(f"The intervals were too narrow: of outcomes, the 95% interval held {_and(held)}.")
    return " ".join(said)


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
