"""The action plan: actions by outcome, with what BRAG needs to rate them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reportgen.cells.kinds import Category, Code, Date, Text
from reportgen.datasets.base import Dataset, Field, Rule
from reportgen.model import Unit

RATINGS = {"Blue": ("b", "complete"), "Red": ("r",), "Amber": ("a",), "Green": ("g",)}
STATUSES = {
    "not started": ("not begun", "not yet started", "to start"),
    "started": ("in progress", "under way", "underway", "ongoing", "on-going", "begun"),
    "complete": ("completed", "done", "finished", "closed"),
}
DEADLINE_WORDS = {"ongoing": ("on-going", "on going", "continuous"), "complete": ("completed", "done")}
# A concern makes an action Amber, so a cell that says that there is none must not count as one.
NO_CONCERN = (
    *("none", "no", "n", "nil", "0", "n/a", "na", "not applicable", "-", "--", "nothing to report", "nothing"),
    *("no concern", "no concerns", "no issue", "no issues", "none identified", "none at this time", "none at present"),
    *("no concerns at present", "no issues at present", "no concerns identified", "no issues identified"),
)
FAR_YEARS = 5


def near(frame: Any) -> Any:
    """A boolean series: whether each revised date lies within a few years of the baseline."""
    return frame.apply(lambda row: not _far(row.get("baseline"), row.get("revised")), axis=1)


def _far(baseline: Any, revised: Any) -> bool:
    both = isinstance(baseline, dt.date) and isinstance(revised, dt.date)
    return both and abs(revised.year - baseline.year) > FAR_YEARS


def under_its_outcome(frame: Any) -> Any:
    """A boolean series: whether each reference such as 4.1 stands under outcome 4, where nearly all others do."""
    refs = frame["ref"].str.extract(r"^(\d+)[.]\d", expand=False)
    same = refs.eq(frame["outcome"])
    numbered_so = same.sum() >= max(3, 0.75 * len(frame))
    return same | refs.isna() | frame["outcome"].isna() | (not numbered_so)

DATASET = Dataset(
    name="action_plan",
    title="Action plan",
    about="Actions by outcome with status, concern and dates, from which the BRAG ratings are computed.",
    fields=(
        Field(
            "outcome",
            Code("an outcome number", r"(?:outcome\s+)?([0-9]+)\b.*"),
            ("outcome area",),
            carried=True,
            about="The outcome's number, with or without its title; merged or written once for the rows below it.",
            example="Outcome 2: Risk is managed",
        ),
        Field(
            "ref",
            Code(),
            ("reference", "ref no", "no", "action ref"),
            about="The action's reference, formatted as text.",
            example="2.1",
        ),
        Field(
            "action",
            Text(),
            ("workstream", "action required"),
            about="What is to be done.",
            example="Edge of care services",
        ),
        Field(
            "progress",
            Text(),
            ("progress note", "what was done", "update", "progress update"),
            required=False,
            blank=True,
            about="The officer's note of what was done; the paper quotes it as it stands.",
            example="Group set up",
        ),
        Field(
            "lead",
            Text(),
            ("lead officer", "owner"),
            required=False,
            blank=True,
            about="Who leads.",
            example="Head of Access",
        ),
        Field(
            "status",
            Category("a status", STATUSES, "unknown-status"),
            ("progress status",),
            blank=True,
            about="Where it has no status, the officer's rating stands, but never better than the dates allow.",
            example="Started",
        ),
        Field(
            "concern",
            Text(nothing=NO_CONCERN),
            ("concerns", "issue", "barrier", "concern or barrier"),
            blank=True,
            about="Slow progress, an outstanding action, a barrier, a risk to the date: in words. "
            "Blank, `none` or `n/a` where there is none.",
            example="scope not yet agreed",
        ),
        Field(
            "cost",
            Category(
                "a cost status",
                {"within": ("within cost", "on budget", "yes"), "over": ("over cost", "over budget", "no")},
                "unknown-cost",
            ),
            ("cost within baseline",),
            required=False,
            blank=True,
            about="Whether the cost is within its baseline.",
            example="within",
        ),
        Field(
            "risk",
            Category("a risk", {"high": ("h",), "medium": ("m", "med"), "low": ("l",)}, "unknown-risk"),
            ("risk level",),
            required=False,
            blank=True,
            about="The risk of an action that has not started.",
            example="high",
        ),
        Field(
            "baseline",
            Date("a completion date, Ongoing or Complete", DEADLINE_WORDS),
            ("completion", "completion date", "baseline completion", "due", "due date", "target date"),
            blank=True,
            about="The date first agreed; a month stands for its last day.",
            example="Sept 2016",
        ),
        Field(
            "revised",
            Date(),
            ("revised completion", "revised date", "revised completion date"),
            required=False,
            blank=True,
            about="The date agreed since, if any; a month stands for its last day.",
            example="30/11/2016",
        ),
        Field(
            "stated_rating",
            Category("a BRAG rating", RATINGS, "unknown-rating", Unit.RATING),
            ("brag", "brag rating", "rating", "brag status", "rag"),
            required=False,
            blank=True,
            about="The officer's own rating; a difference from the computed one is reported.",
            example="Amber",
        ),
        Field(
            "stated_reason",
            Text(),
            ("reason", "reason for rating", "brag reason"),
            required=False,
            blank=True,
            about="The officer's reason for it.",
            example="Meeting booked",
        ),
    ),
    key=("ref",),
    rules=(
        Rule(
            "revised",
            near,
            "date-far-off",
            f"a revised date within {FAR_YEARS} years of the baseline",
            "Is the year right? It is taken as it stands.",
            warning=True,
        ),
        Rule(
            "ref",
            under_its_outcome,
            "ref-under-other-outcome",
            "a reference that begins with its outcome's number, as most do",
            "It is counted under the outcome beside it: look whether that label reaches too far.",
            warning=True,
        ),
    ),
    refers={"outcome": ("outcomes", "outcome")},
)
