"""Levels as a matrix: the word under the level that a row has."""

from __future__ import annotations

import pytest

from reportgen.exhibits.level_matrix import make
from reportgen.exhibits.views import TableView
from reportgen.model import Unit
from reportgen.wording import UK
from tests.exhibits.made import figure, grid, spec

HEADS = (("label", "Risk", Unit.TEXT), ("level", "Level", Unit.LEVEL))


def matrix(*rows: tuple[object, ...]) -> TableView:
    return make(spec("level-matrix"), grid(HEADS, *rows), UK)  # type: ignore[arg-type]


def test_the_word_stands_under_its_level_and_nothing_under_the_others() -> None:
    view = matrix(("Current risk", "high"), ("Residual risk", "low"))
    assert [(head.text, head.key) for head in view.heads] == [
        ("Risk", "label"),
        ("Low", "low"),
        ("Medium", "medium"),
        ("High", "high"),
    ]
    assert [[cell.text for cell in row.cells] for row in view.rows] == [
        ["Current risk", "", "", "High"],
        ["Residual risk", "Low", "", ""],
    ]
    assert [cell.header for cell in view.rows[0].cells] == [True, False, False, False]
    assert [cell.css for cell in view.rows[0].cells] == ["text", "text", "text", "text level"]
    shown = view.rows[0].cells[3]
    assert shown.figure is not None
    assert (shown.figure.value, shown.lines[0].style) == ("high", "strong")
    assert view.rows[0].cells[1].figure is None


def test_a_level_that_is_not_available_says_so_and_is_in_the_key() -> None:
    view = matrix(("Current risk", figure(None, Unit.LEVEL, "x")))
    assert [cell.text for cell in view.rows[0].cells] == ["Current risk", "[x]", "[x]", "[x]"]
    assert view.symbols == (("[x]", "not available"),)


def test_other_columns_are_no_levels() -> None:
    heads = (("label", "Risk", Unit.TEXT), ("level", "Level", Unit.TEXT))
    with pytest.raises(ValueError, match="a column of labels and one of levels"):
        make(spec("level-matrix"), grid(heads, ("Current", "high")), UK)
    with pytest.raises(ValueError, match="a column of labels and one of levels"):
        make(spec("level-matrix"), grid((*HEADS, ("more", "More", Unit.LEVEL)), ("Current", "high", "low")), UK)
