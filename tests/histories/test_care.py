"""Histories as arrays of care: short breaks apart, temporary moves with their placement, reasons where a stay ends."""

from __future__ import annotations

import numpy as np

from reportgen.histories.care import in_care
from reportgen.histories.stays import Stays
from tests.histories.made import episode, joined

YEARS = {2017: {
    "episodes": [
        episode(1, "01/05/2017", "01/06/2017", "X1", PLACE="U5", PLACE_PROVIDER="PR4"),
        episode(1, "01/06/2017", "05/06/2017", "X1", PLACE="T2", PLACE_PROVIDER=""),
        episode(1, "05/06/2017", "01/07/2017", "X1", LS="V3"),
        episode(1, "01/07/2017", "", "E11", PLACE="K2"),
        episode(2, "01/05/2017", "01/08/2017", "E46"),
        episode(3, "01/05/2017"),
    ],
    "header": ["1,1,29/02/2008,WBRI", "2,1,01/01/2010,WBRI"],
}}  # fmt: skip


def test_the_arrays() -> None:
    found = in_care(Stays(joined(YEARS)[0]))
    assert found.child.tolist() == [0, 0, 0, 1]
    assert found.born.astype(str).tolist() == ["2008-02-29"] * 3 + ["2010-01-01"]
    assert found.start.astype(str).tolist() == ["2017-05-01", "2017-06-01", "2017-07-01", "2017-05-01"]
    assert found.end.astype(str).tolist() == ["2017-06-01", "2017-06-05", "NaT", "2017-08-01"]
    assert found.place.tolist() == ["U5", "U5", "K2", "U4"]
    assert found.provider.tolist() == ["PR4", "PR4", "PR1", "PR1"]
    assert found.reason.tolist() == ["", "X1", "", "E46"]
    assert (found.position.tolist(), found.unborn) == ([0, 1, 3, 4], 1)
    assert (found.since, found.until) == (np.datetime64("2017-04-01"), np.datetime64("2018-03-31"))
