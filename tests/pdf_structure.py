"""Reads a finished PDF back as plain values: tags, artefacts, bookmarks, text and where it stands."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw


@dataclass(frozen=True)
class Piece:
    """A run of text on a page (from 1): its marked content's name and number, and its box in points."""

    page: int
    text: str
    mark: str
    number: int
    box: tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class Tag:
    """A structure element: its type, text (its own and that below, or what replaces it), text alternative and so on."""

    kind: str
    text: str
    alt: str
    attributes: dict[str, Any]
    pages: frozenset[int]
    links: tuple[str, ...]  # what the annotations of a link say
    kids: tuple[Tag, ...]

    def all(self, kind: str) -> list[Tag]:
        """Every element of a type at or below this one, in reading order."""
        return [each for each in self._walk() if each.kind == kind]

    def _walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            yield from kid._walk()

    def _meaningful(self) -> Iterator[Tag]:
        for kid in self.kids:
            if kid.kind == "NonStruct":
                yield from kid._meaningful()
            elif kid.kind != "Span":
                yield kid

    @property
    def outline(self) -> Any:
        """The tree as nested tuples of types; `(type, text)` where there is nothing below but text."""
        kids = list(self._meaningful())
        return (self.kind, *(kid.outline for kid in kids)) if kids else (self.kind, self.alt or self.text)


def pieces(pdf: bytes) -> list[Piece]:
    """All runs of text, in the order of the pages' content."""
    document = pypdfium2.PdfDocument(pdf)
    found = [piece for number in range(len(document)) for piece in _pieces(document[number], number + 1)]
    document.close()
    return found


def _pieces(page: Any, number: int) -> Iterator[Piece]:
    text_page = page.get_textpage()
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        size = raw.FPDFTextObj_GetText(each.raw, text_page.raw, None, 0)
        buffer = (ctypes.c_ushort * (size // 2))()
        raw.FPDFTextObj_GetText(each.raw, text_page.raw, buffer, size)
        text = bytes(buffer).decode("utf-16-le").rstrip("\0")
        marks = [_mark(each.raw, at) for at in range(raw.FPDFPageObj_CountMarks(each.raw))]
        box = each.get_bounds()
        yield Piece(number, text, "/".join(marks), raw.FPDFPageObj_GetMarkedContentID(each.raw), box)
    text_page.close()


def _mark(text_object: Any, at: int) -> str:
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 64)()
    raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(text_object, at), buffer, 128, size)
    return bytes(buffer)[: size.value].decode("utf-16-le").rstrip("\0")


def structure(pdf: bytes) -> Tag:
    """The structure tree, with the text of its marked content."""
    texts: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces(pdf):
        texts.setdefault((piece.page, piece.number), []).append(piece)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
        return _tag(document.Root.StructTreeRoot.K[0], pages, texts)[0]


def _tag(
    element: Any, pages: dict[Any, int], texts: dict[tuple[int, int], list[Piece]]
) -> tuple[Tag, list[Piece]]:
    kids: list[Tag] = []
    found: list[Piece] = []
    links: list[str] = []
    seen: set[int] = set()
    for kid in element.K:
        if isinstance(kid, int) or kid.get("/Type") == "/MCR":
            page, number = (element.Pg, kid) if isinstance(kid, int) else (kid.Pg, kid.MCID)
            seen.add(pages[page.objgen])
            found += texts.get((pages[page.objgen], int(number)), [])
        elif kid.get("/Type") == "/OBJR":
            links.append(str(kid.Obj.Contents))
        else:
            tag, inner = _tag(kid, pages, texts)
            kids.append(tag)
            found += inner
            seen |= tag.pages
    values = {str(key)[1:]: _plain(value) for key, value in (element.get("/A") or {}).items() if key != "/O"}
    if "/ID" in element:
        values["ID"] = str(element.ID)
    kind, alt = str(element.S)[1:], str(element.get("/Alt", ""))
    text = str(element.get("/ActualText", "")) or joined(found)
    return Tag(kind, text, alt, values, frozenset(seen), tuple(links), tuple(kids)), found


def _plain(value: Any) -> Any:
    if isinstance(value, pikepdf.Array):
        return [_plain(each) for each in value]
    if isinstance(value, pikepdf.Name):
        return str(value)[1:]
    return str(value) if isinstance(value, pikepdf.String) else value


def joined(found: list[Piece]) -> str:
    """Runs of text as one: a space where a new line begins."""
    text, line = "", None
    for piece in found:
        here = (piece.page, round(piece.box[1] / 6))
        text += (" " if line not in (None, here) else "") + piece.text
        line = here
    return " ".join(text.split())


def artefacts(pdf: bytes) -> list[tuple[int, dict[str, str]]]:
    """Page (from 1) and properties of each artefact that says what it is, in the order of the content."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, start=1):
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "BDC" and operands[0] == "/Artifact":
                    found.append(
                        (number, {str(key)[1:]: _plain(value) for key, value in operands[1].items()})
                    )
    return found


def bookmarks(pdf: bytes) -> list[tuple[int, str, int]]:
    """Level (from 0), words and page (from 1) of each bookmark."""
    document = pypdfium2.PdfDocument(pdf)
    found = [(each.level, each.get_title(), each.get_dest().get_index() + 1) for each in document.get_toc()]
    document.close()
    return found


def page_texts(pdf: bytes) -> list[str]:
    """The words of each page as a reader would copy them, white space made single."""
    document = pypdfium2.PdfDocument(pdf)
    found = [" ".join(document[at].get_textpage().get_text_range().split()) for at in range(len(document))]
    document.close()
    return found


def over_the_margin(pdf: bytes, margin: float) -> list[str]:
    """Text that comes nearer than `margin` points to an edge of its page, page furniture apart."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sizes = [tuple(float(each) for each in page.mediabox) for page in document.pages]
    found = []
    for piece in pieces(pdf):
        left, bottom, right, top = sizes[piece.page - 1]
        inner = (left + margin, bottom + margin, right - margin, top - margin)
        fits = piece.box[0] >= inner[0] and piece.box[1] >= inner[1]
        fits = fits and piece.box[2] <= inner[2] and piece.box[3] <= inner[3]
        if not fits and "Artifact" not in piece.mark and piece.text.strip():
            found.append(f"page {piece.page}: {piece.text}")
    return found


@dataclass
class Owners:
    """The elements of a structure tree, and which of them owns each content of a page and annotation."""

    elements: set[tuple[int, int]]
    content: dict[tuple[tuple[int, int], int], tuple[int, int]]
    annotations: dict[tuple[int, int], tuple[int, int]]


def inconsistencies(pdf: bytes) -> list[str]:
    """What does not agree between structure tree, parent tree, content and annotations of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        found: list[str] = []
        owners = Owners(set(), {}, {})
        _walk(root.K[0], root, owners, found)
        elements = {
            each.objgen
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
        }
        found += [f"element {each} hangs nowhere" for each in sorted(elements - owners.elements)]
        numbers = list(root.ParentTree.Nums)
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        for page in document.pages:
            found += _page_faults(page, parents, owners)
        return found


def _walk(element: Any, parent: Any, owners: Owners, found: list[str]) -> None:
    owners.elements.add(element.objgen)
    if element.P.objgen != parent.objgen:
        found.append(f"{element.S} {element.objgen} names another parent")
    for kid in element.K:
        if isinstance(kid, int):
            owners.content[element.Pg.objgen, int(kid)] = element.objgen
        elif kid.get("/Type") == "/MCR":
            owners.content[kid.Pg.objgen, int(kid.MCID)] = element.objgen
        elif kid.get("/Type") == "/OBJR":
            owners.annotations[kid.Obj.objgen] = element.objgen
        else:
            _walk(kid, element, owners, found)


def _page_faults(page: Any, parents: dict[int, Any], owners: Owners) -> Iterator[str]:
    here = {number: owner for (where, number), owner in owners.content.items() if where == page.objgen}
    marked = set()
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and "/MCID" in operands[1]:
            marked.add(int(operands[1].MCID))
    if marked != set(here):
        yield f"content {sorted(marked ^ set(here))} is not both marked and tagged"
    listed = {at: each.objgen for at, each in enumerate(parents[int(page.StructParents)]) if each is not None}
    if listed != here:
        yield "the parent tree has other owners of content"
    for annotation in page.get("/Annots", []):
        if parents[int(annotation.StructParent)].objgen != owners.annotations.get(annotation.objgen):
            yield f"annotation {annotation.objgen} has another owner"
