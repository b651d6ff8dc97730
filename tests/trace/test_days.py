"""Counts of what stands on a day, and the cells of tables that are joined from several sheets."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from reportgen.model import Unit
from reportgen.table import NO_DAY, CellRange, Column, Table
from reportgen.trace import count, count_on, standing, total


def column(unit: Unit, letter: int, rows: list[int], sources: list[int], **more: object) -> Column:
    """A column of a table joined from the sheets 2017.csv and 2018.csv, whose rows 2 to 9 were read."""
    read = tuple(CellRange(f"{year}.csv", "", letter, 1, 9) for year in (2017, 2018))
    return Column(
        unit, rows=np.array(rows), letters=np.full(len(rows), letter), sources=np.array(sources), read=read, **more
    )  # type: ignore[arg-type]


def days(*texts: str) -> list[dt.date | None]:
    return [dt.date.fromisoformat(text) if text else None for text in texts]


def table() -> Table:
    """Four children: 1 from 1 May to 2 June, 2 from 1 May on, 3 on one night, 4 from 3 June on."""
    columns = {
        "child": column(Unit.TEXT, 1, [2, 3, 2, 5], [0, 0, 1, 1]),
        "start": column(Unit.DATE, 2, [2, 3, 2, 5], [0, 0, 1, 1]),
        "end": column(Unit.DATE, 3, [2, 3, 2, 5], [0, 0, 1, 1]),
        "until": column(Unit.DATE, 4, [7, 0, 0, 8], [1, -1, -1, 0]),
        "length": Column(Unit.COUNT, derived_from=("start", "end"), how="days"),
        "kind": column(Unit.TEXT, 5, [2, 3, 2, 5], [0, 0, 1, 1]),
    }
    frame = pd.DataFrame(
        {
            "child": ["1", "2", "3", "4"],
            "start": days("2017-05-01", "2017-05-01", "2018-06-02", "2018-06-03"),
            "end": days("2018-06-02", "", "2018-06-03", ""),
            "until": days("2018-06-01", "", "", "2018-06-10"),
            "length": [397, None, 1, None],
            "kind": ["a", "b", "a", "a"],
        },
        dtype=object,
    )
    sheets = (("2017.csv", ""), ("2018.csv", ""))
    return Table("returns", "Returns", "2017.csv", "", frame, columns, (), ("child",), sheets=sheets)


@pytest.mark.parametrize(
    ("day", "children"),
    [("2017-04-30", []), ("2017-05-01", [0, 1]), ("2018-06-01", [0, 1]), ("2018-06-02", [1, 2]),
     ("2018-06-03", [1, 3]), ("2030-01-01", [1, 3])],
)  # fmt: skip
def test_a_row_stands_from_its_start_until_the_day_before_its_end(day: str, children: list[int]) -> None:
    assert standing(table(), "child", dt.date.fromisoformat(day)).rows.tolist() == children


def test_conditions_and_a_further_day() -> None:
    made, day = table(), dt.date(2018, 5, 31)
    assert count_on(made, day, kind="b").value == 1
    found = count_on(made, day, "until", kind="a")
    assert (found.value, found.unit) == (1, Unit.COUNT)
    assert found.how == "count of rows of Returns on 31/05/2018 and until is after it where kind is a"
    assert count_on(made, dt.date(2018, 6, 1), "until").value == 0


def test_days_are_made_once_and_a_blank_is_after_all_others() -> None:
    made = table()
    assert made.days("end").tolist()[1] == NO_DAY
    assert made.days("end") is made.days("end")


def test_what_its_maker_knows_isn_t_worked_out_again() -> None:
    known = np.zeros(4, dtype=np.int64)
    assert table().primed({("days", "start"): known}).days("start") is known


def test_counted_are_the_cells_of_the_rows_in_each_file_examined_are_all_that_were_read() -> None:
    found = count_on(table(), dt.date(2018, 6, 2), kind=("a", "b"))
    assert list(map(str, found.counted())) == ["2017.csv!A3", "2018.csv!A2"]
    assert list(map(str, found.examined())) == [
        *(f"{year}.csv!{letter}1:{letter}9" for year in (2017, 2018) for letter in "ABCE")
    ]


def test_a_value_without_a_cell_of_its_own_has_none() -> None:
    made = table()
    found = total(made, "length", kind="a")
    assert found.value == 398
    assert list(map(str, found.counted())) == [
        "2017.csv!B2", "2017.csv!C2", "2018.csv!B2", "2018.csv!B5", "2018.csv!C2", "2018.csv!C5"
    ]  # fmt: skip
    until = standing(made, "until", dt.date(2018, 5, 1))
    assert [(sheet, [run[0] for run in runs]) for sheet, runs in until.counted()] == [(("2018.csv", ""), [4])]


def test_the_place_of_a_value_is_in_its_own_file() -> None:
    made = table()
    assert str(made.place("start", 3)) == "2018.csv, cell B5"
    assert str(made.place("length", 0)) == "2017.csv, cell B2"
    assert str(count(made, kind="b").selections[0].table.place("child", 1)) == "2017.csv, cell A3"
