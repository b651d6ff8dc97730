"""A fan chart: what was as a line, the middle of what is expected within two bands, and the target, all named on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.exhibits.course import Point, course
from reportgen.exhibits.style import LINE, QUIET, TEXT, Margins, as_svg, chart, palette, text_width
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.views import ChartView, Spec, body_rows, shown_heads, value_words
from reportgen.trace import Grid
from reportgen.wording import House, joined, month_short

KIND, CHART = "fan-chart", True
OPTIONS = ("axis", "places")
HEIGHT = 3.6  # inches
MARGINS = Margins(left=0.6)
TICKS = 10  # the most months that are named on the axis
MARKED = 24  # the most months of the past that have a marker each
UNDER_THE_NAME = 6  # months
AWAY = 7.0  # points between a number and its words
INNER, OUTER = "#a9c4e3", "#dce8f5"  # tints of the line's blue, whose edges are drawn besides
REQUIRED = ("actual", "median", "low_80", "high_80", "low_95", "high_95")
TARGET = "target"
Series = Mapping[int, Point]


@dataclass(frozen=True)
class Fan:
    """The known points of each column by position, the months' names and ticks, and what the lines are called."""

    months: tuple[str, ...]
    ticks: tuple[str, ...]
    series: Mapping[str, Series]
    labels: Mapping[str, str]
    axis: str

    @property
    def start(self) -> int:
        """The position of the last month that was; −1 where there is none."""
        return max(self.series["actual"], default=-1)

    def last(self, key: str) -> Point | None:
        """A column's last known point."""
        points = self.series.get(key, {})
        return points[max(points)] if points else None


def make(spec: Spec, grid: Grid, house: House) -> ChartView:
    """The grid's months with the columns REQUIRED and, where it has one, TARGET.

    Raises KeyError for a grid that lacks one of them, TypeError for columns without numbers.
    """
    shown = shown_heads(spec, grid)
    named = {head.key: label for _, head, label in shown}
    rows = body_rows(grid)
    months = [row.cells[shown[0][0]] for row in rows]
    names = [value_words(month, spec, house) for month in months]
    keys = [*REQUIRED, *(TARGET for head in grid.heads if head.key == TARGET)]
    series = {
        key: {
            i: Point(float(figure.number), value_words(figure, spec, house), names[i])
            for i, figure in enumerate(row.cells[grid.position(key)] for row in rows)
            if figure.value is not None
        }
        for key in keys
    }
    labels = {key: named.get(key, grid.heads[grid.position(key)].label) for key in keys}
    ticks = [month_short(m.value, house).replace(" ", "\n") if isinstance(m.value, dt.date) else n
             for m, n in zip(months, names, strict=True)]  # fmt: skip
    fan = Fan(tuple(names), tuple(ticks), series, labels, spec.options.get("axis", ""))
    table = make_table(spec, grid, house)
    return ChartView(spec.name, spec.title, _draw(spec, fan), _alt(spec, fan), table, spec.notes)


def _draw(spec: Spec, fan: Fan) -> bytes:
    end = len(fan.months) - 1
    numbers = [point.number for points in fan.series.values() for point in points.values()]
    steps = _scale(numbers)
    low, top = steps[0], steps[-1]
    line = (top - low) * LINE / (HEIGHT - MARGINS.top - MARGINS.bottom)
    labels = _apart(_ends(fan), line, low)
    right = max((text_width(text) for _, text in labels), default=0.0) * 1.08 + 0.2  # bold is wider
    with chart(spec.name, HEIGHT, Margins(MARGINS.left, right)) as (figure, axes):
        _bands(axes, fan)
        _lines(axes, fan)
        for height, text in labels:
            axes.annotate(text, (end, height), (8, 0), textcoords="offset points", va="center", color=TEXT,
                          fontweight="bold", annotation_clip=False)  # fmt: skip
        _name_the_past(axes, fan, line)
        step = -(-len(fan.ticks) // TICKS) or 1
        named = list(range(end, -1, -step))[::-1]
        axes.set_xticks(named, [fan.ticks[i] for i in named])
        axes.set_xlim(-0.4, end + 0.2)
        axes.set_yticks(steps)
        axes.set_ylim(low, top)
        begins = f"{fan.axis} (the axis begins at {low:,.0f})" if low > 0 and fan.axis else fan.axis
        axes.set_title(begins, loc="left", color=QUIET)
        axes.tick_params(labelcolor=TEXT, length=0)
        return as_svg(figure)


def _bands(axes: Any, fan: Fan) -> None:
    """The two intervals, from the last month that was: the outer with dashed edges, the inner with solid ones."""
    (blue,) = palette(1)
    for level, tint, dashes in (("95", OUTER, (0, (3, 2))), ("80", INNER, (0, ()))):
        low, high = (_joined(fan, f"{side}_{level}") for side in ("low", "high"))
        if not low:
            continue
        at = sorted(low)
        axes.fill_between(at, [low[i] for i in at], [high[i] for i in at], color=tint, linewidth=0)
        for edge in (low, high):
            axes.plot(at, [edge[i] for i in at], color=blue, linewidth=0.8, linestyle=dashes)


def _joined(fan: Fan, key: str) -> dict[int, float]:
    """A column of the projection by position, joined to the last number that was."""
    points = {at: point.number for at, point in fan.series[key].items()}
    return {fan.start: fan.series["actual"][fan.start].number, **points} if points and fan.start >= 0 else points


def _lines(axes: Any, fan: Fan) -> None:
    """What was, with a marker a month; the middle, dashed; the target, dotted across."""
    (blue,) = palette(1)
    actual, middle = fan.series["actual"], _joined(fan, "median")
    past = range(fan.start + 1)
    values = [actual[i].number if i in actual else float("nan") for i in past]
    marker = "o" if len(actual) <= MARKED else ""
    axes.plot(past, values, color=blue, marker=marker, markersize=4, clip_on=False)
    axes.plot(sorted(middle), [middle[i] for i in sorted(middle)], color=blue, linestyle=(0, (6, 2)))
    if target := fan.series.get(TARGET):
        at = sorted(target)
        axes.plot(at, [target[i].number for i in at], color=TEXT, linewidth=1.2, linestyle=(0, (1, 1.5)))


def _name_the_past(axes: Any, fan: Fan, line: float) -> None:
    """The name of what was, with its last number, on the side that its line doesn't come from and clear of the target.

    `line` is how much of the axis a line of text takes.
    """
    actual, last = fan.series["actual"], fan.last("actual")
    if last is None:
        return
    before = [point.number for at, point in actual.items() if at < fan.start]
    # The months above which the words stand: the last two may be alike at the foot of a steep line.
    above = [number - last.number for number in before[-UNDER_THE_NAME:]]
    below = sum(above) > 0
    side = -1 if below else 1
    away, target = AWAY, fan.last(TARGET)
    crossed = (target.number - last.number) * side / line if target else 0.0  # lines of text from the number
    if 0.3 < crossed < 1.9:
        away = (crossed + 0.2) * LINE * 72
    axes.annotate(f"{fan.labels['actual']}: {last.words}", (fan.start, last.number), (-4, side * away),
                  textcoords="offset points", ha="right" if fan.start > 1 else "left", va="top" if below else "bottom",
                  color=TEXT, fontweight="bold", annotation_clip=False)  # fmt: skip


def _ends(fan: Fan) -> list[tuple[float, str]]:
    """What stands at the end of the months: the middle, the bands and the target, each at its height."""
    found = []
    if median := fan.last("median"):
        found.append((median.number, f"Middle: {median.words}"))
    for level, band in (("80", "inner"), ("95", "outer")):
        low, high = fan.last(f"low_{level}"), fan.last(f"high_{level}")
        if low and high:
            found.append((high.number, f"{level}% ({band} band): {low.words} to {high.words}"))
    if target := fan.last(TARGET):
        found.append((target.number, f"{fan.labels[TARGET]}: {target.words}"))
    return sorted(found)


def _apart(labels: Sequence[tuple[float, str]], line: float, low: float) -> list[tuple[float, str]]:
    """The labels, from the lowest up, each at least a line above the one below and none below the axis."""
    placed: list[tuple[float, str]] = []
    for height, text in labels:
        least = placed[-1][0] + line if placed else low + line / 2
        placed.append((max(height, least), text))
    return placed


def _scale(numbers: Sequence[float]) -> list[float]:
    """The axis in whole steps around the numbers. It begins above zero where they all lie far from it."""
    from matplotlib.ticker import MaxNLocator

    low, top = min(numbers, default=0.0), max(numbers, default=1.0)
    base = low if low > (top - low) else min(0.0, low)
    return [float(tick) for tick in MaxNLocator(7).tick_values(base, top if top > base else base + 1)]


def _alt(spec: Spec, fan: Fan) -> str:
    """What the chart shows: how the line ran and how its middle is to run, the intervals at the end, and the target."""
    said = [f"Fan chart. {spec.title.rstrip('.')}."]
    for key, label in (("actual", fan.labels["actual"]), ("median", "The middle of the projection")):
        points = fan.series[key]
        # Only the past has gaps: what it lacks after its last month isn't there yet.
        gaps = [name for i, name in enumerate(fan.months[: fan.start]) if key == "actual" and i not in points]
        said.append(course(label, [points[i] for i in sorted(points)], gaps))
    ends = [
        (share, low.words, high.words, low.month)
        for share, level in (("80%", "80"), ("95%", "95"))
        if (low := fan.last(f"low_{level}")) and (high := fan.last(f"high_{level}"))
    ]
    if ends:
        said.append(f"In {ends[0][3]} {joined([f'{s} of runs lie between {a} and {b}' for s, a, b, _ in ends])}.")
    if target := fan.last(TARGET):
        said.append(f"{fan.labels[TARGET]}: {target.words}.")
    return " ".join(said)
