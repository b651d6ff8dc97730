"""Monthly totals alone: the change by hand, its spread against Student's t, and the refusal."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reportgen.projection.outcomes import fan
from reportgen.projection.totals import continued, drift

TOTALS = [600, 604, 602, 609, 611, 616, 613]  # changes 4, -2, 7, 2, 5, -3


def test_the_change_a_month_and_its_spread() -> None:
    found = drift(TOTALS)
    assert (found.changes, found.mean) == (6, Fraction(13, 6))
    # Squares 16+4+49+4+25+9 = 107, less 13²/6 = 28.1667, by 5.
    assert found.spread == pytest.approx(((107 - 169 / 6) / 5) ** 0.5)


@pytest.mark.parametrize("months", range(6))
def test_fewer_than_six_months_are_refused(months: int) -> None:
    with pytest.raises(ValueError, match=f"^{months} months of totals: a projection needs 6$"):
        continued(TOTALS[:months], 12)


def test_six_months_will_do() -> None:
    assert continued(TOTALS[:6], 2, runs=3).shape == (3, 2)


@pytest.mark.parametrize(("months", "at"), [(1, 0), (12, 11)])
def test_the_interval_is_that_of_students_t(months: int, at: int) -> None:
    # A thousandfold, so that whole children make no difference.
    found, made = drift(TOTALS), fan(continued([1000 * total for total in TOTALS], 12, runs=200_000))
    # The total h months on: mean h·d, variance s²(h + h²/n), with 5 degrees of freedom; t is 1.4759 and 2.5706.
    middle, width = 613 + months * 13 / 6, found.spread * (months + months**2 / 6) ** 0.5
    assert made.median[at] / 1000 == pytest.approx(middle, abs=0.02 * width)
    assert made.high_80[at] / 1000 == pytest.approx(middle + 1.4759 * width, abs=0.03 * width)
    assert made.low_95[at] / 1000 == pytest.approx(middle - 2.5706 * width, abs=0.06 * width)


def test_there_are_no_children_below_zero_and_a_seed_gives_the_same() -> None:
    few = continued([6, 5, 4, 3, 2, 1, 0], 6)
    assert few.min() == 0 == few.max()
    assert (continued(TOTALS, 3, 5, seed=1) == continued(TOTALS, 3, 5, seed=1)).all()
    assert (continued(TOTALS, 3, 5, seed=1) != continued(TOTALS, 3, 5, seed=2)).any()


def test_totals_that_never_change_have_no_spread() -> None:
    assert np.ptp(continued([9] * 7, 3)) == 0
