"""Text, references and fixed categories."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.cells.kinds import Category, Code, Context, Line, Text
from reportgen.cells.reading import Cell, Read
from reportgen.model import Scalar

STATUS = Category("a status", {"not started": ("to start",), "Started": ("under way", "in-progress")}, "unknown-status")
OUTCOME = Code("an outcome number", r"(?:outcome\s+)?([0-9]+)\b.*")


@pytest.mark.parametrize(
    ("value", "text"), [(" Two\nlines\xa0here ", "Two lines here"), (12, "12"), (dt.date(2016, 5, 1), "01/05/2016")]
)
def test_text_is_kept_but_for_white_space(value: Scalar, text: str) -> None:
    assert Text().read(Cell(value), {}, Context()) == Read(text)


@pytest.mark.parametrize("value", ["None", "none.", " NIL ", "\u2013"])
def test_words_for_nothing_are_none(value: str) -> None:
    assert Text(nothing=("none", "nil", "-")).read(Cell(value), {}, Context()) == Read()
    assert Text().read(Cell(value), {}, Context()).value


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [("2.10", "", "2.10"),
     (2.1, "", "2.1"), (2.1, "0.00", "2.10"), (7, "", "7"), (7, "000", "007"), (" A\u200b1 ", "", "A1")],
)  # fmt: skip
def test_a_reference_is_what_the_sheet_shows(value: Scalar, number_format: str, code: str) -> None:
    assert Code().read(Cell(value, number_format), {}, Context()) == Read(code)


@pytest.mark.parametrize("value", ["Outcome 2: Risk is managed", "OUTCOME  2", 2, "2", "2 - Risk", "2\nRisk"])
def test_a_code_is_taken_out_of_its_cell(value: Scalar) -> None:
    assert OUTCOME.read(Cell(value), {}, Context()) == Read("2")


def test_what_is_no_code() -> None:
    remedy = "Type the reference as in the other rows."
    assert OUTCOME.read(Cell("Risk"), {}, Context()) == Read(
        code="not-a-code", expected="an outcome number", remedy=remedy
    )


@pytest.mark.parametrize("value", [dt.date(2016, 1, 2), dt.datetime(2016, 1, 2), dt.time(2, 10)])
def test_a_code_become_a_date(value: Scalar) -> None:
    remedy = "The sheet has turned the reference into a date: format it as text."
    assert Code().read(Cell(value), {}, Context()) == Read(code="date-in-code", expected="a reference", remedy=remedy)


@pytest.mark.parametrize("value", ["Started", "STARTED ", "started.", "Under\xa0 way", "In\u2011progress"])
def test_a_category_is_known_by_its_words(value: str) -> None:
    assert STATUS.read(Cell(value), {}, Context()) == Read("Started")


def test_a_category_may_be_a_truth_value_or_number() -> None:
    yes = Category("yes or no", {"yes": ("true", "1"), "no": ("false",)}, "not-yes-or-no")
    assert [yes.read(Cell(value), {}, Context()).value for value in (True, False, 1)] == ["yes", "no", "yes"]


@pytest.mark.parametrize(
    ("value", "meant"), [("Startd", 'Did you mean "Started"? '), ("underway", 'Did you mean "under way"? '), ("?", "")]
)
def test_an_unknown_category_has_a_suggestion(value: str, meant: str) -> None:
    remedy = f"{meant}The accepted words are: not started, Started (docs/datasets.md)."
    assert STATUS.read(Cell(value), {}, Context()) == Read(code="unknown-status", expected="a status", remedy=remedy)


LINE = Line("a line", {"net budget": ("budget",), "pressure": ("budget pressure", "growth")}, "unknown-line")


@pytest.mark.parametrize(
    ("value", "category"),
    [
        ("Budget", "net budget"),
        ("BUDGETS (net)", "net budget"),
        ("Budget pressure: demand", "pressure"),
        ("Growth / demand", "pressure"),
    ],
)
def test_a_line_is_known_by_the_longest_words_that_begin_it_and_keeps_its_own(value: str, category: str) -> None:
    assert LINE.read(Cell(value), {}, Context()) == Read(value)
    assert LINE.category(value) == category


@pytest.mark.parametrize("value", ["Net budget", "Budgetary control", "Total"])
def test_a_line_that_begins_with_other_words(value: str) -> None:
    remedy = "It begins with one of: budget, budget pressure, growth."
    assert LINE.read(Cell(value), {}, Context()) == Read(code="unknown-line", expected="a line", remedy=remedy)
