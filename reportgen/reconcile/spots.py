"""The single numbers of the inputs: which of them a claim rests on, and the tables with some of them altered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reportgen.cells.kinds import Count, Money, Quantity
from reportgen.model import Number, Place, Unit
from reportgen.table import Table
from reportgen.trace import Claim, Figure, cell, stated_total

Tables = Mapping[str, Table]


@dataclass(frozen=True, order=True)
class Spot:
    """One number of a dataset's sheet: a column's value in a row, by position from 0.

    Where it is `stated` it is a total of that column, and `row` its position among the totals that the sheet states.
    """

    dataset: str
    column: str
    row: int
    stated: bool = False


def rests_on(claim: Claim, tables: Tables) -> frozenset[Spot]:
    """The numbers of the inputs that a claim states or that its computed value was made from."""
    return frozenset(
        (*_numbers(claim.stated, tables), *_numbers(claim.computed, tables), *_total_at(claim.place, tables))
    )


def _numbers(figure: Figure, tables: Tables) -> Iterator[Spot]:
    """The numbers in the rows that a figure counts, each once or more."""
    seen: set[int] = set()
    waiting = [figure]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        waiting += one.parts
        for selection in one.selections:
            for column in _read_columns(selection.table, selection.column):
                if selection.table.dataset in tables:
                    yield from _in_column(tables[selection.table.dataset], column, map(int, selection.rows))


def _read_columns(table: Table, column: str) -> Iterator[str]:
    """The column itself, or those that it was derived from."""
    origin = table.columns[column]
    if not origin.derived_from:
        yield column
    for name in origin.derived_from:
        yield from _read_columns(table, name)


def _in_column(table: Table, column: str, rows: Iterator[int]) -> Iterator[Spot]:
    if not isinstance(table.columns[column].kind, (Count, Money, Quantity)):
        return
    known = table.frame[column].notna().to_numpy()
    values = table.frame[column].to_numpy(dtype=object)
    yield from (Spot(table.dataset, column, row) for row in rows if known[row] and not isinstance(values[row], str))


def _total_at(place: Place | None, tables: Tables) -> Iterator[Spot]:
    """The stated total that stands at a place."""
    for table in tables.values():
        for number, stated in enumerate(table.stated):
            if stated.place == place:
                yield Spot(table.dataset, stated.column, number, stated=True)


def figure_at(tables: Tables, spot: Spot) -> Figure:
    """The number as a figure, with its unit and how far it may be off."""
    table = tables[spot.dataset]
    return stated_total(table, table.stated[spot.row]) if spot.stated else cell(table, spot.column, spot.row)


def place_of(tables: Tables, spot: Spot) -> Place:
    """The cell that holds the number."""
    table = tables[spot.dataset]
    return table.stated[spot.row].place if spot.stated else table.place(spot.column, spot.row)


def step(tables: Tables, spot: Spot) -> Number:
    """The smallest difference that the number's cell could show, at least a penny of money and one of a count."""
    figure = figure_at(tables, spot)
    low, high = figure.interval
    shown = high - low or 1
    return shown if figure.unit not in (Unit.MONEY, Unit.COUNT) else max(int(shown), 1)


def altered(tables: Tables, values: Mapping[Spot, Number]) -> dict[str, Table]:
    """The tables with other numbers in some spots; the given ones stay as they are."""
    made = dict(tables)
    for dataset, column, stated in sorted({(spot.dataset, spot.column, spot.stated) for spot in values}):
        chosen = {s.row: v for s, v in values.items() if (s.dataset, s.column, s.stated) == (dataset, column, stated)}
        table = made[dataset]
        if stated:
            totals = (replace(t, value=int(chosen.get(n, t.value))) for n, t in enumerate(table.stated))
            made[dataset] = replace(table, stated=tuple(totals))
        else:
            made[dataset] = table.with_values(column, chosen)
    return made
