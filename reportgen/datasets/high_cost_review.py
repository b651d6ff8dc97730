"""The review of high cost placements: what moving children on would save."""

from __future__ import annotations

from reportgen.cells.kinds import Count, Date, Money, Text
from reportgen.datasets.base import Dataset, Field
from reportgen.model import Children

DATASET = Dataset(
    name="high_cost_review",
    title="Review of high cost placements",
    about="What a change of placement would save, by kind of change. A potential saving is positive.",
    fields=(
        Field("change", Text(), ("placement change", "kind of change", "type of change"),
              about="From which placement to which.", example="Children's home to foster care"),
        Field("children", Count("a number of children"), ("number of children", "number"),
              about="How many children it concerns.", example="5"),
        Field("saving", Money("a saving"), ("potential saving", "full-year saving"),
              about="The saving of a full year; positive is money saved.", example="582,000"),
        Field("from_date", Date(), ("from", "date of change", "move date"), required=False, blank=True,
              about="The day from which it is saved. Without it the effect in the year is not available.",
              example="01/09/2017"),
        Field("reviews_due", Count("a number of reviews"), ("due", "still to be reviewed"), required=False, blank=True,
              about="How many reviews are still due.", example="2"),
        Field("achieved", Money("a saving"), ("saving achieved", "savings achieved"), required=False, blank=True,
              about="What has been saved so far; positive is money saved.", example="48,500"),
    ),
    children=Children(
        counts=("children", "reviews_due"), rests={"saving": "children", "achieved": "children"}
    ),
    key=("change",),
    label=("change",),
)  # fmt: skip
