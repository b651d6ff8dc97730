"""A file of published comparators as the Department for Education writes them, of made-up places, made in place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HEADINGS = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code"),
    *("region_name", "old_la_code", "la_name", "new_la_code", "population_type", "population_estimate"),
    *("children_count", "rate_per_10000"),
)
LOOKED_AFTER = "Children looked after on 31 March each year"
STARTING = "Children starting to be looked after each year"
CEASING = "Children ceasing to be looked after each year"
REGION = ("E12000901", "South Country")
OTHER_REGION = ("E12000902", "North Country")
# Old code, name, code: as the department writes them, some with the kind of council behind a comma.
BARSETSHIRE = ("981", "Barsetshire", "E10000901")
LOAMSHIRE = ("982", "Loamshire", "E10000902")
BORSETSHIRE = ("983", "Borsetshire, County of", "E06000903")
MIDSOMER = ("984", "Midsomer", "E06000904")
# By place and year: population, children looked after, rate, each worked out by hand. Of Loamshire's, 500 in 80,000
# and the next but one are halves. The region's 3,150 of 2023 were 3,147 before they were rounded: 52 and not 53.
NUMBERS: dict[str, dict[str, tuple[object, object, object]]] = {
    "England": {
        "2021": (12_000_000, 80_400, 67), "2022": (12_000_000, 81_600, 68), "2023": (12_000_000, 82_800, 69),
        "2024": (12_000_000, 84_000, 70), "2025": (12_000_000, 85_200, 71),
    },
    "South Country": {
        "2021": (600_000, 3_000, 50), "2022": (600_000, 3_060, 51), "2023": (600_000, 3_150, 52),
        "2024": (600_000, 3_240, 54), "2025": (600_000, 3_300, 55),
    },
    "North Country": dict.fromkeys(("2021", "2022", "2023", "2024", "2025"), (400_000, 2_000, 50)),
    "Barsetshire": {
        "2021": (120_000, 600, 50), "2022": (121_000, 620, 51), "2023": (122_000, 653, 54),
        "2024": (123_000, 677, 55), "2025": (124_000, 700, 56),
    },
    "Loamshire": {
        "2021": (80_000, 500, 63), "2022": (80_000, 508, 64), "2023": (80_000, 520, 65), "2024": (80_000, 524, 66),
        "2025": (80_000, 528, 66),
    },
    "Borsetshire, County of": {
        "2021": (50_000, "c", "c"), "2022": (50_000, 200, 40), "2023": ("x", "z", "z"), "2024": (50_000, 210, 42),
        "2025": (50_000, 215, 43),
    },
    "Midsomer": {
        "2021": (40_000, 100, 25), "2022": (40_000, "u", "u"), "2023": (40_000, 104, 26), "2024": (40_000, 108, 27),
        "2025": (40_000, 1, "k"),
    },
}  # fmt: skip
YEARS = ("2025", "2024", "2023", "2022", "2021")

Row = list[Any]


def rows(years: Sequence[str] = YEARS) -> list[Row]:
    """The rows below the headings: by year, latest first, England, regions, authorities, each kind of population."""
    found: list[Row] = []
    for year in years:
        for place in (None, REGION, OTHER_REGION):
            name = place[1] if place else "England"
            found += _kinds([year, "Reporting year", "Regional" if place else "National"], place, None, name, year)
        for authority in (BARSETSHIRE, LOAMSHIRE, BORSETSHIRE, MIDSOMER):
            region = OTHER_REGION if authority is MIDSOMER else REGION
            found += _kinds([year, "Reporting year", "Local authority"], region, authority, authority[1], year)
    return found


def _kinds(
    start: Row, region: tuple[str, str] | None, authority: tuple[str, str, str] | None, name: str, year: str
) -> list[Row]:
    place: Row = ["E92000001", "England", *(region or (None, None)), *(authority or (None, None, None))]
    population, children, rate = NUMBERS[name][year]
    ceasing, starting = (200, 180) if authority or region else (3000, 2700)
    numbers = {
        CEASING: _per(population, ceasing),
        LOOKED_AFTER: (population, children, rate),
        STARTING: _per(population, starting),
    }
    return [[*start, *place, kind, *numbers[kind]] for kind in numbers]


def _per(population: object, children: int) -> tuple[object, object, object]:
    """Population, children and their rate by whole numbers alone, halves up."""
    if not isinstance(population, int):
        return population, "z", "z"
    return population, children, (2 * 10_000 * children + population) // (2 * population)


def text(years: Sequence[str] = YEARS, alter: Callable[[list[Row]], object] | None = None) -> str:
    """The file's text; `alter` may change its rows."""
    made = rows(years)
    if alter:
        alter(made)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADINGS, *made])
    return out.getvalue()


def write(path: Path, years: Sequence[str] = YEARS, alter: Callable[[list[Row]], object] | None = None) -> None:
    """Nothing: the file stands there, with the mark at its beginning that the department's has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(years, alter), encoding="utf-8-sig")


def column(name: str) -> int:
    """The position of a heading from 0."""
    return HEADINGS.index(name)


def at(made: list[Row], year: str, place: str, kind: str = LOOKED_AFTER) -> Row:
    """The one row of a year, a place by its name, and a kind of population."""
    names = ("la_name", "region_name", "country_name")
    (found,) = (
        row
        for row in made
        if row[0] == year
        and row[column("population_type")] == kind
        and next(row[column(name)] for name in names if row[column(name)]) == place
    )
    return found
