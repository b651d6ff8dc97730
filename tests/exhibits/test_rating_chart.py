"""Ratings by category: each part a word with its number, in the picture and in its alternative."""

from __future__ import annotations

import pytest

from reportgen.exhibits.rating_chart import make
from reportgen.exhibits.style import POINTS, TEXT
from reportgen.exhibits.views import ChartView
from reportgen.model import Unit
from reportgen.wording import UK
from tests.exhibits.made import fills, grid, sizes, spec, words

HEADS = (
    ("outcome", "Outcome", Unit.TEXT),
    ("blue", "Blue", Unit.COUNT),
    ("amber", "Amber", Unit.COUNT),
    ("red", "Red", Unit.COUNT),
    ("unrated", "Not yet rated", Unit.COUNT),
    ("total", "All", Unit.COUNT),
)


def made(*rows: tuple[str | int, ...]) -> ChartView:
    total: tuple[str | int, ...] = ("All", *(sum(int(row[at]) for row in rows) for at in range(1, 6)))
    return make(spec("rating-chart", "Two actions are Red"), grid(HEADS, *rows, total, totals=1), UK)


HOME = ("1. Home", 0, 2, 2, 0, 4)
SCHOOL = ("2. School", 0, 0, 0, 0, 0)
MOVES = ("3. Moves.", 1, 0, 0, 3, 4)


def test_the_alternative_gives_every_part_and_the_longest_and_shortest_bar() -> None:
    assert made(HOME, SCHOOL, MOVES).alt == (
        "Bar chart. Two actions are Red. 1. Home: two Amber and two Red. 2. School: no actions listed. 3. Moves: one"
        " Blue and three Not yet rated. Most actions: 1. Home and 3. Moves (4); fewest: 2. School (0)."
    )


def test_one_bar_is_neither_longest_nor_shortest() -> None:
    assert made(HOME).alt == "Bar chart. Two actions are Red. 1. Home: two Amber and two Red."


def test_parts_carry_their_words_and_totals_are_no_bar() -> None:
    svg = made(HOME, SCHOOL, MOVES).svg
    said = words(svg)
    assert [word for word in said if word[-1].isdigit()] == ["Amber 2", "Red 2", "Blue 1", "Not yet rated 3"]
    assert said.count("No actions listed") == 1
    assert not [word for word in said if word.startswith("All")]
    assert sizes(svg) == {POINTS}
    assert {colour.lower() for colour in fills(svg)} <= {TEXT, "#ffffff"}


def test_labels_stand_beside_bars_that_are_too_narrow_for_them() -> None:
    said = words(made(("1. Home", 1, 1, 40, 0, 42), SCHOOL).svg)
    assert "Blue 1, Amber 1, Red 40" in said
    assert "No actions listed" in said
    assert "Red 40" not in said


def test_the_table_has_what_the_settings_name() -> None:
    columns = {"outcome": "", "red": "Red"}
    chart = make(spec("rating-chart", columns=columns), grid(HEADS, HOME), UK)
    assert [head.text for head in chart.table.heads] == ["Outcome", "Red"]
    assert chart.alt == "Bar chart. A title. 1. Home: two Red."


def test_a_chart_without_rows_can_be_drawn() -> None:
    assert make(spec("rating-chart"), grid(HEADS), UK).alt == "Bar chart. A title."


def test_words_are_no_parts() -> None:
    with pytest.raises(TypeError):
        make(spec("rating-chart"), grid((("a", "A", Unit.TEXT), ("b", "B", Unit.TEXT)), ("x", "y")), UK)
