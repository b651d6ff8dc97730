"""Which sheet is which dataset: heading rows found by their words."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.cells.words import heading_words
from reportgen.datasets.base import Dataset, Field
from reportgen.model import RawSheet


@dataclass(frozen=True)
class SheetChoice:
    """What a paper's settings say of a dataset's sheet: where it is, and its headings where they are unusual."""

    file: str = ""
    sheet: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)

    def admits(self, sheet: RawSheet) -> bool:
        """Whether the sheet may be the one that the settings mean."""
        name = sheet.file.rsplit("/", 1)[-1]
        return (not self.file or self.file == name) and (not self.sheet or self.sheet == sheet.name)


@dataclass(frozen=True)
class Match:
    """A dataset's headings found on a sheet: the rows they stand in and each field's column."""

    dataset: Dataset
    sheet: RawSheet
    first_row: int
    last_row: int
    columns: Mapping[str, int]
    doubled: Mapping[str, tuple[int, int]]  # fields that two columns claim
    end: int = 0  # the last row that may belong to the table

    @property
    def absent(self) -> tuple[Field, ...]:
        """The required fields that no heading names."""
        return tuple(f for f in self.dataset.fields if f.required and f.name not in self.columns)


_words = functools.lru_cache(maxsize=4096)(heading_words)


def known_headings(field: Field, choice: SheetChoice) -> tuple[str, ...]:
    """The words that name a field, its own name first; a paper's own heading alone where it gives one."""
    if given := choice.headings.get(field.name):
        return (_words(given),)
    return tuple(dict.fromkeys(_words(h) for h in (field.name.replace("_", " "), *field.headings)))


def heading_names(sheet: RawSheet, row: int, rows: int) -> dict[int, tuple[str, ...]]:
    """For each column the words its heading may be, where headings stand in one row or two, best first."""
    names: dict[int, tuple[str, ...]] = {}
    width = max((len(r) for r in sheet.rows[row - 1 : row - 1 + rows]), default=0)
    for column in range(1, width + 1):
        top, below = _label(sheet, row, column), _label(sheet, row + 1, column) if rows == 2 else ""
        if rows == 2 and top and below and top != below:
            names[column] = (f"{top} {below}", f"{below} {top}", below)
        elif top or below:
            names[column] = (below or top,)
    return names


def _label(sheet: RawSheet, row: int, column: int) -> str:
    value = sheet.value(row, column)
    if value is None:
        for r1, c1, r2, c2 in sheet.merged:
            if r1 <= row <= r2 and c1 <= column <= c2:
                value = sheet.value(r1, c1)
    return _words(value) if isinstance(value, str) and len(value) <= 80 else ""


def _assign(
    dataset: Dataset, names: Mapping[int, tuple[str, ...]], choice: SheetChoice
) -> tuple[dict[str, int], dict[str, tuple[int, int]]]:
    columns: dict[str, int] = {}
    doubled: dict[str, tuple[int, int]] = {}
    taken: set[int] = set()
    for depth in range(3):
        for f in dataset.fields:
            known = known_headings(f, choice)
            for column, words in names.items():
                if column in taken or depth >= len(words) or words[depth] not in known:
                    continue
                if f.name in columns:
                    doubled.setdefault(f.name, (columns[f.name], column))
                else:
                    columns[f.name] = column
                taken.add(column)
    return columns, doubled


def heading_rows(sheet: RawSheet, words: frozenset[str]) -> Iterator[int]:
    """The rows in which at least one cell is a word of some heading."""
    for number, row in enumerate(sheet.rows, 1):
        if any(isinstance(v, str) and len(v) <= 80 and _touches(_words(v), words) for v in row):
            yield number


def _touches(text: str, words: frozenset[str]) -> bool:
    return text in words or any(part in words for part in text.split())


def find_matches(
    sheet: RawSheet, datasets: Iterable[Dataset], choices: Mapping[str, SheetChoice]
) -> list[Match]:
    """Every place on the sheet where at least two of a dataset's required headings stand, best variant of each."""
    datasets = [d for d in datasets if choices.get(d.name, SheetChoice()).admits(sheet)]
    known = {
        d.name: [h for f in d.fields for h in known_headings(f, choices.get(d.name, SheetChoice()))]
        for d in datasets
    }
    words = frozenset(part for all_words in known.values() for h in all_words for part in (h, *h.split()))
    found: list[Match] = []
    for row in heading_rows(sheet, words):
        for dataset in datasets:
            choice = choices.get(dataset.name, SheetChoice())
            variants = []
            for rows in (1, 2):
                columns, doubled = _assign(dataset, heading_names(sheet, row, rows), choice)
                variants.append(Match(dataset, sheet, row, row + rows - 1, columns, doubled))
            best = max(variants, key=lambda m: (len(m.columns), -m.last_row))
            required = [f for f in dataset.fields if f.required]
            if len(required) - len(best.absent) >= min(2, len(required)):
                found.append(best)
    return _without_shadows(found)


def _without_shadows(matches: Sequence[Match]) -> list[Match]:
    """Of matches of one dataset in adjoining rows only the better: a two-row heading matches in part from either row."""
    kept: list[Match] = []
    for match in matches:
        rival = next(
            (k for k in kept if k.dataset is match.dataset and match.first_row <= k.last_row + 1), None
        )
        if rival is None:
            kept.append(match)
        elif len(match.columns) > len(rival.columns):
            kept[kept.index(rival)] = match
    return kept
