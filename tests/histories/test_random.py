"""Random returns: nobody in two placements on a day, nobody lost between months, never an error of the program."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.cells.dates import month_end
from reportgen.histories import Histories, join, tables
from reportgen.histories.stays import Stays
from reportgen.model import RawReturn
from reportgen.trace import count, count_on
from tests.histories.made import EVERYBODY, HEADINGS, raw

FIRST = dt.date(2017, 3, 1)
YEARS = (2017, 2018)
DAYS = st.integers(0, 720).map(lambda days: f"{FIRST + dt.timedelta(days=days):%d/%m/%Y}")
# A few days on which much happens: ends that meet starts, the year's end, days before the first return.
NEAR = st.sampled_from(["01/04/2017", "02/04/2017", "31/03/2018", "01/04/2018", "30/03/2018", "01/05/2018"])
ANY = st.one_of(DAYS, NEAR)
LINE = st.tuples(
    st.integers(1, 4).map(str), ANY, st.sampled_from("SPLTUB"), st.sampled_from(["C2", "V4"]), st.just("N1"),
    st.sampled_from(["U4", "K2", "T1"]), st.sampled_from(["PR1", "PR4", ""]), st.one_of(st.just(""), ANY),
    st.sampled_from(["X1", "E4A", ""]),
).map(",".join)  # fmt: skip
RETURNS = st.tuples(*(st.lists(LINE, max_size=6) for _ in YEARS))
FREE = st.lists(st.sampled_from(["1", "", "NULL", "31/02/2018", "V4", "=1", "é", "99999999999999999999"]), max_size=11)


def tables_of(episodes: Sequence[Sequence[str]]) -> list[RawReturn]:
    found = []
    for year, lines in zip(YEARS, episodes, strict=True):
        # An episode that starts after the return's end would say that the file's name is wrong.
        after = dt.datetime(year + 1, 4, 1)
        kept = [line for line in lines if dt.datetime.strptime(line.split(",")[1], "%d/%m/%Y") < after]
        for sort, own in (("episodes", kept), ("header", EVERYBODY), ("uasc", ["2,1,01/01/2010,01/07/2018"])):
            found.append(raw(f"in/{year}-{sort}.csv", "\n".join([HEADINGS[sort], *own])))
    return found


def histories_of(episodes: Sequence[Sequence[str]]) -> Histories:
    histories, _ = join(tables_of(episodes), "in")
    assert histories is not None
    return histories


@given(RETURNS)
@settings(max_examples=60)
def test_no_child_is_in_two_placements_on_a_day(episodes: Sequence[Sequence[str]]) -> None:
    found = histories_of(episodes)
    assert (found.end > found.start).all()
    same = found.child[1:] == found.child[:-1]
    assert (found.child[1:] >= found.child[:-1]).all()
    assert (found.end[:-1][same] <= found.start[1:][same]).all()
    nights = Counter(
        (child, day)
        for child, start, end in zip(found.child.tolist(), found.start.tolist(), found.end.tolist(), strict=True)
        for day in range(start, min(end, found.last_day + 40))
    )
    assert max(nights.values(), default=1) == 1


@given(RETURNS)
@settings(max_examples=40)
def test_start_and_entries_less_exits_are_the_end_month_by_month(episodes: Sequence[Sequence[str]]) -> None:
    found = histories_of(episodes)
    returns = tables(found, dt.date(2019, 3, 31))["returns"]
    before = dt.date(2017, 3, 31)
    for number in range(24):
        month = month_end(2017 + (number + 3) // 12, (number + 3) % 12 + 1)
        start, end = (count_on(returns, day, care="looked after").value for day in (before, month))
        entries, exits = (count(returns, **{what: month}).value for what in ("entered", "left"))
        assert isinstance(start, int) and isinstance(entries, int) and isinstance(exits, int)
        assert start + entries - exits == end, month
        before = month


@given(RETURNS)
@settings(max_examples=40)
def test_a_stay_begins_before_it_ends_and_its_days_add_up(episodes: Sequence[Sequence[str]]) -> None:
    found = histories_of(episodes)
    stays = Stays(found)
    over = np.cumsum(stays.begins) - np.cumsum(stays.ends)
    open_ones = ~stays.breaks & (found.end == 2**40)
    assert stays.begins.sum() - stays.ends.sum() == open_ones.sum()
    assert (over >= 0).all() and (stays.first <= np.arange(len(found))).all()
    ended = stays.ends
    days = (found.end - found.start[stays.first])[ended].sum()
    closed = ~stays.breaks & (found.end != 2**40)
    never = np.isin(stays.first, stays.first[open_ones])
    assert days == (found.end - found.start)[closed & ~never].sum()


@given(st.lists(FREE, max_size=4), st.lists(FREE, max_size=3), st.lists(FREE, max_size=3))
@settings(max_examples=60)
def test_whatever_stands_in_the_cells_is_a_problem_and_no_error(
    episodes: Sequence[Sequence[str]], header: Sequence[Sequence[str]], uasc: Sequence[Sequence[str]]
) -> None:
    rows = {"episodes": episodes, "header": header, "uasc": uasc}
    found = [raw(f"in/2017-{s}.csv", "\n".join([HEADINGS[s], *map(",".join, own)])) for s, own in rows.items()]
    histories, problems = join(found, "in")
    if histories is not None:
        tables(histories, dt.date(2018, 3, 31))
    assert not any("é" in problem.message or "9999" in problem.message for problem in problems)
