"""Writes the workbooks of inputs/cambridgeshire/2016-05/ as an officer would keep them.

The facts are those of the council's published progress report of July 2016; `status`, `concern` and `kind` are a
reading of its text. Run by hand where the workbooks are to be laid out anew: python -m scripts.inputs.cambridgeshire
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from scripts.inputs.book import run, sheet, write_books

STAMP = dt.datetime(2016, 6, 30, 9, 0)

OUTCOMES = [
    (1, "Families are supported to stay together", None),
    (2, "Risk is managed confidently at the edge of care", -2319),
    (3, "Children remain in education", None),
    (4, "Placements are in county and with a family", -2061),
    (5, "Children move through the care system quickly", None),
]
# Outcome, reference, action, progress, lead, status, concern, completion, revised, rating, reason
ACTIONS: list[tuple[Any, ...]] = [
    (
        2,
        "2.1",
        "Framework of specialist and edge of care services",
        "Group set up; scope drafted",
        "Head of Corporate Parenting",
        "Started",
        "scope not yet agreed",
        "Sept 2016",
        None,
        "Amber",
        "Scope drafted but not yet agreed; meeting booked",
    ),
    (
        2,
        "2.2",
        "Family services focus on preventing entry to care",
        "New threshold and resources panel in place",
        None,
        "Started",
        "effect of the new panel not yet assessed",
        "May 2016",
        None,
        "Amber",
        "Panel too new for its effect to be assessed",
    ),
    (
        2,
        "2.3",
        "Broker family solutions",
        "Family group conferencing proposal drafted; funding bid to follow",
        None,
        "Started",
        None,
        "May 2016",
        None,
        "Green",
        None,
    ),
    (
        2,
        "2.4",
        "Reduce the number of looked after children aged 16 and over",
        "Analysis done; district housing partners engaged",
        "Head of Access",
        "Started",
        "joint work with housing outstanding",
        "Ongoing",
        None,
        "Amber",
        "Joint work with housing still needed",
    ),
    (
        4,
        "4.1",
        "Family based care (creative care)",
        "Panel reviews cases; process to be embedded",
        None,
        "Started",
        None,
        "Ongoing",
        None,
        "Green",
        None,
    ),
    (
        4,
        "4.2",
        "Reduce external placements and increase in-house fostering",
        "Filled in-house beds up from 142 (Jan 2016) to 170 (May 2016); 2016/17 target 187",
        None,
        "Started",
        None,
        "June 2016",
        None,
        "Green",
        None,
    ),
    (
        4,
        "4.3",
        "Lower the cost of the most expensive placements",
        "Weekly placement meetings on a five-week rota",
        "Access to Resources Team",
        "Started",
        None,
        "June 2016",
        None,
        "Green",
        None,
    ),
    (
        4,
        "4.4",
        "Reduce the cost of external placements",
        "Average weekly cost down from £1,163.00 to £996.55 (end March to 23 June 2016)",
        None,
        "Started",
        None,
        "June 2016",
        None,
        "Green",
        None,
    ),
    (
        4,
        "4.5",
        "Develop assisted boarding placements",
        "Procurement with a national foundation under way",
        None,
        "Started",
        None,
        "Ongoing",
        None,
        "Green",
        None,
    ),
    (
        4,
        "4.6",
        "Update the placements policy for unaccompanied asylum seeking children",
        "Dedicated pathway being developed",
        None,
        "Started",
        None,
        "May 2016",
        None,
        "Green",
        None,
    ),
    (
        4,
        "4.7",
        "Develop in-county provision for disabled young people",
        "Providers engaged; workstream has slipped",
        "Head of Children Disabilities Service",
        "Started",
        "slipped",
        "June 2016",
        dt.date(2016, 9, 30),
        "Amber",
        "Timescale moved to September 2016",
    ),
    (
        5,
        "5.1",
        "Review the reunification process",
        "Late start",
        "Head of Corporate Parenting",
        "Started",
        "late start",
        "June 2016",
        dt.date(2016, 9, 30),
        "Amber",
        "Timescale moved to September 2016",
    ),
    (
        5,
        "5.2",
        "Make adoption quick where appropriate",
        "Workstream complete",
        None,
        "Complete",
        None,
        "Complete",
        None,
        "Blue",
        None,
    ),
    (
        5,
        "5.3",
        "Cost effectiveness of adoption and special guardianship arrangements",
        "140 carers written to; cases under review towards a £350k saving",
        None,
        "Started",
        None,
        "May 2016",
        None,
        "Green",
        None,
    ),
]
SAVINGS = [
    ("Reduce the number of children who are looked after", -2100, "Saving", "Yes"),
    ("Reduce the unit cost of placements", -922, "Saving", "Yes"),
    ("Reduce the length of time in care", -507, "Saving", "Yes"),
    ("Adoption", -350, "Saving", None),
    ("Shared care provision (4.7)", -500, "Saving", None),
    ("Alternatives to care (2.5)", -219, "Saving", None),
    ("In-house fostering", 0, "Saving", None),
    ("Inflation", -132, "Inflation", "Yes"),
    ("Carried forward pressure addressed in the action plan", -1700, "Brought forward", None),
    ("Proposed budget movement to placements budget", 950, "Budget adjustment", None),
]
STATED_TOTAL = -5480
POPULATION = [
    ((2015, 7), 563, 530, 33),
    ((2015, 8), 563, 531, 32),
    ((2015, 9), 570, 537, 33),
    ((2015, 10), 571, 536, 35),
    ((2015, 11), 582, 538, 44),
    ((2015, 12), 589, 543, 46),
    ((2016, 1), 592, 541, 51),
    ((2016, 2), 596, 539, 57),
    ((2016, 3), 610, 549, 61),
    ((2016, 4), 615, 553, 62),
    ((2016, 5), 631, 566, 65),
]
PRESSURE = [("Overspend from demand", 400_000), ("Pressure carried forward from 2015/16", 350_000)]
STATED_PRESSURE = 750_000
FACTS: list[tuple[Any, ...]] = [
    ("Placements budget at start of strategy", "£", "March 2016", 19_371_809, None, None),
    ("Placements budget by 2020", "£", 2020, 13_071_809, None, None),
    ("Budget reduction over five years", "£", 2020, 6_300_000, None, None),
    ("Workstreams in the action plan", "number", "June 2016", 37, None, None),
    ("Outcome areas", "number", "June 2016", 5, None, None),
    ("High priority workstreams", "number", "June 2016", 20, None, None),
    ("In-house fostering beds filled", "number", "January 2016", 142, None, None),
    ("In-house fostering beds filled", "number", "May 2016", 170, 187, "March 2017"),
    ("Average weekly cost of placements", "£ per week", "March 2016", 1163.00, None, None),
    ("Average weekly cost of placements", "£ per week", dt.date(2016, 6, 23), 996.55, None, None),
    ("UASC share of child population, national threshold", "%", 2016, 0.0007, None, None),
    ("UASC at the threshold", "number", 2016, 92, None, None),
]

RATINGS = {"Blue": "5B9BD5", "Green": "92D050", "Amber": "FFC000", "Red": "FF0000"}


def action_plan(workbook: Workbook) -> None:
    """The action plan, the outcome merged down beside its actions."""
    headings = [
        "Outcome",
        "Ref",
        "Action",
        "Progress",
        "Lead",
        "Status",
        "Concern",
        "Completion\ndate",
        "Revised\ndate",
        "BRAG",
        "Reason",
    ]
    made = sheet(
        workbook,
        "Action plan",
        "Looked after children strategy: action plan at 29 June 2016",
        headings,
        [28, 7, 44, 44, 24, 12, 30, 14, 14, 10, 40],
    )
    titles = {number: title for number, title, _ in OUTCOMES}
    first: dict[int, int] = {}
    for row, action in enumerate(ACTIONS, 4):
        first.setdefault(action[0], row)
        if first[action[0]] == row:
            made.cell(row, 1, f"Outcome {action[0]}: {titles[action[0]]}")
        for column, value in enumerate(action[1:], 2):
            cell = made.cell(row, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, dt.date):
                cell.number_format = "dd/mm/yyyy"
        made.cell(row, 10).fill = PatternFill("solid", fgColor=RATINGS[action[9]])
    for number, start in first.items():
        end = max(row for row, action in enumerate(ACTIONS, 4) if action[0] == number)
        made.merge_cells(start_row=start, start_column=1, end_row=end, end_column=1)
        made.cell(start, 1).alignment = Alignment(wrap_text=True, vertical="top")


def outcomes(workbook: Workbook) -> None:
    """The outcomes with their targets in thousands."""
    made = sheet(
        workbook,
        "Outcomes",
        "Outcomes and their savings targets, 2016/17",
        ["Outcome", "Title", "Savings target (£000)"],
        [10, 52, 16],
    )
    for row, values in enumerate(OUTCOMES, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
        made.cell(row, 3).number_format = "#,##0"


def savings(workbook: Workbook) -> None:
    """The savings in thousands with the total as stated."""
    made = sheet(
        workbook,
        "Savings 2016-17",
        "Savings requirement 2016/17",
        ["Savings objective", "Amount (£000)", "Kind", "In business plan"],
        [56, 16, 20, 18],
    )
    for row, values in enumerate(SAVINGS, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
    made.cell(4 + len(SAVINGS), 1, "Total")
    made.cell(4 + len(SAVINGS), 2, STATED_TOTAL)
    for row in range(4, 5 + len(SAVINGS)):
        made.cell(row, 2).number_format = "#,##0;(#,##0)"
    for cell in made[4 + len(SAVINGS)]:
        cell.font = Font(bold=True)


def population(workbook: Workbook) -> None:
    """Children looked after by month, months as real dates."""
    made = sheet(
        workbook,
        "LAC numbers",
        "Looked after children at month end",
        ["Month", "Total", "Non-UASC", "UASC"],
        [14, 10, 12, 10],
    )
    for row, ((year, month), *numbers) in enumerate(POPULATION, 4):
        made.cell(row, 1, dt.date(year, month, 1)).number_format = "mmm-yy"
        for column, value in enumerate(numbers, 2):
            made.cell(row, column, value)


def pressure(workbook: Workbook) -> None:
    """The overspend in pounds with its stated total."""
    made = sheet(
        workbook,
        "Budget pressure",
        "Projected overspend, placements",
        ["Pressure", "Projected overspend (£)"],
        [44, 24],
    )
    for row, values in enumerate([*PRESSURE, ("Total", STATED_PRESSURE)], 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
        made.cell(row, 2).number_format = "#,##0"


def key_facts(workbook: Workbook) -> None:
    """Single indicators."""
    made = sheet(
        workbook,
        "Key facts",
        "Key facts",
        ["Indicator", "Unit", "As at", "Value", "Target", "Target date"],
        [52, 14, 16, 16, 12, 16],
    )
    for row, values in enumerate(FACTS, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
        if isinstance(values[2], dt.date):
            made.cell(row, 3).number_format = "dd/mm/yyyy"
        made.cell(row, 4).number_format = {"%": "0.00%", "£ per week": "#,##0.00"}.get(values[1], "#,##0")


WORKBOOKS = {
    "action plan.xlsx": (action_plan, outcomes),
    "savings 2016-17.xlsx": (savings,),
    "lac numbers.xlsx": (population,),
    "finance.xlsx": (pressure, key_facts),
}


def write(folder: Path) -> None:
    """Write the workbooks into a folder, the same bytes each time."""
    write_books(folder, WORKBOOKS, STAMP)


if __name__ == "__main__":
    run(write, "cambridgeshire", "2016-05")
