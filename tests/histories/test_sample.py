"""The sample returns counted another way: pandas and a calendar on which each child's episodes are painted."""

from __future__ import annotations

import datetime as dt
import functools

import numpy as np
import pandas as pd

from reportgen import readers
from reportgen.histories import Histories, join, tables
from reportgen.histories.stays import Stays
from reportgen.table import Table
from reportgen.trace import count, count_on
from tests.built import ROOT

FOLDER = ROOT / "inputs" / "exampleshire" / "2022-03"
BEGIN, END = pd.Timestamp("2017-04-01"), pd.Timestamp("2022-03-31")
LONG_AFTER = pd.Timestamp("2100-01-01")


@functools.cache
def histories() -> Histories:
    paths = [path for path in readers.input_files(FOLDER) if path.suffix == ".csv"]
    files = readers.start(paths, ROOT).result()
    found, _ = join([table for file in files for table in file.returns], "in")
    assert found is not None
    return found


@functools.cache
def returns() -> Table:
    return tables(histories(), END.date())["returns"]


def read(sort: str) -> pd.DataFrame:
    paths = sorted(FOLDER.glob(f"*-{sort}.csv"))
    return pd.concat([pd.read_csv(path, dtype=str).assign(year=int(path.name[:4])) for path in paths])


def on(texts: pd.Series) -> pd.Series:
    return pd.to_datetime(texts, format="%d/%m/%Y")


@functools.cache
def painted() -> tuple[np.ndarray, pd.Index]:
    """A row a child and a column a day: 1 for looked after, 2 for short breaks; and the children."""
    episodes = read("episodes").assign(DECOM=lambda f: on(f["DECOM"]), DEC=lambda f: on(f["DEC"]))
    episodes = episodes.sort_values(["CHILD", "DECOM", "year"], kind="stable")
    episodes = episodes.drop_duplicates(["CHILD", "DECOM"], keep="last")
    following = episodes.groupby("CHILD")["DECOM"].shift(-1)
    last_seen = pd.to_datetime((episodes["year"] + 1).astype(str) + "-04-01")
    gone = last_seen.where(episodes["year"] < 2021, LONG_AFTER)
    episodes["DEC"] = episodes["DEC"].fillna(following).fillna(gone)
    children = pd.Index(sorted(episodes["CHILD"].unique()))
    days = np.zeros((len(children), (END - BEGIN).days + 1), dtype=np.int8)
    furthest: dict[str, pd.Timestamp] = {}
    for child, start, end, legal in episodes[["CHILD", "DECOM", "DEC", "LS"]].itertuples(index=False):
        if end > furthest.get(child, pd.Timestamp("1900-01-01")):
            first, after = max((start - BEGIN).days, 0), max((end - BEGIN).days, 0)
            days[children.get_loc(child), first:after] = 2 if legal in ("V3", "V4") else 1
            furthest[child] = end
    return days, children


def test_the_children_of_every_day() -> None:
    days, _ = painted()
    found, stays = histories(), Stays(histories())
    for column in range(days.shape[1]):
        day = found.first_day + column
        there = (found.start <= day) & (found.end > day)
        assert (there & ~stays.breaks).sum() == (days[:, column] == 1).sum(), dt.date.fromordinal(day)
        assert (there & stays.breaks).sum() == (days[:, column] == 2).sum()


def test_the_uasc_of_every_month() -> None:
    days, children = painted()
    uasc = read("uasc").sort_values("year").drop_duplicates("CHILD", keep="last").set_index("CHILD")
    adult = on(uasc["DOB"]) + pd.DateOffset(years=18)
    until = pd.concat([on(uasc["DUC"]), adult], axis=1).min(axis=1).reindex(children)
    for month in pd.date_range(BEGIN, END, freq="ME"):
        there = days[:, (month - BEGIN).days] == 1
        expected = int((there & (until > month).to_numpy()).sum())
        assert count_on(returns(), month.date(), "uasc_until", care="looked after").value == expected, month


def test_entries_and_exits_of_every_month() -> None:
    days = (painted()[0] == 1).astype(np.int8)
    changes = np.diff(days, axis=1)
    dates = pd.date_range(BEGIN + pd.Timedelta(days=1), END)
    came = pd.Series((changes == 1).sum(axis=0), dates).resample("ME").sum()
    left = pd.Series((changes == -1).sum(axis=0), dates).resample("ME").sum()
    for month in came.index[1:]:  # of April 2017 the day before its first is not painted
        entered, gone = (count(returns(), **{what: month.date()}).value for what in ("entered", "left"))
        assert (entered, gone) == (came[month], left[month]), month


def test_the_placements_table_of_every_quarter_s_end_has_a_row_a_child() -> None:
    days, _ = painted()
    for month in pd.date_range(BEGIN, END, freq="QE"):
        placements = tables(histories(), month.date())["placements"]
        assert len(placements) == (days[:, (month - BEGIN).days] == 1).sum(), month
        assert placements.frame["child"].is_unique and placements.frame["placement_type"].notna().all()
