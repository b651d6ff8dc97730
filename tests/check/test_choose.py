"""One table for each dataset, or why there is none."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.check import SheetChoice
from reportgen.model import Severity
from tests.check.made import (
    FACTS_HEAD,
    OUTCOMES,
    POPULATION_HEAD,
    PRESSURE,
    SAVINGS,
    SAVINGS_HEAD,
    check,
    check_rows,
    xlsx,
)

NUMBERS = [POPULATION_HEAD, ("May 2016", 631, 566, 65)]


def test_a_missing_sheet() -> None:
    read = check(xlsx({"Savings": SAVINGS, "Notes": [("Nothing",)]}), "savings", "population")
    assert list(read.tables) == ["savings"]
    assert read.messages == [
        "in: expected a sheet with the headings of Looked after children by month "
        '("month", "total", "non uasc", "uasc"), found none among the sheets "Savings", "Notes".\n'
        "  Put the workbook into the folder, or correct its headings.  [missing-dataset]"
    ]


def test_no_files_at_all() -> None:
    assert check({}, "outcomes").messages == [
        'in: expected a sheet with the headings of Outcomes ("outcome", "title", "savings target"), found no sheet.\n'
        "  Put the workbook into the folder, or correct its headings.  [missing-dataset]"
    ]


def test_many_sheets_are_not_all_named() -> None:
    read = check(xlsx({f"S{n}": [("x",)] for n in range(20)}), "savings")
    assert read.problems[0].found.endswith('"S10", "S11" and 8 more')


def test_a_missing_column() -> None:
    read = check_rows([("Month", "Total", "Non-UASC", "Unaccompanid"), ("May 2016", 631, 566, 65)], "population")
    assert read.messages == [
        'in/book.xlsx, sheet "Sheet", row 1: expected a column "uasc" or "unaccompanied asylum seeking children" '
        "for Looked after children by month, found none.\n"
        "  Correct the heading, or name it in paper.toml under [sheets.population.headings].  [missing-column]"
    ]


def test_a_missing_column_with_a_heading_like_it() -> None:
    read = check_rows([("Outcome", "Titel", "Savings\ntraget (£000)")], "outcomes")
    assert read.codes == ["missing-dataset"]
    read = check_rows([("Outcome", "Title", "Savings\ntraget (£000)"), (1, "T", 5)], "outcomes")
    assert read.problems[0].remedy.startswith('Is it "Savings traget (£000)"? Correct the heading')


def test_a_missing_column_of_a_papers_own_name() -> None:
    choices = {"savings": SheetChoice(headings={"kind": "Sort", "amount": "Worth"})}
    rows = [("Objective", "Worth (£000)", "Srt"), ("Fewer", 5, "Saving")]
    assert check(xlsx(rows), "savings", choices=choices).messages == [
        'in/book.xlsx, sheet "Sheet", row 1: expected a column "Sort" for Savings, found none.\n'
        '  Is it "Srt"? Correct the heading, or name it in paper.toml under [sheets.savings.headings].'
        "  [missing-column]",
        'in/book.xlsx, sheet "Sheet", cell C1: expected columns of Savings, found one that isn\'t read.\n'
        "  Nothing need be done if the paper isn't to use them.  [extra-column]",
    ]


def test_two_candidates_on_two_sheets() -> None:
    read = check(xlsx({"Savings": SAVINGS, "Savings (2)": [("Copy",), *SAVINGS]}), "savings")
    assert read.tables == {}
    assert read.messages == [
        'in/book.xlsx, sheet "Savings", row 1: expected one table with the headings of Savings, found 2 of them.\n'
        "  Remove what isn't meant, or name file and sheet in paper.toml under [sheets.savings].\n"
        '  See also in/book.xlsx, sheet "Savings (2)", row 2.  [two-candidates]'
    ]


def test_a_candidate_on_a_hidden_sheet_is_said_to_be() -> None:
    def hide(sheet: object) -> None:
        sheet.sheet_state = "hidden"  # type: ignore[attr-defined]

    read = check(xlsx({"Old": SAVINGS, "New": SAVINGS}, hide), "savings")
    assert read.problems[0].found == "2 of them, 1 on a hidden sheet"


def test_twins_of_one_workbook() -> None:
    files = {"in/plan final v3.xlsx": xlsx(SAVINGS), "in/plan final v3 (2).xlsx": xlsx(SAVINGS)}
    read = check(files, "savings")
    assert read.codes == ["two-candidates"]
    assert [str(p) for p in (read.problems[0].place, *read.problems[0].also)] == [
        'in/plan final v3.xlsx, sheet "Sheet", row 1',
        'in/plan final v3 (2).xlsx, sheet "Sheet", row 1',
    ]
    assert check(files, "savings", choices={"savings": SheetChoice("plan final v3.xlsx")}).messages == []


def test_a_paper_may_say_which_sheet_it_is() -> None:
    data = xlsx({"Draft": SAVINGS, "Agreed": [SAVINGS_HEAD, ("Adoption", -350)]})
    read = check(data, "savings", choices={"savings": SheetChoice("book.xlsx", "Agreed")})
    assert (read.messages, read.values("savings", "objective")) == ([], ["Adoption"])


def test_a_sheet_that_a_paper_names_and_that_is_not_there() -> None:
    data = xlsx({"Savings": SAVINGS})
    message = (
        "in: expected {} for Savings, as paper.toml says under [sheets.savings], found none.\n  {}  [missing-sheet]"
    )

    def said(file: str, sheet: str) -> list[str]:
        return check(data, "savings", choices={"savings": SheetChoice(file, sheet)}).messages

    assert said("", "Saving") == [message.format('sheet "Saving"', 'Did you mean "Savings"?')]
    assert said("bok.xlsx", "") == [message.format('file "bok.xlsx"', 'Did you mean "book.xlsx"?')]
    assert said("book.xlsx", "Zzz") == [
        message.format('sheet "Zzz" of file "book.xlsx"', "Put it into the folder, or correct paper.toml.")
    ]


def test_one_sheet_that_fits_two() -> None:
    read = check_rows([("Objective", "Pressure", "Amount (£)"), ("Fewer", "Demand", 5)], "savings", "budget_pressure")
    assert read.messages[0] == (
        'in/book.xlsx, sheet "Sheet", row 1: expected the headings of one dataset, '
        "found those of Savings and of Budget pressure.\n"
        "  Say in paper.toml under [sheets] which file and sheet is which.  [fits-two]"
    )
    assert check_rows([("Objective", "Pressure", "Amount (£)"), ("Fewer", "Demand", 5)], "savings").places == []


def test_a_sheet_of_another_dataset_is_not_taken_for_one_with_columns_missing() -> None:
    rows = [("Outcome", "Title", "Savings target (£)"), (1, "T", 5)]
    read = check(xlsx({"Outcomes": rows}), "outcomes", "action_plan")
    assert read.codes == ["missing-dataset"]


def test_a_misspelt_optional_heading_is_no_silent_loss() -> None:
    rows = [(*SAVINGS_HEAD, "Kind of savings", "Ward"), ("Fewer", -1, "Saving", "North")]
    read = check_rows(rows, "savings")
    assert read.messages == [
        'in/book.xlsx, sheet "Sheet", cell C1: expected a heading of Savings, '
        "found another, so the column isn't read.\n"
        '  Is it the kind? Write "kind of saving" then, or rename the column to be sure.  [unread-column]',
        'in/book.xlsx, sheet "Sheet", cell D1: expected columns of Savings, found one that isn\'t read.\n'
        "  Nothing need be done if the paper isn't to use them.  [extra-column]",
    ]
    assert [p.severity.value for p in read.problems] == ["warning", "note"]
    assert read.tables["savings"].unread == ((3, 1), (4, 1))


def test_two_columns_for_one_field() -> None:
    rows = [("Indicator", "Unit", "As at", "Value", "Figure"), ("Beds", "number", 2016, 5, 6)]
    assert check_rows(rows, "key_facts").messages == [
        'in/book.xlsx, sheet "Sheet", cell E1: expected one column for value, found a second one.\n'
        "  Rename one, or name the right heading in paper.toml under [sheets.key_facts.headings].\n"
        "  See also cell D1.  [two-columns]"
    ]


def test_all_datasets_of_one_workbook() -> None:
    facts = [FACTS_HEAD, ("Beds", "number", "May 2016", 170, 187)]
    data = xlsx({"a": SAVINGS, "b": NUMBERS, "c": PRESSURE, "d": OUTCOMES, "e": facts})
    names = ("savings", "population", "budget_pressure", "outcomes", "key_facts")
    read = check(data, *names)
    assert (read.messages, list(read.tables)) == ([], list(names))


def plan_with(heading: str, *cells: object) -> list[str]:
    head = ("Outcome", "Ref", "Action", "Status", "Concern", "Completion date", heading)
    rows = [(1, f"1.{n}", f"Do {n}", None, None, None, cell) for n, cell in enumerate(cells, 1)]
    read = check(xlsx({"Plan": [head, *rows], "Outcomes": OUTCOMES}), "action_plan", "outcomes")
    return [f"{p.severity} {p.code} {p.place.cell}" for p in read.problems]


def test_a_renamed_optional_heading_over_values_of_its_kind() -> None:
    head = ("Outcome", "Ref", "Action", "Status", "Concern", "Completion date", "New date")
    rows = [(1, f"1.{n}", "Do it", None, None, None, dt.date(2016, 9, n)) for n in (1, 2)]
    read = check(xlsx({"Plan": [head, *rows], "Outcomes": OUTCOMES}), "action_plan", "outcomes")
    assert read.messages == [
        'in/book.xlsx, sheet "Plan", cell G1: expected a heading of Action plan, '
        "found another over cells that could be its revised, so the column isn't read.\n"
        '  If it is the revised, write "revised" as its heading, or name it in paper.toml under '
        "[sheets.action_plan.headings].  [unread-column]"
    ]
    assert read.problems[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("heading", "cells", "said"),
    [
        ("New date", ("Sept 2016", None, "30/09/2016", "tbc"), "warning unread-column G1"),
        ("New date", ("Sept 2016", "30/09/2016", "no", "why?", "not"), "note extra-column G1"),
        ("New date", ("Sept 2016", None, None), "note extra-column G1"),
        ("Money", ("within", "over"), "warning unread-column G1"),
        ("Colour", ("Red", "A", "green"), "warning unread-column G1"),
        ("Ward", ("North", "South"), "note extra-column G1"),
        ("Ward", (None, None), "note extra-column G1"),
    ],
)
def test_what_a_column_that_is_not_read_looks_like(heading: str, cells: tuple[object, ...], said: str) -> None:
    assert plan_with(heading, *cells) == [said]
