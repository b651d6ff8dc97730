"""Figures of the placement budget: variance by line, year and in total, each split into volume and price."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.figures.base import Circumstances
from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import (
    Claim,
    Figure,
    Found,
    Grid,
    GridRow,
    Head,
    Selection,
    add,
    axis,
    cell,
    difference,
    ratio,
    size,
    slice_of,
    stated_total,
    sum_of,
    text,
    total,
    without,
)
from reportgen.trace.primitives import rows_at
from reportgen.wording import direction

NEEDS = ("placement_budget",)
MEASURES = (
    Head("expected_children", "Expected children", Unit.COUNT),
    Head("budget", "Budget", Unit.MONEY),
    Head("actual_children", "Actual children", Unit.COUNT),
    Head("actual", "Actual", Unit.MONEY),
    Head("variance", "Variance", Unit.MONEY),
    Head("direction", "Over or under", Unit.TEXT),
    Head("variance_share", "Variance, % of budget", Unit.PERCENT),
    Head("budgeted_unit_cost", "Budgeted cost per child", Unit.MONEY),
    Head("actual_unit_cost", "Actual cost per child", Unit.MONEY),
    Head("volume", "Volume", Unit.MONEY),
    Head("volume_direction", "Volume, over or under", Unit.TEXT),
    Head("price", "Price", Unit.MONEY),
    Head("price_direction", "Price, over or under", Unit.TEXT),
)
HEADS = (
    Head("line", "Year and placement type", Unit.TEXT, is_label=True),
    Head("financial_year", "Financial year", Unit.TEXT, is_label=True),
    Head("placement_type", "Placement type", Unit.TEXT, is_label=True),
    *MEASURES,
)
READ = ("expected_children", "budget", "actual_children", "actual")
YEAR = Head("financial_year", "Financial year", Unit.TEXT, is_label=True)


@dataclass(frozen=True, eq=False)
class _Line:
    """A year's line of one placement type, or its total: the measures by key, under the labels of the row."""

    year: str
    kind: str
    labels: tuple[Figure, ...]
    measures: Mapping[str, Figure]

    def cells(self, heads: Iterable[Head] = MEASURES) -> tuple[Figure, ...]:
        """The measures under some heads."""
        return tuple(self.measures[head.key] for head in heads)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Variances in pence and as shares of the budget, and what they are made of; positive is an overspend.

    A variance is actual minus budget. Its volume is the budget times the children over those expected, divided by the
    expected, rounded to the penny; its price is what remains of the variance, so that the two always foot.
    """
    table = tables["placement_budget"]
    years = list(dict.fromkeys(table.frame["financial_year"].dropna()))
    lines = [_line(table, row) for row in range(len(table))]
    by_year = {year: [line for line in lines if line.year == year] for year in years}
    totals = {year: _total(table, year, by_year[year]) for year in years}
    rows = [
        GridRow((*line.labels, *line.cells()), kind, year)
        for year in years
        for kind, of_kind in (("body", by_year[year]), ("total", [totals[year]]))
        for line in of_kind
    ]
    grids = {
        "placement_budget": Grid("placement_budget", HEADS, tuple(rows)),
        "placement_budget_years": _years(totals),
        "placement_budget_gap": _gap(table, by_year, totals),
    }
    return Found(_figures(by_year, totals), grids, tuple(_claims(table, lines)))


def _line(table: Table, row: int) -> _Line:
    """The measures of one row."""
    year, kind = cell(table, "financial_year", row), cell(table, "placement_type", row)
    read = {key: replace(cell(table, key, row), name=key) for key in READ}
    variance = difference(read["actual"], read["budget"])
    more = replace(difference(read["actual_children"], read["expected_children"]), name="children over those expected")
    volume = slice_of(read["budget"], more, read["expected_children"])
    words = f"{year.value} {kind.value}"
    labels = (text(words, "year and placement type", year, kind), year, kind)
    return _Line(str(year.value), str(kind.value), labels, _measured(read, variance, volume))


def _total(table: Table, year: str, lines: Sequence[_Line]) -> _Line:
    """The measures of a year: its lines added up. Where a line can't be split, the year can't be either."""
    read = {key: replace(total(table, key, financial_year=year), name=key) for key in READ}
    variance = difference(read["actual"], read["budget"])
    volumes = [line.measures["volume"] for line in lines]
    unsplit = [volume for volume in volumes if volume.value is None]
    volume = add(*volumes)
    if volume.value is not None and unsplit:
        volume = without(Unit.MONEY, "a line of the year can't be split", "z", *volumes)
    said = lines[0].labels[1]
    labels = (text(f"{year} total", "total of the year", said), said, text("Total", "total of the year"))
    return _Line(year, "", labels, _measured(read, variance, volume))


def _measured(read: Mapping[str, Figure], variance: Figure, volume: Figure) -> dict[str, Figure]:
    """All measures by key, from what was read or added up, the variance and the part of it that is volume."""
    price = difference(replace(variance, name="variance"), replace(volume, name="volume"))
    return {
        **read,
        "variance": variance,
        "direction": _direction(variance),
        "variance_share": ratio(variance, read["budget"]),
        "budgeted_unit_cost": ratio(read["budget"], read["expected_children"], Unit.MONEY),
        "actual_unit_cost": ratio(read["actual"], read["actual_children"], Unit.MONEY),
        "volume": volume,
        "volume_direction": _direction(volume),
        "price": price,
        "price_direction": _direction(price),
    }


def _direction(variance: Figure) -> Figure:
    """Whether a variance is over or under the budget, in a word."""
    if variance.value is None:
        return without(Unit.TEXT, "there is no variance", variance.symbol, variance)
    return text(direction(variance.number, "over", "under", "on budget"), "the sign of the variance", variance)


def _years(totals: Mapping[str, _Line]) -> Grid:
    """The totals of the years, a row a year."""
    rows = (GridRow((line.labels[1], *line.cells())) for line in totals.values())
    return Grid("placement_budget_years", (YEAR, *MEASURES), tuple(rows))


def _gap(table: Table, by_year: Mapping[str, Sequence[_Line]], totals: Mapping[str, _Line]) -> Grid:
    """The variances by year and placement type, a column a type that has a row, and in total."""
    held = {line.kind for lines in by_year.values() for line in lines}
    parts = [part for part in axis(table, "placement_type").parts if part.value in held]
    heads = [Head(_key(str(part.value)), str(part.label.value), Unit.MONEY) for part in parts]
    rows = []
    for year, lines in by_year.items():
        own = {line.kind: line.measures["variance"] for line in lines}
        none = without(
            Unit.MONEY, "the year has no such line", "z", *(label for line in lines for label in line.labels)
        )
        cells = (own.get(str(part.value), none) for part in parts)
        rows.append(GridRow((totals[year].labels[1], *cells, totals[year].measures["variance"])))
    return Grid("placement_budget_gap", (YEAR, *heads, Head("total", "Total", Unit.MONEY)), tuple(rows))


def _figures(by_year: Mapping[str, Sequence[_Line]], totals: Mapping[str, _Line]) -> dict[str, Figure]:
    """The measures of the latest and the first year, in total and by placement type, under names for texts."""
    figures: dict[str, Figure] = {}
    said = tuple(line.labels[1] for line in totals.values())
    ends = {"latest": max(totals, default=""), "first": min(totals, default="")}
    for when, year in ends.items():
        if not year:
            continue
        lines = {"": totals[year], **{f"{_key(line.kind)}_": line for line in by_year[year]}}
        figures[f"{when}_budget_year"] = replace(totals[year].labels[1], chosen_by=said)
        for prefix, line in lines.items():
            for key, figure in line.measures.items():
                figures[f"{when}_{prefix}{key}"] = replace(figure, chosen_by=(*figure.chosen_by, *said))
    return figures


def _key(kind: str) -> str:
    return kind.lower().replace(" ", "_").replace("-", "_")


def _claims(table: Table, lines: Sequence[_Line]) -> Iterator[Claim]:
    """The variances that the source states, whose size is tested: those of lines and those of totals rows."""
    if not table.has("stated_variance"):
        return
    for row, line in enumerate(lines):
        what = f"the size of the variance of {line.kind} in {line.year}"
        yield _claim(what, cell(table, "stated_variance", row), line.measures["variance"])
    for stated in table.stated:
        if stated.column == "stated_variance":
            actual, budget = (sum_of(Selection(table, key, rows_at(stated.rows)), key) for key in ("actual", "budget"))
            years = {lines[row].year for row in stated.rows}
            of_year = f" in {years.pop()}" if len(years) == 1 else ""
            claim = _claim(
                f"the size of the total variance{of_year}", stated_total(table, stated), difference(actual, budget)
            )
            yield replace(claim, place=stated.place)


def _claim(what: str, stated: Figure, variance: Figure) -> Claim:
    computed = replace(size(variance), how="actual minus budget without its sign")
    return Claim("variance-differs", what, size(stated), computed)
