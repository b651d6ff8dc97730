"""Which tables of returns there are, of which collection year, and what is missing among them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from reportgen.cells.dates import parse_date
from reportgen.histories.model import Source, year_words
from reportgen.model import Place, Problem, RawReturn, Severity

NEEDED = {
    "episodes": ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC"),
    "header": ("CHILD", "DOB"),
    "uasc": ("CHILD", "DUC"),
}
SORTS = {"episodes": "table of episodes", "header": "header", "uasc": "list of UASC"}
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NAMING = "Name it by the year in which the collection begins: 2017-episodes.csv is 1 April 2017 to 31 March 2018."


def find_sources(raw: Sequence[RawReturn], folder: str) -> tuple[list[tuple[Source, RawReturn]], list[Problem]]:
    """The tables of the returns in order of year and sort, with their cells, and every problem that they have whole."""
    problems: list[Problem] = []
    found: list[tuple[Source, RawReturn]] = []
    for table in raw:
        year, more = _year(table, [each for each in raw if each.file == table.file])
        problems += [*more, *_columns(table)]
        if year:
            columns = {heading: column.number for heading, column in table.columns.items()}
            found.append(
                (Source(table.file, table.sheet, table.sort, year, columns, table.heading_row, table.length), table)
            )
    found.sort(key=lambda each: (each[0].year, list(NEEDED).index(each[0].sort), each[0].file, each[0].sheet))
    whole = [source for source, _ in found]
    if not any(table.sort == "episodes" for table in raw):
        expected = f"SSDA903 returns: a file with the columns {', '.join(NEEDED['episodes'])}"
        problems.append(Problem("missing-dataset", Place(folder), expected, "none", "Put the files there."))
    elif not problems:
        problems += [*_twice(whole), *_missing(whole, folder)]
    return found, problems


def _year(table: RawReturn, together: Sequence[RawReturn]) -> tuple[int, list[Problem]]:
    """The collection year that the file's name states, else that of the last start in the file; 0 if none does."""
    named = _YEAR.search(table.file.rpartition("/")[2])
    begun = _last_year(together)
    place = Place(table.file, table.sheet)
    if not named and not begun:
        return 0, [Problem("no-collection-year", place, "a year in the file's name", "none", _NAMING)]
    if named and begun > int(named[1]) and table.sort == "episodes":
        expected = f"episodes that began by 31/03/{int(named[1]) + 1}, as the file's name says"
        found = f"one that began in {year_words(begun)}"
        return 0, [Problem("other-year", place, expected, found, _NAMING)]
    return int(named[1]) if named else begun, []


def _last_year(together: Sequence[RawReturn]) -> int:
    """The collection year of the last start of an episode; 0 where there is none."""
    starts = (each.columns["DECOM"].words for each in together if "DECOM" in each.columns)
    days = [day for words in starts for word in words if (day := parse_date(word))]
    return max((day.year - (day.month < 4) for day in days), default=0)


def _columns(table: RawReturn) -> list[Problem]:
    place = Place(table.file, table.sheet, table.heading_row)
    lacking = [heading for heading in NEEDED[table.sort] if heading not in table.columns]
    problems = [
        Problem("missing-column", place, f"a column {heading} in the {SORTS[table.sort]} of a return", "none",
                "Take the file again as it was sent in.")
        for heading in lacking
    ]  # fmt: skip
    for heading in table.doubled:
        expected = f"a column {heading} once"
        problems.append(Problem("repeated-column", place, expected, "two of them", "Take the file again as it was."))
    return problems


def _twice(sources: Sequence[Source]) -> list[Problem]:
    """A problem for each year of which there are two tables of one sort."""
    by_key: dict[tuple[int, str], list[Source]] = defaultdict(list)
    for source in sources:
        by_key[source.year, source.sort].append(source)
    return [
        Problem("two-returns", Place(first.file, first.sheet), f"one {SORTS[sort]} of {year_words(year)}",
                f"{1 + len(rest)} of them", "Take out those that aren't meant, or correct the year in their names.",
                also=tuple(Place(each.file, each.sheet) for each in rest))
        for (year, sort), (first, *rest) in by_key.items()
        if rest
    ]  # fmt: skip


def _missing(sources: Sequence[Source], folder: str) -> list[Problem]:
    """Problems of years, from the first to the last, without episodes or header, and a doubt of those without UASC."""
    years = {sort: {source.year for source in sources if source.sort == sort} for sort in NEEDED}
    every = set().union(*years.values())
    span = range(min(every), max(every) + 1)
    problems = []
    for sort, severity, remedy in (
        ("episodes", Severity.ERROR, "Add it: who came and went in that year can't be told otherwise."),
        ("header", Severity.ERROR, "Add it: it has the dates of birth."),
        ("uasc", Severity.WARNING, "Add it if there is one: a child in no list counts as no UASC."),
    ):
        lacking = [year_words(year) for year in span if year not in years[sort]]
        if lacking:
            expected = f"a {SORTS[sort]} of each year from {year_words(span[0])} to {year_words(span[-1])}"
            found = f"none of {', '.join(lacking)}"
            problems.append(Problem("missing-return", Place(folder), expected, found, remedy, severity))
    return problems
