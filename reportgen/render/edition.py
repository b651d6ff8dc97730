"""The files of an edition: the paper as PDF and for the screen, its figures, tables and charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.model import LARGE_PRINT, Issue
from reportgen.present.document import Document
from reportgen.render import data, pdf
from reportgen.render.page import large_print, pages
from reportgen.trace import Figure
from reportgen.wording import House


@dataclass(frozen=True)
class Edition:
    """An edition's files by name, and the fonts in its PDFs."""

    files: dict[str, bytes]
    fonts: tuple[str, ...]


def edition(
    name: str,
    document: Document,
    figures: Mapping[str, Figure],
    house: House,
    roots: Sequence[Path],
    authority: str,
    issue: Issue,
    public: bool = False,
) -> Edition:
    """All files of the document's edition; `name` is what its PDFs and its page are called. Raises RenderError."""
    laid_out = pages(document, roots, authority, issue)
    files = {"figures.csv": data.figures_csv(figures, document.printed, house, public), **data.exhibit_files(document)}
    attached = {file: content for file, content in files.items() if file.endswith(".csv")}
    usual = [(".pdf", laid_out.pdf_html, laid_out.stylesheets)]
    large = [(LARGE_PRINT, *large_print(document, roots, authority, issue))] if issue.large_print else []
    pdfs, fonts = {}, set()
    for ending, html, stylesheets in usual + large:
        written = pdf.write_pdf(html, stylesheets, laid_out.charts, attached=attached)
        if written.warnings:
            raise pdf.RenderError(written.warnings)
        pdfs[name + ending] = written.pdf
        fonts |= {*written.fonts}
    return Edition({**pdfs, f"{name}.html": laid_out.screen_html.encode("utf-8"), **files}, tuple(sorted(fonts)))
