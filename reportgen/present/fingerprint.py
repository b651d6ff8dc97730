"""What a clearance is of: all figures and words of a document, as one hash."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from reportgen.exhibits.views import ChartView, Exhibit, TableView
from reportgen.present.document import Document
from reportgen.trace import Figure
from reportgen.wording import House, in_words

_WORDS = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)


def fingerprint(document: Document, figures: Mapping[str, Figure], house: House, full: str = "") -> str:
    """The SHA-256 of all figures and words, in hexadecimal: not of looks, nor of how the paper is issued.

    The words of clearances must still be placeholders, so that one clearance doesn't change what the next is of.
    `full` is the full edition's fingerprint where the document is the public one: both are cleared at once.
    """
    numbers = [
        (name, str(figure.value), str(figure.unit), document.printed.get(name) or _shown(figure, house))
        for name, figure in sorted(figures.items())
    ]
    said = {
        "title": (document.title, document.subject, document.author, document.authority),
        "front": document.front,
        "blocks": document.blocks,
        "exhibits": [(key, item.label, _exhibit(item.exhibit)) for key, item in document.exhibits.items()],
        "figures": numbers,
        **({"full": full} if full else {}),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8")).hexdigest()


def _shown(figure: Figure, house: House) -> str:
    return in_words(figure.value, figure.unit, figure.symbol, house)


def _exhibit(exhibit: Exhibit) -> Any:
    """All words of a table or chart: of a picture what is written in it, not where."""
    if isinstance(exhibit, ChartView):
        written = _WORDS.findall(exhibit.svg.decode("utf-8"))
        return exhibit.title, exhibit.alt, exhibit.notes, written, _table(exhibit.table)
    return _table(exhibit)


def _table(table: TableView) -> Any:
    heads = [(head.group, head.text) for head in table.heads]
    rows = [(row.kind, [[line.text for line in cell.lines] for cell in row.cells]) for row in table.rows]
    return table.title, heads, rows, table.notes, table.symbols
