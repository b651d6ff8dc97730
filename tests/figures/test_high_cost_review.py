"""Figures of the review of high cost placements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import pytest

from reportgen.figures.base import Circumstances, year_end
from reportgen.figures.high_cost_review import compute
from reportgen.model import Scalar
from reportgen.trace import Found
from tests.figures.sheets import grid_values, shown, sound

WHEN = Circumstances("2017-05", dt.date(2017, 6, 30))


def found(*rows: Sequence[Scalar], head: Sequence[Scalar] = ("Change", "Children", "Saving (£)", "From")) -> Found:
    return compute(sound({"high_cost_review": [head, *rows]}), WHEN)


def test_without_dates_the_effect_in_the_year_is_not_available() -> None:
    rows = (("Home to foster care", 5, 582000), ("Home to home", 2, 227184))
    made = found(*rows, head=("Change", "Children", "Saving (£)"))
    assert {name: shown(figure) for name, figure in made.figures.items()} == {
        "review_children": 7,
        "review_full_year": 80_918_400,
        "review_part_year": "[x]",
    }
    assert grid_values(made.grids["high_cost_review"]) == [
        ["Home to foster care", 5, 58_200_000, "[x]", Fraction(582000, 809184)],
        ["Home to home", 2, 22_718_400, "[x]", Fraction(227184, 809184)],
        ["Total", 7, 80_918_400, "[x]", Fraction(1)],
    ]


@pytest.mark.parametrize(
    ("start", "days"),
    [
        (dt.date(2018, 3, 31), 1),
        (dt.date(2017, 10, 1), 182),
        (dt.date(2017, 4, 1), 365),
        (dt.date(2016, 9, 1), 365),  # the whole year where it began before
        (dt.date(2018, 4, 1), 0),
    ],
)
def test_the_effect_in_the_year_by_days(start: dt.date, days: int) -> None:
    made = found(("Home to home", 1, 365, start)).figures
    assert shown(made["review_part_year"]) == 100 * days


def test_a_leap_year_has_366_days() -> None:
    rows = [("Change", "Children", "Saving (£)", "From"), ("A", 1, 366, dt.date(2020, 3, 31))]
    made = compute(sound({"high_cost_review": rows}), Circumstances("2019-05", dt.date(2019, 6, 30)))
    assert shown(made.figures["review_part_year"]) == 100


def test_reviews_due_and_savings_achieved() -> None:
    head = ("Change", "Children", "Saving (£)", "Reviews due", "Saving achieved (£)")
    made = found(("Home to home", 1, 100, 2, 40), ("Home to kin", 1, 50, 3, None), head=head)
    assert (shown(made.figures["review_reviews_due"]), shown(made.figures["review_achieved"])) == (5, 4_000)


@pytest.mark.parametrize(("month", "end"), [("2017-03", 2017), ("2017-04", 2018), ("2017-12", 2018), ("2018-01", 2018)])
def test_the_financial_year_of_a_month_ends_on_31_march(month: str, end: int) -> None:
    assert year_end(month) == dt.date(end, 3, 31)
