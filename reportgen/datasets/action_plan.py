"""The action plan: actions by outcome, with what BRAG needs to rate them."""

from __future__ import annotations

from reportgen.cells.kinds import Category, Code, Date, Text
from reportgen.datasets.base import Dataset, Field
from reportgen.model import Unit

RATINGS = {"Blue": ("b", "complete"), "Red": ("r",), "Amber": ("a",), "Green": ("g",)}
STATUSES = {
    "not started": ("not begun", "not yet started", "to start"),
    "started": ("in progress", "under way", "underway", "ongoing", "on-going", "begun"),
    "complete": ("completed", "done", "finished", "closed"),
}
DEADLINE_WORDS = {"ongoing": ("on-going", "on going", "continuous"), "complete": ("completed", "done")}

DATASET = Dataset(
    name="action_plan",
    title="Action plan",
    about="Actions by outcome with status, concern and dates, from which the BRAG ratings are computed.",
    fields=(
        Field(
            "outcome",
            Code("an outcome number", r"(?:outcome\s+)?(\d+)\b.*"),
            ("outcome area",),
            carried=True,
            about="The outcome's number, with or without its title; merged or written once for the rows below it.",
        ),
        Field(
            "ref",
            Code(),
            ("reference", "ref no", "no", "action ref"),
            about="The action's reference, such as 2.1.",
        ),
        Field("action", Text(), ("workstream", "action required"), about="What is to be done."),
        Field(
            "progress",
            Text(),
            ("progress note", "what was done", "update", "progress update"),
            required=False,
            blank=True,
            about="The officer's note of what was done; the paper quotes it as it stands.",
        ),
        Field("lead", Text(), ("lead officer", "owner"), required=False, blank=True, about="Who leads."),
        Field(
            "status",
            Category("status", STATUSES, "unknown-status"),
            ("progress status",),
            blank=True,
            about="Where it has no status, the officer's rating stands, but never better than the dates allow.",
        ),
        Field(
            "concern",
            Text(),
            ("concerns", "issue", "barrier", "concern or barrier"),
            blank=True,
            about="Slow progress, an outstanding action, a barrier, a risk to the date: in words.",
        ),
        Field(
            "cost",
            Category(
                "cost status",
                {"within": ("within cost", "on budget", "yes"), "over": ("over cost", "over budget", "no")},
                "unknown-cost",
            ),
            ("cost within baseline", "cost"),
            required=False,
            blank=True,
            about="Whether the cost is within its baseline.",
        ),
        Field(
            "risk",
            Category("risk", {"high": ("h",), "medium": ("m", "med"), "low": ("l",)}, "unknown-risk"),
            ("risk level",),
            required=False,
            blank=True,
            about="The risk of an action that has not started.",
        ),
        Field(
            "baseline",
            Date("a completion date, Ongoing or Complete", DEADLINE_WORDS),
            ("completion", "completion date", "baseline completion", "due", "due date", "target date"),
            blank=True,
            about="The date first agreed; a month stands for its last day.",
        ),
        Field(
            "revised",
            Date(),
            ("revised completion", "revised date", "revised completion date"),
            required=False,
            blank=True,
            about="The date agreed since, if any.",
        ),
        Field(
            "stated_rating",
            Category("BRAG rating", RATINGS, "unknown-rating", Unit.RATING),
            ("brag", "brag rating", "rating", "brag status", "rag"),
            required=False,
            blank=True,
            about="The officer's own rating; a difference from the computed one is reported.",
        ),
        Field(
            "stated_reason",
            Text(),
            ("reason", "reason for rating", "brag reason"),
            required=False,
            blank=True,
            about="The officer's reason for it.",
        ),
    ),
    key=("ref",),
    refers={"outcome": ("outcomes", "outcome")},
)
