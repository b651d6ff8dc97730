"""England's published numbers and rates of looked after children by year: what any authority can be set beside."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.figures.base import Circumstances
from reportgen.figures.published import NATION, published
from reportgen.table import Table
from reportgen.trace import Claim, Figure, Found

NEEDS = ("benchmarks",)
KIND = "looked after"


def compute(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The number and rate of each year that the paper may show; `england_rate_2021` is that of 31 March 2021."""
    table, compared = tables["benchmarks"], when.compared
    if compared is None:
        return Found()
    figures: dict[str, Figure] = {}
    claims: list[Claim] = []
    for year in sorted({str(year) for year in table.frame["time_period"] if str(year) <= compared.last_year}):
        where = {"population_type": KIND, "time_period": year, "geographic_level": NATION}
        found = published(table, where, f"England, children looked after on 31 March, {year}")
        figures |= {f"england_number_{year}": found.number, f"england_rate_{year}": found.rate}
        claims += [found.claim] if found.claim else []
    # Beside an authority's own these claims are told already.
    return Found(figures, {}, () if compared.authority else tuple(claims))
