"""Figures of in-house capacity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.datasets import all_datasets
from reportgen.figures.inhouse_capacity import compute
from reportgen.model import Scalar
from reportgen.reconcile import reconcile
from tests.figures.sheets import WHEN, addresses, grid_values, sound

HEAD = ("Transfer", "Children", "Weekly cost (£)", "In-house weekly cost (£)", "Weekly saving (£)",
        "Full-year cost avoided (£)")  # fmt: skip
ROWS: Sequence[Sequence[Scalar]] = [
    ("IFA to own foster care", 15, 13110, 6930, 6180, 321360),
    ("Homes to own homes", 7, 30289, 21000, None, None),
]


def test_the_saving_a_week_and_in_a_year_of_52_weeks() -> None:
    made = compute(sound({"inhouse_capacity": [HEAD, *ROWS]}), WHEN)
    assert grid_values(made.grids["inhouse_capacity"]) == [
        ["IFA to own foster care", 15, 1_311_000, 693_000, 618_000, 32_136_000],
        ["Homes to own homes", 7, 3_028_900, 2_100_000, 928_900, 48_302_800],
    ]
    assert made.figures["weeks_in_year"].value == 52
    assert addresses(made.grids["inhouse_capacity"].rows[0].cells[5]) == [
        "inhouse_capacity!C2",
        "inhouse_capacity!D2",
    ]


def test_another_number_of_weeks() -> None:
    made = compute(sound({"inhouse_capacity": [HEAD[:4], *(row[:4] for row in ROWS)]}), replace(WHEN, weeks_in_year=53))
    assert [row[5] for row in grid_values(made.grids["inhouse_capacity"])] == [32_754_000, 49_231_700]


def test_stated_savings_are_tested() -> None:
    rows = [(*ROWS[0][:4], 6108, 321630)]
    tables = sound({"inhouse_capacity": [HEAD, *rows]})
    assert [p.message.split("\n")[0] for p in reconcile(tables, all_datasets(), compute(tables, WHEN).claims)] == [
        'in/book.xlsx, sheet "inhouse_capacity", cell E2: expected the weekly saving of row 1 to be £6,180, weekly '
        "cost in In-house capacity minus inhouse weekly cost in In-house capacity, found £6,108.",
        'in/book.xlsx, sheet "inhouse_capacity", cell F2: expected the cost avoided of row 1 to be £321,360, '
        "weekly cost in In-house capacity minus inhouse weekly cost in In-house capacity times weeks in year, "
        "found £321,630.",
    ]
