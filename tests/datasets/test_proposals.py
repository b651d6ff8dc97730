"""What is wrong with a sheet of proposals is told with its cell."""

from __future__ import annotations

import pytest

from reportgen.model import Scalar, Severity
from tests.figures.sheets import tables

Rows = list[list[Scalar]]
HEAD: list[Scalar] = ["Ref", "Proposal", "Measure", "2016/17", "2017/18", "Cumulative", "Payback"]
CARERS: Rows = [
    ["1", "Carers", "Investment", 0.2, 0.3, 0.5],
    [None, None, "Gross saving", 0, -0.9, -0.9],
    [None, None, "Net saving", 0.2, -0.6, -0.4, "Year 2"],
]
SHARE: list[Scalar] = [None, None, "% of placements with LA fostering", "43%", "48%"]
PLACE = 'in/book.xlsx, sheet "proposals"'


def told(*rows: list[Scalar]) -> list[str]:
    return [problem.message for problem in tables({"proposals": [["Proposals (£m)"], HEAD, *rows]})[1]]


def codes(*rows: list[Scalar]) -> list[tuple[str, str, Severity]]:
    _, problems = tables({"proposals": [["Proposals (£m)"], HEAD, *rows]})
    return [(p.code, p.place.cell, p.severity) for p in problems]


def test_sound_proposals() -> None:
    assert told(*CARERS, SHARE, [None, None, "LAC reduction", 0, 15, 15]) == []


def test_a_proposal_without_a_row_of_investment() -> None:
    assert told(*CARERS, ["2", "Reunification", "Gross saving", 0, -1, -1]) == [
        f"{PLACE}, cell C6: expected a row of investment among those of the same ref, found none.\n"
        "  Add the row; where there is nothing, fill in 0.  [missing-line]"
    ]


def test_percentages_of_two_sorts_in_one_measure() -> None:
    other: Rows = [["2", "Others", *CARERS[0][2:]], *CARERS[1:]]
    whole, ratios = ([None, None, "in-house share", *cells] for cells in ((43, 48), (0.5, "0.55%")))
    messages = told(*CARERS, whole, *other, ratios)
    assert messages == [
        f"{PLACE}, cell D10: expected percentages all typed alike, found a number below 1 beside one above 1.\n"
        "  Type both alike: format the cells as percentages, or type the % sign.\n"
        "  See also cell D6.  [mixed-percentages]",
    ]


@pytest.mark.parametrize("cells", [[43, 48], ["43%", 48], ["43%", "0.4%"], [0, 43], ["43%", 0.48], [0.43, 0.48]])
def test_percentages_that_are_not_mixed(cells: list[Scalar]) -> None:
    found = [code for code, _, _ in codes(*CARERS, [None, None, "in-house share", *cells])]
    assert "mixed-percentages" not in found


def test_signs_the_wrong_way_round() -> None:
    rows: Rows = [["1", "A", "Investment", -0.2, 0, -0.2], [None, None, "Gross saving", 0, 0.9, 0.9]]
    assert codes(*rows) == [("sign-of-saving", "E4", Severity.WARNING), ("sign-of-investment", "D3", Severity.WARNING)]


@pytest.mark.parametrize(
    ("said", "read"), [("Year 2", "Year 2"), ("year 3", "Year 3"), (2, "Year 2"), ("n/a", "N/A"), ("None", "N/A")]
)
def test_a_payback_in_other_words(said: Scalar, read: str) -> None:
    found, problems = tables({"proposals": [["£m"], HEAD, *CARERS[:2], [*CARERS[2][:6], said]]})
    assert problems == []
    assert list(found["proposals"].frame["payback"]) == [read, read]
    assert found["proposals"].place("payback", 0).cell == "G5"


def test_a_payback_that_is_none() -> None:
    assert codes(*CARERS[:2], [*CARERS[2][:6], "soon"]) == [("unknown-payback", "G5", Severity.ERROR)]


def test_years_out_of_order() -> None:
    head: list[Scalar] = [*HEAD[:3], "2017/18", "2016/17"]
    _, problems = tables({"proposals": [["£m"], head, *(row[:5] for row in CARERS)]})
    assert [(p.code, p.place.cell) for p in problems] == [("column-out-of-order", "E2")]
