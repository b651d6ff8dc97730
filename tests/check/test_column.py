"""Cells read by their column: faults of formulas, merged ranges, blanks, what is quoted of them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.model import Severity
from tests.check.made import (
    FACTS_HEAD,
    OUTCOMES,
    PLAN_HEAD,
    POPULATION_HEAD,
    SAVINGS,
    SAVINGS_HEAD,
    Checked,
    check,
    check_children,
    check_rows,
    ods,
    ods_cell,
    raw_file,
    xls,
    xlsx,
)

PLACE = 'in/book.xlsx, sheet "Sheet"'


def plan(**cells: object) -> Checked:
    """An action plan of one row, with some of its cells as given."""
    names = ("outcome", "ref", "action", "status", "concern", "baseline", "revised", "brag")
    usual = {"outcome": 1, "ref": "1.1", "action": "Act", "status": "Started", "baseline": "Ongoing"}
    row = [{**usual, **cells}.get(name) for name in names]
    return check(xlsx({"Sheet": [PLAN_HEAD, row], "Outcomes": OUTCOMES}), "action_plan", "outcomes")


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("(1,234)", -123_400_000), ("1,234-", -123_400_000), ("\xa01,234\xa0", 123_400_000), ("1,234", 123_400_000)],
)
def test_numbers_stored_as_text(typed: str, pence: int) -> None:
    read = check_rows([SAVINGS_HEAD, ("Adoption", typed)], "savings")
    assert (read.messages, read.values("savings", "amount")) == ([], [pence])


@pytest.mark.parametrize(
    ("typed", "symbol", "said"),
    [("-", "x", "not available"),
     ("tbc", "x", "not available"), ("n/a", "z", "not applicable"), ("<5", "c", "suppressed")],
)  # fmt: skip
def test_words_for_no_number_stay_no_number(typed: str, symbol: str, said: str) -> None:
    read = check_rows([SAVINGS_HEAD, ("Adoption", typed), ("Care", 0)], "savings")
    assert read.values("savings", "amount") == [None, 0]
    assert read.tables["savings"].columns["amount"].symbols == {0: symbol}
    assert read.messages == [
        f'{PLACE}, cell B2: expected an amount of money, found "{typed}".\n'
        f"  It is read as [{symbol}] {said}, not as zero.  [no-number]"
    ]


def test_text_in_a_column_of_numbers() -> None:
    assert check_rows([SAVINGS_HEAD, ("Adoption", "see note 3")], "savings").messages == [
        f'{PLACE}, cell B2: expected an amount of money, found "see note 3".\n'
        "  Put the number alone in the cell and the words in a column of their own.  [text-in-number]"
    ]


def test_a_blank_where_a_number_must_be() -> None:
    read = check_rows([SAVINGS_HEAD, ("Adoption", None), ("Care", 1), ("\u200b \xa0", 2)], "savings")
    assert read.messages == [
        f"{PLACE}, cell A4: expected text, found a blank cell.\n  Fill in the cell.  [missing-value]",
        f"{PLACE}, cell B2: expected an amount of money, found a blank cell.\n  Fill in the cell.  [missing-value]",
    ]


def test_an_optional_cell_may_be_blank() -> None:
    read = check_rows(OUTCOMES, "outcomes")
    assert (read.messages, read.values("outcomes", "savings_target")) == ([], [None, -23_100_000])


def test_an_unknown_category_has_a_suggestion() -> None:
    assert plan(status="Startd").messages == [
        f'{PLACE}, cell D2: expected a status, found "Startd".\n'
        '  Did you mean "started"? The accepted words are: not started, started, complete (docs/datasets.md).'
        "  [unknown-status]"
    ]


@pytest.mark.parametrize("status", ["Started ", "STARTED", " In\xa0 progress", "Under\nway", "Started."])
def test_a_category_is_known_whatever_its_spaces(status: str) -> None:
    read = plan(status=status)
    assert (read.messages, read.values("action_plan", "status")) == ([], ["started"])


@pytest.mark.parametrize("concern", ["None", "n/a", "-", "No concerns."])
def test_a_concern_that_says_there_is_none(concern: str) -> None:
    read = plan(concern=concern)
    assert (read.messages, read.values("action_plan", "concern")) == ([], [None])


def test_two_dates_in_one_cell() -> None:
    assert plan(baseline="June 2016 / Sept 2016").messages == [
        f'{PLACE}, cell F2: expected a completion date, Ongoing or Complete, found "June 2016 / Sept 2016".\n'
        "  The cell holds two dates: put each in a column of its own.  [two-dates]"
    ]


@pytest.mark.parametrize(
    ("value", "code", "found"),
    [
        (dt.datetime(2016, 5, 31, 10, 30), "time-in-date", "31/05/2016"),
        (dt.date(1904, 5, 31), "implausible-date", "31/05/1904"),
        ("31/05/1916", "implausible-date", "31/05/1916"),
        (42521, "not-a-date", "42521"),
        (True, "not-a-date", "TRUE"),
    ],
)
def test_dates_that_can_hardly_be_meant(value: object, code: str, found: str) -> None:
    (problem,) = plan(baseline=value).problems
    assert (problem.code, problem.place.cell, problem.found) == (code, "F2", f'"{found}"')


def test_a_long_text_is_quoted_in_part_on_one_line() -> None:
    read = plan(baseline="word\n" * 6400)
    assert read.problems[0].found == f'"{("word " * 12)[:60]}…"'
    assert max(map(len, read.messages[0].split("\n"))) < 200


def test_a_long_text_is_kept_whole() -> None:
    read = plan(action="word " * 6400)
    assert read.messages == []
    assert len(str(read.values("action_plan", "action")[0])) == 31_999


def test_formula_errors() -> None:
    def errors(sheet: Worksheet) -> None:
        sheet["A2"], sheet["B3"] = "#N/A", "#REF!"

    read = check_rows(SAVINGS, "savings", look=errors)
    assert read.messages == [
        f"{PLACE}, cell A2: expected text, found #N/A.\n"
        "  The formula gives an error: mend it, or type the value.  [formula-error]",
        f"{PLACE}, cell B3: expected an amount of money, found #REF!.\n"
        "  The formula gives an error: mend it, or type the value.  [formula-error]",
    ]


def test_a_row_of_nothing_but_formula_errors_is_no_gap() -> None:
    def errors(sheet: Worksheet) -> None:
        sheet["A3"], sheet["B3"] = "#REF!", "#REF!"

    assert check_rows(SAVINGS, "savings", look=errors).places == ["formula-error A3", "formula-error B3"]


def test_formulas_never_calculated() -> None:
    read = check_rows([SAVINGS_HEAD, ("Adoption", "=1+1"), ("Total", "=SUM(B2:B2)")], "savings")
    assert read.messages == [
        f"{PLACE}, cell B{row}: expected an amount of money, found a formula without a value.\n"
        "  The formula was never calculated: open the workbook in Excel and save it.  [not-calculated]"
        for row in (2, 3)
    ]


def test_formula_errors_in_a_csv_are_text_and_errors_all_the_same() -> None:
    csv = "Objective,Amount (£000)\n#NAME?,5\nAdoption,#DIV/0!\nCare,Err:508\n"
    read = check({"in/s.csv": csv.encode()}, "savings")
    assert read.places == ["formula-error A2", "formula-error B3", "formula-error B4"]
    assert read.messages[0] == (
        'in/s.csv, cell A2: expected text, found "#NAME?".\n'
        "  The formula gives an error: mend it, or type the value.  [formula-error]"
    )


def test_a_number_merged_over_two_rows_is_counted_for_neither() -> None:
    read = check_rows([*SAVINGS, ("Adoption", 5)], "savings", look=lambda sheet: sheet.merge_cells("B2:B3"))
    assert read.messages == [
        f'{PLACE}, cell B2: expected an amount of money in a cell of its own, found "-2100".\n'
        "  Unmerge the cells and fill in each of them.  [merged-cells]"
    ]


def test_a_text_merged_over_two_columns() -> None:
    read = check_rows(
        [(*SAVINGS_HEAD, "Kind"), ("Adoption", 5, "Saving")], "savings", look=lambda s: s.merge_cells("B2:C2")
    )
    assert read.places == ["merged-cells B2"]


def test_a_merge_with_a_column_that_is_not_read_is_harmless() -> None:
    rows = [(*SAVINGS_HEAD, "Ward"), ("Adoption", 5, None)]
    assert check_rows(rows, "savings", look=lambda s: s.merge_cells("B2:C2")).places == []


def test_merged_blanks_are_blanks() -> None:
    data = xlsx(
        {"Sheet": [PLAN_HEAD, (1, "1.1", "A"), (1, "1.2", "B")], "O": OUTCOMES}, lambda s: s.merge_cells("E2:E3")
    )
    assert check(data, "action_plan", "outcomes").messages == []


@pytest.mark.parametrize("value", [True, dt.date(2016, 5, 1)])
def test_what_is_no_number_at_all(value: object) -> None:
    read = check_rows([SAVINGS_HEAD, ("Adoption", value)], "savings")
    assert [p.code for p in read.problems if p.place.cell == "B2"] == [
        "not-a-number" if value is True else "date-in-number"
    ]


def test_noise_of_floats_is_gone_with_the_pence() -> None:
    read = check_rows([("Objective", "Amount (£)"), ("Adoption", 0.1 + 0.2), ("Care", 1e5)], "savings")
    assert read.values("savings", "amount") == [30, 10_000_000]


def test_amounts_too_large_for_the_column_are_refused() -> None:
    read = check_rows([SAVINGS_HEAD, ("Adoption", 1e300)], "savings")
    assert read.places == ["implausible-number B2"]


def test_a_quantity_takes_its_unit_from_its_row() -> None:
    rows = [FACTS_HEAD, ("Cost", "£ per week", "May 2016", 996.55, "tbc"), ("Share", "%", 2016, 0.0007, None)]
    read = check_rows(rows, "key_facts", look=lambda sheet: setattr(sheet["D3"], "number_format", "0.00%"))
    assert read.values("key_facts", "value") == [99_655, Fraction(7, 10_000)]
    assert read.tables["key_facts"].columns["target"].symbols == {0: "x"}
    assert read.places == ["no-number E2"]


def test_the_same_value_is_read_by_its_own_format() -> None:
    rows = [PLAN_HEAD, (1, 1.1, "A", "Started"), (1, 1.1, "B", "Started")]
    data = xlsx({"Sheet": rows, "O": OUTCOMES}, lambda sheet: setattr(sheet["B3"], "number_format", "0.00"))
    assert check(data, "action_plan", "outcomes").values("action_plan", "ref") == ["1.1", "1.10"]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_percentage_in_a_file_that_hides_number_formats(kind: str) -> None:
    rows = [FACTS_HEAD[:4], ("Share", "%", 2016, 0.07)]
    data = (
        xls(rows, {3: "0%"})
        if kind == "xls"
        else ods([*rows[:1], ["Share", "%", 2016, ods_cell(0.07, "percentage", "7%")]])
    )
    assert check({f"in/facts.{kind}": data}, "key_facts").messages == [
        f'in/facts.{kind}, sheet "Sheet", cell D2: expected a number in percent, found "0.07".\n'
        "  In this kind of file 7% can't be told from 0.07: save it as an .xlsx workbook.  [unclear-percentage]"
    ]


def test_truth_values_of_an_ods() -> None:
    cell = ods_cell(1, "boolean", "TRUE")
    cell.setAttrNS("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "boolean-value", "true")
    read = check({"in/s.ods": ods([(*SAVINGS_HEAD, "Business plan"), ("Adoption", 5, cell)])}, "savings")
    assert (read.messages, read.values("savings", "in_business_plan")) == ([], ["yes"])


def test_half_of_what_money_is_shown_to() -> None:
    def half(form: str, amount: object = -2100, head: str = "Amount (£000)") -> Fraction:
        rows = [("Objective", head), ("Adoption", amount)]
        read = check_rows(rows, "savings", look=lambda sheet: setattr(sheet["B2"], "number_format", form))
        return read.tables["savings"].columns["amount"].half_unit

    assert half("#,##0") == 50_000
    assert half("#,##0.0_);(#,##0.0)") == 5_000
    assert half("General", -2100.25) == 500
    assert half("General", "(2,100.5)") == 5_000
    assert half("#,##0", 5, "Amount (£)") == 50
    assert half("0.0,,", 2_100_000, "Amount (£m)") == 5_000_000
    assert half('#,##0,"k"', 2_100_000, "Amount (£)") == 50_000
    assert half("General", True) == 50_000
    assert check_rows([POPULATION_HEAD, ("May 2016", 3, 2, 1)], "population").tables["population"].columns[
        "total"
    ].half_unit == Fraction(0)


def test_a_sheet_with_a_row_a_child_quotes_nothing_of_a_child() -> None:
    rows = [
        ("Child ID", "Placement", "Weeks", "Note"),
        ("Jo Bloggs", "Fosterr care", 4, "x"),
        ("Jo Bloggs", "Jo Bloggs", "Jo Bloggs", dt.date(2009, 3, 7)),
        (dt.date(2009, 3, 7), "7 March 2009", "12-14", None),
        ("Total", "Fostering", "12 for Jo Bloggs", None),
    ]
    read = check_children(xlsx(rows))
    assert [p.found for p in read.problems if p.code == "unknown-placement-type"] == [
        '"Fosterr care"',
        "something else",
        "something else",
    ]
    said = " ".join(read.messages)
    assert not [word for word in ("Jo", "Bloggs", "2009", "12-14", "March") if word in said]
    assert sorted(set(read.codes)) == ["date-in-code", "duplicate", "text-in-number", "unknown-placement-type"]


def test_a_doubtful_reading_is_not_said_of_a_child() -> None:
    from dataclasses import replace

    from reportgen.cells.kinds import Money
    from reportgen.datasets.base import Field
    from tests.check.made import CHILDREN

    known = replace(CHILDREN, fields=(*CHILDREN.fields, Field("cost", Money())))
    rows = [("Child ID", "Placement", "Weeks", "Cost (£)"), ("A1", "Fostering", 4, "£1.2m")]
    assert check(xlsx(rows), "children", known={"children": known}).messages == [
        f"{PLACE}, cell D2: expected an amount of money in pounds, as the column says, found something else.\n"
        "  Type it in the column's unit to be sure.  [own-unit]"
    ]


def test_what_openpyxl_cannot_examine_is_still_read() -> None:
    raw = raw_file("in/book.xls", xls(SAVINGS))
    assert [p.code for p in raw.problems] == ["not-examined"]
    assert check({"in/book.xls": xls(SAVINGS)}, "savings").values("savings", "amount") == [-210_000_000, -92_200_000]


def test_half_of_an_amount_typed_with_its_own_scale() -> None:
    rows = [("Objective", "Amount (£)"), ("Adoption", "£1.2m"), ("Care", "£3m")]
    read = check_rows(rows, "savings")
    assert read.tables["savings"].columns["amount"].half_unit == 5_000_000


def test_a_character_that_the_paper_cannot_print() -> None:
    rows = [("Objective", "Amount (£)", "Ward"), ("Fewer \U0001f600 children", 5, "\u6f22"), ("Cafe\u0301", 6, None)]
    read = check_rows(rows, "savings")
    assert [p.message for p in read.problems if p.severity is not Severity.NOTE] == [
        'in/book.xlsx, sheet "Sheet", cell A2: expected characters that the paper can print, '
        "found a character that can't be printed (U+1F600).\n"
        "  Take it out, or write it in words: the paper's font has no such character.  [unprintable-character]"
    ]
    assert read.values("savings", "objective") == [None, "Caf\u00e9"]
