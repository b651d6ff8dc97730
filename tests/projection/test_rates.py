"""Rates by hand, what is pooled and said of it, and the spread of the chances drawn."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.projection.history import joined
from reportgen.projection.rates import Pool, Rates, estimated
from tests.projection import made
from tests.projection.made import AGENCY, IN_HOUSE, OPEN, RESIDENTIAL, day, out, stays

AFTER, UNTIL = day("2022-03-31"), day("2023-03-31")


def test_events_by_days_at_risk() -> None:
    # 40 days each at the age of 7: one leaves, one moves, one remains.
    found = estimated(joined(stays(
        (1, "2015-01-01", "2022-06-01", "2022-07-11", IN_HOUSE, "adoption"),
        (2, "2015-01-01", "2022-06-01", "2022-07-11", IN_HOUSE, OPEN),
        (2, "2015-01-01", "2022-07-11", "2022-07-12", AGENCY, "other"),
        (3, "2015-01-01", "2023-02-19", OPEN, IN_HOUSE, OPEN),
    )), AFTER, UNTIL, fewest=0)  # fmt: skip
    assert found.at_risk[2, IN_HOUSE] == 120
    chances = found.mean()
    assert chances.leaving[2, IN_HOUSE, out("adoption")] == 1 / 120
    assert chances.leaving[2, IN_HOUSE, AGENCY] == 1 / 120
    assert chances.leaving[2, AGENCY, out("other")] == 1
    assert np.count_nonzero(chances.leaving) == 3
    assert found.days == 365
    assert chances.entering[2, IN_HOUSE] == 3 / 365
    assert found.ages[2].tolist() == [2708, 2708, 2971]  # days from birth to 1 June 2022 and 19 February 2023
    assert [len(ages) for ages in found.ages] == [0, 0, 3, 0, 0]


@pytest.mark.parametrize(("after", "until"), [("2018-03-30", "2023-03-31"), ("2022-03-31", "2023-04-01"),
                                              ("2023-03-31", "2023-03-31")])  # fmt: skip
def test_a_period_that_was_not_observed(after: str, until: str) -> None:
    with pytest.raises(ValueError, match=r"^the reference period isn't within what was observed$"):
        estimated(joined(stays()), day(after), day(until))


def with_events(*by_band: int, fewest: int = 10) -> Rates:
    """Rates of children in residential care, each of whom leaves after 100 days, so many in each band."""
    born = ("2022-01-01", "2020-01-01", "2015-01-01", "2010-01-01", "2005-07-01")
    lines = [
        (100 * band + child, born[band], "2022-06-01", "2022-09-09", RESIDENTIAL, "other")
        for band, number in enumerate(by_band)
        for child in range(number)
    ]
    return estimated(joined(stays(*lines)), AFTER, UNTIL, fewest)


@pytest.mark.parametrize(
    ("events", "heads"),
    [
        ((10, 10, 10, 10, 10), [0, 1, 2, 3, 4]),
        ((9, 11, 10, 10, 10), [0, 0, 2, 3, 4]),  # the poor join their neighbour
        ((10, 12, 3, 11, 10), [0, 1, 2, 2, 4]),  # and of two the poorer
        ((1, 2, 3, 10, 10), [0, 0, 0, 0, 4]),  # 1 + 2 = 3, with 3 still poor, 16 with the fourth
        ((1, 1, 1, 1, 1), [0, 0, 0, 0, 0]),
    ],
)
def test_poor_bands_are_pooled_with_their_neighbours(events: tuple[int, ...], heads: list[int]) -> None:
    assert with_events(*events).head[:, RESIDENTIAL].tolist() == heads


def test_a_pool_has_one_rate_and_says_what_it_rests_on() -> None:
    found = with_events(10, 12, 3, 11, 10)
    pool = next(pool for pool in found.pools if pool.kind == RESIDENTIAL)
    assert pool == Pool(RESIDENTIAL, (2, 3), (3, 11), 1400)
    assert pool.in_words == "residential, aged 5 to 15: 14 events in 1,400 days"
    leaving = found.mean().leaving[:, RESIDENTIAL, out("other")]
    assert leaving.tolist() == [1000 / 100000, 1200 / 120000, 14 / 1400, 14 / 1400, 0.01]


def test_a_kind_with_too_little_altogether_is_told_as_well() -> None:
    found = with_events(1, 1, 1, 1, 1)
    assert [pool.in_words for pool in found.thin] == ["residential, aged under 18: 5 events in 500 days"]
    assert with_events(10, 12, 3, 11, 10).thin == ()


def test_chances_drawn_are_the_observed_in_the_mean_and_as_wide_as_their_counts_make_them() -> None:
    found = made.rates(
        {(2, IN_HOUSE, AGENCY): 4, (2, IN_HOUSE, out("other")): 16},
        {(2, IN_HOUSE): 2000},
        {(2, IN_HOUSE): 25},
        {2: [9]},
    )
    runs = 10_000
    drawn = found.drawn(np.random.default_rng(5), runs)
    moved, left = (drawn.leaving[:, 2, IN_HOUSE, way] for way in (AGENCY, out("other")))
    entered = drawn.entering[:, 2, IN_HOUSE]
    # Dirichlet: mean p, variance p(1-p)/(days+1). Gamma: mean n/d, variance n/d². Five standard errors.
    for values, mean, spread in (
        (moved, 0.002, (0.002 * 0.998 / 2001) ** 0.5),
        (left, 0.008, (0.008 * 0.992 / 2001) ** 0.5),
        (entered, 0.025, 0.005),
    ):
        assert abs(values.mean() - mean) < 5 * spread / runs**0.5
        assert abs(values.std() / spread - 1) < 0.03
    assert np.count_nonzero(drawn.leaving[0]) == 2  # what never happened stays impossible
    assert (drawn.leaving.sum(axis=-1) <= 1).all()


def test_bands_of_a_pool_share_each_draw() -> None:
    drawn = with_events(10, 12, 3, 11, 10).drawn(np.random.default_rng(1), 3).leaving[:, :, RESIDENTIAL, out("other")]
    assert (drawn[:, 2] == drawn[:, 3]).all()
    assert (drawn[:, 1] != drawn[:, 2]).all()
