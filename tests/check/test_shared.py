"""Files that all authorities share hold what may be shared and nothing else; two candidates are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from reportgen.check import SheetChoice, check_sheets
from reportgen.datasets import all_datasets
from tests.check.made import POPULATION_HEAD, PRESSURE, raw_file, xlsx
from tests.published_file import text

SHARED, OWN = "inputs/shared/rates.csv", "inputs/b/2024-05/rates.csv"
MONTH = "inputs/b/2024-05"
RATES = text(["2024"]).encode()


def checked(
    files: Mapping[str, bytes], needed: Sequence[str], choice: SheetChoice | None = None
) -> tuple[dict[str, str], list[str]]:
    """The file of each table, and the messages."""
    sheets = [sheet for file, data in files.items() for sheet in raw_file(file, data).sheets]
    shared = {file for file in files if file.startswith("inputs/shared/")}
    choices = {"benchmarks": choice} if choice else {}
    tables, problems = check_sheets(sheets, MONTH, all_datasets(), needed, choices, shared)
    return {name: table.file for name, table in tables.items()}, [p.message for p in problems]


@pytest.mark.parametrize("file", [SHARED, OWN])
def test_comparators_are_taken_from_either_folder(file: str) -> None:
    assert checked({file: RATES}, ["benchmarks"]) == ({"benchmarks": file}, [])


def test_what_is_a_months_own_is_not_taken_from_the_shared_folder() -> None:
    pressure = xlsx(PRESSURE)
    assert checked({"inputs/shared/p.xlsx": pressure}, ["budget_pressure"])[0] == {}
    both = {f"{MONTH}/p.xlsx": pressure, "inputs/shared/p.xlsx": pressure, SHARED: RATES}
    assert checked(both, ["budget_pressure", "benchmarks"]) == (
        {"budget_pressure": f"{MONTH}/p.xlsx", "benchmarks": SHARED},
        [],
    )


def test_a_file_in_each_folder_is_two_candidates() -> None:
    tables, messages = checked({OWN: RATES, SHARED: RATES}, ["benchmarks"])
    assert tables == {}
    assert messages == [
        f"{OWN}, row 1: expected one table with the headings of Published comparators, found 2 of them.\n"
        "  Remove what isn't meant, or name file and sheet in paper.toml under [sheets.benchmarks].\n"
        f"  See also {SHARED}, row 1.  [two-candidates]"
    ]


@pytest.mark.parametrize(
    ("named", "file"),
    [("shared/rates.csv", SHARED), ("inputs/shared/rates.csv", SHARED), ("2024-05/rates.csv", OWN)],
)
def test_the_papers_settings_may_say_which_with_its_folder(named: str, file: str) -> None:
    found = checked({OWN: RATES, SHARED: RATES}, ["benchmarks"], SheetChoice(file=named))
    assert found == ({"benchmarks": file}, [])


def test_a_name_alone_tells_files_of_two_names_apart_and_is_a_whole_name() -> None:
    files = {OWN: RATES, "inputs/shared/older rates.csv": RATES}
    assert checked(files, ["benchmarks"], SheetChoice(file="older rates.csv"))[0] == {
        "benchmarks": "inputs/shared/older rates.csv"
    }
    assert checked(files, ["benchmarks"], SheetChoice(file="rates.csv"))[0] == {"benchmarks": OWN}


def test_where_there_are_none_the_shared_folder_is_named_beside_the_months() -> None:
    _, (message,) = checked({f"{MONTH}/n.xlsx": xlsx([POPULATION_HEAD])}, ["benchmarks"])
    assert message.startswith(f"{MONTH}: expected a sheet with the headings of Published comparators (")
    assert message.endswith(
        "\n  Put the file there or into inputs/shared/, or correct its headings.  [missing-dataset]"
    )
