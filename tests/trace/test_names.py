"""The names that figures are traced under: each once, and the same whatever else stands in the sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from reportgen.cells.kinds import Count
from reportgen.model import Unit, Value
from reportgen.trace import Figure, Found, Grid, GridRow, Head, catalogue, cell, text, without
from reportgen.trace.names import slug
from tests.trace.made import addresses, table

HEADS = (Head("name", "Name", Unit.TEXT, is_label=True), Head("number", "Number", Unit.COUNT))


def figure(value: Value | None) -> Figure:
    return Figure(value, Unit.COUNT, "a figure", "" if value is not None else "x")


def grid(name: str, labels: Sequence[Value]) -> Grid:
    rows = (GridRow((Figure(label, Unit.TEXT, "label"), figure(n))) for n, label in enumerate(labels))
    return Grid(name, HEADS, tuple(rows))


def named(*labels: Value) -> dict[str, Value | None]:
    return {name: made.value for name, made in catalogue(Found({}, {"g": grid("g", labels)})).items()}


def test_figures_and_the_cells_of_grids_have_names() -> None:
    made = catalogue(Found({"total": figure(7)}, {"g": grid("g", ["One", "Two"])}))
    assert {name: f.value for name, f in made.items()} == {"total": 7, "g.one.number": 0, "g.two.number": 1}
    assert made["g.two.number"].name == "g.two.number"


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["a", "a", "a"], ["g.a.number", "g.a-2.number", "g.a-3.number"]),
        (["a", "a", "a-2"], ["g.a.number", "g.a-2.number", "g.a-2-2.number"]),
        (["a-2", "a", "a"], ["g.a-2.number", "g.a.number", "g.a-3.number"]),
        (["x" * 60, "x" * 60 + "y"], [f"g.{'x' * 48}.number", f"g.{'x' * 48}-2.number"]),
        (["…", "?"], ["g.row.number", "g.row-2.number"]),
    ],
    ids=["same", "same as a number", "number first", "long", "without letters"],
)
def test_every_name_stands_once(labels: list[Value], names: list[str]) -> None:
    assert named(*labels) == {name: n for n, name in enumerate(names)}


def test_rows_that_groups_share_by_their_label_are_called_by_their_group_too() -> None:
    def rows(*labels: str) -> tuple[GridRow, ...]:
        groups = ("1A", "1A", "2", "")
        return tuple(
            GridRow((Figure(label, Unit.TEXT, "label"), figure(n)), group=group)
            for n, (label, group) in enumerate(zip(labels, groups, strict=True))
        )

    shared, apart = rows("Cost", "Saving", "Cost", "Total"), rows("Cost", "Saving", "Income", "Total")
    made = catalogue(Found({}, {"g": Grid("g", HEADS, shared), "h": Grid("h", HEADS, apart)}))
    assert list(made) == [
        "g.1a-cost.number", "g.1a-saving.number", "g.2-cost.number", "g.total.number",
        "h.cost.number", "h.saving.number", "h.income.number", "h.total.number",
    ]  # fmt: skip


def test_a_grid_takes_no_figures_name() -> None:
    made = catalogue(Found({"g.one.number": figure(9)}, {"g": grid("g", ["One"])}))
    assert {name: f.value for name, f in made.items()} == {"g.one.number": 9, "g.one.number-2": 0}


def test_the_cells_that_name_a_row_are_examined() -> None:
    made = table({"name": ["One", "Two"], "number": [1, 2]}, {"number": Count()})
    rows = tuple(GridRow((cell(made, "name", row), cell(made, "number", row))) for row in range(2))
    traced = catalogue(Found({}, {"g": Grid("g", HEADS, rows)}))["g.two.number"]
    assert addresses(traced.counted()) == ["B5"]
    assert addresses(traced.examined()) == ["A3", "A5", "B3"]


def test_cells_that_have_nothing_to_trace_are_left_out() -> None:
    blank, missing = without(Unit.COUNT, "no value in the total row"), without(Unit.COUNT, "no month before", "z")
    rows = (GridRow((text("a", "label"), blank)), GridRow((text("b", "label"), missing)))
    assert list(catalogue(Found({}, {"g": Grid("g", HEADS, rows)}))) == ["g.b.number"]


def test_a_grid_without_labels_is_named_by_its_first_column() -> None:
    heads = tuple(Head(h.key, h.label, h.unit) for h in HEADS)
    made = catalogue(Found({}, {"g": Grid("g", heads, grid("g", ["One"]).rows)}))
    assert list(made) == ["g.one.name", "g.one.number"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Reduce the unit cost of placements", "reduce-the-unit-cost-of-placements"),
        ("2.10", "2.10"),
        ("4. Placements", "4-placements"),
        ("Alternatives to care (2.5)", "alternatives-to-care-2.5"),
        ("Café – Élan", "cafe-elan"),
        (dt.date(2016, 5, 31), "2016-05-31"),
        (12, "12"),
        (None, "row"),
        ("a" * 47 + " b", "a" * 47),
    ],
)
def test_slugs(value: Value | None, expected: str) -> None:
    assert slug(value) == expected
