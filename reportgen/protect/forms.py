"""Published numbers as sums of unknown ones: which rows each adds up, and what was done with the sums."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from reportgen.model import Children, Unit
from reportgen.protect.basis import Told, values
from reportgen.table import Table
from reportgen.trace import Figure, Selection

PER_10000 = 10_000
ROWS = ""  # stands for the column where rows are counted
Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Form:
    """A number as a sum: of unknowns, each by its number with what it is multiplied with, and of what is known."""

    terms: tuple[tuple[int, Fraction], ...] = ()
    known: Fraction = Fraction(0)

    @property
    def is_sum(self) -> bool:
        """Whether it adds up unknowns, each once, and nothing else."""
        return bool(self.terms) and not self.known and all(times == 1 for _, times in self.terms)

    def times(self, number: Fraction) -> Form:
        """The form multiplied with a number."""
        if not number:
            return Form()
        return Form(tuple((atom, times * number) for atom, times in self.terms), self.known * number)

    def plus(self, other: Form) -> Form:
        """The sum of two forms."""
        terms = dict(self.terms)
        for atom, times in other.terms:
            terms[atom] = terms.get(atom, Fraction(0)) + times
        kept = tuple(sorted((atom, times) for atom, times in terms.items() if times))
        return Form(kept, self.known + other.known)


@dataclass(frozen=True)
class Share:
    """A number that is one form divided by another, times `scale`."""

    part: Form
    whole: Form
    scale: int = 1


@dataclass
class Unknowns:
    """The unknown numbers: which each is, its true value, whether it may be below zero and whether it is whole."""

    numbers: dict[Key, int] = field(default_factory=dict)
    values: list[Fraction] = field(default_factory=list)
    signed: list[bool] = field(default_factory=list)
    counts: list[bool] = field(default_factory=list)

    def number(self, key: Key, value: Fraction, signed: bool = False, counts: bool = False) -> int:
        """The number of an unknown, which is made where it is new."""
        if key not in self.numbers:
            self.numbers[key] = len(self.values)
            self.values.append(value)
            self.signed.append(signed)
            self.counts.append(counts)
        return self.numbers[key]

    def value(self, form: Form) -> Fraction:
        """What a form truly comes to."""
        return sum((times * self.values[atom] for atom, times in form.terms), form.known)


def table_key(table: Table) -> Key:
    """What tells the rows of one table from those of another, whatever columns were derived in it."""
    return (table.dataset, table.file, table.sheet)


class Forms:
    """The forms of some figures and of all that they were made from.

    The rows of a table fall into groups by which figures add them up: each group's sum is one unknown. So every total
    is the sum of the same unknowns as its parts are, whichever tables these stand in.
    """

    def __init__(self, figures: Iterable[Figure], told: Mapping[str, Children]) -> None:
        self.told = Told(told)
        self.unknowns = Unknowns()
        self._made: dict[int, tuple[Figure, Form | Share | None]] = {}
        self._groups = _groups([s for figure in figures for s in figure.every_selection()])
        self._sums: dict[Key, tuple[np.ndarray[Any, Any], bool]] = {}

    def of(self, figure: Figure) -> Form | Share | None:
        """What a figure's number is made of; None where it is no number, or nothing is known of how it was made."""
        if id(figure) not in self._made:
            self._made[id(figure)] = (figure, self._of(figure))
        return self._made[id(figure)][1]

    def linear(self, figure: Figure) -> Form | None:
        """The figure's form where it is a plain sum."""
        made = self.of(figure)
        return made if isinstance(made, Form) else None

    def sources(self, figure: Figure) -> Iterator[Form]:
        """The sums that a figure was made of, those of columns that its own was derived from among them."""
        for part in figure.parts:
            made = self.linear(part)
            if made is not None and made.terms:
                yield made
            yield from self.sources(part)
        for selection in figure.selections:
            table, told = selection.table, self.told.of(selection.table)
            for column in self.told.sources(table, selection.column):
                if column != selection.column and (column in told.counts or column in told.rests):
                    yield self._by_row(table, column, selection, column in told.counts)

    def _of(self, figure: Figure) -> Form | Share | None:
        if figure.value is None and figure.symbol:
            return None
        if figure.value is not None and not isinstance(figure.value, (int, Fraction)):
            return None
        made = self._worked_out(figure) if figure.parts else self._selected(figure)
        return made if made is not None and self._comes_to(made, figure) else None

    def _comes_to(self, made: Form | Share, figure: Figure) -> bool:
        """Whether a form comes to the figure's value; one that doesn't says something else than it seems to."""
        value = Fraction(figure.value) if isinstance(figure.value, (int, Fraction)) else Fraction(0)
        if isinstance(made, Form):
            return self.unknowns.value(made) == value
        return self.unknowns.value(made.part) * made.scale == value * self.unknowns.value(made.whole)

    def _worked_out(self, figure: Figure) -> Form | Share | None:
        """The form of a figure that arithmetic made of others."""
        parts = [part for part in figure.parts if not (figure.operation in ("sum", "mean") and part.value is None)]
        forms = [form for form in map(self.linear, parts) if form is not None]
        if len(forms) < len(parts) or figure.selections:
            return None
        if figure.operation == "sum":
            return _summed(forms)
        if figure.operation == "mean":
            return _summed(forms).times(Fraction(1, len(forms)))
        if figure.operation == "difference":
            return forms[0].plus(forms[1].times(Fraction(-1)))
        if figure.operation == "size":
            return forms[0].times(Fraction(-1) if parts[0].number < 0 else Fraction(1))
        if figure.operation == "product":
            return _product(forms[0], forms[1])
        if figure.operation == "ratio":
            return _ratio(forms[0], forms[1], PER_10000 if figure.unit is Unit.PER_10000 else 1)
        return None

    def _selected(self, figure: Figure) -> Form | None:
        """The form of a figure that adds up some rows of a column."""
        if not figure.selections:
            return Form(known=Fraction(figure.number)) if figure.value is not None else None
        if len(figure.selections) > 1:
            return None
        selection = figure.selections[0]
        table, column = selection.table, selection.column
        told = self.told.of(table)
        if self.told.counts_rows(figure, selection):
            return self._added(table, ROWS, selection, counts=True)
        if column in told.counts or column in told.rests:
            counts = column in told.counts and figure.unit is Unit.COUNT
            return self._by_row(table, column, selection, counts)
        if self.told.is_of_children(table, column):
            return None
        return Form(known=Fraction(figure.number)) if figure.value is not None else None

    def _by_row(self, table: Table, column: str, selection: Selection, counts: bool) -> Form:
        """The form of a column's sum, by the columns that it is the sum of where the sheet's own numbers agree."""
        for whole, parts in self.told.of(table).sums:
            if whole == column and all(map(table.has, parts)):
                known = np.logical_and.reduce([table.known(name)[selection.rows] for name in (whole, *parts)])
                summed = np.sum([values(table, name)[selection.rows] for name in parts], axis=0)
                if known.all() and bool(np.all(summed == values(table, whole)[selection.rows])):
                    return _summed([self._added(table, name, selection, counts) for name in parts])
        return self._added(table, column, selection, counts)

    def _added(self, table: Table, column: str, selection: Selection, counts: bool) -> Form:
        """The sum of the unknowns of the groups that a selection's rows fall into."""
        groups = self._groups[table_key(table)]
        sums, signed = self._summed_by_group(table, column, groups)
        key = table_key(table)
        found = np.unique(groups[selection.rows]) if len(selection.rows) else ()
        atoms = (
            self.unknowns.number((*key, column, int(group)), Fraction(sums[group]), signed, counts) for group in found
        )
        return Form(tuple(sorted((atom, Fraction(1)) for atom in atoms)))

    def _summed_by_group(
        self, table: Table, column: str, groups: np.ndarray[Any, Any]
    ) -> tuple[np.ndarray[Any, Any], bool]:
        """A column's sum in each group, and whether any of its numbers is below zero."""
        key = (*table_key(table), column)
        if key not in self._sums:
            numbers = values(table, column) if column else np.ones(len(table), dtype=np.int64)
            sums = np.zeros(int(groups.max(initial=0)) + 1, dtype=object)
            np.add.at(sums, groups, numbers.astype(object))
            self._sums[key] = sums, bool((numbers < 0).any())
        return self._sums[key]


def _summed(forms: Iterable[Form]) -> Form:
    made = Form()
    for form in forms:
        made = made.plus(form)
    return made


def _product(a: Form, b: Form) -> Form | None:
    """The product of two forms, one of which is known."""
    if not a.terms:
        return b.times(a.known)
    return a.times(b.known) if not b.terms else None


def _ratio(a: Form, b: Form, scale: int) -> Form | Share | None:
    """One form divided by another; a plain sum where the divisor is known."""
    if b.terms:
        return Share(a, b, scale)
    return a.times(Fraction(scale) / b.known) if b.known else None


def _groups(selections: Iterable[Selection]) -> dict[Key, np.ndarray[Any, Any]]:
    """For each table the number of each row's group: rows of one group are in the same selections."""
    by_table: dict[Key, tuple[Table, dict[bytes, Selection]]] = {}
    for selection in selections:
        table = selection.table
        by_table.setdefault(table_key(table), (table, {}))[1].setdefault(selection.rows.tobytes(), selection)
    return {key: _grouped(len(table), found.values()) for key, (table, found) in by_table.items()}


def _grouped(length: int, selections: Iterable[Selection]) -> np.ndarray[Any, Any]:
    groups = np.zeros(length, dtype=np.int64)
    for selection in selections:
        chosen = np.zeros(length, dtype=np.int64)
        chosen[selection.rows] = 1
        _, groups = np.unique(groups * 2 + chosen, return_inverse=True)
    return groups
