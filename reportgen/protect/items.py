"""What an edition would publish: each different number once, with what it tells of the unknown ones."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain

from reportgen.model import Children
from reportgen.protect.forms import Form, Forms, Share, Unknowns, table_key
from reportgen.protect.rules import BY_CELLS, Rules
from reportgen.protect.small import Small, Why
from reportgen.trace import Figure

Bound = Fraction | None  # None is as low or as high as one likes


@dataclass(frozen=True)
class Row:
    """What a reader knows of one sum: its lowest and highest value while it is shown, and while it isn't."""

    form: Form
    shown: tuple[Bound, Bound]
    hidden: tuple[Bound, Bound] = (None, None)


@dataclass(eq=False)
class Item:
    """One number of an edition, under all names by which it is published; without any it is only to be protected.

    `fixed` are shown whatever they tell. `need` is by how much a sum must be uncertain when it isn't shown, `counts`
    whether it is a whole number.
    """

    names: list[str]
    form: Form | Share | None
    rows: list[Row] = field(default_factory=list)
    why: Why = Why.NOT
    fixed: bool = False
    weight: int = 1
    need: Fraction = Fraction(0)
    counts: bool = False
    ties: set[int] = field(default_factory=set)

    @property
    def target(self) -> Form | None:
        """The sum that mustn't be worked out where it isn't shown."""
        return self.form if isinstance(self.form, Form) and self.need else None

    @property
    def atoms(self) -> set[int]:
        """The unknowns that it tells of."""
        own = [row.form for row in self.rows]
        if isinstance(self.form, Share):
            own += [self.form.part, self.form.whole]
        elif self.form is not None:
            own.append(self.form)
        return {atom for form in own for atom, _ in form.terms}


@dataclass(frozen=True, eq=False)
class Given:
    """What protection starts from: the figures that an edition is to show, by name, and what else is known.

    `halves` is half of the last place in which a figure is shown, in the unit of its value; without, a reader is taken
    to know it exactly. `known` are figures that were published before, `safe` names of those that somebody decided may
    be shown, `same` pairs of figures that are known to be the same number.
    """

    shown: Mapping[str, Figure]
    told: Mapping[str, Children]
    halves: Mapping[str, Fraction] = field(default_factory=dict)
    known: Mapping[str, Figure] = field(default_factory=dict)
    safe: Collection[str] = ()
    same: tuple[tuple[Figure, Figure], ...] = ()


class Items:
    """The items of an edition, what is always known beside them, and the unknowns that they tell of."""

    def __init__(self, given: Given, rules: Rules) -> None:
        self.given, self.rules = given, rules
        pairs = chain.from_iterable(given.same)
        self.forms = Forms([*given.shown.values(), *given.known.values(), *pairs], given.told)
        self.unknowns: Unknowns = self.forms.unknowns
        safe = {form for name in given.safe if name in given.shown and (form := self.forms.of(given.shown[name]))}
        self.small = Small(self.forms, rules.threshold, safe)
        self.known = [*self._published_before(), *self._agreeing()]
        published = [self._item(names, figures) for names, figures in self._numbers()]
        self.items = [*published, *self._not_shown({item.form for item in published})]
        self._tie()

    def _numbers(self) -> Iterator[tuple[list[str], list[Figure]]]:
        """The different numbers that tell of children, each with its names and the figures that are that number."""
        found: dict[Hashable, tuple[list[str], list[Figure]]] = {}
        for name, figure in sorted(self.given.shown.items()):
            if self._tells(figure):
                names, figures = found.setdefault(self._key(figure), ([], []))
                names.append(name)
                figures.append(figure)
        yield from found.values()

    def _tells(self, figure: Figure) -> bool:
        """Whether a figure tells anything of children."""
        form = self.forms.of(figure)
        if form is not None:
            return isinstance(form, Share) or bool(form.terms)
        made_of_children = figure.value is not None and any(True for _ in self.forms.sources(figure))
        return made_of_children or bool(self.small.why(figure))

    def _key(self, figure: Figure) -> Hashable:
        """What two figures have in common that are one number."""
        form = self.forms.of(figure)
        if form is not None:
            return form
        leaves = frozenset((*table_key(s.table), s.column, s.rows.tobytes()) for s in figure.every_selection())
        return (figure.unit, figure.value, figure.symbol, leaves)

    def _item(self, names: list[str], figures: list[Figure]) -> Item:
        figure, form = figures[0], self.forms.of(figures[0])
        decided = not figure.value or any(name in self.given.safe for name in names) or form in self.small.safe
        why = Why.NOT if decided else next(filter(None, map(self.small.why, figures)), Why.NOT)
        # To withhold what was published before protects nothing, but what is small isn't published again.
        is_known = form in {row.form for row in self.known}
        item = Item(names, form, why=why, fixed=decided or (is_known and not why), weight=len(names))
        half = min(self.given.halves.get(name, Fraction(0)) for name in names)
        if isinstance(form, Form):
            value = self.unknowns.value(form)
            item.counts = all(self.unknowns.counts[atom] and times.denominator == 1 for atom, times in form.terms)
            # A zero is shown, so that a number of children that isn't shown is 1 at least.
            least = Fraction(1) if item.counts and form.is_sum else None
            item.rows = [Row(form, (value - half, value + half), (least, None))]
            item.need = Fraction(0) if is_known else self._need(form, item.counts)
        elif isinstance(form, Share):
            value = Fraction(figure.number) if figure.value is not None else Fraction(0)
            item.rows = _share_rows(form, value / form.scale, half / form.scale)
        else:
            item.rows = [self._just(each) for each in dict.fromkeys(self.forms.sources(figure))]
        if self.rules.loss != BY_CELLS:
            item.weight = self._weight(figure, item)
        return item

    def _just(self, form: Form) -> Row:
        """The row of a sum that is known exactly."""
        return Row(form, (self.unknowns.value(form),) * 2)

    def _need(self, form: Form, counts: bool) -> Fraction:
        """By how much a sum must be uncertain; a count so that two whole numbers are left at least."""
        value = self.unknowns.value(form)
        return Fraction(max(self.rules.width, 2)) if counts else abs(value) * self.rules.amount_width

    def _weight(self, figure: Figure, item: Item) -> int:
        """The children that are lost with a number: those that it counts or rests on, at least 1."""
        if item.counts:
            return max(1, math.ceil(figure.number)) if figure.value is not None else 1
        basis = self.small.basis(figure)
        return max(1, basis.least) if basis else 1

    def _not_shown(self, shown: Collection[Form | Share | None]) -> Iterator[Item]:
        """Small counts that aren't shown, but that what is shown was made of: they must stay unknown as well."""
        made_of = (form for figure in self.given.shown.values() for form in self.forms.sources(figure))
        for form in dict.fromkeys(made_of):
            decided = form in self.small.safe or form in {row.form for row in self.known}
            if form not in shown and not decided and self.small.counts_few(form):
                yield Item([], form, why=Why.FEW, need=self._need(form, counts=True), counts=True)

    def _published_before(self) -> Iterator[Row]:
        for _, figure in sorted(self.given.known.items()):
            form = self.forms.linear(figure)
            if form is not None and form.terms and figure.value is not None:
                yield self._just(form)

    def _agreeing(self) -> Iterator[Row]:
        """Which numbers are known to be the same."""
        for one, other in self.given.same:
            a, b = self.forms.linear(one), self.forms.linear(other)
            if a is not None and b is not None and one.value is not None and one.value == other.value:
                difference = a.plus(b.times(Fraction(-1)))
                if difference.terms:
                    yield self._just(difference)

    def _tie(self) -> None:
        """What is made of a number goes with it where it would tell it: quotients, and what can't be undone."""
        at = {item.form: number for number, item in enumerate(self.items) if item.names and item.form is not None}
        for item in self.items:
            made_of: tuple[Form, ...] = ()
            if isinstance(item.form, Share):
                made_of = item.form.part, item.form.whole
            elif item.form is None:
                made_of = tuple(row.form for row in item.rows)
            if not item.fixed:
                item.ties = {at[form] for form in made_of if form in at}


def _share_rows(form: Share, value: Fraction, half: Fraction) -> list[Row]:
    """What a quotient tells of its two sums: how far the one may be from so many times the other."""
    if not half:
        return [Row(form.part.plus(form.whole.times(-value)), (Fraction(0), Fraction(0)))]
    low, high = (form.part.plus(form.whole.times(-end)) for end in (value - half, value + half))
    return [Row(low, (Fraction(0), None)), Row(high, (None, Fraction(0)))]
