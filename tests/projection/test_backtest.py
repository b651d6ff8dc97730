"""The back-test on a history by hand, and on a truth that the model fits."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.projection.backtest import HORIZONS, BackTest, back_test
from reportgen.projection.project import Plan
from reportgen.projection.stays import Stays
from tests.projection.made import IN_HOUSE, OPEN, day, stays
from tests.projection.truth import drawn

PLAN = Plan(reference_months=12)


def steady() -> Stays:
    """A child more on the first of each month from April 2018 on, all of whom remain: 12 by March 2019, 30 in all."""
    months = np.arange(np.datetime64("2018-04"), np.datetime64("2020-10"))
    lines = [(n, "2010-01-01", f"{month}-01", OPEN, IN_HOUSE, OPEN) for n, month in enumerate(months)]
    return stays(*lines, until="2020-09-30")


def test_a_child_more_a_month_by_hand() -> None:
    found = back_test(steady(), PLAN, runs=50)
    assert found.starts.tolist() == [day(text).item() for text in (
        "2019-03-31", "2019-06-30", "2019-09-30", "2019-12-31", "2020-03-31", "2020-06-30"
    )]  # fmt: skip
    # To September 2020: the last two quarters have an outcome after 3 and 6 months, or 3 alone.
    assert found.tested.sum(axis=0).tolist() == [6, 5, 3]
    assert found.happened[0].tolist() == [15, 18, 24]
    assert found.last_value[0].tolist() == [12, 12, 12]
    assert found.trend[0].tolist() == [15, 18, 24]
    assert found.error(found.last_value).tolist() == [3, 6, 12]
    assert found.error(found.trend).tolist() == [0, 0, 0]
    # 12 entries in 365 days and nobody leaves: 30 June 2019 is 91 days on.
    assert found.projection[0] == pytest.approx([12 + 12 * d / 365 for d in (91, 183, 366)])
    assert found.share(found.within_95).tolist() == [1, 1, 1]
    assert found.beats.tolist() == [False] * 3  # the trend is exact


def test_errors_and_shares_of_what_was_tested() -> None:
    nan = np.nan
    found = BackTest(
        np.array(["2020-03-31", "2020-06-30"], "datetime64[D]"),
        np.array([[10.0, 20.0, nan], [12.0, nan, nan]]),
        np.array([[11.0, 18.0, 1.0], [12.0, 1.0, 1.0]]),
        np.array([[13.0, 18.0, 1.0], [12.0, 1.0, 1.0]]),
        np.array([[11.0, 23.0, 1.0], [16.0, 1.0, 1.0]]),
        np.array([[True, False, True], [False, True, True]]),
        np.array([[True, True, True], [True, True, True]]),
    )
    assert found.error(found.projection)[:2].tolist() == [0.5, 2.0]
    assert np.isnan(found.error(found.projection)[2])
    assert found.share(found.within_80)[:2].tolist() == [0.5, 0.0]
    assert found.share(found.within_95)[:2].tolist() == [1.0, 1.0]
    # Better than both; as good as the last value only; nothing to tell.
    assert found.beats.tolist() == [True, False, False]


def test_on_a_truth_that_it_fits_the_projection_is_no_worse_than_its_intervals_say() -> None:
    found = back_test(drawn(6, days=1800).up_to(day("2023-02-28")), Plan(reference_months=24), runs=100)
    # Quarters from March 2020 on: to September 2022, and of those with 6 and 12 months after them to June and to 2021.
    assert found.tested.sum(axis=0).tolist() == [11, 10, 8]
    assert (found.share(found.within_95) >= 0.7).all()
    assert found.error(found.projection)[2] < found.error(found.trend)[2]
    assert len(HORIZONS) == 3


def test_too_short_a_history_tests_nothing() -> None:
    found = back_test(steady(), Plan(reference_months=36))
    assert len(found.starts) == 0
    assert np.isnan(found.error(found.projection)).all()
    assert not found.beats.any()
