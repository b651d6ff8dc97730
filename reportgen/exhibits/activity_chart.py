"""A chart of activities in time: bars from start to end, in the order short, medium and long term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.exhibits.sheet import HATCHES, add_strokes, strokes
from reportgen.exhibits.style import TEXT, UNRATED, palette, wrapped
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.time_rows import Frame, Row, drawn
from reportgen.exhibits.views import ChartView, Spec, body_rows, key_to, value_words
from reportgen.model import Unit
from reportgen.trace import Figure, Grid, GridRow
from reportgen.wording import SYMBOLS, House, in_words, is_month, sentence_case

KIND, CHART = "activity-chart", True
COLUMNS = ("activity", "term", "start", "end")
TERMS = ("short", "medium", "long")
THICK = 0.17  # inches: a bar
MARK = dt.timedelta(days=6)  # about half a mark
CARETRIGHTBASE = 9  # matplotlib's triangle that begins at its place
SAID = 1.7  # inches: the most for the words at the right
LINES = 3  # of an activity's name; one that needs more is cut, and stands whole in the table


@dataclass(frozen=True)
class When:
    """A start or an end: its day if it has one, the words or symbol in place of one, and what is read out of either."""

    day: dt.date | None
    instead: str
    spoken: str


@dataclass(frozen=True)
class Activity:
    """An activity; `order` is the place of its term, after the known ones for another or none."""

    name: str
    term: str
    term_spoken: str
    order: int
    start: When
    end: When

    @property
    def said(self) -> str:
        """The term, and what is said in place of dates."""
        if self.end.day:
            return self.term
        instead = self.end.instead
        if not _is_symbol(instead):
            return f"{self.term}, {instead}"
        return f"{self.term}, end {instead}" if self.start.day else f"{self.term}: {instead}"


def make(spec: Spec, grid: Grid, house: House) -> ChartView:
    """The activities of a grid with the columns activity, term, start and end.

    Raises KeyError where it lacks one, ValueError for more than go on a page or an end before its start.
    """
    known = [_activity(grid, row, spec, house) for row in body_rows(grid)]
    terms = list(dict.fromkeys(each.term for each in known))
    known.sort(key=lambda each: (each.order, terms.index(each.term)))
    columns = {key: spec.columns.get(key, "") for key in COLUMNS}
    table = make_table(Spec(spec.name, "table", spec.grid, spec.title, columns), grid, house)
    alt = " ".join(_told(spec, known, grid.as_at, house))
    key = key_to([symbol for symbol in SYMBOLS if any(f"[{symbol}]" in each.said for each in known)])
    notes = (*spec.notes, *([f"Key: {'; '.join(f'{symbol} {meaning}' for symbol, meaning in key)}."] if key else []))
    return ChartView(spec.name, spec.title, _draw(spec, known, grid.as_at, house), alt, table, notes)


def _activity(grid: Grid, row: GridRow, spec: Spec, house: House) -> Activity:
    name, term, start, end = (row.cells[grid.position(key)] for key in COLUMNS)
    made = Activity(value_words(name, spec, house), *_term(term), _when(start, house, first=True), _when(end, house))
    if made.start.day and made.end.day and made.end.day < made.start.day:
        raise ValueError(f'activity "{made.name}" ends on {made.end.spoken}, before it starts on {made.start.spoken}')
    return made


def _term(term: Figure) -> tuple[str, str, int]:
    """The term as printed and as read out, and its place in the order."""
    if term.value is None:
        symbol = term.symbol or "x"
        return f"Term [{symbol}]", f"Term {SYMBOLS.get(symbol, symbol)}", len(TERMS) + 1
    words = sentence_case(in_words(term.value, Unit.TEXT))
    first = words.lower().replace("-", " ").removesuffix(" term")
    told = f"{first.capitalize()} term" if first in TERMS else words
    return told, told, TERMS.index(first) if first in TERMS else len(TERMS)


def _when(figure: Figure, house: House, first: bool = False) -> When:
    """A date, a word such as ongoing, or neither. A month that is a start begins on its first day."""
    value = figure.value
    if isinstance(value, dt.date):
        day = value.replace(day=1) if first and is_month(value, figure.unit) else value
        return When(dt.date(day.year, day.month, day.day), "", in_words(value, figure.unit, "", house))
    if value is not None:
        words = in_words(value, Unit.TEXT).lower()
        return When(None, words, words)
    symbol = figure.symbol or "x"
    return When(None, f"[{symbol}]", SYMBOLS.get(symbol, symbol))


def _is_symbol(instead: str) -> bool:
    return instead.startswith("[")


def _draw(spec: Spec, known: Sequence[Activity], as_at: dt.date | None, house: House) -> bytes:
    begins = [bool(at) and each.order != known[at - 1].order for at, each in enumerate(known)]
    rows = [Row(each.name, wrapped(each.said, SAID, 2), new) for each, new in zip(known, begins, strict=True)]
    days = [day for each in known for day in (each.start.day, each.end.day) if day]
    # A mark at the very start of the axis would lie over the names.
    days += [each.end.day - MARK for each in known if each.end.day and not _is_bar(each)]
    return drawn(spec.name, rows, "activities", days, as_at, house,
                 lambda frame, at, row: _draw_activity(frame, row, known[at]), LINES)  # fmt: skip


def _is_bar(activity: Activity) -> bool:
    start, end = activity.start.day, activity.end.day
    return bool(start and end and end > start)


def _draw_activity(frame: Frame, row: float, each: Activity) -> None:
    """An activity's bar, or a mark where it has one date only: a diamond at its end, a triangle from its start."""
    start, end = each.start.day, each.end.day
    colour = [*palette(len(TERMS)), UNRATED][min(each.order, len(TERMS))]
    if start and end and _is_bar(each):
        _draw_bar(frame, row, (start, end), colour, HATCHES[each.order] if each.order < len(TERMS) else "")
    elif day := end or start:
        frame.axes.plot(day.toordinal(), row, marker="D" if end else CARETRIGHTBASE, markersize=7,
                        markerfacecolor=colour, markeredgecolor=TEXT, markeredgewidth=0.8, linestyle="",
                        clip_on=False, zorder=3)  # fmt: skip


def _draw_bar(frame: Frame, row: float, dates: tuple[dt.date, dt.date], colour: str, hatch: str) -> None:
    left, days = dates[0].toordinal(), (dates[1] - dates[0]).days
    top = row - THICK / frame.row / 2
    frame.axes.barh(row, days, left=left, height=THICK / frame.row, color=colour, edgecolor="none", zorder=2)
    add_strokes(frame.axes, [
        [(left + x / frame.day, top + y / frame.row) for x, y in stroke]
        for stroke in strokes(days * frame.day, THICK, hatch)
    ])  # fmt: skip


def _told(spec: Spec, known: Sequence[Activity], as_at: dt.date | None, house: House) -> Iterator[str]:
    """What the chart shows: every activity with its dates, by term."""
    dated = sum(bool(each.start.day or each.end.day) for each in known)
    yield f"Chart of activities in time. {spec.title.rstrip('.')}."
    yield f"{len(known)} {'activity' if len(known) == 1 else 'activities'}, {dated} with a date."
    if as_at:
        yield f"The data stand at {in_words(as_at, Unit.DATE, house=house)}."
    for term in dict.fromkeys(each.term_spoken for each in known):
        yield f"{term}: {'; '.join(_dates(each) for each in known if each.term_spoken == term)}."


def _dates(activity: Activity) -> str:
    """An activity with its dates in words."""
    name, start, end = activity.name.rstrip("."), activity.start, activity.end
    if start.day and end.day:
        if start.spoken == end.spoken:
            return f"{name}, {end.spoken}"
        return f"{name}, {start.spoken} to {end.spoken}"
    if end.day:
        return f"{name}, by {end.spoken}"
    if start.day:
        return f"{name}, from {start.spoken}, end {end.spoken}"
    return f"{name}, {end.spoken if not _is_symbol(end.instead) else f'dates {end.spoken}'}"
