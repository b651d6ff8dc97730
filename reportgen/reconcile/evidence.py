"""What a dataset's steady ratios say for or against another value of a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reportgen.datasets.base import Dataset, Steady
from reportgen.model import Number, Unit
from reportgen.reconcile.spots import Spot, Tables
from reportgen.table import Table
from reportgen.trace import cell
from reportgen.wording import in_words, joined

MOST_ROWS = 4  # that are quoted, the nearest ones
NEARER = Fraction(2, 3)  # a distance of at most so much of the other speaks for the nearer


@dataclass(frozen=True)
class Evidence:
    """What one ratio says, in words; `speaks` is 1 for the other value, -1 against it, 0 neither way."""

    words: str
    speaks: int


@dataclass(frozen=True)
class _Other:
    """The ratio in another row of the same kind, with what tells the row apart."""

    ratio: Fraction
    along: str


def evidence(tables: Tables, datasets: Mapping[str, Dataset], spot: Spot, value: Number) -> list[Evidence]:
    """What each steady ratio that the number is part of says of another value of it."""
    if spot.stated:
        return []
    table = tables[spot.dataset]
    ratios = (r for r in datasets[spot.dataset].steady if spot.column in (r.dividend, r.divisor))
    return [found for ratio in ratios if (found := _of_ratio(table, ratio, spot, value)) is not None]


def _of_ratio(table: Table, steady: Steady, spot: Spot, value: Number) -> Evidence | None:
    if not all(table.has(name) for name in (steady.dividend, steady.divisor, *steady.by, steady.along)):
        return None
    stands, would = _ratio(table, steady, spot.row), _ratio(table, steady, spot.row, {spot.column: value})
    others = [*_others(table, steady, spot.row)]
    if stands is None or would is None or not others:
        return None
    speaks = _verdict(*(min(abs(other.ratio - ratio) for other in others) for ratio in (stands, would)))
    nearest = sorted(others, key=lambda other: min(abs(other.ratio - stands), abs(other.ratio - would)))[:MOST_ROWS]
    return Evidence(_in_words(table, steady, spot.row, (stands, would), nearest), speaks)


def _ratio(table: Table, steady: Steady, row: int, other: Mapping[str, Number] | None = None) -> Fraction | None:
    """The ratio in a row, with another value of one of its parts perhaps; None where a part is missing or zero."""
    over, under = (
        other[name] if other and name in other else cell(table, name, row).value
        for name in (steady.dividend, steady.divisor)
    )
    if not isinstance(over, (int, Fraction)) or not isinstance(under, (int, Fraction)) or not under:
        return None
    return Fraction(over) / Fraction(under)


def _others(table: Table, steady: Steady, row: int) -> Iterator[_Other]:
    """The other rows of the same kind that have the ratio."""
    kinds = [table.frame[name].to_list() for name in steady.by]
    for at in range(len(table)):
        same = all(kind[at] == kind[row] for kind in kinds)
        ratio = _ratio(table, steady, at) if same and at != row else None
        if ratio is not None:
            yield _Other(ratio, in_words(table.values(steady.along)[at], table.columns[steady.along].unit))


def _verdict(stands: Fraction, would: Fraction) -> int:
    """What the distances to the nearest other row say: 1 for the other value, -1 against it, 0 neither way."""
    if stands == would:
        return 0
    return 1 if would <= stands * NEARER else -1 if stands <= would * NEARER else 0


def _in_words(
    table: Table, steady: Steady, row: int, ratios: tuple[Fraction, Fraction], others: Sequence[_Other]
) -> str:
    unit = table.columns[steady.dividend].unit
    unit = unit if unit is not table.columns[steady.divisor].unit else Unit.COUNT
    kind = joined([in_words(table.values(name)[row], table.columns[name].unit) for name in steady.by])
    stands, would = (in_words(ratio, unit) for ratio in ratios)
    said = joined([f"{in_words(other.ratio, unit)} in {other.along}" for other in others])
    what = f"{_words(steady.dividend)} divided by {_words(steady.divisor)}"
    return f"{what} is {stands} as the cell stands and would be {would}; for {kind} it is {said}"


def _words(column: str) -> str:
    return column.replace("_", " ")
