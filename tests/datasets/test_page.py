"""docs/datasets.md is what the datasets say."""

from __future__ import annotations

import runpy
from pathlib import Path

from reportgen.cells.kinds import Category
from reportgen.datasets import all_datasets

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "datasets.md"
WRITER = runpy.run_path(str(ROOT / "scripts" / "datasets_doc.py"))


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == WRITER["page"](), "run: python scripts/datasets_doc.py"


def test_every_column_heading_and_word_is_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for dataset in all_datasets().values():
        _, _, section = page.partition(f"\n## {dataset.title}\n")
        section = section.partition("\n## ")[0]
        for field in dataset.every_field:
            (row,) = (
                line
                for line in section.split("\n")
                if line.startswith((f"| {_said(field)} |", f"| **{_said(field)}** |"))
            )
            assert row.startswith("| **") == field.required
            assert all(f"`{heading}`" in row for heading in field.headings)
            assert ("it may be left out" in row, "may be blank" in row) == (not field.required, field.blank)
            if isinstance(field.kind, Category):
                words = [w for value, names in field.kind.accepted.items() for w in (value, *names)]
                assert [w for w in words if f"`{w}`" not in section] == []


def _said(field: object) -> str:
    return str(getattr(field, "name", "")).replace("_", " ")


def test_a_table_row_has_four_cells() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").split("\n") if line.startswith("|")]
    assert {line.count("|") for line in rows} == {5}


def test_what_the_page_says_of_a_dataset() -> None:
    assert WRITER["section"](all_datasets()["budget_pressure"]) == (
        "## Budget pressure\n\n"
        "`budget_pressure`: The parts of the projected overspend; positive is an overspend.\n\n"
        "| Column | Headings that name it | What a cell holds | Example |\n"
        "|---|---|---|---|\n"
        "| **pressure** | `pressure`, `budget pressure`, `cause`, `item` | What the pressure comes from. (text) "
        "| Overspend from demand |\n"
        "| **amount** | `amount`, `projected overspend`, `overspend`, `pressure amount` | The amount; positive is an "
        "overspend. (an amount of money) | 400,000 |\n\n"
        "Columns in bold are required. Each pressure stands once. A totals row says so in the column pressure.\n"
    )
