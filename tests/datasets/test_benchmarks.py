"""The published comparators: a file as the department writes it, its symbols, its rules; every row of the real one."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from reportgen.check import check_sheets
from reportgen.check.comparators import bare_name
from reportgen.datasets import all_datasets
from reportgen.figures.published import published as published_row
from reportgen.model import Problem, Severity, Unit
from reportgen.problems import in_order
from reportgen.reconcile import agrees
from reportgen.table import Table
from reportgen.wording import in_words
from tests.check.made import raw_file
from tests.published_file import LOOKED_AFTER, Row, at, column, rows, text

FILE = "inputs/shared/rates.csv"
PUBLISHED = (
    Path(__file__).parent.parent.parent.parent / "shared/reference/benchmarks/cla_number_and_rate_per_10k_children.csv"
)


def read(content: str) -> tuple[Table, list[Problem]]:
    """The file's table and every problem, notes among them."""
    sheets = raw_file(FILE, content.encode("utf-8-sig")).sheets
    tables, problems = check_sheets(sheets, "in", all_datasets(), ["benchmarks"], shared={FILE})
    return tables["benchmarks"], problems


def told(alter: Callable[[list[Row]], object]) -> list[tuple[str, str, Severity]]:
    return [(p.code, p.place.cell, p.severity) for p in read(text(alter=alter))[1]]


def test_the_file_is_read_as_it_comes_without_a_word() -> None:
    table, problems = read(text())
    assert problems == []
    assert len(table) == len(rows()) == 105
    assert Counter(table.frame["geographic_level"]) == {"national": 15, "regional": 30, "local authority": 60}
    assert Counter(table.frame["population_type"]) == {"looked after": 35, "starting": 35, "ceasing": 35}


def test_the_symbols_are_kept_and_are_neither_numbers_nor_zero() -> None:
    table, _ = read(text())
    kept = {name: Counter(table.columns[name].symbols.values()) for name in table.columns}
    # Borsetshire's c of 2021, its z of 2023 in each kind of population; Midsomer's u of 2022 and k of 2025.
    assert kept["children_count"] == {"c": 1, "z": 3, "u": 1}
    assert kept["rate_per_10000"] == {"c": 1, "z": 3, "u": 1, "low": 1}
    assert kept["population_estimate"] == {"x": 3}
    for name in ("children_count", "rate_per_10000", "population_estimate"):
        assert set(table.frame.index[table.frame[name].isna()]) == set(table.columns[name].symbols)


def test_a_row_that_stands_twice_is_refused_at_the_second() -> None:
    assert told(lambda made: made.insert(1, list(made[0]))) == [("duplicate", "K3", Severity.ERROR)]


def test_a_region_or_authority_without_its_code_is_refused() -> None:
    def alter(made: list[Row]) -> None:
        at(made, "2025", "Barsetshire")[column("new_la_code")] = None
        at(made, "2025", "South Country")[column("region_code")] = None

    assert told(alter) == [("place-without-code", f"C{row}", Severity.ERROR) for row in (6, 12)]


def test_words_that_the_department_may_come_to_use_are_told_with_those_that_are_known() -> None:
    def alter(made: list[Row]) -> None:
        made[0][column("geographic_level")] = "Ward"
        made[1][column("population_type")] = "Children looked after on 30 March each year"
        made[2][column("time_period")] = "202425"
        made[3][column("time_identifier")] = "Calendar year"
        made[4][column("children_count")] = "2.5"

    problems = in_order(read(text(alter=alter))[1])
    assert [(p.code, p.place.cell) for p in problems] == [
        ("unknown-geographic-level", "C2"),
        ("unknown-population-type", "K3"),
        ("not-a-reporting-year", "A4"),
        ("unknown-time-identifier", "B5"),
        ("not-as-published", "M6"),
    ]
    assert problems[1].message == (
        f'{FILE}, cell K3: expected a kind of population, found "Children looked after on 30 March each year".\n'
        '  Did you mean "children looked after on 31 march each year"? The accepted words are: looked after, starting, '
        "ceasing (docs/datasets.md).  [unknown-population-type]"
    )


published = pytest.mark.skipif(
    not PUBLISHED.is_file(), reason="the department's file is not in ../shared/reference beside the project"
)


@dataclass(frozen=True)
class Line:
    """A row of the department's file as its bytes say, read without the project's own code."""

    level: str
    year: str
    place: str
    kind: str
    population: str
    children: str
    rate: str

    @property
    def named(self) -> tuple[str, str, str]:
        return self.place, self.year, self.kind.split()[1]

    @property
    def known(self) -> bool:
        return all(value.isdigit() for value in (self.population, self.children, self.rate))

    def recomputed(self, off: int = 0) -> int:
        """The rate of a number that is `off` from the one printed, by whole numbers alone, halves up."""
        return (2 * 10_000 * (int(self.children) + off) + int(self.population)) // (2 * int(self.population))


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as file:
        return [
            Line(
                row["geographic_level"], row["time_period"], row["la_name"] or row["region_name"] or "England",
                row["population_type"], row["population_estimate"], row["children_count"], row["rate_per_10000"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


@published
def test_every_row_of_the_file_whose_rate_can_be_worked_out_agrees_but_four_of_rounded_numbers(
    lines: list[Line],
) -> None:
    known = [line for line in lines if line.known]
    assert (len(lines), len(known)) == (2505, 2447)
    other = {line.named: (line.rate, line.recomputed()) for line in known if line.recomputed() != int(line.rate)}
    # The numbers of regions are rounded to tens after their rates were worked out of the exact ones: a number up to
    # five away gives the published rate in each of the four. No row of an authority or of England is among them.
    assert other == {
        ("West Midlands", "2024", "looked"): ("89", 90),
        ("Inner London", "2024", "ceasing"): ("32", 31),
        ("London", "2023", "ceasing"): ("28", 27),
        ("Inner London", "2023", "looked"): ("61", 62),
    }
    for line in known:
        may_be_off = range(-5, 6) if line.level != "Local authority" else (0,)
        assert int(line.rate) in {line.recomputed(off) for off in may_be_off}, line


@published
def test_the_numbers_of_regions_and_england_alone_are_rounded_to_tens(lines: list[Line]) -> None:
    ends = {level: Counter(line.children[-1] for line in lines if line.level == level and line.known) for level in
            {line.level for line in lines}}  # fmt: skip
    assert ends["National"] == {"0": 15}
    assert ends["Regional"] == {"0": 165}
    assert set(ends["Local authority"]) == set("0123456789")
    assert max(ends["Local authority"].values()) < 2 * min(ends["Local authority"].values())


@published
def test_the_rows_that_no_rate_can_be_worked_out_of_are_those_with_symbols(lines: list[Line]) -> None:
    lacking = Counter(
        (line.population.isdigit() or line.population, line.children, line.rate) for line in lines if not line.known
    )
    assert lacking == {("x", "z", "z"): 42, (True, "z", "z"): 14, (True, "c", "c"): 2}
    # Authorities that were not yet or no longer there have neither population nor children; the Isles of Scilly report
    # with Cornwall; what could identify a child is suppressed.
    there = {place: sorted({line.year for line in lines if line.place == place and line.population == "x"}) for place in
             {line.place for line in lines if line.population == "x"}}  # fmt: skip
    assert there == {
        "Cumbria": ["2024", "2025"],
        "Cumberland": ["2021", "2022", "2023"],
        "Westmorland and Furness": ["2021", "2022", "2023"],
        "Northamptonshire": ["2022", "2023", "2024", "2025"],
        "North Northamptonshire": ["2021"],
        "West Northamptonshire": ["2021"],
    }
    assert {line.place for line in lines if line.population.isdigit() and line.children == "z"} == {"Isles of Scilly"}
    assert sorted(line.named for line in lines if line.children == "c") == [
        ("City of London", "2025", "looked"),
        ("Isles of Scilly", "2021", "ceasing"),
    ]


@published
def test_the_table_holds_every_row_of_the_file(lines: list[Line]) -> None:
    table, problems = read(PUBLISHED.read_text("utf-8-sig"))
    assert problems == []
    for name, said in (
        ("population_estimate", "population"),
        ("children_count", "children"),
        ("rate_per_10000", "rate"),
    ):
        symbols = table.columns[name].symbols
        held = [symbols[row] if row in symbols else str(value) for row, value in enumerate(table.frame[name])]
        assert held == [getattr(line, said) for line in lines]
    assert Fraction(sum(table.frame["children_count"].dropna())) == sum(int(x.children) for x in lines if x.known)
    assert Counter(table.frame["population_type"]) == {"looked after": 835, "starting": 835, "ceasing": 835}


@published
def test_the_paper_would_print_the_departments_own_rate_for_every_row_and_none_is_contradicted(
    lines: list[Line],
) -> None:
    table, _ = read(PUBLISHED.read_text("utf-8-sig"))
    place = ("time_period", "population_type", "geographic_level", "region_code", "new_la_code")
    for line, key in zip(lines, table.frame[list(place)].itertuples(index=False, name=None), strict=True):
        where = {name: value for name, value in zip(place, key, strict=True) if value is not None}
        found = published_row(table, where, "")
        shown = in_words(found.rate.value, Unit.PER_10000, found.rate.symbol).strip("[]")
        assert shown == line.rate, line
        assert found.claim is not None
        assert agrees(found.claim), line
        assert (found.claim.computed.value is None) == (not line.known)


@published
def test_no_two_authorities_of_the_file_have_one_name_without_their_kind_of_council(lines: list[Line]) -> None:
    names = {line.place for line in lines if line.level == "Local authority"}
    assert len(names) == 155
    assert len({bare_name(name) for name in names} - {""}) == 155


def test_the_made_file_is_by_hand_what_its_numbers_come_to() -> None:
    made = rows()
    for row in made:
        children, population, rate = row[-2], row[-3], row[-1]
        if all(isinstance(value, int) for value in row[-3:]):
            exact = (2 * 10_000 * children + population) // (2 * population)
            assert rate == exact or [*row[:3], row[6]] == ["2023", "Reporting year", "Regional", "South Country"]
    assert at(made, "2023", "South Country", LOOKED_AFTER)[-1] == 52
