"""The figures of a chart as it draws, prints and says them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportgen.exhibits.sheet import HATCHES
from reportgen.exhibits.style import palette
from reportgen.exhibits.views import Spec, cell_symbol, key_to, value_words
from reportgen.model import Number, Unit
from reportgen.trace import Figure, GridRow, Head
from reportgen.wording import SYMBOLS, House


@dataclass(frozen=True)
class Mark:
    """A figure: its number if it has one, its words in the picture, and those of the text alternative."""

    number: Number | None
    printed: str
    spoken: str

    @property
    def value(self) -> float:
        """The number as a length; 0 where there is none."""
        return float(self.number or 0)


@dataclass(frozen=True)
class Series:
    """What is drawn in one colour and hatching, by its name."""

    name: str
    colour: str
    hatch: str


def series_of(names: Sequence[str]) -> tuple[Series, ...]:
    """Series by name with their colours, and with hatchings where there are several. Raises ValueError for over six."""
    colours = palette(len(names)) if names else []
    return tuple(map(Series, names, colours, HATCHES if len(names) > 1 else [""]))


def mark(figure: Figure, spec: Spec, house: House) -> Mark | None:
    """The figure as a chart shows it; None for a blank. Raises TypeError for words.

    The options `over` and `under` are words that stand in place of the sign, as for a variance.
    """
    symbol = cell_symbol(figure, spec)
    number = None if figure.value is None else figure.number
    if symbol:
        return Mark(number, f"[{symbol}]", SYMBOLS.get(symbol, symbol))
    if number is None:
        return None
    said = spec.options.get("over" if number > 0 else "under", "") if number else ""
    shown = replace(figure, value=-number) if said and number < 0 else figure
    text = f"{value_words(shown, spec, house)} {said}".rstrip()
    return Mark(number, text, text)


def scale_words(spec: Spec, unit: Unit | None) -> str:
    """The words of the option `axis`, with the scale of money where the values don't show it."""
    told = "£000" if unit is Unit.MONEY and spec.money == "£000" else ""
    axis = spec.options.get("axis", "")
    return axis if told in axis else f"{axis} ({told})" if axis else told


def one_unit(heads: Iterable[Head]) -> Unit | None:
    """The unit of all columns; None where there are none. Raises ValueError for several, which have no one scale."""
    units = list(dict.fromkeys(head.unit for head in heads))
    if len(units) > 1:
        raise ValueError(f"columns in {' and '.join(units)}, which one scale can't show: show columns of one unit")
    return units[0] if units else None


def with_key(spec: Spec, rows: Sequence[GridRow], columns: Iterable[int]) -> tuple[str, ...]:
    """The notes of a chart and, where its picture has symbols, the key to them."""
    positions = list(columns)
    key = key_to([cell_symbol(row.cells[at], spec) for row in rows for at in positions])
    return (*spec.notes, *([f"Key: {'; '.join(f'{symbol} {meaning}' for symbol, meaning in key)}."] if key else []))
