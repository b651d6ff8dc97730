"""Births, headers and UASC: the latest return counts, and what is told of children who lack one."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from reportgen.histories.children import ages, birthday
from tests.histories.made import day, episode, joined, said

LINE = episode(1, "01/05/2017")


def ordinal(year: int, month: int, number: int) -> np.ndarray:
    return np.array([dt.date(year, month, number).toordinal()])


@pytest.mark.parametrize(
    ("born", "age", "expected"),
    [((2000, 5, 17), 18, "17/05/2018"), ((2000, 2, 29), 18, "01/03/2018"), ((2000, 2, 29), 16, "29/02/2016"),
     ((1969, 12, 31), 18, "31/12/1987")],
)  # fmt: skip
def test_a_birthday(born: tuple[int, int, int], age: int, expected: str) -> None:
    assert day(int(birthday(ordinal(*born), age)[0])) == expected


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [((2010, 5, 17), (2018, 5, 16), 7), ((2010, 5, 17), (2018, 5, 17), 8), ((2010, 12, 31), (2011, 1, 1), 0),
     ((2012, 2, 29), (2013, 2, 28), 0), ((2012, 2, 29), (2013, 3, 1), 1)],
)  # fmt: skip
def test_an_age(born: tuple[int, int, int], on: tuple[int, int, int], age: int) -> None:
    assert ages(ordinal(*born), dt.date(*on).toordinal()).tolist() == [age]


def test_an_age_that_is_not_known() -> None:
    assert ages(np.array([-1]), dt.date(2018, 1, 1).toordinal()).tolist() == [-1]


def test_the_date_of_birth_of_the_latest_return_counts() -> None:
    years = {
        2017: {"episodes": [LINE], "header": ["1,1,01/01/2010,WBRI", "2,2,05/05/2011,WBRI"]},
        2018: {"episodes": [LINE], "header": ["1,1,02/01/2010,WBRI"]},
    }
    histories, problems = joined(years)
    assert [day(int(each)) for each in histories.birth] == ["02/01/2010", "05/05/2011"]
    assert histories.sex.tolist() == [1, 2]
    assert said(problems)[1:] == [("corrected-header", "note", "2017-header.csv!C2", ("2017-header.csv!C2",))]


def test_two_dates_of_birth_in_one_return_are_an_error() -> None:
    _, problems = joined({2017: {"episodes": [LINE], "header": ["1,1,01/01/2010,WBRI", "1,1,02/01/2010,WBRI"]}})
    assert said(problems) == [("two-headers", "error", "2017-header.csv!C2", ("2017-header.csv!C2",))]


LACKING = {
    "no header": (["2,1,01/01/2010,WBRI"], ("no-header", "warning", "2017-episodes.csv!A2", ("2017-episodes.csv!A2",))),
    "no birth": (["1,1,,WBRI"], ("no-birth", "warning", "2017-header.csv!C2", ("2017-header.csv!C2",))),
    "born later": (
        ["2,1,,WBRI", "1,1,02/05/2017,WBRI"],
        ("born-after-start", "warning", "2017-header.csv!C3", ("2017-header.csv!C3",)),
    ),
}


@pytest.mark.parametrize("case", LACKING.values(), ids=LACKING)
def test_a_child_without_a_date_of_birth_that_can_be(
    case: tuple[list[str], tuple[str, str, str, tuple[str, ...]]],
) -> None:
    header, told = case
    more = episode(1, "01/06/2017", PLACE="K2")
    histories, problems = joined({2017: {"episodes": [episode(1, "01/05/2017", "01/06/2017", "X1"), more],
                                         "header": header}})  # fmt: skip
    assert histories.birth[0] == -1
    assert said(problems) == [told]


def test_born_on_the_day_of_the_start_can_be() -> None:
    histories, problems = joined({2017: {"episodes": [LINE], "header": ["1,1,01/05/2017,WBRI"]}})
    assert (day(int(histories.birth[0])), problems) == ("01/05/2017", [])


UNTIL = {
    "the status ceases": ("1,1,01/01/2001,31/10/2018", "31/10/2018"),
    "the 18th birthday comes first": ("1,1,01/01/2001,05/05/2020", "01/01/2019"),
    "no day of ceasing": ("1,1,01/01/2001,", "01/01/2019"),
}


@pytest.mark.parametrize("case", UNTIL.values(), ids=UNTIL)
def test_until_when_a_child_is_a_uasc(case: tuple[str, str]) -> None:
    line, until = case
    histories, _ = joined({2017: {
        "episodes": [LINE, episode(2, "01/05/2017")],
        "header": ["1,1,01/01/2001,WBRI", "2,1,01/01/2001,WBRI"], "uasc": [line],
    }})  # fmt: skip
    assert day(int(histories.uasc_until[0])) == until
    assert histories.uasc_until[1] == -1


def test_the_end_of_the_status_of_the_latest_return_counts() -> None:
    years = {year: {"episodes": [LINE], "uasc": [f"1,1,01/01/2010,05/05/{year}"]} for year in (2017, 2018)}
    histories, problems = joined(years)
    assert day(int(histories.uasc_until[0])) == "05/05/2018"
    assert said(problems)[1:] == [("corrected-uasc", "note", "2017-uasc.csv!D2", ("2017-uasc.csv!D2",))]
