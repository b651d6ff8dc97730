"""Figures as templates see them: plain values with their words, and a record of what was printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from reportgen.cells.numbers import magnitude
from reportgen.model import Unit, Value
from reportgen.trace import Figure
from reportgen.wording import UK, House, direction, in_words, small_in_words


class UnknownName(Exception):
    """A name in a text that doesn't exist, with the names of its sort that do."""

    def __init__(self, sort: str, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{sort} {name}")
        self.sort, self.name, self.known = sort, name, known


@dataclass(frozen=True)
class Shown:
    """A figure in words. In a text it prints itself; filters change how.

    `value` is a plain number, date or text, or None where the paper has none to show.
    """

    name: str
    value: Value | None
    unit: Unit
    symbol: str = ""
    house: House = UK
    style: str = ""
    places: int | None = None
    words: str = ""

    def __str__(self) -> str:
        if self.words and self.value is not None:
            return self.words
        return (
            in_words(self.value, self.unit, self.symbol, self.house, self.style, self.places) or "not stated"
        )


def show(figure: Figure, house: House) -> Shown:
    """The figure as templates see it."""
    return Shown(figure.name, figure.value, figure.unit, figure.symbol, house)


class Names(dict[str, Any]):
    """Values by name for a template; an unknown name raises UnknownName with those that are known."""

    def __init__(self, sort: str, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.sort = sort

    def __missing__(self, name: str) -> Any:
        raise UnknownName(self.sort, name, tuple(self))


def _number(shown: Shown) -> int | Fraction | None:
    return shown.value if isinstance(shown.value, (int, Fraction)) else None


def _changed(shown: Shown, words: Callable[[int | Fraction], str]) -> Shown:
    number = _number(shown)
    return shown if number is None else replace(shown, words=words(number))


def size(shown: Shown) -> Shown:
    """The figure without its sign, for a text that says over or under, more or fewer, in words."""
    number = _number(shown)
    return shown if number is None else replace(shown, value=magnitude(number))


def word(shown: Shown) -> Shown:
    """A whole number up to ten as a word."""
    return _changed(shown, small_in_words)


def Word(shown: Shown) -> Shown:
    """A whole number up to ten as a word, for the start of a sentence."""
    return _changed(shown, lambda n: small_in_words(n).capitalize())


def plural(shown: Shown, one: str, many: str) -> str:
    """The word that goes with the number: the first for exactly one."""
    return one if shown.value == 1 else many


def way(shown: Shown, up: str, down: str, same: str = "unchanged") -> str:
    """The word for a change: the first for a rise, the second for a fall, the third for none."""
    number = _number(shown)
    return same if number is None else direction(number, up, down, same)


def styled(style: str) -> Callable[[Shown], Shown]:
    """A filter that prints money in a scale."""
    return lambda shown: replace(shown, style=style)


def places(shown: Shown, number: int) -> Shown:
    """The figure with a number of decimal places."""
    return replace(shown, places=number)


def month_of(shown: Shown) -> Shown:
    """A date printed as its month."""
    return replace(shown, unit=Unit.MONTH) if isinstance(shown.value, dt.date) else shown


FILTERS: Mapping[str, Callable[..., Any]] = {
    "size": size,
    "word": word,
    "Word": Word,
    "plural": plural,
    "way": way,
    "places": places,
    "month": month_of,
    "pounds": styled("£"),
    "pence": styled("£p"),
    "thousands": styled("£k"),
    "millions": styled("£m"),
}
