"""Tests of the stage that writes pages and PDFs."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.render.pdf import write_pdf

STYLE = """
html { font: 12pt/1.3 "Liberation Sans" }
@page { size: A6; margin: 15mm;
  @top-left { content: "Progress report" }
  @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
"""
CHART = b"""<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">
<rect x="5" y="5" width="40" height="10" fill="#12436d"/>
<text x="5" y="25" font-family="Liberation Sans" font-size="8">July</text></svg>"""
WORDS = " ".join(f"word{number}" for number in range(150))


def page(body: str, head: str = "<title>A paper</title>") -> str:
    """A whole page around `body`."""
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


def written(body: str, css: str = "", resources: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of `body` on small pages; the test fails on any doubt about it."""
    result = write_pdf(page(body), [STYLE, css], resources or {})
    assert result.warnings == ()
    return result.pdf
