"""Amounts that don't fit the unit of their column."""

from __future__ import annotations

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.check.made import Checked, check_rows

HERE = 'in/book.xlsx, sheet "Sheet", cell'


def savings(heading: str, *amounts: object, form: str = "") -> Checked:
    def look(sheet: Worksheet) -> None:
        for row in range(2, len(amounts) + 2):
            sheet.cell(row, 2).number_format = form or "General"

    rows = [(f"Saving {n}", amount) for n, amount in enumerate(amounts)]
    return check_rows([("Objective", f"Amount{heading}"), *rows], "savings", look=look)


def test_full_pounds_in_a_column_of_thousands() -> None:
    read = savings(" (£000)", -922, -2_100_000, -3_000_000)
    assert read.values("savings", "amount") == [-92_200_000, -210_000_000_000, -300_000_000_000]
    assert read.messages == [
        f"{HERE} B3: expected an amount of money of less than £1bn in £k, as the column says, "
        'found "-2100000".\n'
        "  It is read as -£2,100,000,000. If the amounts are in full pounds, write £ into the heading."
        "  [doubtful-scale]"
    ]


@pytest.mark.parametrize(
    ("heading", "amounts", "places"),
    [
        (" (£m)", (999, 1000), ["doubtful-scale B3"]),
        (" (£000)", (999_999,), []),
        (" (£)", (1_000_000_000,), []),
        (" (£m)", (1_000_001,), ["implausible-number B2"]),
    ],
)
def test_what_is_too_large_for_a_unit(heading: str, amounts: tuple[int, ...], places: list[str]) -> None:
    assert savings(heading, *amounts).places == places


def test_what_is_larger_than_possible_is_refused() -> None:
    assert savings(" (£m)", 56_468_000).messages == [
        f'{HERE} B2: expected an amount of money, found "56468000".\n'
        "  The number is larger than any of a council's: type it again.  [implausible-number]"
    ]


def test_millions_in_a_column_of_pounds() -> None:
    assert savings(" (£)", 0, 7, 56.468, 1.125).messages == [
        f'{HERE} B4: expected an amount of money in pounds and pence, found "56.468".\n'
        "  It is read as £56.47. If the amounts are in thousands or millions, write £000 or £m into the heading."
        "  [doubtful-scale]"
    ]


@pytest.mark.parametrize(
    ("amounts", "form", "places"),
    [
        ((56.468, 1.125), "0.000", ["doubtful-scale B2"]),
        ((56.468, 1.125), "0.00", []),
        ((56.468, 1000), "", []),
        ((56.468, 1, 2), "", []),
        ((56.46, 1.5), "", []),
        (("56.468", "1.125"), "", ["doubtful-scale B2"]),
        ((0, 0), "0.000", []),
    ],
)
def test_what_is_too_small_for_pounds(amounts: tuple[object, ...], form: str, places: list[str]) -> None:
    assert savings(" (£)", *amounts, form=form).places == places
