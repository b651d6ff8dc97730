"""A timeline of actions: baseline and revised dates, the rating as a word, and the day the data stand at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.exhibits.style import (
    BRAG_COLOURS,
    LINE,
    QUIET,
    TEXT,
    UNRATED,
    WIDTH,
    Margins,
    as_svg,
    chart,
    text_width,
    wrapped,
)
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.views import ChartView, Spec, body_rows
from reportgen.model import Unit
from reportgen.trace import Grid, GridRow
from reportgen.wording import House, in_words, joined, month_short, printable

KIND, CHART = "timeline-chart", True
LABELS = 2.5  # inches: the width of the actions' names
TOP, BOTTOM = 0.25, 0.42  # inches: the line that names the day, the months
TALLEST = 9.2  # inches: a page's height less the chart's title and note
MOST = 40  # actions
TICKS = 10  # the most months that are named on the axis
UNDATED = "Ongoing"
NOT_RATED = "Not yet rated"


@dataclass(frozen=True)
class Bar:
    """One action on the timeline. `word` stands where a date would: ongoing, complete."""

    ref: str
    action: str
    baseline: dt.date | None
    revised: dt.date | None
    word: str
    rating: str

    @property
    def agreed(self) -> dt.date | None:
        """The date that the action is to be complete by."""
        return self.revised or self.baseline

    @property
    def label(self) -> str:
        """The rating, and what is said in place of a date."""
        said = "complete" if self.rating == "Blue" else self.word.lower()
        return f"{self.rating}, {said}" if said else self.rating


def make(spec: Spec, grid: Grid, house: House) -> ChartView:
    """The actions of a grid, with a line across at the day that its ratings stand at.

    Raises ValueError where the grid has no such day, or more actions than go on a page.
    """
    if grid.as_at is None:
        raise ValueError(f'grid "{grid.name}" has no day that it stands at')
    bars = [_bar(grid, row) for row in body_rows(grid)]
    if len(bars) > MOST:
        raise ValueError(f"{len(bars)} actions, of which {MOST} go on a page: split the chart by group")
    columns = dict.fromkeys(("ref", "action", "baseline", "revised", "rating"), "")
    table = make_table(Spec(spec.name, "table", spec.grid, spec.title, columns), grid, house)
    picture, alt = _draw(spec, bars, grid.as_at, house), _alt(spec, bars, grid.as_at, house)
    return ChartView(spec.name, spec.title, picture, alt, table, spec.notes)


def _bar(grid: Grid, row: GridRow) -> Bar:
    values = {head.key: figure.value for head, figure in zip(grid.heads, row.cells, strict=True)}
    baseline, revised = values["baseline"], values["revised"]
    return Bar(
        printable(str(values["ref"])),
        printable(str(values["action"])),
        baseline if isinstance(baseline, dt.date) else None,
        revised if isinstance(revised, dt.date) else None,
        printable(baseline).capitalize() if isinstance(baseline, str) else "",
        str(values["rating"] or NOT_RATED),
    )


def _draw(spec: Spec, bars: Sequence[Bar], as_at: dt.date, house: House) -> bytes:
    days = [d for b in bars for d in (b.baseline, b.revised) if d] + [as_at]
    first, last = _month_start(min(days), 0), _month_start(max(days), 1)
    row = min(2 * LINE + 0.06, (TALLEST - TOP - BOTTOM) / max(len(bars), 1))
    lines = 2 if row >= 2 * LINE else 1
    right = max((text_width(b.label) for b in bars), default=0.0) + 0.25
    margins = Margins(LABELS + 0.1, right, TOP, BOTTOM)
    with chart(spec.name, row * max(len(bars), 1) + TOP + BOTTOM, margins) as (figure, axes):
        for number, bar in enumerate(bars):
            _draw_bar(axes, number, bar, (first, last))
        axes.set_yticks(range(len(bars)), [wrapped(f"{b.ref} {b.action}", LABELS, lines) for b in bars])
        axes.set_ylim(max(len(bars), 1) - 0.5, -0.5)
        _draw_months(axes, first, last, house)
        _draw_day(axes, as_at, (first, last), (WIDTH - margins.left - margins.right), house)
        axes.grid(axis="x")
        axes.grid(False, axis="y")
        axes.tick_params(labelcolor=TEXT, length=0)
        return as_svg(figure)


def _draw_bar(axes: Any, row: int, bar: Bar, span: tuple[dt.date, dt.date]) -> None:
    """An action's marks and, to the right of all dates, its rating. Marks are outlined, for amber on white is faint."""
    colour = BRAG_COLOURS.get(bar.rating, UNRATED)
    mark: dict[str, Any] = {
        "markeredgecolor": TEXT,
        "markeredgewidth": 0.8,
        "linestyle": "",
        "clip_on": False,
        "zorder": 3,
    }
    start, end = (day.toordinal() for day in span)
    if bar.word == UNDATED:
        axes.barh(row, end - start, left=start, height=0.2, color=colour, edgecolor=TEXT, linewidth=0.6)
    if bar.baseline and bar.revised:
        ends = bar.revised.toordinal(), bar.baseline.toordinal()
        arrow = {"arrowstyle": "->", "color": QUIET, "shrinkA": 4, "shrinkB": 5}
        axes.annotate("", (ends[0], row), (ends[1], row), arrowprops=arrow)
    if bar.baseline:
        fill = "white" if bar.revised else colour
        axes.plot(bar.baseline.toordinal(), row, marker="o", markersize=7, markerfacecolor=fill, **mark)
    if bar.revised:
        axes.plot(bar.revised.toordinal(), row, marker="D", markersize=6, markerfacecolor=colour, **mark)
    axes.annotate(
        bar.label, (1, row), (10, 0), xycoords=("axes fraction", "data"), textcoords="offset points", va="center",
        color=TEXT, annotation_clip=False,
    )  # fmt: skip


def _draw_months(axes: Any, first: dt.date, last: dt.date, house: House) -> None:
    count = (last.year - first.year) * 12 + last.month - first.month
    months = [_month_start(first, i) for i in range(0, count + 1, -(-count // TICKS))]
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


def _alt(spec: Spec, bars: Sequence[Bar], as_at: dt.date, house: House) -> str:
    """What the timeline shows: first and last date, what is past its date, what moved, what is ongoing or complete."""

    def words(day: dt.date | None) -> str:
        return in_words(day, Unit.DATE, house=house)

    dated = [(b.agreed, b.ref) for b in bars if b.agreed]
    past = [b.ref for b in bars if b.agreed and b.agreed < as_at and b.rating != "Blue"]
    moved = [f"{b.ref} from {words(b.baseline)} to {words(b.revised)}" for b in bars if b.baseline and b.revised]
    said = [
        f"Timeline. {spec.title.rstrip('.')}.",
        f"{len(bars)} {'action' if len(bars) == 1 else 'actions'}, {len(dated)} with a date.",
        f"The data stand at {words(as_at)}.",
    ]
    if dated:
        said.append(f"Earliest date {words(min(dated)[0])}, latest {words(max(dated)[0])}.")
    said.append(f"Past their date and not complete: {joined(past)}.")
    if moved:
        said.append(f"Moved: {'; '.join(moved)}.")
    for label, refs in (
        ("Ongoing", [b.ref for b in bars if b.word == UNDATED]),
        ("Complete", [b.ref for b in bars if b.rating == "Blue"]),
    ):
        if refs:
            said.append(f"{label}: {joined(refs)}.")
    return " ".join(said)
