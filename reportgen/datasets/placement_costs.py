"""Cost by placement type, provider and location, with weeks and the average cost a week."""

from __future__ import annotations

from reportgen.cells.kinds import Category, Money, Text, UnitCost, Weeks
from reportgen.datasets.base import Dataset, Field
from reportgen.model import Children, Unit

# The kinds of care that cost calculators tell apart.
TYPES = {
    "Adoption": (),
    "Foster care": ("fostering",),
    "Hospital": (),
    "Independence": ("independent living",),
    "Kinship care": ("family and friends", "connected carer"),
    "Mother and baby": ("mother & baby",),
    "Other": (),
    "Placed with parents": ("parents",),
    "Post adoption": ("post-adoption support",),
    "Residential with education and health": ("res+education+health", "res + educ + health"),
    "Residential": (),
    "Residential with education": ("residential+education", "res + education"),
    "Residential with health": ("residential+health", "res + health"),
    "Secure": (),
    "Semi-independence": ("semi independence",),
    "Treatment foster care": (),
    "Unknown": (),
    "Young offender institution": ("young offenders inst", "yoi"),
}
PROVIDERS = {"LA": ("in-house", "own"), "Agency": ("ifa", "private"), "Parents": (), "N/A": ("not applicable", "none")}
LOCATIONS = {"In LA": ("in", "inside"), "Out LA": ("out", "outside"), "N/A": ("not applicable", "none")}

DATASET = Dataset(
    name="placement_costs",
    title="Cost by placement",
    about="Total cost, weeks and the average cost a week by kind of care, provider and location. A blank is no "
    "placement of that kind.",
    fields=(
        Field("description", Text(), ("placement description",), about="The kind of placement in words.",
              example="Agency Foster Care in LA"),
        Field("type", Category("a kind of care", TYPES, "unknown-kind-of-care"), ("kind of care",),
              about="The kind of care.", example="Foster care"),
        Field("provider", Category("a provider", PROVIDERS, "unknown-provider"), ("provided by",),
              about="Who provides it.", example="Agency"),
        Field("location", Category("a location", LOCATIONS, "unknown-location"),
              about="Whether it is inside the authority.", example="In LA"),
        Field("cost", Money("a total cost"), ("total cost",), blank=True, about="What the placements cost.",
              example="195,227"),
        Field("weeks", Weeks(), ("weeks in placement",), blank=True,
              about="Days in placement divided by 7; shown to one place they tell the days.", example="138.6"),
        Field("average_cost", UnitCost("an average cost a week", Unit.MONEY_PER_WEEK),
              ("average cost per week", "average cost a week", "average weekly cost"), required=False, blank=True,
              about="The stated average; it is tested against cost divided by weeks.", example="1,409"),
    ),
    children=Children(rests={"cost": "", "weeks": "", "average_cost": ""}, weeks="weeks"),
    key=("description",),
    label=("description",),
    totals=("all placement types",),
)  # fmt: skip
