"""Every rule of repair on a tiny history: what becomes of the episodes, what is told, and which cells are listed."""

from __future__ import annotations

import pytest

from reportgen.model import Problem
from tests.histories.made import episode, joined, said, spans

Lines = list[str]
Spans = list[tuple[int, str, str, str]]
Told = list[tuple[str, str, str, tuple[str, ...]]]


def cells(column: str, *rows: str) -> tuple[str, ...]:
    return tuple(f"{year}-episodes.csv!{column}{row}" for year, row in (each.split("!") for each in rows))


def note(code: str, column: str, *rows: str, severity: str = "note") -> tuple[str, str, str, tuple[str, ...]]:
    listed = cells(column, *rows)
    return code, severity, listed[0].partition(":")[0], listed


REPAIRS: dict[str, tuple[dict[int, Lines], Spans, Told]] = {
    "nothing to repair": (
        {2017: [episode(1, "01/05/2017", "02/06/2017", "X1"), episode(1, "02/06/2017", PLACE="K2")]},
        [(1, "01/05/2017", "02/06/2017", "2017!B2"), (1, "02/06/2017", "open", "2017!B3")],
        [],
    ),
    "a later return closes an open episode": (
        {2017: [episode(1, "01/05/2017")], 2018: [episode(1, "01/05/2017", "03/06/2018", "E4A")]},
        [(1, "01/05/2017", "03/06/2018", "2018!B2")],
        [note("corrected-episode", "B", "2017!2")],
    ),
    "a later return corrects the placement": (
        {2017: [episode(1, "01/05/2017")], 2018: [episode(1, "01/05/2017", PLACE="K2")]},
        [(1, "01/05/2017", "open", "2018!B2")],
        [note("corrected-episode", "B", "2017!2")],
    ),
    "the same in the next return": (
        {2017: [episode(1, "01/05/2017")], 2018: [episode(1, "01/05/2017")]},
        [(1, "01/05/2017", "open", "2018!B2")],
        [note("repeated-episode", "B", "2017!2")],
    ),
    "the same twice in one return": (
        {2017: [episode(2, "01/05/2017"), episode(1, "01/05/2017"), episode(1, "01/05/2017")]},
        [(1, "01/05/2017", "open", "2017!B2"), (2, "01/05/2017", "open", "2017!B4")],
        [note("repeated-episode", "B", "2017!3")],
    ),
    "an end on the day of the start": (
        {2017: [episode(1, "01/05/2017", "01/05/2017", "X1"), episode(1, "01/05/2017", PLACE="K2")]},
        [(1, "01/05/2017", "open", "2017!B3")],
        [note("no-night", "H", "2017!2")],
    ),
    "an open one with a later start": (
        {2017: [episode(1, "01/05/2017"), episode(1, "02/06/2017", "03/07/2017", "E4A")]},
        [(1, "01/05/2017", "02/06/2017", "2017!B2"), (1, "02/06/2017", "03/07/2017", "2017!B3")],
        [note("open-with-later-start", "H", "2017!2")],
    ),
    "an open one that a later return goes on from": (
        {2017: [episode(1, "01/05/2017")], 2018: [episode(1, "02/06/2018")]},
        [(1, "01/05/2017", "02/06/2018", "2017!B2"), (1, "02/06/2018", "open", "2018!B2")],
        [note("open-with-later-start", "H", "2017!2")],
    ),
    "two open ones": (
        {2017: [episode(1, "01/05/2017"), episode(1, "02/06/2017")]},
        [(1, "01/05/2017", "02/06/2017", "2017!B2"), (1, "02/06/2017", "open", "2017!B3")],
        [note("two-open", "H", "2017!2", severity="warning")],
    ),
    "an end before the start with a later episode": (
        {2017: [episode(1, "01/05/2017", "30/04/2017", "X1"), episode(1, "02/06/2017")]},
        [(1, "01/05/2017", "02/06/2017", "2017!B2"), (1, "02/06/2017", "open", "2017!B3")],
        [note("end-before-start", "H", "2017!2", severity="warning")],
    ),
    "an overlap": (
        {2017: [episode(1, "01/05/2017", "05/06/2017", "X1"), episode(1, "02/06/2017")]},
        [(1, "01/05/2017", "02/06/2017", "2017!B2"), (1, "02/06/2017", "open", "2017!B3")],
        [note("overlap", "H", "2017!2", severity="warning")],
    ),
    "one within another": (
        {2017: [
            episode(1, "01/05/2017", "05/09/2017", "E4A"), episode(1, "02/06/2017", "03/07/2017", "E4A"),
            episode(1, "01/08/2017", "05/09/2017", "E4A"),
        ]},
        [(1, "01/05/2017", "05/09/2017", "2017!B2")],
        [note("within-another", "B", "2017!3:B4", severity="warning")],
    ),
    "an open one cut within another": (
        {2017: [
            episode(1, "01/05/2017", "05/09/2017", "E4A"), episode(1, "02/06/2017"),
            episode(1, "03/07/2017", "04/08/2017", "E4A"),
        ]},
        [(1, "01/05/2017", "05/09/2017", "2017!B2")],
        [note("open-with-later-start", "H", "2017!3"), note("within-another", "B", "2017!3:B4", severity="warning")],
    ),
    "a gap of a day at the year's end": (
        {2017: [episode(1, "01/05/2017", "31/03/2018", "X1")], 2018: [episode(1, "01/04/2018")]},
        [(1, "01/05/2017", "01/04/2018", "2017!B2"), (1, "01/04/2018", "open", "2018!B2")],
        [note("gap-at-year-end", "H", "2017!2")],
    ),
    "a child who left at the year's end and came again": (
        {2017: [episode(1, "01/05/2017", "31/03/2018", "E4A")], 2018: [episode(1, "01/04/2018")]},
        [(1, "01/05/2017", "31/03/2018", "2017!B2"), (1, "01/04/2018", "open", "2018!B2")],
        [],
    ),
    "a gap of a day elsewhere": (
        {2017: [episode(1, "01/05/2017", "31/05/2017", "X1"), episode(1, "01/06/2017")]},
        [(1, "01/05/2017", "31/05/2017", "2017!B2"), (1, "01/06/2017", "open", "2017!B3")],
        [note("not-followed", "I", "2017!2", severity="warning")],
    ),
    "X1 and nothing after it": (
        {2017: [episode(1, "01/05/2017", "31/05/2017", "X1")]},
        [(1, "01/05/2017", "31/05/2017", "2017!B2")],
        [note("not-followed", "I", "2017!2", severity="warning")],
    ),
    "X1 on the day after the returns": (
        {2017: [episode(1, "01/05/2017", "01/04/2018", "X1")]},
        [(1, "01/05/2017", "01/04/2018", "2017!B2")],
        [],
    ),
    "another reason and the next on that day": (
        {2017: [episode(1, "01/05/2017", "31/05/2017", "E4A"), episode(1, "31/05/2017")]},
        [(1, "01/05/2017", "31/05/2017", "2017!B2"), (1, "31/05/2017", "open", "2017!B3")],
        [note("left-and-went-on", "I", "2017!2")],
    ),
    "children who vanish": (
        {2017: [episode(1, "01/05/2017"), episode(2, "01/05/2017"), episode(3, "31/03/2018")],
         2018: [episode(2, "01/05/2017")]},
        [(1, "01/05/2017", "01/04/2018", "2017!B2"), (2, "01/05/2017", "open", "2018!B2"),
         (3, "31/03/2018", "01/04/2018", "2017!B4")],
        [note("repeated-episode", "B", "2017!3"), note("vanished", "H", "2017!2", "2017!4", severity="warning")],
    ),
    "a child whom the return between lacks": (
        {2017: [episode(1, "01/05/2017")], 2018: [episode(2, "01/05/2017")], 2019: [
            episode(1, "01/05/2017"), episode(2, "01/05/2017")]},
        [(1, "01/05/2017", "open", "2019!B2"), (2, "01/05/2017", "open", "2019!B3")],
        [note("repeated-episode", "B", "2017!2", "2018!2")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REPAIRS.values(), ids=REPAIRS)
def test_a_repair(case: tuple[dict[int, Lines], Spans, Told]) -> None:
    years, expected, told = case
    histories, problems = joined(years)
    assert spans(histories) == expected
    assert said(problems) == told


def test_how_a_repair_is_told() -> None:
    _, problems = joined({2017: [episode(n, "01/05/2017", "05/06/2017", "X1") for n in (1, 2)]
                          + [episode(n, "02/06/2017", "09/06/2017", "E4A") for n in (1, 2)]})  # fmt: skip
    assert [p.message for p in problems] == [
        "in/2017-episodes.csv, cell H2: expected an end by the start of the next episode, found a later day in 2 "
        "rows.\n  It ends where the next one starts.  [overlap]"
    ]


NOT_SAFE: dict[str, tuple[Lines, str]] = {
    "two that differ on one day": (
        [episode(1, "01/05/2017"), episode(1, "01/05/2017", PLACE="K2")],
        "in/2017-episodes.csv, cell B2: expected one episode of a child that begins on a day, found two that differ "
        "in 2 rows.\n  Look at both episodes in the case system. Take one out.  [two-at-once]",
    ),
    "an end before the start and nothing later": (
        [episode(1, "01/05/2017", "30/04/2017", "E4A")],
        "in/2017-episodes.csv, cell H2: expected an end after the start, found a day before it, and no later episode.\n"
        "  Correct the start or the end.  [end-before-start]",
    ),
    "no child": (
        [episode("", "01/05/2017")],
        "in/2017-episodes.csv, cell A2: expected a child's number, found a blank.\n  Fill it in.  [missing-value]",
    ),
    "no start": (
        [episode(1, "NULL")],
        "in/2017-episodes.csv, cell B2: expected a date, found a blank.\n  Fill it in.  [missing-value]",
    ),
    "a start that is none": (
        [episode(1, "31/04/2017")],
        "in/2017-episodes.csv, cell B2: expected a date, found something else.\n"
        "  Type it as 30/09/2016 or 2016-09-30.  [not-a-date]",
    ),
    "an end that is none": (
        [episode(1, "01/05/2017", "May 2017", "E4A")],
        "in/2017-episodes.csv, cell H2: expected a date, found something else.\n"
        "  Type it as 30/09/2016 or 2016-09-30.  [not-a-date]",
    ),
}


def errors(problems: list[Problem]) -> list[str]:
    return [p.message for p in problems if str(p.severity) == "error"]


@pytest.mark.parametrize("case", NOT_SAFE.values(), ids=NOT_SAFE)
def test_where_no_repair_is_safe_it_is_an_error(case: tuple[Lines, str]) -> None:
    lines, expected = case
    _, problems = joined({2017: lines})
    assert errors(problems) == [expected]


def test_a_blank_row_is_none() -> None:
    histories, problems = joined({2017: [episode(1, "01/05/2017"), ",,,,,,,,", episode(2, "01/05/2017")]})
    assert [each[3] for each in spans(histories)] == ["2017!B2", "2017!B4"]
    assert problems == []
