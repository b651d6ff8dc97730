"""Exhibits as they stand in a paper: plain values, every number already in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reportgen.model import Unit
from reportgen.trace import Figure, Grid, GridRow, Head
from reportgen.wording import SYMBOLS, House, in_words, sentence_case, vanishes


@dataclass(frozen=True)
class Spec:
    """What a paper's settings say of an exhibit; `title` is already in words."""

    name: str
    kind: str
    grid: str
    title: str
    columns: Mapping[str, str] = field(default_factory=dict)
    money: str = "£"
    notes: tuple[str, ...] = ()
    split_by_group: bool = False
    landscape: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    weekly: str = "£p"  # the scale of amounts a week


@dataclass(frozen=True)
class Line:
    """One line of a cell; `style` is empty or one of strong, quote, revised, reason, stated, rating, when."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class CellView:
    """A cell: its lines, whether it names its row, its class (text, number or date), and the figure that it shows."""

    lines: tuple[Line, ...]
    header: bool = False
    css: str = "text"
    figure: Figure | None = None

    @property
    def text(self) -> str:
        """The cell in one line."""
        return "; ".join(line.text for line in self.lines if line.text)


@dataclass(frozen=True)
class RowView:
    """A row; `kind` is body or total."""

    cells: tuple[CellView, ...]
    kind: str = "body"


@dataclass(frozen=True)
class HeadView:
    """A column's heading."""

    text: str
    css: str = "text"
    key: str = ""
    group: str = ""


@dataclass(frozen=True)
class HeadGroup:
    """Adjoining columns under one heading; those of none stand for themselves, without words."""

    text: str
    heads: tuple[HeadView, ...]


@dataclass(frozen=True)
class TableView:
    """A table with the notes under it and the key to the symbols that it uses."""

    name: str
    title: str
    heads: tuple[HeadView, ...]
    rows: tuple[RowView, ...]
    notes: tuple[str, ...] = ()
    symbols: tuple[tuple[str, str], ...] = ()
    landscape: bool = False
    style: str = ""

    @property
    def groups(self) -> tuple[HeadGroup, ...]:
        """The columns by the headings over them; empty where no column has one."""
        if not any(head.group for head in self.heads):
            return ()
        runs = groupby(self.heads, key=lambda head: head.group)
        return tuple(HeadGroup(group, tuple(heads)) for group, heads in runs)

    @property
    def is_short(self) -> bool:
        """Whether the table is to stand on one page; rows of actions are tall, so that a table of them may be split."""
        return len(self.rows) <= SHORT and self.style != ACTIONS


@dataclass(frozen=True)
class ChartView:
    """A chart: its picture, what it shows in words, and its data as a table."""

    name: str
    title: str
    svg: bytes
    alt: str
    table: TableView
    notes: tuple[str, ...] = ()


Exhibit = TableView | ChartView
SHORT = 16  # rows
ACTIONS = "actions"
_CLASSES = {Unit.TEXT: "text", Unit.RATING: "text", Unit.LEVEL: "text", Unit.DATE: "date", Unit.MONTH: "date"}


def shown_heads(spec: Spec, grid: Grid) -> list[tuple[int, Head, str]]:
    """The columns that an exhibit shows, as position, head and heading; all of the grid's where it names none."""
    if not spec.columns:
        return [(i, head, head.label) for i, head in enumerate(grid.heads)]
    return [
        (at := grid.position(key), grid.heads[at], label or grid.heads[at].label) for key, label in spec.columns.items()
    ]


def css_class(unit: Unit) -> str:
    """The class of a column's cells: text, number or date."""
    return _CLASSES.get(unit, "number")


def value_words(figure: Figure, spec: Spec, house: House) -> str:
    """A figure as the exhibit prints it; words begin with a capital."""
    text = in_words(figure.value, figure.unit, figure.symbol, house, *_precision(figure, spec))
    return sentence_case(text) if figure.unit in (Unit.TEXT, Unit.LEVEL) else text


def cell_symbol(figure: Figure, spec: Spec) -> str:
    """The symbol that stands in a cell for the figure: why it has no value, or that it rounds to zero; else empty."""
    if figure.value is None:
        return figure.symbol
    return "low" if vanishes(figure.value, figure.unit, *_precision(figure, spec)) else ""


def _precision(figure: Figure, spec: Spec) -> tuple[str, int | None]:
    """The scale of money and the decimal places that an exhibit prints a figure with; a stated one as it is stated."""
    style = {Unit.MONEY: spec.money, Unit.MONEY_PER_WEEK: spec.weekly}.get(figure.unit, "")
    if figure.unit in (Unit.PERCENT, Unit.POINTS) and not (figure.stated and "places" not in spec.options):
        return style, _places(spec)
    return style, 1 if figure.unit is Unit.WEEKS else None


def _places(spec: Spec) -> int:
    """The decimal places of percentages: one, or the option `places`. Raises ValueError where that is no digit."""
    said = spec.options.get("places", "1")
    if said not in ("0", "1", "2", "3"):
        raise ValueError(f'the option places is a number from 0 to 3, not "{said}"')
    return int(said)


def key_to(symbols: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The symbols used, each once, with their meanings, in the order of the government's list."""
    return tuple((f"[{s}]", meaning) for s, meaning in SYMBOLS.items() if s in symbols)


def body_rows(grid: Grid) -> list[GridRow]:
    """The grid's rows without its totals."""
    return [row for row in grid.rows if row.kind == "body"]
