"""Costs to the penny: by hand with fractions, and footing however they are sliced."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.projection.costs import Costs, Tariff, cost_by_month, costed, to_pence, weekly_by_month
from tests.projection.made import day

FIRST, LAST = day("2022-04-01"), day("2023-03-31")
Stay = tuple[int, str, str, int]  # child, start, end, key


def tariff(*lines: tuple[int, str, int]) -> Tariff:
    key, since, weekly = zip(*lines, strict=True) if lines else ((),) * 3
    return Tariff(np.array(key, dtype=np.int64), np.array(since, "datetime64[D]"), np.array(weekly, dtype=np.int64))


def cost(prices: Tariff, *stays: Stay) -> Costs:
    child, start, end, key = zip(*stays, strict=True)
    ends = np.array([text or "NaT" for text in end], "datetime64[D]")
    return costed(np.array(child), np.array(start, "datetime64[D]"), ends, np.array(key), prices, FIRST, LAST)


def slices(found: Costs) -> list[tuple[int, str, int, int]]:
    columns = found.stay, found.month, found.days, found.pence
    return [(int(s), str(m), int(d), int(p)) for s, m, d, p in zip(*columns, strict=True)]


def test_days_times_cost_by_seven() -> None:
    # £100.01 a week: 10001/7 = 1428.71… pence a day. To 30 April 3 days, 4286.14…; to 2 May 5 days, 7143.57….
    found = cost(tariff((0, "2020-01-01", 10001)), (1, "2022-04-28", "2022-05-03", 0))
    assert slices(found) == [(0, "2022-04", 3, 4286), (0, "2022-05", 2, 7144 - 4286)]


def test_the_period_cuts_stays_and_an_open_one_is_paid_to_its_end() -> None:
    found = cost(
        tariff((0, "2020-01-01", 700)), (1, "2020-01-01", "2022-04-03", 0), (2, "2023-03-30", "", 0),
        (3, "2021-01-01", "2022-04-01", 0), (4, "2023-04-01", "", 0),
    )  # fmt: skip
    assert slices(found) == [(0, "2022-04", 2, 200), (1, "2023-03", 2, 200)]


def test_a_new_unit_cost_holds_from_its_day() -> None:
    prices = tariff((0, "2020-01-01", 700), (0, "2022-04-03", 1400), (1, "2022-04-02", 7))
    found = cost(prices, (1, "2022-04-01", "2022-04-05", 0))
    assert slices(found) == [(0, "2022-04", 1, 100), (0, "2022-04", 1, 100), (0, "2022-04", 2, 400)]


def test_a_child_who_moves_is_paid_for_once_a_day_and_rounded_along_its_time() -> None:
    # A penny a week: of 4 days 4/7 are a penny, of 8 days 8/7 are one still, so that the second stay costs nothing.
    found = cost(tariff((0, "2020-01-01", 1)), (1, "2022-04-05", "2022-04-09", 0), (1, "2022-04-01", "2022-04-05", 0))
    assert slices(found) == [(1, "2022-04", 4, 1), (0, "2022-04", 4, 0)]


def test_what_has_no_unit_cost_is_told_and_is_no_zero() -> None:
    found = cost(tariff((0, "2022-05-01", 700), (2, "2020-01-01", 7)), (1, "2022-04-30", "2022-05-02", 0),
                 (2, "2022-06-01", "2022-06-03", 1))  # fmt: skip
    assert found.known.tolist() == [False, True, False]
    pence, uncosted = found.total(found.stay, 2)
    assert (pence.tolist(), uncosted.tolist()) == ([100, 0], [1, 2])
    nothing = cost(tariff(), (1, "2022-04-30", "2022-05-02", 0))
    assert nothing.known.tolist() == [False, False]


def test_a_cost_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="no cost below zero"):
        tariff((0, "2020-01-01", -1))


def test_sevenths_go_to_the_nearest_penny() -> None:
    assert to_pence(np.arange(15)).tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2]


@st.composite
def children(draw: st.DrawFn) -> list[Stay]:
    found: list[Stay] = []
    for child in range(draw(st.integers(1, 4))):
        at = np.datetime64("2022-01-01") + draw(st.integers(0, 500))
        for _ in range(draw(st.integers(1, 3))):
            end = at + draw(st.integers(0, 250))
            found.append((child, str(at), str(end), draw(st.integers(0, 2))))
            at = end
    return found


@given(children(), st.lists(st.integers(0, 10**6), min_size=5, max_size=5))
def test_costs_foot_by_child_by_kind_and_by_month(stays: list[Stay], weekly: list[int]) -> None:
    since = ("2020-01-01", "2020-01-01", "2020-01-01", "2022-07-14", "2022-12-01")
    prices = tariff(*((n % 3, since[n], weekly[n]) for n in range(5)))
    found = cost(prices, *stays)
    of = np.array([(child, key) for child, _, _, key in stays])[found.stay].reshape(-1, 2)
    month = found.month.astype(int) - FIRST.astype("datetime64[M]").astype(int)
    by_child, by_key, by_month = (found.total(by, 12)[0] for by in (of[:, 0], of[:, 1], month))
    assert by_child.sum() == by_key.sum() == by_month.sum() == found.pence.sum()
    # Each child's whole is the exact one, rounded once: worked out day by day with fractions.
    for child in {child for child, *_ in stays}:
        own = [stay for stay in stays if stay[0] == child]
        exact = sum((_day_cost(prices, d, key) for _, start, end, key in own for d in _days(start, end)), Fraction(0))
        assert by_child[child] == int(exact + Fraction(1, 2))


def _days(start: str, end: str) -> list[np.datetime64]:
    return [*np.arange(max(day(start), FIRST), min(day(end), LAST + 1))]


def _day_cost(prices: Tariff, on: np.datetime64, key: int) -> Fraction:
    known = [(since, int(weekly)) for k, since, weekly in zip(prices.key, prices.since, prices.weekly, strict=True)
             if k == key and since <= on]  # fmt: skip
    return Fraction(max(known)[1], 7)


def test_the_unit_cost_of_a_month_is_that_of_its_first_day() -> None:
    prices = tariff((0, "2022-04-02", 700), (0, "2022-06-01", 900), (2, "2020-01-01", 7))
    ends = np.array(["2022-04-30", "2022-05-31", "2022-06-30"], "datetime64[D]")
    assert weekly_by_month(prices, ends, 3).tolist() == [[-1, -1, 7], [700, -1, 7], [900, -1, 7]]


def test_days_without_a_unit_cost_are_no_free_days() -> None:
    weekly = np.array([[700, -1]])
    assert cost_by_month(np.array([[[7, 0]]]), weekly).tolist() == [[700]]
    with pytest.raises(ValueError, match=r"^there are days of care without a unit cost$"):
        cost_by_month(np.array([[[7, 1]]]), weekly)


def test_costs_of_runs_foot_and_those_of_expected_days_are_fractions() -> None:
    days = np.array([[[3, 0], [2, 1]], [[0, 0], [0, 4]]])
    weekly = np.array([[10001, 0], [10001, 1]])
    # 5 days and a seventh of a penny are 50006/7 = 7143.71… in all; four days at a penny a week are 0.57… pence.
    assert cost_by_month(days, weekly).tolist() == [[4286, 7144 - 4286], [0, 1]]
    assert cost_by_month(days.astype(float), weekly)[0].tolist() == [30003 / 7, 20003 / 7]
