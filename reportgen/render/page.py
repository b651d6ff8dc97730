"""A document as HTML: one page for the PDF, and one that needs nothing beside it for the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from reportgen.exhibits.views import ChartView
from reportgen.model import Issue
from reportgen.present.document import Document
from reportgen.render.inline_svg import inline
from reportgen.render.large import enlarged, sheets
from reportgen.sandbox import layouts


@dataclass(frozen=True)
class Pages:
    """The two pages, and what the PDF's one needs: its style sheets and the charts by address."""

    pdf_html: str
    screen_html: str
    stylesheets: tuple[str, ...]
    charts: dict[str, bytes]


def pages(document: Document, roots: Sequence[Path], authority: str, issue: Issue) -> Pages:
    """The document laid out by `layout/page.html` with the authority's `house.css`."""
    house = _css(roots, f"{authority}/house.css")
    printed = (_css(roots, "layout/paper.css"), _css(roots, "layout/print.css"), house)
    screen = (_css(roots, "layout/paper.css"), _css(roots, "layout/screen.css"), house)
    exhibits = document.exhibits.items()
    drawn = {key: (item, item.exhibit) for key, item in exhibits if isinstance(item.exhibit, ChartView)}
    charts = {f"charts/{key}.svg": chart.svg for key, (_, chart) in drawn.items()}
    drawings = {
        key: Markup(inline(chart.svg, f"{item.anchor}-svg-", f"{item.label}: {chart.title}", chart.alt))
        for key, (item, chart) in drawn.items()
    }
    common = _common(document, issue)
    template = layouts(roots).get_template("layout/page.html")
    on_screen = {**common, "css": Markup("\n".join(screen)), "drawings": drawings}
    return Pages(template.render(common), template.render(on_screen), printed, charts)


def large_print(
    document: Document, roots: Sequence[Path], authority: str, issue: Issue
) -> tuple[str, tuple[str, ...]]:
    """The page for the PDF in large print, and its style sheets: those of the usual one enlarged, then its own."""
    usual = ("layout/paper.css", "layout/print.css", f"{authority}/house.css")
    told = _common(document, issue) | {"name": f"{document.title} (large print)", "sheets": sheets(document)}
    html = layouts(roots).get_template("layout/page.html").render(told)
    return html, (*(enlarged(_css(roots, name)) for name in usual), _css(roots, "layout/large.css"))


def _common(document: Document, issue: Issue) -> dict[str, Any]:
    """What the template is told whatever page it makes: `css` is what a page for the screen has of its own."""
    return {
        "doc": document,
        "status": issue.status,
        "issued": issue.in_words,
        "version": issue.version,
        "reason": issue.reason,
        "blocks": [(kind, Markup(text) if kind == "html" else text) for kind, text in document.blocks],
        "front": [(term, Markup(text)) for term, text in document.front],
        "stamp": f"{document.meeting_date.isoformat()}T00:00:00Z",
        "generator": "reportgen",
        "headings": _headings(document),
        "name": document.title,
        "sheets": {},
        "css": None,
        "drawings": {},
    }


def _css(roots: Sequence[Path], name: str) -> str:
    """A style sheet of the templates; empty where there is none. An end tag in it is refused by leaving `<` out."""
    found = next((root / name for root in roots if (root / name).is_file()), None)
    return found.read_text("utf-8").replace("<", "\\3c ") if found else ""


_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_LINK = re.compile(r"</?a\b[^>]*>")


def _headings(document: Document) -> list[tuple[str, Markup]]:
    """The numbered sections, as anchor and words, for the contents list."""
    return [
        (m[1], Markup(_LINK.sub("", m[2])))
        for kind, text in document.blocks
        if kind == "html"
        for m in _HEADING.finditer(text)
    ]
