"""Rows of activity on an axis of months: a name at the left, marks in time, words at the right, and a day across."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.exhibits.sheet import PAGE
from reportgen.exhibits.style import LINE, TEXT, WIDTH, Margins, as_svg, chart, text_width, wrapped
from reportgen.model import Unit
from reportgen.wording import House, in_words, month_short

LABELS = 2.5  # inches: the width of the rows' names
TOP, BOTTOM = 0.25, 0.42  # inches: the line that names the day, the months
MOST = 40  # rows
TICKS = 10  # the most months that are named on the axis


@dataclass(frozen=True)
class Row:
    """A row: its name, and the words to the right of all dates."""

    name: str
    said: str


@dataclass(frozen=True)
class Frame:
    """Where a row's marks are drawn: across by the ordinals of days, down by the rows' numbers.

    `day` and `row` are the inches of one; `span` are the first day and the last.
    """

    axes: Any
    span: tuple[dt.date, dt.date]
    day: float
    row: float


def refuse_many(count: int, what: str) -> None:
    """Raises ValueError where more rows are to be drawn than go on a page."""
    if count > MOST:
        raise ValueError(f"{count} {what}, of which {MOST} go on a page: split the chart by group")


def drawn(
    name: str,
    rows: Sequence[Row],
    days: Sequence[dt.date],
    as_at: dt.date | None,
    house: House,
    draw_marks: Callable[[Frame, int], None],
    lines: int = 2,
) -> bytes:
    """The picture of rows over the months of some days, with a line at the day that the data stand at, if any.

    `draw_marks` draws the marks of a row by its number; names take up to so many `lines`.
    """
    first, last = _span([*days, *([as_at] if as_at else [])])
    high = min(lines * LINE + 0.06, (PAGE - TOP - BOTTOM) / max(len(rows), 1))
    broken = [wrapped(row.name, LABELS, max(min(int(high / LINE), lines), 1)) for row in rows]
    right = max((text_width(row.said) for row in rows), default=0.0) + 0.25
    margins = Margins(LABELS + 0.1, right, TOP, BOTTOM)
    width = WIDTH - margins.left - margins.right
    with chart(name, high * max(len(rows), 1) + TOP + BOTTOM, margins) as (figure, axes):
        frame = Frame(axes, (first, last), width / (last - first).days, high)
        for number, row in enumerate(rows):
            draw_marks(frame, number)
            _say(axes, number, row.said)
        axes.set_yticks(range(len(rows)), broken)
        axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
        _draw_months(axes, first, last, house)
        if as_at:
            _draw_day(axes, as_at, (first, last), width, house)
        axes.grid(axis="x")
        axes.grid(False, axis="y")
        axes.tick_params(labelcolor=TEXT, length=0)
        return as_svg(figure)


def _span(days: Sequence[dt.date]) -> tuple[dt.date, dt.date]:
    """The whole months of some days; a month of no meaning where there are none, which isn't named."""
    if not days:
        return dt.date.min, dt.date.min + dt.timedelta(days=31)
    return _month_start(min(days), 0), _month_start(max(days), 1)


def _say(axes: Any, row: int, words: str) -> None:
    axes.annotate(
        words, (1, row), (10, 0), xycoords=("axes fraction", "data"), textcoords="offset points", va="center",
        color=TEXT, annotation_clip=False,
    )  # fmt: skip


def _draw_months(axes: Any, first: dt.date, last: dt.date, house: House) -> None:
    count = (last.year - first.year) * 12 + last.month - first.month
    months = [_month_start(first, i) for i in range(0, count + 1, -(-count // TICKS))] if first > dt.date.min else []
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
