"""The BRAG rating of an action, by the key printed in the Cambridgeshire progress report of July 2016."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reportgen.cells.dates import MonthEnd

WORST_FIRST = ("Red", "Amber", "Green", "Blue")

KEY = (
    ("Blue", "complete"),
    ("Red", "past its agreed date and not complete, or not started with a high risk"),
    ("Amber", "started, with a concern, over its cost or its date moved later"),
    ("Green", "started, no concern, within its date and cost"),
)


@dataclass(frozen=True)
class Action:
    """What a rating rests on; None where the sheet has nothing. Dates may be the words `ongoing` or `complete`."""

    status: str | None
    concern: str | None
    cost: str | None
    risk: str | None
    baseline: dt.date | str | None
    revised: dt.date | None
    stated: str | None = None

    @property
    def agreed(self) -> dt.date | None:
        """The date that the action is to be complete by: the revised one, else the baseline; None for ongoing work."""
        agreed = self.revised or self.baseline
        return agreed if isinstance(agreed, dt.date) else None

    @property
    def moved_later(self) -> bool:
        """Whether the revised date is later than the baseline."""
        return (
            isinstance(self.baseline, dt.date) and self.revised is not None and self.revised > self.baseline
        )


@dataclass(frozen=True)
class Rating:
    """A rating with its reason in words; `rating` is None for an action that needs none yet."""

    rating: str | None
    reason: str


def date_words(day: dt.date) -> str:
    """A date as printed: `May 2016` for one that stands for its month, else `29 June 2016`."""
    return f"{day:%B %Y}" if isinstance(day, MonthEnd) else f"{day.day} {day:%B %Y}"


def rate(action: Action, as_at: dt.date) -> Rating:
    """The rating on a day, by the rules, with the reason."""
    if action.status == "complete" or (action.status is None and action.baseline == "complete"):
        return Rating("Blue", "Complete")
    if action.agreed and as_at > action.agreed and not (action.status is None and action.stated == "Blue"):
        return Rating("Red", f"Not complete by its agreed date, {date_words(action.agreed)}")
    if action.status is None:
        return _as_stated(action)
    if action.status == "not started":
        return (
            Rating("Red", "Not started, with a high risk")
            if action.risk == "high"
            else Rating(None, "Not started and not yet due")
        )
    reasons = _concerns(action)
    if reasons:
        return Rating("Amber", "; ".join(reasons))
    return Rating(
        "Green",
        "Started, no concern" + (f", due {date_words(action.agreed)}" if action.agreed else ", ongoing"),
    )


def _concerns(action: Action) -> list[str]:
    reasons = []
    if action.concern:
        reasons.append(f"Concern: {action.concern}")
    if action.cost == "over":
        reasons.append("Over its cost")
    if action.moved_later and action.revised and isinstance(action.baseline, dt.date):
        reasons.append(f"Date moved from {date_words(action.baseline)} to {date_words(action.revised)}")
    return reasons


def _as_stated(action: Action) -> Rating:
    """The officer's rating, never better than the dates and concerns allow, where the sheet has no status."""
    if action.stated is None:
        return Rating(None, "No status is given")
    reasons = _concerns(action)
    if reasons and action.stated == "Green":
        return Rating("Amber", "; ".join(reasons))
    return Rating(action.stated, "As rated by the officer: no status is given")
