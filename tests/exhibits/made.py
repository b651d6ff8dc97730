"""Grids and settings of exhibits made in place, and pictures read back."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.cells.dates import month_end
from reportgen.exhibits.sheet import BOLD
from reportgen.exhibits.style import POINTS, text_width
from reportgen.exhibits.views import Spec
from reportgen.model import Unit, Value
from reportgen.trace import Figure, Grid, GridRow, Head

SVG = "{http://www.w3.org/2000/svg}"
UNITS = {str: Unit.TEXT, int: Unit.COUNT, dt.date: Unit.DATE}


def figure(value: Value | None, unit: Unit | None = None, symbol: str = "") -> Figure:
    """A figure of a value alone, in the unit that its type suggests."""
    return Figure(value, unit or UNITS.get(type(value), Unit.COUNT), "made in a test", symbol)


def grid(
    heads: Sequence[tuple[str, str, Unit]],
    *rows: Sequence[Value | Figure | None],
    totals: int = 0,
    groups: Sequence[str] = (),
    as_at: dt.date | None = None,
) -> Grid:
    """A grid of values or figures under heads; the last `totals` rows are totals."""
    made = []
    for number, row in enumerate(rows):
        cells = tuple(
            cell if isinstance(cell, Figure) else figure(cell, unit)
            for cell, (_, _, unit) in zip(row, heads, strict=True)
        )
        kind = "total" if number >= len(rows) - totals else "body"
        made.append(GridRow(cells, kind, groups[number] if groups else ""))
    columns = tuple(Head(key, label, unit, at == 0) for at, (key, label, unit) in enumerate(heads))
    return Grid("made", columns, tuple(made), as_at)


def spec(
    kind: str = "table",
    title: str = "A title",
    columns: Mapping[str, str] | None = None,
    money: str = "£",
    notes: tuple[str, ...] = (),
    options: Mapping[str, str] | None = None,
) -> Spec:
    """What a paper's settings would say of an exhibit."""
    return Spec("made", kind, "made", title, columns or {}, money, notes, options=options or {})


MONTH_HEADS = (("month", "Month", Unit.MONTH), ("all", "All children", Unit.COUNT), ("uasc", "UASC", Unit.COUNT))


def months(*rows: tuple[int, int | None, int | None]) -> Grid:
    """Children by month of 2016."""
    return grid(MONTH_HEADS, *((month_end(2016, month), *numbers) for month, *numbers in rows))


ACTION_HEADS = (
    ("ref", "Ref", Unit.TEXT),
    ("action", "Action", Unit.TEXT),
    ("progress", "Progress", Unit.TEXT),
    ("baseline", "Completion", Unit.DATE),
    ("revised", "Revised", Unit.DATE),
    ("rating", "BRAG", Unit.RATING),
    ("reason", "Reason", Unit.TEXT),
    ("stated_rating", "Officer's rating", Unit.RATING),
    ("stated_reason", "Officer's reason", Unit.TEXT),
    ("turning", "Turns Red", Unit.TEXT),
)
AS_AT = dt.date(2016, 6, 29)


def actions(*rows: Mapping[str, Value | Figure | None], as_at: dt.date | None = AS_AT) -> Grid:
    """Actions with the columns of the figures' grid; what a row leaves out has no value."""
    return grid(ACTION_HEADS, *([row.get(key) for key, _, _ in ACTION_HEADS] for row in rows), as_at=as_at)


def words(svg: bytes) -> list[str]:
    """The texts of a picture, in its order."""
    return [text for each in ET.fromstring(svg).iter(f"{SVG}text") if (text := "".join(each.itertext()).strip())]


def sizes(svg: bytes) -> set[float]:
    """The sizes of the letters of a picture, in its own units, which are points."""
    return {float(size) for size in re.findall(rb"font(?:-size)?: [^;\"]*?(\d+(?:\.\d+)?)px", svg)}


def width(svg: bytes) -> float:
    """The width of a picture in points."""
    return float(ET.fromstring(svg).attrib["width"].removesuffix("pt"))


def height(svg: bytes) -> float:
    """The height of a picture in points."""
    return float(ET.fromstring(svg).attrib["height"].removesuffix("pt"))


def fills(svg: bytes) -> set[str]:
    """The colours of a picture's letters."""
    styles = [each.attrib.get("style", "") for each in ET.fromstring(svg).iter(f"{SVG}text")]
    return {match[1] for style in styles if (match := re.search(r"fill: (#\w+)", style))}


@dataclass(frozen=True)
class Box:
    """A line of a picture's words and the points that it covers, from the tops of its capitals to below its p."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether a rectangle of points lies over the words."""
        return min(self.right, right) - max(self.left, left) > 0.01 and min(self.bottom, bottom) > max(self.top, top)


def boxes(svg: bytes) -> list[Box]:
    """Where each line of a picture's words stands, worked out from its anchor and its width."""
    found = []
    for each in ET.fromstring(svg).iter(f"{SVG}text"):
        text, style, turn = "".join(each.itertext()), each.attrib["style"], each.attrib.get("transform", "")
        if not text.strip():
            continue
        assert re.match(r"rotate\(-?0 |translate\([^)]*\)$", turn), f"{text} is not horizontal"
        moved = re.match(r"translate\((\S+) (\S+)\)", turn)
        x, y = (float(moved[1]), float(moved[2])) if moved else (float(each.attrib["x"]), float(each.attrib["y"]))
        wide = text_width(text) * 72 * (BOLD if "font-weight" in style else 1)
        left = x - wide * (1 if "anchor: end" in style else 0.5 if "anchor: middle" in style else 0)
        found.append(Box(text, left, y - 0.72 * POINTS, left + wide, y + 0.21 * POINTS))
    return found


def assert_clear(svg: bytes) -> None:
    """That no words of a picture lie over others and none leave it."""
    shown = boxes(svg)
    right, bottom = width(svg), height(svg)
    for at, box in enumerate(shown):
        assert box.left > -0.01 and box.top > -0.01 and box.right < right + 0.01 and box.bottom < bottom + 0.01, box
        for other in shown[at + 1 :]:
            assert not box.meets(other.left, other.top, other.right, other.bottom), (box, other)


def uprights(svg: bytes) -> list[tuple[float, float, float]]:
    """The upright lines of a picture: where each is across, where it begins and where it ends downwards."""
    number = r"(-?\d+(?:\.\d+)?)"
    lines = re.findall(rf'd="M {number} {number} \nL {number} {number} \n"'.encode(), svg)
    return sorted({(float(x), *sorted((float(a), float(b)))) for x, a, other, b in lines if x == other and a != b})


def assert_uncrossed(svg: bytes) -> None:
    """That no upright line of a picture runs through words."""
    for x, top, bottom in uprights(svg):
        for box in boxes(svg):
            assert not (box.left < x < box.right and box.top < bottom and box.bottom > top), (x, box)
