"""Figures of published comparators: an authority's numbers and rates by year beside its region, neighbours, England."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.figures.base import Circumstances
from reportgen.figures.published import AUTHORITY, NATION, REGION, Published, published
from reportgen.model import Compared, Unit
from reportgen.table import Table
from reportgen.trace import (
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    cell,
    difference,
    given,
    mean,
    number_with_value,
    select,
    text,
    without,
)
from reportgen.wording import SYMBOLS, joined, printable

NEEDS = ("benchmarks",)
# The kinds of population: how the dataset has them, what stands in the names of figures, and in words.
KINDS = (
    ("looked after", "", "children looked after on 31 March"),
    ("starting", "starting_", "children starting to be looked after in the year"),
    ("ceasing", "ceasing_", "children ceasing to be looked after in the year"),
)
WHO = ("own", "region", "neighbours", "england")
MEASURES = {"number": Unit.COUNT, "rate": Unit.PER_10000}
ENGLAND, NEIGHBOURS = "England", "Statistical neighbours"
ROUNDED_NOTE = "The department rounds the numbers of regions and of England to the nearest ten."


@dataclass(frozen=True, eq=False)
class _Place:
    """A place by its name, and the conditions that its rows meet."""

    name: Figure
    where: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class _Places:
    """The authority, its region and its statistical neighbours, and how many of these the settings list."""

    own: _Place
    region: _Place
    neighbours: tuple[_Place, ...]
    listed: Figure


@dataclass(frozen=True, eq=False)
class _Year:
    """A year's numbers and rates: those of the authority, its region and England, and of each neighbour."""

    label: Figure
    own: Published
    region: Published
    england: Published
    neighbours: tuple[Published, ...]

    @property
    def every(self) -> tuple[Published, ...]:
        """All of them."""
        return self.own, self.region, self.england, *self.neighbours

    def of(self, measure: str, who: str) -> Figure:
        """The number or rate of one of WHO; of the neighbours their unweighted mean, where there are any."""
        if who != "neighbours":
            found: Figure = getattr(getattr(self, who), measure)
            return found
        each = [getattr(neighbour, measure) for neighbour in self.neighbours]
        return mean(*each) if each else without(MEASURES[measure], "no statistical neighbours are listed", "x")

    @property
    def rated(self) -> Figure:
        """How many neighbours have a rate."""
        if not self.neighbours:
            return given(0, Unit.COUNT, "no statistical neighbours are listed")
        return number_with_value(*(neighbour.rate for neighbour in self.neighbours))


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The latest numbers and rates with their year, and all years as grids; none where no authority was found."""
    table, compared = tables["benchmarks"], when.compared
    if compared is None or not compared.authority:
        return Found()
    places = _places(table, compared)
    years = sorted({str(year) for year in table.frame["time_period"] if str(year) <= compared.last_year})
    all_series = {key: [_year(table, places, kind, words, year) for year in years] for kind, key, words in KINDS}
    figures = _described(all_series[""], places)
    grids: dict[str, Grid] = {}
    for key, series in all_series.items():
        figures |= _latest(series, key)
        grids |= {name: made for m in MEASURES for name, made in _by_year(series, key, m, places).items()}
    grids["benchmark_neighbours"] = _by_neighbour(all_series[""][-1], places)
    rows = (each for series in all_series.values() for year in series for each in year.every)
    return Found(figures, grids, tuple(row.claim for row in rows if row.claim))


def _places(table: Table, compared: Compared) -> _Places:
    """The places, each by the name that the file's latest year gives it."""

    def place(code: str) -> _Place:
        where = {"geographic_level": AUTHORITY, "new_la_code": code}
        return _Place(_named(table, "la_name", where), where)

    own = place(compared.authority)
    region = {"geographic_level": REGION, "region_code": compared.region}
    listed = given(len(compared.neighbours), Unit.COUNT, f"{compared.listed_in}, neighbours")
    neighbours = tuple(map(place, compared.neighbours))
    return _Places(own, _Place(_named(table, "region_name", own.where), region), neighbours, listed)


def _named(table: Table, column: str, where: Mapping[str, str]) -> Figure:
    """A column's value in the latest of the rows that meet the conditions."""
    rows = select(table, column, **where).rows
    latest = max(rows, key=lambda row: str(table.values("time_period")[row]))
    found = cell(table, column, int(latest), f"{column.replace('_', ' ')} in the latest year of {table.title}")
    return _chosen(found, *where, "time_period")


def _chosen(found: Figure, *by: str) -> Figure:
    """The figure of one cell, with the columns by which its row was chosen."""
    return replace(found, selections=tuple(replace(s, by=by) for s in found.selections))


def _year(table: Table, places: _Places, kind: str, words: str, year: str) -> _Year:
    def of(name: object, where: Mapping[str, str]) -> Published:
        conditions = {"population_type": kind, "time_period": year, **where}
        return published(table, conditions, f"{name}, {words}, {year}")

    first = int(select(table, "time_period", time_period=year).rows[0])
    return _Year(
        _chosen(cell(table, "time_period", first, "reporting year, which ends on 31 March"), "time_period"),
        of(places.own.name.value, places.own.where),
        of(places.region.name.value, places.region.where),
        of(ENGLAND, {"geographic_level": NATION}),
        tuple(of(each.name.value, each.where) for each in places.neighbours),
    )


def _described(series: Sequence[_Year], places: _Places) -> dict[str, Figure]:
    """What the figures are of: the first and latest year, the names, the number of neighbours."""
    return {
        "benchmark_first_year": series[0].label,
        "benchmark_year": series[-1].label,
        "benchmark_authority": places.own.name,
        "benchmark_region": places.region.name,
        "benchmark_neighbours_listed": places.listed,
    }


def _latest(series: Sequence[_Year], key: str) -> dict[str, Figure]:
    """The latest numbers and rates, the first ones and the changes since; how many neighbours have a rate."""
    made: dict[str, Figure] = {}
    for who in WHO:
        for measure in MEASURES:
            name = f"benchmark_{key}{measure}_{who}"
            then = replace(series[0].of(measure, who), name=f"{name}_first")
            now = replace(series[-1].of(measure, who), name=name)
            made |= {now.name: now, then.name: then, f"{name}_change": difference(now, then)}
    return {**made, f"benchmark_{key}neighbours_rated": series[-1].rated}


def _by_year(series: Sequence[_Year], key: str, measure: str, places: _Places) -> dict[str, Grid]:
    """The numbers or rates by year, with how many neighbours have a rate."""
    notes = {"neighbours": _basis(series, places, measure)}
    if measure == "number":
        notes |= {"region": ROUNDED_NOTE, "england": ROUNDED_NOTE}
    own, region = (printable(str(place.name.value)) for place in (places.own, places.region))
    labels = dict(zip(WHO, (own, region, NEIGHBOURS, ENGLAND), strict=True))
    heads = (
        Head("year", "Year", Unit.TEXT, is_label=True),
        *(Head(who, labels[who], MEASURES[measure], note=notes.get(who, "")) for who in WHO),
        Head("neighbours_rated", "Neighbours with a rate", Unit.COUNT),
    )
    rows = tuple(GridRow((year.label, *(year.of(measure, who) for who in WHO), year.rated)) for year in series)
    name = f"benchmark_{key}{measure}s"
    return {name: Grid(name, heads, rows)}


def _basis(series: Sequence[_Year], places: _Places, measure: str) -> str:
    """What the neighbours' mean rests on, in words: all of them, or in which years on how many and without whom."""
    every = len(places.neighbours)
    if not every:
        return "No statistical neighbours are listed."
    counted = f"{every} {'authority' if every == 1 else 'authorities'}"
    return f"{NEIGHBOURS}: the unweighted mean of {'; '.join([counted, *_fewer(series, places, measure)])}."


def _fewer(series: Sequence[_Year], places: _Places, measure: str) -> Iterator[str]:
    """For the years in which the same neighbours lack a value, on how many the mean rests and which these are."""
    years: dict[tuple[str, ...], list[str]] = {}
    for year in series:
        values = [getattr(neighbour, measure) for neighbour in year.neighbours]
        lacking = tuple(
            f"{printable(str(place.name.value))} ({SYMBOLS[figure.symbol or 'x']})"
            for place, figure in zip(places.neighbours, values, strict=True)
            if figure.value is None
        )
        years.setdefault(lacking, []).append(str(year.label.value))
    for without_these, when in years.items():
        if without_these:
            every = len(places.neighbours)
            yield f"in {joined(when)} of {every - len(without_these)}, without {joined(without_these)}"


def _by_neighbour(year: _Year, places: _Places) -> Grid:
    """The latest number and rate of the authority and of each neighbour, with the neighbours' mean."""
    heads = (
        Head("authority", "Authority", Unit.TEXT, is_label=True),
        Head("number", "Number", Unit.COUNT),
        Head("rate", "Rate per 10,000", Unit.PER_10000),
    )
    each = zip((places.own, *places.neighbours), (year.own, *year.neighbours), strict=True)
    rows = [GridRow((place.name, row.number, row.rate)) for place, row in each]
    label = text("Mean of the statistical neighbours", "total row")
    rows.append(GridRow((label, year.of("number", "neighbours"), year.of("rate", "neighbours")), "total"))
    return Grid("benchmark_neighbours", heads, tuple(rows))
