"""The BRAG rating of an action, by the key printed in the Cambridgeshire progress report of July 2016."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reportgen.model import Unit
from reportgen.wording import in_words

BASIS = ("status", "concern", "cost", "risk", "baseline", "revised", "stated_rating")


@dataclass(frozen=True)
class Action:
    """What a rating rests on, in the order of BASIS; None where the sheet has nothing.

    The baseline may be the word `ongoing` or `complete` instead of a date.
    """

    status: str | None = None
    concern: str | None = None
    cost: str | None = None
    risk: str | None = None
    baseline: dt.date | str | None = None
    revised: dt.date | None = None
    stated: str | None = None

    @property
    def agreed(self) -> dt.date | None:
        """The date that the action is to be complete by: the revised one, else the baseline; None for ongoing work."""
        agreed = self.revised or self.baseline
        return agreed if isinstance(agreed, dt.date) else None

    @property
    def complete(self) -> bool:
        """Whether the sheet says so: in its status, else in its completion date, else in the officer's rating."""
        return (self.status or self.baseline) == "complete" or (self.status is None and self.stated == "Blue")


@dataclass(frozen=True)
class Rating:
    """A rating with its reason in words.

    `rating` is None for an action that needs none yet; it is not `known` where the sheet says too little for one.
    """

    rating: str | None
    reason: str
    known: bool = True


def rate(action: Action, as_at: dt.date) -> Rating:
    """The rating on a day, by the rules, with the reason."""
    if action.complete:
        officer = action.status is None and action.baseline != "complete"
        return Rating("Blue", "Complete, as rated by the officer: no status is given" if officer else "Complete")
    if overdue := _overdue(action, as_at):
        return Rating("Red", overdue)
    if action.status is None:
        return _as_stated(action)
    if action.status == "not started":
        return _not_started(action)
    reasons = _concerns(action)
    if reasons:
        return Rating("Amber", "; ".join(reasons))
    due = f"due {date_words(action.agreed)}" if action.agreed else _undated(action)
    return Rating("Green", f"Started, no concern, {due}")


def date_words(day: dt.date) -> str:
    """A date as printed: `May 2016` for one that stands for its month, else `29 June 2016`."""
    return in_words(day, Unit.DATE)


def _overdue(action: Action, as_at: dt.date) -> str:
    """Why the action is past its agreed date; empty where it isn't. The day itself is still within it."""
    if action.agreed is None or as_at <= action.agreed:
        return ""
    said = f"Not complete by its agreed date, {date_words(action.agreed)}"
    return said if action.status else f"{said}: no status says that it is"


def _undated(action: Action) -> str:
    return "ongoing" if action.baseline == "ongoing" else "no date given"


def _not_started(action: Action) -> Rating:
    if action.risk == "high":
        return Rating("Red", "Not started, with a high risk")
    return Rating(None, f"Not started, {'not yet due' if action.agreed else _undated(action)}")


def _concerns(action: Action) -> list[str]:
    """What keeps an action from being Green, in words."""
    reasons = []
    if action.concern:
        reasons.append(f"Concern: {action.concern}")
    if action.cost == "over":
        reasons.append("Over its cost")
    if isinstance(action.baseline, dt.date) and action.revised and action.revised > action.baseline:
        reasons.append(f"Date moved from {date_words(action.baseline)} to {date_words(action.revised)}")
    return reasons


def _as_stated(action: Action) -> Rating:
    """The officer's rating where the sheet has no status, but never better than the rest of the row allows."""
    if action.stated is None:
        return Rating(None, "No status and no rating is given", known=False)
    reasons = _concerns(action)
    if reasons and action.stated == "Green":
        return Rating("Amber", "; ".join(reasons))
    return Rating(action.stated, "As rated by the officer: no status is given")
