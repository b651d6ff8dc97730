"""The fan: its labels, its lines beside its colours, and what the text alternative says."""

from __future__ import annotations

import re

import pytest

from reportgen.cells.dates import month_end
from reportgen.exhibits.fan_chart import make
from reportgen.exhibits.style import POINTS, TEXT
from reportgen.exhibits.views import ChartView
from reportgen.model import Unit
from reportgen.trace import Grid
from reportgen.wording import UK
from tests.exhibits.made import assert_clear, boxes, fills, grid, sizes, spec, words

COLUMNS = ("actual", "median", "low_80", "high_80", "low_95", "high_95", "target")
HEADS = (("month", "Month", Unit.MONTH), *((key, key.capitalize(), Unit.COUNT) for key in COLUMNS))


def fan(*past: int | None, target: int | None = 380) -> Grid:
    """Months of 2016, then two that are projected to 400 and 390."""
    rows: list[tuple[int | None, ...]] = [(number, *[None] * 5, target) for number in past]
    rows += [(None, 400, 396, 405, 393, 409, target), (None, 390, 383, 398, 378, 404, target)]
    return grid(HEADS, *((month_end(2016, at), *row) for at, row in enumerate(rows, 1)))


def made(numbers: Grid, **settings: object) -> ChartView:
    return make(spec("fan-chart", **settings), numbers, UK)  # type: ignore[arg-type]


FALLING = fan(420, 424, 411)


def test_the_alternative_says_how_it_ran_how_it_is_to_run_and_how_sure_that_is() -> None:
    assert made(FALLING, title="Fewer children.").alt == (
        "Fan chart. Fewer children."
        " Actual fell from 420 in January 2016 to 411 in March 2016; highest 424 in February 2016, lowest 411 in March"
        " 2016. The middle of the projection fell from 400 in April 2016 to 390 in May 2016; highest 400 in April 2016,"
        " lowest 390 in May 2016. In May 2016 80% of runs lie between 383 and 398 and 95% of runs lie between 378 and"
        " 404. Target: 380."
    )


def test_a_gap_in_what_was_is_told_and_what_is_to_come_is_none() -> None:
    said = made(fan(420, None, 411)).alt
    assert "lowest 411 in March 2016; no value for February 2016. The middle" in said
    assert "April 2016; no value" not in said


def test_lines_bands_and_target_are_named_at_their_ends_in_dark_ink() -> None:
    svg = made(FALLING, options={"axis": "Children at month end"}).svg
    said = words(svg)
    assert [word for word in said if ": " in word] == [
        "Target: 380", "Middle: 390", "80% (inner band): 383 to 398", "95% (outer band): 378 to 404", "Actual: 411",
    ]  # fmt: skip
    assert "Children at month end (the axis begins at 376)" in said
    assert {colour.lower() for colour in fills(svg)} <= {TEXT, "#505050"}
    assert sizes(svg) == {POINTS}


def test_no_line_is_known_by_its_colour_alone() -> None:
    # The middle, the outer edges and the target are each dashed otherwise; the rest is drawn through.
    dashes = re.findall(rb"stroke-dasharray: ([\d., ]+);", made(FALLING).svg)
    assert len({*dashes}) == 3
    without = re.findall(rb"stroke-dasharray: ([\d., ]+);", made(fan(420, 424, 411, target=None)).svg)
    assert len({*without}) == 2


@pytest.mark.parametrize(
    "numbers",
    [
        FALLING,
        fan(380, 390, 395),
        fan(420, 424, 411, target=409),
        fan(400, 405, 411, target=413),
        fan(411),
        fan(420, 411),
    ],
)
def test_no_words_lie_over_others(numbers: Grid) -> None:
    assert_clear(made(numbers, options={"axis": "Children at month end"}).svg)


@pytest.mark.parametrize("numbers", [fan(420, 424, 411, target=409), fan(400, 405, 411, target=413)])
def test_the_target_does_not_run_through_the_name_of_what_was(numbers: Grid) -> None:
    svg = made(numbers).svg
    dotted = re.search(rb'd="M [\d.]+ ([\d.]+) [^"]*"[^>]*stroke-dasharray: 1\.2,1\.8', svg)
    assert dotted
    (name,) = (box for box in boxes(svg) if box.text == "Actual: 411")
    assert not name.top < float(dotted[1]) < name.bottom


def test_the_name_of_what_was_stands_clear_of_a_steep_line_whose_last_months_are_alike() -> None:
    past = [(month_end(2016, month), 200 - 20 * month, *[None] * 5) for month in range(1, 9)]
    alike, ahead = (month_end(2016, 9), 40, *[None] * 5), (month_end(2016, 10), None, 38, 30, 45, 25, 50)
    svg = made(grid(HEADS[:-1], *past, alike, ahead)).svg
    (name,) = (box for box in boxes(svg) if box.text == "Actual: 40")
    line = max(re.findall(rb'd="(M [\d. \nL]+)"', svg), key=len)
    points = [tuple(map(float, pair.split())) for pair in re.split(rb"[ML]", line) if pair.strip()]
    assert len(points) == 9
    assert not [point for point in points if name.left < point[0] < name.right and name.top < point[1] < name.bottom]
    assert name.top > points[-1][1]


def test_labels_that_end_together_are_apart() -> None:
    same = grid(HEADS, (month_end(2016, 1), 400, *[None] * 5, 400), (month_end(2016, 2), None, *[400] * 6))
    svg = made(same).svg
    assert_clear(svg)
    assert len([word for word in words(svg) if ": " in word]) == 5


def test_without_a_target_there_is_none_and_the_axis_begins_at_zero_where_the_numbers_are_near_it() -> None:
    few = grid(HEADS[:-1], (month_end(2016, 1), 9, *[None] * 5), (month_end(2016, 2), None, 7, 4, 10, 2, 12))
    chart = made(few, options={"axis": "Children"})
    assert "Target" not in chart.alt
    assert "Children" in words(chart.svg)
    assert "0" in words(chart.svg)


def test_nothing_projected_and_nothing_at_all_can_be_drawn() -> None:
    past = grid(HEADS[:-1], (month_end(2016, 1), 9, *[None] * 5))
    assert made(past).alt == "Fan chart. A title. Actual: 9 in January 2016. The middle of the projection: no values."
    assert made(grid(HEADS[:-1])).alt.endswith("Actual: no values. The middle of the projection: no values.")


def test_the_settings_name_the_columns_and_the_table_shows_those() -> None:
    chart = made(FALLING, columns={"month": "Month", "actual": "Looked after", "median": "Expected", "target": "Aim"})
    assert [head.text for head in chart.table.heads] == ["Month", "Looked after", "Expected", "Aim"]
    assert "Looked after fell from 420" in chart.alt and chart.alt.endswith("Aim: 380.")
    assert {"Looked after: 411", "Aim: 380"} <= set(words(chart.svg))


def test_a_grid_that_is_no_fan_is_refused() -> None:
    with pytest.raises(KeyError, match='has no column "median"'):
        made(grid(HEADS[:2], (month_end(2016, 1), 9)))
    with pytest.raises(TypeError):
        made(grid((*HEADS[:-1], ("target", "Target", Unit.TEXT)), (month_end(2016, 1), 9, *[None] * 5, "many")))
