"""Headings found by their words, wherever they stand."""

from __future__ import annotations

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.check import SheetChoice
from reportgen.check.match import Match, find_matches, heading_names
from reportgen.check.sheet import Sheet
from reportgen.datasets import all_datasets
from reportgen.model import RawSheet
from tests.check.made import (
    PLAN_HEAD,
    POPULATION_HEAD,
    SAVINGS,
    SAVINGS_HEAD,
    Rows,
    check,
    check_rows,
    xls,
    xlsx,
)


def matches(rows: Rows, merged: tuple[tuple[int, int, int, int], ...] = ()) -> list[Match]:
    raw = RawSheet("in/book.xlsx", "Sheet", rows, merged=merged)  # type: ignore[arg-type]
    return find_matches(Sheet(raw), all_datasets().values(), {})


def found(rows: Rows, merged: tuple[tuple[int, int, int, int], ...] = ()) -> list[tuple[str, int, int]]:
    return [(m.dataset.name, m.first_row, m.last_row) for m in matches(rows, merged) if not m.absent]


@pytest.mark.parametrize("above", [0, 1, 7, 60])
def test_the_heading_row_is_found_wherever_it_stands(above: int) -> None:
    rows = [("Savings requirement 2016/17",), (), *[("Text", 5)] * above][:above]
    read = check_rows([*rows, *[(None, *row) for row in SAVINGS]], "savings")
    assert read.values("savings", "amount") == [-210_000_000, -92_200_000]
    assert str(read.tables["savings"].place("amount", 0)) == f'in/book.xlsx, sheet "Sheet", cell C{above + 2}'
    assert read.messages == []


@pytest.mark.parametrize(
    "heading",
    [
        "AMOUNT (£000)",
        "amount\n(£000)",
        " Amount\xa0 (£000) ",
        "Amount £\u2019000",
        "Saving_amount (£k)",
        "Value, £000",
    ],
)
def test_headings_match_by_their_words(heading: str) -> None:
    read = check_rows([("SAVINGS\nobjective", heading), ("Fewer children", -2100)], "savings")
    assert (read.messages, read.values("savings", "amount")) == ([], [-210_000_000])


def test_aliases_of_headings() -> None:
    rows = [("Outcome area", "Ref no", "Workstream", "Progress status", "Barrier", "Due", "RAG", "Owner")]
    rows += [("1", "1.1", "Act", "In progress", "none", "Ongoing", "G", "Head")]
    read = check(
        xlsx({"Plan": rows, "O": [("No", "Description", "Saving target (£)"), (1, "T", 5)]}), "action_plan", "outcomes"
    )
    assert read.messages == []
    assert {name: read.values("action_plan", name) for name in ("status", "concern", "baseline", "stated_rating")} == {
        "status": ["started"],
        "concern": [None],
        "baseline": ["ongoing"],
        "stated_rating": ["Green"],
    }


def test_a_papers_own_headings() -> None:
    rows = [("What", "2016/17\nrevised (£000)", "Amount"), ("Fewer children", -2100, 7)]
    own = {"savings": SheetChoice(headings={"objective": "what", "amount": "2016/17 Revised"})}
    read = check(xlsx(rows), "savings", choices=own)
    assert read.values("savings", "amount") == [-210_000_000]
    assert read.places == []


def test_a_papers_own_heading_may_be_one_that_usually_means_something_else() -> None:
    rows = [("Objective", "Type"), ("Fewer children", -2100)]
    read = check(xlsx(rows), "savings", choices={"savings": SheetChoice(headings={"amount": "Type"})})
    assert read.values("savings", "amount") == [-210_000]
    assert read.places == ["no-unit B1"]


def test_a_papers_own_heading_that_is_a_unit_alone() -> None:
    rows = [("Objective", "£000"), ("Fewer children", -2100)]
    read = check(xlsx(rows), "savings", choices={"savings": SheetChoice(headings={"amount": "£000"})})
    assert (read.messages, read.values("savings", "amount")) == ([], [-210_000_000])


GROUPED: Rows = [
    ("Month", "Total", "Of which", None),
    (None, None, "Non-UASC", "UASC"),
    ("May 2016", 631, 566, 65),
]


def test_headings_over_two_rows_with_merged_groups() -> None:
    def merge(sheet: Worksheet) -> None:
        for cells in ("A1:A2", "B1:B2", "C1:D1"):
            sheet.merge_cells(cells)

    read = check_rows(GROUPED, "population", look=merge)
    assert read.messages == []
    assert [read.values("population", name) for name in ("total", "non_uasc", "uasc")] == [[631], [566], [65]]
    headings = read.tables["population"].columns["uasc"].headings
    assert headings == ((4, 2),)
    assert read.tables["population"].columns["total"].headings == ((2, 1),)


def test_headings_over_two_rows_without_merging() -> None:
    read = check({"in/book.xls": xls(GROUPED)}, "population")
    assert (read.messages, read.values("population", "uasc")) == ([], [65])


def test_a_heading_cut_in_two() -> None:
    rows = [("Month", "Total", "Non-UASC", "Unaccompanied asylum"), (None, None, None, "seeking children")]
    read = check_rows([*rows, ("May 2016", 631, 566, 65)], "population")
    assert (read.messages, read.values("population", "uasc")) == ([], [65])
    assert read.tables["population"].columns["uasc"].headings == ((4, 1), (4, 2))


def test_a_group_over_two_columns_of_one_name() -> None:
    rows = [(None, "2015/16", "2016/17"), ("Objective", "Amount (£)", "Amount (£)"), ("Fewer children", 1, 2)]
    assert check_rows(rows, "savings").messages == [
        'in/book.xlsx, sheet "Sheet", cell C2: expected one column for amount, found a second one.\n'
        "  Rename one, or name the right heading in paper.toml under [sheets.savings.headings].\n"
        "  See also cell B2.  [two-columns]"
    ]


def test_a_row_of_units_below_the_headings() -> None:
    read = check_rows([("Savings",), ("Objective", "Amount"), (None, "£000"), ("Fewer children", -2100)], "savings")
    assert (read.messages, read.values("savings", "amount")) == ([], [-210_000_000])


def test_a_merged_title_straight_above_is_no_heading() -> None:
    rows = [("Savings objective", None), *SAVINGS]
    read = check_rows(rows, "savings", look=lambda sheet: sheet.merge_cells("A1:B1"))
    assert (read.messages, len(read.tables["savings"])) == ([], 2)
    assert read.tables["savings"].columns["objective"].headings == ((1, 2),)


def test_a_first_row_of_data_is_not_taken_for_headings() -> None:
    rows = [("Objective", "Amount (£)", "Sort"), ("Adoption", 5, "Kind"), ("Fewer", 7, "Saving")]
    assert found(rows) == [("savings", 1, 1)]
    rows = [("Month", "Total", "Non-UASC", "Seeking asylum"), (20160531, 631, 566, "UASC")]
    assert found(rows) == []


def test_two_tables_stacked_on_one_sheet() -> None:
    rows = [
        ("Savings",),
        *SAVINGS,
        ("Total", -3022),
        (),
        ("Numbers",),
        POPULATION_HEAD,
        ("May 2016", 631, 566, 65),
        (),
        ("Pressures (£000)",),
        ("Pressure", "Overspend"),
        ("Demand", 400),
    ]
    read = check_rows(rows, "savings", "population", "budget_pressure")
    assert read.messages == []
    assert [len(read.tables[name]) for name in ("savings", "population", "budget_pressure")] == [2, 1, 1]
    assert read.values("budget_pressure", "amount") == [40_000_000]
    assert [stated.value for stated in read.tables["savings"].stated] == [-302_200_000]


def test_a_table_below_ends_the_one_above_even_if_the_paper_looks_elsewhere_for_it() -> None:
    rows = [*SAVINGS, (), ("Pressure", "Overspend (£)"), ("Demand", 400)]
    data = xlsx({"Savings": rows, "Pressure": [("Pressure", "Overspend (£)"), ("Prices", 300)]})
    choices = {"budget_pressure": SheetChoice(sheet="Pressure")}
    read = check(data, "savings", "budget_pressure", choices=choices)
    assert read.messages == []
    assert (len(read.tables["savings"]), read.values("budget_pressure", "pressure")) == (2, ["Prices"])


def test_the_same_dataset_twice_on_one_sheet() -> None:
    rows = [*SAVINGS, (), ("Next year",), SAVINGS_HEAD, ("Adoption", -350)]
    assert check_rows(rows, "savings").messages == [
        'in/book.xlsx, sheet "Sheet", row 1: expected one table with the headings of Savings, found 2 of them.\n'
        "  Join the tables into one, or move those that aren't meant to another file.\n"
        '  See also in/book.xlsx, sheet "Sheet", row 6.  [two-candidates]'
    ]


def test_two_tables_side_by_side() -> None:
    rows = [(*SAVINGS_HEAD, None, *POPULATION_HEAD), ("Fewer", -1, None, "May 2016", 631, 566, 65), ("Unit", -2)]
    read = check_rows(rows, "savings", "population")
    assert (len(read.tables["savings"]), len(read.tables["population"]), read.places) == (2, 1, [])


def test_tables_side_by_side_that_share_a_heading_are_reported() -> None:
    rows = [(*SAVINGS_HEAD, None, "Pressure", "Overspend (£)"), ("Fewer", -1, None, "Demand", 5)]
    read = check_rows(rows, "savings", "budget_pressure")
    assert read.places == ["fits-two 1", "two-columns E1"]


def test_headings_repeated_after_a_page_break() -> None:
    rows = [
        PLAN_HEAD,
        (1, "1.1", "A", "Started", None, "Ongoing"),
        PLAN_HEAD,
        (1, "1.2", "B", "Started", None, "Ongoing"),
    ]
    read = check(
        xlsx({"Plan": rows, "O": [("Outcome", "Title", "Target (£)"), (1, "T", 5)]}), "action_plan", "outcomes"
    )
    assert read.values("action_plan", "ref") == ["1.1", "1.2"]
    assert read.messages == [
        'in/book.xlsx, sheet "Plan", row 3: expected rows of Action plan, found its headings again.\n'
        "  It isn't read.  [row-not-read]"
    ]


def test_headings_written_twice() -> None:
    read = check_rows([SAVINGS_HEAD, SAVINGS_HEAD, ("Fewer children", -2100)], "savings")
    assert (read.codes, len(read.tables["savings"])) == (["row-not-read"], 1)


def test_one_heading_is_not_enough() -> None:
    assert matches([("Objective", "Something", 5), ("Total", "Kind")]) == []
    assert [m.dataset.name for m in matches([("Objective", "Amount")])] == ["savings"]


def test_names_of_a_column_best_first() -> None:
    rows = [("Group", None, "Same", "x" * 81, 5), ("One", "Two", "same", "y", "z")]
    sheet = Sheet(RawSheet("f", "s", rows, merged=((1, 1, 1, 2),)))
    assert heading_names(sheet, 1, 1) == {1: ("group",), 2: ("group",), 3: ("same",)}
    assert heading_names(sheet, 1, 2) == {
        1: ("group one", "one group", "one"),
        2: ("group two", "two group", "two"),
        3: ("same",),
        4: ("y",),
        5: ("z",),
    }


def test_a_row_of_dashes_below_the_headings_is_no_second_row_of_them() -> None:
    (match,) = [m for m in matches([SAVINGS_HEAD, ("-", "-"), ("Adoption", -2)]) if m.dataset.name == "savings"]
    assert (match.first_row, match.last_row) == (1, 1)
