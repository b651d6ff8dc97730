"""A timeline of actions: baseline and revised dates, the rating as a word, and the day the data stand at."""

from __future__ import annotations

import datetime as dt
import textwrap
from dataclasses import dataclass
from typing import Any

from reportgen.exhibits.style import BRAG_COLOURS, GREY, TEXT, UNRATED, as_svg, chart
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.views import ChartView, Spec
from reportgen.model import Unit
from reportgen.trace import Grid, GridRow
from reportgen.wording import House, in_words, month_short

KIND = "timeline-chart"


@dataclass(frozen=True)
class Bar:
    """One action on the timeline."""

    ref: str
    action: str
    baseline: dt.date | None
    revised: dt.date | None
    word: str
    rating: str


def make(spec: Spec, grid: Grid, house: House) -> ChartView:
    """The actions of a grid, with a line across at the day that its ratings stand at."""
    if grid.as_at is None:
        raise ValueError(f'grid "{grid.name}" has no day that it stands at')
    as_at = grid.as_at
    bars = [_bar(grid, row, house) for row in grid.rows if row.kind == "body"]
    columns = dict.fromkeys(("ref", "action", "baseline", "revised", "rating"), "")
    table = make_table(Spec(spec.name, "table", spec.grid, spec.title, columns), grid, house)
    return ChartView(
        spec.name,
        spec.title,
        _draw(spec, bars, as_at, house),
        _alt(spec, bars, as_at, house),
        table,
        spec.notes,
    )


def _bar(grid: Grid, row: GridRow, house: House) -> Bar:
    values = {head.key: figure.value for head, figure in zip(grid.heads, row.cells, strict=True)}
    baseline, revised = values["baseline"], values["revised"]
    return Bar(
        str(values["ref"]),
        str(values["action"]),
        baseline if isinstance(baseline, dt.date) else None,
        revised if isinstance(revised, dt.date) else None,
        baseline.capitalize() if isinstance(baseline, str) else "",
        str(values["rating"] or "not yet rated"),
    )


def _draw(spec: Spec, bars: list[Bar], as_at: dt.date, house: House) -> bytes:
    days = [d for b in bars for d in (b.baseline, b.revised) if d] + [as_at]
    first, last = _month_start(min(days), 0), _month_start(max(days), 1)
    with chart(spec.name, 0.36 * len(bars) + 1.0) as (figure, axes):
        for row, bar in enumerate(bars):
            _draw_bar(axes, row, bar, first, last)
        axes.axvline(as_at.toordinal(), color=TEXT, linewidth=1.2, linestyle=(0, (4, 2)))
        axes.text(
            as_at.toordinal(),
            -0.9,
            f"Data as at {in_words(as_at, Unit.DATE, '', house)}",
            ha="center",
            va="bottom",
            color=TEXT,
        )
        months = [m for i in range(0, 60) if (m := _month_start(first, i)) <= last]
        axes.set_xticks(
            [m.toordinal() for m in months],
            [month_short(m, house).replace(" ", "\n") for m in months],
            ha="left",
        )
        axes.set_xlim(first.toordinal(), last.toordinal() + (last - first).days * 0.3)
        axes.set_ylim(len(bars) - 0.4, -1.0)
        axes.set_yticks(
            range(len(bars)), [f"{b.ref} {textwrap.shorten(b.action, 44, placeholder='…')}" for b in bars]
        )
        axes.grid(axis="x")
        axes.grid(False, axis="y")
        axes.tick_params(colors=TEXT, length=0)
        return as_svg(figure, spec.name)


def _draw_bar(axes: Any, row: int, bar: Bar, first: dt.date, last: dt.date) -> None:
    colour = BRAG_COLOURS.get(bar.rating, UNRATED)
    end = last.toordinal() + 3
    if bar.baseline and bar.revised:
        axes.annotate(
            "",
            (bar.revised.toordinal(), row),
            (bar.baseline.toordinal(), row),
            arrowprops={"arrowstyle": "->", "color": GREY},
        )
    if bar.baseline:
        axes.plot(
            bar.baseline.toordinal(),
            row,
            marker="o",
            markersize=7,
            markerfacecolor="white" if bar.revised else colour,
            markeredgecolor=colour,
            linestyle="",
        )
    if bar.revised:
        axes.plot(bar.revised.toordinal(), row, marker="D", markersize=7, color=colour, linestyle="")
    if bar.word == "Ongoing":
        axes.annotate(
            "",
            (last.toordinal(), row),
            (first.toordinal(), row),
            arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 1.6},
        )
    word = "complete" if bar.rating == "Blue" else bar.word.lower()
    label = f"{bar.rating}, {word}" if word else bar.rating
    axes.text(end, row, label, va="center", color=TEXT)


def _month_start(day: dt.date, later: int) -> dt.date:
    number = day.year * 12 + day.month - 1 + later
    return dt.date(number // 12, number % 12 + 1, 1)


def _alt(spec: Spec, bars: list[Bar], as_at: dt.date, house: House) -> str:
    """What the timeline shows: how many actions are past their date, which dates moved, first and last date."""

    def words(day: dt.date) -> str:
        return in_words(day, Unit.DATE, "", house)

    dated = [(b.revised or b.baseline, b) for b in bars if b.revised or b.baseline]
    past = [b.ref for day, b in dated if day and day < as_at and b.rating != "Blue"]
    moved = [
        f"{b.ref} from {words(b.baseline)} to {words(b.revised)}" for b in bars if b.baseline and b.revised
    ]
    said = [
        f"Timeline. {spec.title.rstrip('.')}. {len(bars)} actions, {len(dated)} of them with a date; the data stand at {words(as_at)}."
    ]
    if dated:
        days = sorted((d, b.ref) for d, b in dated if d)
        said.append(f"Earliest date {words(days[0][0])}, latest {words(days[-1][0])}.")
    said.append(f"Past their date and not complete: {', '.join(past)}." if past else "None is past its date.")
    if moved:
        said.append(f"Dates moved: {'; '.join(moved)}.")
    return " ".join(said)
