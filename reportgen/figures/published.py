"""One row of published comparators: a place's number and rate in a year, and the rate worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from reportgen.model import Unit
from reportgen.table import Table
from reportgen.trace import Claim, Figure, count, pick, rate, rounded_to, select, without
from reportgen.wording import exact_places

AUTHORITY, REGION, NATION = "local authority", "regional", "national"
ROUNDED = 10  # to which the numbers of regions and England are rounded


@dataclass(frozen=True, eq=False)
class Published:
    """The number and rate of one place in one year, and the claim that its rate makes."""

    number: Figure
    rate: Figure
    claim: Claim | None = None


def published(table: Table, where: Mapping[str, str], what: str) -> Published:
    """The number and rate of the one row that meets the conditions, a level among them; not available without a row.

    `what` says in words whose they are.
    """
    if len(select(table, "children_count", **where).rows) != 1:
        seen = count(table, **where)
        number, per = (without(unit, f"no row of {what}", "x", seen) for unit in (Unit.COUNT, Unit.PER_10000))
        return Published(number, per)
    number, population, stated = (
        pick(table, column, **where) for column in ("children_count", "population_estimate", "rate_per_10000")
    )
    is_rounded = where["geographic_level"] != AUTHORITY
    number = rounded_to(number, ROUNDED) if is_rounded else number
    stated = rounded_to(stated, _last_place(stated))
    computed = rate(replace(number, name="children_count"), replace(population, name="population_estimate"))
    claim = Claim("rate-differs", f"the rate per 10,000 of {what}", stated, computed)
    return Published(number, _finer(stated, computed, is_rounded), claim)


def _last_place(stated: Figure) -> Fraction:
    """What one in the last place that a published rate shows is worth."""
    return Fraction(1, 10 ** (exact_places(stated.number, 6) or 0)) if stated.value is not None else Fraction(1)


def _finer(stated: Figure, computed: Figure, is_rounded: bool) -> Figure:
    """The rate that the paper goes by: the one worked out, of exact numbers or where it contradicts the published.

    Of a rounded number the published rate is the finer one, for it was worked out before the number was rounded. And
    what the department doesn't publish isn't worked out.
    """
    withheld = stated.value is None and stated.symbol != ""
    if withheld or computed.value is None or (is_rounded and stated.value is not None and _meet(stated, computed)):
        return replace(stated, chosen_by=(computed,))
    return replace(computed, chosen_by=(stated,))


def _meet(one: Figure, two: Figure) -> bool:
    (low, high), (least, most) = one.interval, two.interval
    return low <= most and least <= high
