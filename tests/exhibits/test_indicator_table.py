"""Indicators as a table: values with their periods, the direction of travel as a word with the change."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.cells.dates import month_end
from reportgen.exhibits.indicator_table import make
from reportgen.exhibits.views import Line, TableView
from reportgen.model import Unit, Value
from reportgen.trace import Figure
from reportgen.wording import UK, House
from tests.exhibits.made import figure, grid, spec

HEADS = [
    ("indicator", "Indicator", Unit.TEXT),
    ("latest_period", "Latest period", Unit.DATE),
    ("latest", "Latest", Unit.COUNT),
    ("earlier_period", "Earlier period", Unit.DATE),
    ("earlier", "Earlier", Unit.COUNT),
    ("change", "Change", Unit.COUNT),
    ("direction", "Direction of travel", Unit.TEXT),
    ("comparison", "How they compare", Unit.TEXT),
    ("better", "Which is better", Unit.TEXT),
]
NONE = {unit: figure(None, unit, "x") for unit in (Unit.COUNT, Unit.DATE, Unit.TEXT)}


def table(*values: Value | Figure | None, house: House = UK) -> TableView:
    """The table of one indicator, its values in the order of the heads after the first."""
    return make(spec(notes=("A note.",)), grid(HEADS, ("children placed outside", *values, "lower")), house)


def lines(*values: Value | Figure | None) -> list[tuple[Line, ...]]:
    return [cell.lines for cell in table(*values).rows[0].cells]


def percent(hundredths: str, unit: Unit = Unit.PERCENT) -> Figure:
    return figure(Fraction(hundredths) / 100, unit)


@pytest.mark.parametrize(
    ("change", "word", "said"),
    [
        (-3, "improving", (Line("Improving", "strong"), Line("Down 3", "reason"))),
        (3, "worsening", (Line("Worsening", "strong"), Line("Up 3", "reason"))),
        (0, "no change", (Line("No change", "strong"),)),
    ],
)
def test_a_direction_is_a_word_with_the_change(change: int, word: str, said: tuple[Line, ...]) -> None:
    assert lines(month_end(2016, 5), 60 + change, month_end(2015, 5), 60, change, word, "Compared") == [
        (Line("Children placed outside", "strong"), Line("Lower is better", "reason")),
        (Line(str(60 + change)), Line("May 2016", "when")),
        (Line("60"), Line("May 2015", "when")),
        said,
    ]


def test_without_a_direction_the_table_says_why() -> None:
    why = "Not compared: the latest value counts the year so far, the earlier one the whole of 2015/16"
    made = table(month_end(2016, 10), 2, "2015/16", 3, NONE[Unit.COUNT], NONE[Unit.TEXT], why)
    assert [cell.lines for cell in made.rows[0].cells][2:] == [
        (Line("3"), Line("2015/16", "when")),
        (Line("[x]"), Line(why, "reason")),
    ]
    assert made.symbols == (("[x]", "not available"),)
    assert made.notes == ("A note.",)


def test_an_earlier_value_that_is_not_there_has_no_period() -> None:
    none = NONE[Unit.COUNT]
    cells = lines(month_end(2016, 5), 2, NONE[Unit.DATE], none, none, NONE[Unit.TEXT], "No earlier value")
    assert cells[2:] == [(Line("[x]"),), (Line("[x]"), Line("No earlier value", "reason"))]


@pytest.mark.parametrize(
    ("latest", "earlier", "change", "said"),
    [
        ("1.9", "3", "-1.1", ["1.9%", "3.0%", "Down 1.1\u00a0percentage points"]),
        ("63", "62", "1", ["63%", "62%", "Up 1\u00a0percentage point"]),
        ("63", "61", "2", ["63%", "61%", "Up 2\u00a0percentage points"]),
    ],
)
def test_percentages_of_a_row_have_as_many_places_as_they_need(
    latest: str, earlier: str, change: str, said: list[str]
) -> None:
    made = lines(
        month_end(2016, 5), percent(latest), month_end(2015, 5), percent(earlier), percent(change, Unit.POINTS),
        "improving", "Compared",
    )  # fmt: skip
    assert [made[1][0].text, made[2][0].text, made[3][1].text] == said


def test_a_grid_that_lacks_a_column_is_refused() -> None:
    with pytest.raises(KeyError, match="direction"):
        make(spec(), grid(HEADS[:6], ("a", month_end(2016, 5), 1, None, None, None)), UK)
