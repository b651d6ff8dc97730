"""The single cell that would settle several disagreements, from sheets: which, with what value, and why it may be."""

from __future__ import annotations

import pytest

from reportgen.model import Scalar, Severity
from tests.reconcile.made import HEAD, Counting, Rows, pressure, settling

UNALTERED = "Nothing is altered: look the cell up where it came from; the paper goes by it as it stands."


def test_one_disagreement_is_not_several() -> None:
    assert settling(pressure(("a", 120), ("b", 250), ("Total", 640))) == []
    savings: Rows = [["Objective", "Amount (£)", "Kind"], ["Fewer", -120, "Saving"], ["Cost", -25, "Saving"]]
    outcomes: Rows = [["Outcome", "Title", "Savings target (£)"], [1, "Together", None]]
    assert settling({"savings": [*savings, ["Total", -370, None]], "outcomes": outcomes}) == []


def test_disagreements_that_no_cell_shares() -> None:
    assert (
        settling(pressure(("a", 120), ("Sub-total", 640), ("b", 250), ("Sub-total", 270), ("Grand total", 370))) == []
    )


SUBTOTALS = pressure(
    ("a", 120), ("b", 250), ("Sub-total", 640), ("c", 40), ("d", 10), ("Sub-total", 50), ("Grand total", 690)
)


def test_a_cell_that_explains_a_subtotal_and_the_total_and_another_that_might() -> None:
    best, other = settling(SUBTOTALS)
    assert best.message == (
        'in/book.xlsx, sheet "budget_pressure", cell B3: expected £520, if two disagreements come from this one cell, '
        "found £250.\n"
        '  It would settle the subtotal "Sub-total" of amount (£640 stated) and the total of amount (£690 stated). '
        "It would be a known slip: two digits swapped. Less likely: B2. "
        f"{UNALTERED}\n"
        "  See also cells B4, B8.  [one-cell-settles]"
    )
    assert best.severity is Severity.WARNING
    assert (other.place.cell, other.expected, other.found) == (
        "B2",
        "£390, if two disagreements come from this one cell",
        "£120",
    )
    assert other.remedy.endswith(f"It would be none of the known slips. More likely: B3. {UNALTERED}")


@pytest.mark.parametrize(
    ("written", "meant", "expected", "slip"),
    [
        (-50, 50, "£50", "the sign the wrong way round"),
        (50, -50, "−£50", "the sign the wrong way round"),
        (3, 3000, "£3,000", "too small by a factor of a thousand"),
        (71_000, 71, "£71", "too large by a factor of a thousand"),
        (120, 1200, "£1,200", "too small by a factor of ten"),
        (1034, 10345, "£10,345", "a digit lost"),
    ],
)
def test_the_kind_of_slip(written: int, meant: int, expected: str, slip: str) -> None:
    (problem,) = settling(
        pressure(("a", written), ("Sub-total", meant), ("b", 40), ("Sub-total", 40), ("Grand total", meant + 40))
    )
    assert (problem.place.cell, problem.expected.partition(",  if")[0].partition(", if")[0]) == ("B2", expected)
    assert f"It would be a known slip: {slip}." in problem.remedy


def test_a_cell_whose_other_value_would_contradict_what_now_agrees_is_none() -> None:
    # Both of the block's cells are held by the stated variance of their line, and so is each budget by its total.
    rows: Rows = [HEAD, ["2019/20", "IFA", 4, 200, 5, 260, 60], [None, "In-house", 2, 90, 2, 90, 0]]
    assert settling({"placement_budget": [*rows, [None, "Total", 6, 290, 7, 450, 160]]}) == []


def budget(actual: int, others: tuple[int, ...] = (510, 500)) -> dict[str, Rows]:
    """Two years of one type, and a third whose actual is `actual` where its totals are those of £500."""
    rows: Rows = [HEAD, ["2019/20", "IFA", 40, 400, 50, actual, 100], [None, "In-house", 2, 90, 2, 90, 0]]
    rows += [[None, "Total", 42, 490, 52, 590, 100]]
    for year, amount in zip(("2018/19", "2017/18"), others, strict=False):
        line: list[Scalar] = [40, 400, 50, amount, abs(amount - 400)]
        rows += [[year, "IFA", *line], [None, "Total", *line]]
    return {"placement_budget": rows}


@pytest.mark.parametrize(
    ("actual", "others", "said"),
    [
        (5000, (510, 500), "For it: actual divided by actual children is £100 as the cell stands and would be £10; for "
         "IFA it is £10 in 2017/18 and £10 in 2018/19."),
        (600, (600, 610), "Against it: actual divided by actual children is £12 as the cell stands and would be £10; "
         "for IFA it is £12 in 2018/19 and £12 in 2017/18."),
        (600, (550,), "Neither for nor against it: actual divided by actual children is £12 as the cell stands and "
         "would be £10; for IFA it is £11 in 2018/19."),
    ],
)  # fmt: skip
def test_the_unit_cost_of_other_years_speaks_for_or_against(actual: int, others: tuple[int, ...], said: str) -> None:
    (problem,) = settling(budget(actual, others))
    assert (problem.place.cell, problem.expected) == ("F2", "£500, if three disagreements come from this one cell")
    assert said in problem.remedy


def test_a_variance_whose_sign_turns_with_the_right_value_is_settled_too() -> None:
    # Actual 50 for 500: £350 under where £100 over was meant. The total's slope leads to the value, not the size's.
    (problem,) = settling(budget(50))
    assert problem.expected == "£500, if three disagreements come from this one cell"
    assert "too small by a factor of ten" in problem.remedy


def test_sheets_that_agree_are_evaluated_once() -> None:
    counting = Counting()
    assert settling(pressure(("a", 120), ("Total", 120)), counting) == []
    assert counting.times == 1


TYPES = ("IFA", "In-house", "Residential", "Semi-independent")


def five_hundred(wrong: int) -> dict[str, Rows]:
    """A sheet of 500 lines that agree with their totals, but that the actual of the line in row 102 is `wrong`."""
    rows: Rows = [HEAD]
    for number in range(500):
        children, budgeted, spent = 10 + number % 7, 50_000 + 10 * number, 52_000 + 11 * number
        year = 1900 + number // 4
        shown = f"{year}/{(year + 1) % 100:02d}" if number % 4 == 0 else None
        rows.append([shown, TYPES[number % 4], 10, budgeted, children, spent, spent - budgeted])
    budgets, actuals = (sum(int(str(row[at])) for row in rows[1:]) for at in (3, 5))
    expected, placed = (sum(int(str(row[at])) for row in rows[1:]) for at in (2, 4))
    rows[101][5] = wrong
    return {"placement_budget": [*rows, [None, "Grand total", expected, budgets, placed, actuals, actuals - budgets]]}


def test_five_hundred_rows_take_a_handful_of_evaluations() -> None:
    counting = Counting()
    (problem,) = settling(five_hundred(51_300), counting)
    assert (problem.place.cell, problem.expected, problem.found) == (
        "F102",
        "£53,100, if three disagreements come from this one cell",
        "£51,300",
    )
    assert "a known slip: two digits swapped" in problem.remedy
    # As they stand; the 500 actuals together, twice; the one budget that two claims rest on; the one value tried.
    assert counting.times == 5


def test_many_cells_that_would_do_equally_are_tried_and_told_within_bounds() -> None:
    counting = Counting()
    parts = [(f"part {number}", 100 + 10 * number) for number in range(300)]
    whole = sum(amount for _, amount in parts) + 7000
    told = settling(pressure(*parts, ("Sub-total", whole), ("rest", 1), ("Grand total", whole + 1)), counting)
    assert counting.times == 1 + 2 + 40
    assert len(told) == 8
    assert "As likely: B" in told[0].remedy and "more" in told[0].remedy
