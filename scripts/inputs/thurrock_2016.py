"""Writes the workbooks of inputs/thurrock/2016-09/ as an officer would keep them.

The facts are those of the council's published paper on placements and demand of October 2016, its errors included; it
gives none of the indicators an earlier value but one. Run by hand where the workbooks are to be laid out anew:
python -m scripts.inputs.thurrock_2016
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from scripts.inputs.book import run, sheet, write_books

STAMP = dt.datetime(2016, 9, 12, 9, 0)

FIRST = dt.date(2016, 9, 1)
FACTS: list[tuple[Any, ...]] = [
    ("Looked after children per 10,000, Thurrock", "rate per 10,000", FIRST, 84),
    ("Looked after children per 10,000, England", "rate per 10,000", 2016, 60),
    ("Looked after children per 10,000, statistical neighbours", "rate per 10,000", 2016, 66),
    ("Looked after children per 10,000 excluding UASC, Thurrock", "rate per 10,000", FIRST, 64),
    ("Unaccompanied asylum seeking children under 18", "number", "October 2016", 90),
    ("UASC share of child population, national threshold", "%", 2016, 0.0007),
    ("UASC at the threshold of 0.07 percent (the paper: of the population under 17)", "number", "Oct 2016", 28),
    ("UASC arrivals, average per week", "number", "October 2016", 2),
    ("Cases reviewed", "number", "October 2016", 50),
    ("Reviewed cases judged avoidable", "%", "October 2016", 0.49),
]
INDICATORS: list[tuple[Any, ...]] = [
    ("Increase in use of independent fostering agencies", "%", "May 2016", "8%", None, None, "No", "Lower"),
    ("Placements spot purchased", "%", "May 2016", "9%", None, None, "No", "Lower"),
    ("Children placed outside the borough", "%", "May 2016", "63%", None, None, "No", "Lower"),
    ("Children with 3 or more placement moves", "%", "October 2016", "1.9%", "2015/16", "3.0%", "Yes", "Lower"),
]


def key_facts(workbook: Workbook) -> None:
    """Single indicators; the day that the rates stand at is a real date, months are text."""
    headings = ["Indicator", "Unit", "As at", "Value"]
    made = sheet(workbook, "Key facts", "Key facts for the Corporate Parenting Committee", headings, [64, 18, 16, 12])
    for row, values in enumerate(FACTS, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
        if isinstance(values[2], dt.date):
            made.cell(row, 3).number_format = "dd/mm/yyyy"
        if values[1] == "%":
            made.cell(row, 4).number_format = "0.00%" if values[3] < 0.01 else "0%"


def indicators(workbook: Workbook) -> None:
    """Indicators with the percentages typed as they are said, so that their decimals stay."""
    headings = ["Performance\nindicator", "Unit", "Latest\nperiod", "Latest\nvalue", "Earlier\nperiod",
                "Earlier\nvalue", "Year to\ndate", "Better if"]  # fmt: skip
    widths = [48, 8, 16, 10, 12, 10, 10, 10]
    made = sheet(workbook, "Indicators", "Placement indicators, children's social care", headings, widths)
    for row, values in enumerate(INDICATORS, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
    note = "Note: year to date means since 1 April. The report gives no earlier values for the first three indicators."
    made.cell(6 + len(INDICATORS), 1, note)


WORKBOOKS = {
    "key facts Sept 2016.xlsx": (key_facts,),
    "placement indicators.xlsx": (indicators,),
}


def write(folder: Path) -> None:
    """Write the workbooks into a folder, the same bytes each time."""
    write_books(folder, WORKBOOKS, STAMP)


if __name__ == "__main__":
    run(write, "thurrock", "2016-09")
