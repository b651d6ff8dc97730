"""Series by month: the picture's labels, and what the text alternative says of each series."""

from __future__ import annotations

import re

import pytest

from reportgen.exhibits.line_chart import make
from reportgen.exhibits.style import POINTS, TEXT, palette
from reportgen.exhibits.views import ChartView
from reportgen.model import Unit
from reportgen.trace import Grid
from reportgen.wording import UK
from tests.exhibits.made import fills, grid, months, sizes, spec, words


def made(numbers: Grid, **settings: object) -> ChartView:
    return make(spec("line-chart", **settings), numbers, UK)  # type: ignore[arg-type]


RISING = months((1, 592, 51), (2, 589, 57), (3, 610, 57))


def test_the_alternative_says_where_each_series_began_ended_and_turned() -> None:
    assert made(RISING, title="More children.").alt == (
        "Line chart. More children."
        " All children rose from 592 in January 2016 to 610 in March 2016; highest 610 in March 2016, lowest 589 in"
        " February 2016. UASC rose from 51 in January 2016 to 57 in March 2016; highest 57 in February 2016, lowest 51"
        " in January 2016."
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, 9, None), (2, 7, None)], "All children fell from 9 in January 2016 to 7 in February 2016; highest 9 in "
         "January 2016, lowest 7 in February 2016."),
        ([(1, 9, None), (2, 11, None), (3, 9, None)], "All children was 9 in January 2016 and again in March 2016; "
         "highest 11 in February 2016, lowest 9 in January 2016."),
        ([(1, 1234, None)], "All children: 1,234 in January 2016."),
        ([(1, 5, None), (2, None, None), (3, 8, None)], "All children rose from 5 in January 2016 to 8 in March 2016; "
         "highest 8 in March 2016, lowest 5 in January 2016; no value for February 2016."),
        ([(1, None, None)], "All children: no values."),
        ([], "All children: no values."),
    ],
)  # fmt: skip
def test_the_alternative_of_a_series(rows: list[tuple[int, int | None, int | None]], said: str) -> None:
    numbers = months(*rows)
    assert made(numbers, columns={"month": "", "all": ""}).alt == f"Line chart. A title. {said}"


def test_series_are_labelled_at_their_end_in_dark_ink() -> None:
    svg = made(RISING, options={"axis": "Children at month end"}).svg
    said = words(svg)
    assert [word for word in said if ":" in word] == ["UASC: 57", "All children: 610"]
    assert "Children at month end" in said
    assert [word for word in said if word in ("Jan", "Feb", "Mar")] == ["Jan", "Feb", "Mar"]
    assert {colour.lower() for colour in fills(svg)} <= {TEXT, "#505050"}
    assert sizes(svg) == {POINTS}


def test_labels_of_series_that_end_together_are_apart() -> None:
    heads = (("m", "M", Unit.MONTH), *((name, name, Unit.COUNT) for name in "abc"))
    together = grid(heads, *((row.cells[0], 50, 50, 50) for row in RISING.rows))
    assert [word for word in words(made(together).svg) if ":" in word] == ["a: 50", "b: 50", "c: 50"]


def test_columns_are_chosen_and_named_by_the_settings_and_the_table_has_them_too() -> None:
    chart = made(RISING, columns={"month": "Month", "uasc": "Alone"})
    assert [head.text for head in chart.table.heads] == ["Month", "Alone"]
    assert "Alone rose from 51" in chart.alt
    assert "All children" not in chart.alt


def test_long_series_name_some_of_their_months_and_always_the_last() -> None:
    years = grid((("m", "M", Unit.TEXT), ("n", "N", Unit.COUNT)), *((f"T{number}", number) for number in range(30)))
    named = [word for word in words(made(years).svg) if word.startswith("T")]
    assert len(named) <= 12
    assert named[-1] == "T29"


def test_negative_values_and_none_at_all_can_be_drawn() -> None:
    assert "All children: −5" in words(made(months((1, -3, -9), (2, -5, -1))).svg)
    assert [word for word in words(made(months()).svg) if ":" in word] == []


def test_words_are_no_series() -> None:
    with pytest.raises(TypeError):
        made(grid((("m", "M", Unit.MONTH), ("t", "T", Unit.TEXT)), ("x", "words")))


def test_a_value_at_the_end_of_the_axis_is_not_cut() -> None:
    # 70 is the top of an axis in tens: the marker stands half above it.
    svg = made(months((1, 67, None), (2, 70, None)), columns={"month": "", "all": ""}).svg.decode().lower()
    (colour,) = map(str.lower, palette(1))
    assert colour in svg
    clipped = re.findall(r"<(?:path|g)[^>]*clip-path[^>]*>", svg)
    assert not [element for element in clipped if element.startswith("<g") or colour in element]
