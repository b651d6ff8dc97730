"""Data, totals and remarks told apart; labels carried down."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.check.match import Match, find_matches
from reportgen.check.rows import sort_rows
from reportgen.check.sheet import Sheet
from reportgen.datasets import all_datasets
from reportgen.model import RawSheet
from tests.check.made import OUTCOMES, PLAN_HEAD, SAVINGS_HEAD, Checked, Rows, check, check_rows, ods, xls, xlsx


def savings_match(rows: Rows) -> Match:
    sheet = Sheet(RawSheet("in/book.xlsx", "Sheet", [SAVINGS_HEAD, *rows]))  # type: ignore[list-item]
    match = find_matches(sheet, [all_datasets()["savings"]], {})[0]
    return replace(match, end=len(sheet.rows))


def sorted_rows(rows: Rows) -> tuple[tuple[int, ...], list[tuple[int, str, tuple[int, ...]]]]:
    """The data rows of a savings table, and the totals: row, kind, what they cover."""
    found = sort_rows(savings_match(rows))
    return found.data, [(t.row, t.kind, t.covers) for t in found.totals]


def plan(*rows: tuple[object, ...], look: object = None) -> Checked:
    """An action plan of rows of outcome, reference and status, with its outcomes."""
    full = [(outcome, ref, ref and f"Do {ref}", status, None, None) for outcome, ref, status in rows]
    data = xlsx({"Plan": [PLAN_HEAD, *full], "Outcomes": OUTCOMES}, look)  # type: ignore[arg-type]
    return check(data, "action_plan", "outcomes")


A, B, C, D = ("Adoption", 1), ("Bridging", 2), ("Care", 3), ("Day care", 4)


@pytest.mark.parametrize(
    ("rows", "data", "totals"),
    [
        ([A, B, ("Total", 3)], (2, 3), [(4, "total", (2, 3))]),
        ([A, (), B, (), ("TOTAL", 3)], (2, 4), [(6, "total", (2, 4))]),
        (
            [A, B, ("Sub-total", 3), C, D, ("Subtotal", 7), ("Total", 10)],
            (2, 3, 5, 6),
            [(4, "subtotal", (2, 3)), (7, "subtotal", (5, 6)), (8, "total", (2, 3, 5, 6))],
        ),
        (
            [A, B, ("Total", 3), C, D, ("Total", 7), ("Grand total", 10)],
            (2, 3, 5, 6),
            [(4, "total", (2, 3)), (7, "total", (5, 6)), (8, "total", (2, 3, 5, 6))],
        ),
        ([A, ("Total", 1), B, ("Total", 2)], (2, 4), [(3, "total", (2,)), (5, "total", (4,))]),
        ([A, ("Total", 1), ("Overall total", 1)], (2,), [(3, "total", (2,)), (4, "total", (2,))]),
        (
            [A, ("A total", 1), B, ("B total", 2), ("Total", 3)],
            (2, 4),
            [(3, "subtotal", (2,)), (5, "subtotal", (4,)), (6, "total", (2, 4))],
        ),
        ([("Total", 3), A, B], (3, 4), [(2, "total", (3, 4))]),
        ([A, ("Subtotal", 1), B, ("Total", 3)], (2, 4), [(3, "subtotal", (2,)), (5, "total", (2, 4))]),
    ],
)
def test_totals_and_what_they_cover(
    rows: Rows, data: tuple[int, ...], totals: list[tuple[int, str, tuple[int, ...]]]
) -> None:
    assert sorted_rows(rows) == (data, totals)


def test_a_subtotal_above_its_rows_is_reported() -> None:
    assert check_rows([SAVINGS_HEAD, ("Subtotal", 3), A, B], "savings").messages == [
        'in/book.xlsx, sheet "Sheet", row 2: expected a total below the rows that it covers, found no rows above it.\n'
        "  It isn't tested and isn't counted; put it below its rows.  [total-of-nothing]"
    ]


def test_rows_below_the_total() -> None:
    read = check_rows([SAVINGS_HEAD, A, ("Total", 1), B], "savings")
    assert read.values("savings", "objective") == ["Adoption", "Bridging"]
    assert read.messages == [
        'in/book.xlsx, sheet "Sheet", row 4: expected no row below the total row, found a row of data.\n'
        "  It is counted; move it above the total, or take it out.\n"
        '  See also in/book.xlsx, sheet "Sheet", row 3.  [row-after-total]'
    ]
    read = check_rows([SAVINGS_HEAD, A, ("Total", 1), B, C], "savings")
    assert read.problems[0].found == "2 rows of data"


@pytest.mark.parametrize("column", [0, 1])
def test_a_total_may_be_labelled_in_either_label_column(column: int) -> None:
    label = (("Total", None), (None, "Total"))[column]
    read = check_rows([*OUTCOMES, (*label, -231)], "outcomes")
    assert read.messages == []
    assert [(s.label, s.value, str(s.place), s.rows) for s in read.tables["outcomes"].stated] == [
        ("Total", -23_100_000, 'in/book.xlsx, sheet "Sheet", cell C4', (0, 1))
    ]


def test_a_total_may_be_labelled_in_a_column_that_is_not_read() -> None:
    rows = [("Line", *SAVINGS_HEAD), (1, "Adoption", 1), ("Total", None, 1)]
    read = check_rows(rows, "savings")
    assert (len(read.tables["savings"]), len(read.tables["savings"].stated), read.places) == (1, 1, [])


def test_a_total_without_a_label_is_reported() -> None:
    read = check_rows([SAVINGS_HEAD, A, B, (None, 3)], "savings")
    assert read.messages == [
        'in/book.xlsx, sheet "Sheet", cell A4: expected text, found a blank cell.\n  Fill in the cell.  [missing-value]'
    ]


@pytest.mark.parametrize(
    "remark",
    [
        "Note: figures are provisional",
        "Source: finance team",
        "* excludes short breaks",
        "(1) See appendix",
        "NB rounded",
    ],
)
@pytest.mark.parametrize("gap", [True, False])
def test_a_remark_below_the_table(remark: str, gap: bool) -> None:
    rows = [SAVINGS_HEAD, A, *([()] if gap else [("Total", 1)]), (remark,)]
    read = check_rows(rows, "savings")
    assert read.messages == [
        'in/book.xlsx, sheet "Sheet", row 4: expected rows of Savings, found a remark below the table.\n'
        "  It isn't read.  [row-not-read]"
    ]
    assert len(read.tables["savings"]) == 1


def test_remarks_one_below_the_other() -> None:
    rows = [SAVINGS_HEAD, A, (), ("Notes",), ("The adoption saving is subject\nto consultation.",), ("Key: k",)]
    assert check_rows(rows, "savings").codes == ["row-not-read"] * 3


def test_a_note_may_follow_the_last_row_straight() -> None:
    assert check_rows([SAVINGS_HEAD, A, ("Note: provisional",)], "savings").codes == ["row-not-read"]


@pytest.mark.parametrize("label", ["Key workers", "* starred", "Note keeping", "1) First", "Ends in a point."])
def test_a_row_whose_amount_was_forgotten_is_no_remark(label: str) -> None:
    for rows in ([A, (label,)], [(label,), A], [A, (), (label,), B]):
        read = check_rows([SAVINGS_HEAD, *rows], "savings")
        row = 2 + [r[0] if r else None for r in rows].index(label)
        assert [place for place in read.places if place[:4] != "rows"] == [f"missing-value B{row}"]


def test_a_table_without_rows() -> None:
    assert check_rows([SAVINGS_HEAD], "savings").messages == [
        'in/book.xlsx, sheet "Sheet", row 1: expected rows of Savings below the headings, found none.\n'
        "  Fill in the table, or take the sheet out.  [no-rows]"
    ]


def test_merged_labels_are_carried_down() -> None:
    read = plan(
        ("Outcome 1: Together", "1.1", None),
        (None, "1.2", None),
        (2, "2.1", None),
        (None, "2.2", None),
        look=lambda sheet: (sheet.merge_cells("A2:A3"), sheet.merge_cells("A4:A5")),
    )
    assert read.messages == []
    assert read.values("action_plan", "outcome") == ["1", "1", "2", "2"]
    assert list(read.tables["action_plan"].columns["outcome"].rows) == [2, 2, 4, 4]


def test_merged_labels_of_an_xls() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Plan")
    for column, heading in enumerate(PLAN_HEAD[:6]):
        sheet.write(0, column, heading)
    sheet.write_merge(1, 2, 0, 0, "Outcome 1: Together")
    for row, ref in enumerate(("1.1", "1.2", "1.3"), 1):
        sheet.write(row, 1, ref)
        sheet.write(row, 2, "Act")
    out = io.BytesIO()
    book.save(out)
    read = check({"in/plan.xls": out.getvalue(), "in/o.xlsx": xlsx(OUTCOMES)}, "action_plan", "outcomes")
    assert read.places == ["missing-value A4"]
    assert read.values("action_plan", "outcome") == ["1", "1", None]


def test_a_merged_label_goes_no_further_than_its_range() -> None:
    rows = [("Outcome 1", "1.1", None), (None, "1.2", None), (None, "1.3", None)]
    read = plan(*rows, look=lambda sheet: sheet.merge_cells("A2:A3"))
    assert read.messages == [
        'in/book.xlsx, sheet "Plan", cell A4: expected an outcome number, found a blank cell.\n'
        "  Fill in the cell.  [missing-value]"
    ]


def test_a_label_written_once_is_carried_over_a_gap() -> None:
    read = plan(("Outcome 1", "1.1", None), (None, None, None), (None, "1.2", None))
    assert (read.messages, read.values("action_plan", "outcome")) == ([], ["1", "1"])


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_labels_are_carried_in_other_kinds_of_file(kind: str) -> None:
    rows = [PLAN_HEAD[:6], ("Outcome 1", "1.1", "A", None, None, None), (None, "1.2", "B", None, None, None)]
    files = {f"in/plan.{kind}": {"ods": ods, "xls": xls}[kind](rows), "in/o.xlsx": xlsx(OUTCOMES)}
    read = check(files, "action_plan", "outcomes")
    assert (read.messages, read.values("action_plan", "outcome")) == ([], ["1", "1"])


def test_a_banner_over_its_rows_is_a_label() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:H2")
        sheet.merge_cells("A4:H4")

    rows = [("Outcome 1: Together", None, None), (None, "1.1", None), ("Outcome 2", None, None), (None, "2.1", None)]
    for look in (merge, None):
        read = plan(*rows, look=look)
        assert (read.messages, read.values("action_plan", "outcome")) == ([], ["1", "2"])
        assert list(read.tables["action_plan"].columns["outcome"].rows) == [2, 4]


def test_an_outcome_without_actions_at_the_end() -> None:
    read = plan((1, "1.1", None), ("Outcome 2: none yet", None, None))
    assert (read.codes, read.values("action_plan", "ref")) == (["row-not-read"], ["1.1"])


def test_a_first_row_without_a_label() -> None:
    read = plan((None, "1.1", None), (1, "1.2", None))
    assert read.places == ["missing-value A2"]


def test_one_wrong_label_is_one_problem() -> None:
    read = plan(("Edge of care", "1.1", None), (None, "1.2", None), (None, "1.3", None))
    assert read.messages == [
        'in/book.xlsx, sheet "Plan", cell A2: expected an outcome number, found "Edge of care".\n'
        "  Type the reference as in the other rows.  [not-a-code]"
    ]


def test_coloured_blank_rows_are_gaps() -> None:
    from openpyxl.styles import PatternFill

    def paint(sheet: Worksheet) -> None:
        for column in (1, 2):
            sheet.cell(3, column).fill = PatternFill("solid", fgColor="DDDDDD")

    read = check_rows([SAVINGS_HEAD, A, (), B], "savings", look=paint)
    assert (read.messages, len(read.tables["savings"])) == ([], 2)


def test_rows_below_a_blank_row_without_headings_of_their_own() -> None:
    read = check_rows([SAVINGS_HEAD, A, B, (), C, D], "savings")
    assert len(read.tables["savings"]) == 4
    assert read.messages == [
        'in/book.xlsx, sheet "Sheet", row 5: expected no rows of data below a blank row, found 2 of them.\n'
        "  They are counted: delete the blank row, or move what isn't part of the table to another sheet."
        "  [rows-after-gap]"
    ]
    assert check_rows([SAVINGS_HEAD, A, B, (), (), D], "savings").messages == [
        'in/book.xlsx, sheet "Sheet", row 6: expected no row of data below a blank row, found one.\n'
        "  It is counted: delete the blank row, or move what isn't part of the table to another sheet."
        "  [rows-after-gap]"
    ]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([A, (), B, (), D, ("Total", 7)], ""),
        ([A, (), (), B, (), ("Total", 3)], ""),
        ([("Total", 3), A, (), B], ""),
        ([A, ("Subtotal", 1), (), B, ("Subtotal", 2)], ""),
        ([A, ("Subtotal", 1), (), B, ("Subtotal", 2), (), ("Total", 3)], ""),
        ([A, ("Subtotal", 1), (), B], "rows-after-gap 5"),
        ([A, ("Total", 1), (), B, ("Total", 2)], "rows-after-gap 5"),
        ([A, (), B, ("Total", 3), (), D], "row-after-total 7"),
        ([A, B, (), C, (), D], ""),
        ([A, B, (), C, (), (), D], "rows-after-gap 5"),
        ([A, (), ("Note: provisional",)], ""),
        ([(), A, B], ""),
    ],
    ids=str,
)
def test_what_joins_rows_over_a_blank_row(rows: Rows, place: str) -> None:
    assert check_rows([SAVINGS_HEAD, *rows], "savings").places == ([place] if place else [])


def test_a_blank_row_between_groups_with_labels_is_ordinary() -> None:
    rows = [("Outcome 1", "1.1", None), (None, "1.2", None), (None, None, None), ("Outcome 2", "2.1", None)]
    assert plan(*rows).messages == []
