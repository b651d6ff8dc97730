"""The single numbers of the inputs: what rests on them, what their cells could show, and tables with others in them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reportgen.cells.kinds import Count, Money
from reportgen.model import Place, Scalar, Unit
from reportgen.reconcile.spots import Spot, altered, figure_at, place_of, rests_on, step
from reportgen.table import Stated
from reportgen.trace import Claim, add, cell, derive, given, total
from tests.figures.sheets import sound
from tests.reconcile.made import pressure
from tests.trace.made import table

FACTS: list[list[Scalar]] = [
    ["Indicator", "Unit", "As at", "Value"],
    ["Beds", "number", 2016, 28],
    ["Cost", "£ per week", 2016, "996.55"],
    ["Share", "%", 2016, "0.07%"],
]


def test_a_claim_rests_on_the_numbers_that_it_states_and_counts() -> None:
    tables = sound(pressure(("a", 120), ("b", 250), ("Total", 640)))
    one = tables["budget_pressure"]
    of_rows = {Spot("budget_pressure", "amount", 0), Spot("budget_pressure", "amount", 1)}
    shared = add(total(one, "amount"), cell(one, "amount", 1))
    assert rests_on(Claim("c", "it", given(1, Unit.MONEY, "stated"), shared), tables) == of_rows
    claim = Claim("c", "it", cell(one, "amount", 0), cell(one, "amount", 1), place=one.stated[0].place)
    assert rests_on(claim, tables) == {*of_rows, Spot("budget_pressure", "amount", 0, stated=True)}
    assert rests_on(Claim("c", "it", cell(one, "pressure", 0), cell(one, "pressure", 1)), tables) == frozenset()
    assert rests_on(claim, {}) == frozenset()


def test_a_derived_column_rests_on_those_that_it_was_made_of() -> None:
    kinds = {"cost": Money(), "children": Count()}
    one = table({"kind": ["a", "b"], "cost": [1, None], "children": [3, 4]}, kinds)
    more = derive(one, "each", lambda kind, cost, children: cost, ("kind", "cost", "children"), Unit.MONEY, "how")
    claim = Claim("c", "it", given(1, Unit.MONEY, "stated"), total(more, "each"))
    assert rests_on(claim, {"placements": one}) == {
        Spot("placements", "cost", 0),
        Spot("placements", "children", 0),
        Spot("placements", "children", 1),
    }


def test_what_a_cell_could_show() -> None:
    facts = sound({"key_facts": FACTS})
    assert [step(facts, Spot("key_facts", "value", row)) for row in range(3)] == [1, 1, Fraction(1, 10_000)]
    assert step(sound(pressure(("a", 120))), Spot("budget_pressure", "amount", 0)) == 100
    stated = Stated("cost", "Total", 4, Place("in/p.xlsx", "Placements", 9, 2), (0,), Fraction(1, 200))
    made = {"placements": table({"type": ["a"], "cost": [3]}, {"cost": Money()}, stated=(stated,))}
    assert step(made, Spot("placements", "cost", 0, stated=True)) == 1, "a penny is the least that is kept"


def test_altered_tables_leave_the_others_alone() -> None:
    tables = sound({**pressure(("a", 120), ("b", 250), ("Total", 370)), "key_facts": FACTS})
    first, whole = Spot("budget_pressure", "amount", 0), Spot("budget_pressure", "amount", 0, stated=True)
    share = Spot("key_facts", "value", 2)
    made = altered(tables, {first: 500, whole: 25_500, share: Fraction(8, 10_000)})
    assert [figure_at(made, spot).value for spot in (first, whole, share)] == [500, 25_500, Fraction(8, 10_000)]
    assert [figure_at(tables, spot).value for spot in (first, whole, share)] == [12_000, 37_000, Fraction(7, 10_000)]
    assert total(made["budget_pressure"], "amount").value == 25_500
    assert [place_of(made, spot).cell for spot in (first, whole, share)] == ["B2", "B4", "D4"]
    assert replace(made["budget_pressure"].stated[0], value=37_000) == tables["budget_pressure"].stated[0]
