"""Returns made in place: a few lines an episode, a header or a UASC, as they are read from CSV files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from reportgen.histories import Histories, join
from reportgen.model import Problem, RawColumn, RawReturn
from reportgen.readers.child.delimited import read_csv
from reportgen.readers.child.limits import Limits

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC"
HEADER = "CHILD,SEX,DOB,ETHNIC"
UASC = "CHILD,SEX,DOB,DUC"
HEADINGS = {"episodes": EPISODES, "header": HEADER, "uasc": UASC}
Year = Mapping[str, Sequence[str]]  # the lines of each sort of table
EVERYBODY = [f"{child},1,01/01/2010,WBRI" for child in range(1, 10)]


def raw(file: str, text: str) -> RawReturn:
    """A table as it is read from a CSV file."""
    (found,) = read_csv(text.encode(), Limits()).returns
    columns = {c.heading: RawColumn(c.number, tuple(c.words), c.codes.tobytes()) for c in found.columns}
    return RawReturn(file, "", found.sort, found.heading_row, found.length, columns, tuple(found.doubled))


def episode(child: object, start: str, end: str = "", ending: str = "", **codes: str) -> str:
    """A line of the episodes: foster care by the authority under a full care order, if nothing else is said."""
    said = {"RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": "U4", "PLACE_PROVIDER": "PR1", **codes}
    return f"{child},{start},{','.join(said.values())},{end},{ending}"


def returns(years: Mapping[int, Year | Sequence[str]]) -> list[RawReturn]:
    """The tables of several years; where only episodes are given, nine children have a header and none is a UASC."""
    found = []
    for year, given in years.items():
        tables = given if isinstance(given, Mapping) else {"episodes": given}
        for sort, lines in {"header": EVERYBODY, "uasc": [], **tables}.items():
            found.append(raw(f"in/{year}-{sort}.csv", "\n".join([HEADINGS[sort], *lines]) + "\n"))
    return found


def joined(years: Mapping[int, Year | Sequence[str]]) -> tuple[Histories, list[Problem]]:
    """The histories of returns of several years, and what was wrong with them or repaired."""
    histories, problems = join(returns(years), "in")
    assert histories is not None, [p.message for p in problems]
    return histories, problems


def day(number: int) -> str:
    """A day as it is written; "open" for the end of an episode that has none."""
    return f"{dt.date.fromordinal(number):%d/%m/%Y}" if number < 10**7 else "open"


def spans(histories: Histories) -> list[tuple[int, str, str, str]]:
    """Child, start and end of each episode, and the cell of its start."""
    rows = zip(histories.child, histories.start, histories.end, histories.source, histories.row, strict=True)
    return [
        (int(child) + 1, day(int(start)), day(int(end)), f"{histories.sources[source].year}!B{row}")
        for child, start, end, source, row in rows
    ]


def said(problems: Sequence[Problem]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Code, severity and place of problems, and all their cells without the folder."""
    return [
        (p.code, str(p.severity), f"{p.place.file.removeprefix('in/')}!{p.place.cell}",
         tuple(cell.removeprefix("in/") for cell in p.cells))
        for p in problems
    ]  # fmt: skip
