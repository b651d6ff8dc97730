"""Grids: a measure by one axis or two, with margins that foot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.cells.kinds import Count
from reportgen.model import Unit
from reportgen.trace import Axis, Grid, Head, Missing, Part, axis, beside, cell, derive, grid, listed, text, total
from tests.trace.made import NEEDS, PLACES, addresses, placements, table


def values(made: Grid) -> list[list[object]]:
    return [[figure.value if figure.symbol == "" else figure.symbol for figure in row.cells] for row in made.rows]


BY_TYPE = axis(placements(), "type")
BY_NEED = axis(placements(), "need", "Level of need")


def test_an_axis_has_the_categories_of_its_dataset() -> None:
    assert (BY_TYPE.column, BY_TYPE.heading, BY_NEED.heading) == ("type", "Type", "Level of need")
    assert [(p.key, p.label.value, p.value) for p in BY_TYPE.parts] == [
        ("foster_care", "Foster care", "foster care"),
        ("residential", "Residential", "residential"),
        ("semi_independent", "Semi-independent", "semi-independent"),
    ]
    with pytest.raises(TypeError, match="children of Placements has no fixed categories: give them"):
        axis(placements(), "children")


def test_a_total_by_one_axis() -> None:
    made = grid("by_type", placements(), "children", BY_TYPE)
    assert [(h.key, h.label, h.unit, h.is_label) for h in made.heads] == [
        ("type", "Type", Unit.TEXT, True),
        ("children", "Children", Unit.COUNT, False),
    ]
    assert values(made) == [
        ["Foster care", 9],
        ["Residential", 2],
        ["Semi-independent", 0],
        ["Other or not stated", 4],
        ["All", 15],
    ]
    assert [row.kind for row in made.rows] == ["body"] * 4 + ["total"]


def test_a_count_across_two_axes_with_margins_that_foot() -> None:
    made = grid("types", placements(), None, BY_TYPE, BY_NEED)
    assert [h.label for h in made.heads] == ["Type", "High", "Low", "All"]
    assert values(made) == [
        ["Foster care", 1, 2, 3],
        ["Residential", 2, 0, 2],
        ["Semi-independent", 0, 0, 0],
        ["Other or not stated", 0, 1, 1],
        ["All", 3, 3, 6],
    ]


def test_a_total_across_two_axes_knows_what_is_missing() -> None:
    made = grid("cost", placements(), "cost", BY_TYPE, BY_NEED, whole="Total")
    assert made.heads[-1].label == "Total"
    assert {h.unit for h in made.heads[1:]} == {Unit.MONEY}
    assert values(made) == [
        ["Foster care", 300, "x", "x"],
        ["Residential", 9050, 0, 9050],
        ["Semi-independent", 0, 0, 0],
        ["Other or not stated", 0, 400, 400],
        ["Total", 9350, "x", "x"],
    ]


def test_without_margins() -> None:
    assert values(grid("n", placements(), None, BY_NEED, margins=False)) == [["High", 3], ["Low", 3]]
    made = grid("n", placements(), None, BY_NEED, BY_TYPE, margins=False)
    assert [h.key for h in made.heads] == ["need", "foster_care", "residential", "semi_independent", "rest"]
    assert values(made) == [["High", 1, 2, 0, 0], ["Low", 2, 0, 0, 1]]


def test_a_cell_counts_its_own_rows_and_examines_both_axes() -> None:
    made = grid("types", placements(), "children", BY_TYPE, BY_NEED)
    one = made.rows[0].cells[2]
    assert one.how == "total of children of Foster care and Low in Placements"
    assert addresses(one.counted()) == ["C5", "C7"]
    assert addresses(one.examined()) == ["A3:A9", "B3:B9", "C3"]
    whole = made.rows[-1].cells[-1]
    assert whole.how == "total of children in Placements"
    assert addresses(whole.counted()) == ["C4:C9"]
    assert made.rows[2].cells[1].counted() == ()
    assert made.rows[0].cells[-1].how == "total of children of Foster care in Placements"
    assert made.rows[-1].cells[1].how == "total of children of High in Placements"


def test_a_table_without_rows_gives_zeros() -> None:
    none = table({"type": [], "need": [], "n": []}, {"type": PLACES, "need": NEEDS, "n": Count()})
    made = grid("n", none, "n", axis(none, "type"), axis(none, "need"))
    assert values(made)[0] == ["Foster care", 0, 0, 0]
    assert values(made)[-1] == ["All", 0, 0, 0]


def test_derived_values_make_an_axis_with_a_part_for_those_without() -> None:
    plan = table({"outcome": ["1", "2", "2", "1"], "done": ["y", None, "n", "n"]})
    titles = replace(table({"title": ["Together", "Edge of care", "Education"]}), sheet="Outcomes")
    plan = derive(
        plan, "rating", lambda d: {"y": "Blue", "n": "Red"}.get(d, Missing.NOT_APPLICABLE), ("done",), Unit.RATING, "x"
    )
    labels = [text(f"{i + 1}", "number", cell(titles, "title", i)) for i in range(3)]
    outcomes = Axis("outcome", "Outcome", tuple(Part(str(f.value), f, str(f.value)) for f in labels))
    ratings = [Part(v.lower(), text(v, "rating"), v) for v in ("Blue", "Red")]
    ratings.append(Part("unrated", text("Not rated", "rating"), None))
    made = grid("ratings", plan, None, outcomes, Axis("rating", "BRAG", tuple(ratings)))
    assert values(made) == [["1", 1, 1, 0, 2], ["2", 0, 1, 1, 2], ["3", 0, 0, 0, 0], ["All", 1, 2, 1, 4]]
    figure = made.rows[1].cells[2]
    assert addresses(figure.counted()) == ["A6"]
    assert [str(cells).removeprefix("in/p.xlsx!") for cells in figure.examined()] == [
        "Outcomes!A3",
        "Outcomes!A5",
        "Placements!A3:A7",
        "Placements!B3:B7",
    ]


def test_grids_stand_beside_each_other() -> None:
    numbers = grid("n", placements(), None, BY_TYPE, heading="Placements")
    costs = grid("c", placements(), "cost", BY_TYPE)
    both = beside("both", numbers, costs)
    assert (both.name, [h.key for h in both.heads]) == ("both", ["type", "placements", "cost"])
    assert values(both)[1] == ["Residential", 2, 9050]
    assert both.position("cost") == 2
    assert [f.value for f in both.column("placements")] == [3, 2, 0, 1]
    with pytest.raises(KeyError, match='grid "both" has no column "price": it has type, placements, cost'):
        both.position("price")
    with pytest.raises(ValueError, match="n and d have other rows"):
        beside("both", numbers, grid("d", placements(), "cost", BY_NEED))


def test_a_grid_can_be_split_by_group() -> None:
    made = grid("n", placements(), None, BY_NEED)
    grouped = replace(made, rows=tuple(replace(row, group=str(i % 2)) for i, row in enumerate(made.rows)))
    assert values(grouped.only("1")) == [["Low", 3]]


def test_rows_listed_as_they_stand_over_their_total() -> None:
    heads = (Head("need", "Need", Unit.TEXT, True), Head("provider", "Provider", Unit.TEXT),
             Head("type", "Type", Unit.TEXT), Head("children", "Children", Unit.COUNT))  # fmt: skip
    made = listed("placements", placements(), heads, total(placements(), "children"), group="need")
    assert [head.key for head in made.heads] == ["need", "type", "children"]
    assert [tuple(figure.value for figure in row.cells) for row in made.rows[-3:]] == [
        ("low", None, 4), ("high", "residential", None), ("Total", None, 15),
    ]  # fmt: skip
    assert [(row.kind, row.group) for row in made.rows[-2:]] == [("body", "high"), ("total", "")]
