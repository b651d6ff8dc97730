"""The unit of a column of money."""

from __future__ import annotations

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.check.made import SAVINGS, Rows, check, check_rows

HEAD, ROW = ("Objective", "Amount"), ("Adoption", -350)
NO_UNIT = (
    '{}: expected a unit of money in the heading (£, £000 or £m), found none.\n'
    "  It is read as pounds; write the unit into the heading.  [no-unit]"
)  # fmt: skip


def amount(rows: Rows) -> tuple[object, tuple[tuple[int, int], ...], list[str]]:
    read = check_rows(rows, "savings")
    return read.values("savings", "amount")[0], read.tables["savings"].columns["amount"].headings, read.messages


def test_the_heading_states_the_unit() -> None:
    assert amount(SAVINGS) == (-210_000_000, ((2, 1),), [])
    assert amount([("Objective", "Amount £m"), ROW]) == (-35_000_000_000, ((2, 1),), [])


def test_a_title_line_states_the_unit_and_is_traced() -> None:
    assert amount([("Savings requirement, £000",), HEAD, ROW]) == (-35_000_000, ((2, 2), (1, 1)), [])
    assert amount([("Savings",), (None, "£m"), (), HEAD, ROW])[0] == -35_000_000_000


def test_the_heading_goes_before_the_title() -> None:
    assert amount([("All in £000",), ("Objective", "Amount (£)"), ROW])[0] == -35_000


def two_units(first: str, second: str) -> str:
    return (
        f'in/book.xlsx, sheet "Sheet", cell {first}: expected one unit of money for the column, '
        f"found another in cell {second}.\n"
        "  Write the unit of the amounts into one of the two cells, and take the other out.\n"
        f"  See also cell {second}.  [two-units]"
    )


@pytest.mark.parametrize("upper", ["£m", "Savings (£)"])
def test_two_title_lines_with_different_units(upper: str) -> None:
    assert amount([(upper,), ("£000",), HEAD, ROW])[2] == [two_units("A2", "A1")]


def test_two_title_lines_with_the_same_unit() -> None:
    assert amount([("£000",), ("Savings (£k)",), HEAD, ROW])[::2] == (-35_000_000, [])


@pytest.mark.parametrize(("top", "below"), [("Amount (£000)", "£m"), ("Amount (£000)", "£"), ("Amount £", "(£000)")])
def test_two_heading_cells_with_different_units(top: str, below: str) -> None:
    assert amount([("Objective", top), (None, below), ROW])[2] == [two_units("B1", "B2")]


def test_two_heading_cells_with_the_same_unit() -> None:
    assert amount([("£m",), ("Objective", "Amount (£000)"), (None, "£k"), ROW])[::2] == (-35_000_000, [])


@pytest.mark.parametrize("above", [[("Pressure", "Overspend (£000)"), ("Demand", 400)], [("x", "y", "£000")]])
def test_the_unit_of_a_table_above_does_not_count(above: Rows) -> None:
    found = amount([*above, ("Savings",), HEAD, ROW])
    assert found[0] == -35_000
    assert found[2] == [NO_UNIT.format(f'in/book.xlsx, sheet "Sheet", cell B{len(above) + 2}')]


def test_a_title_far_above_does_not_count() -> None:
    assert amount([("£000",), *[()] * 7, HEAD, ROW])[0] == -35_000


@pytest.mark.parametrize("form", ["£#,##0", "[$£-809]#,##0.00", '"£"#,##0;[Red]-"£"#,##0'])
def test_a_number_format_with_a_pound_sign_states_pounds(form: str) -> None:
    read = check_rows([HEAD, ROW], "savings", look=lambda sheet: setattr(sheet["B2"], "number_format", form))
    assert (read.messages, read.values("savings", "amount")) == ([], [-35_000])


def test_a_pound_sign_in_one_cell_does_not_speak_for_another() -> None:
    def look(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "£#,##0"

    assert check_rows([HEAD, ROW, ("Care", 5)], "savings", look=look).places == ["no-unit B1"]


def test_no_unit_at_all_is_reported() -> None:
    assert amount([HEAD, ROW])[2] == [NO_UNIT.format('in/book.xlsx, sheet "Sheet", cell B1')]
    read = check({"in/s.csv": b"Objective,Amount\nAdoption,-350\n"}, "savings")
    assert read.messages == [NO_UNIT.format("in/s.csv, cell B1")]


def test_nothing_but_zeros_and_typed_pounds_needs_no_unit() -> None:
    assert amount([HEAD, ("Adoption", 0), ("Care", "£5")])[2] == []


def test_thousands_typed_into_a_column_of_pounds() -> None:
    read = check_rows([("Objective", "Amount (£)"), ("Adoption", "£350k"), ("Care", "£1.2m")], "savings")
    assert read.values("savings", "amount") == [35_000_000, 120_000_000]
    assert read.messages[0] == (
        'in/book.xlsx, sheet "Sheet", cell B2: expected an amount of money in pounds, as the column says, '
        'found "£350k".\n'
        "  It is read as £350,000. Type it in the column's unit to be sure.  [own-unit]"
    )


def test_thousands_typed_into_a_column_of_thousands() -> None:
    read = check_rows([("Objective", "Amount (£000)"), ("Adoption", "£350k")], "savings")
    assert (read.messages, read.values("savings", "amount")) == ([], [35_000_000])


def test_a_percentage_in_a_column_of_pounds() -> None:
    rows = [("Objective", "Amount (£)"), ("Adoption", 0.07)]
    read = check_rows(rows, "savings", look=lambda sheet: setattr(sheet["B2"], "number_format", "0%"))
    assert read.messages == [
        'in/book.xlsx, sheet "Sheet", cell B2: expected an amount of money, found "0.07".\n'
        "  The cell holds a percentage: type the amount.  [not-money]"
    ]
