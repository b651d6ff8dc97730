"""What is hidden, struck through, said in comments or by colours alone."""

from __future__ import annotations

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.model import Severity
from tests.check.made import OUTCOMES, PLAN_HEAD, SAVINGS, SAVINGS_HEAD, Checked, check, check_rows, xlsx

AMBER = PatternFill("solid", fgColor="FFC000")
PLACE = 'in/book.xlsx, sheet "Sheet"'
KINDS = [*SAVINGS[0], "Kind", "In business plan"]


def plan(look: object) -> Checked:
    rows = [PLAN_HEAD, (1, "1.1", "A", "Started", None, "Ongoing", None, None), (1, "1.2", "B", None, None, None)]
    return check(xlsx({"Sheet": rows, "O": OUTCOMES}, look), "action_plan", "outcomes")  # type: ignore[arg-type]


def test_a_hidden_sheet_is_read_and_said_so() -> None:
    data = xlsx({"Sheet": SAVINGS, "Other": [("x",)]}, lambda sheet: setattr(sheet, "sheet_state", "hidden"))
    read = check(data, "savings")
    assert len(read.tables["savings"]) == 2
    assert read.messages == [
        f"{PLACE}: expected a sheet that can be seen, found a hidden one.\n"
        "  It is read as any other; unhide or remove it.  [hidden-sheet]"
    ]
    assert read.problems[0].severity is Severity.WARNING


def test_hidden_and_filtered_rows_are_read_and_said_so() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A1:B5"
        for row in (2, 4, 5):
            sheet.row_dimensions[row].hidden = True

    rows = [*SAVINGS, ("Adoption", 5), ("Total", -3017)]
    read = check_rows(rows, "savings", look=hide)
    assert len(read.tables["savings"]) == 3
    assert read.messages == [
        f"{PLACE}, row 2: expected rows that can be seen, found hidden or filtered-out rows: 2, 4, 5.\n"
        "  They are counted; unhide them, or take them out.  [hidden-row]"
    ]


def test_many_hidden_rows_are_not_all_named() -> None:
    def hide(sheet: Worksheet) -> None:
        for row in range(2, 15):
            sheet.row_dimensions[row].hidden = True

    read = check_rows([SAVINGS_HEAD, *[(f"S{n}", n) for n in range(20)]], "savings", look=hide)
    assert read.problems[0].found == "hidden or filtered-out rows: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more"


def test_a_hidden_column_is_read_and_said_so() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["B"].hidden = True
        sheet.column_dimensions["C"].hidden = True

    read = check_rows(SAVINGS, "savings", look=hide)
    assert read.messages == [
        f"{PLACE}, column B: expected columns that can be seen, found a hidden column (amount).\n"
        "  It is read as any other; unhide or remove it.  [hidden-column]"
    ]


def test_a_row_struck_through_is_counted_and_said_so() -> None:
    def strike(sheet: Worksheet) -> None:
        for cell in (*sheet[2], *sheet[3], sheet.cell(3, 9)):
            cell.font = Font(strike=True)

    read = check_rows([*SAVINGS, ("Adoption", -1, None, None, None, None, None, None, "x")], "savings", look=strike)
    assert [m for m in read.messages if "struck" in m] == [
        f"{PLACE}, cell A{row}: expected a row that stands, found text struck through.\n"
        "  The row is counted; delete it if it is withdrawn, or remove the line through it.  [struck-through]"
        for row in (2, 3)
    ]
    assert len(read.tables["savings"]) == 3


def test_text_struck_through_in_part() -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    text = CellRichText(TextBlock(InlineFont(strike=True), "Fewer"), " children")
    read = check_rows(SAVINGS, "savings", look=lambda sheet: sheet.cell(2, 1, text))
    assert read.places == ["struck-through A2"]


def test_values_in_comments() -> None:
    def comment(sheet: Worksheet) -> None:
        for row, column in ((1, 2), (3, 2), (4, 1), (2, 5)):
            sheet.cell(row, column).comment = Comment("really -950, see Jo Bloggs", "A")

    read = check_rows(SAVINGS, "savings", look=comment)
    assert read.messages == [
        f"{PLACE}, cell {cell}: expected what counts to stand in the cells, found a comment.\n"
        "  The comment isn't read: if it changes the value, change the cell.  [comment]"
        for cell in ("B1", "B3", "A4")
    ]
    assert len(read.tables["savings"]) == 2


@pytest.mark.parametrize("cell", ["H2", "D3"])
def test_a_rating_or_status_that_is_only_a_colour(cell: str) -> None:
    read = plan(lambda sheet: setattr(sheet[cell], "fill", AMBER))
    expected = {"H2": "a BRAG rating", "D3": "a status"}[cell]
    assert read.messages == [
        f"{PLACE}, cell {cell}: expected {expected} in words, found only a colour.\n"
        "  Type the word: a colour isn't read.  [colour-only]"
    ]


def test_a_colour_beside_a_word_or_over_a_whole_row_says_nothing() -> None:
    def paint(sheet: Worksheet) -> None:
        for cell in (*sheet[3], sheet["D2"], sheet["E2"]):
            cell.fill = AMBER

    assert plan(paint).messages == []


def test_a_file_without_looks_says_nothing() -> None:
    assert check({"in/s.csv": b"Objective,Amount (\xc2\xa3000)\nA,5\n"}, "savings").messages == []
