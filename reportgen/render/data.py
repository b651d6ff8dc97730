"""An edition's data files: its figures and its tables as CSV, which no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from reportgen.exhibits.views import ChartView, TableView
from reportgen.model import Unit
from reportgen.present.document import Document
from reportgen.trace import Figure
from reportgen.wording import House, in_words

# What spreadsheets take for the start of a formula, its full-width forms and what they skip before it among it.
_FORMULA = re.compile(
    r"[\s\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]"
)
_NUMBER = re.compile(r"[+-]?£?\d[\d,]*(\.\d+)?%?")
HEADINGS = ("figure", "value", "unit", "shown_as", "how")


def safe(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula: an apostrophe before what would start one."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in UTF-8 with a mark, so that Excel reads it rightly, and line ends as RFC 4180 has them."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")


def plain_value(figure: Figure) -> str:
    """A figure's value for a machine: pounds and per cent as decimals, dates as ISO, `[x]` and the like where none."""
    value = figure.value
    if value is None:
        return f"[{figure.symbol}]" if figure.symbol else ""
    if isinstance(value, dt.date):
        return f"{value:%Y-%m}" if figure.unit is Unit.MONTH else value.isoformat()
    if isinstance(value, str):
        return value
    scaled = Fraction(value)
    if figure.unit in (Unit.MONEY, Unit.MONEY_PER_WEEK):
        scaled /= 100
    elif figure.unit in (Unit.PERCENT, Unit.POINTS):
        scaled *= 100
    return decimal(scaled)


def decimal(value: Fraction) -> str:
    """A number in decimals, exact where ten places suffice, else rounded to ten."""
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    whole = (abs(value) * 10**10 + Fraction(1, 2)).__floor__()
    return f"{sign}{whole // 10**10}.{whole % 10**10:010d}".rstrip("0").rstrip(".")


def shown_as(name: str, figure: Figure, printed: Mapping[str, str], house: House) -> str:
    """A figure as the paper prints it, or would."""
    return printed.get(name) or in_words(figure.value, figure.unit, figure.symbol, house)


def figures_csv(
    figures: Mapping[str, Figure], printed: Mapping[str, str], house: House, public: bool = False
) -> bytes:
    """One row a figure, in order of name; in a public edition the value is what is shown, no finer."""
    shown = {name: shown_as(name, figure, printed, house) for name, figure in figures.items()}
    rows = [
        (name, shown[name] if public else plain_value(f), str(f.unit), shown[name], f.how)
        for name, f in sorted(figures.items())
    ]
    return as_csv([HEADINGS, *rows])


def exhibit_files(document: Document) -> dict[str, bytes]:
    """Each exhibit's table as CSV and each chart's picture, by name in the edition."""
    files = {}
    for key, item in document.exhibits.items():
        exhibit = item.exhibit
        if isinstance(exhibit, ChartView):
            files[f"charts/{key}.svg"] = exhibit.svg
            files[f"tables/{key}.csv"] = table_csv(exhibit.table)
        else:
            files[f"tables/{key}.csv"] = table_csv(exhibit)
    return files


def table_csv(table: TableView) -> bytes:
    """A table's cells as they are printed, without the typographic minus."""
    head = [f"{head.group}: {head.text}" if head.group else head.text for head in table.heads]
    return as_csv([head, *([cell.text.replace("\N{MINUS SIGN}", "-") for cell in row.cells] for row in table.rows)])
