"""Large print: style sheets enlarged to 18 points, and the sheet of paper that each exhibit needs at that size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reportgen.exhibits.views import CellView, ChartView, TableView
from reportgen.present.document import Document

BODY = 18.0  # points: the least that words beside charts have
SCALE = BODY / 12  # how much larger everything is than on the usual page
MARGIN = 20 / 25.4 * 72  # points at either side of a page
PORTRAIT, LANDSCAPE, A3 = 595.28 - 2 * MARGIN, 841.89 - 2 * MARGIN, 1190.55 - 2 * MARGIN
LOW = 595.28 - (26 + 20) / 25.4 * 72  # points: the height of a landscape page within its margins
LINE = BODY * 1.4
PADDING = 10.0  # points: what a cell has beside its words
CLOSE = 5.0  # the same on the widest page
SPARE = 0.96  # of a page's width are taken for a table, as letters are guessed

_SIZE = re.compile(r"(?<![\w-])(font(?:-size)?\s*:[^;}]*)", re.IGNORECASE)
_POINTS = re.compile(r"(?<![\w.#-])(\d*\.?\d+)pt\b", re.IGNORECASE)
_HEIGHT = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_NARROW, _BROAD = frozenset("ijlftrI.,:;'|!/()[]- "), frozenset("mwMW%@")
# The widths of letters in Liberation Sans in bold, as far as they tell which page a table needs.
_WIDTHS = {"narrow": 0.33, "broad": 0.9, "capital": 0.72, "other": 0.57}


def enlarged(css: str) -> str:
    """A style sheet with its points half as large again, and no letters under 18 points."""
    sizes = [match.span() for match in _SIZE.finditer(css)]

    def larger(match: re.Match[str]) -> str:
        points = float(match[1]) * SCALE
        if any(start <= match.start() < end for start, end in sizes):
            points = max(points, BODY)
        return f"{points:g}pt"

    return _POINTS.sub(larger, css)


def sheets(document: Document) -> dict[str, str]:
    """The page that each exhibit stands on in large print, by key: empty for an upright A4, or a class of large.css."""
    found = {}
    for key, item in document.exhibits.items():
        exhibit, caption = item.exhibit, f"{item.label}: {item.exhibit.title}"
        found[key] = _chart(exhibit, caption) if isinstance(exhibit, ChartView) else _table(exhibit)
    return found


def _chart(chart: ChartView, caption: str) -> str:
    """A chart fills the width of a landscape page; where it is too high for it, the same width on A3."""
    match = _HEIGHT.search(chart.svg)
    across, down = (float(match[1]), float(match[2])) if match else (1.0, 1.0)
    words = sum(_lines(text, LANDSCAPE) for text in (caption, *chart.notes))
    return "landscape" if LANDSCAPE * down / across + (words + 1.5) * LINE <= LOW else "sheet-a3"


def _table(table: TableView) -> str:
    """The smallest page that is as wide as the longest words in all columns."""
    if table.style == "actions":
        return "landscape"
    cells = zip(*(row.cells for row in table.rows), strict=True) if table.rows else ((),) * len(table.heads)
    widths = [
        PADDING + max([_longest([head.text]), *map(_cell, column)])
        for head, column in zip(table.heads, cells, strict=True)
    ]
    needed = _under_groups(table, widths)
    if needed <= PORTRAIT * SPARE and len(table.heads) < 6:
        return ""
    if needed <= LANDSCAPE * SPARE:
        return "landscape"
    close = needed - (PADDING - CLOSE) * len(widths)
    return "sheet-a3-landscape" if close <= A3 else "sheet-a3-landscape crowded"


def _under_groups(table: TableView, widths: Sequence[float]) -> float:
    """The width of all columns, wide enough for the headings that stand over several of them."""
    found, at = 0.0, 0
    for group in table.groups:
        own = sum(widths[at : at + len(group.heads)])
        found, at = found + max(own, PADDING + _longest([group.text])), at + len(group.heads)
    return found or sum(widths)


def _cell(cell: CellView) -> float:
    """The width that a cell can't do without: numbers and dates aren't broken."""
    texts = [line.text for line in cell.lines]
    return max(map(_width, texts), default=0.0) if cell.css in ("number", "date") else _longest(texts)


def _longest(texts: Iterable[str]) -> float:
    return max((_width(word) for text in texts for word in text.split()), default=0.0)


def _lines(text: str, width: float) -> int:
    return int(_width(text) / (width * SPARE)) + 1


def _width(text: str) -> float:
    """About how wide a text is at 18 points, in points."""
    return BODY * sum(_WIDTHS[_sort(letter)] for letter in text)


def _sort(letter: str) -> str:
    if letter in _NARROW:
        return "narrow"
    return "broad" if letter in _BROAD else "capital" if letter.isupper() else "other"
