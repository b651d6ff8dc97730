"""The tables of histories: what each column holds and where it came from, and children whom each day counts."""

from __future__ import annotations

import datetime as dt

from reportgen.histories import tables
from reportgen.model import Place
from reportgen.table import Table
from reportgen.trace import count_on
from tests.histories.made import episode, joined

DAY = dt.date(2018, 3, 31)
YEARS = {
    2016: {
        "episodes": [episode(1, "01/12/2016", PLACE="K2", PLACE_PROVIDER="PR4")],
        "header": ["1,2,02/03/2008,WBRI"],
        "uasc": ["1,2,02/03/2008,01/06/2017"],
    },
    2017: {
        "episodes": [
            episode(1, "01/12/2016", "01/02/2018", "X1", PLACE="K2", PLACE_PROVIDER="PR4"),
            episode(1, "01/02/2018", "", "", RNE="P", PLACE="T0", PLACE_PROVIDER="", LS="V2", CIN="N3"),
            episode(2, "05/05/2017", "05/12/2017", "E11"),
            episode(3, "05/05/2017", "", "", LS="V3"),
            episode(4, "31/03/2018", PLACE="A3"),
            episode(5, "05/05/2017", "31/03/2018", "E4A"),
        ],
        "header": ["1,2,02/03/2008,WBRI", *(f"{n},1,31/03/2017,WBRI" for n in (2, 3, 4, 5))],
        "uasc": [],
    },
}


def made() -> dict[str, Table]:
    return tables(joined(YEARS)[0], DAY)


def row(table: Table, number: int) -> dict[str, object]:
    return {name: value for name, value in table.frame.iloc[number].items() if value is not None}


def test_the_children_of_a_day_as_the_dataset_of_placements_has_them() -> None:
    placements = made()["placements"]
    assert len(placements) == 2
    assert row(placements, 0) == {
        "child": "1", "placement_type": "children's home", "place": "children's home",
        "provider": "private provision", "legal_status": "accommodated under section 20",
        "need": "N3 parent's illness or disability", "start": dt.date(2016, 12, 1), "age_group": "10 to 15",
        "length": "1 to 2 years", "placements_in_year": "1 placement",
    }  # fmt: skip
    assert row(placements, 1)["age_group"] == "1 to 4"
    assert (row(placements, 1)["placement_type"], row(placements, 1)["length"]) == (
        "placed for adoption", "under 6 months",
    )  # fmt: skip


def test_each_column_of_a_child_knows_its_cell() -> None:
    placements = made()["placements"]
    places = {name: placements.place(name, 0) for name in ("child", "place", "legal_status", "start", "age_group")}
    episodes, header = "in/2017-episodes.csv", "in/2017-header.csv"
    assert places == {
        "child": Place(episodes, "", 3, 1), "place": Place(episodes, "", 2, 6), "start": Place(episodes, "", 2, 2),
        "legal_status": Place(episodes, "", 3, 4), "age_group": Place(header, "", 2, 3),
    }  # fmt: skip


def test_all_episodes_with_months_and_routes() -> None:
    returns = made()["returns"]
    assert [row(returns, n).get("entered") for n in range(6)] == [
        dt.date(2016, 12, 31), None, dt.date(2017, 5, 31), None, dt.date(2018, 3, 31), dt.date(2017, 5, 31)
    ]  # fmt: skip
    assert [(row(returns, n).get("left"), row(returns, n).get("exit_route")) for n in (1, 2, 3, 5)] == [
        (None, None), (dt.date(2017, 12, 31), "adopted"), (None, None), (dt.date(2018, 3, 31), "returned home")
    ]  # fmt: skip
    assert [row(returns, n).get("days") for n in range(6)] == [None, None, 214, None, None, 330]
    assert [row(returns, n)["care"] for n in (2, 3)] == ["looked after", "short break"]


def test_an_end_on_the_first_of_a_month_is_that_month_s() -> None:
    returns = tables(joined({2017: [episode(1, "01/05/2017", "01/06/2017", "E4A")]})[0], DAY)["returns"]
    assert (row(returns, 0)["entered"], row(returns, 0)["left"]) == (dt.date(2017, 5, 31), dt.date(2017, 6, 30))


def test_who_is_counted_on_a_day_with_uasc_until_their_status_ceases() -> None:
    returns = made()["returns"]
    expected = {"2016-12-01": (1, 1), "2017-05-31": (3, 1), "2017-06-01": (3, 0), "2018-03-31": (2, 0)}
    for day, (children, alone) in expected.items():
        on = dt.date.fromisoformat(day)
        assert count_on(returns, on, care="looked after").value == children
        assert count_on(returns, on, "uasc_until", care="looked after").value == alone
    assert count_on(returns, DAY, care="short break").value == 1


def test_no_child_s_number_stands_in_a_table() -> None:
    lines = [line.replace("1,", "ZX90210,", 1) for line in YEARS[2016]["episodes"]]
    header = ["ZX90210,2,02/03/2008,WBRI"]
    found = tables(joined({2016: {"episodes": lines, "header": header}})[0], dt.date(2017, 3, 31))
    for table in found.values():
        assert "ZX90210" not in table.frame.to_string() and table.private
        # Ages are worked out from the birthday; no figure shows the column itself.
        assert "2008" not in table.frame.drop(columns="born", errors="ignore").to_string()


def test_columns_that_the_returns_lack_are_no_columns() -> None:
    assert not made()["placements"].has("location") and not made()["returns"].has("prior_status")


def test_whether_a_placement_is_inside_where_the_returns_say() -> None:
    from tests.histories.made import EPISODES, raw, returns

    given = [each for each in returns({2017: []}) if each.sort != "episodes"]
    lines = [f"{EPISODES},PL_LOCATION,PRIOR_STATUS", f"{episode(1, '01/05/2017')},OUT,child in need"]
    from reportgen.histories import join

    histories, problems = join([*given, raw("in/2017-episodes.csv", "\n".join(lines))], "in")
    assert histories is not None and problems == []
    found = tables(histories, DAY)
    assert row(found["placements"], 0)["location"] == "outside"
    assert row(found["returns"], 0)["prior_status"] == "child in need"


def test_a_uasc_whose_status_has_no_end_that_is_known_is_one_on_every_day() -> None:
    years = {2017: {"episodes": [episode(n, "01/05/2017") for n in (1, 2)], "header": [], "uasc": ["1,1,,"]}}
    returns = tables(joined(years)[0], DAY)["returns"]
    assert count_on(returns, DAY, "uasc_until", care="looked after").value == 1
