"""Warnings that somebody accepts: which are, and what is wrong with acceptances that fit none."""

from __future__ import annotations

import tomllib

import pytest

from reportgen.accepting import Accepting, accept, accepting, block, quoted
from reportgen.model import Acceptance, Place, Problem, Severity

CELL = Place("in/a.xlsx", "S", 4, 3)
GIVEN = Acceptance("A Person, Head of Finance", "The source stands.")


def warning(place: Place = CELL, code: str = "total-differs", severity: Severity = Severity.WARNING) -> Problem:
    return Problem(code, place, "1", "2", severity=severity)


def written(place: str = str(CELL), code: str = "total-differs", line: int = 5) -> Accepting:
    return accepting(code, place, GIVEN.who, GIVEN.why, Place("meeting.toml", line=line))


def wrong(problems: list[Problem], *acceptances: Accepting, complete: bool = True) -> list[str]:
    return [problem.message for problem in accept(problems, acceptances, complete)[len(problems) :]]


def test_a_warning_of_that_code_and_place_is_accepted_and_no_other() -> None:
    problems = [warning(), warning(code="sum-differs"), warning(Place("in/a.xlsx", "S", 4, 4))]
    made = accept(problems, [written()], complete=True)
    assert [each.accepted for each in made] == [GIVEN, None, None]
    assert [each.is_open for each in made] == [False, True, True]
    assert all(each.severity is Severity.WARNING for each in made)


def test_words_of_an_acceptance_stand_on_one_line() -> None:
    said = accepting("c", "p", " A\n Person\u202e ", "It\n\nstands.", Place("m")).acceptance
    assert said == Acceptance("A Person", "It stands.")


def test_an_error_can_not_be_accepted() -> None:
    problems = [warning(severity=Severity.ERROR)]
    (made, said) = accept(problems, [written()], complete=False)
    assert made.accepted is None
    assert said.severity is Severity.ERROR
    assert said.message == (
        "meeting.toml, line 5: expected a warning to be accepted, found an error [total-differs].\n"
        "  An error can't be accepted: mend what it says, and take this out.  [error-accepted]"
    )


@pytest.mark.parametrize(
    ("acceptance", "found", "remedy"),
    [
        (
            written(str(Place("in/a.xlsx", "S", 4, 5))),
            'none [total-differs] at in/a.xlsx, sheet "S", cell E4',
            "Did you mean the place 'in/a.xlsx, sheet \"S\", cell C4'? If what it accepted is mended, take it out.",
        ),
        (
            written(code="totl-differs"),
            'none [totl-differs] at in/a.xlsx, sheet "S", cell C4',
            'At that place there is: "total-differs". If what it accepted is mended, take it out.',
        ),
        (
            written("elsewhere", "other"),
            "none [other] at elsewhere",
            "Take it out: what it accepted is mended, or was never there.",
        ),
    ],
)
def test_an_acceptance_that_fits_no_warning_is_one(acceptance: Accepting, found: str, remedy: str) -> None:
    assert wrong([warning()], acceptance) == [
        f"meeting.toml, line 5: expected acceptances of warnings that there are, found {found}.\n"
        f"  {remedy}  [unused-acceptance]"
    ]
    assert wrong([warning()], acceptance, complete=False) == [], "it may fit one that can't be told yet"


def test_a_note_needs_no_acceptance_and_a_warning_one_alone() -> None:
    assert wrong([warning(severity=Severity.NOTE)], written()) == [
        "meeting.toml, line 5: expected acceptances of warnings that there are, found one of a note [total-differs].\n"
        "  A note needs none: take it out.  [unused-acceptance]"
    ]
    assert wrong([warning()], written(), written(line=10)) == [
        "meeting.toml, line 10: expected acceptances of warnings that there are, found one that stands above.\n"
        "  Take it out: the first one counts.  [unused-acceptance]"
    ]


PLACES = ["a.md, line 3", 'in/a.xlsx, sheet "S", cell C4', "in/it's.xlsx", "a'b\"c\\d", "tab\there\x7f", "é £"]


@pytest.mark.parametrize("text", PLACES)
def test_a_text_as_toml_is_that_text(text: str) -> None:
    assert tomllib.loads(f"x = {quoted(text)}")["x"] == text


def test_the_block_to_paste_holds_code_and_place_as_they_are_printed() -> None:
    assert block(warning()) == (
        '[[accept]]\ncode = "total-differs"\nplace = \'in/a.xlsx, sheet "S", cell C4\'\nwho = ""\nwhy = ""'
    )
