"""What the inputs state against what was computed: totals, sums, ratings; by intervals, not tolerances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from reportgen.cells.numbers import magnitude
from reportgen.datasets.base import Dataset
from reportgen.model import Number, Place, Problem, Severity, Unit
from reportgen.table import Stated, Table
from reportgen.trace import Claim, Figure, Selection, add, cell, stated_total, sum_of
from reportgen.trace.primitives import rows_at
from reportgen.wording import SYMBOLS, exact_places, in_words

MOST_CELLS = 8  # that a problem names one by one
SAID_IN_WORDS = ("total-differs", "sum-differs")  # problems whose words name the cells already
SCALES = {
    Unit.MONEY: Fraction(1, 100),
    Unit.MONEY_PER_WEEK: Fraction(1, 100),
    Unit.PERCENT: Fraction(100),
    Unit.POINTS: Fraction(100),
}


def reconcile(tables: Mapping[str, Table], datasets: Mapping[str, Dataset], claims: Iterable[Claim]) -> list[Problem]:
    """A warning for every claim of the sheets, or of those given, that the figures contradict."""
    return [disagreement(claim) for claim in contradicted(tables, datasets, claims)]


def contradicted(tables: Mapping[str, Table], datasets: Mapping[str, Dataset], claims: Iterable[Claim]) -> list[Claim]:
    """The claims of the sheets, and of those given, that the figures contradict."""
    return [claim for claim in (*stated_claims(tables, datasets), *claims) if not agrees(claim)]


def stated_claims(tables: Mapping[str, Table], datasets: Mapping[str, Dataset]) -> list[Claim]:
    """What the sheets themselves state: totals and subtotals, and columns that are sums of others."""
    return [claim for table in tables.values() for claim in _claims(table, datasets[table.dataset])]


def _claims(table: Table, dataset: Dataset) -> Iterator[Claim]:
    yield from (_total(table, stated) for stated in table.stated if table.columns[stated.column].kind.adds_up)
    yield from _sums(table, dataset)


def agrees(claim: Claim) -> bool:
    """Whether the interval that the stated value stands for meets that of the computed one; words must be the same.

    What wasn't stated, or can't be computed for want of a value, contradicts nothing.
    """
    stated, computed = claim.stated, claim.computed
    if stated.value is None or (computed.value is None and computed.symbol in ("x", "c")):
        return True
    if claim.gap is None:
        return stated.value == computed.value
    (low, high), (least, most) = stated.interval, computed.interval
    return low <= most and least <= high


def _total(table: Table, stated: Stated) -> Claim:
    """A totals row's value as a claim: of what it may cover the first that agrees, else the most likely."""
    claims = [_covering(table, stated, rows) for rows in (stated.rows, *stated.others)]
    return next((claim for claim in claims if agrees(claim)), claims[0])


def _covering(table: Table, stated: Stated, rows: tuple[int, ...]) -> Claim:
    """A totals row's value as a claim: some rows add up to it."""
    computed = sum_of(Selection(table, stated.column, rows_at(rows)), "sum")
    if computed.value is None and not computed.symbol:
        computed = replace(computed, value=0)  # a formula's sum of blanks is zero, and right
    label = f' "{stated.label}"' if stated.kind == "subtotal" else ""
    what = f"the {stated.kind}{label} of {_words(stated.column)}{_of_which(table, stated)}"
    computed = replace(computed, how=_sum_of(computed))
    return Claim("total-differs", what, stated_total(table, stated), computed, place=stated.place)


def _of_which(table: Table, stated: Stated) -> str:
    """What all rows of a total have in common and other rows of the table have not: the part of the key that it is of.

    Only a table whose key is made of several columns has such totals, one for each year for example.
    """
    shared = []
    for name in table.key if len(table.key) > 1 else ():
        values, known = table.values(name), table.known(name)
        if len({values[row] for row in stated.rows if known[row]}) == 1 < len(set(values[known])):
            shared.append(in_words(values[stated.rows[0]], table.columns[name].unit))
    # A total of a single row has all of the row's key.
    return f" for {', '.join(shared[: len(table.key) - 1])}" if shared else ""


def _sums(table: Table, dataset: Dataset) -> Iterator[Claim]:
    """The columns that a sheet states as sums of others, row by row."""
    for column, parts in dataset.sums:
        if not all(table.has(name) for name in (column, *parts)):
            continue
        for row in range(len(table)):
            computed = add(*(cell(table, part, row) for part in parts))
            computed = replace(computed, how=_sum_of(computed))
            yield Claim("sum-differs", f"the {_words(column)}", cell(table, column, row), computed)


def _sum_of(figure: Figure) -> str:
    """What a sum was made of: the addresses of cells on the sheet that states it."""
    return f"the sum of {', '.join(cells.address for cells in figure.counted()) or 'no rows'}"


def _words(column: str) -> str:
    return column.replace("_", " ")


def disagreement(claim: Claim) -> Problem:
    """A claim that is contradicted as a warning: both places, and the amount where they are numbers."""
    stated, computed = claim.stated, claim.computed
    where = claim.place or next(_places(stated))
    said = claim.code in SAID_IN_WORDS
    also = () if said else islice((place for place in _places(computed) if place != where), MOST_CELLS)
    worked = _shown(computed)
    if claim.gap is not None:
        amount = exactly(magnitude(claim.gap), stated.unit)
        expected = f"{claim.what} to be {worked}, {computed.how}"
        remedy = f"They differ by {amount}. Correct the one that is wrong: the paper goes by what it has worked out."
    else:
        expected = f"{claim.what} to be {worked}"
        remedy = f"{claim.reason}. The paper prints both; correct the cell, or what the other rests on."
    return Problem(claim.code, where, expected, _shown(stated), remedy, Severity.WARNING, tuple(also))


def _places(figure: Figure) -> Iterator[Place]:
    """The cells of a figure, one by one."""
    for cells in figure.counted():
        for row in range(cells.first_row, cells.last_row + 1):
            yield Place(cells.file, cells.sheet, row, cells.column)


def _shown(figure: Figure) -> str:
    if isinstance(figure.value, (int, Fraction)):
        return exactly(figure.value, figure.unit)
    if figure.value is None:
        return f"[{figure.symbol}] {SYMBOLS[figure.symbol]}" if figure.symbol else "blank"
    return in_words(figure.value, figure.unit)


def exactly(value: Number, unit: Unit) -> str:
    """A number in words with as many decimals as it has, six at most, so that a small difference shows."""
    places = exact_places(value * SCALES.get(unit, 1), 6)
    places = 6 if places is None else places
    return in_words(value, unit, places=2 if places == 1 and unit in (Unit.MONEY, Unit.MONEY_PER_WEEK) else places)
