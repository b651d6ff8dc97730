"""The real papers of this checkout as they would be on disk, each built once, and their HTML as elements."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from reportgen import pipeline
from reportgen.model import LARGE_PRINT, Issue
from reportgen.present.document import Document
from reportgen.workspace import PaperRef, Workspace
from tests import pdf_structure

ROOT = Path(__file__).parent.parent
REF = PaperRef("cambridgeshire", "lac-strategy-progress")
MONTH = "2016-05"
NAME = f"{REF.paper}-{MONTH}"
PAPERS = [(ref, month) for ref in Workspace(ROOT).papers() for month in Workspace(ROOT).months(ref)]
EDITIONS = ("full",)
USUAL, LARGE = "usual", "large print"  # the sizes of an edition's PDFs
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """An element of an HTML page: tag, attributes, and what stands in it in order."""

    tag: str
    attributes: dict[str, str]
    kids: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Every element of these tags below this one, in the order of the page."""
        found = []
        for kid in self.kids:
            if isinstance(kid, Element):
                found += [kid] if kid.tag in tags else []
                found += kid.all(*tags)
        return found

    def without(self, *tags: str) -> Element:
        """The element as it is without those of these tags below it."""
        kids = [kid if isinstance(kid, str) else kid.without(*tags) for kid in self.kids
                if isinstance(kid, str) or kid.tag not in tags]  # fmt: skip
        return Element(self.tag, self.attributes, kids)

    @property
    def text(self) -> str:
        """The words in it, white space made single; line breaks are spaces."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for kid in self.kids:
            if isinstance(kid, str):
                yield kid
            else:
                yield from (" ",) if kid.tag == "br" else kid._words()


class _Reader(HTMLParser):
    """Reads a page strictly: an end tag that doesn't fit raises AssertionError."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].kids.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID, f"<{tag}/> is closed at once"
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> ends <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].kids.append(data)


def elements(html: str) -> Element:
    """The page, or a piece of one, as elements. Raises AssertionError where its tags don't pair."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert [each.tag for each in reader.open] == [""], f"<{reader.open[-1].tag}> isn't closed"
    return reader.open[0]


@dataclass(frozen=True)
class Printed:
    """One PDF of an edition: its size, its bytes, the document that it shows."""

    size: str
    pdf: bytes
    document: Document

    @cached_property
    def structure(self) -> pdf_structure.Tag:
        """The PDF's structure tree."""
        return pdf_structure.structure(self.pdf)


@dataclass(frozen=True, repr=False)
class Bundle:
    """A bundle's files by name, which of its editions is looked at, and the document that this one shows."""

    files: dict[str, bytes]
    document: Document
    checked: pipeline.Checked
    edition: str = EDITIONS[0]

    def of(self, edition: str) -> Bundle:
        """The same bundle, another of its editions looked at."""
        return self if edition == self.edition else replace(self, edition=edition)

    @property
    def name(self) -> str:
        """What its PDF and its HTML are called."""
        return f"{self.checked.ref.paper}-{self.checked.month}"

    @property
    def pdf(self) -> bytes:
        """The paper as PDF."""
        return self.files[f"{self.edition}/{self.name}.pdf"]

    @cached_property
    def printed(self) -> dict[str, Printed]:
        """The edition's PDFs by their size."""
        endings = {USUAL: ".pdf", LARGE: LARGE_PRINT}
        return {
            size: Printed(size, self.files[f"{self.edition}/{self.name}{ending}"], self.document)
            for size, ending in endings.items()
        }

    @property
    def html(self) -> str:
        """The paper for the screen."""
        return self.files[f"{self.edition}/{self.name}.html"].decode("utf-8")

    @cached_property
    def page(self) -> Element:
        """The screen's page as elements."""
        return elements(self.html)

    @property
    def structure(self) -> pdf_structure.Tag:
        """The structure tree of the PDF of the usual size."""
        return self.printed[USUAL].structure


@functools.cache
def built(ref: PaperRef, month: str) -> Bundle:
    """A paper of this checkout as a build with large print would leave it."""
    workspace = Workspace(ROOT)
    checked = pipeline.check(workspace, ref, month)
    assert checked.document is not None, checked.problems
    files = pipeline.bundle_files(workspace, checked, Issue(large_print=True))
    return Bundle(files, checked.document, checked)


def every(*more: str) -> list[tuple[PaperRef, str, str, str]]:
    """Parameters of a fixture: each edition of each paper, with each of `more`."""
    return [(ref, month, edition, each) for ref, month in PAPERS for edition in EDITIONS for each in more or ("",)]


def asked(parameter: tuple[PaperRef, str, str, str]) -> str:
    """Such a parameter in words, as pytest prints it."""
    return " ".join(map(str, filter(None, parameter)))
