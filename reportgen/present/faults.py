"""What can be wrong with a text, as it is raised while the text is worked out."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.cells.words import nearest


class TextError(Exception):
    """A text that can't be printed: what was expected, what was found, and the text's own line, counted from 1."""

    def __init__(self, expected: str, found: str, remedy: str = "", line: int | None = 0) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected, self.found, self.remedy, self.line = expected, found, remedy, line or 0


class UnknownName(TextError):
    """A name in a text that doesn't exist: the remedy is the nearest of its sort, or a few of those that do."""

    def __init__(self, sort: str, name: object, known: Iterable[str], line: int = 0) -> None:
        names = [str(each) for each in known]
        guess = nearest(str(name), names, 0.6)
        few = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
        remedy = f'Did you mean "{guess}"?' if guess else f"There is: {few}." if names else "There is none."
        article = "an" if sort[0] in "aeiou" else "a"
        super().__init__(f"{article} {sort} that exists", f'"{name}"', remedy, line)
