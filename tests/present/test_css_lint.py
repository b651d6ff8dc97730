"""An authority's own style sheet: what would keep readers from reading is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.model import Severity, Text
from reportgen.present.css_lint import lint
from tests.built import ROOT


def told(css: str) -> list[tuple[int, str, str]]:
    problems = lint(Text("templates/made/house.css", css))
    assert {p.place.file for p in problems} <= {"templates/made/house.css"}
    assert all(p.severity is Severity.ERROR and p.remedy for p in problems)
    return [(p.place.line, p.code, p.found) for p in problems]


@pytest.mark.parametrize(
    ("size", "found"),
    [
        ("8pt", "8pt, which is 8 points"),
        ("11px", "11px, which is 8.25 points"),
        (".7em", ".7em, which is 8.4 points"),
        ("0.5rem", "0.5rem, which is 6 points"),
        ("70%", "70%, which is 8.4 points"),
        ("2mm", "2mm, which is 5.67 points"),
        ("xx-small", "xx-small, which is 7.2 points"),
        ("0", "0, which is 0 points"),
    ],
)
def test_letters_under_nine_points_are_told(size: str, found: str) -> None:
    assert told(f"/* house */\n\np {{ font-size: {size}; }}") == [(3, "small-letters", found)]


@pytest.mark.parametrize("size", ["9pt", "12px", ".75em", "0.75rem", "small", "larger", "inherit", "var(--size)"])
def test_letters_of_nine_points_and_more_are_left_alone(size: str) -> None:
    assert told(f"p {{ font-size: {size}; }}") == []


def test_sizes_are_found_in_the_short_form_in_pages_and_in_media() -> None:
    css = "td {\n font: bold 8pt/1.2 Arial;\n}\n@page {\n @bottom-right { font-size: 6pt }\n}\n"
    css += "@media print {\n p {font-size: 7pt}\n}"
    assert [(line, code) for line, code, _ in told(css)] == [(n, "small-letters") for n in (2, 5, 8)]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("color: #999", "#999999 on #ffffff, which is 2.8:1"),
        ("color: yellow", "#ffff00 on #ffffff, which is 1:1"),
        ("color: rgb(200, 200, 200)", "#c8c8c8 on #ffffff, which is 1.6:1"),
        ("color: hsl(0, 0%, 50%)", "#808080 on #ffffff, which is 3.9:1"),
        ("color: rgba(0, 0, 0, .4)", "#999999 on #ffffff, which is 2.8:1"),
        ("color: white; background: #77a", "#ffffff on #7777aa, which is 4.1:1"),
        ("background: #14487f", "#222222 on #14487f, which is 1.7:1"),
        ("--house: #88f", "#8888ff on #ffffff, which is 2.9:1"),
        ("--band: #14487f", "#222222 on #14487f, which is 1.7:1"),
        ("--pale: #ccc; color: var(--pale)", "#cccccc on #ffffff, which is 1.6:1"),
    ],
)
def test_pale_words_are_told(rule: str, found: str) -> None:
    assert told(f".x {{ {rule}; }}") == [(1, "low-contrast", found)]


@pytest.mark.parametrize(
    "rule",
    [
        "color: #767676", "color: white; background: #205527", "background: #eef1f4", "color: inherit",
        "background: none",
    ],
)
def test_words_that_can_be_read_are_left_alone(rule: str) -> None:
    assert told(f".x {{ {rule}; }}") == []


@pytest.mark.parametrize(
    ("css", "fault"),
    [
        ('\n@import "other.css";', (2, "css-address", "@import")),
        ("@font-face { font-family: x; src: local(x); }", (1, "css-address", "@font-face")),
        ("p { background: url(x.png); }", (1, "css-address", "url()")),
        ("p { background: url('x.png'); }", (1, "css-address", "url()")),
        ("p {\n color red;\n}", (2, "bad-css", "what can't be read")),
        ("p { color: black }\n}", (2, "bad-css", "what can't be read")),
        ("p { color: black }\nloose words", (2, "bad-css", "what can't be read")),
    ],
)
def test_what_cannot_be_read_or_fetched_is_told(css: str, fault: tuple[int, str, str]) -> None:
    assert told(css) == [fault]


@pytest.mark.parametrize("path", sorted(ROOT.glob("templates/*/house.css")), ids=lambda path: path.parent.name)
def test_the_styles_of_this_checkout_have_no_faults(path: Path) -> None:
    assert told(path.read_text("utf-8")) == []
