"""Workbooks for the tests of the check stage: built in place, read by the readers, checked."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.cells.kinds import Category, Code, Count, Text
from reportgen.check import SheetChoice, check_sheets
from reportgen.datasets import all_datasets
from reportgen.datasets.base import Dataset, Field
from reportgen.model import Problem, RawFile, Severity
from reportgen.readers import Limits, _raw_file
from reportgen.readers.child.parse import parse
from reportgen.table import Table

Rows = Sequence[Sequence[object]]

SAVINGS_HEAD = ("Objective", "Amount (£000)")
SAVINGS: Rows = [SAVINGS_HEAD, ("Fewer children", -2100), ("Unit cost", -922)]
POPULATION_HEAD = ("Month", "Total", "Non-UASC", "UASC")
PLAN_HEAD = ("Outcome", "Ref", "Action", "Status", "Concern", "Completion date", "Revised date", "BRAG")
OUTCOMES: Rows = [("Outcome", "Title", "Target (£000)"), (1, "Together", None), (2, "Edge of care", -231)]
PRESSURE: Rows = [("Pressure", "Overspend (£)"), ("Demand", 400_000)]
FACTS_HEAD = ("Indicator", "Unit", "As at", "Value", "Target")

# A sheet with a row a child, as later papers have them.
CHILDREN = Dataset(
    name="children",
    title="Children",
    about="A row a child.",
    fields=(
        Field("child", Code("a reference"), ("child id",)),
        Field("placement", Category("a placement type", {"Foster care": ("fostering",)}, "unknown-placement-type")),
        Field("weeks", Count("a number of weeks")),
        Field("note", Text(), required=False, blank=True),
    ),
    key=("child",),
    private=True,
)


def headings(dataset: Dataset, chosen: Sequence[str]) -> list[list[object]]:
    """A sheet's heading rows: the chosen headings of a dataset's own columns and, if it has one, its spread's."""
    spread = dataset.spread
    if spread is None:
        return [list(chosen)]
    values = {"year": ("2016/17", "2017/18"), "age": (0, 14)}[spread.field.name]
    if spread.by or len(spread.measures) == 1:
        return [[*chosen, *values]]
    upper: list[object] = [None] * len(chosen)
    lower: list[object] = list(chosen)
    for value in values:
        upper += [value, *[None] * (len(spread.measures) - 1)]
        lower += [measure.name.replace("_", " ") for measure in spread.measures]
    return [upper, lower]


@dataclass(frozen=True)
class Checked:
    """What the check stage made of some files."""

    tables: Mapping[str, Table]
    problems: Sequence[Problem]

    @property
    def messages(self) -> list[str]:
        return [problem.message for problem in self.problems]

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    @property
    def places(self) -> list[str]:
        """Code and cell, or row, of each problem but notes."""
        loud = [problem for problem in self.problems if problem.severity is not Severity.NOTE]
        return [f"{p.code} {p.place.cell or p.place.row or p.place.column}" for p in loud]

    def values(self, dataset: str, column: str) -> list[object]:
        return [None if str(v) == "<NA>" else v for v in self.tables[dataset].frame[column]]


def xlsx(sheets: Mapping[str, Rows] | Rows, look: Callable[[Worksheet], object] | None = None) -> bytes:
    """A workbook; `look` may alter its first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (sheets if isinstance(sheets, Mapping) else {"Sheet": sheets}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if look:
        look(book.worksheets[0])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Rows, formats: Mapping[int, str] | None = None, epoch_1904: bool = False) -> bytes:
    """A workbook of the old kind; `formats` are number formats by column, counted from 0."""
    book = xlwt.Workbook()
    book.dates_1904 = epoch_1904
    sheet = book.add_sheet("Sheet")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            style = xlwt.XFStyle()
            style.num_format_str = (formats or {}).get(c, "General") if r else "General"
            sheet.write(r, c, value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: Iterable[Iterable[object]]) -> bytes:
    """An OpenDocument workbook; cells made already are taken as they are."""
    book = OpenDocumentSpreadsheet()
    table = OdsTable(name="Sheet")
    for cells in rows:
        row = TableRow()
        for value in cells:
            row.addElement(value if hasattr(value, "qname") else ods_cell(value))
        table.addElement(row)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_cell(value: object, kind: str = "", text: str = "") -> TableCell:
    if value is None:
        return TableCell()
    if isinstance(value, (int, float)):
        cell = TableCell(valuetype=kind or "float", value=str(value))
    elif kind == "date":
        cell = TableCell(valuetype="date", datevalue=str(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=text or str(value)))
    return cell


def raw_file(file: str, data: bytes) -> RawFile:
    ending = "." + file.rpartition(".")[2]
    return _raw_file(file, "", len(data), parse(data, ending, Limits()))


def check(
    files: bytes | Mapping[str, bytes],
    *needed: str,
    choices: Mapping[str, SheetChoice] | None = None,
    known: Mapping[str, Dataset] | None = None,
) -> Checked:
    """The tables and problems of the files of a month; bytes alone are those of in/book.xlsx."""
    named = files if isinstance(files, Mapping) else {"in/book.xlsx": files}
    sheets = [sheet for file, data in named.items() for sheet in raw_file(file, data).sheets]
    tables, problems = check_sheets(sheets, "in", known or all_datasets(), needed, choices)
    return Checked(tables, problems)


def check_rows(rows: Rows, *needed: str, look: Callable[[Worksheet], object] | None = None) -> Checked:
    """The tables and problems of one sheet of an xlsx."""
    return check(xlsx(rows, look), *needed)


def check_children(data: bytes) -> Checked:
    return check(data, "children", known={"children": CHILDREN})


def without_rules(name: str) -> Mapping[str, Dataset]:
    """The datasets, this one without its rules over whole tables."""
    return {**all_datasets(), name: replace(all_datasets()[name], rules=())}
