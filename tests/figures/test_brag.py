"""The BRAG rating: each rule, each edge, and every combination against rules written down apart."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from reportgen.cells.dates import MonthEnd, month_end
from reportgen.figures.brag import Action, Rating, date_words, rate

AS_AT = dt.date(2016, 6, 29)
MAY, JUNE, SEPTEMBER = month_end(2016, 5), month_end(2016, 6), month_end(2016, 9)
STARTED = Action("started")


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        # Blue: complete, with a date, without, late, and by what the completion column says.
        (Action("complete", baseline=MAY), Rating("Blue", "Complete")),
        (Action("complete"), Rating("Blue", "Complete")),
        (Action("complete", "slow", "over", "high", MAY, JUNE, "Red"), Rating("Blue", "Complete")),
        (Action(baseline="complete"), Rating("Blue", "Complete")),
        (Action(baseline="complete", stated="Amber"), Rating("Blue", "Complete")),
        # Red: past the agreed date, which is the revised one where there is one.
        (replace(STARTED, baseline=MAY), Rating("Red", "Not complete by its agreed date, May 2016")),
        (
            replace(STARTED, baseline=dt.date(2016, 6, 28)),
            Rating("Red", "Not complete by its agreed date, 28 June 2016"),
        ),
        (replace(STARTED, baseline=MAY, concern="slow"), Rating("Red", "Not complete by its agreed date, May 2016")),
        (Action("not started", baseline=MAY), Rating("Red", "Not complete by its agreed date, May 2016")),
        (Action("not started", risk="high", baseline=MAY), Rating("Red", "Not complete by its agreed date, May 2016")),
        (
            replace(STARTED, baseline=SEPTEMBER, revised=MAY),
            Rating("Red", "Not complete by its agreed date, May 2016"),
        ),
        (
            replace(STARTED, baseline="ongoing", revised=MAY),
            Rating("Red", "Not complete by its agreed date, May 2016"),
        ),
        # Red: not started, with a high risk.
        (Action("not started", risk="high", baseline=SEPTEMBER), Rating("Red", "Not started, with a high risk")),
        (Action("not started", risk="high"), Rating("Red", "Not started, with a high risk")),
        # Amber: started with a concern, over its cost, or its date moved later.
        (replace(STARTED, baseline=JUNE, concern="slow"), Rating("Amber", "Concern: slow")),
        (replace(STARTED, baseline=JUNE, cost="over"), Rating("Amber", "Over its cost")),
        (
            replace(STARTED, baseline=JUNE, revised=SEPTEMBER),
            Rating("Amber", "Date moved from June 2016 to September 2016"),
        ),
        (
            replace(STARTED, baseline=MAY, revised=dt.date(2016, 9, 15)),
            Rating("Amber", "Date moved from May 2016 to 15 September 2016"),
        ),
        (
            Action("started", "barrier", "over", None, JUNE, SEPTEMBER),
            Rating("Amber", "Concern: barrier; Over its cost; Date moved from June 2016 to September 2016"),
        ),
        (replace(STARTED, baseline="ongoing", concern="outstanding"), Rating("Amber", "Concern: outstanding")),
        # Green: started, no concern, within date and cost.
        (replace(STARTED, baseline=JUNE, cost="within"), Rating("Green", "Started, no concern, due June 2016")),
        (
            replace(STARTED, baseline=SEPTEMBER, revised=JUNE),
            Rating("Green", "Started, no concern, due June 2016"),
        ),
        (replace(STARTED, baseline=JUNE, revised=JUNE), Rating("Green", "Started, no concern, due June 2016")),
        (replace(STARTED, baseline="ongoing"), Rating("Green", "Started, no concern, ongoing")),
        (STARTED, Rating("Green", "Started, no concern, no date given")),
        (replace(STARTED, baseline="complete"), Rating("Green", "Started, no concern, no date given")),
        (replace(STARTED, baseline=JUNE, risk="high"), Rating("Green", "Started, no concern, due June 2016")),
        # Neither: not started, not due, no high risk.
        (Action("not started", baseline=JUNE), Rating(None, "Not started, not yet due")),
        (Action("not started", "slow", "over", "low", JUNE, SEPTEMBER), Rating(None, "Not started, not yet due")),
        (Action("not started", baseline="ongoing"), Rating(None, "Not started, ongoing")),
        (Action("not started", risk="medium"), Rating(None, "Not started, no date given")),
    ],
)
def test_by_status_concern_and_dates(action: Action, expected: Rating) -> None:
    assert rate(action, AS_AT) == expected
    assert rate(replace(action, stated=action.stated or "Green"), AS_AT) == expected


OFFICERS = "As rated by the officer: no status is given"
LATE = Rating("Red", "Not complete by its agreed date, May 2016: no status says that it is")


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (Action(stated="Green", baseline=JUNE), Rating("Green", OFFICERS)),
        (Action(stated="Amber", baseline=JUNE), Rating("Amber", OFFICERS)),
        (Action(stated="Red", baseline=JUNE), Rating("Red", OFFICERS)),
        (Action(stated="Green", baseline="ongoing"), Rating("Green", OFFICERS)),
        (Action(stated="Green"), Rating("Green", OFFICERS)),
        # Blue says that it is complete, which no date contradicts.
        (Action(stated="Blue", baseline=JUNE), Rating("Blue", f"Complete, {OFFICERS[0].lower()}{OFFICERS[1:]}")),
        (Action(stated="Blue", baseline=MAY), Rating("Blue", f"Complete, {OFFICERS[0].lower()}{OFFICERS[1:]}")),
        (Action(stated="Blue", baseline="complete"), Rating("Blue", "Complete")),
        # But never better than the dates allow.
        (Action(stated="Green", baseline=MAY), LATE),
        (Action(stated="Amber", baseline=MAY), LATE),
        (Action(stated="Red", baseline=MAY), LATE),
        (Action(baseline=MAY), LATE),
        (
            Action(stated="Green", baseline=JUNE, revised=SEPTEMBER),
            Rating("Amber", "Date moved from June 2016 to September 2016"),
        ),
        (Action(stated="Amber", baseline=JUNE, revised=SEPTEMBER), Rating("Amber", OFFICERS)),
        (Action(stated="Red", baseline=JUNE, revised=SEPTEMBER), Rating("Red", OFFICERS)),
        (Action(stated="Green", concern="slow"), Rating("Amber", "Concern: slow")),
        (Action(stated="Green", cost="over"), Rating("Amber", "Over its cost")),
        (Action(stated="Green", risk="high", baseline=JUNE), Rating("Green", OFFICERS)),
        (Action(baseline=JUNE), Rating(None, "No status and no rating is given", known=False)),
        (Action(), Rating(None, "No status and no rating is given", known=False)),
    ],
)
def test_without_a_status_the_officers_rating_stands(action: Action, expected: Rating) -> None:
    assert rate(action, AS_AT) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2016, 6, 29), "Green"),
        (dt.date(2016, 6, 30), "Green"),
        (dt.date(2016, 7, 1), "Red"),
        (dt.date(2016, 7, 12), "Red"),
    ],
)
def test_the_last_day_of_the_month_is_still_within_it(day: dt.date, expected: str) -> None:
    assert rate(replace(STARTED, baseline=JUNE), day).rating == expected
    assert rate(replace(STARTED, baseline=dt.date(2016, 6, 30)), day).rating == expected


def test_ongoing_work_is_never_overdue() -> None:
    assert rate(replace(STARTED, baseline="ongoing"), dt.date(2099, 12, 31)).rating == "Green"


@pytest.mark.parametrize(
    ("day", "expected"), [(MonthEnd(2016, 9, 30), "September 2016"), (dt.date(2016, 9, 3), "3 September 2016")]
)
def test_dates_in_words(day: dt.date, expected: str) -> None:
    assert date_words(day) == expected


BASELINES = (None, "ongoing", "complete", dt.date(2016, 6, 28), AS_AT, dt.date(2016, 9, 30))
COMBINATIONS = list(
    itertools.product(
        (None, "not started", "started", "complete"),
        (None, "slow"),
        (None, "within", "over"),
        (None, "low", "medium", "high"),
        BASELINES,
        (None, dt.date(2016, 6, 1), AS_AT, dt.date(2016, 10, 1)),
        (None, "Blue", "Green", "Amber", "Red"),
    )
)


def by_the_key(action: Action) -> str | None:
    """The rating by the key as the paper prints it, written from the worst to the best."""
    status, revised, baseline = action.status, action.revised, action.baseline
    says_complete = (
        status == "complete"
        or (status is None and "complete" in (baseline,))
        or (status is None and action.stated == "Blue")
    )
    day = revised if revised is not None else baseline if isinstance(baseline, dt.date) else None
    late = day is not None and AS_AT.toordinal() > day.toordinal()
    moved = revised is not None and isinstance(baseline, dt.date) and (revised - baseline).days > 0
    troubled = bool(action.concern) or action.cost == "over" or moved
    if says_complete:
        return "Blue"
    if late:
        return "Red"
    if status == "not started":
        return "Red" if action.risk == "high" else None
    if status == "started":
        return "Amber" if troubled else "Green"
    worst = {"Red": 3, "Amber": 2, "Green": 1}
    if action.stated is None:
        return None
    allowed = "Amber" if troubled else "Green"
    return max(action.stated, allowed, key=worst.__getitem__)


def test_every_combination() -> None:
    assert len(COMBINATIONS) == 11_520
    wrong = [c for c in COMBINATIONS if rate(Action(*c), AS_AT).rating != by_the_key(Action(*c))]
    assert wrong == []


def test_every_rating_has_a_reason_and_only_an_unknown_one_lacks_more() -> None:
    for combination in COMBINATIONS:
        action = Action(*combination)
        found = rate(action, AS_AT)
        assert found.reason and not found.reason.endswith(".")
        assert found.known or (action.status is None and action.stated is None and found.rating is None)


def test_a_later_day_makes_no_rating_better() -> None:
    order = {"Blue": 0, None: 1, "Green": 1, "Amber": 2, "Red": 3}
    for combination in COMBINATIONS:
        action = Action(*combination)
        now, later = rate(action, AS_AT).rating, rate(action, dt.date(2016, 7, 12)).rating
        assert order[later] >= order[now]
