"""What a public edition of Dorset's paper withholds of its tables 1 to 5, whose published counts are small."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from reportgen.datasets import told_of_children
from reportgen.protect import Given, Merge, Protected, Why, merge, protect
from reportgen.trace import Figure, Found, catalogue
from tests.built import ROOT, built
from tests.papers.published import published, table
from tests.papers.test_dorset_2017 import MONTH, REF

OTHERS = {"age_need_costs.all.01_children": 6}
PRINTED = {
    "placements.residential-school.children": (1, 8),
    "high_cost_review.children-s-home-to-home.children": (1, 10),
    "high_cost_review.children-s-home-to-home.full_year": (0, 112487200),
    "placement_agency_cost": (63588300, 212587100),
    "age_need_costs.all.01_children": (6, 9),
}
GRIDS = ("placements", "high_cost_review", "inhouse_capacity", "placement_costs", "age_need_costs")


@pytest.fixture(scope="module")
def found() -> Found:
    made = built(REF, MONTH).checked.found
    assert made is not None
    return made


@pytest.fixture(scope="module")
def shown(found: Found) -> Mapping[str, Figure]:
    """The figures of the five tables: the others of the paper tell no more of them."""
    return catalogue(Found(grids={name: found.grids[name] for name in GRIDS}))


@pytest.fixture(scope="module")
def edition() -> Protected:
    public = built(REF, MONTH).checked.public
    assert public is not None and public.protected is not None
    return public.protected


def test_the_page_on_disclosure_says_so(edition: Protected) -> None:
    page = (ROOT / "docs" / "disclosure.md").read_text("utf-8")
    assert f"{len(edition.hidden)} are withheld in the public one, no more than the least" in page
    spans = {i.names[0]: (round(i.low, 6), round(i.high, 6)) for i in edition.intervals if i.names}
    for name, span in PRINTED.items():
        assert spans[name] == span


def withheld(edition: Protected, grid: str, column: str) -> set[str]:
    """The rows of a grid whose number in a column is withheld."""
    names = (name.split(".") for name in edition.hidden)
    return {name[1] for name in names if name[0] == grid and name[2] == column}


def test_no_number_can_be_worked_out_too_closely(edition: Protected) -> None:
    assert edition.failing == ()
    assert edition.least


def test_every_small_number_of_children_is_withheld_and_no_zero(
    shown: Mapping[str, Figure], edition: Protected
) -> None:
    counts = {n: f.value for n, f in shown.items() if n.rpartition(".")[2].endswith("children")}
    assert {name for name, value in counts.items() if value in (1, 2, 3, 4, 5)} <= edition.hidden.keys()
    assert not {name for name in edition.hidden if name in shown and shown[name].value in (0, None)}


@published
def test_table_1_needs_no_number_but_the_small_ones(shown: Mapping[str, Figure], edition: Protected) -> None:
    """Its small counts come to more than enough together, so that they protect each other."""
    small = [int(row["children"]) for row in table("dorset-2017", "table1_placement_types.csv")[:-1]]
    small = [number for number in small if 0 < number <= 5]
    rows = withheld(edition, "placements", "children")
    assert sorted(int(shown[f"placements.{row}.children"].number) for row in rows) == sorted(small)
    assert withheld(edition, "placements", "share") == rows
    spans = [i for i in edition.intervals if i.names and i.names[0].startswith("placements.")]
    # Each is 1 at least, and the others of their sum are, too.
    assert {(i.low, round(i.high, 6)) for i in spans} == {(1.0, sum(small) - len(small) + 1)}


@published
def test_table_2_is_of_few_children_throughout(shown: Mapping[str, Figure], edition: Protected) -> None:
    rows = table("dorset-2017", "table2_high_cost_review.csv")
    assert all(0 < int(row["children"]) <= 5 for row in rows[:-1])
    for column in ("children", "full_year", "share"):
        assert len(withheld(edition, "high_cost_review", column) - {"total"}) == len(rows) - 1


def test_table_3_is_shown(edition: Protected) -> None:
    """Its groups are of 15 children and more."""
    assert not [name for name in edition.hidden if name.startswith("inhouse_capacity")]


def test_table_4_shows_the_total_and_the_lines_of_many_weeks(shown: Mapping[str, Figure], edition: Protected) -> None:
    """It doesn't say of how many children: of more than five only where there are more than five years of care."""
    rows = withheld(edition, "placement_costs", "weeks")
    assert "all-placement-types" not in rows
    own = {tuple(n.split(".")[1:]): f.value for n, f in shown.items() if n.startswith("placement_costs.")}
    weeks = {row: value for (row, column), value in own.items() if column == "weeks"}
    few = {row for row, number in weeks.items() if number and number <= 5 * 366 / 7}  # type: ignore[operator]
    assert few <= rows
    assert few <= withheld(edition, "placement_costs", "average_cost")


@published
def test_table_5_of_which_39_cells_of_45_are_small(shown: Mapping[str, Figure], edition: Protected) -> None:
    rows = table("dorset-2017", "table5_cost_by_age_and_need.csv")
    counts = [int(row["children"]) for row in rows if int(row["children"])]
    assert (len(counts), sum(number <= 5 for number in counts)) == (45, 39)
    hidden = [n for n in edition.hidden if n.startswith("age_need_costs.") and n.endswith("_children")]
    assert sum(edition.hidden[name] is Why.FEW for name in hidden) == 39
    # One more goes, because it is what the small ones above it come to.
    assert {name: shown[name].value for name in hidden if edition.hidden[name] is Why.OTHERS} == OTHERS


def test_merged_ages_show_more_of_table_5(found: Found, edition: Protected) -> None:
    """Under 10, 10 to 13 and 14 and over: fewer numbers are small, and the rest still can't be worked out."""
    ages = [str(row.cells[0].value) for row in found.grids["age_need_costs"].rows if row.kind == "body"]
    bands = {
        "under 10": tuple(a for a in ages if int(a) < 10),
        "10 to 13": tuple(a for a in ages if 10 <= int(a) < 14),
        "14 and over": tuple(a for a in ages if int(a) >= 14),
    }
    told = told_of_children()
    once = merge(found, [Merge("age_need_costs", bands)], told, 5).grids["age_need_costs"]
    assert [row.cells[0].value for row in once.rows] == [*bands, "All"]
    shown = catalogue(Found(grids={"age_need_costs": once}))
    made = protect(Given(shown, told))
    assert made.failing == ()

    def children_shown(figures: Mapping[str, Figure], hidden: Mapping[str, object]) -> int:
        cells = {n: f for n, f in figures.items() if n.endswith("_children") and ".all." not in n and "total" not in n}
        return sum(int(f.number) for n, f in cells.items() if f.value and n not in hidden)

    whole = catalogue(Found(grids={"age_need_costs": found.grids["age_need_costs"]}))
    assert children_shown(shown, made.hidden) > children_shown(whole, edition.hidden)
