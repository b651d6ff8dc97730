"""Writes the workbooks of inputs/dorset/2017-05/ as an officer would keep them.

The facts are those of the council's published paper on numbers and costs of June 2017, its errors included. The
activities are ours: the paper names the subjects and marks each as short, medium or long term. Run by hand where the
workbooks are to be laid out anew: python -m scripts.inputs.dorset_2017
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from scripts.inputs.book import run, sheet, style_headings, write_books

STAMP = dt.datetime(2017, 6, 5, 9, 0)

PLACEMENTS = [
    ("Schools: All Residential schools, except where dual-registered as a school", 3),
    ("Residential Accommodation Not Subject To Children's Homes Regulation", 5),
    ("Homes & Hostels subject to Children's homes regulations", 33),
    ("Placed With Own Parents Or Person With Parental Responsibility", 15),
    ("Independent living , e.g. in flat, lodgings, bedsit, B&B or with friends, with", 21),
    ("Foster placement with relative or friend", 80),
    ("Placement with other foster carer", 291),
    ("Residential Care Home", 25),
    ("Residential Setting:-NHS/health Trust Estab Medical Or Nursing", 2),
    ("Residential Setting:- Family Centre Or Mother And Baby Unit", 1),
]
STATED_CHILDREN = 476
REVIEW = [
    ("Children's home to foster care", 5, 582000),
    ("Children's home to supported housing", 2, 128800),
    ("Children's home to home", 2, 227184),
    ("Specialist supported housing to block contract supported housing", 4, 186888),
]
STATED_REVIEW = 1124872
CAPACITY = [
    ("Transfer from IFA to DCC Foster Care", 15, 13110, 6930, 6180, 321360),
    (
        "Transfer from Independent Children's Homes to DCC Children's Homes (excludes The Cherries and SEN "
        "Contributions if applicable)",
        7, 30289, 21000, 9289, 483028,
    ),
    ("Transfer from Independent Children's Homes to DCC Foster Care", 7, 30289, 3234, 27055, 1406860),
]  # fmt: skip
COSTS: list[tuple[Any, ...]] = [
    ("Adoption in LA", "Adoption", "LA", "IN LA", 17029, 20.4, 834),
    ("Adoption out LA", "Adoption", "LA", "Out LA", None, None, None),
    ("Agency Foster Care in LA", "Foster care", "Agency", "IN LA", 195227, 138.6, 1409),
    ("Agency Foster Care out LA", "Foster care", "Agency", "Out LA", 229070, 167.9, 1365),
    ("LA Foster Care in LA", "Foster care", "LA", "IN LA", 218132, 465.0, 469),
    ("LA Foster Care out LA", "Foster care", "LA", "Out LA", 82167, 193.3, 425),
    ("Hospital in LA", "Hospital", "LA", "IN LA", None, None, None),
    ("Hospital out LA", "Hospital", "LA", "Out LA", 11510, 52.1, 221),
    ("Agency Independence in LA", "Independence", "Agency", "IN LA", None, None, None),
    ("Agency Independence out LA", "Independence", "Agency", "Out LA", 30889, 38.6, 801),
    ("LA Independence in LA", "Independence", "LA", "IN LA", None, None, None),
    ("LA Independence out LA", "Independence", "LA", "Out LA", None, None, None),
    ("Kinship Care in LA", "Kinship care", "LA", "IN LA", 158547, 352.0, 450),
    ("Kinship Care out LA", "Kinship care", "LA", "Out LA", 52359, 115.9, 452),
    ("Agency Mother & Baby in LA", "Mother And Baby", "Agency", "IN LA", 92729, 87.3, 1062),
    ("Agency Mother & Baby out LA", "Mother And Baby", "Agency", "Out LA", 25401, 20.3, 1252),
    ("LA Mother & Baby in LA", "Mother And Baby", "LA", "IN LA", None, None, None),
    ("LA Mother & Baby out LA", "Mother And Baby", "LA", "Out LA", None, None, None),
    ("Other", "Other", "N/A", "N/A", None, None, None),
    ("Parents in LA", "Placed with parents", "Parents", "IN LA", 8662, 45.4, 191),
    ("Parents out LA", "Placed with parents", "Parents", "Out LA", 15029, 104.3, 144),
    ("Post-Adoption Support", "Post adoption", "LA", "N/A", None, None, None),
    ("Ag Res + Educ + Health in LA", "Res+Education+Health", "Agency", "IN LA", 142870, 52.1, 2740),
    ("Ag Res + Educ + Health out LA", "Res+Education+Health", "Agency", "Out LA", 189859, 68.0, 2792),
    ("LA Res + Educ + Health in LA", "Res+Education+Health", "LA", "IN LA", None, None, None),
    ("LA Res + Educ + Health out LA", "Res+Education+Health", "LA", "Out LA", 53630, 14.0, 3831),
    ("Agency Residential in LA", "Residential", "Agency", "IN LA", 484800, 184.7, 2625),
    ("Agency Residential out LA", "Residential", "Agency", "Out LA", 207946, 77.1, 2696),
    ("LA Residential in LA", "Residential", "LA", "IN LA", 186695, 52.1, 3580),
    ("LA Residential out LA", "Residential", "LA", "Out LA", 27454, 7.3, 3768),
    ("Ag Res + Education in LA", "Residential+Education", "Agency", "IN LA", None, None, None),
    ("Ag Res + Education out LA", "Residential+Education", "Agency", "Out LA", 156371, 53.6, 2919),
    ("LA Res + Education in LA", "Residential+Education", "LA", "IN LA", 201312, 52.1, 3861),
    ("LA Res + Education out LA", "Residential+Education", "LA", "Out LA", None, None, None),
    ("Ag Res + Health in LA", "Residential+Health", "Agency", "IN LA", 151257, 52.1, 2901),
    ("Ag Res + Health out LA", "Residential+Health", "Agency", "Out LA", 155897, 52.1, 2990),
    ("LA Res + Health in LA", "Residential+Health", "LA", "IN LA", 8979, 2.0, 4490),
    ("LA Res + Health out LA", "Residential+Health", "LA", "Out LA", None, None, None),
    ("Agency Secure in LA", "Secure", "Agency", "IN LA", None, None, None),
    ("Agency Secure out LA", "Secure", "Agency", "Out LA", 36966, 6.1, 6018),
    ("LA Secure in LA", "Secure", "LA", "IN LA", 20254, 3.6, 5671),
    ("LA Secure out LA", "Secure", "LA", "Out LA", 2353, 0.1, 16470),
    ("Agency Semi-Independence in LA", "Semi-Independence", "Agency", "IN LA", 2898, 1.6, 1844),
    ("Agency Semi-Independence out LA", "Semi-Independence", "Agency", "Out LA", None, None, None),
    ("LA Semi-Independence in LA", "Semi-Independence", "LA", "IN LA", None, None, None),
    ("LA Semi-Independence out LA", "Semi-Independence", "LA", "Out LA", 113339, 108.3, 1047),
    ("Agency Treatment Foster Care in LA", "Treatment Foster Care", "Agency", "IN LA", None, None, None),
    ("Agency Treatment Foster Care out LA", "Treatment Foster Care", "Agency", "Out LA", None, None, None),
    ("LA Treatment Foster Care in LA", "Treatment Foster Care", "LA", "IN LA", None, None, None),
    ("LA Treatment Foster Care out LA", "Treatment Foster Care", "LA", "Out LA", 28259, 11.6, 2442),
    ("Unknown", "Unknown", "N/A", "N/A", None, None, None),
    ("YOI in LA", "Young Offenders Inst", "LA", "IN LA", 24495, 37.3, 657),
    ("YOI out LA", "Young Offenders Inst", "LA", "Out LA", None, None, None),
]
STATED_COSTS = (3332385, 2637.0, 1264)
AGES = (0, 2, 4, 5, 9, 10, 11, 13, 14, 15, 16, 17)
# Need group, then children and cost by age, then the stated total of each.
BY_AGE: list[tuple[str, dict[int, tuple[int, int]], tuple[int, int]]] = [
    (
        "00: None",
        {
            0: (4, 44784), 2: (2, 20658), 4: (1, 2489), 5: (2, 28962), 9: (1, 5833), 11: (1, 4679), 13: (1, 28259),
            14: (4, 91218), 15: (4, 102003), 16: (1, 10172), 17: (1, 6129),
        },
        (22, 345185),
    ),
    (
        "01: Disabilities only",
        {0: (1, 22076), 9: (1, 10407), 11: (1, 13468), 14: (1, 6784), 16: (1, 30889), 17: (1, 34985)},
        (6, 118609),
    ),
    ("02: EBD only", {10: (3, 96570)}, (3, 96570)),
    ("03: UASC only", {15: (4, 178921), 16: (2, 73070)}, (6, 251991)),
    ("04: Offender only", {13: (2, 116650), 14: (1, 8979), 16: (1, 24495)}, (4, 150124)),
    ("09: EBD+Offender", {15: (1, 2353)}, (1, 2353)),
    ("10: UASC+Offender", {13: (1, 12998)}, (1, 12998)),
]  # fmt: skip
STATED_BY_AGE = {
    0: (5, 66860), 2: (2, 20658), 4: (1, 2489), 5: (2, 28962), 9: (2, 16239), 10: (3, 96570), 11: (2, 18147),
    13: (4, 157907), 14: (6, 106982), 15: (9, 283277), 16: (5, 138625), 17: (2, 41114),
}  # fmt: skip
STATED_ALL = (43, 977830)
FACTS: list[tuple[Any, ...]] = [
    ("Looked after children", "number", dt.date(2017, 5, 31), 476),
    ("Unaccompanied asylum seeking children", "number", dt.date(2017, 5, 31), 19),
    ("Cohort target", "number", "October 2017", 400),
    ("Cohort target, revised date earliest", "number", "January 2018", 400),
    ("Cohort target, revised date latest", "number", "March 2018", 400),
    ("Benchmark cohort from statistical neighbours", "number", 2017, 400),
    ("In-house share of placements, Dorset", "%", 2016, 0.69),
    ("In-house share, region", "%", 2016, 0.60),
    ("In-house share, England", "%", 2016, 0.55),
    ("Private provision share, Dorset", "%", 2016, 0.23),
    ("Private provision share, region", "%", 2016, 0.29),
    ("Private provision share, England", "%", 2016, 0.33),
    ("High cost placements reviewed", "number", "June 2017", 50),
    ("Potential saving from reviews this financial year", "£", "June 2017", 1124872),
    ("Cost avoidance from compliant purchasing", "£", "June 2017", 450000),
    ("Average unit cost of high cost supported housing", "£ per week", "June 2017", 4000),
    ("Reduction in weekly IFA fees from early permanency notice", "%", "June 2017", 0.07),
]
ACTIVITIES: list[tuple[Any, ...]] = [
    ("Review of high cost placements", "Reducing costs", "Short", dt.date(2017, 4, 3), "September 2017"),
    ("Compliant purchasing of placements", "Reducing costs", "Short", dt.date(2017, 5, 1), "December 2017"),
    ("Early notice of permanency to foster agencies", "Reducing costs", "Short", dt.date(2017, 6, 1), "October 2017"),
    ("Edge of care support for families", "Reducing entries", "Medium", dt.date(2017, 6, 1), "March 2018"),
    ("Return home where it is safe", "Increasing exits", "Medium", dt.date(2017, 5, 1), "March 2018"),
    ("Special guardianship and permanence planning", "Increasing exits", "Medium", dt.date(2017, 7, 3), "June 2018"),
    ("Block contract for supported housing", "Reducing costs", "Medium", dt.date(2017, 7, 3), "April 2018"),
    ("Recruitment of the council's own foster carers", "Reducing costs", "Long", dt.date(2017, 9, 4), "March 2019"),
    ("More places in the council's own children's homes", "Reducing costs", "Long", dt.date(2018, 1, 8), "March 2020"),
    ("Early help in the localities", "Reducing entries", "Long", dt.date(2017, 9, 4), "March 2020"),
]


def placements(workbook: Workbook) -> None:
    """The children by placement type as the case system prints them, with its total."""
    made = sheet(workbook, "Placement types", "Looked after children by placement, 31 May 2017",
                 ["Placement type", "Number of children"], [70, 20])  # fmt: skip
    for row, values in enumerate([*PLACEMENTS, ("Total", STATED_CHILDREN)], 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)


def review(workbook: Workbook) -> None:
    """The savings of the review in pounds with the stated total."""
    made = sheet(workbook, "High cost review", "Review of high cost placements: planned changes",
                 ["Placement change", "Number of children", "Potential saving (£)"], [60, 14, 20])  # fmt: skip
    for row, values in enumerate([*REVIEW, ("Total", None, STATED_REVIEW)], 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
        made.cell(row, 3).number_format = "#,##0"


def capacity(workbook: Workbook) -> None:
    """The groups with their weekly cost now and in-house."""
    headings = ["Transfer", "Children", "Weekly cost (£)", "In-house weekly cost (£)", "Weekly saving (£)",
                "Full-year cost avoided (£)"]  # fmt: skip
    made = sheet(workbook, "In-house capacity", "Use of in-house capacity", headings, [70, 12, 14, 14, 14, 18])
    for row, values in enumerate(CAPACITY, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
            if column > 2:
                made.cell(row, column).number_format = "#,##0"


def costs(workbook: Workbook) -> None:
    """Every kind of placement of the calculator, most of them blank, with the grand total below."""
    headings = ["Placement description", "Type", "Provided by", "Location", "Total cost (£)", "Weeks",
                "Average cost per week (£)"]  # fmt: skip
    made = sheet(workbook, "Cost by placement", "Cost by placement type, test data", headings,
                 [40, 26, 14, 12, 16, 12, 18])  # fmt: skip
    total = ("All placement types", None, None, None, *STATED_COSTS)
    for row, values in enumerate([*COSTS, total], 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
        for column, shown in ((5, "#,##0"), (6, "0.0"), (7, "#,##0")):
            made.cell(row, column).number_format = shown


def by_age(workbook: Workbook) -> None:
    """Children and cost by need group, two columns for each age, ages merged over them, totals to both sides."""
    made = workbook.create_sheet("Cost by age and need")
    made["A1"] = "Cost and children by age and need group (£), test data"
    made.cell(4, 1, "Need group")
    made.column_dimensions["A"].width = 26
    for number, age in enumerate([*AGES, "Grand Total"]):
        column = 2 + 2 * number
        made.cell(3, column, age)
        made.merge_cells(start_row=3, start_column=column, end_row=3, end_column=column + 1)
        made.cell(4, column, "Children")
        made.cell(4, column + 1, "Cost")
    for row in (3, 4):
        style_headings(made, row)
    rows = [(group, [*(cells.get(age, (None, None)) for age in AGES), total]) for group, cells, total in BY_AGE]
    rows.append(("Grand Total", [*(STATED_BY_AGE[age] for age in AGES), STATED_ALL]))
    for row, (group, pairs) in enumerate(rows, 5):
        made.cell(row, 1, group)
        for number, pair in enumerate(pairs):
            for offset, value in enumerate(pair):
                made.cell(row, 2 + 2 * number + offset, value)
            made.cell(row, 3 + 2 * number).number_format = "#,##0"


def key_facts(workbook: Workbook) -> None:
    """Single indicators."""
    made = sheet(workbook, "Key facts", "Key facts", ["Indicator", "Unit", "As at", "Value"], [56, 14, 16, 16])
    for row, values in enumerate(FACTS, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
        if isinstance(values[2], dt.date):
            made.cell(row, 3).number_format = "dd/mm/yyyy"
        made.cell(row, 4).number_format = "0%" if values[1] == "%" else "#,##0"


def activities(workbook: Workbook) -> None:
    """The plan of activity, starts as dates and ends as months."""
    made = sheet(workbook, "Timeline", "Timeline of activity", ["Activity", "Theme", "Term", "Start", "End"],
                 [52, 20, 10, 14, 18])  # fmt: skip
    for row, values in enumerate(ACTIVITIES, 4):
        for column, value in enumerate(values, 1):
            made.cell(row, column, value)
        made.cell(row, 4).number_format = "dd/mm/yyyy"


WORKBOOKS = {
    "placements May 2017.xlsx": (placements, key_facts),
    "cost reduction.xlsx": (review, capacity, activities),
    "cost calculator output.xlsx": (costs, by_age),
}


def write(folder: Path) -> None:
    """Write the workbooks into a folder, the same bytes each time."""
    write_books(folder, WORKBOOKS, STAMP)


if __name__ == "__main__":
    run(write, "dorset", "2017-05")
