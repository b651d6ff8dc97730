"""Which tables of returns there are, of which year, and what is told of those that are missing or twice there."""

from __future__ import annotations

import pytest

from reportgen.histories import join
from reportgen.histories.sources import find_sources
from reportgen.model import RawReturn
from tests.histories.made import EPISODES, HEADER, UASC, episode, raw, returns

LINE = episode(1, "01/05/2017")


def table(file: str, headings: str = EPISODES, *lines: str) -> RawReturn:
    return raw(f"in/{file}", "\n".join([headings, *lines]) + "\n")


def messages(tables: list[RawReturn]) -> list[str]:
    return [problem.message for problem in join(tables, "in")[1]]


def test_the_years_are_those_of_the_names_and_the_tables_stand_in_order() -> None:
    given = [*returns({2018: [episode(1, "01/05/2018")]}), *returns({2017: [LINE]})]
    found, problems = find_sources(given, "in")
    assert [(source.year, source.sort) for source, _ in found] == [
        (2017, "episodes"), (2017, "header"), (2017, "uasc"), (2018, "episodes"), (2018, "header"), (2018, "uasc")
    ]  # fmt: skip
    assert problems == []


@pytest.mark.parametrize(("name", "year"), [
    ("2017-18 episodes.csv", 2017), ("ssda903_2018_episodes.csv", 2018), ("Episodes.csv", 2017),
    ("episodes 120171.csv", 2017),
])  # fmt: skip
def test_the_year_of_a_name_else_of_the_last_start(name: str, year: int) -> None:
    ((source, _),) = find_sources([table(name, EPISODES, episode(1, "01/04/2016"), episode(2, "31/03/2018"))], "in")[0]
    assert source.year == year


def test_a_header_takes_the_year_of_the_episodes_in_its_workbook() -> None:
    from dataclasses import replace

    both = [table("return.xlsx", EPISODES, LINE), table("return.xlsx", HEADER)]
    found, problems = find_sources([replace(each, sheet=str(n)) for n, each in enumerate(both)], "in")
    assert [source.year for source, _ in found] == [2017, 2017]
    assert [p.code for p in problems] == ["missing-return"]


NAMING = "Name it by the year in which the collection begins: 2017-episodes.csv is 1 April 2017 to 31 March 2018."
WRONG: dict[str, tuple[list[RawReturn], list[str]]] = {
    "no returns": (
        [],
        ["in: expected SSDA903 returns: a file with the columns CHILD, DECOM, RNE, LS, CIN, PLACE, PLACE_PROVIDER, "
         "DEC, REC, found none.\n  Put the files there.  [missing-dataset]"],
    ),
    "no year": (
        [*returns({2017: [LINE]}), table("more.csv", HEADER)],
        [f"in/more.csv: expected a year in the file's name, found none.\n  {NAMING}  [no-collection-year]"],
    ),
    "a name of an earlier year": (
        [table("2016-episodes.csv", EPISODES, LINE)],
        ["in/2016-episodes.csv: expected episodes that began by 31/03/2017, as the file's name says, found one that "
         f"began in 2017/18.\n  {NAMING}  [other-year]"],
    ),
    "a column short and one twice": (
        [table("2017-episodes.csv", "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,dec")],
        ["in/2017-episodes.csv, row 1: expected a column REC in the table of episodes of a return, found none.\n"
         "  Take the file again as it was sent in.  [missing-column]",
         "in/2017-episodes.csv, row 1: expected a column DEC once, found two of them.\n"
         "  Take the file again as it was.  [repeated-column]"],
    ),
    "a year twice": (
        [*returns({2017: [LINE]}), table("2017 episodes again.csv", EPISODES, LINE)],
        ["in/2017 episodes again.csv: expected one table of episodes of 2017/18, found 2 of them.\n"
         "  Take out those that aren't meant, or correct the year in their names.\n"
         "  See also in/2017-episodes.csv.  [two-returns]"],
    ),
    "a year missing": (
        [*returns({2017: [LINE], 2019: [episode(1, "01/05/2019")]})],
        ["in: expected a table of episodes of each year from 2017/18 to 2019/20, found none of 2018/19.\n"
         "  Add it: who came and went in that year can't be told otherwise.  [missing-return]",
         "in: expected a header of each year from 2017/18 to 2019/20, found none of 2018/19.\n"
         "  Add it: it has the dates of birth.  [missing-return]",
         "in: expected a list of UASC of each year from 2017/18 to 2019/20, found none of 2018/19.\n"
         "  Add it if there is one: a child in no list counts as no UASC.  [missing-return]"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_and_nothing_joined(case: tuple[list[RawReturn], list[str]]) -> None:
    tables, expected = case
    assert messages(tables) == expected
    assert join(tables, "in")[0] is None


def test_a_year_without_a_list_of_uasc_is_a_doubt() -> None:
    given = [each for each in returns({2017: [LINE]}) if each.sort != "uasc"]
    histories, problems = join(given, "in")
    assert histories is not None
    assert [(p.code, str(p.severity)) for p in problems] == [("missing-return", "warning")]
    assert problems[0].found == "none of 2017/18"


def test_columns_may_stand_in_any_order() -> None:
    heads, lines = EPISODES.split(","), [LINE.split(",")]
    turned = [",".join(reversed(each)) for each in (heads, *lines)]
    given = [table("2017-episodes.csv", *turned), table("2017-header.csv", HEADER, "1,1,01/01/2010,WBRI"),
             table("2017-uasc.csv", UASC)]  # fmt: skip
    histories, problems = join(given, "in")
    assert histories is not None and problems == []
    assert (len(histories), histories.sources[0].columns["CHILD"]) == (1, 9)
