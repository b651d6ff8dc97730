"""Writes the workbooks of inputs/exampleshire/2022-03/: all numbers in them are made up.

Exampleshire is no council. Its statutory returns beside the workbooks are a public test set; the population is set so
that the rates lie near England's, and the unit costs are round numbers of a likely size. Run by hand where the
workbooks are to be laid out anew: python -m scripts.inputs.exampleshire
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from scripts.inputs.book import run, sheet, write_books

STAMP = dt.datetime(2022, 4, 20, 9, 0)

FACTS: list[tuple[Any, ...]] = [
    ("Population under 18 (made up)", "number", dt.date(2021, 3, 31), 14_200),
    ("Population under 18 (made up)", "number", dt.date(2022, 3, 31), 13_900),
    ("Budget for care in the year (made up)", "£", dt.date(2022, 3, 31), 3_850_000),
]
# Kind of care, provider, pounds a week from 1 April 2020, from 1 April 2021.
COSTS: list[tuple[str, str | None, int, int]] = [
    ("Fostering with relatives", None, 310, 320),
    ("Fostering in-house", "Own provision", 480, 495),
    ("Fostering agency", "Private", 870, 905),
    ("Residential", "Own provision", 3_350, 3_480),
    ("Residential", "Private", 4_120, 4_390),
    ("Residential", "Other public provision", 3_600, 3_720),
    ("Supported", "Own provision", 760, 790),
    ("Supported", "Private", 1_050, 1_120),
    ("Other", None, 150, 155),
]


def key_facts(workbook: Workbook) -> None:
    """The population under 18 at the end of two years, and the budget of the second."""
    headings = ["Indicator", "Unit", "As at", "Value"]
    made = sheet(workbook, "Key facts", "Key facts of Exampleshire (made up)", headings, [40, 12, 14, 12])
    for row, values in enumerate(FACTS, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
        made.cell(row, 3).number_format = "dd/mm/yyyy"
        made.cell(row, 4).number_format = "#,##0"


def unit_costs(workbook: Workbook) -> None:
    """The cost of a week by kind of care and provider, from two days on."""
    headings = ["Care", "Provider", "From", "Unit cost per week (£)"]
    made = sheet(workbook, "Unit costs", "Unit costs of care (made up)", headings, [30, 26, 14, 20])
    row = 4
    for care, provider, *costs in COSTS:
        for day, cost in zip((dt.date(2020, 4, 1), dt.date(2021, 4, 1)), costs, strict=True):
            for column, value in enumerate((care, provider, day, cost), 1):
                made.cell(row, column, value)
            made.cell(row, 3).number_format = "dd/mm/yyyy"
            made.cell(row, 4).number_format = "#,##0.00"
            row += 1


WORKBOOKS = {"key facts.xlsx": (key_facts,), "unit costs.xlsx": (unit_costs,)}


def write(folder: Path) -> None:
    """Write the workbooks into a folder, the same bytes each time."""
    write_books(folder, WORKBOOKS, STAMP)


if __name__ == "__main__":
    run(write, "exampleshire", "2022-03")
