"""Every cell of small returns is altered: a figure that doesn't own the cell keeps its value, or it is reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from reportgen.figures import looked_after
from reportgen.figures.base import Circumstances
from reportgen.histories import join, tables
from reportgen.model import Place, RawReturn, Severity
from reportgen.trace import Figure, catalogue
from tests.histories.made import HEADINGS, episode, raw

DAY = dt.date(2018, 3, 31)
WHEN = Circumstances("2018-03", dt.date(2018, 5, 1), {"returns": DAY})
Cells = dict[str, list[list[str]]]  # the lines of each file below its headings

LINES: dict[str, list[str]] = {
    "2016-episodes": [episode(1, "05/06/2016", PLACE="K2"), episode(2, "05/06/2016", LS="V4")],
    "2016-header": ["1,1,03/03/2006,WBRI", "2,1,03/03/2016,WBRI"],
    "2016-uasc": ["1,1,03/03/2006,01/05/2017"],
    "2017-episodes": [
        episode(1, "05/06/2016", "05/12/2017", "X1", PLACE="K2"),
        episode(1, "05/12/2017", RNE="P", PLACE="T1"),
        episode(2, "05/06/2016", "07/07/2017", "X1", LS="V4"),
        episode(2, "07/07/2017", "31/03/2018", "E11"),
        episode(3, "31/03/2018", PLACE="U1", PLACE_PROVIDER="PR4"),
    ],
    "2017-header": ["1,1,03/03/2006,WBRI", "2,1,03/03/2016,WBRI", "3,1,03/03/2018,WBRI"],
    "2017-uasc": [],
}
OTHERS: Mapping[str, tuple[str, ...]] = {
    "CHILD": ("3",), "DECOM": ("01/02/2018",), "DEC": ("06/12/2017",), "RNE": ("L",), "LS": ("V3",), "CIN": ("N2",),
    "PLACE": ("T2",), "PLACE_PROVIDER": ("PR5",), "REC": ("E4A",), "DOB": ("04/04/2000",), "DUC": ("01/06/2016",),
}  # fmt: skip


def cells() -> Cells:
    return {name: [line.split(",") for line in lines] for name, lines in LINES.items()}


def returns(given: Cells) -> list[RawReturn]:
    texts = {name: [HEADINGS[name[5:]], *(",".join(cells) for cells in lines)] for name, lines in given.items()}
    return [raw(f"in/{name}.csv", "\n".join(lines) + "\n") for name, lines in texts.items()]


def computed(given: Cells) -> tuple[dict[str, Figure] | None, set[tuple[str, str]]]:
    """The figures by name, None where an error stops them, and the problems other than notes."""
    histories, problems = join(returns(given), "in")
    told = {(p.code, p.found) for p in problems if p.severity is not Severity.NOTE}
    if histories is None or any(p.severity is Severity.ERROR for p in problems):
        return None, told
    return catalogue(looked_after.compute(tables(histories, DAY), WHEN)), told


def altered() -> Iterator[tuple[Place, str, Cells]]:
    for name, lines in LINES.items():
        heads = HEADINGS[name[5:]].split(",")
        for row, line in enumerate(lines):
            for column, head in enumerate(heads):
                for other in OTHERS.get(head, ()):
                    changed = cells()
                    if other != line.split(",")[column]:
                        changed[name][row][column] = other
                        yield Place(f"in/{name}.csv", "", row + 2, column + 1), other, changed


def test_a_figure_keeps_its_value_when_cells_that_it_does_not_own_change() -> None:
    before, told = computed(cells())
    assert before is not None and told == set()
    owned = {name: (*figure.counted(), *figure.examined()) for name, figure in before.items()}
    seen, moved = 0, set[str]()
    for place, other, changed in altered():
        after, problems = computed(changed)
        seen += 1
        if after is None or problems:
            continue
        for name, figure in before.items():
            if name in after and after[name].value == figure.value:
                continue
            moved.add(name)
            assert any(place in ranges for ranges in owned[name]), f"{name} moved by {place} as {other!r}"
    assert seen > 70 and len(moved) > 60
