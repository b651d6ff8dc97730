"""Columns that a program altered on the way."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.check.made import (
    FACTS_HEAD,
    OUTCOMES,
    PLAN_HEAD,
    POPULATION_HEAD,
    Checked,
    check,
    check_children,
    check_rows,
    ods,
    ods_cell,
    saved,
    xls,
    xlsx,
)

PLACE = 'in/book.xlsx, sheet "Sheet"'
LOST = "The sheet has probably made a number of it and dropped its zeros: format the column as text and type it again."


def plan_rows(*dates: object, refs: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    refs = refs or tuple(f"1.{n}" for n in range(1, len(dates) + 1))
    dates = dates or ("Ongoing",) * len(refs)
    return [PLAN_HEAD[:6], *[(1, ref, "Act", "Started", None, day) for ref, day in zip(refs, dates, strict=True)]]


def plan(*dates: object, refs: tuple[object, ...] = (), form: str = "dd/mm/yyyy") -> Checked:
    def look(sheet: Worksheet) -> None:
        for (cell,) in sheet.iter_rows(min_row=2, min_col=6, max_col=6):
            if isinstance(cell.value, dt.date):
                cell.number_format = form

    return check(xlsx({"Sheet": plan_rows(*dates, refs=refs), "O": OUTCOMES}, look), "action_plan", "outcomes")


def lost(cell: str, expected: str, found: str) -> str:
    return f'{PLACE}, cell {cell}: expected {expected}, found "{found}".\n  {LOST}  [lost-zeros]'


def test_codes_that_lost_leading_zeros() -> None:
    read = plan(refs=("0012", 34, "0102", 1234))
    assert read.messages == [lost("B3", "a reference of 4 digits as in other rows", "34")]
    assert plan(refs=("1234", "5678", 90)).messages == [lost("B4", "a reference of 4 digits as in other rows", "90")]


def test_codes_with_their_zeros() -> None:
    assert plan(refs=("0012", "0034", 1234, "A1")).messages == []
    assert plan(refs=(1, 2, 10)).messages == []
    assert plan(refs=("1", "2", "10", 11)).messages == []


def test_codes_shown_with_zeros_by_their_format() -> None:
    data = xlsx(
        {"Sheet": plan_rows(refs=("0012", 34)), "O": OUTCOMES}, lambda s: setattr(s["B3"], "number_format", "0000")
    )
    assert check(data, "action_plan", "outcomes").values("action_plan", "ref") == ["0012", "0034"]


def test_codes_that_lost_trailing_zeros() -> None:
    refs = (2.8, "2.9", 2.1, 2.11, "2.12", "3.19", 3.2)
    assert plan(refs=refs).messages == [
        lost("B4", "the reference after 2.9", "2.1"),
        lost("B8", "the reference after 3.19", "3.2"),
    ]
    assert plan(refs=("2.9", "2.10", "2.11")).messages == []


def test_a_reference_typed_as_a_number_becomes_a_duplicate() -> None:
    assert plan(refs=(2.1, 2.2, 2.1)).codes == ["duplicate"]


def test_a_reference_become_a_date() -> None:
    assert plan("Ongoing", refs=(dt.date(2016, 1, 2),)).messages == [
        f'{PLACE}, cell B2: expected a reference, found "02/01/2016".\n'
        "  The sheet has turned the reference into a date: format it as text.  [date-in-code]"
    ]


def test_a_childs_reference_is_not_quoted() -> None:
    rows = [("Child ID", "Placement", "Weeks"), ("0012", "Fostering", 1), (34, "Fostering", 1)]
    assert check_children(xlsx(rows)).messages == [
        f"{PLACE}, cell A3: expected a reference as long as in other rows, found a shorter one.\n  {LOST}  [lost-zeros]"
    ]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_dates_counted_from_1904_are_read_rightly(kind: str) -> None:
    day = dt.date(2016, 5, 31)
    rows = [POPULATION_HEAD, (day, 3, 2, 1)]
    if kind == "xlsx":
        book = openpyxl.Workbook()
        book.epoch = CALENDAR_MAC_1904
        for row in rows:
            book.worksheets[0].append(row)
        data = saved(book)
        assert b'date1904="1"' in _workbook_xml(data)
    else:
        data = xls(rows, {0: "dd/mm/yyyy"}, epoch_1904=True)
    read = check({f"in/numbers.{kind}": data}, "population")
    assert read.values("population", "month") == [day]


def _workbook_xml(data: bytes) -> bytes:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml")


def test_dates_copied_from_a_workbook_that_counts_from_1904() -> None:
    days = [dt.date(2016, 5, 31), dt.date(2016, 6, 30), dt.date(2016, 9, 30), dt.date(2016, 12, 31)]
    early = days[1] - dt.timedelta(days=1462)
    assert plan(days[0], early, *days[2:]).messages == [
        f"{PLACE}, cell F3: expected the dates of the column within a few years of each other, "
        "found 1 date years before the other 3.\n"
        "  Dates counted from 1904 are four years early; "
        "Sept-16 typed for a month becomes the 16th of this year's.  [dates-apart]"
    ]
    assert plan(*days).messages == []


def test_us_dates_in_a_column_of_text() -> None:
    read = plan("05/06/2016", "09/30/2016", "06/06/2016", "31/12/2016")
    assert read.messages == [
        f'{PLACE}, cell F3: expected a completion date, Ongoing or Complete, found "09/30/2016".\n'
        "  The month seems to stand before the day: type it as day/month/year.  [swapped-date]",
        f"{PLACE}, cell F2: expected the day before the month in all dates of the column, "
        "found 1 date that could be read either way beside 1 with the month first.\n"
        "  A program has probably taken day and month the wrong way round: check each of them.\n"
        "  See also cell F3.  [swapped-dates]",
    ]


@pytest.mark.parametrize("text", ["30/09/2016", "09/30/2016"])
def test_real_dates_swapped_beside_texts_that_could_not_be(text: str) -> None:
    read = plan(dt.date(2016, 5, 6), dt.date(2016, 12, 7), text)
    message = next(p.message for p in read.problems if p.code == "swapped-dates")
    assert message == (
        f"{PLACE}, cell F2: expected all dates of the column as real dates, or all as text, "
        "found 2 real dates with days up to 12 beside 1 text with days over 12.\n"
        "  A program has probably taken day and month the wrong way round: check each of them.\n"
        "  See also cells F3, F4.  [swapped-dates]"
    )


def test_real_dates_with_days_over_12_are_not_suspected() -> None:
    assert plan(dt.date(2016, 5, 6), dt.date(2016, 12, 17), "30/09/2016").messages == []


def test_sept_16_become_the_16th_of_september() -> None:
    read = plan("May 2016", dt.date(2026, 9, 16), form="d-mmm")
    assert read.messages == [
        f'{PLACE}, cell F3: expected a completion date, Ongoing or Complete, found "16/09/2026".\n'
        '  The cell shows day and month only: "Sept-16" typed for September 2016 becomes the 16th of September. '
        "Type the year in full, such as September 2016.  [ambiguous-date]"
    ]


def test_a_month_typed_and_turned_into_its_first_day_is_the_month() -> None:
    read = plan(dt.date(2016, 5, 1), form="mmm-yy")
    assert (read.messages, read.values("action_plan", "baseline")) == ([], [dt.date(2016, 5, 31)])


def test_2010_11_become_november() -> None:
    rows = [FACTS_HEAD[:4], ("Budget", "£", dt.date(2010, 11, 1), 5), ("Budget", "£", "2016/17", 5)]
    read = check_rows(rows, "key_facts", look=lambda sheet: setattr(sheet["C2"], "number_format", "mmm-yy"))
    assert read.messages == [
        f'{PLACE}, cell C2: expected a date, month, year or financial year, found "01/11/2010".\n'
        "  The sheet may have turned a year such as 2010/11 into a month: format the cell as text and type the year "
        "(2010/11) or the month (November 2010) again.  [year-become-date]"
    ]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_dates_of_a_file_that_hides_whether_they_show_a_day(kind: str) -> None:
    rows = plan_rows(dt.date(2016, 5, 1), dt.date(2016, 9, 16))
    cells = [[ods_cell(v, "date") if isinstance(v, dt.date) else v for v in row] for row in rows]
    data = xls(rows, {5: "mmm-yy"}) if kind == "xls" else ods(cells)
    read = check({f"in/plan.{kind}": data, "in/o.xlsx": xlsx(OUTCOMES)}, "action_plan", "outcomes")
    assert read.messages == [
        f'in/plan.{kind}, sheet "Sheet", cell F2: expected dates in a file that tells whether they show a day, '
        "found 2 dates, 1 of them the first of a month, in one that doesn't.\n"
        '  A month typed as "Sept-16" is read as a day: check the dates, or save the file as an .xlsx workbook.\n'
        "  See also cell F3.  [unseen-format]"
    ]


def test_a_column_of_months_needs_no_format() -> None:
    rows = [POPULATION_HEAD, (dt.date(2016, 5, 1), 3, 2, 1), (dt.date(2016, 6, 1), 3, 2, 1)]
    read = check({"in/n.xls": xls(rows, {0: "mmm-yy"})}, "population")
    assert (read.messages, read.values("population", "month")) == ([], [dt.date(2016, 5, 31), dt.date(2016, 6, 30)])
