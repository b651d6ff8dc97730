"""How charts look: the Government Analysis Function's palette and rules, the same bytes each time."""

from __future__ import annotations

import bisect
import functools
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BRAG_COLOURS = {"Blue": "#1d5b9e", "Green": "#00703c", "Amber": "#ffbf47", "Red": "#b10e1e"}
UNRATED = "#e5e6e7"
TEXT = "#222222"
QUIET = "#505050"
WHITE = "#ffffff"
FAMILY = "Liberation Sans"
FALLBACKS = "'Liberation Sans', Arial, Helvetica, sans-serif"
WIDTH = 6.693  # inches: the text width of an A4 page with margins of 2 cm, so that a point here is a point there
POINTS = 9.5
LINE = POINTS * 1.2 / 72  # inches: the height of a line of text
STRANGE = 1.0  # of a line's size: the most that a letter is wide which another font has to supply
FRACTIONS = 65536  # of a point, in which a font tells how wide a letter is
NARROW = 40  # of the narrowest letters go on an inch


@dataclass(frozen=True)
class Margins:
    """What is kept free around a chart's axes for labels, in inches."""

    left: float = 0.5
    right: float = 0.1
    top: float = 0.3
    bottom: float = 0.45


def ink_on(colour: str) -> str:
    """White or near-black, whichever has the greater contrast with a colour."""
    return max((WHITE, TEXT), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@contextmanager
def chart(name: str, height: float, margins: Margins) -> Iterator[tuple[Any, Any]]:
    """A matplotlib figure and axes in the house style, `height` in inches; `name` salts the picture's ids.

    The margins are given rather than found by matplotlib, which would draw everything twice.
    """
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({**_style(), "svg.hashsalt": name}):
        figure = Figure(figsize=(WIDTH, height))
        axes = figure.add_axes(
            (
                margins.left / WIDTH,
                margins.bottom / height,
                (WIDTH - margins.left - margins.right) / WIDTH,
                (height - margins.top - margins.bottom) / height,
            )
        )
        yield figure, axes


@functools.cache
def _style() -> dict[Any, Any]:
    """The Analysis Function's style, in our type. A `$` in a label is a dollar, not mathematics."""
    import afcharts
    import matplotlib

    file = Path(afcharts.__file__).parent / "afcharts.mplstyle"
    sizes = dict.fromkeys(
        ("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "ytick.labelsize"), POINTS
    )
    own = {"svg.fonttype": "none", "font.family": FAMILY, "axes.unicode_minus": True, "text.parse_math": False}
    return {**matplotlib.rc_params_from_file(file, use_default_template=False), **sizes, **own}


def palette(count: int) -> list[str]:
    """The Analysis Function's categorical colours, darkest first. Raises ValueError for more than it has, six."""
    from afcharts.af_colours import get_af_colours

    if count > 6:
        raise ValueError(f"{count} series: a chart that can be read has six at most")
    return list(
        get_af_colours("duo") if count == 2 else get_af_colours("categorical", number_of_colours=max(count, 2))
    )[:count]


def wrapped(text: str, width: float, lines: int = 2) -> str:
    """The text broken to fit a width in inches, cut with … where it needs more than `lines`."""
    rows: list[str] = []
    for word in text[: int(lines * width * NARROW)].split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and text_width(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    if len(rows) > lines:
        rows = [*rows[: lines - 1], " ".join(rows[lines - 1 :])]
    return "\n".join(_cut(row, width) for row in rows)


def _cut(text: str, width: float) -> str:
    """The text, or as much of its beginning as fits with … after it."""
    if text_width(text) <= width:
        return text
    fits = bisect.bisect_right(range(len(text)), width, key=lambda length: text_width(f"{text[:length]}…")) - 1
    return f"{text[: max(fits, 0)].rstrip()}…"


def text_width(text: str) -> float:
    """The width of a line of text as a chart prints it, in inches: its letters set side by side, without kerning."""
    return sum(map(_letter_width, text))


@functools.cache
def _letter_width(letter: str) -> float:
    """How far a letter moves the next one on, in inches."""
    from matplotlib.ft2font import LoadFlags

    with _strange_letters():
        font = _font()
        font.set_size(POINTS, 72)
        glyph = font.get_char_index(ord(letter))
        if not glyph:
            return STRANGE * POINTS / 72
        advance = font.load_glyph(glyph, LoadFlags.NO_HINTING).linearHoriAdvance
    return float(advance) / FRACTIONS / 72


@functools.cache
def _font() -> Any:
    """The font that charts are drawn in, or what stands in for it where it is missing."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return get_font(findfont(FontProperties(family=FAMILY)))


@contextmanager
def _strange_letters() -> Iterator[None]:
    """Keeps matplotlib from warning of letters that its font lacks: the renderer refuses them, and says which."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Glyph \d+ ", UserWarning)
        yield


def as_svg(figure: Any) -> bytes:
    """The figure as SVG, the same bytes for the same chart: no date, ids of its own, fonts by name with fallbacks."""
    buffer = io.BytesIO()
    for axes in figure.axes:
        # Else all are measured, only to keep titles of axes, which there are none of, away from them.
        for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
            label.set_in_layout(False)
    with _strange_letters():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": "reportgen"}, transparent=True)
    text = buffer.getvalue().decode("utf-8").replace(f"'{FAMILY}'", FALLBACKS)
    return re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL).encode("utf-8")
