"""What a reader of an edition knows, as linear inequalities: the numbers that hang together, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from reportgen.protect.forms import Form, Unknowns
from reportgen.protect.items import Bound, Item, Items, Row

Vector = np.ndarray[Any, np.dtype[np.float64]]
Chosen = np.ndarray[Any, np.dtype[np.bool_]]  # of a part's items, whether each isn't shown
FAR = 100  # times as much as the largest number is taken for no limit at all
SCALE = 10_000  # amounts are brought to about the size of counts, so that one tolerance fits both


@dataclass(frozen=True, eq=False)
class System:
    """The items that hang together, and the inequalities that they put on their unknowns.

    `matrix` times the unknowns lies between `low` and `high`: `shown` while a row's item is shown, `hidden` while it
    isn't. `owner` is the row's item, −1 where it is always known. Unknowns and rows are scaled.
    """

    items: tuple[Item, ...]
    matrix: Vector
    shown: tuple[Vector, Vector]
    hidden: tuple[Vector, Vector]
    owner: np.ndarray[Any, np.dtype[np.int64]]
    box: tuple[Vector, Vector]  # how low and how high each unknown may be: far beyond what it is
    whole: Chosen  # the unknowns that are whole numbers
    targets: tuple[tuple[int, Vector, float], ...]  # of what mustn't be worked out: item, objective, width needed

    def bounds(self, hidden: Chosen) -> tuple[Vector, Vector]:
        """The rows' lowest and highest values where some items aren't shown."""
        free = hidden[self.owner] & (self.owner >= 0)
        low, high = (np.where(free, h, s) for h, s in zip(self.hidden, self.shown, strict=True))
        return low, high

    @property
    def first(self) -> Chosen:
        """The items that aren't shown for what they are themselves."""
        return self.closed(np.array([bool(item.why) or not item.names for item in self.items]))

    def closed(self, hidden: Chosen) -> Chosen:
        """Those with what is tied to them."""
        hidden = hidden.copy()
        grew = True
        while grew:
            more = [n for n, item in enumerate(self.items) if not hidden[n] and any(hidden[t] for t in item.ties)]
            hidden[more] = True
            grew = bool(more)
        return hidden


def systems(found: Items) -> Iterator[System]:
    """The items in parts that hang together, where one of a part is to be protected."""
    for items, rows in _parts(found.items, found.known):
        if any(item.why for item in items):
            yield _system(items, rows, found.unknowns)


def _parts(items: Sequence[Item], known: Sequence[Row]) -> Iterator[tuple[list[Item], list[Row]]]:
    """The items and the rows that are always known, in groups that share no unknown with each other."""
    root: dict[int, int] = {}

    def find(atom: int) -> int:
        while root.setdefault(atom, atom) != atom:
            root[atom] = root[root[atom]]
            atom = root[atom]
        return atom

    together = [*(sorted(item.atoms) for item in items), *(sorted(a for a, _ in row.form.terms) for row in known)]
    for atoms in together:
        for atom in atoms[1:]:
            root[find(atom)] = find(atoms[0])
    groups: dict[int, tuple[list[Item], list[Row]]] = {}
    for number, (thing, atoms) in enumerate(zip([*items, *known], together, strict=True)):
        at = find(atoms[0]) if atoms else -1 - number
        groups.setdefault(at, ([], []))[isinstance(thing, Row)].append(thing)  # type: ignore[arg-type]
    for own, rows in groups.values():
        yield _renumbered(own, items), rows


def _renumbered(own: list[Item], items: Sequence[Item]) -> list[Item]:
    """A part's items, with their ties numbered as in it."""
    at = {id(item): number for number, item in enumerate(own)}
    for item in own:
        item.ties = {at[id(items[tie])] for tie in item.ties}
    return own


def _system(items: list[Item], known: list[Row], unknowns: Unknowns) -> System:
    rows = [(number, row) for number, item in enumerate(items) for row in item.rows if not item.fixed]
    rows += [(-1, row) for item in items for row in item.rows if item.fixed] + [(-1, row) for row in known]
    forms = [row.form for _, row in rows] + [item.form for item in items if isinstance(item.form, Form)]
    atoms = sorted({atom for form in forms for atom, _ in form.terms})
    scales = _scales(atoms, unknowns)
    at = {atom: number for number, atom in enumerate(atoms)}

    def vector(form: Form) -> Vector:
        made = np.zeros(len(atoms))
        for atom, times in form.terms:
            made[at[atom]] = float(times) * scales[at[atom]]
        return made

    matrix = np.array([vector(row.form) for _, row in rows]).reshape(len(rows), len(atoms))
    size = np.abs(matrix).max(axis=1, initial=0)
    size[size == 0] = 1
    shown, hidden = (
        tuple(_side(rows, which, end) / size for end in (0, 1)) for which in ("shown", "hidden")
    )  # fmt: skip
    targets = tuple(
        (number, vector(item.target), float(item.need)) for number, item in enumerate(items) if item.target is not None
    )
    return System(
        tuple(items), matrix / size[:, None], shown, hidden, np.array([owner for owner, _ in rows], dtype=np.int64),
        _box(atoms, scales, unknowns),
        np.array([unknowns.counts[atom] for atom in atoms], dtype=bool), targets,
    )  # fmt: skip


def _side(rows: Iterable[tuple[int, Row]], which: str, end: int) -> Vector:
    """One end of what the rows allow, less what is known of each sum."""

    def number(row: Row) -> float:
        bound: Bound = getattr(row, which)[end]
        return float(bound - row.form.known) if bound is not None else (-np.inf, np.inf)[end]

    return np.array([number(row) for _, row in rows])


def _box(atoms: Sequence[int], scales: Vector, unknowns: Unknowns) -> tuple[Vector, Vector]:
    """How low and how high the unknowns may be: no amount is below zero where none of its column's is."""
    largest = max((abs(float(unknowns.values[atom])) / scales[at] for at, atom in enumerate(atoms)), default=0.0)
    most = np.full(len(atoms), FAR * (largest + 1))
    return np.where([unknowns.signed[atom] for atom in atoms], -most, 0.0), most


def _scales(atoms: Sequence[int], unknowns: Unknowns) -> Vector:
    """What one of each unknown stands for: 1 for counts, more for amounts."""
    largest = max((abs(unknowns.values[atom]) for atom in atoms if not unknowns.counts[atom]), default=Fraction(0))
    unit = max(1.0, float(largest) / SCALE)
    return np.array([1.0 if unknowns.counts[atom] else unit for atom in atoms])
