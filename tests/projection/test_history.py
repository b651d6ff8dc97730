"""Stays joined by hand, and that who comes less who goes is what changed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.projection.history import History, comings, days_at_risk, goings, joined
from reportgen.projection.stays import KINDS, NONE, Stays
from tests.projection.made import AGENCY, IN_HOUSE, OPEN, OTHER, RELATIVES, RESIDENTIAL, Line, day, out, stays

AFTER, UNTIL = day("2018-03-31"), day("2023-03-31")


def told(history: History) -> list[tuple[str, str, int, bool, int]]:
    """Each stay's start, end, kind, whether it is an entry, and way."""
    return [
        (str(start), str(end), int(kind), bool(new), int(way))
        for start, end, kind, new, way in zip(
            history.start, history.end, history.kind, history.new, history.way, strict=True
        )
    ]


BORN = "2010-05-04"


def test_a_move_an_exit_and_an_entry_anew() -> None:
    history = joined(stays(
        (1, BORN, "2020-06-01", OPEN, RESIDENTIAL, OPEN),
        (1, BORN, "2019-01-01", "2019-03-01", IN_HOUSE, OPEN),
        (1, BORN, "2019-03-01", "2019-09-01", AGENCY, "reunification"),
    ))  # fmt: skip
    assert told(history) == [
        ("2019-01-01", "2019-03-01", IN_HOUSE, True, AGENCY),
        ("2019-03-01", "2019-09-01", AGENCY, False, out("reunification")),
        ("2020-06-01", "9999-12-31", RESIDENTIAL, True, NONE),
    ]


def test_the_next_day_is_a_move_and_the_day_after_that_is_not() -> None:
    history = joined(stays(
        (1, BORN, "2019-01-01", "2019-03-01", IN_HOUSE, OPEN),
        (1, BORN, "2019-03-02", "2019-05-01", AGENCY, OPEN),
        (1, BORN, "2019-05-03", "2019-06-01", AGENCY, "adoption"),
    ))  # fmt: skip
    assert told(history) == [
        ("2019-01-01", "2019-03-02", IN_HOUSE, True, AGENCY),
        ("2019-03-02", "2019-05-01", AGENCY, False, out("other")),
        ("2019-05-03", "2019-06-01", AGENCY, True, out("adoption")),
    ]


def test_stays_of_one_kind_are_one_and_those_of_a_day_are_none() -> None:
    history = joined(stays(
        (1, BORN, "2019-01-01", "2019-03-01", IN_HOUSE, OPEN),
        (1, BORN, "2019-03-01", "2019-03-01", RESIDENTIAL, OPEN),
        (1, BORN, "2019-03-01", "2019-05-01", IN_HOUSE, "adoption"),
        (2, BORN, "2019-05-01", "2019-06-01", IN_HOUSE, "adoption"),
    ))  # fmt: skip
    assert told(history) == [
        ("2019-01-01", "2019-05-01", IN_HOUSE, True, out("adoption")),
        ("2019-05-01", "2019-06-01", IN_HOUSE, True, out("adoption")),
    ]


@pytest.mark.parametrize(
    ("end", "route", "ended", "way"),
    [
        ("2021-06-01", "other", "2021-05-04", "age"),  # beyond the 18th birthday
        ("2021-05-04", "other", "2021-05-04", "age"),
        (OPEN, OPEN, "2021-05-04", "age"),
        ("2021-05-03", "other", "2021-05-03", "other"),
    ],
)
def test_care_ends_at_18(end: str, route: str, ended: str, way: str) -> None:
    history = joined(stays((1, "2003-05-04", "2020-01-01", end, IN_HOUSE, route)))
    assert told(history) == [("2020-01-01", ended, IN_HOUSE, True, out(way))]
    assert history.aged.tolist() == [ended == "2021-05-04"]


def test_a_birthday_after_the_last_day_observed_ends_nothing() -> None:
    history = joined(stays((1, "2005-05-04", "2020-01-01", OPEN, IN_HOUSE, OPEN)))
    assert told(history) == [("2020-01-01", "9999-12-31", IN_HOUSE, True, NONE)]
    assert not history.aged.any()


def test_who_is_18_already_is_not_there() -> None:
    assert told(joined(stays((1, "2001-05-04", "2019-05-04", OPEN, IN_HOUSE, OPEN)))) == []


def test_overlapping_stays_of_a_child_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^stays of one child overlap$"):
        joined(stays(
            (1, BORN, "2019-01-01", "2019-03-02", IN_HOUSE, OPEN), (1, BORN, "2019-03-01", OPEN, AGENCY, OPEN)
        ))  # fmt: skip


def test_children_open_on_a_day() -> None:
    history = joined(stays(
        (1, BORN, "2019-01-01", "2019-03-01", IN_HOUSE, OPEN), (1, BORN, "2019-03-01", "2019-03-05", OTHER, "other")
    ))  # fmt: skip
    on = np.array(["2018-12-31", "2019-01-01", "2019-02-28", "2019-03-01", "2019-03-04", "2019-03-05"], "datetime64[D]")
    assert history.stock(on)[:, [IN_HOUSE, OTHER]].tolist() == [[0, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 0]]


def test_days_at_risk_and_events_by_hand() -> None:
    # Ten days below 5, then two more: 5 on 11 January; goes to an agency on the 13th, leaves on the 15th.
    history = joined(stays(
        (1, "2015-01-11", "2020-01-01", "2020-01-13", RELATIVES, OPEN),
        (1, "2015-01-11", "2020-01-13", "2020-01-15", AGENCY, "child arrangements"),
    ))  # fmt: skip
    days = days_at_risk(history, AFTER, UNTIL)
    assert {(b, k): int(days[b, k]) for b, k in np.argwhere(days).tolist()} == {
        (1, RELATIVES): 10, (2, RELATIVES): 2, (2, AGENCY): 2,
    }  # fmt: skip
    events = goings(history, AFTER, UNTIL)
    assert np.argwhere(events).tolist() == [[2, RELATIVES, AGENCY], [2, AGENCY, out("child arrangements")]]
    assert comings(history, AFTER, UNTIL).tolist() == [0]


def test_who_goes_on_a_birthday_goes_by_the_band_of_the_day_before() -> None:
    history = joined(stays((1, "2015-01-11", "2020-01-01", "2020-01-11", RELATIVES, "adoption")))
    assert np.argwhere(goings(history, AFTER, UNTIL)).tolist() == [[1, RELATIVES, out("adoption")]]


def test_the_period_cuts_days_and_events() -> None:
    history = joined(stays((1, BORN, "2020-01-01", "2020-01-11", RELATIVES, "adoption")))
    # After the end of the 5th and up to the 10th: at risk on the mornings of the 6th to the 10th.
    assert days_at_risk(history, day("2020-01-05"), day("2020-01-10")).sum() == 5
    assert goings(history, day("2020-01-05"), day("2020-01-10")).sum() == 0
    assert goings(history, day("2020-01-10"), day("2020-01-11")).sum() == 1
    assert comings(history, day("2020-01-01"), day("2020-01-11")).tolist() == []
    assert comings(history, day("2019-12-31"), day("2020-01-11")).tolist() == [0]


def test_the_day_before_the_18th_birthday_is_no_day_at_risk() -> None:
    history = joined(stays((1, "2002-01-11", "2020-01-01", OPEN, RELATIVES, OPEN)))
    assert days_at_risk(history, AFTER, UNTIL)[4, RELATIVES] == 9
    assert goings(history, AFTER, UNTIL).sum() == 0


@st.composite
def random_stays(draw: st.DrawFn) -> Stays:
    """Stays of a few children, one after another, some on the same day, the next or later."""
    lines: list[Line] = []
    for child in range(draw(st.integers(0, 5))):
        born = np.datetime64("2000-01-01") + draw(st.integers(0, 6500))
        at = max(born + draw(st.integers(0, 6700)), np.datetime64("2012-01-01"))
        for _ in range(draw(st.integers(1, 4))):
            end = at + draw(st.integers(0, 900))
            kind, route = draw(st.integers(0, len(KINDS) - 1)), draw(st.sampled_from(("", "adoption", "other")))
            is_open = draw(st.integers(0, 5)) == 0
            lines.append((child, str(born), str(at), OPEN if is_open else str(end), kind, OPEN if is_open else route))
            if is_open:
                break
            at = end + draw(st.sampled_from((0, 0, 1, 2, 300)))
    return stays(*lines)


@given(random_stays(), st.integers(0, 1700), st.integers(1, 100))
def test_start_and_entries_less_exits_are_the_end_and_moves_change_nothing(of: Stays, first: int, length: int) -> None:
    history = joined(of)
    after = AFTER + first
    until = min(after + length, UNTIL)
    start, end = history.stock(np.array([after, until]))
    events = goings(history, after, until).sum(axis=0)
    came = np.bincount(history.kind[comings(history, after, until)], minlength=len(KINDS))
    aged = history.aged & (history.end > after) & (history.end <= until)
    grown = np.bincount(history.kind[aged], minlength=len(KINDS))
    moves, left = events[:, : len(KINDS)], events[:, len(KINDS) :]
    assert (start + came + moves.sum(axis=0) - moves.sum(axis=1) - left.sum(axis=1) - grown == end).all()
    # A day at risk is one on which a child is open, but for the days before 18th birthdays.
    days = np.arange(after, until)
    assert days_at_risk(history, after, until).sum() == history.stock(days).sum() - aged.sum()
