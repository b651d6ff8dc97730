"""A timeline of actions: baseline and revised dates, the rating as a word, and the day the data stand at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.exhibits.style import BRAG_COLOURS, QUIET, TEXT, UNRATED
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.time_rows import Frame, Row, drawn
from reportgen.exhibits.views import ChartView, Spec, body_rows
from reportgen.model import Unit
from reportgen.trace import Grid, GridRow
from reportgen.wording import House, in_words, joined, printable

KIND, CHART = "timeline-chart", True
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
    rows = [Row(f"{bar.ref} {bar.action}", bar.label) for bar in bars]
    days = [day for bar in bars for day in (bar.baseline, bar.revised) if day]
    return drawn(spec.name, rows, "actions", days, as_at, house, lambda frame, at, row: _draw_bar(frame, row, bars[at]))


def _draw_bar(frame: Frame, row: float, bar: Bar) -> None:
    """An action's marks, outlined, for amber on white is faint."""
    colour = BRAG_COLOURS.get(bar.rating, UNRATED)
    mark: dict[str, Any] = {
        "markeredgecolor": TEXT,
        "markeredgewidth": 0.8,
        "linestyle": "",
        "clip_on": False,
        "zorder": 3,
    }
    axes = frame.axes
    start, end = (day.toordinal() for day in frame.span)
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
