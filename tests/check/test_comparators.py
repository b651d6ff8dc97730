"""Whose published numbers a paper compares: found by code or name, never guessed; nothing of a later time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from reportgen.check import Days, Wanted, check_sheets, find_compared
from reportgen.check.comparators import bare_name
from reportgen.datasets import all_datasets
from reportgen.model import Compared, Place, Severity
from reportgen.table import Table
from tests.check.made import raw_file
from tests.published_file import Row, at, column, text

FILE = "inputs/shared/rates.csv"
SETTINGS = Place("reportgen.toml", line=2)
LISTED = Place("reportgen.toml", line=4)
MEETING = Place("inputs/b/2024-05/p/meeting.toml", line=5)
OWN = Wanted("Barsetshire County Council", "", ("Loamshire", "E06000903", "984"), SETTINGS, LISTED)
MAY = Days(dt.date(2024, 5, 31), dt.date(2024, 5, 31), MEETING)
FOUND = Compared("E10000901", "E12000901", ("E10000902", "E06000903", "E06000904"), "2024", "reportgen.toml")


def table(content: str = "") -> Table:
    sheets = raw_file(FILE, (content or text()).encode()).sheets
    return check_sheets(sheets, "in", all_datasets(), ["benchmarks"])[0]["benchmarks"]


def found(wanted: Wanted = OWN, days: Days = MAY, content: str = "") -> tuple[Compared | None, list[str]]:
    """What is found, and the messages but for the note of later years."""
    compared, problems = find_compared(table(content), all_datasets()["benchmarks"], wanted, days)
    return compared, [p.message for p in problems if p.severity is not Severity.NOTE]


def named(name: str = OWN.name, code: str = "", *neighbours: str) -> Wanted:
    return replace(OWN, name=name, code=code, neighbours=neighbours or OWN.neighbours)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Cambridgeshire County Council", "cambridgeshire"),
        ("Rotherham Metropolitan Borough Council", "rotherham"),
        ("Council of the City of York", "york"),
        ("London Borough of Camden", "camden"),
        ("The Royal Borough of Kensington and Chelsea", "kensington chelsea"),
        ("Bristol, City of", "bristol"),
        ("Bristol City Council", "bristol"),
        ("City of London Corporation", "london"),
        ("City of London", "london"),
        ("County Durham", "durham"),
        ("Durham County Council", "durham"),
        ("St. Helens", "st helens"),
        ("St Helens Borough Council", "st helens"),
        ("Bath & North East Somerset Council", "bath north east somerset"),
        ("Bath and North East Somerset", "bath north east somerset"),
        ("Stoke-on-Trent", "stoke on trent"),
        ("County Council", ""),
    ],
)
def test_a_name_without_the_kind_of_council(name: str, words: str) -> None:
    assert bare_name(name) == words


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Barsetshire County Council", ""),
        ("BARSETSHIRE", ""),
        ("Barsetshire Council", "E10000901"),
        ("Barsetshire Council", "981"),
    ],
)
def test_the_authority_by_name_or_by_either_code(name: str, code: str) -> None:
    assert found(named(name, code)) == (FOUND, [])


def test_neighbours_by_name_and_by_either_code_in_the_order_of_the_list() -> None:
    wanted = named(OWN.name, "", "Midsomer Council", "Borsetshire County Council")
    assert found(wanted) == (replace(FOUND, neighbours=("E06000904", "E06000903")), [])


def test_without_neighbours_there_are_none() -> None:
    assert found(replace(OWN, neighbours=())) == (replace(FOUND, neighbours=()), [])


def test_an_unknown_name_is_told_with_the_nearest_and_nothing_is_guessed() -> None:
    assert found(named("Barchestershire County Council")) == (
        None,
        [
            "reportgen.toml, line 2: expected the name of an authority in published comparators, found "
            '"Barchestershire County Council".\n'
            '  Did you mean "Barsetshire" (E10000901)? Where the names differ, add its code to the section: '
            'code = "…"\n'
            "  See also inputs/shared/rates.csv.  [unknown-local-authority]"
        ],
    )
    assert found(named("Ruritania"))[1] == [
        'reportgen.toml, line 2: expected the name of an authority in published comparators, found "Ruritania".\n'
        "  Write the code that the file gives under new_la_code. Where the names differ, add its code to the section: "
        'code = "…"\n'
        "  See also inputs/shared/rates.csv.  [unknown-local-authority]"
    ]


def test_an_unknown_code_is_told_with_the_nearest_and_the_name_does_not_stand_in_for_it() -> None:
    assert found(named(OWN.name, "E10000911")) == (
        None,
        [
            'reportgen.toml, line 2: expected the code of an authority in published comparators, found "E10000911".\n'
            '  Did you mean "E10000901" (Barsetshire)?\n'
            "  See also inputs/shared/rates.csv.  [unknown-local-authority]"
        ],
    )


def test_a_code_of_an_authority_of_another_name_is_doubted() -> None:
    assert found(named(OWN.name, "E10000902", "984")) == (
        replace(FOUND, authority="E10000902", neighbours=("E06000904",)),
        [
            "reportgen.toml, line 2: expected the code of Barsetshire County Council, found that of Loamshire.\n"
            "  Correct the code, if these are two authorities: the paper would show the other's numbers.\n"
            "  See also inputs/shared/rates.csv.  [code-of-another]"
        ],
    )


def test_an_authority_that_the_file_has_not_is_compared_with_england_alone() -> None:
    compared, problems = found(replace(OWN, name="Exampleshire County Council", code="none"))
    assert (compared, problems) == (Compared("", "", (), "2024", "reportgen.toml"), [])


def test_each_neighbour_that_is_unknown_is_told_with_the_nearest() -> None:
    compared, messages = found(named(OWN.name, "", "Lomshire", "Ruritania", "985", "Midsomer"))
    assert compared == replace(FOUND, neighbours=("E06000904",))
    expected = (
        "reportgen.toml, line 4: expected statistical neighbours by the names or codes of the published file, found"
    )
    assert messages == [
        f'{expected} "Lomshire".\n  Did you mean "Loamshire" (E10000902)?  [unknown-neighbour]',
        f'{expected} "Ruritania".\n  Write the code that the file gives under new_la_code.  [unknown-neighbour]',
        f'{expected} "985".\n  Did you mean "984" (Midsomer)?  [unknown-neighbour]',
    ]


def test_the_authority_itself_and_one_named_twice_are_no_neighbours() -> None:
    assert found(named(OWN.name, "", "Loamshire", "E10000902", "Barsetshire"))[1] == [
        "reportgen.toml, line 4: expected each statistical neighbour once, found Loamshire again.\n"
        "  Take it out but once: the mean would count it again.  [repeated-neighbour]",
        "reportgen.toml, line 4: expected statistical neighbours other than the authority itself, found Barsetshire.\n"
        "  Take it out of the list.  [neighbour-is-own]",
    ]


def test_a_name_of_two_authorities_is_told_with_their_codes() -> None:
    def alter(made: list[Row]) -> None:
        for row in made:
            if row[column("new_la_code")] == "E06000904":
                row[column("la_name")] = "City of Barsetshire"

    assert found(named("Barsetshire Borough", "", "Loamshire"), content=text(alter=alter))[1] == [
        "reportgen.toml, line 2: expected the name of an authority in published comparators, found "
        '"Barsetshire Borough", which is 2 of them.\n'
        "  Write the code: E10000901 (Barsetshire) or E06000904 (City of Barsetshire).\n"
        "  See also inputs/shared/rates.csv.  [unknown-local-authority]"
    ]
    assert found(named("City of Barsetshire", "", "Loamshire"), content=text(alter=alter)) == (
        replace(FOUND, authority="E06000904", region="E12000902", neighbours=("E10000902",)),
        [],
    )


def test_a_name_is_that_of_the_latest_year() -> None:
    def alter(made: list[Row]) -> None:
        at(made, "2021", "Barsetshire")[column("la_name")] = "Old Barset"

    assert found(content=text(alter=alter))[0] == FOUND
    assert found(named("Old Barset"), content=text(alter=alter))[0] is None


def notes(days: Days, content: str = "") -> list[tuple[str, str]]:
    _, problems = find_compared(table(content), all_datasets()["benchmarks"], OWN, days)
    return [(p.message, p.severity) for p in problems]


def test_years_that_end_after_the_data_are_left_out_with_a_note_of_how_many() -> None:
    assert notes(MAY) == [
        (
            "inputs/shared/rates.csv, cell A2: expected years that end by 31/05/2024, found a later one, 2025.\n"
            "  It is left out.  [later-years]",
            Severity.NOTE,
        )
    ]
    early = dt.date(2023, 3, 30)
    assert notes(Days(early, early, MEETING)) == [
        (
            "inputs/shared/rates.csv, cell A44: expected years that end by 30/03/2023, found 3 later years, 2023 to "
            "2025.\n  They are left out.  [later-years]",
            Severity.NOTE,
        )
    ]
    assert notes(Days(dt.date(2025, 3, 31), dt.date(2025, 3, 31), MEETING)) == []


def test_a_year_ends_on_31_march() -> None:
    last = {
        day: find_compared(table(), all_datasets()["benchmarks"], OWN, Days(day, day, MEETING))[0]
        for day in (dt.date(2024, 3, 30), dt.date(2024, 3, 31))
    }
    assert [compared and compared.last_year for compared in last.values()] == ["2023", "2024"]


def test_an_earlier_day_may_be_stated_for_the_comparators() -> None:
    compared, messages = found(days=replace(MAY, comparators=dt.date(2022, 12, 31)))
    assert (compared, messages) == (replace(FOUND, last_year="2022"), [])


def test_a_later_year_that_is_asked_for_is_refused() -> None:
    assert found(days=replace(MAY, comparators=dt.date(2025, 12, 31))) == (
        None,
        [
            "inputs/shared/rates.csv, cell A2: expected comparators of a year that ends by 31/05/2024, the day of the "
            "data, found 2025, which ends on 31/03/2025.\n"
            "  Take the file that was published then, or correct the day of benchmarks under [as_at].\n"
            "  See also inputs/b/2024-05/p/meeting.toml, line 5.  [comparator-later]"
        ],
    )


def test_a_file_of_later_years_alone_is_refused() -> None:
    day = dt.date(2016, 5, 31)
    compared, (message,) = found(days=Days(day, day, MEETING))
    assert compared is None
    assert message.startswith(
        "inputs/shared/rates.csv, cell A86: expected comparators of a year that ends by 31/05/2016, the day of the "
        "data, found 2021, which ends on 31/03/2021.\n"
    )


def test_a_stated_day_before_all_years_of_the_file_is_refused() -> None:
    assert found(days=replace(MAY, comparators=dt.date(2020, 3, 31)))[1] == [
        "inputs/shared/rates.csv, cell A86: expected comparators of a year that ends by 31/03/2020, the day of "
        "benchmarks under [as_at], found 2021, which ends on 31/03/2021.\n"
        "  Take the file that was published then, or correct the day of benchmarks under [as_at].\n"
        "  See also inputs/b/2024-05/p/meeting.toml, line 5.  [comparator-later]"
    ]


def test_a_file_without_rows_has_that_problem_alone() -> None:
    assert found(content=text([])) == (None, [])


def test_all_that_is_wrong_is_told_at_once() -> None:
    wanted = named("Ruritania", "", "Nowhere")
    _, messages = found(wanted, replace(MAY, comparators=dt.date(2025, 12, 31)))
    codes = [message.rpartition("[")[2].rstrip("]") for message in messages]
    assert codes == ["comparator-later", "unknown-local-authority", "unknown-neighbour"]
