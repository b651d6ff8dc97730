"""Figures of the cost of placements."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reportgen.datasets import all_datasets
from reportgen.figures.placement_costs import compute
from reportgen.model import Scalar
from reportgen.reconcile import reconcile
from tests.figures.sheets import WHEN, grid_values, sound

HEAD = ("Description", "Type", "Provided by", "Location", "Total cost (£)", "Weeks", "Average cost per week (£)")
ROWS: Sequence[Sequence[Scalar]] = [
    ("Agency foster care in LA", "Foster care", "Agency", "IN LA", 2000, "1.4", 1400),
    ("LA foster care in LA", "Foster care", "LA", "IN LA", 900, "2.0", 450),
    ("LA secure out LA", "Secure", "LA", "Out LA", 2353, "0.1", 16470),
    ("Other", "Other", "N/A", "N/A", None, None, None),
]
TOTAL = ("All placement types", None, None, None, 5253, "3.6", 1471)


def problems(*rows: Sequence[Scalar]) -> list[str]:
    tables = sound({"placement_costs": [HEAD, *rows]})
    return [problem.message for problem in reconcile(tables, all_datasets(), compute(tables, WHEN).claims)]


def test_averages_come_from_days_and_blanks_stay_blank() -> None:
    made = compute(sound({"placement_costs": [HEAD, *ROWS, TOTAL]}), WHEN)
    # 1.4 weeks are 10 days, 0.1 is one day; the total is 25 days.
    assert [row[4:] for row in grid_values(made.grids["placement_costs"])] == [
        [200_000, Fraction(10, 7), Fraction(140_000)],
        [90_000, 2, Fraction(45_000)],
        [235_300, Fraction(1, 7), Fraction(1_647_100)],
        [None, None, None],
        [525_300, Fraction(25, 7), Fraction(525_300 * 7, 25)],
    ]
    assert grid_values(made.grids["placement_costs_by_provider"]) == [
        ["LA", 325_300, Fraction(15, 7), Fraction(325_300 * 7, 15)],
        ["Agency", 200_000, Fraction(10, 7), Fraction(140_000)],
        ["Parents", 0, 0, "[z]"],
        ["Other or not stated", None, None, None],
        ["All", 525_300, Fraction(25, 7), Fraction(525_300 * 7, 25)],
    ]
    assert made.figures["placement_la_cost"].value == 325_300


def test_what_only_rounding_explains_is_not_reported() -> None:
    assert problems(*ROWS, TOTAL) == []


def test_a_wrong_average_and_a_wrong_total_average() -> None:
    rows = [list(row) for row in (*ROWS, TOTAL)]
    rows[1][6], rows[4][6] = 540, 1417
    assert problems(*rows) == [
        'in/book.xlsx, sheet "placement_costs", cell G3: expected the average cost a week of LA foster care in LA to '
        "be £450, cost in Cost by placement divided by weeks in Cost by placement, found £540.\n"
        "  They differ by £90. Correct the one that is wrong: the paper goes by what it has worked out.\n"
        "  See also cells E3, F3.  [average-differs]",
        'in/book.xlsx, sheet "placement_costs", cell G6: expected the average cost a week of all placements to be '
        "£1,470.84, total of cost in Cost by placement divided by total of weeks in Cost by placement, found £1,417.\n"
        "  They differ by £53.84. Correct the one that is wrong: the paper goes by what it has worked out.\n"
        "  See also cells E2, E3, E4, E5, F2, F3, F4, F5.  [average-differs]",
    ]


def test_a_total_that_is_a_day_off() -> None:
    assert len(problems(*ROWS, (*TOTAL[:5], "3.7", None))) == 1
