"""Stays in care: where they begin and end and by which route, temporary moves, short breaks, placements in a year."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.histories.stays import ENTRY_ROUTES, EXIT_ROUTES, Stays
from tests.histories.made import episode, joined


def stays(*lines: str, **years: list[str]) -> Stays:
    return Stays(joined({2017: list(lines), **{int(year[1:]): more for year, more in years.items()}})[0])


def routes(found: Stays) -> list[tuple[str, str]]:
    return [
        (ENTRY_ROUTES[came] if came >= 0 else "", EXIT_ROUTES[left] if left >= 0 else "")
        for came, left in zip(found.entry_route, found.exit_route, strict=True)
    ]


def test_a_stay_is_a_run_of_episodes_and_a_child_may_have_several() -> None:
    found = stays(
        episode(1, "01/05/2017", "01/06/2017", "X1"),
        episode(1, "01/06/2017", "01/07/2017", "E4A", PLACE="K2"),
        episode(1, "01/09/2017", "01/10/2017", "E11"),
        episode(2, "01/09/2017"),
    )
    assert routes(found) == [
        ("first time in these returns", ""), ("", "returned home"), ("again", "adopted"),
        ("first time in these returns", ""),
    ]  # fmt: skip
    assert found.first.tolist() == [0, 0, 2, 3]


def test_short_breaks_are_no_part_of_a_stay() -> None:
    found = stays(
        episode(1, "01/05/2017", "01/06/2017", "X1"),
        episode(1, "01/06/2017", "01/07/2017", "X1", LS="V4"),
        episode(1, "01/07/2017", "01/08/2017", "E4A"),
        episode(2, "01/05/2017", "01/06/2017", "E4A", LS="V3"),
        episode(2, "01/08/2017"),
    )
    assert routes(found) == [
        ("first time in these returns", "to short breaks"), ("", ""), ("from short breaks", "returned home"), ("", ""),
        ("first time in these returns", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "route"),
    [("E4B", "returned home"), ("E45", "special guardianship"), ("E41", "child arrangements order"),
     ("E5", "independence or adult life"), ("E3", "another authority"), ("E9", "custody"), ("E8", "other reason"),
     ("X1", "not stated"), ("", "not stated"), ("E99", "not stated")],
)  # fmt: skip
def test_the_route_of_an_exit(ending: str, route: str) -> None:
    assert routes(stays(episode(1, "01/05/2017", "01/06/2017", ending)))[0][1] == route


def test_a_child_missing_from_the_next_return_left_for_that_reason() -> None:
    found = stays(episode(1, "01/05/2017"), y2018=[episode(2, "01/05/2018")])
    assert routes(found) == [("first time in these returns", "missing from the next return"), (ENTRY_ROUTES[0], "")]


def test_a_temporary_move_counts_with_the_placement_that_it_interrupts() -> None:
    found = stays(
        episode(1, "01/05/2017", "01/06/2017", "X1", PLACE="T1"),
        episode(1, "01/06/2017", "01/07/2017", "X1"),
        episode(1, "01/07/2017", "05/07/2017", "X1", PLACE="T2"),
        episode(1, "05/07/2017", "09/07/2017", "X1", PLACE="T0"),
        episode(1, "09/07/2017", "01/08/2017", "E4A"),
        episode(2, "01/09/2017", "01/10/2017", "E4A", PLACE="T3"),
    )
    assert found.counted_in.tolist() == [0, 1, 1, 1, 4, 5]


def test_placements_in_the_year() -> None:
    found = stays(
        # A stay of before the year: the placement of its beginning, two moves, a change of legal status.
        episode(1, "01/05/2017", "01/02/2018", "X1"),
        episode(1, "01/02/2018", "01/07/2018", "X1", RNE="P", PLACE="K2"),
        y2018=[
            episode(1, "01/07/2018", "01/08/2018", "X1", RNE="B", PLACE="U5"),
            episode(1, "01/08/2018", "01/09/2018", "X1", RNE="L", PLACE="U5"),
            episode(1, "01/09/2018", "", "", RNE="P", PLACE="K1"),
            # A temporary move and the return from it are none.
            episode(2, "01/05/2018", "01/06/2018", "X1"),
            episode(2, "01/06/2018", "04/06/2018", "X1", RNE="P", PLACE="T1"),
            episode(2, "04/06/2018", "", "", RNE="P"),
            # A move out of a temporary one is.
            episode(3, "01/05/2018", "01/06/2018", "X1"),
            episode(3, "01/06/2018", "04/06/2018", "X1", RNE="P", PLACE="T1"),
            episode(3, "04/06/2018", "", "", RNE="P", PLACE="K2"),
            # Another placement of the same carer is none, a second stay is.
            episode(4, "01/05/2018", "01/06/2018", "X1"),
            episode(4, "01/06/2018", "04/06/2018", "E4A", RNE="T", PLACE="U5"),
            episode(4, "01/02/2019", "", ""),
            # Short breaks are none.
            episode(5, "01/05/2018", "", "", LS="V4"),
        ],
    )
    assert found.placements_in_year(dt.date(2019, 3, 31).toordinal())[:5].tolist() == [3, 1, 2, 2, 0]


def test_the_year_ends_with_its_day_and_begins_after_that_of_the_year_before() -> None:
    found = stays(
        episode(1, "31/03/2017", "01/04/2017", "X1"),
        episode(1, "01/04/2017", "31/03/2018", "X1", RNE="P", PLACE="K2"),
        episode(1, "31/03/2018", "", "", RNE="P", PLACE="K1"),
    )
    assert found.placements_in_year(dt.date(2018, 3, 31).toordinal())[0] == 3
    assert found.placements_in_year(dt.date(2018, 3, 30).toordinal())[0] == 2


def test_a_year_back_from_29_february() -> None:
    assert stays(episode(1, "01/05/2017")).placements_in_year(dt.date(2020, 2, 29).toordinal())[0] == 1
