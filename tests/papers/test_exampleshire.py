"""The demonstration paper: that it says what it is, its numbers, and that each is followed to the returns' rows."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path

import pytest

from reportgen.model import Severity
from reportgen.workspace import PaperRef
from scripts.inputs import exampleshire
from tests.built import ROOT, Bundle, built
from tests.papers.published import REFERENCE, published
from tests.pdf_structure import page_texts

REF, MONTH = PaperRef("exampleshire", "demand-and-cost"), "2022-03"
INPUTS = ROOT / "inputs" / "exampleshire" / MONTH


@pytest.fixture(scope="module")
def paper() -> Bundle:
    return built(REF, MONTH)


def test_the_workbooks_are_what_the_script_writes(tmp_path: Path) -> None:
    exampleshire.write(tmp_path)
    for name in exampleshire.WORKBOOKS:
        assert (tmp_path / name).read_bytes() == (INPUTS / name).read_bytes(), name


@published
def test_the_returns_and_the_comparators_are_the_files_as_they_came() -> None:
    for path in sorted((REFERENCE / "ssda903").glob("*.csv")):
        assert (INPUTS / path.name).read_bytes() == path.read_bytes(), path.name
    name = "cla_number_and_rate_per_10k_children.csv"
    assert (ROOT / "inputs" / "shared" / name).read_bytes() == (REFERENCE / "benchmarks" / name).read_bytes()


def test_it_says_that_its_data_are_made_up_on_the_first_page_and_over_every_other(paper: Bundle) -> None:
    first, *others = page_texts(paper.pdf)
    assert "Demonstration with made-up data" in first and "Exampleshire is no council" in " ".join(first.split())
    assert all("Demonstration with made-up data" in page for page in others)
    assert "made-up data" in paper.document.title
    assert "The steep fall is no finding. The test set was not made to look like a council" in paper.page.text


def test_its_numbers(paper: Bundle) -> None:
    """Counted by the recomputation in tests/histories/test_sample.py, and by hand from these."""
    figures = paper.checked.figures
    assert figures is not None
    values = {name: figure.value for name, figure in figures.items()}
    assert [values[f"looked_after_{year}"] for year in (2021, 2022)] == [119, 55]
    assert values["rate_2022"] == Fraction(55, 13_900) * 10_000
    assert (values["england_rate_2021"], values["england_rate_2022"]) == (69, 70)
    assert values["looked_after_year_before"] + values["entries_year"] - values["exits_year"] == 55  # type: ignore[operator]
    by_kind = [v for name, v in values.items() if name.startswith("placements.") and name.endswith(".children")]
    assert by_kind.pop() == sum(by_kind) == 55  # type: ignore[arg-type]


def test_a_number_is_followed_to_the_rows_of_the_last_return(paper: Bundle) -> None:
    figures = paper.checked.figures
    assert figures is not None
    counted = figures["looked_after_uasc"].counted()
    with (INPUTS / "2021-uasc.csv").open(newline="") as file:
        alone = {row["CHILD"] for row in csv.DictReader(file)}  # until after the day of the data
    with (INPUTS / "2021-episodes.csv").open(newline="") as file:
        rows = [
            number for number, row in enumerate(csv.DictReader(file), 2)
            if row["CHILD"] in alone and not row["DEC"] and row["LS"] not in ("V3", "V4")
        ]  # fmt: skip
    assert list(map(str, counted)) == [f"inputs/exampleshire/2022-03/2021-episodes.csv!A{row}" for row in rows]


def test_what_was_repaired_is_recorded_with_its_cells(paper: Bundle) -> None:
    recorded = {entry["code"]: entry for entry in json.loads(paper.files["audit/problems.json"])}
    rules = ("corrected-episode", "within-another", "overlap", "left-and-went-on", "vanished")
    assert set(rules) <= set(recorded)
    assert all(recorded[code]["cells"] for code in rules)
    assert recorded["vanished"]["found"] == "none in 24 rows"
    assert {p.severity for p in paper.checked.problems} <= {Severity.WARNING, Severity.NOTE}
