"""More sheets whose every cell is altered: those of placements, their costs, plans and proposals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from reportgen.model import Scalar

Rows = Sequence[Sequence[Scalar]]

PLACEMENTS: Rows = [
    ["Placements"],
    [],
    ["Placement type", "Children", "Provider", "Ward"],
    ["Foster care", 29, "In-house", "North"],
    ["Residential care home", 5, "Private", None],
    ["Own parents", 2, None, None],
    ["Total", 36],
    [],
    ["Source: the case system."],
]
CHILDREN: Rows = [
    ["Placements of children"],
    [],
    ["Child ID", "Placement type", "Provider", "Inside or outside", "Weekly cost (£)"],
    ["A1", "Foster care", "In-house", "inside", 450],
    ["A2", "Residential care home", "Private", "outside", 3210.5],
    ["A3", "Foster care", "Private", "inside", None],
]
COSTS: Rows = [
    ["Cost by placement"],
    [],
    ["Description", "Type", "Provided by", "Location", "Total cost (£)", "Weeks", "Average cost per week (£)"],
    ["Agency foster care in LA", "Foster care", "Agency", "In LA", 2000, 1.4, 1400],
    ["LA foster care in LA", "Foster care", "LA", "In LA", 900, 2.0, 450],
    ["Hospital in LA", "Hospital", "LA", "In LA", None, None, None],
    ["All placement types", None, None, None, 2900, 3.4, 846],
]
REVIEW: Rows = [
    ["Review of high cost placements"],
    [],
    ["Placement change", "Children", "Potential saving (£)", "From", "Saving achieved (£)"],
    ["Home to foster care", 5, 582000, dt.date(2016, 9, 1), 1000],
    ["Home to home", 2, 227184, dt.date(2016, 6, 1), 500],
    ["Total", 7, 809184, None, 1500],
]
CAPACITY: Rows = [
    ["In-house capacity"],
    [],
    ["Transfer", "Children", "Weekly cost (£)", "In-house weekly cost (£)", "Weekly saving (£)", "Cost avoided (£)"],
    ["IFA to in-house", 15, 13110, 6930, 6180, 321360],
    ["Homes to in-house", 7, 30289, 3234, None, None],
]
BY_AGE: Rows = [
    ["Cost by age and need (£)"],
    [],
    [None, 0, None, 14, None, "Total", None],
    ["Need group", "Children", "Cost", "Children", "Cost", "Children", "Cost"],
    ["00: None", 4, 44784, 1, 91218, 5, 136002],
    ["02: EBD only", None, None, 3, 96570, 3, 96570],
    ["Grand Total", 4, 44784, 4, 187788, 8, 232572],
]
ACTIVITIES: Rows = [
    ["Timeline"],
    [],
    ["Activity", "Theme", "Term", "Start", "End"],
    ["Review placements", "Costs", "Short", dt.date(2016, 4, 3), "September 2016"],
    ["Recruit carers", None, "Long", None, "March 2019"],
]

# By the name that a sheet is altered under, its dataset.
SHEETS: Mapping[str, tuple[str, Rows]] = {
    "placements": ("placements", PLACEMENTS),
    "children": ("placements", CHILDREN),
    "placement_costs": ("placement_costs", COSTS),
    "high_cost_review": ("high_cost_review", REVIEW),
    "inhouse_capacity": ("inhouse_capacity", CAPACITY),
    "age_need_costs": ("age_need_costs", BY_AGE),
    "activities": ("activities", ACTIVITIES),
}
