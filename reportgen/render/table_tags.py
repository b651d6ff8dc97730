"""Tells which headings a table's cells have: Scope on every heading, Headers on every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pydyf

from .tagtree import Element, Node, TagTree

SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}


@dataclass
class Cell:
    """A cell of a table with the rows and columns that it covers, counted from 0."""

    node: Node
    section: Node
    rows: range
    columns: range
    alone: bool  # the only cell of its row

    @property
    def is_heading(self) -> bool:
        """Whether the cell is a heading."""
        return self.node.kind == "TH"

    @property
    def heads_group(self) -> bool:
        """Whether the cell is a heading between the rows of a table's body, for the rows below it."""
        return self.is_heading and self.alone and self.section.kind != "THead"

    @property
    def scope(self) -> str:
        """What a heading heads: Row or Column. The HTML's word goes before what its place suggests."""
        stated = SCOPES.get(self.node.source.get("scope", "").strip().lower())
        by_place = "Column" if self.section.kind == "THead" or self.heads_group else "Row"
        return stated or by_place


def head_cells(tree: TagTree) -> None:
    """Sets Scope and an ID on all headings and Headers on all cells, and lists the IDs in the tree's root."""
    identifiers: dict[str, Element] = {}
    tables = [node for node in tree.below(tree.root) if node.kind == "Table"]
    for number, table in enumerate(tables, start=1):
        cells = list(cells_of(tree, table))
        headings, names = Headings(cells), dict[int, str]()
        for cell in cells:
            if cell.is_heading:
                name = f"t{number}r{cell.rows.start + 1}c{cell.columns.start + 1}"
                names[id(cell)] = name
                identifiers[name] = cell.node.element
                cell.node.element["ID"] = pydyf.String(name)
                cell.node.element["A"]["Scope"] = f"/{cell.scope}"
        for cell in cells:
            if not cell.is_heading:
                headers = [pydyf.String(names[id(heading)]) for heading in headings.of(cell)]
                cell.node.element["A"]["Headers"] = pydyf.Array(headers)
    if identifiers:
        flat = [part for name in sorted(identifiers) for part in _entry(name, identifiers[name])]
        tree.tree_root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(flat)})


def _entry(name: str, element: Element) -> tuple[pydyf.String, bytes]:
    return pydyf.String(name), element.reference


class Headings:
    """The headings of one table by what they head, so that a long table doesn't take long."""

    def __init__(self, cells: list[Cell]) -> None:
        headings = [cell for cell in cells if cell.is_heading]
        self._groups = [each for each in headings if each.heads_group]
        self._columns = [each for each in headings if not each.heads_group and each.scope == "Column"]
        self._rows: dict[int, list[Cell]] = {}
        for each in headings:
            if not each.heads_group and each.scope == "Row":
                for row in each.rows:
                    self._rows.setdefault(row, []).append(each)

    def of(self, cell: Cell) -> list[Cell]:
        """The headings of a cell: of its columns, of its rows, and of the group of rows that it is in."""
        columns = [each for each in self._columns if _above(each, cell)]
        rows = [each for row in cell.rows for each in self._rows.get(row, ())]
        groups = [each for each in self._groups if each.section is cell.section and _above(each, cell)]
        return [*columns, *{id(each): each for each in rows}.values(), *groups[-1:]]


def _above(heading: Cell, cell: Cell) -> bool:
    """Whether a heading stands above a cell, in at least one of its columns."""
    meets = heading.columns.start < cell.columns.stop and cell.columns.start < heading.columns.stop
    return meets and heading.rows.start < cell.rows.start


def cells_of(tree: TagTree, table: Node) -> Iterator[Cell]:
    """The cells of a table in reading order, each where its own and earlier spans put it."""
    row = 0
    for section in tree.kids(table.element):
        taken: set[tuple[int, int]] = set()
        rows = [section] if section.kind == "TR" else tree.kids(section.element)
        for line in rows:
            if line.kind != "TR":
                continue
            column = 0
            kids = tree.kids(line.element)
            for node in kids:
                while (row, column) in taken:
                    column += 1
                down, across = node.box.rowspan, node.box.colspan
                cell = Cell(node, section, range(row, row + down), range(column, column + across), len(kids) == 1)
                taken.update(product(cell.rows, cell.columns))
                yield cell
                column += across
            row += 1
