"""Placements of looked after children: a row a kind of placement with its count, or a row a child."""

from __future__ import annotations

from reportgen.cells.kinds import Category, Code, Count, Date, Money
from reportgen.datasets.base import Dataset, Field
from reportgen.model import Children, Unit

# The Department for Education's placement codes, with the words of its return and those of case systems.
TYPES = {
    "foster placement with relative or friend": (
        "U1", "U2", "U3", "relative or friend", "kinship care", "connected carer", "family and friends",
    ),
    "foster placement with other carer": (
        "U4", "U5", "U6", "placement with other foster carer", "other foster carer", "foster care", "fostering",
    ),
    "placed for adoption": ("A3", "A4", "A5", "A6", "adoption"),
    "placed with own parents": (
        "P1", "placed with own parents or person with parental responsibility", "placed with parents", "own parents",
    ),
    "independent living": (
        "P2", "independent living , e.g. in flat, lodgings, bedsit, b&b or with friends, with",
        "independent living, e.g. in flat, lodgings, bedsit, b&b or with friends", "independence",
    ),
    "residential employment": ("P3",),
    "secure children's home": ("K1", "secure", "secure unit"),
    "children's home": (
        "K2", "homes & hostels subject to children's homes regulations", "homes and hostels", "residential",
    ),
    "supported accommodation": ("K3", "semi-independence", "registered supported accommodation"),
    "residential accommodation not subject to children's homes regulations": (
        "H5", "residential accommodation not subject to children's homes regulation",
    ),
    "residential care home": ("R1",),
    "NHS or health trust establishment": (
        "R2", "residential setting:-nhs/health trust estab medical or nursing", "hospital",
    ),
    "family centre or mother and baby unit": (
        "R3", "residential setting:- family centre or mother and baby unit", "mother and baby unit", "family centre",
    ),
    "young offender institution": ("R5", "yoi", "prison"),
    "residential school": (
        "S1", "schools: all residential schools, except where dual-registered as a school", "residential schools",
    ),
    "temporary placement": ("T0", "T1", "T2", "T3", "T4", "temporary move"),
    "short break": ("short breaks", "respite"),
    "other placement": ("Z1", "other"),
}  # fmt: skip
PROVIDERS = {
    "own provision": ("PR1", "in-house", "in house", "la", "own"),
    "another authority": ("PR2", "other authority", "other local authority"),
    "other public provision": ("PR3", "health trust"),
    "private provision": ("PR4", "private", "agency", "ifa", "independent"),
    "voluntary provision": ("PR5", "voluntary", "third sector"),
    "parents": ("PR0", "parents or person with parental responsibility", "none"),
}
LOCATIONS = {
    "inside": ("in la", "in", "inside the authority", "in county", "in borough", "yes"),
    "outside": ("out la", "out", "outside the authority", "out of county", "out of borough", "no"),
}

DATASET = Dataset(
    name="placements",
    title="Placements",
    about="Looked after children by placement: a row a kind of placement with the number of children, or a row a "
    "child, each of which counts as one.",
    fields=(
        Field("placement_type", Category("a placement type", TYPES, "unknown-placement-type"),
              ("type of placement", "placement", "place"), about="The placement.", example="Residential care home"),
        Field("children", Count("a number of children"), ("number", "number of children", "no of children"),
              required=False, about="How many children, where a row isn't one child.", example="291"),
        Field("child", Code("a reference of the child"), ("child id", "case number", "case no", "identifier"),
              required=False, about="The child's reference in the case system. It is compared, never printed.",
              example="A1042"),
        Field("provider", Category("a provider", PROVIDERS, "unknown-provider"),
              ("placement provider", "place provider", "provided by"), required=False, blank=True,
              about="Who provides it. In-house is the authority's own provision; with parents, or blank, it is "
              "neither in-house nor external.", example="In-house"),
        Field("location", Category("inside or outside", LOCATIONS, "unknown-location"),
              ("inside or outside", "in or out", "in county", "in borough"), required=False, blank=True,
              about="Whether the placement is inside the authority.", example="inside"),
        Field("start", Date(), ("start date", "placed on", "placement start", "decom"), required=False, blank=True,
              about="The day that the placement began.", example="14/03/2017"),
        Field("weekly_cost", Money("a weekly cost", Unit.MONEY_PER_WEEK), ("cost per week", "cost a week"),
              required=False, blank=True, about="What the placement costs a week.", example="£1,163.00"),
    ),
    children=Children(counts=("children",), rests={"weekly_cost": "children"}),
    key=("child",),
    label=("placement_type",),
    either=("children", "child"),
    identifies="child",
)  # fmt: skip
