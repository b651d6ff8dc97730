"""Rows that an edition shows as one, so that less of them is small."""

from __future__ import annotations

from dataclasses import replace

from reportgen.model import Unit
from reportgen.protect import Merge, merge
from reportgen.trace import Found, Grid, GridRow, Head, axis, grid, ratio, text, total
from tests.protect.made import TOLD, edition, figures, table

BANDS = Merge("t", {"a to c": ("A", "B", "C")})


def priced() -> Grid:
    """Children with their share, and the cost of a child, of four rows."""
    made = table({"row": list("abcd"), "children": [3, 0, 4, 30], "cost": [900, 0, 500, 9000]})
    every = total(made, "children")
    heads = [Head("row", "Row", Unit.TEXT, is_label=True), Head("children", "Children", Unit.COUNT)]
    heads += [Head("share", "Share", Unit.PERCENT), Head("average", "Average", Unit.MONEY), Head("in", "In", Unit.TEXT)]
    rows = []
    for name in "abcd":
        children, cost = total(made, "children", row=name), total(made, "cost", row=name)
        own = ratio(children, every), ratio(cost, children, Unit.MONEY)
        rows.append(GridRow((text(name.upper(), ""), children, *own, text("in" if name < "c" else "out", ""))))
    return Grid("t", tuple(heads), tuple(rows))


def test_rows_become_one_with_sums_and_new_quotients() -> None:
    """3, 0 and 4 children of 37 at £9 and £5 together: 7 of 37 at £14 for 7, £2 each."""
    found = merge(Found(grids={"t": priced()}), [BANDS], TOLD, 5).grids["t"]
    shown = [[f.symbol or f.value for f in row.cells] for row in found.rows]
    assert shown[0][:2] == ["a to c", 7] and shown[0][3:] == [200, "z"]
    assert shown[0][2] * 37 == 7  # type: ignore[operator]
    assert shown[1][:2] == ["D", 30] and len(shown) == 2


def test_nothing_is_merged_where_nothing_is_small() -> None:
    before = Found(grids={"t": priced()})
    assert merge(before, [BANDS], TOLD, 2).grids["t"] is before.grids["t"]
    assert merge(before, [replace(BANDS, grid="other")], TOLD, 5).grids == before.grids


def test_what_is_merged_is_shown_and_gives_no_part_away() -> None:
    made = table({"row": list("abcd"), "children": [3, 2, 4, 30]})
    whole = grid("t", made, "children", axis(made, "row"))
    found = merge(Found(grids={"t": whole}), [BANDS], TOLD, 5)
    assert edition(figures(whole)).hidden.keys() == {"t.a.children", "t.b.children", "t.c.children"}
    assert edition(figures(found.grids["t"])).hidden == {}
    # A part that stands elsewhere is withheld there, and still can't be worked out of the sum.
    named = {"b": total(made, "children", row="b")}
    shown = edition(figures(found.grids["t"], **named))
    assert set(shown.hidden) == {"b"} and not shown.failing
