"""Figures of placements, from counts and from a row a child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from reportgen.figures.placements import compute
from reportgen.model import Scalar
from reportgen.table import Table
from reportgen.trace import Found, catalogue
from tests.figures.sheets import WHEN, addresses, grid_values, shown, sound, tables

COUNTS: Sequence[Sequence[Scalar]] = [
    ["Placement type", "Children", "Provider", "Location"],
    ["Foster care", 20, "In-house", "inside"],
    ["Foster care", 10, "IFA", "outside"],
    ["Residential care home", 5, "Private", "outside"],
    ["Own parents", 4, "PR0", "inside"],
    ["Short breaks", 1, None, None],
    ["Total", 40],
]
# The same children, a row each.
CHILDREN: Sequence[Sequence[Scalar]] = [
    ["Child ID", "Placement type", "Provider", "Location", "Start", "Weekly cost (£)"],
    *([f"F{n}", "U4", "PR1", "in", dt.date(2016, 1, 4), 450 + n] for n in range(20)),
    *([f"I{n}", "U6", "PR4", "out", None, 900 + n] for n in range(10)),
    *([f"R{n}", "R1", "PR4", "out", None, 3000 + 100 * n] for n in range(5)),
    *([f"P{n}", "P1", "PR0", "in", None, None] for n in range(4)),
    ["S1", "Short break", None, None, None, None],
]


def found(rows: Sequence[Sequence[Scalar]]) -> tuple[Found, Table]:
    made = sound({"placements": rows})
    return compute(made, WHEN), made["placements"]


def test_counts_and_a_row_a_child_give_the_same() -> None:
    (counted, _), (listed, _) = found(COUNTS), found(CHILDREN)
    assert {n: shown(f) for n, f in counted.figures.items()} == {
        n: shown(f) for n, f in listed.figures.items() if n in counted.figures
    }
    assert grid_values(counted.grids["placements"]) == grid_values(listed.grids["placements"])
    assert grid_values(counted.grids["placements_by_provider"]) == grid_values(listed.grids["placements_by_provider"])


def test_children_by_type_with_their_shares() -> None:
    made, _ = found(COUNTS)
    assert grid_values(made.grids["placements"]) == [
        ["Foster placement with other carer", 30, Fraction(3, 4)],
        ["Placed with own parents", 4, Fraction(1, 10)],
        ["Residential care home", 5, Fraction(1, 8)],
        ["Short break", 1, Fraction(1, 40)],
        ["All placements", 40, Fraction(1)],
    ]
    assert addresses(made.grids["placements"].rows[0].cells[1]) == ["placements!B2:B3"]


def test_in_house_and_external_with_parents_and_blanks_as_neither() -> None:
    figures = found(COUNTS)[0].figures
    assert {name: shown(figures[f"placements_{name}"]) for name in (
        "children", "without_short_breaks", "in_house", "external", "in_house_share", "external_share", "fostering",
        "fostering_in_house", "fostering_in_house_share", "inside", "outside", "outside_share",
    )} == {
        "children": 40, "without_short_breaks": 39, "in_house": 20, "external": 15, "in_house_share": Fraction(1, 2),
        "external_share": Fraction(3, 8), "fostering": 30, "fostering_in_house": 20,
        "fostering_in_house_share": Fraction(2, 3), "inside": 24, "outside": 15, "outside_share": Fraction(3, 8),
    }  # fmt: skip


def test_the_weekly_cost_rests_on_those_whose_cost_is_known() -> None:
    figures = found(CHILDREN)[0].figures
    spent = 100 * (sum(450 + n for n in range(20)) + sum(900 + n for n in range(10)) + sum(range(3000, 3500, 100)))
    assert shown(figures["placements_with_cost"]) == 35
    assert shown(figures["placements_weekly_cost"]) == spent
    assert shown(figures["placements_average_weekly_cost"]) == Fraction(spent, 35)


def test_the_highest_costs_tell_nothing_of_the_child() -> None:
    made, _ = found(CHILDREN)
    grid = made.grids["highest_costs"]
    assert [head.key for head in grid.heads] == ["rank", "placement_type", "provider", "location", "weekly_cost"]
    values = grid_values(grid)
    assert len(values) == 10
    assert values[0] == ["1", "residential care home", "private provision", "outside", 340_000]
    assert values[5] == ["6", "foster placement with other carer", "private provision", "outside", 90_900]


def test_a_childs_reference_goes_no_further_than_the_check() -> None:
    made, table = found(CHILDREN)
    assert table.private
    assert list(table.frame["child"].head(3)) == ["1", "2", "3"]
    said = repr([(f.value, f.how) for f in catalogue(made).values()])
    assert not any(reference in said for reference in ("F0", "I9", "R4", "S1"))


def test_a_child_twice_is_a_problem_that_does_not_name_it() -> None:
    rows = [["Child ID", "Placement type"], ["Z991", "Foster care"], ["Z991", "Secure"]]
    (problem,) = tables({"placements": rows})[1]
    assert problem.message == (
        'in/book.xlsx, sheet "placements", cell A3: expected each child once, found one again.\n'
        "  Take one of the rows out, or correct it (a reference such as 2.10 typed as a number becomes 2.1).\n"
        "  See also cell A2.  [duplicate]"
    )


def test_a_shifted_column_prints_no_name() -> None:
    rows = [["Child ID", "Placement type"], ["Z991", "Jane Roe"], ["Z992", "Fosterr care"]]
    first, second = tables({"placements": rows})[1]
    assert (first.place.cell, first.found, second.found) == ("B2", "something else", '"Fosterr care"')


def test_neither_counts_nor_children() -> None:
    made, problems = tables({"placements": [["Placement type", "Provider", "Location"], ["Foster care", "PR1", "in"]]})
    assert made == {}
    assert [(p.code, p.expected) for p in problems] == [
        ("missing-dataset", 'a sheet with the headings of Placements ("placement type" and "children" or "child")')
    ]


def test_the_published_names_of_types() -> None:
    names = [
        "Schools: All Residential schools, except where dual-registered as a school",
        "Independent living , e.g. in flat, lodgings, bedsit, B&B or with friends, with",
        "Residential Setting:-NHS/health Trust Estab Medical Or Nursing",
    ]
    made = found([["Placement type", "Children"], *([name, 1] for name in names)])[0]
    assert [row[0] for row in grid_values(made.grids["placements"])] == [
        "Independent living",
        "NHS or health trust establishment",
        "Residential school",
        "All placements",
    ]
