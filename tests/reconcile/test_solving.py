"""Solved for, not guessed: slopes from altering cells, intervals that meet, every candidate tried."""

from __future__ import annotations

from fractions import Fraction

from reportgen.cells.kinds import Count, Money
from reportgen.model import Number, Place, Unit
from reportgen.reconcile.solving import MOST_ALONE, Evaluate, Search, _meeting, candidates, find_slopes, solve
from reportgen.reconcile.spots import Spot, Tables
from reportgen.table import Stated, Table
from reportgen.trace import Claim, Figure, cell, difference, given, ratio, stated_total, total
from tests.trace.made import table


def claim(stated: Number, computed: Figure, what: str = "it") -> Claim:
    return Claim("c", what, given(stated, computed.unit, "stated"), computed)


def costs(*pence: int) -> dict[str, Table]:
    kinds = {"cost": Money(), "children": Count()}
    return {"placements": table({"kind": ["a", "b", *"a" * 98][: len(pence)], "cost": pence, "children": pence}, kinds)}


def found(tables: Tables, evaluate: Evaluate) -> list[tuple[str, int, Number, int]]:
    made = candidates(tables, evaluate, lambda spot, value: 0)
    return [(c.spot.column, c.spot.row, c.value, len(c.settles)) for c in made]


def test_one_cell_in_two_totals() -> None:
    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        return [claim(900, total(one, "cost")), claim(500, cell(one, "cost", 0)), claim(400, cell(one, "cost", 1))]

    assert found(costs(200, 400), evaluate) == [("cost", 0, 500, 2)]
    assert found(costs(500, 400), evaluate) == []
    # The total needs 300 more, the cell 100 more: no value does both.
    assert found(costs(400, 200), evaluate) == []


def test_a_claim_that_agrees_holds_a_cell_fast() -> None:
    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        more = difference(total(one, "cost"), cell(one, "cost", 1))
        return [claim(900, total(one, "cost")), claim(900, total(one, "cost"), "again"), claim(200, more)]

    assert found(costs(200, 400), evaluate) == [("cost", 1, 700, 2)]


def test_cells_of_a_column_with_other_slopes_are_altered_one_by_one() -> None:
    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        gap = difference(total(one, "cost", kind="a"), total(one, "cost", kind="b"))
        return [claim(300, gap), claim(700, total(one, "cost"))]

    # a − b = 300 and a + b = 700: with b = 200 it is a = 500, and with a = 400 no b does both.
    assert found(costs(400, 200), evaluate) == [("cost", 0, 500, 2)]
    search = Search(costs(400, 200), evaluate)
    find_slopes(search, search.suspects())
    assert search.slopes == {
        Spot("placements", "cost", 0): {0: -1, 1: -1},
        Spot("placements", "cost", 1): {0: 1, 1: -1},
    }
    # Together twice, which told of one claim that they move it alike; then each by itself.
    assert search.evaluations == 2 + 2


def test_cells_altered_one_by_one_are_bounded() -> None:
    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        gap = difference(total(one, "cost", kind="a"), total(one, "cost", kind="b"))
        return [claim(1, gap), claim(2, total(one, "cost"))]

    search = Search(costs(*range(100, 200)), evaluate)
    find_slopes(search, search.suspects())
    assert search.evaluations == 2 + MOST_ALONE


def test_an_average_is_not_affine_and_is_tried() -> None:
    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        average = ratio(total(one, "cost"), cell(one, "children", 0), Unit.MONEY)
        return [claim(50, average), claim(20, cell(one, "children", 0))]

    made = {"placements": table({"cost": [1000], "children": [25]}, {"cost": Money(), "children": Count()})}
    assert found(made, evaluate) == [("children", 0, 20, 2)]


def test_averages_that_the_slope_leads_astray_from_are_no_candidates() -> None:
    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        average = ratio(total(one, "cost"), cell(one, "children", 0), Unit.MONEY)
        return [claim(80, average), claim(80, average, "again")]

    made = {"placements": table({"cost": [1000], "children": [25]}, {"cost": Money(), "children": Count()})}
    # 1000 ÷ 80 is no whole number of children, and what the slope gives is far from it.
    assert found(made, evaluate) == [("cost", 0, 2000, 2)]


def test_children_are_never_fewer_than_none() -> None:
    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        return [claim(5, total(one, "children")), claim(5, total(one, "children"), "again")]

    made = {"placements": table({"children": [8, 9]}, {"children": Count()})}
    assert found(made, evaluate) == []


def test_claims_that_come_and_go_with_a_value_are_no_ground_to_judge_it() -> None:
    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        claims = [claim(500, cell(one, "cost", 0)), claim(900, total(one, "cost"))]
        return claims if cell(one, "cost", 0).value == 200 else claims[:1]

    assert found(costs(200, 400), evaluate) == []


def test_a_stated_total_may_be_what_is_wrong() -> None:
    place = Place("in/p.xlsx", "Placements", 6, 2)
    stated = Stated("cost", "Total", 640, place, (0, 1), Fraction(0))
    made = {"placements": table({"kind": ["a", "b"], "cost": [300, 400]}, {"cost": Money()}, stated=(stated,))}

    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        said = stated_total(one, one.stated[0])
        rows = [claim(300, cell(one, "cost", 0)), claim(400, cell(one, "cost", 1))]
        of_total = [Claim("c", "total", said, total(one, "cost"), place=place)]
        return [*of_total, Claim("c", "agreed", said, given(700, Unit.MONEY, "agreed"), place=place), *rows]

    (only,) = candidates(made, evaluate, lambda spot, value: 0)
    assert (only.spot, only.value) == (Spot("placements", "cost", 0, stated=True), 700)
    assert [c.what for c in only.settles] == ["total", "agreed"]


def test_words_that_would_differ_speak_against_a_value() -> None:
    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        rating = "Red" if cell(one, "cost", 0).number > 300 else "Green"
        words = Claim("r", "rating", given("Green", Unit.TEXT, "stated"), given(rating, Unit.TEXT, "derived"))
        return [claim(500, cell(one, "cost", 0)), claim(900, total(one, "cost")), words]

    assert found(costs(200, 400), evaluate) == []


def test_the_value_is_one_that_the_column_could_show() -> None:
    def evaluate(tables: Tables) -> list[Claim]:
        one = tables["placements"]
        return [claim(500, cell(one, "cost", 0)), claim(900, total(one, "cost"))]

    spot = Spot("placements", "cost", 0)
    for slope, expected in ((-1, [(500, 2)]), (Fraction(-7, 10), [])):
        search = Search(costs(200, 400), evaluate)
        search.slopes = {spot: {0: Fraction(slope), 1: Fraction(slope)}}
        # With 7 pence of the claims for 10 of the cell, 300 pence are 428 and a fraction: no cell shows that.
        assert [(trial.value, trial.should_settle) for trial in solve(search, spot)] == expected


def test_sets_that_meet_are_told_once_and_whole() -> None:
    def room(low: int, high: int) -> tuple[Fraction, Fraction]:
        return Fraction(low), Fraction(high)

    assert _meeting([room(0, 9), room(4, 5), room(5, 12), room(20, 21)]) == [
        [room(0, 9), room(4, 5), room(5, 12)],
        [room(20, 21)],
    ]
    assert _meeting([room(0, 4), room(3, 7), room(6, 9)]) == [[room(0, 4), room(3, 7)], [room(3, 7), room(6, 9)]]
    assert _meeting([]) == []
