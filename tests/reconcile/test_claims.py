"""Stated against computed: by intervals, with both places and the amount in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.datasets import all_datasets
from reportgen.model import Number, Place, Problem, Scalar, Severity, Unit, Value
from reportgen.reconcile import agrees, disagreement, exactly, reconcile, stated_claims
from reportgen.trace import Claim, Figure
from tests.figures.sheets import tables

Rows = list[list[Scalar]]


def problems(sheets: dict[str, Rows]) -> list[Problem]:
    found, wrong = tables(sheets)
    assert [p.message for p in wrong] == []
    return reconcile(found, all_datasets(), [])


def pressure(heading: str, amounts: list[Scalar], total: Scalar) -> dict[str, Rows]:
    rows = [[f"part {i}", amount] for i, amount in enumerate(amounts)]
    return {"budget_pressure": [["Pressure", heading], *rows, ["Total", total]]}


def test_a_stated_total_that_is_wrong() -> None:
    (problem,) = problems(pressure("Overspend (£)", [400_000, 350_000], 760_000))
    assert problem.message == (
        'in/book.xlsx, sheet "budget_pressure", cell B4: expected the total of amount to be £750,000, the sum of '
        "B2:B3, found £760,000.\n"
        "  They differ by £10,000. Correct the one that is wrong: the paper goes by what it has worked out."
        "  [total-differs]"
    )
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("heading", "amounts", "total", "apart"),
    [
        # Whole thousands: three values and the total may each be half a thousand off.
        ("Overspend (£000)", [400, 350, 100], 848, ""),
        ("Overspend (£000)", [400, 350, 100], 852, ""),
        ("Overspend (£000)", [400, 350, 100], 847, "£3,000"),
        ("Overspend (£000)", [400, 350, 100], 853, "£3,000"),
        # Tenths of a million.
        ("Overspend (£m)", [1.2, 2.3], 3.6, ""),
        ("Overspend (£m)", [1.2, 2.3], 3.7, "£200,000"),
        # Pounds and pence.
        ("Overspend (£)", [10.25, 20.25], 30.5, ""),
        ("Overspend (£)", [10.25, 20.25], 30.51, ""),
        ("Overspend (£)", [10.25, 20.25], 30.52, "£0.02"),
        ("Overspend (£)", [-10, 10], 0, ""),
        ("Overspend (£)", [-10, 10], -2, "£2"),
    ],
)
def test_money_stands_for_the_interval_around_it(
    heading: str, amounts: list[Scalar], total: Scalar, apart: str
) -> None:
    found = problems(pressure(heading, amounts, total))
    assert [p.remedy.partition(".  ")[0].partition(". Correct")[0] for p in found] == (
        [f"They differ by {apart}"] if apart else []
    )


def test_subtotals_cover_the_rows_since_the_last() -> None:
    rows: Rows = [
        ["Pressure", "Overspend (£)"],
        ["a", 1],
        ["b", 2],
        ["Sub-total", 9],
        ["c", 4],
        ["d", 8],
        ["Sub-total", 12],
        ["Grand total", 25],
    ]
    first, last = problems({"budget_pressure": rows})
    assert (first.place.cell, first.expected, first.found) == (
        "B4",
        'the subtotal "Sub-total" of amount to be £3, the sum of B2:B3',
        "£9",
    )
    assert (last.place.cell, last.expected, last.found) == (
        "B8",
        "the total of amount to be £15, the sum of B2:B3, B5:B6",
        "£25",
    )
    assert last.remedy.startswith("They differ by £10.")


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        # Of the rows since the subtotal, of all rows, of those since the last total.
        ([["a", 10], ["Sub-total", 10], ["b", 20], ["Total", 20]], []),
        ([["a", 10], ["Sub-total", 10], ["b", 20], ["Total", 30]], []),
        ([["a", 10], ["Total", 10], ["b", 20], ["Total", 20]], []),
        ([["a", 10], ["Total", 10], ["b", 20], ["Total", 30]], []),
        ([["a", 10], ["Total", 10], ["b", 20], ["Sub-total", 20], ["c", 40], ["Total", 60]], []),
        ([["a", 10], ["Total", 10], ["b", 20], ["Sub-total", 20], ["c", 40], ["Total", 40]], []),
        ([["a", 10], ["Total", 10], ["b", 20], ["Sub-total", 20], ["c", 40], ["Total", 70]], []),
        ([["a", 1], ["Sub-total", 1], ["b", 2], ["Total", 9]], ["£3, the sum of B2, B4"]),
        ([["a", 1], ["Total", 1], ["b", 2], ["Total", 9]], ["£2, the sum of B4"]),
        ([["a", 10], ["Total", 10], ["b", 20], ["Grand total", 20]], ["£30, the sum of B2, B4"]),
    ],
    ids=str,
)
def test_what_a_total_covers_is_the_reading_that_agrees(rows: Rows, found: list[str]) -> None:
    wrong = problems({"budget_pressure": [["Pressure", "Overspend (£)"], *rows]})
    assert [p.expected for p in wrong] == [f"the total of amount to be {worked}" for worked in found]


def outcomes(targets: list[Scalar], total: Scalar) -> dict[str, Rows]:
    rows: Rows = [[i, f"title {i}", target] for i, target in enumerate(targets, 1)]
    return {"outcomes": [["Outcome", "Title", "Savings target (£)"], *rows, ["Total", None, total]]}


@pytest.mark.parametrize(
    ("targets", "total", "found"),
    [
        ([1, None, 2], 3, []),
        ([1, None, 2], 5, ["£5"]),
        ([None, None], 0, []),
        ([None, None], 7, ["£7"]),
        ([1, "n/a"], 1, []),
        ([1, "n/a"], 4, ["£4"]),
        ([1, "tbc"], 9, []),
        ([1, "<5"], 9, []),
    ],
    ids=str,
)
def test_a_total_over_values_that_are_missing(targets: list[Scalar], total: Scalar, found: list[str]) -> None:
    made, wrong = tables(outcomes(targets, total))
    assert {p.code for p in wrong} <= {"no-number"}
    assert [p.found for p in reconcile(made, all_datasets(), [])] == found


def population(*rows: list[Scalar]) -> dict[str, Rows]:
    return {"population": [["Month", "Total", "Non-UASC", "UASC"], *rows]}


def test_a_column_that_is_the_sum_of_others() -> None:
    sheets = population(["April 2016", 61, 55, 6], ["May 2016", 64, 56, 7], ["June 2016", 70, 60, 10])
    (problem,) = problems(sheets)
    assert problem.message == (
        'in/book.xlsx, sheet "population", cell B3: expected the total to be 63, the sum of C3, D3, found 64.\n'
        "  They differ by 1. Correct the one that is wrong: the paper goes by what it has worked out.  [sum-differs]"
    )


def test_a_sum_of_something_missing_is_not_compared() -> None:
    made, _ = tables(population(["April 2016", 61, 55, "tbc"], ["May 2016", "tbc", 56, 7]))
    assert reconcile(made, all_datasets(), []) == []


def test_the_claims_of_sheets_say_which_cells_they_rest_on() -> None:
    made, _ = tables({**pressure("Overspend (£)", [4, 3], 9), **population(["May 2016", 63, 56, 7])})
    total, row = stated_claims(made, all_datasets())
    assert (total.gap, total.computed.how) == (200, "the sum of B2:B3")
    assert [cells.address for cells in total.computed.counted()] == ["B2:B3"]
    assert total.place == Place("in/book.xlsx", "budget_pressure", 4, 2)
    assert (row.gap, [cells.address for cells in row.computed.counted()]) == (0, ["C2", "D2"])
    assert (agrees(total), agrees(row)) == (False, True)


def figure(value: Value | None, unit: Unit = Unit.COUNT, symbol: str = "", half: Number = 0) -> Figure:
    bounds = (value - half, value + half) if half and isinstance(value, (int, Fraction)) else None
    return Figure(value, unit, "how", symbol, bounds=bounds)


@pytest.mark.parametrize(
    ("stated", "computed", "expected"),
    [
        (figure(5), figure(5), True),
        (figure(5), figure(6), False),
        (figure(5, half=Fraction(1, 2)), figure(Fraction(11, 2)), True),
        (figure(5, half=Fraction(1, 2)), figure(Fraction(56, 10)), False),
        (figure(5, half=Fraction(1, 2)), figure(6, half=Fraction(1, 2)), True),
        (figure(None), figure(5), True),
        (figure(5), figure(None, symbol="x"), True),
        (figure(5), figure(None, symbol="c"), True),
        (figure(5), figure(None, symbol="z"), False),
        (figure(5), figure(None), False),
        (figure("Red", Unit.RATING), figure("Red", Unit.RATING), True),
        (figure("Green", Unit.RATING), figure("Red", Unit.RATING), False),
        (figure(None, Unit.RATING), figure("Red", Unit.RATING), True),
        (figure("Green", Unit.RATING), figure(None, Unit.RATING, "z"), False),
    ],
)
def test_agreement(stated: Figure, computed: Figure, expected: bool) -> None:
    assert agrees(Claim("c", "w", stated, computed)) is expected


def test_a_disagreement_of_words() -> None:
    place = Place("in/p.xlsx", "Plan", 5, 10)
    claim = Claim(
        "rating-differs",
        "the BRAG rating of action 2.2 at 29 June 2016",
        figure("Green", Unit.RATING),
        figure(None, Unit.RATING, "z"),
        "Not started, not yet due",
        place,
    )
    assert disagreement(claim).message == (
        'in/p.xlsx, sheet "Plan", cell J5: expected the BRAG rating of action 2.2 at 29 June 2016 to be '
        "[z] not applicable, found Green.\n"
        "  Not started, not yet due. The paper prints both; correct the cell, or what the other rests on."
        "  [rating-differs]"
    )


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (17, Unit.COUNT, "17"),
        (Fraction(1, 3), Unit.COUNT, "0.333333"),
        (1_000_000, Unit.MONEY, "£10,000"),
        (1_000_050, Unit.MONEY, "£10,000.50"),
        (-1_000_001, Unit.MONEY, "−£10,000.01"),
        (99_655, Unit.MONEY_PER_WEEK, "£996.55"),
        (99_650, Unit.MONEY_PER_WEEK, "£996.50"),
        (Fraction(7, 10_000), Unit.PERCENT, "0.07%"),
        (Fraction(1, 100_000), Unit.PERCENT, "0.001%"),
        (Fraction(1, 4), Unit.PERCENT, "25%"),
    ],
)
def test_amounts_are_said_exactly(value: Number, unit: Unit, expected: str) -> None:
    assert exactly(value, unit) == expected


BUDGET: list[Scalar] = ["Year", "Placement type", "Expected children", "Budget (£)", "Actual children", "Actual (£)"]


def test_totals_of_parts_of_the_key_say_of_which() -> None:
    rows: Rows = [BUDGET, ["2019/20", "IFA", 4, 200, 5, 260], [None, "In-house", 2, 90, 2, 90], [None, "Total", 7]]
    rows += [["2018/19", "IFA", 4, 200, 5, 260], [None, "Total", 5], ["Grand total", None, 11]]
    assert [(p.place.cell, p.expected) for p in problems({"placement_budget": rows})] == [
        ("C4", "the total of expected children for 2019/20 to be 6, the sum of C2:C3"),
        ("C6", "the total of expected children for 2018/19 to be 4, the sum of C5"),
        ("C7", "the total of expected children to be 10, the sum of C2:C3, C5"),
    ]


def test_amounts_without_signs_are_not_added_up() -> None:
    rows: Rows = [[*BUDGET, "Variance (£)"], ["2019/20", "IFA", 4, 200, 5, 260, 60]]
    rows += [[None, "In-house", 2, 90, 2, 20, 70], [None, "Total", 6, 290, 7, 280, 10]]
    assert problems({"placement_budget": rows}) == []
