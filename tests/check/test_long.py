"""Tables whose columns are spread: every value with its own cell, totals to both sides, rows of one key joined."""

from __future__ import annotations

from reportgen.datasets import all_datasets
from reportgen.reconcile import reconcile
from reportgen.trace import pick, total
from tests.check.made import Checked, Rows, check_rows

AGES: Rows = [
    ("Cost by age and need (£)",),
    (None, 0, None, 14, None, "Total", None),
    ("Need group", "Children", "Cost", "Children", "Cost", "Children", "Cost"),
    ("00: None", 4, 44784, 1, 91218, 5, 136002),
    ("02: EBD only", None, None, 3, 96570, 3, 96570),
    ("Grand Total", 4, 44784, 4, 187788, 8, 232572),
]
PROPOSALS: Rows = [
    ("Proposals (£m)",),
    ("Ref", "Proposal", "Measure", "2016/17", "2017/18", "Cumulative", "Payback"),
    ("1", "Conferencing", "Investment", 0.1, 0.164, 0.264),
    (None, None, "Gross saving", 0, -0.165, -0.165),
    (None, None, "Net saving", 0.1, -0.001, 0.099, "Year 2"),
    (None, None, "LAC reduction", 0, 15, 15),
    ("2", "Pause", "Investment", 0.018, 0, 0.018),
    (None, None, "Gross saving", 0, 0, 0),
]


def ages(rows: Rows = AGES) -> Checked:
    return check_rows(rows, "age_need_costs")


def proposals(rows: Rows = PROPOSALS) -> Checked:
    return check_rows(rows, "proposals")


def altered(rows: Rows, row: int, column: int, value: object) -> list[list[object]]:
    made = [list(each) for each in rows]
    made[row - 1] += [None] * (column - len(made[row - 1]))
    made[row - 1][column - 1] = value
    return made


def disagreements(read: Checked) -> list[str]:
    return [problem.message for problem in reconcile(read.tables, all_datasets(), [])]


def test_each_pair_of_columns_becomes_a_row() -> None:
    read = ages()
    assert read.problems == []
    assert read.values("age_need_costs", "need_group") == ["00: None", "00: None", "02: EBD only", "02: EBD only"]
    assert read.values("age_need_costs", "age") == [0, 14, 0, 14]
    assert read.values("age_need_costs", "children") == [4, 1, None, 3]
    assert read.values("age_need_costs", "cost") == [4_478_400, 9_121_800, None, 9_657_000]


def test_every_value_knows_its_cell() -> None:
    table = ages().tables["age_need_costs"]
    assert [table.place("cost", row).cell for row in range(4)] == ["C4", "E4", "C5", "E5"]
    assert [table.place("children", row).cell for row in range(4)] == ["B4", "D4", "B5", "D5"]
    assert [table.place("age", row).cell for row in range(4)] == ["B2", "D2", "B2", "D2"]
    assert [table.place("need_group", row).cell for row in range(4)] == ["A4", "A4", "A5", "A5"]


def test_a_figure_counts_its_own_cells_and_examines_labels_and_headings() -> None:
    table = ages().tables["age_need_costs"]
    made = total(table, "cost", age=14)
    assert (made.value, [cells.address for cells in made.counted()]) == (18_778_800, ["E4:E5"])
    examined = {f"{cells.address}" for cells in made.examined()}
    assert {"A3:A6", "C3", "E3", "G3"} <= examined
    assert any(address.startswith("B2") for address in examined) and any(a.startswith("D2") for a in examined)
    assert [c.address for c in pick(table, "children", need_group="02: EBD only", age=14).counted()] == ["D5"]


def test_totals_are_kept_to_the_right_and_below() -> None:
    stated = [(s.place.cell, s.column, s.value, s.rows) for s in ages().tables["age_need_costs"].stated]
    assert stated == [
        ("F4", "children", 5, (0, 1)),
        ("G4", "cost", 13_600_200, (0, 1)),
        ("F5", "children", 3, (2, 3)),
        ("G5", "cost", 9_657_000, (2, 3)),
        ("B6", "children", 4, (0, 2)),
        ("C6", "cost", 4_478_400, (0, 2)),
        ("D6", "children", 4, (1, 3)),
        ("E6", "cost", 18_778_800, (1, 3)),
        ("F6", "children", 8, (0, 1, 2, 3)),
        ("G6", "cost", 23_257_200, (0, 1, 2, 3)),
    ]
    assert disagreements(ages()) == []


def test_a_wrong_total_to_the_right_and_one_below() -> None:
    assert disagreements(ages(altered(AGES, 4, 6, 6)))[:1] == [
        'in/book.xlsx, sheet "Sheet", cell F4: expected the total of children for 00: None to be 5, the sum of B4, D4, '
        "found 6.\n"
        "  They differ by 1. Correct the one that is wrong: the paper goes by what it has worked out.  [total-differs]"
    ]
    assert disagreements(ages(altered(AGES, 6, 5, 187787)))[:1] == []  # each cell may be half a pound off
    assert "cell E6: expected the total of cost" in disagreements(ages(altered(AGES, 6, 5, 187786)))[0]


def test_the_rows_of_a_proposal_become_columns() -> None:
    read = proposals()
    assert read.problems == []
    assert read.values("proposals", "ref") == ["1", "1", "2", "2"]
    assert read.values("proposals", "proposal") == ["Conferencing", "Conferencing", "Pause", "Pause"]
    assert read.values("proposals", "year") == ["2016/17", "2017/18"] * 2
    assert read.values("proposals", "investment") == [10_000_000, 16_400_000, 1_800_000, 0]
    assert read.values("proposals", "gross_saving") == [0, -16_500_000, 0, 0]
    assert read.values("proposals", "net_saving") == [10_000_000, -100_000, None, None]
    assert read.values("proposals", "reduction") == [0, 15, None, None]
    assert read.values("proposals", "payback") == ["Year 2", "Year 2", None, None]
    table = read.tables["proposals"]
    assert [table.place("gross_saving", row).cell for row in range(4)] == ["D4", "E4", "D8", "E8"]
    assert [table.place("payback", row).cell for row in (0, 2)] == ["G5", "G7"]


def test_a_cumulative_column_is_tested_for_each_row() -> None:
    assert disagreements(proposals()) == []
    assert disagreements(proposals(altered(PROPOSALS, 6, 6, 16))) == [
        'in/book.xlsx, sheet "Sheet", cell F6: expected the total of reduction for 1 to be 15, the sum of D6, E6, '
        "found 16.\n"
        "  They differ by 1. Correct the one that is wrong: the paper goes by what it has worked out.  [total-differs]"
    ]


def test_a_proposal_without_its_investment() -> None:
    rows = [row for number, row in enumerate(PROPOSALS, 1) if number != 7]
    rows[-1] = ("2", "Pause", "Gross saving", 0, 0, 0)
    assert proposals(rows).messages == [
        'in/book.xlsx, sheet "Sheet", cell C7: expected a row of investment among those of the same ref, found none.\n'
        "  Add the row; where there is nothing, fill in 0.  [missing-line]"
    ]


def test_a_row_of_a_proposal_twice() -> None:
    rows = altered(PROPOSALS, 4, 3, "Investment")
    assert proposals(rows).messages == [
        'in/book.xlsx, sheet "Sheet", cell C4: expected one row of investment, found a second one.\n'
        "  Take one of the rows out, or correct its label.\n"
        "  See also cell C3.  [duplicate]",
        'in/book.xlsx, sheet "Sheet", cell C3: expected a row of gross saving among those of the same ref, '
        "found none.\n"
        "  Add the row; where there is nothing, fill in 0.  [missing-line]",
    ]


def test_a_missing_unit_is_told_once_for_all_years() -> None:
    rows = altered(PROPOSALS, 1, 1, "Proposals")
    codes = [(p.code, p.place.cell) for p in proposals(rows).problems]
    assert [cell for code, cell in codes if code == "no-unit"] == ["D2", "E2", "D2"]


def test_pounds_in_a_sheet_of_millions_are_doubted_once() -> None:
    rows = [("Plan (£m)",), ("Budget line", "2016/17", "2017/18"), ("Net budget", 56_468, 55_017)]
    found = [(p.code, p.place.cell) for p in check_rows(rows, "financial_plan").problems]
    assert [each for each in found if each[0] == "doubtful-scale"] == [("doubtful-scale", "B3")]


def test_a_symbol_stays_one() -> None:
    rows = [("Plan (£m)",), ("Budget line", "2016/17", "2017/18"), ("Net budget", "tbc", 55)]
    table = check_rows(rows, "financial_plan").tables["financial_plan"]
    assert (total(table, "amount", year="2016/17").symbol, total(table, "amount", year="2017/18").value) == (
        "x",
        5_500_000_000,
    )
