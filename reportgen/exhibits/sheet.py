"""A picture measured in inches from its top left corner: areas told apart by hatching, words that keep their place."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reportgen.exhibits.style import LINE, TEXT, WHITE, WIDTH, Margins, chart, text_width, wrapped

PAGE = 9.2  # inches: a page's height less the chart's title and note
GAP = 0.06  # inches: the least between words and what stands beside them
BOLD = 1.08  # how much wider bold words are
HATCHES = ("", "/", "|", "\\", "-", "x")  # one a colour of the palette
_SPACING = 0.065  # inches between the strokes of a hatching
_STEP = 0.01  # inches: how finely labels are placed
_CROSSING = 100.0  # what a label over a line costs, against an inch away from its place

Stroke = tuple[tuple[float, float], tuple[float, float]]
Band = tuple[float, float]


@contextmanager
def sheet(name: str, height: float) -> Iterator[tuple[Any, Any]]:
    """A figure and its axes, which are inches: across from 0 to `style.WIDTH`, down from 0 to `height`."""
    with chart(name, height, Margins(0, 0, 0, 0)) as (figure, axes):
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        yield figure, axes


def area(axes: Any, left: float, top: float, width: float, height: float, colour: str, hatch: str) -> None:
    """Draws a rectangle of inches with its hatching.

    The strokes are lines of ours, for a pattern of SVG shows a seam in the PDF every inch.
    """
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((left, top), width, height, facecolor=colour, edgecolor="none", zorder=2))
    lines = [[(left + x, top + y) for x, y in stroke] for stroke in strokes(width, height, hatch)]
    add_strokes(axes, lines)


def add_strokes(axes: Any, lines: Sequence[Sequence[tuple[float, float]]]) -> None:
    """Draws the strokes of a hatching over what is already there."""
    from matplotlib.collections import LineCollection

    if lines:
        axes.add_collection(LineCollection(lines, colors=WHITE, linewidths=0.7, zorder=2.1), autolim=False)


def strokes(width: float, height: float, hatch: str) -> list[Stroke]:
    """The strokes of a hatching within a rectangle of inches that begins at 0, 0 and runs to the right and down."""
    found: list[Stroke] = []
    if hatch in ("/", "x"):
        for c in _steps(width + height):
            ends = max(0.0, c - height), min(width, c)
            found.append(((ends[0], c - ends[0]), (ends[1], c - ends[1])))
    if hatch in ("\\", "x"):
        for c in _steps(width + height):
            ends = max(0.0, c - height), min(width, c)
            found.append(((ends[0], height - c + ends[0]), (ends[1], height - c + ends[1])))
    if hatch == "|":
        found += [((x, 0.0), (x, height)) for x in _steps(width)]
    if hatch == "-":
        found += [((0.0, y), (width, y)) for y in _steps(height)]
    return found


def _steps(length: float) -> list[float]:
    return [number * _SPACING for number in range(1, math.ceil(length / _SPACING))]


def words(axes: Any, x: float, y: float, text: str, **how: Any) -> None:
    """Writes words with their middle at the height `y`, from `x` to the right unless `ha` says otherwise.

    Each line is anchored for itself: where the library sets several, it does so by the widths that it measures, and a
    letter that its font lacks it takes for wider than what a reader is shown.
    """
    lines = text.split("\n")
    first = y if how.get("va") == "top" else y - LINE * (len(lines) - 1) / 2
    for at, line in enumerate(lines):
        axes.text(x, first + at * LINE, line, **{"ha": "left", "va": "center", "color": TEXT, "zorder": 5, **how})


def width_of(text: str, bold: bool = False) -> float:
    """The width in inches of the longest line of a text."""
    return max((text_width(line) for line in text.split("\n")), default=0.0) * (BOLD if bold else 1.0)


def whole(name: str, width: float, lines: int, what: str) -> str:
    """The name broken to fit a width in inches. Raises ValueError where it needs more than `lines`."""
    broken = wrapped(name, width, lines)
    if broken.replace("\n", " ") != " ".join(name.split()):
        raise ValueError(f'the name of the {what} "{name}" is too long for the chart: give it a shorter one in columns')
    return broken


def spread(
    wanted: Sequence[float], heights: Sequence[float], band: Band, walls: Sequence[Sequence[Band]] = ()
) -> list[float]:
    """The middles of labels from the top down, near where each is wanted, none over another, all within a band.

    `walls` are for each label what it had better not stand over. Raises ValueError where the band is too low for all.
    """
    cells = math.floor((band[1] - band[0]) / _STEP + 1e-6)
    needs = [math.ceil(height / _STEP - 1e-6) for height in heights]
    if sum(needs) > cells:
        raise ValueError("more labels than have room beside each other: show fewer columns")
    best, choices = [0.0] * (cells + 1), []
    for number, (want, need) in enumerate(zip(wanted, needs, strict=True)):
        costs, ends = [math.inf] * (cells + 1), [0] * (cells + 1)
        for end in range(need, cells + 1):
            top, foot = band[0] + (end - need) * _STEP, band[0] + end * _STEP
            over = sum(max(0.0, min(foot, b) - max(top, a)) for a, b in walls[number]) if walls else 0.0
            here = best[end - need] + abs((top + foot) / 2 - want) + _CROSSING * over
            costs[end], ends[end] = min((costs[end - 1], ends[end - 1]), (here, end))
        best = costs
        choices.append(ends)
    placed, end = [], cells
    for ends, need in zip(reversed(choices), reversed(needs), strict=True):
        end = ends[end]
        placed.append(band[0] + (end - need / 2) * _STEP)
        end -= need
    return placed[::-1]
