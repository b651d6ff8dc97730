"""Grids that a paper's settings put together, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from reportgen.figures.declared import Calculation, Fact, declared_figures
from reportgen.figures.declared_grids import DeclaredGrid, DeclaredRow, declared_grids
from reportgen.model import Place, Unit
from reportgen.trace import Figure, Found, Grid, Head, catalogue, given
from tests.figures.sheets import addresses, grid_values, sound

FILE = "paper.toml"
LABELS = Head("label", "Measure", Unit.TEXT, is_label=True)
COLUMNS = {"own": "Barsetshire", "england": "England"}
KEY_FACTS = sound(
    {
        "key_facts": [
            ["Indicator", "Unit", "As at", "Value"],
            ["Rate", "per 10,000", 2016, 84],
            ["Rate, England", "per 10,000", 2016, 60],
            ["Outside", "%", 2016, 63],
        ]
    }
)["key_facts"]
FACTS = {"rate": Fact("Rate", "2016"), "england": Fact("Rate, England", "2016"), "outside": Fact("Outside", "2016")}
GAP = {"gap": Calculation("difference", ("rate", "england"))}


def known() -> dict[str, Figure]:
    figures, problems = declared_figures(FACTS, GAP, KEY_FACTS, {}, Place(FILE))
    assert problems == []
    return figures


def row(label: str, line: int, kind: str = "body", **cells: str) -> DeclaredRow:
    return DeclaredRow(label, cells, Place(FILE, line=line), kind)


def declared(*rows: DeclaredRow, **settings: Any) -> DeclaredGrid:
    return replace(DeclaredGrid("rates", LABELS, COLUMNS, rows, Place(FILE, line=1)), **settings)


def made(
    *grids: DeclaredGrid,
    figures: Mapping[str, Figure] | None = None,
    taken: Collection[str] = (),
    failed: Collection[str] = (),
) -> tuple[dict[str, Grid], list[str]]:
    found, problems = declared_grids(grids, known() if figures is None else figures, taken, failed)
    return found, [problem.message for problem in problems]


ROWS = (
    row("Looked after children", 4, own="rate", england="england"),
    row("Outside the borough", 5, own="outside"),
    row("Difference", 6, "total", england="gap"),
)


def test_a_grid_shows_the_figures_that_its_cells_name() -> None:
    found, problems = made(declared(*ROWS))
    assert problems == []
    grid = found["rates"]
    assert grid.heads == (
        LABELS,
        Head("own", "Barsetshire", Unit.PER_10000),
        Head("england", "England", Unit.PER_10000),
    )
    assert [row.kind for row in grid.rows] == ["body", "body", "total"]
    assert grid_values(grid) == [
        ["Looked after children", 84, 60],
        ["Outside the borough", Fraction(63, 100), None],
        ["Difference", None, 24],
    ]
    assert grid.rows[1].cells[1].unit is Unit.PERCENT


def test_a_cell_keeps_the_trace_of_its_figure() -> None:
    found, _ = made(declared(*ROWS))
    rate, gap = found["rates"].rows[0].cells[1], found["rates"].rows[2].cells[2]
    assert (addresses(rate), rate.name, rate.how) == (
        ["key_facts!D2"],
        "rate",
        "value in Key facts where indicator is Rate and as at is 2016",
    )
    assert (addresses(gap), gap.how) == (["key_facts!D2:D3"], "rate minus england")
    assert found["rates"].rows[0].cells[0].how == "label of a row in paper.toml, line 4"
    named = catalogue(Found(known(), found))
    assert set(named) - set(known()) == {
        "rates.looked-after-children.own",
        "rates.looked-after-children.england",
        "rates.outside-the-borough.own",
        "rates.difference.england",
    }


def test_cells_without_a_figure_may_have_a_symbol() -> None:
    found, _ = made(declared(*ROWS, missing="x"))
    assert grid_values(found["rates"])[1:] == [
        ["Outside the borough", Fraction(63, 100), "[x]"],
        ["Difference", "[x]", 24],
    ]


def test_a_column_of_no_figures_is_words() -> None:
    found, _ = made(declared(row("Nothing", 2)))
    assert [head.unit for head in found["rates"].heads] == [Unit.TEXT] * 3


def test_a_figure_of_the_computed_ones_may_stand_in_a_cell() -> None:
    found, problems = made(declared(row("Beds", 2, own="beds")), figures={"beds": given(5, Unit.COUNT, "elsewhere")})
    assert (grid_values(found["rates"]), problems) == ([["Beds", 5, None]], [])


def test_unknown_figures_are_told_at_their_row_with_the_nearest() -> None:
    assert made(declared(row("All", 7, own="rat", england="xyzzy"))) == (
        {},
        [
            'paper.toml, line 7: expected figures that exist, in the row "All" of the grid "rates", found "rat".\n'
            '  Did you mean "rate"?  [unknown-figure]',
            'paper.toml, line 7: expected figures that exist, in the row "All" of the grid "rates", found "xyzzy".\n'
            "  reportgen trace lists the figures.  [unknown-figure]",
        ],
    )


def test_a_figure_that_failed_has_its_problem_already() -> None:
    other = declared(row("All", 9, own="rate"), name="other")
    found, problems = made(declared(row("All", 7, own="gone")), other, failed={"gone"})
    assert (list(found), problems) == (["other"], [])


def test_a_name_that_a_computed_grid_has_is_told() -> None:
    assert made(declared(*ROWS), taken={"rates"})[1] == [
        'paper.toml, line 1: expected a name of its own for each grid, found "rates" again.\n'
        "  A computed grid has it: rename this one.  [name-taken]"
    ]
