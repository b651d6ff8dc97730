"""Numbers typed by hand are told with their lines; dates, references and constants are not."""

from __future__ import annotations

import pytest

from reportgen.model import Place, Severity
from reportgen.present.lint import lint, typed_numbers

PLACE = Place("inputs/made/2016-05/made/commentary.md")


@pytest.mark.parametrize(
    "text",
    [
        "At the end of May 2016 and on 12 July 2016, or 1 and 2 June, or 3rd of May.",
        "In 2016/17, and from 2015-16 on; by 2020; the Act of 1989.",
        "Section 20, sections 17 and 20, paragraph 3.2, Schedule 12A, regulation 4(2), Table 3 and Figure 1.",
        "Actions 2.2, 2.3 and 4.6 belong to outcome 2; Key Stage 2, Year 2 and Years 7 to 11.",
        "One of the panels meets at 9.30am; a one-off cost; someone, none, often.",
        "Children aged 16 and over, under-18s, 16 to 17 year olds, people over 65.",
        "SSDA903, PR1, H5 and COVID-19; the A14; CB3 0AP; 01223 555 0100; a@b.example; https://x.example/17",
        "There are {{ fig.children_last }} children{% if fig.x.value > 3 %}, many{% endif %}.",
        "See [the plan](https://council.example/plan-2016-3).",
        "1. First\n2. Second",
    ],
)
def test_what_only_refers_is_left_alone(text: str) -> None:
    assert list(typed_numbers(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We look after 631 children.", ["631"]),
        ("A saving of £1.2m or 14.3%.", ["£1.2m", "14.3%"]),
        ("About 7 per cent of £400,000.", ["7 per cent", "£400,000"]),
        ("Two thirds of them, and a third more.", ["Two thirds", "a third"]),
        ("1 in 5 children, or one in five.", ["1 in 5", "one in five"]),
        ("Twenty-one beds; two hundred and six carers.", ["Twenty-one", "two hundred and six"]),
        ("Costs have doubled and numbers halved.", ["doubled", "halved"]),
        ("More than half of the children, over a hundred.", ["than half", "a hundred"]),
        ("In all 2016 children.", ["2016"]),
    ],
)
def test_what_counts_is_told(text: str, found: list[str]) -> None:
    assert [number for _, number in typed_numbers(text)] == found


def test_the_line_is_that_of_the_file() -> None:
    (problem,) = lint("No number here.\n\n{{ fig.one }}\nbut 17 here", PLACE, first_line=9)
    assert problem.message == (
        'inputs/made/2016-05/made/commentary.md, line 12: expected numbers taken from figures, found "17".\n'
        "  Use {{ fig.name }} (reportgen trace lists the names), or declare it under constants.  [typed-number]"
    )
    assert problem.severity is Severity.WARNING


def test_a_text_without_lines_of_its_own_names_the_file_alone() -> None:
    (problem,) = lint("17 of them", PLACE, first_line=0)
    assert problem.place == PLACE


def test_declared_constants_are_whole_words() -> None:
    assert list(typed_numbers("five clear days; a 5-year plan of 15", ("five clear days", "5-year"))) == [(1, "15")]
    assert list(typed_numbers("115 and 1.15", ("15",))) == [(1, "115"), (1, "1.15")]
