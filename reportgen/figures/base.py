"""What every subject's figures are computed with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.model import Compared, Projecting


@dataclass(frozen=True)
class Circumstances:
    """What figures depend on besides their tables: the as-at date of each dataset, the meeting's date and the file that
    states them; the weeks that a year is taken to have; the projection that the paper asks for.
    """

    month: str
    meeting_date: dt.date
    as_at: Mapping[str, dt.date] = field(default_factory=dict)
    stated_in: str = "meeting.toml"
    weeks_in_year: int = 52
    compared: Compared | None = None
    projecting: Projecting | None = None


def year_end(month: str) -> dt.date:
    """The last day, 31 March, of the financial year that a month such as 2017-05 belongs to."""
    year, number = map(int, month.split("-"))
    return dt.date(year + (number > 3), 3, 31)
