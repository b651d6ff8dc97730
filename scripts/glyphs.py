"""Writes reportgen/cells/glyphs.py from the installed Liberation Sans: python scripts/glyphs.py"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

MODULE = Path(__file__).parent.parent / "reportgen" / "cells" / "glyphs.py"
STYLES = ("Regular", "Bold", "Italic", "Bold Italic")
HEAD = '''\
"""The characters that the paper's font, Liberation Sans, has in all its styles; written by scripts/glyphs.py."""

from __future__ import annotations

# First and last code point of each stretch.
RANGES = (
'''


def installed() -> set[int]:
    """The code points that every style of the installed font has. Raises FileNotFoundError where there is none."""
    return set.intersection(*(_code_points(style) for style in STYLES))


def _code_points(style: str) -> set[int]:
    name = f"Liberation Sans:style={style}"
    said = subprocess.run(["fc-match", "--format=%{family}\t%{file}", name], capture_output=True, text=True, check=True)
    family, _, file = said.stdout.partition("\t")
    if family != "Liberation Sans":
        raise FileNotFoundError(f"Liberation Sans is not installed: {family} would stand for it")
    return set(TTFont(file).getBestCmap())


def ranges(code_points: set[int]) -> list[tuple[int, int]]:
    """The code points as the fewest stretches, in order."""
    found: list[tuple[int, int]] = []
    for point in sorted(code_points):
        if found and found[-1][1] == point - 1:
            found[-1] = (found[-1][0], point)
        else:
            found.append((point, point))
    return found


def module(code_points: set[int]) -> str:
    """The module's text: five stretches a line."""
    pairs = [f"(0x{first:04X}, 0x{last:04X})," for first, last in ranges(code_points)]
    lines = ["    " + " ".join(pairs[at : at + 5]) for at in range(0, len(pairs), 5)]
    return HEAD + "\n".join(lines) + "\n)  # fmt: skip\n"


if __name__ == "__main__":
    MODULE.write_text(module(installed()), encoding="utf-8")
    sys.stdout.write(f"{MODULE}\n")
