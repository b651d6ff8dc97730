"""Writes the workbooks of inputs/dorset/2020-01/ as an officer would keep them.

The facts are those of the council's published placement sufficiency report of February 2020, as published. Run by hand
where the workbooks are to be laid out anew: python -m scripts.inputs.dorset_2020
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from scripts.inputs.book import run, sheet, write_books

STAMP = dt.datetime(2020, 2, 3, 9, 0)

# By year: placement type, expected children, budget, actual children, actual, under- or overspend without its sign.
FOSTERING = {
    "2019/20": [
        ("IFA", 81, 3_272_200, 90, 4_449_178, 1_217_978),
        ("In-house", 231, 5_126_900, 198, 4_159_265, 967_635),
        ("Total", 312, 8_399_100, 285, 8_649_443, 250_343),
    ],
    "2018/19": [
        ("IFA", 47, 2_099_200, 100, 4_943_662, 2_844_462),
        ("In-house", 203, 4_508_400, 197, 3_891_994, 616_406),
        ("Total", 250, 6_607_600, 297, 8_835_656, 2_228_056),
    ],
    "2017/18": [
        ("IFA", 41, 1_899_200, 107, 4_799_385, 2_900_185),
        ("In-house", 220, 4_341_591, 208, 3_181_589, 1_160_002),
        ("Total", 261, 6_240_791, 315, 7_980_974, 1_740_183),
    ],
}
FACTS = [
    ("Residential homes that could move to block contract", "number", "February 2020", 3),
    ("Beds in those homes", "number", "February 2020", 8),
    ("Beds blocked now", "number", "February 2020", 2),
    ("Current risk", "level", "February 2020", "High"),
    ("Residual risk", "level", "February 2020", "High"),
]


def fostering(workbook: Workbook) -> None:
    """Budget and spending by year, the year merged down beside its lines and their total."""
    headings = [
        "Financial year",
        "Placement type",
        "Expected number\nof children",
        "Budget (£)",
        "Actual number\nof children",
        "Actual (£)",
        "Under or\noverspend (£)",
    ]
    title = "Fostering placements: expected and actual (under- and overspends are shown without a sign)"
    made = sheet(workbook, "Fostering", title, headings, [16, 16, 18, 14, 16, 14, 16])
    row = 4
    for year, lines in FOSTERING.items():
        made.cell(row, 1, year).alignment = Alignment(vertical="top")
        made.merge_cells(start_row=row, start_column=1, end_row=row + len(lines) - 1, end_column=1)
        for values in lines:
            for column, value in enumerate(values, 2):
                cell = made.cell(row, column, value)
                cell.number_format = "#,##0" if column > 2 else "General"
                cell.font = Font(bold=values[0] == "Total")
            row += 1


def key_facts(workbook: Workbook) -> None:
    """Single indicators and the levels of risk."""
    made = sheet(workbook, "Key facts", "Key facts", ["Indicator", "Unit", "As at", "Value"], [52, 12, 16, 12])
    for row, values in enumerate(FACTS, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)


WORKBOOKS = {"fostering budget.xlsx": (fostering,), "key facts.xlsx": (key_facts,)}


def write(folder: Path) -> None:
    """Write the workbooks into a folder, the same bytes each time."""
    write_books(folder, WORKBOOKS, STAMP)


if __name__ == "__main__":
    run(write, "dorset", "2020-01")
