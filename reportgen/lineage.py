"""Where figures came from, in words: what `trace` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from reportgen.render.data import plain_value, shown_as
from reportgen.trace import Figure
from reportgen.wording import House

WIDTH = 16


@dataclass(frozen=True)
class Lineage:
    """A figure's value, unit and making, and the cells that it was made from as ranges of their sheets."""

    figure: str
    value: str
    unit: str
    shown_as: str
    how: str
    cells_counted: tuple[str, ...]
    cells_examined: tuple[str, ...]

    def in_words(self) -> str:
        """A line for each of these, the cells each on a line of its own."""
        lines = []
        for key, said in asdict(self).items():
            parts = said if isinstance(said, tuple) else (said,)
            lines.append(f"{key.replace('_', ' '):{WIDTH}}" + f"\n{'':{WIDTH}}".join(parts or ("none",)))
        return "\n".join(lines)


def lineage(name: str, figure: Figure, printed: Mapping[str, str], house: House) -> Lineage:
    """Where a figure came from; `printed` holds the figures' words in the paper."""
    counted, examined = (tuple(map(str, cells)) for cells in (figure.counted(), figure.examined()))
    shown = shown_as(name, figure, printed, house)
    return Lineage(name, plain_value(figure), str(figure.unit), shown, figure.how, counted, examined)


def listed(figures: Mapping[str, Figure], printed: Mapping[str, str], house: House) -> str:
    """The figures by name, a line each, with their words."""
    width = min(max(map(len, figures), default=0), 44)
    return "\n".join(f"{n:{width}}  {shown_as(n, f, printed, house)}".rstrip() for n, f in sorted(figures.items()))
