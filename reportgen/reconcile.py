"""What the inputs state against what was computed: totals, sums, ratings; by intervals, not tolerances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np

from reportgen.cells.numbers import magnitude
from reportgen.datasets.base import Dataset
from reportgen.model import Place, Problem, Severity, Unit
from reportgen.table import Stated, Table
from reportgen.trace import Claim, Figure, Selection
from reportgen.wording import in_words


def reconcile(
    tables: Mapping[str, Table], datasets: Mapping[str, Dataset], claims: Iterable[Claim]
) -> list[Problem]:
    """A warning for every claim that the figures contradict, with both places and the amount."""
    stated = [
        claim
        for table in tables.values()
        for claim in (*_totals(table), *_sums(table, datasets[table.dataset]))
    ]
    return [_disagreement(claim) for claim in (*stated, *claims) if not agrees(claim)]


def agrees(claim: Claim) -> bool:
    """Whether the interval that the stated value stands for meets that of the computed one; words must be the same."""
    stated, computed = claim.stated.value, claim.computed.value
    if stated is None and claim.stated.unit is not Unit.RATING:
        return True
    if isinstance(stated, (int, Fraction)) and isinstance(computed, (int, Fraction)):
        return magnitude(stated - computed) <= claim.half_unit
    return stated == computed


def _totals(table: Table) -> list[Claim]:
    """The totals rows of a sheet as claims: each shown value stands for half a unit either way."""
    return [_total(table, stated) for stated in table.stated]


def _total(table: Table, stated: Stated) -> Claim:
    mask = np.zeros(len(table), dtype=bool)
    mask[list(stated.rows)] = True
    values = table.frame[stated.column][mask].dropna()
    unit = table.columns[stated.column].unit
    missing = any(table.columns[stated.column].symbols.get(row) in ("x", "c") for row in stated.rows)
    selection = Selection(table, stated.column, mask)
    what = f'the {stated.kind} "{stated.label}" of {stated.column.replace("_", " ")}'
    computed = Figure(
        None if missing else int(values.sum()),
        unit,
        f"total of the {len(stated.rows)} rows above",
        selections=(selection,),
    )
    said = Figure(None if missing else stated.value, unit, f"stated at {stated.place}")
    return Claim(
        "total-differs", what, said, computed, stated.half_unit * (len(values) + 1), place=stated.place
    )


def _sums(table: Table, dataset: Dataset) -> list[Claim]:
    """The columns that a sheet states as sums of others, row by row."""
    claims = []
    for column, parts in dataset.sums:
        names = (column, *parts)
        if not all(table.has(name) for name in names):
            continue
        for row in range(len(table)):
            values = [table.frame[name].iloc[row] for name in names]
            if any(v is None or v is np.nan or str(v) == "<NA>" for v in values):
                continue
            mask = np.zeros(len(table), dtype=bool)
            mask[row] = True
            unit = table.columns[column].unit
            computed = Figure(
                sum(int(v) for v in values[1:]),
                unit,
                f"sum of {' and '.join(p.replace('_', ' ') for p in parts)}",
                selections=tuple(Selection(table, p, mask) for p in parts),
            )
            said = Figure(
                int(values[0]), unit, f"stated {column}", selections=(Selection(table, column, mask),)
            )
            half = sum((table.columns[name].half_unit for name in names), Fraction(0))
            claims.append(
                Claim(
                    "sum-differs",
                    f"{column.replace('_', ' ')} as the sum of {' and '.join(p.replace('_', ' ') for p in parts)}",
                    said,
                    computed,
                    half,
                )
            )
    return claims


def _places(figure: Figure) -> list[Place]:
    return [Place(r.file, r.sheet, r.first_row, r.column) for r in figure.counted()]


def _disagreement(claim: Claim) -> Problem:
    stated, computed = claim.stated, claim.computed
    where = claim.place or _places(stated)[0]
    others = [place for place in _places(computed) if place != where]
    shown, worked = (
        in_words(stated.value, stated.unit, stated.symbol),
        in_words(computed.value, computed.unit, computed.symbol),
    )
    if isinstance(stated.value, (int, Fraction)) and isinstance(computed.value, (int, Fraction)):
        amount = in_words(magnitude(stated.value - computed.value), stated.unit)
        remedy = f"They differ by {amount}. The paper prints {worked}; correct the sheet if that is wrong."
    else:
        remedy = f"{claim.reason}. The paper prints the computed rating beside the stated one; correct the sheet if that is wrong."
    return Problem(
        claim.code,
        where,
        f"{claim.what} to be {worked}, {computed.how}",
        shown,
        remedy,
        Severity.WARNING,
        tuple(others[:8]),
    )
