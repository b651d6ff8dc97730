"""Rows of activity on an axis of months: a name at the left, marks in time, words at the right, and a day across."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from reportgen.exhibits.sheet import PAGE, width_of
from reportgen.exhibits.style import LINE, QUIET, TEXT, WIDTH, Margins, as_svg, chart, text_width, wrapped
from reportgen.model import Unit
from reportgen.wording import House, in_words, month_short

LABELS = 2.5  # inches: the width of the rows' names
TOP, BOTTOM = 0.25, 0.42  # inches: the line that names the day, the months
MOST = 40  # rows
TICKS = 10  # the most months that are named on the axis
TICK = 0.36  # inches: what a month's name needs
BETWEEN = (0.1, 0.05)  # inches between rows that are as high as their names: roomy, and where they are many


@dataclass(frozen=True)
class Row:
    """A row: its name, the words to the right of all dates, and whether a rule above it begins another group."""

    name: str
    said: str
    begins: bool = False


@dataclass(frozen=True)
class Frame:
    """Where marks are drawn: across by the ordinals of days, down by the rows' middles.

    `day` and `row` are the inches of one day and of one unit downwards; `span` are the first day and the last.
    """

    axes: Any
    span: tuple[dt.date, dt.date]
    day: float
    row: float


@dataclass(frozen=True)
class _Heights:
    """Names as they are broken, the tops and middles of their rows, the end of all, and the inches of one unit."""

    names: list[str]
    tops: list[float]
    middles: list[float]
    end: float
    unit: float


def _refuse_many(count: int, what: str, most: int) -> None:
    if count > most:
        raise ValueError(f"{count} {what}, of which {most} go on a page: split the chart by group")


def drawn(
    name: str,
    rows: Sequence[Row],
    what: str,
    days: Sequence[dt.date],
    as_at: dt.date | None,
    house: House,
    draw_marks: Callable[[Frame, int, float], None],
    lines: int = 0,
) -> bytes:
    """The picture of rows over the months of some days, with a line at the day that the data stand at, if any.

    `draw_marks` draws the marks of a row by its number and its middle. With `lines`, each row is as high as its name
    needs, up to so many; without, all are alike. `what` the rows are is said where more are given than go on a page,
    for which ValueError is raised.
    """
    first, last = _span([*days, *([as_at] if as_at else [])])
    heights = _fitted(rows, what, lines) if lines else _alike(rows, what)
    right = max((width_of(row.said) for row in rows), default=0.0) + 0.25
    margins = Margins(LABELS + 0.1, right, TOP, BOTTOM)
    width = WIDTH - margins.left - margins.right
    with chart(name, heights.unit * (heights.end + 0.5) + TOP + BOTTOM, margins) as (figure, axes):
        frame = Frame(axes, (first, last), width / (last - first).days, heights.unit)
        for number, (row, top, middle) in enumerate(zip(rows, heights.tops, heights.middles, strict=True)):
            if row.begins:
                axes.axhline(top, color=QUIET, linewidth=0.8)
            draw_marks(frame, number, middle)
            _say(axes, middle, row.said)
        axes.set_yticks(heights.middles, heights.names)
        axes.set_ylim(heights.end, -0.5)
        _draw_months(axes, first, last, width, house)
        if as_at:
            _draw_day(axes, as_at, (first, last), width, house)
        axes.grid(axis="x")
        axes.grid(False, axis="y")
        axes.tick_params(labelcolor=TEXT, length=0)
        return as_svg(figure)


def _alike(rows: Sequence[Row], what: str) -> _Heights:
    """Rows of one height, of two lines where that goes on a page."""
    _refuse_many(len(rows), what, MOST)
    count = max(len(rows), 1)
    high = min(2 * LINE + 0.06, (PAGE - TOP - BOTTOM) / count)
    names = [wrapped(row.name, LABELS, 2 if high >= 2 * LINE else 1) for row in rows]
    middles = list(map(float, range(len(rows))))
    return _Heights(names, [middle - 0.5 for middle in middles], middles, count - 0.5, high)


def _fitted(rows: Sequence[Row], what: str, lines: int) -> _Heights:
    """Rows as high as their names, in inches from half an inch above the first."""
    names = [wrapped(row.name, LABELS, lines) for row in rows]
    breaks = [max(name.count("\n"), row.said.count("\n")) for name, row in zip(names, rows, strict=True)]
    room = PAGE - TOP - BOTTOM
    for between in BETWEEN:
        heights = [(number + 1) * LINE + between for number in breaks]
        ends = list(accumulate(heights))
        if sum(heights) <= room:
            break
    _refuse_many(len(rows), what, sum(end <= room for end in ends))
    tops = [end - high - 0.5 for end, high in zip(ends, heights, strict=True)]
    middles = [top + high / 2 for top, high in zip(tops, heights, strict=True)]
    return _Heights(names, tops, middles, (ends[-1] if ends else LINE + between) - 0.5, 1.0)


def _span(days: Sequence[dt.date]) -> tuple[dt.date, dt.date]:
    """The whole months of some days; a month of no meaning where there are none, which isn't named."""
    if not days:
        return dt.date.min, dt.date.min + dt.timedelta(days=31)
    return _month_start(min(days), 0), _month_start(max(days), 1)


def _say(axes: Any, row: float, words: str) -> None:
    axes.annotate(
        words, (1, row), (10, 0), xycoords=("axes fraction", "data"), textcoords="offset points", va="center",
        color=TEXT, annotation_clip=False,
    )  # fmt: skip


def _draw_months(axes: Any, first: dt.date, last: dt.date, width: float, house: House) -> None:
    count = (last.year - first.year) * 12 + last.month - first.month
    step = -(-count // min(TICKS, int(width / TICK)))
    months = [_month_start(first, i) for i in range(0, count + 1, step)] if first > dt.date.min else []
    axes.set_xticks([m.toordinal() for m in months], [month_short(m, house).replace(" ", "\n") for m in months])
    axes.set_xlim(first.toordinal(), last.toordinal())


def _draw_day(axes: Any, as_at: dt.date, span: tuple[dt.date, dt.date], width: float, house: House) -> None:
    """The day that the data stand at: a line across with its date above, kept within `width` inches."""
    words = f"Data as at {in_words(as_at, Unit.DATE, house=house)}"
    axes.axvline(as_at.toordinal(), color=TEXT, linewidth=1.2, linestyle=(0, (4, 2)))
    half = text_width(words) / 2 / width
    at = (as_at - span[0]).days / (span[1] - span[0]).days
    axes.annotate(
        words, (min(max(at, half), 1 - half), 1), (0, 4), xycoords="axes fraction", textcoords="offset points",
        ha="center", color=TEXT, annotation_clip=False,
    )  # fmt: skip


def _month_start(day: dt.date, later: int) -> dt.date:
    number = day.year * 12 + day.month - 1 + later
    return dt.date(number // 12, number % 12 + 1, 1)
