"""Problems in order and in words."""

from __future__ import annotations

import random
from dataclasses import replace

from reportgen.model import Acceptance, Place, Problem, Severity
from reportgen.problems import REPEATS, errors, in_order, in_words, summary


def problem(place: Place, code: str = "c", severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, place, "x", "y", severity=severity)


def test_problems_stand_in_order_of_file_sheet_row_and_column_each_once() -> None:
    places = [
        Place("part 2.xlsx", "A", 2, 1),
        Place("part 2.xlsx", "A", 10, 1),
        Place("part 2.xlsx", "A", 10, 3),
        Place("part 2.xlsx", "B", 1, 1),
        Place("part 10.xlsx"),
        Place("text.md", line=2),
        Place("text.md", line=11),
    ]
    mixed = [problem(place) for place in places] * 2
    random.Random(1).shuffle(mixed)
    assert [each.place for each in in_order(mixed)] == places


def test_names_that_begin_with_digits_and_with_letters_can_be_compared() -> None:
    names = ["2016.xlsx", "10 a.xlsx", "9 a.xlsx", "a.xlsx", "a10", "a9"]
    assert [each.place.file for each in in_order([problem(Place(name)) for name in names])] == [
        "9 a.xlsx", "10 a.xlsx", "2016.xlsx", "a9", "a10", "a.xlsx",
    ]  # fmt: skip


def test_strict_makes_errors_of_warnings_and_leaves_notes() -> None:
    mixed = [problem(Place(str(severity)), severity=severity) for severity in Severity]
    assert [each.severity for each in in_order(mixed)] == [Severity.ERROR, Severity.NOTE, Severity.WARNING]
    strict = in_order(mixed, strict=True)
    assert [each.severity for each in strict] == [Severity.ERROR, Severity.NOTE, Severity.ERROR]
    assert [each.place.file for each in errors(strict)] == ["error", "warning"]


def test_repeats_of_one_code_in_a_sheet_are_capped_with_a_count_where_they_stand() -> None:
    many = [problem(Place("a.xlsx", "S", row, 1)) for row in range(1, REPEATS + 4)]
    others = [problem(Place("a.xlsx", "S", 3, 1), "other"), problem(Place("a.xlsx", "T", 1, 1)), problem(Place("b.md"))]
    lines = in_words(in_order([*many, *others])).splitlines()
    assert lines[:4] == [
        'a.xlsx, sheet "S", cell A1: expected x, found y.  [c]',
        'a.xlsx, sheet "S", cell A2: expected x, found y.  [c]',
        'a.xlsx, sheet "S", cell A3: expected x, found y.  [c]',
        'a.xlsx, sheet "S", cell A3: expected x, found y.  [other]',
    ]
    assert lines[REPEATS:] == [
        'a.xlsx, sheet "S", cell A8: expected x, found y.  [c]',
        'a.xlsx, sheet "S": 3 more of the same.  [c]',
        'a.xlsx, sheet "T", cell A1: expected x, found y.  [c]',
        "b.md: expected x, found y.  [c]",
    ]


def test_as_many_as_are_shown_need_no_count() -> None:
    many = [problem(Place("a.md", line=line)) for line in range(1, REPEATS + 1)]
    assert "more of the same" not in in_words(many)
    assert len(in_words(many).splitlines()) == REPEATS


def test_warnings_and_notes_are_marked() -> None:
    mixed = [problem(Place("a"), severity=severity) for severity in Severity]
    assert in_words(mixed).splitlines() == [
        "a: expected x, found y.  [c]",
        "Warning: a: expected x, found y.  [c]",
        "Note: a: expected x, found y.  [c]",
    ]


def test_what_is_accepted_is_marked_and_counted_apart_and_no_error_where_warnings_are() -> None:
    given = Acceptance("A Person, Head of Finance", "It stands so.")
    accepted = [replace(problem(Place("a", line=n), severity=Severity.WARNING), accepted=given) for n in (1, 2)]
    mixed = [*accepted, problem(Place("a", line=3), severity=Severity.WARNING)]
    assert [each.severity for each in in_order(mixed, strict=True)] == [
        Severity.WARNING, Severity.WARNING, Severity.ERROR,
    ]  # fmt: skip
    assert in_words(mixed[1:]) == (
        "Accepted: a, line 2: expected x, found y.\n  Accepted by A Person, Head of Finance: It stands so.  [c]\n"
        "Warning: a, line 3: expected x, found y.  [c]"
    )
    note = problem(Place("n"), severity=Severity.NOTE)
    assert summary([note, *mixed]) == "1 warning, 2 accepted, 1 note"


def test_repeats_that_are_accepted_do_not_hide_those_that_are_not() -> None:
    given = Acceptance("A Person", "It stands so.")
    many = [problem(Place("a", line=line), severity=Severity.WARNING) for line in range(1, REPEATS + 3)]
    said = in_words([*(replace(each, accepted=given) for each in many[:-1]), many[-1]]).splitlines()
    assert said[-2:] == ["a: 1 more of the same.  [c]", f"Warning: a, line {REPEATS + 2}: expected x, found y.  [c]"]


def test_the_summary_counts_by_severity() -> None:
    mixed = [problem(Place(str(n)), severity=Severity.WARNING) for n in range(2)] + [problem(Place("e"))]
    assert summary(mixed) == "1 error, 2 warnings"
    assert summary([problem(Place("n"), severity=Severity.NOTE)]) == "1 note"
    assert summary([]) == "no problems"
    assert in_words([]) == ""
