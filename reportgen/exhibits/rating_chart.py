"""A chart of BRAG ratings by category: a bar a category, each part with its word and number."""

from __future__ import annotations

import textwrap

from reportgen.exhibits.style import BRAG_COLOURS, TEXT, UNRATED, as_svg, chart, ink_on
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.views import ChartView, Spec, shown_heads, value_words
from reportgen.trace import Grid, Head
from reportgen.wording import House, joined, small_in_words

KIND = "rating-chart"

Bar = tuple[str, list[tuple[str, int]]]


def make(spec: Spec, grid: Grid, house: House) -> ChartView:
    """The grid's rows as bars; its first column names them, the others are the ratings."""
    (at, _, _), *parts = [c for c in shown_heads(spec, grid) if c[1].key != "total"]
    bars = [
        (
            value_words(row.cells[at], spec, house),
            [(label, int(row.cells[i].number)) for i, _, label in parts if row.cells[i].value],
        )
        for row in grid.rows
        if row.kind == "body"
    ]
    return ChartView(
        spec.name,
        spec.title,
        _draw(spec, bars, [(h, label) for _, h, label in parts]),
        _alt(spec, bars),
        make_table(spec, grid, house),
        spec.notes,
    )


def _draw(spec: Spec, bars: list[Bar], parts: list[tuple[Head, str]]) -> bytes:
    order = [label for _, label in parts]
    most = max((sum(n for _, n in values) for _, values in bars), default=1)
    with chart(spec.name, 0.5 * len(bars) + 0.6) as (figure, axes):
        for row, (_, values) in enumerate(bars):
            left = 0
            for label, number in sorted(values, key=lambda v: order.index(v[0])):
                colour = BRAG_COLOURS.get(label, UNRATED)
                axes.barh(row, number, left=left, color=colour, height=0.62, edgecolor="white", linewidth=1.5)
                axes.text(
                    left + number / 2,
                    row,
                    f"{label} {number}",
                    ha="center",
                    va="center",
                    color=ink_on(colour),
                    fontsize=8.5,
                )
                left += number
            if not values:
                axes.text(0.06, row, "No actions listed", va="center", color=TEXT, fontsize=8.5)
        axes.set_yticks(range(len(bars)), [textwrap.fill(name, 34) for name, _ in bars])
        axes.set_xlim(0, most)
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.grid(False)
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(colors=TEXT, length=0)
        return as_svg(figure, spec.name)


def _alt(spec: Spec, bars: list[Bar]) -> str:
    said = [f"Bar chart. {spec.title.rstrip('.')}."]
    for name, values in bars:
        numbers = (
            joined([f"{small_in_words(n)} {label}" for label, n in values]) if values else "no actions listed"
        )
        said.append(f"{name}: {numbers}.")
    filled = [(name, sum(n for _, n in values)) for name, values in bars]
    if filled:
        high, low = max(filled, key=lambda f: f[1]), min(filled, key=lambda f: f[1])
        said.append(f"Most actions: {high[0]} ({high[1]}); fewest: {low[0]} ({low[1]}).")
    return " ".join(said)
