"""Values in a text as placeholders, so that none can be read as Markdown, HTML or Jinja.

A value becomes a placeholder of private-use characters, the Markdown is rendered, and the placeholders are filled with
escaped text afterwards. No text from outside can hold such characters: `wording.printable` takes them out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Undefined

from reportgen.present.faults import TextError
from reportgen.present.shown import Names, Shown
from reportgen.wording import printable

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
_UNTRACED = "A paper's numbers come from figures: declare it in paper.toml, under [facts] or [calculate]."


class Words(str):
    """Markdown of our own making with its values as placeholders, which is put into a text as it stands."""

    __slots__ = ()


def clearance_mark(role: str) -> Words:
    """What stands for the words of a role's clearance until those are known: `fill` leaves it as it is."""
    return Words(f"{OPEN}{role}{CLOSE}")


class Placeholders:
    """The values that stand in one document's texts, by number, and the figures printed with their words."""

    def __init__(self) -> None:
        self._values: list[str] = []
        self.printed: dict[str, str] = {}

    def reserve(self, value: str = "") -> tuple[int, str]:
        """A new placeholder's number and itself; its value may be set later."""
        self._values.append(printable(value))
        number = len(self._values) - 1
        return number, f"{OPEN}{number}{CLOSE}"

    def set(self, number: int, value: str) -> None:
        """Nothing comes back: the placeholder's value is known now."""
        self._values[number] = printable(value)

    def put(self, value: Any) -> str:
        """What stands for a value in a text: its placeholder; Markdown of our own as it is.

        Raises TextError for what a paper can't print: a number that is no figure, a list, a part of our Markdown.
        """
        if isinstance(value, (Words, Undefined)):  # printing what is undefined raises Jinja's own error
            return str(value)
        if isinstance(value, Shown):
            if value.name:
                self.printed.setdefault(value.name, str(value))
        elif isinstance(value, (int, float)) or hasattr(value, "numerator"):
            raise TextError("a figure", f"the number {value}", _UNTRACED)
        elif not isinstance(value, str):
            found = f"all of the {value.sort}s" if isinstance(value, Names) else f"a {type(value).__name__}"
            raise TextError("a value that can be printed", found, "Print one of its values: {{ fig.name }}.")
        elif OPEN in value:
            remedy = "Print them one after the other, each in braces of its own."
            raise TextError("a value in braces", "one joined to a passage, reference or exhibit", remedy)
        return self.reserve(str(value))[1]

    def fill(self, text: str, escape: Callable[[str], str] = html.escape) -> str:
        """The text with every placeholder replaced by its value, escaped."""
        return MARK.sub(lambda match: escape(self._values[int(match[1])]), text)

    def plain(self, text: str) -> str:
        """The text with every placeholder replaced by its value as it is, on one line: for captions."""
        return " ".join(self.fill(text, escape=str).split())


def numbers_in(text: str, among: Mapping[int, Any]) -> list[int]:
    """The numbers of a text's placeholders that are among the given ones."""
    return [number for match in MARK.finditer(text) if (number := int(match[1])) in among]
