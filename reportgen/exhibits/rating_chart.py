"""A chart of BRAG ratings by category: a bar a category, each part with its word and number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportgen.exhibits.style import (
    BRAG_COLOURS,
    LINE,
    TEXT,
    UNRATED,
    WIDTH,
    Margins,
    as_svg,
    chart,
    ink_on,
    text_width,
    wrapped,
)
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.views import ChartView, Spec, body_rows, shown_heads, value_words
from reportgen.trace import Grid
from reportgen.wording import House, joined, small_in_words

KIND, CHART = "rating-chart", True
LABELS = 2.1  # inches: the width of the categories' names
ROW = 0.42  # inches
GAP = 0.12  # inches: what a part's label needs beside its words
EMPTY = "No actions listed"

Bar = tuple[str, list[tuple[str, int]]]


def make(spec: Spec, grid: Grid, house: House) -> ChartView:
    """The grid's rows as bars; its first column names them, the others are the ratings. Raises TypeError for others."""
    (at, _, _), *parts = [column for column in shown_heads(spec, grid) if column[1].key != "total"]
    bars: list[Bar] = []
    for row in body_rows(grid):
        counts = [(label, int(row.cells[i].number)) for i, _, label in parts]
        bars.append((value_words(row.cells[at], spec, house), [(label, n) for label, n in counts if n]))
    return ChartView(
        spec.name, spec.title, _draw(spec, bars), _alt(spec, bars), make_table(spec, grid, house), spec.notes
    )


def _draw(spec: Spec, bars: Sequence[Bar]) -> bytes:
    most = max((sum(n for _, n in parts) for _, parts in bars), default=0) or 1
    inside = _fits(bars, (WIDTH - LABELS - 0.2) / most)
    aside = 0.0 if inside else max(text_width(_said(parts)) for _, parts in bars) + GAP
    margins = Margins(LABELS + 0.1, 0.1 + aside, 0.02, 0.02)
    with chart(spec.name, ROW * max(len(bars), 1) + 0.04, margins) as (figure, axes):
        for row, (_, parts) in enumerate(bars):
            _draw_bar(axes, row, parts, inside)
        axes.set_yticks(range(len(bars)), [wrapped(name, LABELS) for name, _ in bars])
        axes.set_xlim(0, most)
        axes.set_ylim(max(len(bars), 1) - 0.5, -0.5)
        axes.set_xticks([])
        axes.grid(False)
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(labelcolor=TEXT, length=0)
        return as_svg(figure)


def _fits(bars: Sequence[Bar], unit: float) -> bool:
    """Whether the label of every part goes into it, `unit` being the inches of one action."""
    return all(text_width(f"{label} {n}") + GAP <= n * unit for _, parts in bars for label, n in parts)


def _draw_bar(axes: Any, row: int, parts: list[tuple[str, int]], inside: bool) -> None:
    """A bar's parts, each with its label in it, or one label beside the bar where that would be too narrow."""
    left = 0
    for label, number in parts:
        colour = BRAG_COLOURS.get(label, UNRATED)
        axes.barh(row, number, left=left, color=colour, height=2 * LINE / ROW, edgecolor=TEXT, linewidth=0.6)
        if inside:
            middle = left + number / 2
            axes.text(middle, row, f"{label} {number}", ha="center", va="center", color=ink_on(colour))
        left += number
    if not parts or not inside:
        axes.annotate(
            _said(parts),
            (left, row),
            (4, 0),
            textcoords="offset points",
            va="center",
            color=TEXT,
            annotation_clip=False,
        )


def _said(parts: list[tuple[str, int]]) -> str:
    return ", ".join(f"{label} {number}" for label, number in parts) or EMPTY


def _alt(spec: Spec, bars: Sequence[Bar]) -> str:
    """What the chart shows: each bar's parts, and which bars are the longest and the shortest."""
    said = [f"Bar chart. {spec.title.rstrip('.')}."]
    for name, parts in bars:
        numbers = joined([f"{small_in_words(n)} {label}" for label, n in parts]) if parts else EMPTY.lower()
        said.append(f"{name.rstrip('.')}: {numbers}.")
    lengths = {name: sum(n for _, n in parts) for name, parts in bars}
    if len(lengths) > 1:
        high, low = max(lengths.values()), min(lengths.values())
        said.append(f"Most actions: {_named(lengths, high)}; fewest: {_named(lengths, low)}.")
    return " ".join(said)


def _named(lengths: dict[str, int], length: int) -> str:
    return f"{joined([name.rstrip('.') for name, n in lengths.items() if n == length])} ({length})"
