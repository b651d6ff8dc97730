"""The rules of the datasets: what no single cell shows is doubted, with its cell."""

from __future__ import annotations

import pytest

from reportgen.model import Scalar, Severity
from tests.figures.sheets import tables

PLAN: list[Scalar] = ["Outcome", "Ref", "Action", "Status", "Concern", "Completion", "Revised"]
OUTCOMES: list[list[Scalar]] = [["Outcome", "Title", "Savings target (£000)"], [2, "Two", None], [4, "Four", -2]]


def told(sheets: dict[str, list[list[Scalar]]]) -> list[tuple[str, str]]:
    """The code and cell of each problem; all are warnings."""
    _, problems = tables(sheets)
    assert {p.severity for p in problems} <= {Severity.WARNING}, [p.message for p in problems]
    return [(p.code, p.place.cell) for p in problems]


def test_a_saving_of_the_wrong_sign() -> None:
    rows: list[list[Scalar]] = [["Objective", "Amount (£000)", "Kind"], ["A", -5, "Saving"], ["B", 7, "Saving"]]
    rows += [["C", 3, "Budget adjustment"], ["D", 0, "Mitigation"]]
    assert told({"savings": rows}) == [("sign-of-saving", "B3")]


def test_without_kinds_no_sign_is_doubted() -> None:
    assert told({"savings": [["Objective", "Amount (£000)"], ["A", -5], ["B", 7]]}) == []


def test_a_target_of_the_wrong_sign_among_blanks() -> None:
    rows: list[list[Scalar]] = [*OUTCOMES, [5, "Five", 2061]]
    assert told({"outcomes": rows}) == [("sign-of-saving", "C4")]


def plan(*rows: list[Scalar]) -> dict[str, list[list[Scalar]]]:
    return {"action_plan": [PLAN, *rows], "outcomes": OUTCOMES}


def test_a_revised_date_with_a_slip_in_its_year() -> None:
    rows: list[list[Scalar]] = [[2, "2.1", "A", "Started", None, "June 2016", "30/09/2061"]]
    assert told(plan(*rows)) == [("date-far-off", "G2")]


def test_a_reference_under_another_outcome() -> None:
    rows: list[list[Scalar]] = [[o, r, f"Do {r}", "Started", None, "Ongoing", None] for o, r in
                                ((2, "2.1"), (2, "2.2"), (2, "4.1"), (4, "4.2"))]  # fmt: skip
    assert told(plan(*rows)) == [("ref-under-other-outcome", "B4")]


def test_references_of_another_make_are_left_alone() -> None:
    first: list[Scalar] = [2, "1.1", "A", "Started", None, "Ongoing", None]
    assert told(plan(first, [4, "1.2", "B", "Started", None, None, None])) == []


@pytest.mark.parametrize(
    "words", ["No issues", "none identified", "Nothing to report", "N", "0", "No concerns at present"]
)
def test_a_concern_that_says_there_is_none(words: str) -> None:
    found, _ = tables(plan([2, "2.1", "A", "Started", words, "Ongoing", None]))
    assert found["action_plan"].frame["concern"].isna().all()
