"""The datasets, one by one and side by side."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from reportgen import datasets
from reportgen.cells.dates import month_end
from reportgen.cells.kinds import Category, Context, Count, Money, Published, Quantity
from reportgen.cells.reading import Cell
from reportgen.check.match import field_headings, find_matches
from reportgen.check.sheet import Sheet
from reportgen.datasets import all_datasets
from reportgen.datasets.base import Dataset
from reportgen.datasets.population import follows
from reportgen.model import Children, RawSheet
from tests.check.made import headings

ALL = list(all_datasets().values())
ON_SHEETS = [dataset for dataset in ALL if not dataset.joined]  # those of returns are told when they are read
COUNTING = (Count, Published, Quantity)
every = pytest.mark.parametrize("dataset", ALL, ids=lambda dataset: dataset.name)


def test_every_module_is_found() -> None:
    modules = {path.stem for path in Path(datasets.__path__[0]).glob("*.py")} - {"__init__", "base"}
    assert list(all_datasets()) == sorted(modules)
    assert all(name == dataset.name for name, dataset in all_datasets().items())


@every
def test_every_number_says_whether_it_counts_children(dataset: Dataset) -> None:
    """A public edition protects what is declared: a count that is forgotten would be published."""
    told = dataset.children or Children()
    said = [*told.counts, *told.others]
    assert sorted(said) == sorted(f.name for f in dataset.every_field if isinstance(f.kind, COUNTING) or f.name in said)
    assert set(told.rests.values()) <= {*told.counts, ""}
    assert {*said, *told.rests, *filter(None, [told.weeks])} <= {f.name for f in dataset.every_field}


@every
def test_no_two_fields_share_a_heading(dataset: Dataset) -> None:
    own = dataset.spread.measures if dataset.spread and not dataset.spread.by else ()
    counted = Counter(words for field in (*dataset.fields, *own) for words in field_headings(field))
    assert [words for words, number in counted.items() if number > 1] == []
    assert all(words for words in counted)


@every
def test_a_heading_is_written_once(dataset: Dataset) -> None:
    for field in dataset.every_field:
        assert len(field_headings(field)) == 1 + len(field.headings), field.name


@pytest.mark.parametrize("dataset", ON_SHEETS, ids=lambda dataset: dataset.name)
@pytest.mark.parametrize("optional", [True, False])
def test_its_own_headings_are_no_other_datasets(dataset: Dataset, optional: bool) -> None:
    chosen = [f for f in dataset.fields if f.required or optional or f.name in dataset.either[:1]]
    heads = headings(dataset, [f.name.replace("_", " ") for f in chosen])
    found = find_matches(Sheet(RawSheet("a.xlsx", "", heads)), ON_SHEETS, {})  # type: ignore[arg-type]
    assert [m.dataset.name for m in found if not m.absent] == [dataset.name]
    assert [m.doubled for m in found if m.dataset is dataset] == [{}]


@every
def test_every_field_says_what_it_is_and_gives_an_example_that_it_reads(dataset: Dataset) -> None:
    row: dict[str, object] = {}
    for field in dataset.every_field:
        assert field.about.endswith("."), field.name
        read = field.kind.read(Cell(field.example), row, Context())
        assert (read.code, read.value is None) == ("", False), field.name
        row[field.name] = read.value


@every
def test_what_it_names_are_its_own_fields(dataset: Dataset) -> None:
    names = {field.name for field in dataset.every_field}
    named = {*dataset.key, *dataset.label, *dataset.refers, *(rule.column for rule in dataset.rules)}
    named |= {name for total, parts in dataset.sums for name in (total, *parts)}
    named |= {name for field in dataset.every_field for name in field.kind.needs}
    named |= {*dataset.either, *filter(None, [dataset.identifies])}
    assert named <= names
    assert {f.name for f in dataset.every_field if f.required} | set(dataset.either) >= set(dataset.key)
    for other, column in dataset.refers.values():
        assert all_datasets()[other].field(column)


@every
def test_what_is_summed_is_numbers(dataset: Dataset) -> None:
    for total, parts in dataset.sums:
        assert all(isinstance(dataset.field(name).kind, (Count, Money)) for name in (total, *parts))


@every
def test_an_alias_means_one_word(dataset: Dataset) -> None:
    for field in dataset.fields:
        if isinstance(field.kind, Category):
            words = [word for value, names in field.kind.accepted.items() for word in (value, *names)]
            assert len(field.kind.meanings) == len(words), field.name


def test_a_field_that_is_not_there() -> None:
    with pytest.raises(KeyError, match="savings has no column colour"):
        all_datasets()["savings"].field("colour")


def test_months_follow_one_another() -> None:
    months = [month_end(2015, 11), month_end(2015, 12), month_end(2016, 1), month_end(2016, 3), month_end(2016, 3)]
    frame = pd.DataFrame({"month": pd.Series(months, dtype=object)})
    assert list(follows(frame)) == [True, True, True, False, False]
