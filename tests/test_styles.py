"""The style sheets: every colour that words have can be read on its ground, and ratings look the same everywhere."""

from __future__ import annotations

import re

import pytest

from reportgen.exhibits.style import BRAG_COLOURS, POINTS, UNRATED, WHITE, WIDTH, contrast, text_width
from tests.built import ROOT

LAYOUT = ROOT / "templates" / "layout"
CSS = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [*sorted(LAYOUT.glob("*.css")), *sorted(ROOT.glob("templates/*/*.css"))]
)
VARIABLES: dict[str, list[str]] = {}
for name, colour in re.findall(r"(--[a-z]+): (#[0-9a-f]{6});", CSS):
    VARIABLES.setdefault(name, []).append(colour)


def values(colour: str) -> list[str]:
    """A colour, or all that a variable may stand for."""
    match = re.fullmatch(r"var\((--[a-z]+)\)", colour)
    return VARIABLES[match[1]] if match else [colour]


RULES = [
    (selector.strip(), dict(re.findall(r"([a-z-]+):\s*([^;]+);", body)))
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL))
]
PAIRS = sorted(
    {
        (selector, ink, ground)
        for selector, rule in RULES
        if "color" in rule or "background" in rule
        for ink in values(rule.get("color", "var(--ink)"))
        for ground in values(rule.get("background", WHITE))
    }
)


@pytest.mark.parametrize(("selector", "ink", "ground"), PAIRS)
def test_words_can_be_read_on_their_ground(selector: str, ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_the_pairs_are_all_there() -> None:
    assert len(PAIRS) >= 12
    assert {"a", ".rating-amber", "nav.contents"} <= {selector for selector, _, _ in PAIRS}


def test_ratings_have_their_colour_in_charts_and_tables() -> None:
    rules = dict(RULES)
    for word, colour in BRAG_COLOURS.items():
        assert rules[f".rating-{word.lower()}"]["background"] == colour
    assert rules[".rating-z, .rating-x"]["background"] == UNRATED


def test_styles_reach_for_nothing_outside() -> None:
    assert not re.search(r"url\(|@import|@font-face", CSS)


def test_the_longest_date_fits_its_column_of_an_action_table() -> None:
    rules = dict(RULES)
    share = float(rules[".actions .column-completion"]["width"].removesuffix("%")) / 100
    size = float(rules["table"]["font-size"].removesuffix("pt"))
    assert text_width("30 September 2016") * size / POINTS < share * WIDTH
