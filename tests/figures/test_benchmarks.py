"""Figures of published comparators: an authority beside its region, its neighbours and England, by year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from reportgen.check import check_sheets
from reportgen.datasets import all_datasets
from reportgen.figures import compute_all
from reportgen.figures.base import Circumstances
from reportgen.model import Compared, Severity, Unit
from reportgen.reconcile import reconcile
from reportgen.trace import Found, Grid, catalogue
from reportgen.wording import in_words
from tests.check.made import raw_file
from tests.figures.sheets import grid_values, shown
from tests.published_file import LOOKED_AFTER, STARTING, Row, at, text

FILE = "inputs/shared/rates.csv"
COMPARED = Compared("E10000901", "E12000901", ("E10000902", "E06000903", "E06000904"), "2024", "reportgen.toml")
WHEN = Circumstances("2024-05", dt.date(2024, 6, 12), compared=COMPARED)


def found(alter: Callable[[list[Row]], object] | None = None, when: Circumstances = WHEN) -> Found:
    sheets = raw_file(FILE, text(alter=alter).encode()).sheets
    tables, problems = check_sheets(sheets, "in", all_datasets(), ["benchmarks"])
    assert [p.message for p in problems if p.severity is not Severity.NOTE] == []
    return compute_all(tables, when)


@pytest.fixture(scope="module")
def made() -> Found:
    return found()


def words(grid: Grid) -> list[list[str]]:
    """The grid's cells as a table prints them."""
    return [[in_words(f.value, f.unit, f.symbol) for f in row.cells] for row in grid.rows]


def test_rates_by_year_beside_region_neighbours_and_england(made: Found) -> None:
    grid = made.grids["benchmark_rates"]
    assert [(head.key, head.label) for head in grid.heads] == [
        ("year", "Year"),
        ("own", "Barsetshire"),
        ("region", "South Country"),
        ("neighbours", "Statistical neighbours"),
        ("england", "England"),
        ("neighbours_rated", "Neighbours with a rate"),
    ]
    # The neighbours' means: (62.5 + 25) / 2, (63.5 + 40) / 2, (65 + 26) / 2, (65.5 + 42 + 27) / 3.
    assert words(grid) == [
        ["2021", "50", "50", "44", "67", "2"],
        ["2022", "51", "51", "52", "68", "2"],
        ["2023", "54", "52", "46", "69", "2"],
        ["2024", "55", "54", "45", "70", "3"],
    ]
    assert [f.value for f in grid.column("neighbours")] == [
        Fraction(175, 4),
        Fraction(207, 4),
        Fraction(91, 2),
        Fraction(269, 6),
    ]


def test_numbers_by_year(made: Found) -> None:
    assert words(made.grids["benchmark_numbers"]) == [
        ["2021", "600", "3,000", "300", "80,400", "2"],
        ["2022", "620", "3,060", "354", "81,600", "2"],
        ["2023", "653", "3,150", "312", "82,800", "2"],
        ["2024", "677", "3,240", "280.7", "84,000", "3"],
    ]


def test_children_starting_and_ceasing(made: Found) -> None:
    # 180 and 200 children of each place below England; of England 2,700 and 3,000. Starting in 2024: 180 in 123,000
    # are 14.6, in 600,000 3; in 80,000, 50,000 and 40,000 22.5, 36 and 45; 2,700 in 12 million 2.25. Ceasing in 2023:
    # 200 in 122,000 are 16.4, in 600,000 3.3; in 80,000 and 40,000 25 and 50; 3,000 in 12 million 2.5, published as 3.
    assert words(made.grids["benchmark_starting_rates"])[-1] == ["2024", "15", "3", "35", "2", "3"]
    assert words(made.grids["benchmark_ceasing_numbers"])[-1] == ["2024", "200", "200", "200", "3,000", "3"]
    assert words(made.grids["benchmark_ceasing_rates"])[2] == ["2023", "16", "3", "38", "3", "2"]


def test_the_neighbours_one_by_one_in_the_latest_year(made: Found) -> None:
    assert words(made.grids["benchmark_neighbours"]) == [
        ["Barsetshire", "677", "55"],
        ["Loamshire", "524", "66"],
        ["Borsetshire, County of", "210", "42"],
        ["Midsomer", "108", "27"],
        ["Mean of the statistical neighbours", "280.7", "45"],
    ]
    assert [row.kind for row in made.grids["benchmark_neighbours"].rows] == ["body"] * 4 + ["total"]


def test_the_latest_figures_with_their_year(made: Found) -> None:
    plain = {name: shown(figure) for name, figure in made.figures.items() if "_starting_" not in name}
    plain = {name: value for name, value in plain.items() if "_ceasing_" not in name and "_number_" not in name}
    plain = {name: value for name, value in plain.items() if name.startswith("benchmark_")}
    assert plain == {
        "benchmark_first_year": "2021",
        "benchmark_year": "2024",
        "benchmark_authority": "Barsetshire",
        "benchmark_region": "South Country",
        "benchmark_neighbours_listed": 3,
        "benchmark_neighbours_rated": 3,
        "benchmark_rate_own": Fraction(677 * 10, 123),
        "benchmark_rate_own_first": 50,
        "benchmark_rate_own_change": Fraction(620, 123),
        "benchmark_rate_region": 54,
        "benchmark_rate_region_first": 50,
        "benchmark_rate_region_change": 4,
        "benchmark_rate_neighbours": Fraction(269, 6),
        "benchmark_rate_neighbours_first": Fraction(175, 4),
        "benchmark_rate_neighbours_change": Fraction(13, 12),
        "benchmark_rate_england": 70,
        "benchmark_rate_england_first": 67,
        "benchmark_rate_england_change": 3,
    }
    assert {made.figures[f"benchmark_rate_{who}"].unit for who in ("own", "region", "neighbours", "england")} == {
        Unit.PER_10000
    }
    assert (made.figures["benchmark_number_own_change"].value, made.figures["benchmark_number_own"].unit) == (
        77,
        Unit.COUNT,
    )
    assert made.figures["benchmark_starting_number_england"].value == 2700


def test_an_exact_half_is_shown_as_the_next_number_up(made: Found) -> None:
    loamshire = made.grids["benchmark_neighbours"].rows[1].cells[2]
    assert loamshire.value == Fraction(131, 2)
    assert in_words(loamshire.value, loamshire.unit) == "66"


def test_no_published_rate_is_contradicted_and_every_row_that_is_used_makes_a_claim(made: Found) -> None:
    # Three kinds of population, four years, six places.
    assert len(made.claims) == 3 * 4 * 6
    assert reconcile({}, {}, made.claims) == []


def test_a_rounded_number_leaves_the_published_rate_the_finer_one(made: Found) -> None:
    region = made.grids["benchmark_rates"].rows[2].cells[2]
    assert region.value == 52
    # 3,150 in 600,000 are 52.5, which would be shown as 53; from 3,145 it is 52.4.
    assert [str(cells) for cells in region.counted()] == [f"{FILE}!N48"]
    assert {f"{FILE}!{cell}" for cell in ("L48", "M48")} <= {str(cells) for cells in region.examined()}


def test_a_rate_that_numbers_contradict_is_told_and_the_one_worked_out_goes_into_the_paper() -> None:
    def alter(rows: list[Row]) -> None:
        at(rows, "2024", "Barsetshire")[-1] = 57
        at(rows, "2024", "South Country")[-1] = 55
        at(rows, "2024", "England", STARTING)[-2] = 2990

    made = found(alter)
    assert words(made.grids["benchmark_rates"])[-1] == ["2024", "55", "54", "45", "70", "3"]
    # 2,990 in 12 million are 2.49 and up to 2.5: the published 2 may be.
    assert words(made.grids["benchmark_starting_rates"])[-1][4] == "2"
    messages = [p.message for p in reconcile({}, {}, made.claims)]
    assert messages == [
        f"{FILE}, cell N33: expected the rate per 10,000 of Barsetshire, children looked after on 31 March, 2024 to be "
        "55.040650, children count divided by population estimate, times 10,000, found 57.\n"
        "  They differ by 1.959350. Correct the one that is wrong: the paper goes by what it has worked out.\n"
        "  See also cells L33, M33.  [rate-differs]",
        f"{FILE}, cell N27: expected the rate per 10,000 of South Country, children looked after on 31 March, 2024 to "
        "be 54, children count divided by population estimate, times 10,000, found 55.\n"
        "  They differ by 1. Correct the one that is wrong: the paper goes by what it has worked out.\n"
        "  See also cells L27, M27.  [rate-differs]",
    ]


def test_half_a_unit_of_a_rounded_number_may_excuse_and_more_may_not() -> None:
    def off(rate: int) -> list[str]:
        made = found(lambda rows: at(rows, "2023", "South Country").__setitem__(-1, rate))
        return [p.code for p in reconcile({}, {}, made.claims)]

    # From 3,145 to 3,155 in 600,000 it is 52.42 to 52.58: 52 and 53, no more.
    assert {rate: off(rate) for rate in (51, 52, 53, 54)} == {
        51: ["rate-differs"],
        52: [],
        53: [],
        54: ["rate-differs"],
    }


def test_symbols_stay_symbols() -> None:
    made = found(when=replace(WHEN, compared=replace(COMPARED, authority="E06000903", neighbours=("E06000904",))))
    # The mean of one neighbour, of low reliability in 2022, is not available then.
    assert grid_values(made.grids["benchmark_rates"]) == [
        ["2021", "[c]", 50, 25, 67, 1],
        ["2022", 40, 51, "[x]", 68, 0],
        ["2023", "[z]", 52, 26, 69, 1],
        ["2024", 42, 54, 27, 70, 1],
    ]
    assert [row[1] for row in grid_values(made.grids["benchmark_numbers"])] == ["[c]", 200, "[z]", 210]
    last = found(when=replace(WHEN, compared=replace(COMPARED, authority="E06000904", last_year="2025")))
    assert shown(last.figures["benchmark_rate_own"]) == "[low]"
    assert shown(last.figures["benchmark_number_own"]) == 1
    # What rounds to zero can't be reckoned with.
    assert shown(last.figures["benchmark_rate_own_change"]) == "[x]"


def test_what_the_department_withholds_is_not_worked_out() -> None:
    def alter(rows: list[Row]) -> None:
        at(rows, "2024", "Barsetshire")[-1] = "c"

    assert shown(found(alter).figures["benchmark_rate_own"]) == "[c]"


def test_a_blank_rate_is_worked_out() -> None:
    # A blank says nothing, and the dataset refuses it: what would come of one all the same.
    sheets = raw_file(
        FILE, text(alter=lambda rows: at(rows, "2024", "Barsetshire").__setitem__(-1, None)).encode()
    ).sheets
    tables, problems = check_sheets(sheets, "in", all_datasets(), ["benchmarks"])
    assert [(p.code, p.place.cell) for p in problems] == [("missing-value", "N33")]
    assert compute_all(tables, WHEN).figures["benchmark_rate_own"].value == Fraction(6770, 123)


def test_a_row_that_is_not_there_is_not_available() -> None:
    def alter(rows: list[Row]) -> None:
        for place in ("Barsetshire", "South Country", "Loamshire"):
            rows.remove(at(rows, "2024", place))

    made = found(alter)
    assert grid_values(made.grids["benchmark_rates"])[-1] == ["2024", "[x]", "[x]", Fraction(69, 2), 70, 2]
    assert made.figures["benchmark_rate_own"].how == ("no row of Barsetshire, children looked after on 31 March, 2024")
    assert len(made.claims) == 3 * 4 * 6 - 3


def test_what_the_neighbours_mean_rests_on_is_said_of_its_column(made: Found) -> None:
    def note(found: Found, grid: str = "benchmark_rates") -> str:
        return found.grids[grid].heads[3].note

    assert (
        note(made)
        == note(made, "benchmark_numbers")
        == (
            "Statistical neighbours: the unweighted mean of 3 authorities; in 2021 of 2, without Borsetshire, County "
            "of (suppressed); in 2022 of 2, without Midsomer (low reliability); in 2023 of 2, without Borsetshire, "
            "County of (not applicable)."
        )
    )
    alone = found(when=replace(WHEN, compared=replace(COMPARED, neighbours=("E10000902",))))
    assert note(alone) == "Statistical neighbours: the unweighted mean of 1 authority."

    def alter(rows: list[Row]) -> None:
        for year in ("2021", "2022"):
            at(rows, year, "Midsomer")[-2:] = ["x", "x"]
            at(rows, year, "Loamshire")[-2:] = ["c", "c"]

    two = found(alter, replace(WHEN, compared=replace(COMPARED, neighbours=("E10000902", "E06000904"))))
    assert note(two) == (
        "Statistical neighbours: the unweighted mean of 2 authorities; in 2021 and 2022 of 0, without Loamshire "
        "(suppressed) and Midsomer (not available)."
    )
    assert [row[3] for row in grid_values(two.grids["benchmark_rates"])][:2] == ["[x]", "[x]"]


def test_rounded_numbers_say_so_and_rates_need_not(made: Found) -> None:
    rounded = "The department rounds the numbers of regions and of England to the nearest ten."
    places = ("own", "region", "england")
    notes = {
        grid: [head.note for head in made.grids[grid].heads if head.key in places]
        for grid in ("benchmark_numbers", "benchmark_rates")
    }
    assert notes == {"benchmark_numbers": ["", rounded, rounded], "benchmark_rates": ["", "", ""]}


def test_without_listed_neighbours_their_mean_is_not_available() -> None:
    made = found(when=replace(WHEN, compared=replace(COMPARED, neighbours=())))
    assert grid_values(made.grids["benchmark_rates"])[-1] == ["2024", Fraction(6770, 123), 54, "[x]", 70, 0]
    assert made.grids["benchmark_rates"].heads[3].note == "No statistical neighbours are listed."
    assert shown(made.figures["benchmark_neighbours_listed"]) == 0


def test_without_an_authority_there_are_no_figures() -> None:
    made = found(when=replace(WHEN, compared=None))
    assert (dict(made.figures), dict(made.grids), made.claims) == ({}, {}, ())


def test_a_figure_is_followed_to_its_row(made: Found) -> None:
    own = catalogue(made)["benchmark_rates.2024.own"]
    assert (own.value, own.how) == (
        Fraction(6770, 123),
        "children count divided by population estimate, times 10,000",
    )
    assert [str(cells) for cells in own.counted()] == [f"{FILE}!L33", f"{FILE}!M33"]
    examined = {str(cells) for cells in own.examined()}
    # The headings and all of the columns by which the row was found, and the rate that the department states.
    assert {f"{FILE}!{cell}" for cell in ("L1", "M1", "N33")} <= examined
    assert {f"{FILE}!{letter}1:{letter}106" for letter in "ACJK"} <= examined


CHANGES = ("2020", "Local authority", "E10000902", LOOKED_AFTER, 7, "c")


def _values(made: Found) -> dict[str, object]:
    return {name: (figure.value, figure.symbol) for name, figure in catalogue(made).items()}


def test_no_cell_that_a_figure_has_not_examined_changes_it() -> None:
    """Every cell of the latest year's rows of the region and the authority, altered to each of several values."""
    sheets = raw_file(FILE, text(["2024"]).encode()).sheets
    whole = [list(row) for row in sheets[0].rows]
    before = compute_all(check_sheets(sheets, "in", all_datasets(), ["benchmarks"])[0], WHEN)
    owned = {name: figure.counted() + figure.examined() for name, figure in catalogue(before).items()}
    values, altered = _values(before), 0
    for row in (6, 12):
        for at_column in range(len(whole[0])):
            place = replace(sheets[0].place(row, at_column + 1))
            for change in CHANGES:
                rows = [list(each) for each in whole]
                rows[row - 1][at_column] = change
                tables, problems = check_sheets([replace(sheets[0], rows=rows)], "in", all_datasets(), ["benchmarks"])
                if any(p.severity is not Severity.NOTE for p in problems):
                    continue
                altered += 1
                after = _values(compute_all(tables, WHEN))
                moved = {name for name in values if after.get(name) != values[name]}
                unowned = {name for name in moved if not any(place in cells for cells in owned[name])}
                assert unowned == set(), (place.cell, change)
    assert altered > 60
