"""A series of months ends where its data stand."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.check import check_dates
from reportgen.datasets import all_datasets
from tests.figures.sheets import sound

HEADINGS = ["Month", "Total", "Non-UASC", "UASC"]
APRIL, MAY, JUNE = ["April 2016", 615, 553, 62], ["May 2016", 631, 566, 65], ["June 2016", 0, 0, 0]
DAY = dt.date(2016, 5, 31)


def problems(*rows: list[object], day: dt.date = DAY) -> list[str]:
    tables = sound({"population": [HEADINGS, *rows]})  # type: ignore[list-item]
    return [p.message for p in check_dates(tables, all_datasets(), {"population": day}, "meeting.toml")]


def test_a_series_that_ends_at_the_day_of_the_data() -> None:
    assert problems(APRIL, MAY) == []
    assert problems(APRIL, MAY, day=dt.date(2016, 5, 2)) == []


def test_a_month_that_was_filled_in_ahead() -> None:
    assert problems(APRIL, MAY, JUNE) == [
        'in/book.xlsx, sheet "population", cell A4: expected the last month to be May 2016, at which the data stand, '
        "found June 2016.\n"
        "  Add or take out months, or set population under [as_at] in meeting.toml.  [series-not-as-at]"
    ]


def test_a_month_that_was_forgotten() -> None:
    (message,) = problems(APRIL)
    assert message.startswith('in/book.xlsx, sheet "population", cell A2: expected the last month to be May 2016')


@pytest.mark.parametrize("day", [dt.date(2015, 5, 31), dt.date(2016, 6, 30)])
def test_the_day_that_the_meetings_settings_name_counts(day: dt.date) -> None:
    assert len(problems(APRIL, MAY, day=day)) == 1


def test_a_dataset_without_months_is_left_alone() -> None:
    tables = sound({"budget_pressure": [["Pressure", "Overspend (£)"], ["Demand", 4]]})
    assert check_dates(tables, all_datasets(), {"budget_pressure": DAY}, "meeting.toml") == []
