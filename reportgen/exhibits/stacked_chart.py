"""A stacked chart: a column a period, its parts above and below zero, and perhaps a line across all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from reportgen.exhibits.course import Point, course
from reportgen.exhibits.marks import Mark, mark, one_unit, scale_words, series_of, with_key
from reportgen.exhibits.sheet import GAP, area, sheet, words
from reportgen.exhibits.stacked_layout import LEAD, Label, Layout, Part, Stacks, laid_out
from reportgen.exhibits.style import LINE, QUIET, TEXT, WHITE, as_svg, ink_on
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.views import ChartView, Spec, body_rows, shown_heads, value_words
from reportgen.model import Number, Unit
from reportgen.trace import Figure, Grid
from reportgen.wording import House, in_words, joined, month_short

KIND, CHART = "stacked-chart", True
OPTIONS = ("axis", "line", "over", "places", "under")
MANY = 12  # periods whose totals are all said; of more, the first and the last


def make(spec: Spec, grid: Grid, house: House) -> ChartView:
    """The grid's rows as periods; its first column names them, the others are stacked, the negative below zero.

    The option `line` names a column that is drawn as a line, `axis` says what is measured. Raises TypeError for
    columns without numbers, ValueError for more than fits.
    """
    (at, _, _), *columns = shown_heads(spec, grid)
    unit, rows, name = one_unit(head for _, head, _ in columns), body_rows(grid), spec.options.get("line", "")
    line = [(i, label) for i, head, label in columns if head.key == name]
    if name and not line:
        shown = ", ".join(head.key for _, head, _ in columns)
        raise KeyError(f'no column "{name}" to draw as a line: the chart shows {shown}')
    parts = [(i, label) for i, head, label in columns if head.key != name]
    stacks = Stacks(
        tuple(_tick(row.cells[at], spec, house) for row in rows),
        series_of([label for _, label in parts]),
        tuple(tuple(mark(row.cells[i], spec, house) for i, _ in parts) for row in rows),
        line[0][1] if line else "",
        tuple(mark(row.cells[i], spec, house) for row in rows for i, _ in line),
        scale_words(spec, unit),
    )
    periods = [value_words(row.cells[at], spec, house) for row in rows]
    alt = " ".join(_told(stacks, periods, unit or Unit.COUNT, spec, house))
    notes = with_key(spec, rows, (i for i, _, _ in columns))
    return ChartView(spec.name, spec.title, _draw(spec, laid_out(stacks)), alt, make_table(spec, grid, house), notes)


def _tick(period: Figure, spec: Spec, house: House) -> str:
    value = period.value
    return month_short(value, house) if isinstance(value, dt.date) else value_words(period, spec, house)


def _draw(spec: Spec, plan: Layout) -> bytes:
    with sheet(spec.name, plan.height) as (figure, axes):
        if plan.stacks.axis:
            words(axes, 0, LINE * 0.6, plan.stacks.axis, color=QUIET)
        for at, (x, tick) in enumerate(zip(plan.middles, plan.ticks, strict=True)):
            for part in plan.parts[at]:
                _draw_part(axes, plan, x, part)
            words(axes, x, plan.band[1] + GAP, tick, ha="center", va="top")
        if plan.middles:
            ends = plan.middles[0] - plan.width / 2, plan.middles[-1] + plan.width / 2
            axes.plot(ends, [plan.zero] * 2, color=TEXT, linewidth=1.0, zorder=3)
        _draw_line(axes, plan)
        for x, labels in zip(plan.middles, plan.labels, strict=True):
            for label in labels:
                _draw_label(axes, plan, x, label)
        return as_svg(figure)


def _draw_part(axes: Any, plan: Layout, x: float, part: Part) -> None:
    """A part, with a hair of white around it, and its value on plain colour where it goes in."""
    series, high = plan.stacks.series[part.series], part.foot - part.top
    if high <= 0:
        return
    hair = min(0.008, high / 4)
    area(axes, x - plan.width / 2, part.top + hair, plan.width, high - 2 * hair, series.colour, series.hatch)
    if part.label is not None and part.made:
        plain = {"facecolor": series.colour, "edgecolor": "none", "pad": 1.0}
        words(axes, x, part.label, part.made.printed, ha="center", color=ink_on(series.colour), bbox=plain)


def _draw_line(axes: Any, plan: Layout) -> None:
    """The line with its markers, light around dark so that it shows on any part; broken where it has no value."""
    heights = [float("nan") if y is None else y for y in plan.line]
    across = plan.middles[: len(heights)]
    axes.plot(across, heights, color=WHITE, linewidth=3.6, zorder=4, solid_capstyle="butt")
    axes.plot(
        across, heights, color=TEXT, linewidth=1.6, marker="o", markersize=6, markerfacecolor=WHITE,
        markeredgewidth=1.4, zorder=4.1,
    )  # fmt: skip


def _draw_label(axes: Any, plan: Layout, x: float, label: Label) -> None:
    """Words beside a column with a leader to what they are of. The line is interrupted where they stand on it."""
    edge = x + plan.width / 2
    ends = ([x, edge, edge + LEAD - 0.04], [label.begins, label.begins, label.middle])
    axes.plot(*(end[0 if label.of_line else 1 :] for end in ends), color=QUIET, linewidth=0.7, zorder=3.5)
    plain = {"facecolor": WHITE, "edgecolor": "none", "pad": 0.5}
    weight = "bold" if label.of_line else "normal"
    words(axes, edge + LEAD, label.middle, label.text, fontweight=weight, bbox=plain)


def _told(stacks: Stacks, periods: Sequence[str], unit: Unit, spec: Spec, house: House) -> Iterator[str]:
    """What the chart shows: how each series and the line ran, and what the parts come to above and below zero."""
    yield f"Stacked column chart. {spec.title.rstrip('.')}."
    for at, series in enumerate(stacks.series):
        below = stacks.downwards(at)
        yield _course(f"{series.name} (below zero)" if below else series.name, [row[at] for row in stacks.marks],
                      periods, below)  # fmt: skip
    if stacks.line_name:
        yield _course(f"{stacks.line_name} (the line)", stacks.line, periods, False)
    numbers = [[made.number or 0 for made in row if made] for row in stacks.marks]
    for side, way in (("above", 1), ("below", -1)):
        sums: list[Number] = [sum((n for n in row if n * way > 0), 0) for row in numbers]
        said = [f"{in_words(n, unit, '', house, spec.money if unit is Unit.MONEY else '')} in {period}"
                for n, period in zip(sums, periods, strict=True)]  # fmt: skip
        if any(sums) and len(stacks.series) > 1:
            yield f"All parts {side} zero: {joined(said if len(said) <= MANY else [said[0], said[-1]])}."


def _course(name: str, marks: Sequence[Mark | None], periods: Sequence[str], downwards: bool) -> str:
    points = [
        Point(made.value, made.spoken, period)
        for made, period in zip(marks, periods, strict=True)
        if made and made.number is not None
    ]
    known = {point.month for point in points}
    return course(name, points, [period for period in periods if period not in known], downwards)
