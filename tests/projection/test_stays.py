"""What stays are refused, and what was known of them on a day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reportgen.projection.stays import NONE
from tests.projection.made import IN_HOUSE, OPEN, day, stays

ONE = stays((7, "2010-05-04", "2020-01-10", "2020-03-01", IN_HOUSE, "adoption"))
IMPOSSIBLE = "a stay starts before birth or ends before its start"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"child": np.array([7, 8])}, "the arrays of stays are of unequal length"),
        ({"born": np.array(["NaT"], dtype="datetime64[D]")}, "a stay has no date of birth or no start"),
        ({"start": np.array(["2010-05-03"], dtype="datetime64[D]")}, IMPOSSIBLE),
        ({"end": np.array(["2020-01-09"], dtype="datetime64[D]")}, IMPOSSIBLE),
        ({"kind": np.array([6])}, "a stay is of no known kind or ends by no known route"),
        ({"route": np.array([-2])}, "a stay is of no known kind or ends by no known route"),
        ({"until": day("2018-03-31")}, "stays were observed from a day that is not before the last"),
    ],
)
def test_stays_that_cannot_be(changed: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        replace(ONE, **changed)  # type: ignore[arg-type]


def test_what_comes_after_a_day_is_not_known_on_it() -> None:
    both = stays(
        (7, "2010-05-04", "2020-01-10", "2020-03-01", IN_HOUSE, "adoption"),
        (8, "2010-05-04", "2020-03-02", OPEN, IN_HOUSE, OPEN),
    )
    before = both.up_to(day("2020-02-29"))
    assert (len(before), before.until) == (1, day("2020-02-29"))
    assert np.isnat(before.end).all()
    assert before.route.tolist() == [NONE]
    on_the_day = both.up_to(day("2020-03-01"))
    assert on_the_day.end.tolist() == [day("2020-03-01").item()]
    assert on_the_day.route.tolist() == [2]
    assert len(both.up_to(day("2020-03-02"))) == 2
