"""Indicators: which can be compared, in which direction they go, and what the inputs can get wrong."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from reportgen.cells.dates import month_end
from reportgen.figures.indicators import COMPARED, compute
from reportgen.model import Scalar, Unit
from reportgen.trace import Found, catalogue
from tests.figures.sheets import WHEN, addresses, grid_values, shown, sound, tables

HEAD: list[Scalar] = [
    "Indicator", "Unit", "Latest period", "Latest value", "Earlier period", "Earlier value", "Year to date", "Polarity",
]  # fmt: skip
SO_FAR = "Not compared: the latest value counts the year so far, the earlier one"


def row(
    latest: Scalar,
    earlier: Scalar,
    now: Scalar = "May 2016",
    before: Scalar = "May 2015",
    cumulative: str = "no",
    better: str = "lower",
    unit: str = "number",
    name: str = "Moves",
) -> list[Scalar]:
    return [name, unit, now, latest, before, earlier, cumulative, better]


def found(*rows: list[Scalar]) -> Found:
    return compute(sound({"indicators": [HEAD, *rows]}), WHEN)


def told(made: list[Scalar]) -> tuple[object, object, object]:
    """The change, the direction and how the values compare, of one indicator."""
    (only,) = found(made).grids["indicators"].rows
    return shown(only.cells[5]), shown(only.cells[6]), shown(only.cells[7])


@pytest.mark.parametrize(
    ("latest", "earlier", "better", "change", "direction"),
    [
        (63, 60, "lower", 3, "worsening"),
        (63, 60, "higher", 3, "improving"),
        (60, 63, "lower", -3, "improving"),
        (60, 63, "higher", -3, "worsening"),
        (60, 60, "higher", 0, "no change"),
        (0, 2, "lower", -2, "improving"),
    ],
)
def test_the_direction_of_travel_goes_by_which_way_is_better(
    latest: int, earlier: int, better: str, change: int, direction: str
) -> None:
    assert told(row(latest, earlier, better=better)) == (change, direction, COMPARED)


def test_percentages_change_by_percentage_points() -> None:
    grid = found(row(9, "8.5", unit="%"), row(4, 5, unit="%", name="Other")).grids["indicators"]
    assert grid_values(grid)[0] == [
        "Moves", month_end(2016, 5), Fraction(9, 100), month_end(2015, 5), Fraction(85, 1000), Fraction(1, 200),
        "worsening", COMPARED, "lower",
    ]  # fmt: skip
    assert [cell.unit for cell in grid.rows[0].cells][2:6] == [
        Unit.PERCENT, Unit.DATE, Unit.PERCENT, Unit.POINTS,
    ]  # fmt: skip
    assert [head.unit for head in grid.heads][2:6] == [Unit.PERCENT, Unit.DATE, Unit.PERCENT, Unit.POINTS]


def test_indicators_of_several_units_keep_their_own() -> None:
    grid = found(row(9, 8, unit="%"), row(84, 80, unit="per 10,000", name="Rate")).grids["indicators"]
    assert [row.cells[5].unit for row in grid.rows] == [Unit.POINTS, Unit.PER_10000]
    assert [head.unit for head in grid.heads][2:6] == [Unit.COUNT, Unit.DATE, Unit.COUNT, Unit.COUNT]


@pytest.mark.parametrize(
    ("now", "before", "comparison"),
    [
        ("September 2016", "September 2015", COMPARED),
        (dt.date(2016, 9, 1), dt.date(2015, 9, 1), COMPARED),
        (dt.date(2016, 2, 29), "February 2015", COMPARED),
        ("September 2016", dt.date(2015, 9, 30), COMPARED),
        ("2016/17", "2015/16", COMPARED),
        (dt.date(2017, 3, 31), "2015/16", COMPARED),
        ("September 2016", "2015/16", f"{SO_FAR} the whole of 2015/16"),
        (dt.date(2016, 9, 1), "2015", f"{SO_FAR} the whole of 2015"),
        ("September 2016", "August 2015", f"{SO_FAR} another part of the year, to August 2015"),
        ("September 2016", "September 2014", f"{SO_FAR} another part of the year, to September 2014"),
        ("September 2016", "March 2016", f"{SO_FAR} another part of the year, to March 2016"),
        (dt.date(2016, 9, 1), dt.date(2015, 9, 2), f"{SO_FAR} another part of the year, to 2 September 2015"),
    ],
    ids=str,
)
def test_a_count_within_the_year_is_compared_with_the_same_point_of_the_year_before_alone(
    now: Scalar, before: Scalar, comparison: str
) -> None:
    compared = comparison == COMPARED
    expected = (-2, "improving", comparison) if compared else ("[x]", "[x]", comparison)
    assert told(row(1, 3, now, before, cumulative="yes")) == expected
    assert told(row(1, 3, now, before, cumulative="no")) == (-2, "improving", COMPARED)


def test_the_full_year_and_the_year_so_far_are_no_improvement() -> None:
    made = row(1.9, 3.0, "October 2016", "2015/16", "ytd", unit="%")
    assert told(made) == ("[x]", "[x]", f"{SO_FAR} the whole of 2015/16")


@pytest.mark.parametrize(
    ("latest", "earlier", "before", "comparison"),
    [(5, None, None, "No earlier value"), (5, None, "May 2015", "No earlier value")],
)
def test_without_an_earlier_value_there_is_no_direction(
    latest: Scalar, earlier: Scalar, before: Scalar, comparison: str
) -> None:
    (only,) = found(row(latest, earlier, before=before)).grids["indicators"].rows
    assert [shown(cell) for cell in only.cells[4:8]] == ["[x]", "[x]", "[x]", comparison]


def test_columns_of_earlier_values_may_be_left_out() -> None:
    rows: list[list[Scalar]] = [[c for i, c in enumerate(each) if i not in (4, 5)] for each in (HEAD, row(5, 6))]
    made = compute(sound({"indicators": rows}), WHEN)
    assert grid_values(made.grids["indicators"]) == [
        ["Moves", month_end(2016, 5), 5, "[x]", "[x]", "[x]", "[x]", "No earlier value", "lower"]
    ]


def test_a_latest_value_that_is_not_available() -> None:
    made, problems = tables({"indicators": [HEAD, row("tbc", 6)]})
    assert [p.code for p in problems] == ["no-number"]
    (only,) = compute(made, WHEN).grids["indicators"].rows
    assert [shown(cell) for cell in only.cells[4:8]] == [6, "[x]", "[x]", "No latest value"]


def test_the_directions_are_counted() -> None:
    figures = found(
        row(1, 2, name="A"), row(3, 2, name="B"), row(3, 2, name="C"), row(2, 2, name="D"), row(2, None, name="E")
    ).figures
    assert {name: figure.value for name, figure in figures.items()} == {
        "indicators_count": 5,
        "indicators_improving": 1,
        "indicators_worsening": 2,
        "indicators_unchanged": 1,
        "indicators_not_compared": 1,
    }


def test_a_change_is_traced_to_its_two_values_and_what_allowed_it() -> None:
    named = catalogue(found(row(1, 2)))
    change, direction = named["indicators.moves.change"], named["indicators.moves.direction"]
    assert addresses(change) == ["indicators!D2", "indicators!F2"]
    examined = {cells.address for cells in change.examined()}
    assert {"B1:B2", "C1:C2", "E1:E2", "G1:G2", "H1:H2"} <= examined
    assert addresses(direction) == [f"indicators!{column}2" for column in "BCDEFGH"]


def test_periods_in_each_others_place_are_refused() -> None:
    _, problems = tables({"indicators": [HEAD, row(1, 2, "May 2015", "2016"), row(1, 2, "2016", "2016", name="B")]})
    assert [p.message for p in problems] == [
        f'in/book.xlsx, sheet "indicators", cell E{n}: expected one that ends before the latest does, found another.\n'
        "  Put the values and their periods into the right columns.  [periods-swapped]"
        for n in (2, 3)
    ]


def test_an_earlier_value_without_its_period_is_doubted_and_not_compared() -> None:
    made, problems = tables({"indicators": [HEAD, row(1, 2, before=None), row(1, None, before=None, name="B")]})
    assert [p.message for p in problems] == [
        'in/book.xlsx, sheet "indicators", cell F2: expected one with its earlier period beside it, found another.\n'
        "  Fill in the earlier period: without it the direction of travel can't be told.  [undated-value]"
    ]
    first, _ = compute(made, WHEN).grids["indicators"].rows
    assert [shown(cell) for cell in first.cells[5:8]] == ["[x]", "[x]", "Not compared: a value without its period"]


def test_without_a_column_of_periods_too() -> None:
    rows = [[c for i, c in enumerate(each) if i != 4] for each in (HEAD, row(1, 2))]
    assert [p.code for p in tables({"indicators": rows})[1]] == ["undated-value"]


@pytest.mark.parametrize(("at", "word"), [(6, "perhaps"), (7, "sideways")])
def test_words_that_are_not_accepted(at: int, word: str) -> None:
    made = row(1, 2)
    made[at] = word
    (problem,) = tables({"indicators": [HEAD, made]})[1]
    assert problem.code in ("unknown-cumulative", "unknown-direction")
