"""What openpyxl tells of an xlsx: comments, struck-through text, filled blank cells and number formats."""

from __future__ import annotations

import colorsys
import io
import re
import warnings
from typing import TYPE_CHECKING, Any

from .document import Sheet

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles.colors import Color
    from openpyxl.worksheet.worksheet import Worksheet

_WHITE = "FFFFFF"  # a white fill is how a sheet hides its grid lines: no colour to anyone who looks at it
# A theme lists its colours dark first; cells count them light first.
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")


def add_appearance(data: bytes, sheets: list[Sheet]) -> bool:
    """Whether openpyxl could read the workbook: if so, the sheets are given what it tells."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), rich_text=True, keep_links=False)
            theme = _theme_colours(book.loaded_theme)
            found = [_Appearance(sheet, theme).of(book[sheet.name]) for sheet in sheets if sheet.name in book]
        except MemoryError:
            raise
        except Exception:  # openpyxl has no error of its own for a workbook that it doesn't understand
            return False
    named = [sheet for sheet in sheets if sheet.name in book]
    for sheet, appearance in zip(named, found, strict=True):
        sheet.notes += appearance.notes
        sheet.formats += appearance.formats
    return True


class _Appearance:
    """What the cells of one sheet look like; the styles, which many cells share, are looked up once."""

    def __init__(self, sheet: Sheet, theme: list[str]) -> None:
        self.sheet = sheet
        self.theme = theme
        self.notes: list[tuple[int, int, str, str]] = []
        self.formats: list[tuple[int, int, str]] = []
        self.styles: dict[int, tuple[str, bool, str]] = {}

    def of(self, source: Worksheet) -> _Appearance:
        # `iter_rows` would make a cell for every address up to the last one, which may be far away.
        cells: dict[tuple[int, int], Any] = source._cells
        special = {(row, column) for row, column, _, _ in self.sheet.notes}
        for (row, column), cell in sorted(cells.items(), key=lambda item: item[0]):
            if type(cell).__name__ != "MergedCell":
                self.add(row, column, cell, (row, column) in special)
        return self

    def add(self, row: int, column: int, cell: Cell, special: bool) -> None:
        value = self.sheet.value(row, column)
        number_format, struck, fill = self.style(cell) if cell.has_style else ("General", False, "")
        if cell.comment is not None:
            self.notes.append((row, column, "comment", ""))
        if value is None:
            if fill and not special:
                self.notes.append((row, column, "filled", fill))
            return
        if struck:
            self.notes.append((row, column, "struck", ""))
        elif _partly_struck(cell.value):
            self.notes.append((row, column, "struck", "part"))
        if number_format != "General" and not isinstance(value, str | bool):
            self.formats.append((row, column, number_format))

    def style(self, cell: Cell) -> tuple[str, bool, str]:
        """The number format, whether struck through, and the colour of a solid fill."""
        number = cell.style_id
        if number not in self.styles:
            fill = cell.fill
            colour = _rgb(fill.fgColor, self.theme) if fill.fill_type == "solid" else ""
            self.styles[number] = (cell.number_format, bool(cell.font.strike), colour)
        return self.styles[number]


def _partly_struck(value: object) -> bool:
    """Whether a run of the text, as rich text has them, is struck through."""
    runs = value if isinstance(value, list) else ()
    return any(getattr(getattr(run, "font", None), "strike", False) for run in runs)


def _rgb(colour: Color, theme: list[str]) -> str:
    """The colour such as FFC000; `theme` where the theme doesn't tell, empty for white."""
    from openpyxl.styles.colors import COLOR_INDEX

    text = "theme"
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        text = colour.rgb[-6:].upper()
    elif colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        text = COLOR_INDEX[colour.indexed][-6:].upper()
    elif colour.type == "theme" and colour.theme < len(theme):
        text = _tinted(theme[colour.theme], colour.tint)
    return "" if text == _WHITE else text


def _tinted(rgb: str, tint: float) -> str:
    """The colour made darker (tint below 0) or lighter, as the standard does it: by its lightness."""
    if not tint:
        return rgb
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{int(part * 255 + 0.5):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def _theme_colours(theme: bytes | None) -> list[str]:
    """The theme's colours in the order in which cells count them; empty where it doesn't name all of them."""
    colours = []
    for name in _THEME_ORDER:
        pattern = rf'<a:{name}>\s*<a:\w+ (?:val="([0-9A-Fa-f]{{6}})"|[^>]*lastClr="([0-9A-Fa-f]{{6}})")'
        match = re.search(pattern.encode(), theme or b"")
        if match is None:
            return []
        colours.append((match[1] or match[2]).decode().upper())
    return colours
