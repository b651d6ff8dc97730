"""A bar chart: horizontal bars by category, each with its value, and comparators as lines across them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.exhibits.bar_alt import alternative
from reportgen.exhibits.bar_layout import Bars, Comparator, Layout, Row, laid_out
from reportgen.exhibits.marks import mark, one_unit, scale_words, series_of, with_key
from reportgen.exhibits.sheet import GAP, area, sheet, words
from reportgen.exhibits.style import LINE, QUIET, TEXT, WHITE, as_svg
from reportgen.exhibits.table import make as make_table
from reportgen.exhibits.views import ChartView, Spec, body_rows, shown_heads, value_words
from reportgen.trace import Grid, GridRow, Head
from reportgen.wording import House

KIND, CHART = "bar-chart", True
OPTIONS = ("axis", "lines", "over", "places", "under")
DASHES = ((0, (4, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, ()))

Column = tuple[int, Head, str]


def make(spec: Spec, grid: Grid, house: House) -> ChartView:
    """The grid's rows as groups of bars; its first column names them, the others are series.

    The option `lines` names columns that are comparators: a line at their first value instead of bars. `axis` says
    what is measured; `over` and `under` are words in place of signs. Raises TypeError for columns without numbers,
    ValueError for more than goes on a page.
    """
    (at, _, _), *columns = shown_heads(spec, grid)
    unit = one_unit(head for _, head, _ in columns)
    rows = body_rows(grid)
    compared = _compared(spec, columns)
    drawn = [column for column in columns if column not in compared]
    bars = Bars(
        series_of([label for _, _, label in drawn]),
        tuple(_row(row, at, drawn, spec, house) for row in rows),
        tuple(_comparators(compared, rows, spec, house)),
        scale_words(spec, unit),
        (spec.options.get("over", ""), spec.options.get("under", "")),
    )
    table = make_table(spec, grid, house)
    lacking = [column for column in compared if all(row.cells[column[0]].value is None for row in rows)]
    notes = with_key(spec, rows, (i for i, _, _ in (*drawn, *lacking)))
    return ChartView(spec.name, spec.title, _draw(spec, laid_out(bars)), alternative(spec.title, bars), table, notes)


def _compared(spec: Spec, columns: Sequence[Column]) -> list[Column]:
    """The columns that the option `lines` names. Raises KeyError for one that isn't shown."""
    named = [name.strip() for name in spec.options.get("lines", "").split(",") if name.strip()]
    keys = {head.key: (at, head, label) for at, head, label in columns}
    for name in named:
        if name not in keys:
            raise KeyError(f'no column "{name}" to draw as a line: the chart shows {", ".join(keys)}')
    return [keys[name] for name in dict.fromkeys(named)]


def _row(row: GridRow, at: int, columns: Sequence[Column], spec: Spec, house: House) -> Row:
    return Row(value_words(row.cells[at], spec, house), tuple(mark(row.cells[i], spec, house) for i, _, _ in columns))


def _comparators(columns: Sequence[Column], rows: Sequence[GridRow], spec: Spec, house: House) -> Iterator[Comparator]:
    """Each comparator with the first value that its column has, else what stands in place of one."""
    for at, _, label in columns:
        marks = [made for row in rows if (made := mark(row.cells[at], spec, house))]
        if marks:
            yield Comparator(label, next((each for each in marks if each.number is not None), marks[0]))


@dataclass(frozen=True)
class _Pen:
    axes: Any
    plan: Layout


def _draw(spec: Spec, plan: Layout) -> bytes:
    with sheet(spec.name, plan.height) as (figure, axes):
        pen = _Pen(axes, plan)
        if plan.bars.axis:
            words(axes, 0, LINE * 0.6, plan.bars.axis, color=QUIET)
        for number, row in enumerate(plan.bars.rows):
            _draw_row(pen, number, row)
        axes.plot([plan.zero] * 2, [plan.head, plan.height], color=TEXT, linewidth=0.9, zorder=3)
        for number, line in enumerate(plan.bars.lines):
            _draw_comparator(pen, number, line)
        return as_svg(figure)


def _draw_row(pen: _Pen, number: int, row: Row) -> None:
    plan, slots = pen.plan, pen.plan.slots[number]
    single = len(plan.bars.series) < 2
    side: dict[str, Any] = {"ha": "right"} if single else {}
    words(pen.axes, plan.left - GAP * 1.5 if single else 0, slots.middle, plan.labels[number], **side)
    for series, middle, made in zip(plan.bars.series, slots.bars, row.marks, strict=True):
        if made is None:
            continue
        colour, thick = series.colour, plan.thickness
        length = made.value * plan.unit
        if length:
            area(pen.axes, plan.zero + min(length, 0), middle - thick / 2, abs(length), thick, colour, series.hatch)
        if not single:
            name = plan.names[plan.bars.series.index(series)]
            words(pen.axes, plan.left - GAP * 2, middle, name, ha="right", color=QUIET)
        start, end = plan.span(made)
        value: dict[str, Any] = {"x": end, "ha": "right"} if made.value < 0 else {"x": start}
        words(pen.axes, y=middle, text=made.printed, **value)


def _draw_comparator(pen: _Pen, number: int, line: Comparator) -> None:
    """A line across all bars, light around dark so that it shows on any bar, up to its own name to the left of it."""
    plan = pen.plan
    x, y = plan.zero + line.mark.value * plan.unit, plan.line_heights[number]
    if line.mark.number is not None:
        low = plan.height
        pen.axes.plot([x, x], [plan.head, low], color=WHITE, linewidth=3.2, zorder=3.5, solid_capstyle="butt")
        dashes = DASHES[number % len(DASHES)]
        pen.axes.plot([x, x], [y - LINE / 2, low], color=TEXT, linewidth=1.5, linestyle=dashes, zorder=3.6)
    words(pen.axes, x - GAP, y, line.label, ha="right", fontweight="bold")
