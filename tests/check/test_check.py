"""The check stage as a whole: real files from a folder, and any grid of cells at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import readers
from reportgen.cells.kinds import Category, Count, Money
from reportgen.check import check_sheets
from reportgen.check.match import field_headings
from reportgen.datasets import all_datasets
from reportgen.datasets.base import Dataset
from reportgen.model import CellNote, RawSheet, Severity
from tests.check.made import (
    CHILDREN,
    OUTCOMES,
    PLAN_HEAD,
    SAVINGS,
    Checked,
    check,
    check_rows,
    headings,
    ods,
    xls,
    xlsx,
)

CSV = "Objective;Amount (£000);Kind\nFewer children – North;(2,100);Saving\nUnit cost;-922;Saving\n"
ENCODED = {
    "utf-8": CSV.encode(),
    "utf-8 with mark": CSV.encode("utf-8-sig"),
    "utf-16": CSV.encode("utf-16"),
    "windows-1252": CSV.encode("cp1252"),
    "tabs": CSV.replace(";", "\t").encode(),
    "commas": CSV.replace("(2,100)", '"(2,100)"').replace(";", ",").encode(),
    "utf-16 with tabs": CSV.replace(";", "\t").encode("utf-16-le"),
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_csv_in_every_encoding_and_with_every_delimiter(encoding: str) -> None:
    read = check({"in/savings.csv": ENCODED[encoding]}, "savings")
    assert (read.messages, read.values("savings", "amount")) == ([], [-210_000_000, -92_200_000])
    assert read.values("savings", "objective") == ["Fewer children – North", "Unit cost"]
    assert str(read.tables["savings"].place("amount", 1)) == "in/savings.csv, cell B3"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv"])
def test_the_same_table_in_every_kind_of_file(kind: str) -> None:
    made = {"xlsx": xlsx, "xls": xls, "ods": ods, "csv": lambda rows: "\n".join(f"{a},{b}" for a, b in rows).encode()}
    read = check({f"in/s.{kind}": made[kind]([*SAVINGS, ("Total", -3022)])}, "savings")
    assert (read.messages, read.values("savings", "amount")) == ([], [-210_000_000, -92_200_000])
    assert [s.value for s in read.tables["savings"].stated] == [-302_200_000]


def test_a_folder_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    files = {
        "~$savings.xlsx": b"lock",
        "savings.xlsx": xlsx(SAVINGS),
        "outcomes final v3.xlsx": xlsx(OUTCOMES),
        "outcomes final v3 (2).xlsx": xlsx(OUTCOMES),
        "old.xls": b"no workbook at all",
        "numbers.csv": b"Month,Total,Non-UASC,UASC\nMay 2016,631,566,sixty\n",
        ".hidden.csv": b"Month",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    read = readers.start(readers.input_files(folder), tmp_path).result()
    problems = [problem for file in read for problem in file.problems]
    sheets = [sheet for file in read for sheet in file.sheets]
    needed = ["savings", "outcomes", "population"]
    tables, more = check_sheets(sheets, "in", all_datasets(), needed)
    assert [(p.code, p.place.file) for p in [*problems, *more]] == [
        ("not-a-workbook", "in/old.xls"),
        ("two-candidates", "in/outcomes final v3 (2).xlsx"),
        ("text-in-number", "in/numbers.csv"),
    ]
    assert list(tables) == ["savings", "population"]
    assert more[0].message == (
        'in/outcomes final v3 (2).xlsx, sheet "Sheet", row 1: expected one table with the headings of Outcomes, '
        "found 2 of them.\n"
        "  Remove what isn't meant, or name file and sheet in paper.toml under [sheets.outcomes].\n"
        '  See also in/outcomes final v3.xlsx, sheet "Sheet", row 1.  [two-candidates]'
    )


def test_all_problems_come_at_once() -> None:
    plan = [PLAN_HEAD, (1, "1.1", "A", "Startd", None, "soon"), (9, "1.1", None, "Started", None, "May 2016")]
    read = check(xlsx({"Plan": plan, "O": [*OUTCOMES, (2, None, "five")]}), "action_plan", "outcomes", "savings")
    assert sorted(read.codes) == [
        "duplicate",
        "duplicate",
        "missing-dataset",
        "missing-value",
        "missing-value",
        "not-a-date",
        "text-in-number",
        "unknown-reference",
        "unknown-status",
    ]


def test_a_table_with_an_error_is_returned_with_that_value_blank() -> None:
    read = check_rows([*SAVINGS, ("Adoption", "five")], "savings")
    assert read.values("savings", "amount") == [-210_000_000, -92_200_000, None]


KNOWN: Mapping[str, Dataset] = {
    **{name: dataset for name, dataset in all_datasets().items() if not dataset.joined}, "children": CHILDREN,
}  # fmt: skip
HEADINGS = sorted({h for dataset in KNOWN.values() for field in dataset.fields for h in field_headings(field)})
WORDS = [
    *HEADINGS, "Total", "Subtotal", "Grand total", "£000", "Amount (£m)", "Note: x", "Started", "Amber", "Ongoing", "%",
    "£ per week", "£1.2m", "(1,234)", "1,234-", "tbc", "<5", "n/a", "-", "May 2016", "09/30/2016", "30/09/2016",
    "2016/17", "2010-11", "0012", "Outcome 2: x", "#REF!", "\u200b", " ", "\n", "fostering", "Fosterr care", "x" * 300,
]  # fmt: skip
SCALARS = (
    st.sampled_from(WORDS)
    | st.text(max_size=8)
    | st.integers(-3000, 3000)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.none()
)
ADDRESSES = st.tuples(st.integers(1, 9), st.integers(1, 9))
FORMATS = ["0%", "d-mmm", "mmm-yy", "dd/mm/yyyy", "£#,##0", "#,##0,", '#,##0"k"', "0000", "[h]:mm", '"', ";", "\\"]
NOTES = st.tuples(st.sampled_from(CellNote), st.sampled_from(["", "#REF!", "FFC000"]))


@st.composite
def sheets(draw: st.DrawFn) -> RawSheet:
    """A sheet of any cells; often a dataset's headings stand in one of its rows."""
    rows = draw(st.lists(st.lists(SCALARS, max_size=9), max_size=9))
    for _ in range(draw(st.integers(0, 2))):
        dataset = draw(st.sampled_from(list(KNOWN.values())))
        heads = [draw(st.sampled_from(field_headings(field))) for field in dataset.fields]
        rows.insert(draw(st.integers(0, len(rows))), draw(st.permutations(heads)))
    corners = draw(st.lists(st.tuples(ADDRESSES, ADDRESSES), max_size=3))
    merged = tuple((min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in corners)
    return RawSheet(
        file=draw(st.sampled_from(["in/a.xlsx", "in/b.xls", "in/c.ods", "in/d.csv"])),
        name=draw(st.sampled_from(["", "One", "Two"])),
        rows=rows,
        merged=merged,
        hidden=draw(st.booleans()),
        hidden_rows=draw(st.frozensets(st.integers(1, 9), max_size=2)),
        hidden_columns=draw(st.frozensets(st.integers(1, 9), max_size=2)),
        notes=draw(st.dictionaries(ADDRESSES, st.lists(NOTES, max_size=2).map(tuple), max_size=4)),
        formats=draw(st.dictionaries(ADDRESSES, st.sampled_from(FORMATS), max_size=6)),
    )


def sound(read: Checked, files: set[str]) -> None:
    """Every problem says where, what was expected and found; every value is of its column's kind."""
    for problem in read.problems:
        assert problem.code and problem.expected and problem.found, problem
        assert {place.file for place in (problem.place, *problem.also)} <= {*files, "in"}, problem
        assert all(len(line) < 1500 for line in problem.message.split("\n"))
        assert problem.severity is not Severity.ERROR or problem.remedy, problem
    for table in read.tables.values():
        for name, column in table.columns.items():
            assert len(column.rows) == len(table)
            assert all(_fits(value, column.kind) for value in table.frame[name]), (name, table.frame[name])
            assert all(table.place(name, row).cell for row in range(len(table)))
        for stated in table.stated:
            assert stated.rows and set(stated.rows) <= set(range(len(table)))


def _fits(value: object, kind: object) -> bool:
    if value is None or str(value) == "<NA>":
        return True
    if isinstance(kind, (Count, Money)):
        return int(value) == value  # type: ignore[call-overload, no-any-return]
    if isinstance(kind, Category):
        return value in kind.accepted
    return isinstance(value, (str, int, Fraction, dt.date)) and not isinstance(value, dt.datetime)


@settings(max_examples=250, deadline=None)
@given(st.lists(sheets(), max_size=2))
def test_any_cells_give_tables_or_located_problems(raw: list[RawSheet]) -> None:
    tables, problems = check_sheets(raw, "in", KNOWN, list(KNOWN))
    assert len(tables) == len(KNOWN) or problems
    sound(Checked(tables, problems), {sheet.file for sheet in raw})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(KNOWN.values())), st.data())
def test_any_cells_below_any_headings(dataset: Dataset, data: st.DataObject) -> None:
    heads = [data.draw(st.sampled_from(field_headings(field))) for field in dataset.fields]
    above = headings(dataset, heads)
    rows = data.draw(st.lists(st.lists(SCALARS, max_size=len(above[0])), max_size=8))
    raw = RawSheet("in/a.xlsx", "One", [*above, *rows])  # type: ignore[list-item]
    # Known alone, so that no other dataset's headings among the cells end the table.
    tables, problems = check_sheets([raw], "in", {dataset.name: dataset}, [dataset.name])
    filled = [
        n
        for n, row in enumerate(rows)
        if any(str(v or "").strip("\u200b \n\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0") for v in row)
    ]
    assert list(tables) == [dataset.name] or {p.code for p in problems} & {"two-candidates", "missing-column"}
    for table in tables.values():
        # What holds something is data, a stated total, a label carried on, a unit of a heading, or said not to be read.
        said = {p.place.row for p in problems}
        data_rows = {int(r) for column in table.columns.values() for r in column.rows}
        passed = {s.place.row for s in table.stated}
        passed |= {row for column in table.columns.values() for _, row in column.headings}
        lost = {n + 1 + len(above) for n in filled} - data_rows - passed - said
        assert not lost or dataset.label or any(f.carried for f in dataset.fields), (rows, lost)
    sound(Checked(tables, problems), {"in/a.xlsx"})


SECRET = st.sampled_from(
    ["Zebedee", "zebedee 7 fostering", "Zebedee Total", "7Zebedee", "Fosterr Zebedee", "Zebedee\n"]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(SECRET | st.just("Fostering") | st.integers(0, 9) | st.none(), min_size=4, max_size=4), max_size=6
    )
)
def test_no_problem_of_a_sheet_of_children_says_what_a_cell_holds(rows: list[list[object]]) -> None:
    head = ("Child ID", "Placement", "Weeks", "Note")
    raw = RawSheet("in/a.xlsx", "One", [head, *rows])  # type: ignore[list-item]
    _, problems = check_sheets([raw], "in", {"children": CHILDREN}, ["children"])
    assert not [p for p in problems if "zebedee" in p.message.casefold() and "Did you mean" not in p.remedy]
