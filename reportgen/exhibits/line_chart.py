"""A line chart of series by month, each labelled at its end, with a text alternative that says how it ran."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.exhibits.course import Point, course
from reportgen.exhibits.style import LINE, QUIET, TEXT, Margins, as_svg, chart, palette, text_width
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.views import ChartView, Spec, body_rows, shown_heads, value_words
from reportgen.trace import Figure, Grid
from reportgen.wording import House, month_short

KIND, CHART = "line-chart", True
OPTIONS = ("axis", "places")
HEIGHT = 3.2  # inches
MARGINS = Margins()
MARKERS = ("o", "s", "^", "D", "v", "P")
TICKS = 12  # the most months that are named on the axis


@dataclass(frozen=True)
class Series:
    """One line: its name, its colour, its known points by position, and the months without one."""

    label: str
    colour: str
    points: dict[int, Point]
    missing: tuple[str, ...]


def make(spec: Spec, grid: Grid, house: House) -> ChartView:
    """The grid's columns over its first, which holds the months. Raises TypeError for columns without numbers."""
    (at, _, _), *columns = shown_heads(spec, grid)
    rows = body_rows(grid)
    months = [row.cells[at] for row in rows]
    series = [
        _series(label, colour, months, [row.cells[i] for row in rows], spec, house)
        for (i, _, label), colour in zip(columns, palette(len(columns)), strict=True)
    ]
    picture = _draw(spec, [_tick(month, house) for month in months], series)
    return ChartView(spec.name, spec.title, picture, _alt(spec, series), make_table(spec, grid, house), spec.notes)


def _series(
    label: str, colour: str, months: Sequence[Figure], values: Sequence[Figure], spec: Spec, house: House
) -> Series:
    names = [value_words(month, spec, house) for month in months]
    points = {
        i: Point(float(value.number), value_words(value, spec, house), names[i])
        for i, value in enumerate(values)
        if value.value is not None
    }
    return Series(label, colour, points, tuple(name for i, name in enumerate(names) if i not in points))


def _tick(month: Figure, house: House) -> str:
    return month_short(month.value, house).replace(" ", "\n") if isinstance(month.value, dt.date) else str(month.value)


def _draw(spec: Spec, ticks: Sequence[str], series: Sequence[Series]) -> bytes:
    end = len(ticks) - 1
    numbers = [point.number for line in series for point in line.points.values()]
    low, top = _scale(numbers)
    labels = _labels(series, (top - low) * LINE / (HEIGHT - MARGINS.top - MARGINS.bottom))
    right = max((text_width(label) for _, label in labels), default=0.0) * 1.08 + 0.2  # bold is wider
    with chart(spec.name, HEIGHT, Margins(right=right)) as (figure, axes):
        for line, marker in zip(series, MARKERS, strict=False):
            values = [line.points[i].number if i in line.points else float("nan") for i in range(len(ticks))]
            # A value may be that of the axis's end: its marker stands half beyond.
            axes.plot(range(len(values)), values, color=line.colour, marker=marker, markersize=4, clip_on=False)
        for height, label in labels:
            axes.annotate(label, (end, height), (8, 0), textcoords="offset points", va="center", color=TEXT,
                          fontweight="bold", annotation_clip=False)  # fmt: skip
        step = -(-len(ticks) // TICKS) or 1
        shown = list(range(end, -1, -step))[::-1]
        axes.set_xticks(shown, [ticks[i] for i in shown])
        axes.set_xlim(-0.4, end + 0.2)
        axes.set_ylim(low, top)
        axes.set_title(spec.options.get("axis", ""), loc="left", color=QUIET)
        axes.tick_params(labelcolor=TEXT, length=0)
        return as_svg(figure)


def _scale(numbers: Sequence[float]) -> tuple[float, float]:
    """The ends of the axis: whole steps, zero among them, with room for a label above the highest value."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(7).tick_values(min([0.0, *numbers]), max([0.0, *numbers]) or 1.0)
    return float(ticks[0]), float(ticks[-1])


def _labels(series: Sequence[Series], line: float) -> list[tuple[float, str]]:
    """Each series' name with its last value, at a height near that value and a line of text from the one below."""
    ends = sorted(
        (points[max(points)].number, s.label, points[max(points)].words) for s in series if (points := s.points)
    )
    placed: list[tuple[float, str]] = []
    for height, label, words in ends:
        least = placed[-1][0] + line if placed else height
        placed.append((max(height, least), f"{label}: {words}"))
    return placed


def _alt(spec: Spec, series: Sequence[Series]) -> str:
    """What the chart shows: for each series its first, last, highest and lowest value and its direction."""
    return " ".join([f"Line chart. {spec.title.rstrip('.')}.", *map(_told, series)])


def _told(series: Series) -> str:
    return course(series.label, [series.points[i] for i in sorted(series.points)], series.missing)
