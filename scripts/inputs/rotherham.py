"""Writes the workbooks of inputs/rotherham/2016-12/ as an officer would keep them.

The facts are those of the council's published report of January 2017 on budget pressures, its stated sums and paybacks
among them; the kind of each saving is a reading of its text. Run by hand where the workbooks are to be laid out anew:
python -m scripts.inputs.rotherham
"""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from scripts.inputs.book import run, sheet, write_books

STAMP = dt.datetime(2017, 1, 5, 9, 0)
YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")
MILLIONS = "0.000;(0.000)"

# Line, then £m by year
PLAN = [
    ("Net Budget", 56.468, 55.017, 53.717, 52.717, 52.717),
    ("Pressure (Demand/Demographic)", 7.848, 7.346, 8.402, 9.458, 10.514),
    ("Pressure (Reduction in Short Term Reserve)", 0, 1.000, 2.000, 3.000, 3.000),
    ("Investment", 0.179, 3.607, 3.716, 3.527, 3.579),
    ("Savings / Cost Avoidance (from Investment)", 0, -2.276, -5.190, -8.061, -9.601),
    ("Net Forecast", 64.495, 64.694, 62.645, 60.641, 60.209),
    ("Overall Investment / Funding Support", 8.027, 9.677, 8.928, 7.924, 7.492),
]
INVESTMENT, GROSS, NET = "Investment", "Gross Saving", "Net Saving"
FEWER, SHARE = "LAC Reduction", "% of placements with LA Fostering"
CARERS = "Foster Carer Payments Scheme, Support and Development"
GUARDIANS = "Special Guardianship Looked After Children"
# Reference, proposal, measure, then £m, children or a share by year, the sum as stated, the payback as stated
PROPOSALS: list[tuple[Any, ...]] = [
    ("1A", CARERS, INVESTMENT, 0, 1.276, 1.718, 2.182, 2.182, 7.359, None),
    ("1A", CARERS, GROSS, 0, -1.374, -2.660, -3.980, -3.980, -11.994, None),
    ("1A", CARERS, NET, 0, -0.098, -0.942, -1.798, -1.798, -4.635, "Year 2"),
    ("1A", CARERS, SHARE, 0.43, 0.48, 0.53, 0.57, 0.62, None, None),
    ("1B", "Therapeutic Service", INVESTMENT, 0, 0.270, 0.270, 0.270, 0.270, 1.080, None),
    ("1B", "Therapeutic Service", GROSS, 0, 0, 0, 0, 0, 0, None),
    ("1B", "Therapeutic Service", NET, 0, 0.270, 0.270, 0.270, 0.270, 1.080, "N/A"),
    ("2", "Family Group Conferencing", INVESTMENT, 0.100, 0.164, 0.164, 0.164, 0.164, 0.756, None),
    ("2", "Family Group Conferencing", GROSS, 0, -0.165, -0.627, -1.254, -1.914, -3.960, None),
    ("2", "Family Group Conferencing", NET, 0.100, -0.001, -0.463, -1.090, -1.750, -3.204, "Year 2"),
    ("2", "Family Group Conferencing", FEWER, 0, 15, 27, 30, 30, 102, None),
    ("3", GUARDIANS, INVESTMENT, 0, 0.052, 0.103, 0.155, 0.206, 0.516, None),
    ("3", GUARDIANS, GROSS, 0, -0.066, -0.198, -0.330, -0.462, -1.056, None),
    ("3", GUARDIANS, NET, 0, -0.014, -0.095, -0.175, -0.256, -0.540, "Year 2"),
    ("3", GUARDIANS, FEWER, 0, 6, 6, 6, 6, 24, None),
    ("4", "Pause Project", INVESTMENT, 0.018, 0, 0, 0, 0, 0.018, None),
    ("4", "Pause Project", GROSS, 0, 0, 0, 0, 0, 0, None),
    ("4", "Pause Project", NET, 0.018, 0, 0, 0, 0, 0.018, "N/A"),
    ("5", "Edge of Care", INVESTMENT, 0, 0.350, 0.350, 0.350, 0.350, 1.400, None),
    ("5", "Edge of Care", GROSS, 0, -0.165, -0.594, -1.188, -1.848, -3.795, None),
    ("5", "Edge of Care", NET, 0, 0.185, -0.244, -0.838, -1.498, -2.395, "Year 3"),
    ("5", "Edge of Care", FEWER, 0, 15, 24, 30, 30, 99, None),
    ("6", "Multi-systemic Therapy (MST)", INVESTMENT, 0, 0, 0, 0, 0, 0, None),
    ("6", "Multi-systemic Therapy (MST)", GROSS, 0, -0.044, -0.132, -0.220, -0.308, -0.704, None),
    ("6", "Multi-systemic Therapy (MST)", NET, 0, -0.044, -0.132, -0.220, -0.308, -0.704, "Year 2"),
    ("6", "Multi-systemic Therapy (MST)", FEWER, 0, 4, 4, 4, 4, 16, None),
    ("7", "Reunification Project", INVESTMENT, 0, 0.090, 0, 0, 0, 0.090, None),
    ("7", "Reunification Project", GROSS, 0, -0.132, -0.264, -0.264, -0.264, -0.924, None),
    ("7", "Reunification Project", NET, 0, -0.042, -0.264, -0.264, -0.264, -0.834, "Year 2"),
    ("7", "Reunification Project", FEWER, 0, 12, 0, 0, 0, 12, None),
]
SAVINGS = [
    ("Approved savings delivered", "Saving", -1.267),
    ("Cost avoidance delivered", "Cost avoidance", -3.063),
    ("Further in-year mitigation on target", "Mitigation", -2.126),
]
DECEMBER = dt.date(2016, 12, 31)
# Indicator, unit, as at, value
FACTS: list[tuple[Any, ...]] = [
    ("Placements funded by the original budget", "number", "April 2016", 400),
    ("Looked after children", "number", dt.date(2015, 3, 31), 407),
    ("Looked after children", "number", dt.date(2016, 3, 31), 433),
    ("Looked after children", "number", DECEMBER, 488),
    ("Children above the number funded", "number", DECEMBER, 88),
    ("Looked after children per 10,000, Rotherham", "per 10,000", DECEMBER, 87),
    ("Looked after children per 10,000, statistical neighbours", "per 10,000", "March 2016", 73),
    ("Looked after children per 10,000, England", "per 10,000", "March 2016", 60),
    ("Looked after children aged 10 and over", "%", "December 2016", 0.58),
    ("Cost avoidance and mitigation this year, as stated", "£m", "December 2016", 6.5),
    ("Forecast cost reduction by 2020/21, as stated", "£m", "2020/21", 4),
    ("Baseline for that reduction, as stated", "£m", "2016/17", 64),
]


def plan(workbook: Workbook) -> None:
    """The five-year plan in £m, said in the title, with what it states of forecast and support."""
    title = "Looked after children: investment and savings plan, £m"
    made = sheet(workbook, "Five-year plan", title, ["Line", *YEARS], [46, *[10] * len(YEARS)])
    for row, values in enumerate(PLAN, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value).number_format = MILLIONS if column > 1 else "General"
        for cell in made[row] if values[0] in ("Net Forecast", "Overall Investment / Funding Support") else ():
            cell.font = Font(bold=True)


def proposals(workbook: Workbook) -> None:
    """The proposals in £m, reference and title merged down beside their rows, sums and paybacks as stated."""
    headings = ["Ref", "Proposal", "Measure", *YEARS, "Cumulative", "Payback"]
    title = "Investment proposals, £m unless it is children or a percentage"
    made = sheet(workbook, "Proposals", title, headings, [6, 36, 34, *[10] * len(YEARS), 12, 10])
    formats = {FEWER: "0", SHARE: "0%"}
    row = 4
    for _, group in groupby(PROPOSALS, key=lambda each: each[0]):
        first = row
        for values in group:
            for column, value in enumerate(values if row == first else (None, None, *values[2:]), 1):
                made.cell(row, column, value).number_format = (
                    formats.get(values[2], MILLIONS) if 3 < column <= 9 else "General"
                )
            row += 1
        for column in (1, 2):
            made.merge_cells(start_row=first, start_column=column, end_row=row - 1, end_column=column)
            made.cell(first, column).alignment = Alignment(wrap_text=True, vertical="top")


def savings(workbook: Workbook) -> None:
    """What has been delivered in the year, each line of its own kind, without a sum."""
    title = "Savings and cost avoidance delivered, 2016/17"
    made = sheet(workbook, "Delivered 2016-17", title, ["Objective", "Kind", "Amount (£m)"], [42, 18, 14])
    for row, values in enumerate(SAVINGS, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value).number_format = MILLIONS if column == 3 else "General"


def key_facts(workbook: Workbook) -> None:
    """Single indicators, days as real dates, months as text."""
    headings = ["Indicator", "Unit", "As at", "Value"]
    made = sheet(workbook, "Key facts", "Key facts, December 2016", headings, [58, 14, 16, 12])
    for row, values in enumerate(FACTS, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
        if isinstance(values[2], dt.date):
            made.cell(row, 3).number_format = "dd/mm/yyyy"
        made.cell(row, 4).number_format = {"%": "0%", "£m": "General"}.get(values[1], "#,##0")


WORKBOOKS = {
    "budget plan.xlsx": (plan, proposals),
    "in-year position.xlsx": (savings, key_facts),
}


def write(folder: Path) -> None:
    """Write the workbooks into a folder, the same bytes each time."""
    write_books(folder, WORKBOOKS, STAMP)


if __name__ == "__main__":
    run(write, "rotherham", "2016-12")
