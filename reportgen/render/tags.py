"""Mends the tags of a PDF before it is written: what validators let pass and readers stumble over."""

from __future__ import annotations

from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

from .conformance import declare_once
from .table_tags import head_cells
from .tagtree import PAGINATION, Element, Node, TagTree

POINTS = 0.75  # a CSS pixel in points
NOTHING = {"Type": "/Layout"}
INLINE = ("NonStruct", "Span")
BLANK = "blank"  # what a table's cell without words is read as, here and on the page for the screen


def finish(document: Any, pdf: Any) -> None:
    """Nothing comes back: `document`'s tags in `pdf` are mended in place. Raises RenderError, see TagTree."""
    declare_once(pdf)
    tree = TagTree(document, pdf)
    discard_furniture(tree)
    discard_repeated_headings(tree)
    discard_nothings(tree)
    join_fragments(tree, tree.root)
    for node in list(tree.below(tree.root)):
        if node.kind == "LI":
            gather_body(tree, node)
    for node in list(tree.below(tree.root)):
        if node.kind == "L" and node.tag == "dl":
            pair_terms(tree, node)
        elif node.kind == "Link":
            name_link(tree, node)
        elif node.kind == "Figure":
            place_figure(document, node)
        elif node.kind in ("TH", "TD"):
            name_blank(tree, node)
        name_language(node)
    head_cells(tree)


def discard_furniture(tree: TagTree) -> None:
    """Running headers, footers and page numbers become artefacts."""
    for margin, node in tree.furniture:
        subtype = {"@top": "/Header", "@bot": "/Footer"}.get(margin[:4])
        tree.discard(node, {**PAGINATION, **({"Subtype": subtype} if subtype else {})})


def discard_repeated_headings(tree: TagTree) -> None:
    """Heading rows stay on their table's first page, foot rows on its last; repeats become artefacts."""
    groups: dict[int, list[Node]] = {}
    for node in tree.below(tree.root):
        if node.kind in ("THead", "TFoot"):
            groups.setdefault(id(node.source), []).append(node)
    for repeats in groups.values():
        kept = repeats[0] if repeats[0].kind == "THead" else repeats[-1]
        for node in repeats:
            if node is not kept:
                tree.discard(node, PAGINATION)


def discard_nothings(tree: TagTree) -> None:
    """The space that a line ends with, of which nothing is left, and what is only there for a new line, is not read."""
    for node in list(tree.below(tree.root)):
        if isinstance(node.box, boxes.TextBox) and not node.box.text:
            tree.discard(node, NOTHING)
    for node in list(tree.below(tree.root)):
        if node.kind in INLINE and node.element.reference in tree.nodes and not tree.has_content(node.element):
            tree.discard(node, NOTHING)


def join_fragments(tree: TagTree, parent: Element) -> None:
    """An element that a page break split (or a link that a line break split) becomes one again."""
    kept: list[Node] = []
    for node in tree.kids(parent):
        kid = node.element.reference
        before = _fragments_before(kept, node)
        if before and (node.kind in ("TH", "TD") or _continues(kept[-1], node)):
            tree.absorb(before[-1], node)
            parent["K"].remove(kid)
        elif before and node.page > before[-1].page and not tree.has_content(node.element):
            parent["K"].remove(kid)  # what is left of a list item whose inner list goes on
            tree.drop(node)
        else:
            kept.append(node)
    for node in kept:
        join_fragments(tree, node.element)


def _fragments_before(kept: list[Node], node: Node) -> list[Node]:
    if node.source is None:
        return []
    return [each for each in kept if each.source is node.source and _same_part(each, node)]


def _same_part(one: Node, other: Node) -> bool:
    return one.tag == other.tag and one.kind == other.kind


def _continues(last: Node, node: Node) -> bool:
    """Whether a node goes on where the last one stopped: nothing between them, so that the order is kept."""
    same = last.source is node.source and _same_part(last, node)
    return same and (node.page > last.page or node.kind == "Link")


def gather_body(tree: TagTree, item: Node) -> None:
    """A list item holds its label and one body, and the body all the rest."""
    kids = tree.kids(item.element)
    if all(kid.kind == "Lbl" for kid in kids):
        return
    labels = [kid for kid in kids if kid.kind == "Lbl"]
    rest = [kid for kid in kids if kid.kind != "Lbl"]
    if [kid.kind for kid in rest] == ["LBody"]:
        return
    body = tree.add("LBody", item)
    inner: list[Node] = []
    for kid in rest:
        if kid.kind == "LBody":
            inner += tree.kids(kid.element)
            tree.drop(kid)
        else:
            inner.append(kid)
    tree.set_kids(body.element, inner)
    tree.set_kids(item.element, [*labels, body])


def pair_terms(tree: TagTree, terms: Node) -> None:
    """Each term of a `dl` with its descriptions becomes one list item: label and body."""
    groups = [kid for kid in tree.kids(terms.element) if kid.tag == "div"]
    items = [item for kid in tree.kids(terms.element) for item in _items(tree, kid)]
    if any(item.kind != "LI" for item in items):
        return  # no definition list: left to the validator
    for group in groups:
        tree.drop(group)
    pairs: list[tuple[Node, list[Node]]] = []
    for item in items:
        parts = tree.kids(item.element)
        described = bool(pairs) and pairs[-1][1][-1].kind == "LBody"
        if item.tag == "dt":
            for part in parts:
                part.element["S"] = "/Lbl"
        if pairs and not (item.tag == "dt" and described):
            pairs[-1][1].extend(parts)
            tree.drop(item)
        else:
            pairs.append((item, parts))
    for item, parts in pairs:
        tree.set_kids(item.element, parts)
    tree.set_kids(terms.element, [item for item, _ in pairs])


def _items(tree: TagTree, kid: Node) -> list[Node]:
    """The items in a `div` that groups them; any other element itself."""
    return tree.kids(kid.element) if kid.tag == "div" else [kid]


def name_link(tree: TagTree, link: Node) -> None:
    """A link is announced by its words, and once; an anchor that leads nowhere is no link."""
    lift_annotations(tree, link)
    references = tree.references(link.element)
    if not references:
        link.element["S"] = "/Span"
    pictures = (image.get("alt", "") for image in link.source.iter("img"))
    words = " ".join("".join(link.source.itertext()).split()) or " ".join(pictures)
    for reference in references:
        if words:
            tree.annotation(reference)["Contents"] = pydyf.String(words)


def lift_annotations(tree: TagTree, link: Node) -> None:
    """Each part of a link (a bold word, say) has an annotation too: the link takes it, or has it already."""
    for inner in tree.below(link.element):
        for reference in tree.references(inner.element):
            if any(_covers(tree, own, reference) for own in tree.references(link.element)):
                tree.remove(reference, inner)
            else:
                tree.lift(reference, inner, link)


def _covers(tree: TagTree, one: Element, other: Element) -> bool:
    """Whether the place of an annotation lies within that of another, to a point."""
    if one["Pg"] != other["Pg"]:
        return False
    (left, top, right, bottom), inner = tree.annotation(one)["Rect"], tree.annotation(other)["Rect"]
    across: bool = left - 1 <= inner[0] and inner[2] <= right + 1
    down: bool = bottom - 1 <= inner[3] and inner[1] <= top + 1
    return across and down


def name_blank(tree: TagTree, cell: Node) -> None:
    """A table's cell without words says that it is blank, rather than nothing, as if it weren't there."""
    if not tree.has_content(cell.element):
        cell.element["ActualText"] = pydyf.String(BLANK)


def name_language(node: Node) -> None:
    """An element in another language says so: WeasyPrint keeps the document's language only."""
    language = node.source.get("lang") if node.source is not None and ":" not in node.tag else None
    if language:
        node.element["Lang"] = pydyf.String(language)


def place_figure(document: Any, figure: Node) -> None:
    """A figure's box is where it stands on the page: in points from below, not in pixels from above."""
    box, height = figure.box, document.pages[figure.page].height
    left, top = box.content_box_x(), box.content_box_y()
    corners = (left, height - top - box.height, left + box.width, height - top)
    figure.element["A"]["BBox"] = pydyf.Array([round(each * POINTS, 2) for each in corners])
