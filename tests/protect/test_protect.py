"""What an edition withholds of tables whose answer is known, and what can be worked out of it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.model import Children, Unit
from reportgen.protect import BY_CELLS, CannotProtect, Rules, Why
from reportgen.trace import (
    add,
    axis,
    cell,
    count,
    count_filled,
    derive,
    difference,
    grid,
    product,
    ratio,
    size,
    slice_of,
    text,
    total,
)
from reportgen.trace import (
    given as stated,
)
from tests.protect.brute import widths
from tests.protect.made import crossed, edition, figures, line, spans, table

# Dense enough that the choice needs a search.
DENSE = (
    (8, 8, 0, 4, 20, 12), (8, 4, 12, 6, 30, 3), (20, 2, 4, 2, 1, 30), (4, 20, 30, 2, 4, 1), (1, 6, 12, 20, 1, 6),
    (8, 6, 30, 3, 20, 12),
)  # fmt: skip
A, B, C = "t.a.children", "t.b.children", "t.c.children"


@pytest.mark.parametrize(
    ("counts", "withheld"),
    [
        # A zero stands as it is, and so does 6; nothing is small.
        ([0, 6, 7], {}),
        # 3 isn't shown; with 10, the smaller of the others, 13 remain for the two, each 1 at least.
        ([3, 10, 20], {A: (1, 12), B: (1, 12)}),
        # The zero can't be the other one: it is shown.
        ([0, 2, 7], {B: (1, 8), C: (1, 8)}),
        # Two small ones that come to 9 protect each other.
        ([4, 5, 20], {A: (1, 8), B: (1, 8)}),
        # Two that come to 3 are 1 and 2 or 2 and 1: too close, so that a third goes.
        ([2, 1, 9], {A: (1, 10), B: (1, 10), C: (1, 10)}),
        # Of one row that is the whole table, the total goes with it.
        ([4], {A: (1, float("inf"))}),
    ],
)
def test_a_table_of_one_side(counts: list[int], withheld: dict[str, tuple[float, float]]) -> None:
    found = edition(figures(line(counts)))
    assert spans(found) == withheld
    assert found.least and not found.failing


def test_why_each_is_withheld() -> None:
    found = edition(figures(line([3, 10, 20])))
    assert found.hidden == {A: Why.FEW, B: Why.OTHERS}


def test_the_least_loss_is_the_fewest_children_or_the_fewest_figures() -> None:
    """2 with 7 and 7 are 16, of which it is 1 to 14; with 20 it is 1 to 21: more children, but one figure less."""
    shown = figures(line([2, 7, 7, 20]))
    assert set(edition(shown, Rules(width=12)).hidden) == {A, B, C}
    found = edition(shown, Rules(width=12, loss=BY_CELLS))
    assert len(found.hidden) == 2 and A in found.hidden and not found.failing


def test_a_threshold_and_a_width_of_ones_own() -> None:
    shown = figures(line([3, 10, 20]))
    assert edition(shown, Rules(threshold=2)).hidden == {}
    # With 13 for two the interval is 11 wide; a width of 12 takes the next.
    assert set(edition(shown, Rules(width=11)).hidden) == {A, B}
    assert set(edition(shown, Rules(width=12)).hidden) == {A, C}, "23 for two; all three would lose more"


def test_subtotals() -> None:
    """3 can be worked out of its group's total, so that its neighbour goes; the other group stays as it is."""
    made = table({"group": ["x", "x", "y", "y"], "row": ["a", "b", "c", "d"], "children": [3, 10, 8, 20]})
    named = {f"group_{name}": total(made, "children", group=name) for name in "xy"}
    found = edition(figures(grid("t", made, "children", axis(made, "row")), **named))
    assert spans(found) == {A: (1, 12), B: (1, 12)}
    # Where the two groups' totals aren't shown, any row will do: the smallest.
    assert set(edition(figures(grid("t", made, "children", axis(made, "row")))).hidden) == {A, C}


def test_a_table_of_two_sides() -> None:
    """Of 2 and three times 10 all four go: every line with one that isn't shown needs another."""
    found = edition(figures(crossed([[2, 10], [10, 10]])))
    assert spans(found) == {"t.a.p": (1, 11), "t.a.q": (1, 11), "t.b.p": (1, 11), "t.b.q": (9, 19)}


def test_the_same_count_in_several_tables_goes_everywhere() -> None:
    """One table by type, one by type and place: what is a in both is one number, whatever it is called."""
    made = table({"row": ["a", "a", "b", "b"], "column": ["p", "q", "p", "q"], "children": [3, 0, 30, 20]})
    one = grid("one", made, "children", axis(made, "row"))
    two = grid("two", made, "children", axis(made, "row"), axis(made, "column"))
    found = edition(figures(one, two, own=total(made, "children", row="a")))
    hidden = set(found.hidden)
    assert {"own", "one.a.children", "two.a.total", "two.a.p"} <= hidden
    assert "two.a.q" not in hidden, "a zero is shown"
    assert not found.failing


def test_a_total_of_parts_is_told_by_its_rows() -> None:
    """Fostered is the sum of two rows, wherever it stands: with one of them it would tell the other."""
    made = table({"row": ["a", "b", "c"], "children": [4, 30, 60]})
    by = {name: total(made, "children", row=name) for name in "abc"}
    found = edition({**by, "both": total(made, "children", row=("a", "b")), "added": add(by["b"], by["c"])})
    # c is 60 and with b 90: b can't be withheld alone, so that the sum of a and b goes.
    assert spans(found) == {"a": (1, float("inf")), "both": (31, float("inf"))}


def test_a_difference_gives_a_number_away() -> None:
    made = table({"row": ["a", "b", "c"], "children": [4, 30, 60]})
    few, many, most = (total(made, "children", row=name) for name in "abc")
    found = edition({"few": few, "many": many, "more": difference(many, few)})
    assert set(found.hidden) == {"few", "more"}
    assert edition({"many": many, "more": difference(most, many)}).hidden == {}


def test_shares_go_with_their_counts() -> None:
    made = table({"row": ["a", "b", "c"], "children": [3, 10, 20]})
    every = total(made, "children")
    counts = {name: total(made, "children", row=name) for name in "abc"}
    shares = {f"share_{name}": ratio(figure, every) for name, figure in counts.items()}
    found = edition({**counts, **shares, "every": every})
    assert set(found.hidden) == {"a", "b", "share_a", "share_b"}
    # Where the counts aren't shown, their shares of a known total are bounds of them.
    assert set(edition({**shares, "every": every}).hidden) >= {"share_a"}


def test_a_share_in_whole_per_cents_of_a_known_total_bounds_its_count() -> None:
    """10 of 1000 shown as 1% is 5 to 15: with 12 for both, what remains is a rest of −3 to 7, and 1 at least."""
    made = table({"row": ["a", "b", "c"], "children": [2, 10, 988]})
    few, ten = (total(made, "children", row=name) for name in "ab")
    shown = {"both": total(made, "children", row=("a", "b")), "few": few, "share": ratio(ten, total(made, "children")),
             "every": total(made, "children")}  # fmt: skip
    exact = edition(shown)
    assert set(exact.hidden) == {"few", "share"} and spans(exact)["few"] == (1, 12)
    rounded = edition(shown, halves={"share": Fraction(1, 200)})
    assert set(rounded.hidden) == {"few"} and spans(rounded)["few"] == (1, 7)


def test_a_share_of_100_per_cent_is_withheld_but_for_a_totals_of_itself() -> None:
    made = table({"row": ["a", "b"], "children": [40, 0]})
    every, part = total(made, "children"), total(made, "children", row="a")
    found = edition({"share": ratio(part, every), "whole": ratio(every, every)})
    assert found.hidden == {"share": Why.ALL}
    alone = table({"row": ["a"], "children": [40]})
    one, all_of_it = total(alone, "children", row="a"), total(alone, "children")
    assert edition({"share": ratio(one, all_of_it)}).hidden == {"share": Why.ALL}


def test_costs_and_averages_of_few_children() -> None:
    """£300 for 3 children goes with its average; so does another cost, because the total would tell it."""
    made = table({"row": ["a", "b", "c"], "children": [3, 10, 20], "cost": [30000, 90000, 500000]})
    costs = {f"cost_{name}": total(made, "cost", row=name) for name in "abc"}
    averages = {
        f"average_{n}": ratio(total(made, "cost", row=n), total(made, "children", row=n), Unit.MONEY) for n in "abc"
    }
    found = edition({**costs, **averages, "all": total(made, "cost")})
    assert set(found.hidden) == {"cost_a", "average_a", "cost_b", "average_b"}
    assert spans(found)["cost_a"] == (0, 120000)


def test_what_rests_on_an_unknown_number_of_children_is_withheld() -> None:
    """520 weeks of one year are of 10 children at least; 250 may be of 5, and an average is no better known."""
    told = {"placements": Children(rests={"cost": "", "weeks": ""}, weeks="weeks")}
    made = table({"row": ["a", "b"], "weeks": [Fraction(250), Fraction(520)], "cost": [5000, 90000]})
    shown = {f"{column}_{row}": total(made, column, row=row) for column in ("weeks", "cost") for row in "ab"}
    shown["average"] = ratio(shown["cost_a"], shown["weeks_a"], Unit.MONEY_PER_WEEK)
    found = edition(shown, told=told)
    assert found.hidden == dict.fromkeys(["average", "cost_a", "weeks_a"], Why.UNKNOWN)


def test_rows_of_a_child_each() -> None:
    made = table(
        {"child": list("abcdefghi"), "row": list("xxxyyyyyy"), "cost": [100, 200, None, 400, 500, 600, 700, 800, 900]},
        key=("child",), private=True,
    )  # fmt: skip
    told = {"placements": Children(rests={"cost": "children"})}
    shown = {
        "x": count(made, row="x"), "y": count(made, row="y"), "priced": count_filled(made, "cost"),
        "dearest": cell(made, "cost", 8), "where": cell(made, "row", 8), "cost_y": total(made, "cost", row="y"),
        "cost_x": total(made, "cost", row="x"), "said": text("Rank 1", "its rank"),
    }  # fmt: skip
    found = edition(shown, told=told)
    assert {name for name, why in found.hidden.items() if why is Why.FEW} == {"x", "dearest", "where", "cost_x"}
    assert "said" not in found.hidden and not found.failing


def test_what_cant_be_undone_goes_with_what_it_was_made_of() -> None:
    """A slice and words derived from a cost tell it: whoever sees them is taken to know all they were made of."""
    made = table({"row": ["a", "b", "c"], "children": [3, 30, 50], "cost": [3000, 9000, 50000]})
    made = derive(made, "word", lambda cost: "high" if cost > 1000 else "low", ("cost",), Unit.TEXT, "how high")
    few, more = (total(made, "cost", row=name) for name in "ab")
    part = slice_of(few, stated(1, Unit.COUNT, "one"), stated(3, Unit.COUNT, "three"))
    found = edition({"few": few, "slice": part, "word": cell(made, "word", 0), "other": cell(made, "word", 2)})
    assert set(found.hidden) == {"few", "slice", "word"}
    times = product(few, stated(52, Unit.WEEKS, "weeks"), Unit.MONEY)
    assert set(edition({"times": times, "size": size(difference(few, more)), "more": more}).hidden) == {"times", "size"}


def test_a_column_that_is_the_sum_of_two_others() -> None:
    told = {"placements": Children(counts=("all", "rest", "few"), sums=(("all", ("rest", "few")),))}
    made = table({"row": ["a"], "children": [0]})
    from reportgen.cells.kinds import Count
    from tests.trace.made import table as plain

    made = plain({"all": [20], "rest": [17], "few": [3]}, dict.fromkeys(("all", "rest", "few"), Count()))
    shown = {name: cell(made, name, 0) for name in ("all", "rest", "few")}
    assert set(edition(shown, told=told).hidden) == {"few", "rest"}


def test_what_was_published_before_and_what_agrees_is_known() -> None:
    made = table({"row": ["a", "b", "c"], "children": [3, 10, 20]})
    counts = {name: total(made, "children", row=name) for name in "abc"}
    shown = {**counts, "all": total(made, "children")}
    assert set(edition(shown).hidden) == {"a", "b"}
    # b was in last month's paper: now c has to go.
    assert set(edition(shown, known={"b": counts["b"]}).hidden) == {"a", "c"}
    # b stands in a sheet of key facts as well, by another name.
    other = table(
        {"row": ["x"], "children": [10]},
    )
    from dataclasses import replace

    fact = total(replace(other, sheet="Facts"), "children")
    found = edition({**shown, "fact": fact}, same=((fact, counts["b"]),))
    assert not found.failing and ("fact" in found.hidden) == ("b" in found.hidden)


def test_an_edition_that_cant_be_protected() -> None:
    """Where all but one were published before, the last can be worked out whatever is withheld."""
    made = table({"row": ["a", "b"], "children": [3, 10]})
    counts = {name: total(made, "children", row=name) for name in "ab"}
    known = {"b": counts["b"], "all": total(made, "children")}
    with pytest.raises(CannotProtect) as raised:
        edition({**counts, "all": known["all"]}, known=known)
    assert raised.value.names == ("a",)


def test_somebody_decided_that_a_figure_may_be_shown() -> None:
    made = table({"row": ["a", "b"], "children": [3, 10]})
    shown = {"a": total(made, "children", row="a"), "same": total(made, "children", row="a")}
    assert edition(shown, safe=["a"]).hidden == {}
    assert set(edition(shown).hidden) == {"a", "same"}


def test_small_counts_that_arent_shown_must_stay_unknown_too() -> None:
    """The paper shows 10 and their sum with 3, but not the 3: the sum goes, or the 10."""
    made = table({"row": ["a", "b"], "children": [3, 10]})
    few, ten = (total(made, "children", row=name) for name in "ab")
    found = edition({"ten": ten, "sum": add(few, ten)})
    assert set(found.hidden) == {"ten"}
    assert spans(found) == {"": (0, 12), "ten": (1, 13)}


def test_beyond_its_limits_the_choice_is_still_safe_and_says_so() -> None:
    dense = figures(crossed(DENSE))
    best = edition(dense)
    assert best.least
    for rules in (Rules(nodes=0), Rules(rounds=0), Rules(rounds=1)):
        found = edition(dense, rules)
        assert not found.failing and not found.least
        assert len(found.hidden) >= len(best.hidden)


def test_the_same_figures_give_the_same_edition_in_any_order() -> None:
    shown = figures(crossed([[2, 10, 6], [10, 10, 6], [3, 6, 10]]))
    found = edition(shown)
    assert edition(dict(reversed(shown.items()))) == found == edition(shown)


counts = st.integers(0, 7)
shapes = st.sampled_from([(2, 2), (2, 3), (3, 2)])


@settings(max_examples=25, deadline=None, derandomize=True)
@given(shapes.flatmap(lambda shape: st.lists(st.lists(counts, min_size=shape[1], max_size=shape[1]), min_size=shape[0],
                                             max_size=shape[0])))  # fmt: skip
def test_a_patient_reader_of_a_small_table_learns_no_more(rows: list[list[int]]) -> None:
    """Every table of whole numbers that fits is looked at, without a linear programme."""
    made = crossed(rows)
    found = edition(figures(made))
    assert {name for name, figure in figures(made).items() if 0 < int(figure.number) < 6} <= set(found.hidden)
    assert not any(figures(made)[name].value == 0 for name in found.hidden)
    for name, (low, high) in widths(made, found.hidden).items():
        assert high - low >= 3, (name, low, high)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(counts, min_size=1, max_size=4))
def test_a_patient_reader_of_a_line_learns_no_more(rows: list[int]) -> None:
    made = line(rows)
    found = edition(figures(made))
    for name, (low, high) in widths(made, found.hidden).items():
        assert high - low >= 3, (name, low, high)
