"""Tables: where every value came from."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from reportgen.cells.kinds import Count, Money
from reportgen.model import Place, Unit
from reportgen.table import SYMBOLS, CellRange, Column, Stated, Table, ranges, single
from tests.trace.made import addresses, placements, table


def runs(column: int, *stretches: tuple[int, int]) -> tuple[int, np.ndarray, np.ndarray]:
    firsts, lasts = zip(*stretches, strict=True) if stretches else ((), ())
    return column, np.array(firsts, dtype=np.int64), np.array(lasts, dtype=np.int64)


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([(5, 5)], ["C5"]),
        ([(9, 9), (5, 7), (8, 8)], ["C5:C9"]),
        ([(4, 9), (5, 6), (8, 8)], ["C4:C9"]),
        ([(4, 5), (5, 7), (9, 9), (9, 9)], ["C4:C7", "C9"]),
        ([], []),
    ],
    ids=["one", "adjoining", "within", "overlapping", "none"],
)
def test_ranges_are_the_fewest(stretches: list[tuple[int, int]], expected: list[str]) -> None:
    assert addresses(ranges("f", "s", [runs(3, *stretches)])) == expected


def test_ranges_are_in_order_of_column_and_row_over_several_runs() -> None:
    found = ranges("f", "s", [single(28, 2), runs(2, (7, 8)), single(2, 6), single(1, 3)])
    assert addresses(found) == ["A3", "B6:B8", "AB2"]


def test_a_range_says_where_it_is() -> None:
    cells = CellRange("in/p.xlsx", "Placements", 3, 5, 9)
    assert str(cells) == "in/p.xlsx!Placements!C5:C9"
    assert str(CellRange("in/p.csv", "", 3, 5, 5)) == "in/p.csv!C5"
    assert Place("in/p.xlsx", "Placements", 9, 3) in cells
    for other in (Place("in/p.xlsx", "Placements", 10, 3), Place("in/p.xlsx", "Placements", 9, 4), Place("in/p.xlsx")):
        assert other not in cells
    assert "C5" not in cells


def of(made: Table, column: str, rows: list[int] | None = None) -> list[str]:
    return addresses(ranges("f", "s", made.runs(column, None if rows is None else np.array(rows))))


def test_a_label_carried_down_stands_for_the_blank_cells_below_it() -> None:
    made = table({"outcome": ["1", "1", "1", "2"], "ref": ["a", "b", "c", "d"]})
    carried = replace(made.columns["outcome"], rows=np.array([4, 4, 4, 7], dtype=np.int64))
    made = replace(made, columns={**made.columns, "outcome": carried})
    made = made.with_column("x", [1, 2, 3, 4], Column(Unit.COUNT, derived_from=("outcome",)))
    assert of(made, "outcome") == ["A4:A7"]
    assert of(made, "outcome", [2]) == ["A4:A6"]
    assert of(made, "outcome", [0, 3]) == ["A4", "A7"]
    assert of(made, "x", [1]) == ["A4:A5"]
    assert made.place("outcome", 2) == made.place("x", 2) == Place("in/p.xlsx", "Placements", 4, 1)


def test_codes_tell_values_apart_and_blanks_from_them() -> None:
    codes = placements().codes("type")
    assert codes.rows.tolist() == [0, 0, 1, 0, -1, 1]
    assert codes.of == {"foster care": 0, "residential": 1}
    assert placements().codes("children").rows.tolist() == [0, 1, 2, 3, 4, -1]


def test_what_is_worked_out_is_worked_out_once_and_handed_on() -> None:
    made = placements()
    assert made.codes("type") is made.codes("type")
    more = made.with_column("x", ["a"] * 6, Column(Unit.TEXT, derived_from=("type",)))
    assert more.codes("type") is made.codes("type")
    assert more.codes("x").of == {"a": 0}
    assert not made.has("x")
    with pytest.raises(ValueError, match="Placements has a column x"):
        more.with_column("x", [], Column(Unit.TEXT))


def test_numbers_know_what_is_missing_and_why() -> None:
    numbers = placements().numbers("cost")
    assert numbers.values.tolist() == [300, 100, 9000, 0, 400, 50]
    assert numbers.known.tolist() == [True, True, True, False, True, True]
    assert [SYMBOLS[mark] for mark in numbers.marks] == ["", "", "", "x", "", ""]
    with pytest.raises(TypeError, match="type is no column of numbers"):
        placements().numbers("type")


def test_sums_beyond_64_bits_are_exact() -> None:
    large = 2**62
    numbers = table({"cost": [large, large, large]}, {"cost": Money()}).numbers("cost")
    assert numbers.values.sum() == 3 * large
    small = table({"cost": [-(2**30), 2**30]}, {"cost": Money()}).numbers("cost")
    assert small.values.dtype == np.int64


def test_fractions_are_numbers_too() -> None:
    made = table({"weeks": [Fraction(1, 7), None, 2]})
    assert made.numbers("weeks").values.tolist() == [Fraction(1, 7), 0, 2]


def test_totals_rows_are_named_by_their_labels() -> None:
    stated = Stated("children", "Total", 4, Place("in/p.xlsx", "Placements", 6, 2), (0, 1), Fraction(0))
    made = table({"type": ["a", "b"], "children": [1, 3]}, {"children": Count()}, stated=(stated,))
    assert addresses(ranges("f", "s", made.naming())) == []
    assert addresses(ranges("f", "s", replace(made, label=("type",)).naming())) == ["A4:A6"]


def test_headings_of_a_derived_column_are_those_that_it_was_derived_from() -> None:
    made = placements().with_column(
        "x", [None] * 6, Column(Unit.TEXT, headings=((9, 3),), derived_from=("type", "cost"))
    )
    assert addresses(ranges("f", "s", made.headings("x"))) == ["A3", "D3", "I3"]
    assert len(made) == 6


def test_other_values_make_another_table_and_leave_this_one_alone() -> None:
    made = placements()
    made.numbers("cost"), made.codes("type")
    other = made.with_values("cost", {0: 301, 5: -1})
    assert other.numbers("cost").values.tolist() == [301, 100, 9000, 0, 400, -1]
    assert made.numbers("cost").values.tolist() == [300, 100, 9000, 0, 400, 50]
    assert other.codes("type") is made.codes("type")
    assert other.place("cost", 5) == made.place("cost", 5)
    named = made.with_values("type", {4: "residential"})
    assert named.codes("type").rows.tolist() == [0, 0, 1, 0, 1, 1]
