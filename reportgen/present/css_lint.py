"""What keeps readers from reading: letters under 9 points and pale colours in an authority's own style sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tinycss2
import tinycss2.color3

from reportgen.model import Place, Problem, Text

SMALLEST, CONTRAST, BASE = 9.0, 4.5, 12.0  # points, ratio, and the points of the layout's own text
WHITE, INK = (1.0, 1.0, 1.0), (0x22 / 255,) * 3  # the page, and the layout's text
INKS = ("--house", "--ink", "--quiet")  # the colours of the layout that words have; --band is a ground
_POINTS = {"pt": 1.0, "px": 0.75, "rem": BASE, "em": BASE, "%": BASE / 100, "mm": 72 / 25.4, "cm": 72 / 2.54,
           "in": 72.0, "pc": 12.0, "q": 72 / 101.6}  # fmt: skip
_NAMED = {"xx-small": 0.6, "x-small": 0.75, "small": 8 / 9, "smaller": 5 / 6}
_NO_COLOUR = ("inherit", "initial", "unset", "currentcolor", "transparent", "none", "revert")

Colour = tuple[float, float, float]


def lint(css: Text) -> list[Problem]:
    """A problem for each rule of a style sheet that can't be read, would be refused, or makes words hard to read."""
    rules = tinycss2.parse_stylesheet(css.text, skip_comments=True, skip_whitespace=True)
    known = _variables(rules)
    found = _faults(rules, known)
    return [Problem(code, Place(css.file, line=line), wanted, got, remedy) for line, code, wanted, got, remedy in found]


Fault = tuple[int, str, str, str, str]


def _faults(rules: Sequence[Any], known: Mapping[str, list[Any]]) -> Iterator[Fault]:
    for rule in rules:
        if rule.type == "error":
            yield rule.source_line, "bad-css", "a style sheet", "what can't be read", _MEND
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("import", "font-face"):
            found = f"@{rule.lower_at_keyword}"
            yield rule.source_line, "css-address", "a style sheet that needs nothing beside it", found, _ADDRESS
        elif rule.type == "at-rule" and rule.content is not None:
            inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _declared([each for each in inner if each.type == "declaration"], known)
            nested = [each for each in inner if each.type in ("qualified-rule", "at-rule")]
            yield from _faults(nested, known)
        elif rule.type == "qualified-rule":
            inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            for each in inner:
                if each.type == "error":
                    yield each.source_line, "bad-css", "properties with their values", "what can't be read", _MEND
            yield from _declared([each for each in inner if each.type == "declaration"], known)


_MEND = "Each line is a property, a colon, its value and a semicolon, between braces."
_ADDRESS = "Nothing is fetched: colours, sizes and spaces are all that a house's style can set."


def _declared(declarations: Sequence[Any], known: Mapping[str, list[Any]]) -> Iterator[Fault]:
    """What is wrong with the declarations of one rule."""
    ink = ground = None
    for each in declarations:
        value = _resolved(each.value, known)
        if any(_is_address(token) for token in _all(value)):
            yield each.source_line, "css-address", "a style sheet that needs nothing beside it", "url()", _ADDRESS
        if each.lower_name in ("font-size", "font"):
            yield from _small(each, value)
        elif each.lower_name == "color":
            ink = (each, _colour(value))
        elif each.lower_name in ("background", "background-color"):
            ground = (each, _colour(value))
        elif each.name in INKS:
            yield from _pale(each, _colour(value), WHITE)
        elif each.name == "--band":
            yield from _pale(each, INK, _colour(value))
    if ink and ground:
        yield from _pale(max(ink[0], ground[0], key=lambda each: each.source_line), ink[1], ground[1])
    elif ink:
        yield from _pale(ink[0], ink[1], WHITE)
    elif ground:
        yield from _pale(ground[0], INK, ground[1])


def _pale(declaration: Any, ink: Colour | None, ground: Colour | None) -> Iterator[Fault]:
    if ink is None or ground is None:
        return
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    ratio = (light + 0.05) / (dark + 0.05)
    if ratio < CONTRAST:
        expected = f"words whose contrast with their ground is {CONTRAST:g}:1 at least"
        found = f"{_hex(ink)} on {_hex(ground)}, which is {int(ratio * 10) / 10:g}:1"
        yield declaration.source_line, "low-contrast", expected, found, "Take a darker colour, or a lighter ground."


def _small(declaration: Any, value: Sequence[Any]) -> Iterator[Fault]:
    """The size of a declaration's letters, where it is under 9 points: the first length or size by name in it."""
    for token in value:
        points, shown = _points(token)
        if points is not None:
            if points < SMALLEST - 1e-9:
                expected, found = f"letters of {SMALLEST:g} points at least", f"{shown}, which is {points:.3g} points"
                yield declaration.source_line, "small-letters", expected, found, "Make them larger."
            return


def _points(token: Any) -> tuple[float | None, str]:
    if token.type in ("dimension", "percentage"):
        unit = "%" if token.type == "percentage" else token.lower_unit
        factor = _POINTS.get(unit)
        return (token.value * factor if factor else None), token.serialize()
    if token.type == "number" and token.value == 0:
        return 0.0, token.serialize()
    if token.type == "ident" and token.lower_value in _NAMED:
        return BASE * _NAMED[token.lower_value], token.value
    return None, ""


def _colour(value: Sequence[Any]) -> Colour | None:
    """The first colour in a value, laid on white where it is partly transparent; None where there is none."""
    for token in value:
        if token.type == "ident" and token.lower_value in _NO_COLOUR:
            return None
        colour = tinycss2.color3.parse_color(token)
        if colour is not None and not isinstance(colour, str):
            red, green, blue = (each * colour.alpha + 1 - colour.alpha for each in colour[:3])
            return red, green, blue
    return None


def _resolved(value: Sequence[Any], known: Mapping[str, list[Any]], deep: int = 5) -> list[Any]:
    """A value with what its variables stand for, as far as the sheet itself says."""
    found: list[Any] = []
    for token in value:
        if token.type == "function" and token.lower_name == "var" and deep:
            name = next((each.value for each in token.arguments if each.type == "ident"), "")
            found += _resolved(known.get(name, []), known, deep - 1)
        else:
            found.append(token)
    return found


def _variables(rules: Sequence[Any]) -> dict[str, list[Any]]:
    """What the sheet's own variables stand for, by name."""
    found = {}
    for rule in rules:
        if rule.type == "qualified-rule":
            for each in tinycss2.parse_blocks_contents(rule.content):
                if each.type == "declaration" and each.name.startswith("--"):
                    found[each.name] = each.value
    return found


def _all(value: Sequence[Any]) -> Iterator[Any]:
    for token in value:
        yield token
        yield from _all(token.arguments if token.type == "function" else ())


def _is_address(token: Any) -> bool:
    return token.type == "url" or (token.type == "function" and token.lower_name in ("url", "src", "image-set"))


def _luminance(colour: Colour) -> float:
    linear = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(min(max(c, 0), 1) * 255):02x}" for c in colour)
