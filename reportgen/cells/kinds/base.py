"""What every kind of column has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Protocol

from reportgen.cells.reading import Cell, Read
from reportgen.model import Unit

Row = Mapping[str, Any]  # the values of the row's columns that the kind `needs`


@dataclass(frozen=True)
class Context:
    """What the sheet says of a whole column: the scale of its money ("" for pounds, k, m or bn).

    `formats` is whether the reader could see number formats: without them 7% is but 0.07.
    """

    scale: str = ""
    formats: bool = True


class Kind(Protocol):
    """A kind of column. `expected` says in words what a cell must hold; `unit` is that of its figures."""

    @property
    def unit(self) -> Unit: ...

    @property
    def expected(self) -> str: ...

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns of the row that must be read first."""

    @property
    def adds_up(self) -> bool:
        """Whether values of the column can be added, so that a totals row may state their sum."""

    def last_place(self, cell: Cell, context: Context) -> Fraction:
        """What one in the last place that a cell shows is worth in the column's unit; 0 where values are exact."""

    def read(self, cell: Cell, row: Row, context: Context) -> Read:
        """The value of a cell that isn't blank, or why it has none."""


class Exact:
    """What kinds have in common whose values are exact and can't be added: words, dates, single indicators."""

    adds_up: ClassVar[bool] = False

    def last_place(self, cell: Cell, context: Context) -> Fraction:
        """Nothing is rounded."""
        return Fraction(0)
