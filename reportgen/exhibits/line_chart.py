"""A line chart of series by month, each labelled at its end, with a text alternative that says how it ran."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportgen.exhibits.style import GREY, TEXT, as_svg, chart, palette
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.views import ChartView, Spec, shown_heads, value_words
from reportgen.trace import Figure, Grid
from reportgen.wording import House, direction, in_words, month_short

KIND = "line-chart"
HEIGHT = 3.3  # inches
LABEL_HEIGHT = 0.075  # of the axis: what a line of text takes of it
MARKERS = ("o", "s", "^", "D", "v", "P")


def make(spec: Spec, grid: Grid, house: House) -> ChartView:
    """The grid's columns over its first, which holds the months."""
    (at, _, _), *series = shown_heads(spec, grid)
    body = [row for row in grid.rows if row.kind == "body"]
    months = [row.cells[at] for row in body]
    lines = [(label, [row.cells[i] for row in body]) for i, _, label in series]
    return ChartView(
        spec.name,
        spec.title,
        _draw(spec, months, lines, house),
        _alt(spec, months, lines, house),
        make_table(spec, grid, house),
        spec.notes,
    )


def _draw(
    spec: Spec, months: Sequence[Figure], lines: Sequence[tuple[str, Sequence[Figure]]], house: House
) -> bytes:
    ticks = [month_short(m.value, house) if isinstance(m.value, dt.date) else str(m.value) for m in months]
    end = len(months) - 1
    top = max((float(p.number) for _, points in lines for p in points if p.value is not None), default=1.0) * 1.12
    with chart(spec.name, HEIGHT) as (figure, axes):
        for number, ((label, points), colour) in enumerate(zip(lines, palette(len(lines)), strict=True)):
            values = [float("nan") if p.value is None else float(p.number) for p in points]
            axes.plot(range(len(values)), values, color=colour, marker=MARKERS[number % len(MARKERS)], markersize=4)
        for label, spot, colour in _spread(lines, top):
            axes.annotate(label, (end, spot), (8, 0), textcoords="offset points", va="center", color=colour,
                          fontweight="bold", annotation_clip=False)  # fmt: skip
        axes.set_ylim(bottom=0, top=top)
        step = max(1, len(ticks) // 6)
        shown = list(range(end, -1, -step))[::-1]
        axes.set_xticks(shown, [ticks[i].replace(" ", "\n") for i in shown])
        axes.set_xlim(-0.4, end + 0.2)
        axes.set_title(spec.options.get("axis", ""), loc="left", color=GREY, fontsize=axes.yaxis.label.get_size())
        axes.tick_params(colors=TEXT, length=0)
        return as_svg(figure, spec.name)


def _spread(
    lines: Sequence[tuple[str, Sequence[Figure]]], top: float
) -> list[tuple[str, float, str]]:
    """Each series' label with its last value and colour, at heights far enough apart to be read."""
    ends = [
        (float(points[-1].number), f"{label}: {in_words(points[-1].value, points[-1].unit)}", colour)
        for (label, points), colour in zip(lines, palette(len(lines)), strict=True)
        if points[-1].value is not None
    ]
    spread: list[tuple[str, float, str]] = []
    floor = float("-inf")
    for height, label, colour in sorted(ends):
        at = max(height, floor)
        spread.append((label, at, colour))
        floor = at + top * LABEL_HEIGHT
    return spread


def _alt(
    spec: Spec, months: Sequence[Figure], lines: Sequence[tuple[str, Sequence[Figure]]], house: House
) -> str:
    """What the chart shows: for each series its first, last, highest and lowest value and its direction."""
    said = [f"Line chart. {spec.title.rstrip('.')}."]
    for label, points in lines:
        known = [
            (value_words(p, spec, house), p.number, value_words(m, spec, house))
            for p, m in zip(points, months, strict=True)
            if p.value is not None
        ]
        if not known:
            said.append(f"{label}: no values.")
            continue
        first, last = known[0], known[-1]
        high, low = max(known, key=lambda k: k[1]), min(known, key=lambda k: k[1])
        way = direction(last[1] - first[1], "rose", "fell", "was the same at the start and the end,")
        said.append(
            f"{label} {way} from {first[0]} in {first[2]} to {last[0]} in {last[2]}; highest {high[0]} in {high[2]}, lowest {low[0]} in {low[2]}."
        )
    return " ".join(said)
