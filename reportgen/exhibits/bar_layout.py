"""Where everything of a bar chart stands, in inches from the top left corner, so that nothing covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.exhibits.marks import Mark, Series
from reportgen.exhibits.sheet import GAP, PAGE, Band, whole, width_of
from reportgen.exhibits.style import LINE, WIDTH, wrapped

LABELS = 2.3  # inches: the most for the categories' names
NAMES = 1.5  # inches: the most for the series' names
COMPARED = 2.9  # inches: the most for a comparator's name and value
LINES = 3  # of a category's name; one that needs more is cut, and stands whole in the table
ROOMY, TIGHT = (0.215, 0.12), (0.165, 0.06)  # inches: a bar with its gap, and what is between categories
FILLED = 0.82  # the part of a bar's room that it fills


@dataclass(frozen=True)
class Row:
    """A category: its name, and its mark in each series; None for a blank."""

    name: str
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True)
class Comparator:
    """A value that all bars are compared with."""

    name: str
    mark: Mark

    @property
    def label(self) -> str:
        """Name and value, as they stand at the line."""
        return f"{self.name}: {self.mark.printed}"


@dataclass(frozen=True)
class Bars:
    """What a bar chart shows; `lines` are its comparators, `axis` says what is measured, `signs` stand for + and -."""

    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    lines: tuple[Comparator, ...]
    axis: str
    signs: tuple[str, str] = ("", "")

    @property
    def marks(self) -> list[Mark]:
        """The marks of all bars."""
        return [made for row in self.rows for made in row.marks if made]


@dataclass(frozen=True)
class Slots:
    """The height of a category's middle, and of the middle of each of its bars, blanks among them."""

    middle: float
    bars: tuple[float, ...]


@dataclass(frozen=True)
class Layout:
    """Where everything stands. `unit` is the inches of 1, `zero` where bars begin, `head` the room above them."""

    bars: Bars
    left: float
    zero: float
    unit: float
    head: float
    height: float
    thickness: float
    labels: tuple[str, ...]
    names: tuple[str, ...]
    slots: tuple[Slots, ...]
    line_heights: tuple[float, ...]

    def span(self, made: Mark) -> Band:
        """Where a bar's value is printed, from the left to the right."""
        start, end = _span(made, self.unit, _compared(self.bars))
        return self.zero + start, self.zero + end


def laid_out(bars: Bars) -> Layout:
    """The layout of a bar chart. Raises ValueError where it doesn't fit on a page."""
    several = len(bars.series) > 1
    names = tuple(whole(series.name, NAMES, 2, "column") for series in bars.series) if several else ()
    wide = max((width_of(name) for name in names), default=0.0) + (4 * GAP if several else 0.0)
    labels = tuple(wrapped(row.name, LABELS, LINES) for row in bars.rows)
    left = max((width_of(label) for label in labels), default=0.0) + wide + 2 * GAP
    for line in bars.lines:
        whole(line.label, COMPARED / 1.08, 1, "column")
    # A comparator's name stands to the left of its line: with this much room it does even at the smallest value.
    left = max([left, *(width_of(line.label, bold=True) + 2 * GAP for line in bars.lines)])
    zero, unit = _scale(bars, left)
    head = (LINE * 1.35 if bars.axis else 0.03) + len(bars.lines) * LINE * 1.15 + (0.04 if bars.lines else 0.0)
    height, thickness, slots = _rows(bars, labels, names, head)
    heights = _line_heights(bars.lines, head)
    return Layout(bars, left, zero, unit, head, height, thickness, labels, names, slots, heights)


def _compared(bars: Bars) -> list[float]:
    return sorted(line.mark.value for line in bars.lines if line.mark.number is not None)


def _scale(bars: Bars, left: float) -> tuple[float, float]:
    """Where zero is, and the inches of 1: as large as leaves room for each value beside its bar."""
    numbers = [0.0, *(made.value for made in bars.marks), *_compared(bars)]
    room = WIDTH - left - GAP
    most = room / ((max(numbers) - min(numbers)) or 1.0)
    for part in range(100, -1, -1):
        unit = most * part / 100
        ends = [number * unit for number in numbers]
        ends += [end for made in bars.marks for end in _span(made, unit, _compared(bars))]
        if max(ends) - min(ends) <= room:
            return left - min(ends), unit
    longest = max((made.printed for made in bars.marks), key=len)
    raise ValueError(f"values as long as {longest}, which leave no room for bars: show money in thousands or millions")


def _span(made: Mark, unit: float, compared: Sequence[float]) -> Band:
    """Where a value is printed, in inches from zero: beyond its bar's end, and beyond any comparator's line there."""
    way = -1 if made.value < 0 else 1
    wide = width_of(made.printed)
    start = abs(made.value) * unit + GAP
    for line in sorted(way * each * unit for each in compared):
        if start - GAP < line < start + wide + GAP:
            start = line + GAP
    return (start, start + wide) if way > 0 else (-start - wide, -start)


def _rows(
    bars: Bars, labels: Sequence[str], names: Sequence[str], head: float
) -> tuple[float, float, tuple[Slots, ...]]:
    """The picture's height, the thickness of bars, and the rows' places: roomy where that goes on a page."""
    tallest = max((name.count("\n") + 1 for name in names), default=1)
    for room, between in (ROOMY, TIGHT):
        pitch = max(room, tallest * LINE + 0.01)
        slots, top = [], head
        fits = 0
        for row, label in zip(bars.rows, labels, strict=True):
            drawn = [made is not None for made in row.marks]
            high = max(sum(drawn) * pitch, (label.count("\n") + 1) * LINE) + between
            first = top + high / 2 - sum(drawn) * pitch / 2
            middles = tuple(first + (sum(drawn[:at]) + 0.5) * pitch for at in range(len(drawn)))
            slots.append(Slots(top + high / 2, middles))
            top += high
            fits += top <= PAGE
        if top <= PAGE:
            return max(top, head + room + between), room * FILLED, tuple(slots)
    raise ValueError(
        f"{len(bars.rows)} rows with {len(bars.marks)} bars, of which {fits} rows go on a page: show fewer columns or"
        " rows, or split the chart by group"
    )


def _line_heights(lines: Sequence[Comparator], head: float) -> tuple[float, ...]:
    """The height of each comparator's name: the leftmost lowest, so that no line runs through another's name."""
    order = sorted(range(len(lines)), key=lambda at: lines[at].mark.value)
    heights = {at: head - 0.04 - (place + 0.5) * LINE * 1.15 for place, at in enumerate(order)}
    return tuple(heights[at] for at in range(len(lines)))
