"""Figures of the proposals: net, cumulative, payback in two senses, children fewer and what each saves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

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
    add,
    cell,
    count,
    first_below_zero,
    given,
    product,
    ratio,
    select,
    text,
    total,
    without,
)

NEEDS = ("proposals",)
# A reduction is of children newly kept out of care in a year, who stay out for the rest of the plan. They leave through
# the year, so that on average half of it is saved: so read, the gross savings of every proposal in Rotherham's report
# of January 2017 that gives a reduction are £22,000 for each child-year, in each of its years.
FIRST_YEAR = Fraction(1, 2)
NO_PAYBACK = "N/A"
HEADS = (
    Head("ref", "Ref", Unit.TEXT, is_label=True),
    Head("proposal", "Proposal", Unit.TEXT),
    Head("called", "Proposal", Unit.TEXT),
    Head("investment", "Investment", Unit.MONEY),
    Head("gross_saving", "Gross saving", Unit.MONEY),
    Head("net_saving", "Net saving", Unit.MONEY),
    Head("payback", "Payback", Unit.TEXT),
    Head("cumulative_payback", "Cumulative payback", Unit.TEXT),
    Head("reduction", "Children fewer", Unit.COUNT),
    Head("share_first", "In-house share, first year", Unit.PERCENT),
    Head("share_last", "In-house share, last year", Unit.PERCENT),
)
CHILDREN_HEADS = (
    *HEADS[:3],
    Head("gross_saving", "Gross saving", Unit.MONEY),
    Head("reduction", "Children fewer", Unit.COUNT),
    Head("saving_per_child", "Gross saving for each child", Unit.MONEY),
    Head("child_years", "Child-years", Unit.COUNT),
    Head("saving_per_child_year", "Gross saving for each child-year", Unit.MONEY),
)


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """Each proposal's figures in three grids and their totals, in pence; what the sheet states of payback as claims.

    Children are not added up over proposals, which may count the same child.
    """
    table = tables["proposals"]
    proposals = [_Proposal(table, ref) for ref in table.frame["ref"].drop_duplicates()]
    years = proposals[0].years
    totals = {measure: total(table, measure) for measure in ("investment", "gross_saving")}
    named = [replace(figure, name=name.replace("_", " ")) for name, figure in totals.items()]
    totals["net_saving"] = add(*named)
    figures = {
        "proposals_count": count(table, year=years[0].value),
        "proposals_first_year": years[0],
        "proposals_last_year": years[-1],
        **{f"proposals_{measure}": figure for measure, figure in totals.items()},
    }
    with_children = [each for each in proposals if each.has("reduction")]
    grids = {
        "proposals": Grid("proposals", HEADS, (*map(_summary, proposals), _totals(totals))),
        "proposals_by_year": _by_year(proposals),
        "proposals_children": Grid("proposals_children", CHILDREN_HEADS, tuple(map(_children, with_children))),
    }
    return Found(figures, grids, tuple(_claims(proposals)))


@dataclass(frozen=True)
class _Proposal:
    """One proposal's rows of the table, a row a year."""

    table: Table
    ref: str

    @cached_property
    def rows(self) -> list[int]:
        """The positions of its rows, in the order of the years."""
        return [int(row) for row in select(self.table, "ref", ref=self.ref).rows]

    def has(self, measure: str) -> bool:
        """Whether the sheet has a row of the measure for it."""
        return self.table.has(measure) and any(figure.value is not None or figure.symbol for figure in self.of(measure))

    def of(self, measure: str) -> list[Figure]:
        """The measure by year as the sheet has it."""
        return [cell(self.table, measure, row) for row in self.rows]

    def whole(self, measure: str) -> Figure:
        """The measure over all years."""
        return total(self.table, measure, ref=self.ref)

    def label(self, column: str) -> Figure:
        """What stands once for its rows, such as its title."""
        return cell(self.table, column, self.rows[0])

    @property
    def named(self) -> tuple[Figure, Figure, Figure]:
        """Its reference, its title and both together."""
        ref, title = self.label("ref"), self.label("proposal")
        return ref, title, text(f"{ref.value}: {title.value}", "reference and title", ref, title)

    @property
    def years(self) -> list[Figure]:
        """The years, as their headings state them."""
        return self.of("year")

    @cached_property
    def net(self) -> list[Figure]:
        """Investment plus gross saving by year; below zero is a saving."""
        pairs = zip(self.of("investment"), self.of("gross_saving"), strict=True)
        return [replace(add(*pair), how="investment plus gross saving") for pair in pairs]

    @cached_property
    def cumulative(self) -> list[Figure]:
        """The net of each year and of those before it."""
        return [replace(figure, how="net of the years so far") for figure in accumulate(self.net, add)]

    def payback(self, net: list[Figure], what: str) -> Figure:
        """The first year of a series that is below zero, the first being Year 1."""
        words = [f"Year {number}" for number in range(1, len(net) + 1)]
        how = f"the first year whose {what} is a saving, {self.years[0].value} being Year 1"
        return first_below_zero(net, words, NO_PAYBACK, how)

    @property
    def paybacks(self) -> dict[str, Figure]:
        """Payback as the reports use it, and counted over the years."""
        return {
            "payback": self.payback(self.net, "net"),
            "cumulative_payback": self.payback(self.cumulative, "cumulative net"),
        }

    @cached_property
    def child_years(self) -> list[Figure]:
        """The years of care that are not needed, by year: half a year for each new child, a whole one afterwards."""
        new, made = self.of("reduction"), []
        half = given(FIRST_YEAR, Unit.COUNT, "half a year for a child in its first year")
        for at, figure in enumerate(new):
            parts = [*new[:at], product(figure, half, Unit.COUNT)]
            how = "children fewer since earlier years, and half of those of the year"
            made.append(replace(add(*parts), how=how))
        return made


def _summary(each: _Proposal) -> GridRow:
    """A proposal with its totals, its paybacks and what it is to achieve; blank where the sheet says nothing."""
    shares = each.of("in_house_share") if each.has("in_house_share") else []
    lacking = without(Unit.PERCENT, "no in-house share is given")
    cells = (
        *each.named,
        each.whole("investment"),
        each.whole("gross_saving"),
        each.cumulative[-1],
        *each.paybacks.values(),
        each.whole("reduction") if each.has("reduction") else without(Unit.COUNT, "no reduction is given"),
        *((shares[0], shares[-1]) if shares else (lacking, lacking)),
    )
    return GridRow(cells, group=each.ref)


def _totals(totals: Mapping[str, Figure]) -> GridRow:
    """The money of all proposals."""
    blanks = {head.key: without(head.unit, "no value in the total row") for head in HEADS}
    label = text("All proposals", "total row")
    named = {**blanks, "ref": label, "called": label, **totals}
    return GridRow(tuple(named[head.key] for head in HEADS), "total")


def _children(each: _Proposal) -> GridRow:
    saving, fewer, years = each.whole("gross_saving"), each.whole("reduction"), add(*each.child_years)
    per = (ratio(saving, fewer, Unit.MONEY), years, ratio(saving, years, Unit.MONEY))
    return GridRow((*each.named, saving, fewer, *per), group=each.ref)


def _by_year(proposals: list[_Proposal]) -> Grid:
    """Each proposal's measures by year, grouped by proposal, with the sum of the years and the paybacks."""
    years = [str(figure.value) for figure in proposals[0].years]
    heads = (
        Head("measure", "Measure", Unit.TEXT, is_label=True),
        # The rows are money, children and shares: the heads' unit is that of none of them.
        *(Head(year.replace("/", "_"), year, Unit.COUNT) for year in years),
        Head("cumulative", "Cumulative", Unit.COUNT),
        Head("payback", "Payback", Unit.TEXT),
    )
    return Grid("proposals_by_year", heads, tuple(row for each in proposals for row in _measures(each)))


def _measures(each: _Proposal) -> Iterator[GridRow]:
    """The rows of one proposal."""
    none = without(Unit.TEXT, "no payback of this row")
    paybacks = each.paybacks
    rows = [
        ("Investment", each.of("investment"), each.whole("investment"), none),
        ("Gross saving", each.of("gross_saving"), each.whole("gross_saving"), none),
        ("Net saving", each.net, each.cumulative[-1], paybacks["payback"]),
        ("Net saving to date", each.cumulative, each.cumulative[-1], paybacks["cumulative_payback"]),
    ]
    if each.has("reduction"):
        rows += [
            ("Children fewer", each.of("reduction"), each.whole("reduction"), none),
            ("Child-years", each.child_years, add(*each.child_years), none),
        ]
    if each.has("in_house_share"):
        no_sum = without(Unit.PERCENT, "shares of years are not added up")
        rows.append(("In-house share", each.of("in_house_share"), no_sum, none))
    for label, by_year, whole, payback in rows:
        yield GridRow((text(label, "a measure"), *by_year, whole, payback), group=each.ref)


def _claims(proposals: list[_Proposal]) -> Iterator[Claim]:
    """The stated paybacks that the amounts exclude, whatever was rounded in them, as claims."""
    for each in proposals:
        if each.table.has("payback"):
            stated, computed = each.label("payback"), each.paybacks["payback"]
            if stated.value is not None and stated.value not in _possible(each.net):
                what = f"the payback of proposal {each.ref}"
                yield Claim("payback-differs", what, stated, computed, f"It is {computed.how}")


def _possible(net: list[Figure]) -> set[str]:
    """The paybacks that the net amounts allow, each of which may be off by the rounding of its cells."""
    found = set()
    for number, figure in enumerate(net, 1):
        if figure.value is None:
            return {NO_PAYBACK, *(f"Year {n}" for n in range(1, len(net) + 1))}
        low, high = figure.interval
        if low < 0:
            found.add(f"Year {number}")
        if high < 0:
            return found
    return {*found, NO_PAYBACK}
