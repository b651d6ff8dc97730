"""Where everything of a stacked chart stands, in inches from the top left corner, so that nothing covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.exhibits.marks import Mark, Series
from reportgen.exhibits.sheet import GAP, Band, spread, whole, width_of
from reportgen.exhibits.style import LINE, WIDTH, wrapped

HEIGHT = 3.5  # inches: the least of the columns' part of the picture
TALLEST = 8.4  # inches: the most of it
NAMED = 1.6  # inches: the most for the series' names at the right
LINES = 4  # of a series' name with its last value
LEAD = 0.13  # inches: a leader between a column and a label beside it
WIDEST = 72  # per cent of its room that a column fills at most
THINNEST, STOUTEST = 0.12, 1.0  # inches: a column
FARTHEST = 1.9  # inches: from one column to the next
MARKER = 0.07  # inches: half a marker of the line, and what is free around the line


@dataclass(frozen=True)
class Stacks:
    """What a stacked chart shows: a mark a period and series, None for a blank, and the line's marks by period."""

    periods: tuple[str, ...]
    series: tuple[Series, ...]
    marks: tuple[tuple[Mark | None, ...], ...]
    line_name: str
    line: tuple[Mark | None, ...]
    axis: str

    def downwards(self, series: int) -> bool:
        """Whether a series is drawn below zero, as far as its sum tells."""
        return sum(made.value for row in self.marks if (made := row[series])) < 0

    @property
    def marks_of_all(self) -> list[Mark]:
        """The marks of all parts and of the line."""
        return [made for row in (*self.marks, self.line) for made in row if made]


@dataclass(frozen=True)
class Part:
    """A part of a column, in inches downwards, of no height where it is zero, missing or blank.

    `label` is the middle of the value that is printed in it, None where that stands beside.
    """

    series: int
    made: Mark | None
    top: float
    foot: float
    up: bool
    label: float | None = None


@dataclass(frozen=True)
class Label:
    """Words beside a column: their middle, the height that their leader begins at, and whether they are the line's."""

    text: str
    middle: float
    begins: float
    of_line: bool


@dataclass(frozen=True)
class Layout:
    """Where everything stands: each column's middle, parts and labels, and the line's height in it.

    `width` is that of a column, `band` the columns' part of the picture.
    """

    stacks: Stacks
    ticks: tuple[str, ...]
    middles: tuple[float, ...]
    width: float
    band: Band
    zero: float
    unit: float
    height: float
    parts: tuple[tuple[Part, ...], ...] = ()
    labels: tuple[tuple[Label, ...], ...] = ()

    @property
    def line(self) -> list[float | None]:
        """The height of the line in each column; None where it has no value."""
        return [self.level(made) if made and made.number is not None else None for made in self.stacks.line]

    def level(self, made: Mark) -> float:
        """The height of a value."""
        return self.zero - made.value * self.unit

    def line_between(self, left: float, right: float) -> list[Band]:
        """What the line covers between two places across, from its highest to its lowest; nothing where it isn't."""
        heights = []
        for at, (x, y) in enumerate(zip(self.middles, self.line, strict=False)):
            after = self.line[at + 1] if at + 1 < len(self.line) else None
            if y is None:
                continue
            heights += [y] if left <= x <= right else []
            if after is not None and (end := self.middles[at + 1]) > left and x < right:
                heights += [y + (after - y) * (max(min(to, end), x) - x) / (end - x) for to in (left, right)]
        return [(min(heights) - MARKER, max(heights) + MARKER)] if heights else []


def laid_out(stacks: Stacks) -> Layout:
    """The layout of a stacked chart: its columns as wide as leaves room for values beside them.

    Raises ValueError where they don't fit.
    """
    names = _names(stacks)
    for percent in range(WIDEST, 0, -1):
        plan = _framed(stacks, names, percent / 100)
        if plan.width < THINNEST:
            break
        plan = replace(plan, parts=tuple(_parts(plan, at) for at in range(len(stacks.periods))))
        room = (plan.middles[1] - plan.middles[0] if len(plan.middles) > 1 else WIDTH) - plan.width - LEAD - GAP
        if max((wide for at in range(len(plan.middles) - 1) for wide in _beside(plan, at)), default=0.0) <= room:
            return replace(plan, labels=tuple(_labels(plan, names, at) for at in range(len(plan.middles))))
    longest = max((made.printed for made in stacks.marks_of_all), key=len)
    raise ValueError(
        f"{len(stacks.periods)} columns with values as long as {longest}, more than fit beside each other: show fewer"
        " rows, or money in thousands or millions"
    )


def _names(stacks: Stacks) -> list[str]:
    """The words beside the last column: each series' name, the line's last, with its value there."""
    named = [series.name for series in stacks.series] + ([stacks.line_name] if stacks.line_name else [])
    last = [*stacks.marks[-1], *stacks.line[-1:]] if stacks.periods else [None] * len(named)
    said = [f"{name}: {made.printed}" if made else name for name, made in zip(named, last, strict=True)]
    return [whole(text, NAMED, LINES, "column") for text in said]


def _framed(stacks: Stacks, names: Sequence[str], part: float) -> Layout:
    """The layout with its columns' places and scale, `part` being how much of its room a column fills."""
    count = len(stacks.periods)
    wide = max((width_of(name, bold=True) for name in names), default=0.0) + LEAD
    pitch = min((WIDTH - wide) / max(count, 1), FARTHEST)
    ticks = tuple(wrapped(period, pitch - GAP, 3) for period in stacks.periods)
    tick, width = max(map(width_of, ticks), default=0.0), min(pitch * part, STOUTEST)
    first = max(width, tick) / 2
    last = min(WIDTH - max(wide + width / 2, tick / 2), first + FARTHEST * (count - 1))
    middles = tuple(first + (last - first) * at / max(count - 1, 1) for at in range(count))
    head = LINE * 1.5 if stacks.axis else 0.1
    needed = sum(_lines(name) * LINE + 0.02 for name in names) + 0.1
    band = (head, head + min(max(HEIGHT, needed), TALLEST))
    foot = max(map(_lines, ticks), default=1) * LINE + 3 * GAP
    sums = [sum(max(made.value * way, 0.0) for made in row if made) for row in stacks.marks for way in (1, -1)]
    line = [made.value for made in stacks.line if made]
    most, least = max([0.0, *sums[::2], *line]), min([0.0, *(-each for each in sums[1::2]), *line])
    most = most if most > least else 1.0
    unit = (band[1] - band[0] - 2 * MARKER) / (most - least)
    return Layout(stacks, ticks, middles, width, band, band[0] + MARKER + most * unit, unit, band[1] + foot)


def _lines(text: str) -> int:
    return text.count("\n") + 1


def _parts(plan: Layout, at: int) -> tuple[Part, ...]:
    """The parts of a column from zero outwards. Those of the last have their values beside them, at their names."""
    ends = {True: plan.zero, False: plan.zero}
    x, found = plan.middles[at], []
    taken = plan.line_between(x - plan.width / 2, x + plan.width / 2)
    for series, made in enumerate(plan.stacks.marks[at]):
        value = made.value if made else 0.0
        up = value > 0 or (value == 0 and not plan.stacks.downwards(series))
        start = ends[up]
        end = ends[up] = start - value * plan.unit
        part = Part(series, made, min(start, end), max(start, end), up)
        inside = at < len(plan.middles) - 1 and made and width_of(made.printed) + GAP <= plan.width
        found.append(replace(part, label=_free(part, taken) if inside else None))
    return tuple(found)


def _free(part: Part, taken: Sequence[Band]) -> float | None:
    """The middle of a line of words in a part: its own, or that of what is larger above or below the line."""
    spaces = [(part.top, part.foot)]
    for top, foot in taken:
        spaces = [(part.top, min(part.foot, top)), (max(part.top, foot), part.foot)] if top < part.foot else spaces
        spaces = [(part.top, part.foot)] if foot <= part.top else spaces
    top, foot = max(spaces, key=lambda space: space[1] - space[0])
    return (top + foot) / 2 if foot - top >= LINE + 0.02 else None


def _beside(plan: Layout, at: int) -> list[float]:
    """The widths of the values that stand beside a column."""
    line = plan.stacks.line[at] if plan.stacks.line else None
    return [
        *(width_of(part.made.printed) for part in plan.parts[at] if part.made and part.label is None),
        *([width_of(line.printed, bold=True)] if line else []),
    ]


def _labels(plan: Layout, names: Sequence[str], at: int) -> tuple[Label, ...]:
    """What stands beside a column: the values that don't go into their parts, and the line's; at the last, names."""
    last = at == len(plan.middles) - 1
    wanted: list[tuple[tuple[float, float], str, bool]] = []
    for part in plan.parts[at]:
        order = -part.series if part.up else part.series + 1
        middle = (part.top + part.foot) / 2
        text = names[part.series] if last else part.made.printed if part.made and part.label is None else ""
        wanted += [((middle, order), text, False)] if text else []
    if plan.stacks.line_name and (last or plan.stacks.line[at]):
        made = plan.stacks.line[at]
        level = plan.level(made) if made else plan.zero
        wanted.append(((level, 0.5), names[-1] if last else made.printed if made else "", True))
    wanted.sort(key=lambda each: each[0])
    left = plan.middles[at] + plan.width / 2 + LEAD
    axis = (plan.zero - 0.01, plan.zero + 0.01)
    walls = [[axis, *plan.line_between(left, left + width_of(text, bold))] for _, text, bold in wanted]
    heights = [_lines(text) * LINE + 0.02 for _, text, _ in wanted]
    # What is drawn on the axis itself stands on its series' side of it.
    places = [middle + 0.02 * (1 if order > 0.5 else -1) for (middle, order), _, _ in wanted]
    middles = spread(places, heights, plan.band, walls)
    return tuple(
        Label(text, middle, place[0], of_line) for (place, text, of_line), middle in zip(wanted, middles, strict=True)
    )
