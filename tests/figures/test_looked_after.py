"""Figures from the returns: children by month and by what is known of them, entries, exits, lengths of stay."""

from __future__ import annotations

import datetime as dt
import functools

from reportgen.figures import looked_after
from reportgen.figures.base import Circumstances
from reportgen.histories import tables
from reportgen.trace import Found, catalogue
from tests.figures.sheets import grid_values, shown
from tests.histories.made import episode, joined

DAY = dt.date(2018, 3, 31)
YEARS = {
    2016: {
        "episodes": [
            episode(1, "01/12/2015", PLACE="K2", PLACE_PROVIDER="PR4"), episode(2, "10/02/2017", "20/02/2017", "E4A"),
            episode(3, "10/02/2017"),
        ],
        "header": ["1,2,02/03/2008,WBRI", "2,1,03/04/2015,WBRI", "3,1,03/04/2004,WBRI"],
        "uasc": ["3,1,03/04/2004,01/12/2017"],
    },
    2017: {
        "episodes": [
            episode(1, "01/12/2015", "01/05/2017", "X1", PLACE="K2", PLACE_PROVIDER="PR4"),
            episode(1, "01/05/2017", "01/03/2018", "E17", RNE="P", PLACE="P2"),
            episode(2, "31/03/2018", LS="V2"),
            episode(3, "10/02/2017"),
            episode(4, "05/10/2017", "15/10/2017", "X1"),
            episode(4, "15/10/2017", "20/10/2017", "X1", LS="V3"),
            episode(4, "20/10/2017", "20/10/2017", "E4A"),
            episode(5, "05/10/2017", "", "", LS="V4"),
        ],
        "header": [f"{child},1,03/04/2004,WBRI" for child in (1, 2, 3, 4, 5)],
        "uasc": [],
    },
}  # fmt: skip


@functools.cache
def found() -> Found:
    histories, _ = joined(YEARS)
    return looked_after.compute(tables(histories, DAY), Circumstances("2018-03", DAY, {"returns": DAY}))


def rows(name: str) -> list[list[object]]:
    return grid_values(found().grids[name])


def test_the_children_of_the_day_and_of_the_year_before() -> None:
    figures = {name: shown(figure) for name, figure in found().figures.items()}
    assert {name: figures[name] for name in (
        "looked_after", "looked_after_uasc", "looked_after_not_uasc", "short_breaks", "looked_after_year_before",
        "looked_after_year_change", "looked_after_2017", "looked_after_2018", "entries_year", "exits_year",
    )} == {
        "looked_after": 2, "looked_after_uasc": 0, "looked_after_not_uasc": 2, "short_breaks": 1,
        "looked_after_year_before": 2, "looked_after_year_change": 0, "looked_after_2017": 2, "looked_after_2018": 2,
        "entries_year": 2, "exits_year": 2,
    }  # fmt: skip


def test_the_series_has_a_row_a_month_that_the_returns_cover() -> None:
    series = rows("looked_after_series")
    assert (len(series), series[0], series[-1]) == (
        24, [dt.date(2016, 4, 30), 1, 1, 0], [dt.date(2018, 3, 31), 2, 2, 0]
    )  # fmt: skip
    assert [row for row in series if row[3]] == [
        [dt.date(2017, 2, 28), 2, 1, 1], [dt.date(2017, 3, 31), 2, 1, 1],
        *([day, 2, 1, 1] for day in map(dt.date.fromisoformat, (
            "2017-04-30", "2017-05-31", "2017-06-30", "2017-07-31", "2017-08-31", "2017-09-30", "2017-10-31",
            "2017-11-30"))),
    ]  # fmt: skip


def test_each_month_s_start_and_entries_less_exits_are_its_end() -> None:
    flows = rows("looked_after_flows")
    assert flows[0] == [dt.date(2017, 4, 30), 2, 0, 0, 2, 1]
    assert [row for row in flows[:-1] if row[2] or row[3]] == [
        [dt.date(2017, 10, 31), 2, 1, 1, 2, 1], [dt.date(2018, 3, 31), 2, 1, 1, 2, 0]
    ]  # fmt: skip
    assert flows[-1] == ["The year", 2, 2, 2, 2, 0]
    assert found().grids["looked_after_flows"].rows[-1].kind == "total"


def test_entries_and_exits_by_route() -> None:
    half, whole = 0.5, 1
    assert rows("entries_by_route") == [
        ["First time in these returns", 1, half], ["Again", 1, half], ["From short breaks", 0, 0], ["All", 2, whole]
    ]  # fmt: skip
    assert [row for row in rows("exits_by_route") if row[1]] == [
        ["Independence or adult life", 1, half], ["To short breaks", 1, half], ["All", 2, whole]
    ]  # fmt: skip
    assert [head.label for head in found().grids["exits_by_month"].heads] == [
        "Month", "Independence or adult life", "To short breaks", "All"
    ]  # fmt: skip
    by_month = rows("exits_by_month")
    assert (by_month[6], by_month[11]) == ([dt.date(2017, 10, 31), 0, 1, 1], [dt.date(2018, 3, 31), 1, 0, 1])
    assert by_month[-1] == ["The year", 1, 1, 2]


def test_the_length_of_the_stays_that_ended() -> None:
    days = (dt.date(2018, 3, 1) - dt.date(2015, 12, 1)).days + 10
    assert found().figures["exits_average_weeks"].number * 14 == days


def test_the_children_by_what_is_known_of_them() -> None:
    assert rows("looked_after_by_age_group") == [
        ["Under 1", 0, 0], ["1 to 4", 0, 0], ["5 to 9", 0, 0], ["10 to 15", 2, 1], ["16 to 17", 0, 0],
        ["18 or over", 0, 0], ["All", 2, 1],
    ]  # fmt: skip
    assert rows("looked_after_by_place") == [["Other foster carer, long term", 2, 1], ["All", 2, 1]]
    assert rows("looked_after_by_legal_status") == [
        ["Full care order", 1, 0.5], ["Accommodated under section 20", 1, 0.5], ["All", 2, 1]
    ]  # fmt: skip
    assert [row[1] for row in rows("looked_after_by_length")] == [1, 0, 1, 0, 0, 2]
    assert "looked_after_by_location" not in found().grids
    assert "entries_by_prior_status" not in found().grids


def test_what_is_not_stated_has_a_row_where_there_is_any() -> None:
    histories, _ = joined({2017: {"episodes": [episode(1, "01/05/2017", PLACE="U9")], "header": []}})
    made = looked_after.compute(tables(histories, DAY), Circumstances("2018-03", DAY, {"returns": DAY}))
    assert grid_values(made.grids["looked_after_by_place"]) == [["Not stated", 1, 1], ["All", 1, 1]]
    assert grid_values(made.grids["looked_after_by_age_group"])[-2:] == [["Not stated", 1, 1], ["All", 1, 1]]


def test_a_day_before_the_returns_is_not_available() -> None:
    histories, _ = joined({2017: [episode(1, "01/05/2016")]})
    day = dt.date(2017, 12, 31)
    made = looked_after.compute(tables(histories, day), Circumstances("2017-12", day, {"returns": day}))
    assert shown(made.figures["looked_after_year_before"]) == "[x]"
    assert shown(made.figures["looked_after_year_change"]) == "[x]"
    flows = grid_values(made.grids["looked_after_flows"])
    assert (len(flows), flows[0]) == (10, [dt.date(2017, 4, 30), 1, 0, 0, 1, 0])


def test_a_figure_s_cells_are_those_of_the_episodes_in_their_files() -> None:
    figures = catalogue(found())
    assert list(map(str, figures["looked_after"].counted())) == ["in/2017-episodes.csv!A4:A5"]
    month = figures["looked_after_series.2017-02-28.children"]
    assert list(map(str, month.counted())) == ["in/2017-episodes.csv!A2", "in/2017-episodes.csv!A5"]
    examined = list(map(str, month.examined()))
    assert examined[:3] == ["in/2016-episodes.csv!A1:A4", "in/2016-episodes.csv!B1:B4", "in/2016-episodes.csv!D1:D4"]
    age = figures["looked_after_by_age_group.10-to-15.children"]
    assert "in/2017-header.csv!C1:C6" in list(map(str, age.examined()))
