"""What a dataset declares: its columns, their kinds, the headings that name them, and its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.cells.kinds import Kind


@dataclass(frozen=True)
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
class Dataset:
    """One kind of input table.

    `key` makes a row unique; `label` names the columns in which a totals row says so; `sums` are columns that the
    sheet states as sums of others in the same row; `refers` are columns whose values stand in another dataset's.
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
    months: str = ""  # the column of months of a series that must end at the dataset's as-at date
    comparator: str = ""  # the column of reporting years of comparators: none may end after the paper's data
    shared: bool = False  # whether the folder that all authorities share may hold it
    private: bool = False  # a row a child: what a cell holds is quoted only where it is close to an accepted word

    def field(self, name: str) -> Field:
        """The column of that name. Raises KeyError where there is none."""
        for found in self.fields:
            if found.name == name:
                return found
        raise KeyError(f"{self.name} has no column {name}")
