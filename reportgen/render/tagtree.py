"""The PDF's structure tree side by side with the boxes that it was made from, and the ways to change it.

WeasyPrint makes a structure element of each box, in the order of the boxes, and forgets which came from
which. Walking the boxes again in that order pairs them; every step is checked, so that another version of
WeasyPrint with another order is noticed rather than mis-tagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from .pdf import RenderError

# WeasyPrint and pydyf carry no types: boxes, HTML elements and PDF dictionaries are Any.
Box = Any
Element = Any
PAGINATION = {"Type": "/Pagination"}


@dataclass
class Node:
    """A structure element, the box and the HTML element it came from, and the last page that holds it."""

    element: Element
    box: Box
    page: int

    @property
    def kind(self) -> str:
        """The element's type without its solidus, such as TH."""
        return str(self.element["S"])[1:]

    @property
    def source(self) -> Any:
        """The HTML element; None for lines of text and for what has no element."""
        return None if isinstance(self.box, boxes.TextBox) else self.box.element

    @property
    def tag(self) -> str:
        """The HTML tag, such as dt or li::marker; empty where there is none."""
        return "" if self.source is None else str(self.box.element_tag)


class TagTree:
    """The structure tree of a PDF that is about to be written."""

    def __init__(self, document: Any, pdf: Any) -> None:
        """Raises RenderError where the tree's shape is not the one that this module was made for."""
        self._pdf = pdf
        self._objects: dict[bytes, Any] = {each.reference: each for each in pdf.objects}
        self._pages: tuple[bytes, ...] = pdf.page_references
        self._marks: dict[int, dict[int, int]] = {}
        self.tree_root: Element = self._objects[pdf.catalog["StructTreeRoot"]]
        self._numbers: list[Any] = self._objects[self.tree_root["ParentTree"]]["Nums"]
        self.root: Element = self._objects[self.tree_root["K"][0]]
        self.nodes: dict[bytes, Node] = {}
        self.furniture: list[tuple[str, Node]] = []
        self._pair(document)

    def _pair(self, document: Any) -> None:
        elements = (each for each in self._pdf.objects if _is_element(each) and each is not self.root)
        for number, page in enumerate(document.pages):
            for box, margin in _boxes_of(page._page_box):
                node = self._take(elements, box, number)
                if margin and node.element["P"] == self.root.reference:
                    self.furniture.append((margin, node))
                if node.kind == "LI" and _has_no_marker(box):  # made two elements: the item and its body
                    self._take(elements, box, number)
        if next(elements, None) is not None:
            raise _strange_shape("elements are left over")

    def _take(self, elements: Iterator[Element], box: Box, page: int) -> Node:
        element = next(elements, None)
        if element is None:
            raise _strange_shape("a box has no element")
        node = Node(element, box, page)
        if element["Pg"] != self._pages[page]:
            raise _strange_shape(f"{node.kind} is of another page than its box")
        if isinstance(box, boxes.TextBox) != (node.kind == "Span" and _is_leaf(element)):
            raise _strange_shape(f"{node.kind} doesn't fit its box")
        if node.kind in ("TH", "TD") and getattr(box, "mark", None) is not element:
            raise _strange_shape("a table cell is not its box's")
        self.nodes[element.reference] = node
        return node

    def kids(self, element: Element) -> list[Node]:
        """The structure elements right under one, in order: content and annotations are left out."""
        return [self.nodes[kid] for kid in element["K"] if self._is_node(kid)]

    def _is_node(self, kid: Any) -> bool:
        return isinstance(kid, bytes) and kid in self.nodes

    def parent(self, node: Node) -> Element:
        """The element above a node."""
        return self._objects[node.element["P"]]

    def below(self, element: Element) -> Iterator[Node]:
        """All structure elements under one, in reading order."""
        for node in self.kids(element):
            yield node
            yield from self.below(node.element)

    def references(self, element: Element) -> list[Element]:
        """The references to annotations (links) that stand right in an element."""
        return [self._objects[kid] for kid in element["K"] if isinstance(kid, bytes) and kid not in self.nodes]

    def annotation(self, reference: Element) -> Element:
        """The annotation (link) that a reference stands for."""
        return self._objects[reference["Obj"]]

    def has_content(self, element: Element) -> bool:
        """Whether an element holds any text, picture or annotation, however deep."""
        return any(not self._is_node(kid) or self.has_content(self.nodes[kid].element) for kid in element["K"])

    def set_kids(self, element: Element, kids: Iterable[Node]) -> None:
        """Puts these structure elements right under one, in place of what was there."""
        element["K"] = pydyf.Array([node.element.reference for node in kids])
        for node in self.kids(element):
            node.element["P"] = element.reference

    def add(self, kind: str, like: Node) -> Node:
        """A new, empty structure element on the page of another one; it hangs nowhere yet."""
        values = {"Type": "/StructElem", "S": f"/{kind}", "K": pydyf.Array(), "Pg": like.element["Pg"]}
        element = pydyf.Dictionary(values)
        self._pdf.add_object(element)
        self._objects[element.reference] = element
        node = self.nodes[element.reference] = Node(element, like.box, like.page)
        return node

    def drop(self, node: Node) -> None:
        """Takes a structure element that nothing refers to any longer out of the file."""
        del self.nodes[node.element.reference]
        self._erase(node.element)

    def absorb(self, node: Node, other: Node) -> None:
        """Moves all that another element holds to the end of this one, and drops the other."""
        for kid in other.element["K"]:
            if isinstance(kid, int):
                self._numbers[2 * other.page + 1][kid] = node.element.reference
                kid = self._content(node, kid, other.element["Pg"])
            elif kid in self.nodes:
                self.nodes[kid].element["P"] = node.element.reference
            else:
                self._give(self._objects[kid], node)
            node.element["K"].append(kid)
        node.page = other.page
        self.drop(other)

    def discard(self, node: Node, artefact: dict[str, str]) -> None:
        """Turns all content of an element into an artefact, and drops it with all below it."""
        for kid in list(node.element["K"]):  # a copy: what is below takes itself out
            if isinstance(kid, int):
                self._mark_as_artefact(node.page, kid, artefact)
            elif kid in self.nodes:
                self.discard(self.nodes[kid], artefact)
            else:
                self.remove(self._objects[kid], node)
        above = self.parent(node)
        if node.element.reference in above["K"]:
            above["K"].remove(node.element.reference)
        self.drop(node)

    def remove(self, reference: Element, node: Node) -> None:
        """Takes an annotation that stands in a node out of the file."""
        annotation = self.annotation(reference)
        at = self._number_of(annotation)
        del self._numbers[at - 1 : at + 1]
        page = self._objects[reference["Pg"]]
        page["Annots"].remove(annotation.reference)
        if not page["Annots"]:
            del page["Annots"]
        node.element["K"].remove(reference.reference)
        self._erase(annotation)
        self._erase(reference)

    def lift(self, reference: Element, node: Node, above: Node) -> None:
        """Moves an annotation from a node to one above it."""
        node.element["K"].remove(reference.reference)
        above.element["K"].append(reference.reference)
        self._give(reference, above)

    def _give(self, reference: Element, node: Node) -> None:
        self._numbers[self._number_of(self.annotation(reference))] = node.element.reference

    def _content(self, node: Node, number: int, page: bytes) -> Any:
        """Content as an element may hold it: a bare number on its own page, with its page elsewhere."""
        if page == node.element["Pg"]:
            return number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": number})

    def _mark_as_artefact(self, page: int, number: int, artefact: dict[str, str]) -> None:
        stream = self._objects[self._objects[self._pages[page]]["Contents"]].stream
        if page not in self._marks:
            marked = (at for at, operator in enumerate(stream) if operator == b"BDC")
            self._marks[page] = {stream[at - 1]["MCID"]: at for at in marked if "MCID" in stream[at - 1]}
        at = self._marks[page].get(number)
        if at is None:
            raise _strange_shape(f"content {number} is not in the stream of page {page + 1}")
        stream[at - 2 : at] = ["/Artifact", pydyf.Dictionary(artefact)]
        self._numbers[2 * page + 1][number] = "null"

    def _number_of(self, annotation: Element) -> int:
        """The place in the parent tree that holds the element of an annotation."""
        return 2 * self._numbers[::2].index(annotation["StructParent"]) + 1

    def _erase(self, element: Element) -> None:
        # Freeing the number would be cleaner, but pydyf counts free objects when it numbers compressed ones.
        empty = _Null()
        empty.number = element.number
        self._pdf.objects[element.number] = empty


class _Null(pydyf.Object):  # type: ignore[misc]  # pydyf carries no types
    data = b"null"


def _is_element(thing: Any) -> bool:
    return isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"


def _is_leaf(element: Element) -> bool:
    return len(element["K"]) == 1 and isinstance(element["K"][0], int)


def _has_no_marker(box: Box) -> bool:
    """Whether WeasyPrint wraps a box that is a list item's body in an item of its own."""
    style = box.style
    unmarked = "list-item" not in style["display"] or style["list_style_type"] == "none"
    return box.element_tag in ("dt", "dd") or (box.element_tag == "li" and unmarked)


def _boxes_of(box: Box, margin: str = "") -> Iterator[tuple[Box, str]]:
    """The boxes that have a structure element, in the order it was made, each with its margin box's name."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.TextBox):
        yield box, margin
    elif isinstance(box, boxes.MarginBox):
        for child in box.children:
            yield from _boxes_of(child, box.at_keyword)
    elif isinstance(box, boxes.PageBox) or (box.element_tag in ("html", "body") and not isinstance(box, boxes.LineBox)):
        for child in box.children:
            yield from _boxes_of(child, margin)
    else:
        yield box, margin
        is_link = (box.element_tag or "").split(":")[0] == "a"
        for child in _children(box):
            if not (is_link and isinstance(child, boxes.TextBox)):  # a link holds its text itself
                yield from _boxes_of(child, margin)


def _children(box: Box) -> Iterator[Box]:
    """A box's children, lines replaced by what stands in them and a table's wrapper by its table."""
    wraps_table = box.element_tag == "table" and box.is_table_wrapper
    table: Box = box.get_wrapped_table() if wraps_table else None
    for child in box.children:
        if child is table or isinstance(child, boxes.LineBox):
            yield from child.children
        else:
            yield child


def _strange_shape(what: str) -> RenderError:
    return RenderError((f"The PDF's tags don't follow the layout: {what}. Is WeasyPrint the pinned version?",))
