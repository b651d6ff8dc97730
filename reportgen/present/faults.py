"""What can be wrong with a text, as it is raised while the text is worked out."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.cells.words import nearest
from reportgen.model import Place, Severity


class TextError(Exception):
    """A text that can't be printed: what was expected, what was found, and the text's own line, counted from 1.

    `cells` are those to be mended, where the text itself is sound; `words` stand as written where the fault is.
    """

    cells: tuple[Place, ...] = ()
    code = "bad-text"
    severity = Severity.ERROR
    words = ""

    def __init__(self, expected: str, found: str, remedy: str = "", line: int | None = 0) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected, self.found, self.remedy, self.line = expected, found, remedy, line or 0


class VagueLink(TextError):
    """A link whose words don't say where it leads: those who have links read out to them hear nothing else."""

    code = "vague-link"
    severity = Severity.WARNING


class NoHeadings(TextError):
    """A table without a heading over each column: nobody is told what its cells mean."""

    code = "table-without-headings"


class BadLanguage(TextError):
    """A passage whose language is none that there is, or that is marked in another way than it must be."""

    code = "unknown-language"


class NoNumber(TextError):
    """A sentence that is made of a figure without a number, for want of which there are cells to blame."""

    def __init__(self, name: str, symbol: str, what: str, cells: tuple[Place, ...]) -> None:
        expected = f"a number, since a text makes a sentence of {name or 'a figure'} with the filter {what}"
        remedy = (
            "Fill in the number if there is one; if not, the sentence is to stand in the text between "
            f"{{% if fig.{name or 'name'}.value is not none %}} and {{% endif %}}."
        )
        super().__init__(expected, symbol, remedy)
        self.cells = cells


class UnknownName(TextError):
    """A name in a text that doesn't exist: the remedy is the nearest of its sort, or a few of those that do."""

    def __init__(self, sort: str, name: object, known: Iterable[str], line: int = 0) -> None:
        names = [str(each) for each in known]
        guess = nearest(str(name), names, 0.6)
        few = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
        remedy = f'Did you mean "{guess}"?' if guess else f"There is: {few}." if names else "There is none."
        article = "an" if sort[0] in "aeiou" else "a"
        super().__init__(f"{article} {sort} that exists", f'"{name}"', remedy, line)
