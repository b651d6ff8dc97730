"""Which characters the paper's font has."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from reportgen.cells.characters import named, unprintable

ROOT = Path(__file__).parent.parent.parent


def test_the_table_is_that_of_the_installed_font() -> None:
    spec = importlib.util.spec_from_file_location("glyphs", ROOT / "scripts" / "glyphs.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.MODULE.read_text("utf-8") == script.module(script.installed())


@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("plain, \u00a31.2m \u2013 caf\u00e9 \u2018so\u2019 \u2022 \u20ac \u2265", ""),
        ("spaces\u00a0\u2009\u200b\u00ad and a mark\ufe0f", ""),
        ("well \U0001f600 done \u6f22", "\U0001f600"),
        ("\u6f22", "\u6f22"),
        ("e\u0301", "\u0301"),
        ("a\u2028b", "\u2028"),
        ("\u2705", "\u2705"),
        ("", ""),
    ],
)
def test_the_first_character_that_the_font_lacks(text: str, character: str) -> None:
    assert unprintable(text) == character


def test_a_character_is_named_by_its_code_point() -> None:
    assert named("\U0001f600") == "a character that can't be printed (U+1F600)"
