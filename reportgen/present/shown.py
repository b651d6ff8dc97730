"""Figures as templates see them: plain values with their words, and the filters that change how they are worded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from reportgen.cells.numbers import magnitude
from reportgen.model import Place, Unit, Value
from reportgen.present.faults import NoNumber, TextError, UnknownName
from reportgen.trace import Figure
from reportgen.wording import SYMBOLS, UK, House, direction, in_words, printable, sentence_case, small_in_words

NOT_STATED = "not stated"


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
    _lacking: tuple[Place, ...] = ()  # out of the texts' reach: a paper doesn't show its cells

    def __str__(self) -> str:
        if self.words:
            return self.words
        words = in_words(self.value, self.unit, self.symbol, self.house, self.style, self.places)
        return words or NOT_STATED


def show(figure: Figure, house: House) -> Shown:
    """The figure as templates see it."""
    value = printable(figure.value) if isinstance(figure.value, str) else figure.value
    return Shown(figure.name, value, figure.unit, figure.symbol, house, _lacking=figure.lacking())


class Names:
    """Values by name for a template; an unknown name raises UnknownName with the nearest of those that are known.

    It is no dict, for a figure may be called as one of a dict's methods is.
    """

    __slots__ = ("_values", "sort")

    def __init__(self, sort: str, values: Mapping[str, Any]) -> None:
        self.sort, self._values = sort, values

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            raise UnknownName(self.sort, name, self._values)
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)


def _figure(shown: object, what: str) -> Shown:
    if not isinstance(shown, Shown):
        raise TextError(f"a figure or date before the filter {what}", "something else")
    return shown


def _number(shown: object, what: str) -> int | Fraction:
    """The figure's number. Raises TextError where it is no figure, or has no number to make a sentence of."""
    figure = _figure(shown, what)
    if isinstance(figure.value, (int, Fraction)):
        return figure.value
    said = f"[{figure.symbol}] {SYMBOLS.get(figure.symbol, '')}".strip() if figure.symbol else "blank"
    if figure._lacking:
        raise NoNumber(figure.name, said, what, figure._lacking)
    found = f"{figure.name or 'one'}, which is {said if figure.value is None else 'no number'}"
    remedy = "Put the sentence between {% if fig.name.value is not none %} and {% endif %}, for months without it."
    raise TextError(f"a figure with a number before the filter {what}", found, remedy)


def _withheld(shown: object) -> bool:
    """Whether a public edition withholds a figure: what a sentence would tell of it is withheld with it.

    One that its sheet suppresses lacks cells.
    """
    return isinstance(shown, Shown) and shown.symbol == "c" and shown.value is None and not shown._lacking


def size(shown: Shown) -> Shown:
    """The figure without its sign, for a text that says over or under, more or fewer, in words."""
    return replace(_figure(shown, "size"), value=magnitude(_number(shown, "size"))) if _has_value(shown) else shown


def _has_value(shown: object) -> bool:
    return not isinstance(shown, Shown) or shown.value is not None


def word(shown: Shown) -> Shown:
    """A count up to ten as a word; any other figure as it is."""
    figure = _figure(shown, "word")
    if figure.unit is not Unit.COUNT or not isinstance(figure.value, (int, Fraction)):
        return figure
    return replace(figure, words=small_in_words(figure.value, figure.house))


def Word(shown: Shown) -> Shown:
    """A count up to ten as a word with a capital, for the start of a sentence."""
    return replace(worded := word(shown), words=sentence_case(str(worded)))


def plural(shown: Shown, one: str, many: str) -> str:
    """The word that goes with the number: the first for exactly one."""
    return many if _withheld(shown) else one if magnitude(_number(shown, "plural")) == 1 else many


def way(shown: Shown, up: str, down: str, same: str = "unchanged") -> str:
    """The word for a change: the first for a rise, the second for a fall, the third for none."""
    return str(shown) if _withheld(shown) else direction(_number(shown, "way"), up, down, same)


def styled(name: str, style: str) -> Callable[[Shown], Shown]:
    """A filter that prints money in a scale."""

    def scaled(shown: Shown) -> Shown:
        figure = _figure(shown, name)
        if figure.unit not in (Unit.MONEY, Unit.MONEY_PER_WEEK):
            raise TextError(f"money before the filter {name}", f"{figure.name or 'one'} in {figure.unit}")
        return replace(figure, style=style)

    return scaled


def places(shown: Shown, number: int) -> Shown:
    """The figure with a number of decimal places, from none to six."""
    if not isinstance(number, int) or not 0 <= number <= 6:
        raise TextError("from 0 to 6 decimal places", str(number))
    return replace(_figure(shown, "places"), places=number)


def month_of(shown: Shown) -> Shown:
    """A date printed as its month."""
    figure = _figure(shown, "month")
    return replace(figure, unit=Unit.MONTH) if isinstance(figure.value, dt.date) else figure


FILTERS: Mapping[str, Callable[..., Any]] = {
    "size": size,
    "word": word,
    "Word": Word,
    "plural": plural,
    "way": way,
    "places": places,
    "month": month_of,
    "pounds": styled("pounds", "£"),
    "pence": styled("pence", "£p"),
    "thousands": styled("thousands", "£k"),
    "millions": styled("millions", "£m"),
}
