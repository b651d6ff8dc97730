"""Prints how long the projection takes and how much memory, and its back-test on a folder of returns if one is given.

    python benchmarks/projection.py [RETURNS]

RETURNS holds files named as 2017-episodes.csv and 2017-header.csv. They are read here with the plainest of rules: the
last return that has an episode counts, an open one ends where the next begins, and one that is in no later return at
the end of its own year.
"""

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from reportgen.projection.backtest import HORIZONS, back_test
from reportgen.projection.codes import kinds, routes
from reportgen.projection.costs import Tariff, costed
from reportgen.projection.course import expected
from reportgen.projection.outcomes import fan
from reportgen.projection.project import Plan, drivers, fitted
from reportgen.projection.simulate import simulated
from reportgen.projection.stays import EXITS, KINDS, Stays

CHILDREN = 500


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("returns", type=Path, nargs="?")
    options = parser.parse_args()
    measured_projection()
    measured_costs()
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if options.returns:
        for months in (12, 24):
            tested(sample(options.returns), months)


def taken(what: str, work: Callable[[], Any]) -> Any:
    """What a piece of work gives; prints how long it took."""
    start = time.perf_counter()
    result = work()
    print(f"{what:<58}{time.perf_counter() - start:7.2f} s")
    return result


def measured_projection() -> None:
    """Some 500 children in care, 36 months, 10,000 runs, with rates of two years."""
    plan = Plan()
    start, rates = taken("rates of two years", lambda: fitted(made(CHILDREN * 5), plan))
    print(f"  {len(start.row)} children in care, {rates.entries.sum()} entries and {rates.events.sum()} events in it")
    taken(f"expected course, {plan.months} months", lambda: expected(start, rates, rates.mean()))
    runs = taken(f"{plan.runs:,} runs", lambda: simulated(start, rates, plan.runs, plan.seed))
    taken("their intervals, by month and kind", lambda: fan(runs.stock))
    weekly = np.full((plan.months, len(KINDS)), 100_000)
    taken("driver table", lambda: drivers(start, rates, weekly))


def measured_costs() -> None:
    """What 100,000 children with five stays each cost in a year, by stay and month."""
    stays = made(100_000, each=5)
    tariff = Tariff(np.arange(len(KINDS)), np.full(len(KINDS), stays.since), np.arange(len(KINDS)) * 10_001)
    first, last = stays.until - 364, stays.until
    arrays = stays.child, stays.start, stays.end, stays.kind
    costs = taken(f"costs of a year of {len(stays):,} stays", lambda: costed(*arrays, tariff, first, last))
    print(f"  {len(costs.pence):,} slices")


def made(children: int, each: int = 2) -> Stays:
    """Stays of made-up children over ten years, one after another, of 200 to 600 days each."""
    random, since, until = np.random.default_rng(1), np.datetime64("2013-03-31"), np.datetime64("2023-03-31")
    lengths = random.integers(200, 600, (children, each)) // each * 2
    begin = random.integers(0, 3650, children)
    start = since + begin[:, None] + np.cumsum(lengths, axis=1) - lengths
    born = since + begin - random.integers(0, 17 * 365, children)
    end = start + lengths
    kind, route = (random.integers(0, len(of), children * each) for of in (KINDS, EXITS))
    child = np.repeat(np.arange(children), each)
    return Stays(child, np.repeat(born, each), start.ravel(), end.ravel(), kind, route, since, until)


def sample(returns: Path) -> Stays:
    """The stays of a folder of returns, short breaks left out."""
    episodes, header = (table(returns, kind) for kind in ("episodes", "header"))
    last = int(episodes["year"].max())
    rows = episodes[~episodes["LS"].isin(["V3", "V4"])].drop_duplicates(["CHILD", "DECOM"], keep="last")
    rows = rows.merge(header.drop_duplicates("CHILD", keep="last")[["CHILD", "DOB"]], on="CHILD")
    for column in ("DECOM", "DEC", "DOB"):
        rows[column] = pd.to_datetime(rows[column], format="%d/%m/%Y")
    rows = rows[(rows["DECOM"] >= rows["DOB"]) & ~(rows["DEC"] < rows["DECOM"])].sort_values(["CHILD", "DECOM"])
    after = rows.groupby("CHILD")["DECOM"].shift(-1)
    rows["DEC"] = rows["DEC"].where(~(rows["DEC"].isna() | (rows["DEC"] > after)), after)
    gone = rows["DEC"].isna() & (rows["year"] < last)
    rows.loc[gone, "DEC"] = pd.to_datetime((rows["year"][gone] + 1).astype(str) + "-03-31")
    first = np.datetime64(f"{episodes['year'].min()}-03-31")
    dates = (rows[name].to_numpy().astype("datetime64[D]") for name in ("DOB", "DECOM", "DEC"))
    child = pd.factorize(rows["CHILD"])[0].astype(np.int64)
    kind = kinds(list(rows["PLACE"]), list(rows["PLACE_PROVIDER"]))
    return Stays(child, *dates, kind, routes(list(rows["REC"])), first, np.datetime64(f"{last + 1}-03-31"))


def table(returns: Path, kind: str) -> Any:
    """The returns of all years of one kind, with their year."""
    return pd.concat([
        pd.read_csv(file, dtype=str, keep_default_na=False).assign(year=int(file.name[:4]))
        for file in sorted(returns.glob(f"*-{kind}.csv"))
    ])  # fmt: skip


def tested(stays: Stays, months: int) -> None:
    """Print the back-test of a reference period of so many months."""
    found = taken(f"back-test, rates of {months} months", lambda: back_test(stays, Plan(reference_months=months)))
    numbers = found.tested.sum(axis=0)
    ways = [("projection", found.projection), ("last value", found.last_value), ("trend", found.trend)]
    for at, horizon in enumerate(HORIZONS):
        errors = ", ".join(f"{name} {found.error(values)[at]:.1f}" for name, values in ways)
        held = f"{found.share(found.within_80)[at]:.0%} within 80%, {found.share(found.within_95)[at]:.0%} within 95%"
        beats = "beats both" if found.beats[at] else "doesn't beat both"
        print(f"  {horizon:>2} months, {numbers[at]} quarters: mean error {errors}; {held}; {beats}")


if __name__ == "__main__":
    main()
