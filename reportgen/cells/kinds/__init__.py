"""The kinds of columns: what each accepts, and the value that it reads from a cell."""

from reportgen.cells.kinds.amounts import Count, Money, UnitCost, Unsigned
from reportgen.cells.kinds.base import Context, Kind, Row
from reportgen.cells.kinds.measures import Age, Measure, Share, Weeks
from reportgen.cells.kinds.published import Published, ReportingYear, year_ended
from reportgen.cells.kinds.quantity import LEVELS, UNITS, Quantity, unit_of
from reportgen.cells.kinds.text import Category, Code, Line, Text
from reportgen.cells.kinds.times import Date, FinancialYear, Period, parse_period

__all__ = [
    "LEVELS",
    "UNITS",
    "Age",
    "Category",
    "Code",
    "Context",
    "Count",
    "Date",
    "FinancialYear",
    "Kind",
    "Line",
    "Measure",
    "Money",
    "Period",
    "Published",
    "Quantity",
    "ReportingYear",
    "Row",
    "Share",
    "Text",
    "UnitCost",
    "Unsigned",
    "Weeks",
    "parse_period",
    "unit_of",
    "year_ended",
]
