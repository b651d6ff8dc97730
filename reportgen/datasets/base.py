"""What a dataset declares: its columns, their kinds, the headings that name them, and its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.cells.kinds import Kind
from reportgen.model import Children


@dataclass(frozen=True, eq=False)
class Field:
    """One column of a dataset.

    `required`: the sheet must have it. `blank`: its cells may be empty. `carried`: a label that stands once for the
    rows below it, merged or not. `headings` are the words that name it, besides its own name. `about` and `example`
    stand in docs/datasets.md.
    """

    name: str
    kind: Kind
    headings: tuple[str, ...] = ()
    required: bool = True
    blank: bool = False
    carried: bool = False
    about: str = ""
    example: str = ""


@dataclass(frozen=True, eq=False)
class Spread:
    """Columns that stand side by side, one for each value of a field, such as the years of a plan.

    Each becomes a row of the table: `field` reads what the headings state, `measures` are what the cells hold. Where
    there are several, the heading names the measure beside the value; with `by` the row's cell in that column does,
    and the rows of one key become one row, whose columns are the measures. `totals` are headings of columns that state
    a row's total. `follows` says whether a value may stand straight after another, `order` says so in words.
    """

    field: Field
    measures: tuple[Field, ...]
    by: str = ""
    totals: tuple[str, ...] = ("total", "grand total", "cumulative", "all")
    follows: Callable[[Any, Any], bool] | None = None
    order: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule over a table's rows, and the problem that a breach is.

    `check` takes the table's frame and returns a boolean series: False marks the rows that break the rule. Their
    cells in `column` are the problem's place.
    """

    column: str
    check: Callable[[Any], Any]
    code: str
    expected: str
    remedy: str
    warning: bool = False


@dataclass(frozen=True)
class Steady:
    """A ratio that is much the same in all rows of one kind, such as the cost of a child by placement type over years.

    The rows of a kind agree in the columns `by`, and are told apart by the column `along`.
    """

    dividend: str
    divisor: str
    by: tuple[str, ...]
    along: str


@dataclass(frozen=True, eq=False)  # there is one of each, and its words are looked up by it
class Dataset:
    """One kind of input table.

    `key` makes a row unique; `label` names the columns in which a totals row says so, `totals` are words by which it
    does besides "total"; `sums` are columns that the sheet states as sums of others in the same row; `refers` are
    columns whose values stand in another dataset's. Of `either` the sheet must have at least one. `identifies` names
    the column, if any, that makes a sheet one of a row a child. `steady` are ratios that speak for or against another
    value of a cell.
    """

    name: str
    title: str
    about: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    spread: Spread | None = None
    either: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    identifies: str = ""
    steady: tuple[Steady, ...] = ()
    children: Children | None = None  # what its numbers tell of children; without, they tell of none
    months: str = ""  # the column of months of a series that must end at the dataset's as-at date
    comparator: str = ""  # the column of reporting years of comparators: none may end after the paper's data
    shared: bool = False  # whether the folder that all authorities share may hold it
    joined: bool = False  # whether its rows are those of returns, which are told by their headings when they are read
    private: bool = False  # a row a child: what a cell holds is quoted only where it is close to an accepted word

    def field(self, name: str) -> Field:
        """The column of that name. Raises KeyError where there is none."""
        for found in self.every_field:
            if found.name == name:
                return found
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def every_field(self) -> tuple[Field, ...]:
        """The table's columns: those that stand in a column of the sheet, and those that are spread over several."""
        return (*self.fields, self.spread.field, *self.spread.measures) if self.spread else self.fields
