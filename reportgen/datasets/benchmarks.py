"""Published comparators: numbers and rates of looked after children by year, for England, regions and authorities."""

from __future__ import annotations

from typing import Any

from reportgen.cells.kinds import Category, Published, ReportingYear, Text
from reportgen.datasets.base import Dataset, Field, Rule
from reportgen.model import Children, Unit

LEVELS = {"national": (), "regional": ("region",), "local authority": ("la",)}
POPULATION_TYPES = {
    "looked after": ("children looked after on 31 march each year", "children looked after at 31 march each year"),
    "starting": ("children starting to be looked after each year",),
    "ceasing": ("children ceasing to be looked after each year",),
}
WHOSE = ("time_period", "population_type", "geographic_level", "region_code", "new_la_code")


def once(frame: Any) -> Any:
    """A boolean series: whether no row above is of the same year, kind of population and place."""
    return ~frame.duplicated([column for column in WHOSE if column in frame])


def placed(frame: Any) -> Any:
    """A boolean series: whether each row has the code of its region or authority, as its level asks."""
    lacks_region = frame["geographic_level"].ne("national") & frame["region_code"].isna()
    return ~(lacks_region | (frame["geographic_level"].eq("local authority") & frame["new_la_code"].isna()))


DATASET = Dataset(
    name="benchmarks",
    title="Published comparators",
    about="Numbers and rates of looked after children by year as the Department for Education publishes them, in a "
    "file that is taken as it comes. It may stand in inputs/shared/, which serves all authorities.",
    fields=(
        Field("time_period", ReportingYear(), about="The year, which ends on 31 March.", example="2024"),
        Field(
            "time_identifier",
            Category("a kind of year", {"reporting year": ()}, "unknown-time-identifier"),
            required=False,
            about="What kind of year it is.",
            example="Reporting year",
        ),
        Field(
            "geographic_level",
            Category("a geographic level", LEVELS, "unknown-geographic-level"),
            about="Whether the row is of England, a region or an authority.",
            example="Local authority",
        ),
        Field("country_code", Text(), required=False, blank=True, about="The country's code.", example="E92000001"),
        Field("country_name", Text(), required=False, blank=True, about="The country.", example="England"),
        Field("region_code", Text(), blank=True, about="The region's code.", example="E12000006"),
        Field("region_name", Text(), blank=True, about="The region.", example="East of England"),
        Field("old_la_code", Text(), blank=True, about="The authority's code of three digits.", example="873"),
        Field("la_name", Text(), blank=True, about="The authority.", example="Cambridgeshire"),
        Field("new_la_code", Text(), blank=True, about="The authority's code.", example="E10000003"),
        Field(
            "population_type",
            Category("a kind of population", POPULATION_TYPES, "unknown-population-type"),
            about="Which children are counted.",
            example="Children looked after on 31 March each year",
        ),
        Field(
            "population_estimate",
            Published(),
            about="The population under 18.",
            example="139,420",
        ),
        Field(
            "children_count",
            Published(),
            about="The number of children; those of regions and England are rounded to the nearest ten.",
            example="631",
        ),
        Field(
            "rate_per_10000",
            Published("a rate, or one of c, k, low, u, x and z", Unit.PER_10000, whole=False),
            about="The number per 10,000 of the population. It is worked out again from the two.",
            example="45",
        ),
    ),
    rules=(
        Rule(
            "population_type",
            once,
            "duplicate",
            "the only one of its year and place",
            "Take the file again as it was published, or take one of the rows out.",
        ),
        Rule(
            "geographic_level",
            placed,
            "place-without-code",
            "a level with the code of its region or authority beside it",
            "Take the file again as it was published.",
        ),
    ),
    children=Children(others=("population_estimate", "children_count", "rate_per_10000")),
    comparator="time_period",
    shared=True,
)
