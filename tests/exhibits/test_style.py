"""The look of charts: contrast, breaking of labels, pictures that are the same each time."""

from __future__ import annotations

import pytest

from reportgen.exhibits.style import (
    BRAG_COLOURS,
    POINTS,
    QUIET,
    TEXT,
    UNRATED,
    WHITE,
    WIDTH,
    Margins,
    as_svg,
    chart,
    contrast,
    ink_on,
    palette,
    text_width,
    wrapped,
)
from tests.exhibits.made import sizes, width, words


def picture(label: str = "A label", name: str = "one") -> bytes:
    with chart(name, 2.0, Margins()) as (figure, axes):
        axes.plot([0, 1], [0, 1])
        axes.set_title(label)
        return as_svg(figure)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.005)
    assert contrast("#28A197", WHITE) == pytest.approx(3.16, abs=0.05)


@pytest.mark.parametrize("colour", [*BRAG_COLOURS.values(), UNRATED])
def test_words_on_a_rating_can_be_read(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= 4.5


def test_words_and_lines_on_white_can_be_told_from_it() -> None:
    assert min(contrast(ink, WHITE) for ink in (TEXT, QUIET)) >= 4.5
    assert min(contrast(colour.lower(), WHITE) for colour in palette(3)) >= 3


def test_a_palette_has_six_colours_at_most() -> None:
    assert [len(set(palette(count))) for count in range(1, 7)] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(ValueError, match=r"^7 series: a chart that can be read has six at most$"):
        palette(7)


def test_labels_are_broken_where_they_fit_and_cut_where_they_do_not() -> None:
    assert wrapped("Short", 2.0) == "Short"
    lines = wrapped("Reduce external placements and increase in-house fostering", 2.5).split("\n")
    assert lines == ["Reduce external placements and increase", "in-house fostering"]
    cut = wrapped("word " * 60, 1.5).split("\n")
    assert len(cut) == 2
    assert cut[1].endswith("…")
    assert max(map(text_width, cut)) <= 1.5
    assert text_width(wrapped("W" * 80, 1.0)) <= 1.0
    assert wrapped("", 1.0) == ""
    assert "\n" not in wrapped("Reduce external placements and increase in-house fostering", 2.5, lines=1)


def test_a_picture_is_as_wide_as_the_text_so_that_its_letters_print_in_their_size() -> None:
    assert width(picture()) == pytest.approx(WIDTH * 72, abs=0.01)
    assert abs(WIDTH * 25.4 - 170) < 0.1
    assert sizes(picture()) == {POINTS}


def test_pictures_are_the_same_each_time_and_share_no_ids() -> None:
    assert picture() == picture()
    assert picture(name="two") != picture()
    assert b"<metadata" not in picture()
    assert b"<dc:date" not in picture()


@pytest.mark.parametrize("label", ["$x^2$", r"$\frac{", "<b>&amp;", "a_b^c", "“q” – £5"])
def test_words_in_a_picture_are_words(label: str) -> None:
    assert label in words(picture(label))
