"""How charts look: the Government Analysis Function's palette and rules, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

BRAG_COLOURS = {"Blue": "#1d5b9e", "Green": "#00703c", "Amber": "#ffbf47", "Red": "#b10e1e"}
UNRATED = "#e5e6e7"
TEXT = "#222222"
GREY = "#5b5b5b"
FAMILIES = ["Liberation Sans", "Arial", "Helvetica", "sans-serif"]
WIDTH = 6.7  # inches: the text width of an A4 page with margins of 2 cm
POINTS = 9.5


def ink_on(colour: str) -> str:
    """White or near-black, whichever reads better on a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return TEXT if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else "#ffffff"


@contextmanager
def chart(name: str, height: float) -> Iterator[tuple[Any, Any]]:
    """A matplotlib figure and axes in the house style; `name` salts the picture's ids so that they are its own."""
    import afcharts
    import matplotlib
    from matplotlib.figure import Figure

    settings: dict[str, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.family": FAMILIES[0],
        "font.size": POINTS,
        "axes.titlesize": POINTS,
        "axes.labelsize": POINTS,
        "xtick.labelsize": POINTS,
        "ytick.labelsize": POINTS,
        "axes.unicode_minus": True,
        "svg.image_inline": True,
    }
    style: dict[Any, Any] = matplotlib.rc_params_from_file(_style_file(afcharts), use_default_template=False)
    with matplotlib.rc_context(style | settings):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        yield figure, figure.add_subplot()


def _style_file(afcharts: Any) -> str:
    import pathlib

    return str(pathlib.Path(afcharts.__file__).parent / "afcharts.mplstyle")


def palette(count: int) -> list[str]:
    """The Analysis Function's categorical colours, darkest first."""
    from afcharts.af_colours import get_af_colours

    return list(
        get_af_colours("duo")
        if count == 2
        else get_af_colours("categorical", number_of_colours=max(count, 2))
    )[:count]


def as_svg(figure: Any, name: str) -> bytes:
    """The figure as SVG, the same bytes for the same chart: no date, ids of its own, fonts by name with fallbacks."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": "reportgen"}, transparent=True)
    text = buffer.getvalue().decode("utf-8")
    text = text.replace("'Liberation Sans'", "'Liberation Sans', Arial, Helvetica, sans-serif")
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    return text.encode("utf-8")
