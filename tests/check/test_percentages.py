"""Percentages that one sheet holds as 43 and as 0.43."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.check.made import FACTS_HEAD, Checked, check, check_rows, xls

HEAD = ("Indicator", "Unit", "Latest period", "Latest value", "Earlier period", "Earlier value", "Cumulative", "Better")


def indicators(
    *values: tuple[object, object], unit: str = "%", look: Callable[[Worksheet], object] | None = None
) -> Checked:
    rows = [HEAD, *((f"Measure {n}", unit, 2016, a, 2015, b, "no", "lower") for n, (a, b) in enumerate(values))]
    return check_rows(rows, "indicators", look=look)


def test_a_number_below_one_beside_others_above_names_both_cells() -> None:
    assert indicators((43, 41), (0.43, 9)).messages == [
        'in/book.xlsx, sheet "Sheet", cell D3: expected percentages all typed alike, found a number below 1 beside '
        "one above 1.\n"
        "  Type both alike: format the cells as percentages, or type the % sign.\n"
        "  See also cell D2.  [mixed-percentages]"
    ]


def test_the_two_columns_of_a_sheet_are_one() -> None:
    assert indicators((43, 0.41)).places == ["mixed-percentages F2"]
    assert indicators((0.43, -41)).places == ["mixed-percentages D2"]


@pytest.mark.parametrize("value", [0, None, 1, "0.43%", "n/a"])
def test_what_is_clear_or_nothing_is_not_mixed(value: object) -> None:
    assert "mixed-percentages" not in indicators((43, value)).codes


def test_a_cell_that_is_formatted_as_a_percentage_is_clear() -> None:
    def look(sheet: Worksheet) -> None:
        sheet["D3"].number_format = "0%"

    found = indicators((43, 41), (0.43, 9), look=look)
    assert found.places == []
    assert [str(value) for value in found.values("indicators", "latest_value")] == ["43/100", "43/100"]


def test_other_units_and_sheets_of_one_kind_are_left_alone() -> None:
    assert indicators((43, 0.41), unit="per 10,000").places == []
    assert indicators((43, 41), (9, 8)).places == []
    assert "mixed-percentages" not in indicators((0.43, 0.41)).codes


def test_key_facts_are_looked_at_too() -> None:
    rows = [FACTS_HEAD, ("Share", "%", 2016, 43, None), ("Other", "%", 2016, 0.43, None)]
    assert "mixed-percentages D3" in check_rows(rows, "key_facts").places


def test_a_file_that_shows_no_formats_has_problems_of_its_own() -> None:
    rows = [FACTS_HEAD[:4], ("Share", "%", 2016, 43), ("Other", "%", 2016, 0.43)]
    assert set(check({"in/book.xls": xls(rows)}, "key_facts").codes) == {"unclear-percentage"}


def test_a_text_file_is_looked_at() -> None:
    text = "Indicator,Unit,As at,Value\nShare,%,2016,43\nOther,%,2016,0.43\nThird,%,2016,0.5%\n"
    assert "mixed-percentages D3" in check({"in/facts.csv": text.encode()}, "key_facts").places
