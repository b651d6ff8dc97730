"""What every subject's figures are computed with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.model import Compared


@dataclass(frozen=True)
class Circumstances:
    """The dates that figures depend on: as-at date by dataset, the meeting's date, and the file that states them."""

    month: str
    meeting_date: dt.date
    as_at: Mapping[str, dt.date] = field(default_factory=dict)
    stated_in: str = "meeting.toml"
    compared: Compared | None = None
