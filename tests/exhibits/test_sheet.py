"""Pictures in inches: hatchings within their areas, labels that make room for each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.exhibits.sheet import HATCHES, area, sheet, spread, strokes, whole, words
from reportgen.exhibits.style import TEXT, WIDTH, as_svg
from tests.exhibits.made import boxes


@pytest.mark.parametrize("hatch", HATCHES)
@pytest.mark.parametrize(("width", "height"), [(2.0, 0.2), (0.01, 3.0), (0.4, 0.4), (0.0, 0.0)])
def test_strokes_stay_within_their_area(hatch: str, width: float, height: float) -> None:
    for stroke in strokes(width, height, hatch):
        for x, y in stroke:
            assert -1e-9 <= x <= width + 1e-9
            assert -1e-9 <= y <= height + 1e-9


def test_hatchings_differ() -> None:
    drawn = [tuple(strokes(1.0, 0.3, hatch)) for hatch in HATCHES]
    assert len(set(drawn)) == len(HATCHES) == 6
    assert drawn[0] == ()
    rising, falling = strokes(0.2, 0.2, "/")[0], strokes(0.2, 0.2, "\\")[0]
    assert rising[0][1] > rising[1][1], "a stroke of / goes up to the right"
    assert falling[0][1] < falling[1][1], "a stroke of \\ goes down to the right"


def test_a_sheet_is_measured_in_inches_from_its_top_left_corner() -> None:
    with sheet("one", 3.0) as (figure, axes):
        words(axes, 1.0, 0.5, "Here")
        area(axes, 0.0, 2.0, WIDTH, 1.0, TEXT, "x")
        svg = as_svg(figure)
    (here,) = boxes(svg)
    assert here.left == pytest.approx(72)
    assert (here.top + here.bottom) / 2 == pytest.approx(36, abs=1)


def test_labels_that_have_room_stand_where_they_are_wanted() -> None:
    assert spread([1.0, 2.0], [0.2, 0.2], (0, 3)) == pytest.approx([1.0, 2.0])


def test_labels_that_are_wanted_at_one_place_share_it_in_their_order() -> None:
    assert spread([1.0, 1.0, 1.0], [0.2, 0.2, 0.2], (0, 3)) == pytest.approx([0.8, 1.0, 1.2])
    assert spread([0.0, 0.0], [0.2, 0.4], (0, 3)) == pytest.approx([0.1, 0.4])
    assert spread([9.0], [0.2], (0, 3)) == pytest.approx([2.9])
    assert spread([], [], (0, 3)) == []


def test_labels_keep_out_of_walls_where_they_can() -> None:
    assert spread([1.0], [0.2], (0, 3), [[(0.9, 1.05)]]) == pytest.approx([1.15])
    assert spread([1.0], [0.2], (0, 3), [[(0.0, 3.0)]]) == pytest.approx([1.0])


def test_more_labels_than_a_band_holds_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^more labels than have room beside each other: show fewer columns$"):
        spread([1.0] * 4, [0.3] * 4, (0, 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-1, 4), st.floats(0.05, 0.4)), max_size=6))
def test_labels_never_meet_and_never_leave_their_band(given_labels: list[tuple[float, float]]) -> None:
    wanted, heights = sorted(want for want, _ in given_labels), [height for _, height in given_labels]
    placed = spread(wanted, heights, (0, 3))
    ends = [(middle - height / 2, middle + height / 2) for middle, height in zip(placed, heights, strict=True)]
    assert all(top >= -1e-6 and foot <= 3 + 1e-6 for top, foot in ends)
    assert all(after[0] - before[1] >= -1e-6 for before, after in pairwise(ends))


def test_names_are_whole_or_refused() -> None:
    assert whole("Statistical neighbours", 1.0, 2, "column") == "Statistical\nneighbours"
    with pytest.raises(ValueError, match=r'^the name of the column "Statistical neighbours" is too long for the char'):
        whole("Statistical neighbours", 1.0, 1, "column")
