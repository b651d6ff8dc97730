"""Which sheet is which dataset: heading rows found by their words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportgen.cells.reading import Cell
from reportgen.cells.words import heading_words, is_unit, plain, total_kind
from reportgen.check.sheet import Sheet
from reportgen.check.spread import SpreadColumn, find_spread, may_head
from reportgen.datasets.base import Dataset, Field, Spread
from reportgen.model import RawSheet

LONGEST_HEADING = 80
UNIT_WORDS = frozenset(
    "gbp pounds thousand thousands million millions in of s k m mn bn 000 000s".split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W_]+")

Labels = tuple[tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]]  # words by column in a row and the one below


@dataclass(frozen=True)
class SheetChoice:
    """What a paper's settings say of a dataset's sheet: where it is, and its headings where they are unusual.

    The file may be named with its folder, such as shared/rates.csv, to tell two of one name apart.
    """

    file: str = ""
    sheet: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)

    def admits(self, sheet: Sheet | RawSheet) -> bool:
        """Whether the sheet may be the one that the settings mean."""
        named = not self.file or f"/{sheet.file}".endswith(f"/{self.file}")
        return named and (not self.sheet or self.sheet == sheet.name)


@dataclass(frozen=True)
class Match:
    """A dataset's headings found on a sheet: the rows they stand in and each field's column."""

    dataset: Dataset
    sheet: Sheet
    first_row: int
    last_row: int
    columns: Mapping[str, int]
    doubled: Mapping[str, tuple[int, int]]  # fields that two columns claim
    copies: frozenset[int] = frozenset()  # rows below in which the headings stand again, as after a page break
    end: int = 0  # the last row that may belong to the table
    spread: tuple[SpreadColumn, ...] = ()

    @property
    def absent(self) -> tuple[Field, ...]:
        """The required fields that no heading names; the first of those of which one is required and none is there."""
        lacking = {f.name for f in self.dataset.fields if f.required and f.name not in self.columns}
        if self.dataset.either and not set(self.dataset.either) & set(self.columns):
            lacking.add(self.dataset.either[0])
        return tuple(f for f in self.dataset.fields if f.name in lacking)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all columns that are read."""
        return (*self.columns.values(), *(each.column for each in self.spread))

    @property
    def size(self) -> int:
        """How many columns are read."""
        return len(self.columns) + len(self.spread)

    @property
    def private(self) -> bool:
        """Whether each row may be a child's, so that what a cell holds is not quoted."""
        return self.dataset.private or self.dataset.identifies in self.columns

    def called(self, column: int) -> str:
        """What a column is called: its field's name, or the value that heads it."""
        named = {at: name.replace("_", " ") for name, at in self.columns.items()}
        spread = {each.column: "total" if each.is_total else str(each.value) for each in self.spread}
        return {**spread, **named}[column]

    def total_kind(self, label: str) -> str:
        """What totals row a label is of, by its words or those of the dataset; empty where it is of none."""
        return "grand total" if plain(label) in self.dataset.totals else total_kind(label)


@functools.cache
def field_headings(field: Field) -> tuple[str, ...]:
    """The headings that name a field, as words: its own name first."""
    return tuple(dict.fromkeys(map(heading_words, (field.name.replace("_", " "), *field.headings))))


@dataclass(frozen=True)
class Vocabulary:
    """The words that may head a column of some datasets: those of each field, and all that they are made of."""

    fields: Mapping[str, Sequence[tuple[str, str]]]  # words → (dataset, field)
    spreads: tuple[Spread, ...]
    parts: frozenset[str]


def vocabulary(datasets: Sequence[Dataset], given: Mapping[str, Mapping[str, str]]) -> Vocabulary:
    """The words of the datasets' headings, where a paper's settings give some of their fields others."""
    fields: dict[str, list[tuple[str, str]]] = {}
    for dataset in datasets:
        others = given.get(dataset.name, {})
        # A paper's own heading stands alone: the usual ones may mean something else there.
        own = {heading_words(heading) for heading in others.values()}
        for f in dataset.fields:
            known = {heading_words(others[f.name])} if f.name in others else set(field_headings(f)) - own
            for words in known:
                fields.setdefault(words, []).append((dataset.name, f.name))
    spreads = tuple(dataset.spread for dataset in datasets if dataset.spread)
    measures = (m for spread in spreads for m in spread.measures)
    named = (*fields, *(words for measure in measures for words in field_headings(measure)))
    return Vocabulary(fields, spreads, UNIT_WORDS.union(part for words in named for part in _WORD.findall(words)))


@functools.cache
def _usual(datasets: tuple[Dataset, ...]) -> Vocabulary:
    """The words of headings that no paper's settings change: the same for every sheet."""
    return vocabulary(datasets, {})


class Headings:
    """What each dataset's headings are on one sheet, and the look-up from words to fields."""

    def __init__(self, datasets: Iterable[Dataset], choices: Mapping[str, SheetChoice], sheet: Sheet) -> None:
        self.datasets = tuple(datasets)
        given = {name: choice.headings for name, choice in choices.items() if choice.headings and choice.admits(sheet)}
        words = vocabulary(self.datasets, given) if given else _usual(self.datasets)
        self.fields, self.spreads, self._parts = words.fields, words.spreads, words.parts
        self._seen: dict[str, bool] = {}

    def may_name(self, text: str) -> bool:
        """Whether every word of the text is one of some heading: a quick look before the thorough one."""
        known = self._seen.get(text)
        if known is None:
            parts = _WORD.findall(text.casefold()) if len(text) <= LONGEST_HEADING else []
            known = bool(parts) and (self._parts.issuperset(parts) or may_head(self.spreads, Cell(text)))
            self._seen[text] = known
        return known

    def assign(
        self, names: Mapping[int, Sequence[str]]
    ) -> dict[str, tuple[dict[str, int], dict[str, tuple[int, int]]]]:
        """For each dataset the column of each field, and the fields that two columns claim."""
        found: dict[str, tuple[dict[str, int], dict[str, tuple[int, int]]]] = {}
        taken: set[tuple[str, int]] = set()
        for depth in range(3):
            for column, words in names.items():
                for dataset, name in self.fields.get(words[depth], ()) if depth < len(words) else ():
                    if (dataset, column) in taken:
                        continue
                    columns, doubled = found.setdefault(dataset, ({}, {}))
                    if name in columns:
                        doubled.setdefault(name, (columns[name], column))
                    else:
                        columns[name] = column
                    taken.add((dataset, column))
        return found


def heading_names(sheet: Sheet, row: int, rows: int) -> dict[int, tuple[str, ...]]:
    """For each column the words that its heading may be, best first, where headings stand in one row or two."""
    width = max((len(r) for r in sheet.rows[row - 1 : row - 1 + rows]), default=0)
    names: dict[int, tuple[str, ...]] = {}
    for column in range(1, width + 1):
        top, below = _label(sheet, row, column), _label(sheet, row + 1, column) if rows == 2 else ""
        if top and below and heading_words(top) != heading_words(below):
            both = (f"{top} {below}", f"{below} {top}", below)
            names[column] = tuple(map(heading_words, both))
        elif top or below:
            names[column] = (heading_words(below or top),)
    return names


def _label(sheet: Sheet, row: int, column: int) -> str:
    """The text of a heading cell, or of the merged range that it lies in."""
    value = sheet.value(row, column)
    if value is None and (merged := sheet.merged(row, column)):
        value = sheet.value(merged.first_row, merged.first_column)
    return value if isinstance(value, str) and len(value) <= LONGEST_HEADING else ""


def find_matches(sheet: Sheet, datasets: Iterable[Dataset], choices: Mapping[str, SheetChoice]) -> list[Match]:
    """Every place on the sheet where at least two of a dataset's required headings stand."""
    headings = Headings(datasets, choices, sheet)
    found: list[Match] = []
    barren: set[Labels] = set()  # in long tables the same few words come again and again
    for row, labels in _heading_rows(sheet, headings):
        if labels not in barren:
            matches = list(_matches_at(sheet, row, headings))
            found += matches
            barren |= set() if matches else {labels}
    return _without_copies(_without_shadows(found))


def _heading_rows(sheet: Sheet, headings: Headings) -> Iterator[tuple[int, Labels]]:
    """The rows which, alone or with the row below, have two different words in two columns that may be headings.

    With them, these words: rows of the same words match alike or not at all.
    """
    before: dict[int, str] = {}
    numbers: dict[int, str] = {}  # of the row before: those that may head a spread's columns, such as ages
    for number, row in enumerate(sheet.rows, 1):
        here = {at: value for at, value in enumerate(row, 1) if isinstance(value, str) and headings.may_name(value)}
        above = before or (numbers if len(here) > 1 else {})
        if above and len({**here, **above}) > 1 and len({*here.values(), *above.values()}) > 1:
            yield number - 1, (tuple(above.items()), tuple(here.items()))
        before = here
        numbers = _heading_numbers(row, headings) if headings.spreads and not here else {}
    if before:
        yield len(sheet.rows), (tuple(before.items()), ())


def _heading_numbers(row: Sequence[object], headings: Headings) -> dict[int, str]:
    """The whole numbers of a row that may head a spread's columns, by column, as text."""
    return {
        at: str(value)
        for at, value in enumerate(row, 1)
        if type(value) in (int, float) and may_head(headings.spreads, Cell(value))  # type: ignore[arg-type]
    }


def _matches_at(sheet: Sheet, row: int, headings: Headings) -> Iterator[Match]:
    one, two = (headings.assign(heading_names(sheet, row, rows)) for rows in (1, 2))
    for dataset in headings.datasets:
        best: Match | None = None
        for rows, found in ((1, one), (2, two)):
            if dataset.name not in found:
                continue
            columns, doubled = found[dataset.name]
            spread = find_spread(dataset, sheet, range(row, row + rows), columns)
            match = Match(dataset, sheet, row, row + rows - 1, columns, doubled, spread=spread)
            if _resembles(match) and (best is None or _is_better(match, best)) and _is_heading(match):
                best = match
        if best:
            yield best


def _resembles(match: Match) -> bool:
    """Whether two of the dataset's required headings stand there."""
    required = sum(f.required for f in match.dataset.fields) + bool(match.dataset.either)
    spread = bool(match.spread) or match.dataset.spread is None
    return spread and required - len(match.absent) >= min(2, required)


def _is_heading(match: Match) -> bool:
    """Whether the last heading row holds words alone in the columns of the match: numbers are data."""
    values = (match.sheet.value(match.last_row, column) for column in match.columns.values())
    return all(value is None or isinstance(value, str) for value in values)


def _is_better(two: Match, one: Match) -> bool:
    """Whether headings over two rows beat those of the first alone: more of them, or a row of nothing but units."""
    if two.size != one.size:
        return two.size > one.size
    below = two.sheet.filled(two.last_row).values()
    return bool(below) and all(isinstance(value, str) and is_unit(value) for value in below)


def _without_shadows(matches: Sequence[Match]) -> list[Match]:
    """Of matches of one dataset in adjoining rows only the better: a heading over two rows matches from either."""
    kept: list[Match] = []
    for match in matches:
        rival = next((k for k in kept if k.dataset is match.dataset and match.first_row <= k.last_row + 1), None)
        if rival is None:
            kept.append(match)
        elif _fit(match) > _fit(rival):
            kept[kept.index(rival)] = match
    return kept


def _fit(match: Match) -> tuple[int, int, int]:
    """How well headings fit: their number, how many of them begin in the first row (a title is one cell), few rows."""
    begun = sum(match.sheet.value(match.first_row, column) is not None for column in match.columns.values())
    return match.size, begun, match.first_row - match.last_row


def _without_copies(matches: Sequence[Match]) -> list[Match]:
    """The matches without headings that stand again amid the rows of their table, which are noted as its copies."""
    kept: list[Match] = []
    for match in matches:
        at = next((i for i in reversed(range(len(kept))) if kept[i].dataset is match.dataset), None)
        if at is not None and _is_copy(match, kept[at]):
            rows = range(match.first_row, match.last_row + 1)
            kept[at] = replace(kept[at], copies=kept[at].copies | frozenset(rows))
        else:
            kept.append(match)
    return kept


def _is_copy(match: Match, earlier: Match) -> bool:
    """Whether the headings are the earlier ones again, straight below a row of data: no title, gap or total between."""
    above = match.sheet.filled(match.first_row - 1)
    return (
        (match.columns, match.numbers) == (earlier.columns, earlier.numbers)
        and len(above) > 1
        and not any(isinstance(value, str) and total_kind(value) for value in above.values())
    )
