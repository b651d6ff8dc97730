"""Totals that a sheet states itself."""

from __future__ import annotations

from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.datasets import all_datasets
from reportgen.reconcile import reconcile
from reportgen.table import Stated
from tests.check.made import POPULATION_HEAD, SAVINGS, SAVINGS_HEAD, check_children, check_rows, xlsx

PLACE = 'in/book.xlsx, sheet "Sheet"'


def test_a_total_is_kept_with_its_place_and_its_rows() -> None:
    read = check_rows([*SAVINGS, (" Total ", "(3,022)")], "savings")
    place = read.tables["savings"].place("amount", 1)
    assert read.messages == []
    assert read.tables["savings"].stated == (
        Stated("amount", "Total", -302_200_000, type(place)("in/book.xlsx", "Sheet", 4, 2), (0, 1), 50_000, "total"),
    )
    assert reconcile(read.tables, all_datasets(), []) == []


def test_a_wrong_total_is_kept_as_stated_and_reported() -> None:
    read = check_rows([*SAVINGS, ("Total", -3122)], "savings")
    assert [s.value for s in read.tables["savings"].stated] == [-312_200_000]
    found = reconcile(read.tables, all_datasets(), [])
    assert [(p.code, p.place.cell) for p in found] == [("total-differs", "B4")]


def test_subtotals_amid_a_table_are_no_data() -> None:
    rows = [
        SAVINGS_HEAD,
        ("A", 1),
        ("B", 2),
        ("Subtotal", 3),
        ("C", 4),
        ("D", 5),
        ("Sub-total", 9),
        ("Grand total", 12),
    ]
    read = check_rows(rows, "savings")
    assert read.values("savings", "objective") == ["A", "B", "C", "D"]
    assert [(s.label, s.value, s.rows, s.kind) for s in read.tables["savings"].stated] == [
        ("Subtotal", 300_000, (0, 1), "subtotal"),
        ("Sub-total", 900_000, (2, 3), "subtotal"),
        ("Grand total", 1_200_000, (0, 1, 2, 3), "total"),
    ]
    assert reconcile(read.tables, all_datasets(), []) == []


def test_what_is_wrong_with_a_total() -> None:
    def look(sheet: Worksheet) -> None:
        sheet["B3"] = "=SUM(B2)"
        sheet["B4"] = "#REF!"
        sheet["B5"].comment = Comment("x", "y")

    rows = [SAVINGS_HEAD, ("A", 1), ("Subtotal", None), ("Total", None), ("Total", "about 5"), ("Total", "tbc")]
    read = check_rows(rows, "savings", look=look)
    assert read.places == ["comment B5", "not-calculated B3", "formula-error B4", "text-in-number B5", "no-number B6"]
    assert read.tables["savings"].stated == ()


def test_a_total_without_a_value_is_none() -> None:
    read = check_rows([*SAVINGS, ("Total", None)], "savings")
    assert (read.messages, read.tables["savings"].stated) == ([], ())


def test_a_total_in_a_column_of_pounds_with_a_scale_of_its_own() -> None:
    read = check_rows([("Objective", "Amount (£)"), ("A", 1_200_000), ("Total", "£1.2m")], "savings")
    assert read.places == ["own-unit B3"]
    assert [s.value for s in read.tables["savings"].stated] == [120_000_000]


def test_a_dataset_without_labels_takes_no_totals() -> None:
    read = check_rows([POPULATION_HEAD, ("May 2016", 631, 566, 65), ("Total", 631, 566, 65)], "population")
    assert read.places == ["not-a-date A3"]


def test_a_total_of_children_is_not_quoted() -> None:
    from dataclasses import replace

    from tests.check.made import CHILDREN, check

    data = xlsx([("Child ID", "Placement", "Weeks"), ("A1", "Fostering", 4), ("Total", None, "4 for Jo")])
    known = {"children": replace(CHILDREN, label=("child",))}
    assert check(data, "children", known=known).messages == [
        f"{PLACE}, cell C3: expected a number of weeks, found something else.\n"
        "  Put the number alone in the cell and the words in a column of their own.  [text-in-number]"
    ]
    assert check_children(data).codes == ["missing-value", "text-in-number"]
