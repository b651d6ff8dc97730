"""The kinds of columns: what each accepts, and the value that it reads from a cell."""

from reportgen.cells.kinds.amounts import Count, Money
from reportgen.cells.kinds.base import Context, Kind, Row
from reportgen.cells.kinds.published import Published, ReportingYear, year_ended
from reportgen.cells.kinds.quantity import UNITS, Quantity, unit_of
from reportgen.cells.kinds.text import Category, Code, Text
from reportgen.cells.kinds.times import Date, FinancialYear, Period, parse_period

__all__ = [
    "UNITS",
    "Category",
    "Code",
    "Context",
    "Count",
    "Date",
    "FinancialYear",
    "Kind",
    "Money",
    "Period",
    "Published",
    "Quantity",
    "ReportingYear",
    "Row",
    "Text",
    "parse_period",
    "unit_of",
    "year_ended",
]
