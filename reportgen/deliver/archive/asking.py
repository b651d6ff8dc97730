"""What an archive answers: its papers, one paper, one paper's figure, the files themselves."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportgen.cells.words import nearest
from reportgen.deliver.archive.entry import Disposal, Entry, Holding, Paper, Withdrawal, sha256
from reportgen.deliver.archive.errors import Refused, Unknown
from reportgen.deliver.archive.opening import Opened

FIGURES = "audit/figures.csv"


@dataclass(frozen=True)
class Listed:
    """A paper as a list shows it. `state` is current, superseded, withdrawn or disposed; `why` says more of it."""

    reference: str
    paper: str
    month: str
    committee: str
    meeting_date: str
    title: str
    status: str
    version: int
    state: str
    why: str


@dataclass(frozen=True)
class Sought:
    """What papers are looked for; empty for all. Dates are the meeting's, the first and last included."""

    authority: str = ""
    committee: str = ""
    since: str = ""
    until: str = ""
    status: str = ""


@dataclass(frozen=True)
class Standing:
    """A paper with its entry and all that was entered of it later."""

    entry: Entry
    paper: Paper
    superseded_by: str
    withdrawn: Entry | None
    disposed: Entry | None

    @property
    def line(self) -> str:
        """What happened to a paper that is no longer given out; empty where it is."""
        said = [f"{self.paper.reference} was withdrawn on {_when(self.withdrawn)}." if self.withdrawn else ""]
        if self.disposed:
            said.append(f"{self.paper.reference} was disposed of on {_when(self.disposed)}.")
        return " ".join(filter(None, said))


def _when(entry: Entry) -> str:
    """The day of a withdrawal or disposal, its ground if it has one, and its reason."""
    said = entry.said
    assert isinstance(said, Withdrawal | Disposal)
    ground = f" ({said.ground})" if isinstance(said, Disposal) else ""
    return f"{entry.added_at[:10]}{ground}: {said.reason.rstrip('.')}"


STATES = ("current", "superseded", "withdrawn", "disposed")
_LIST = """
SELECT reference, paper, month, committee, meeting_date, title, status, version,
    CASE WHEN disposed THEN 'disposed' WHEN withdrawn THEN 'withdrawn' WHEN superseded_by <> '' THEN 'superseded'
        ELSE 'current' END AS state, superseded_by
FROM standing WHERE (?1 = '' OR authority = ?1) AND (?2 = '' OR committee = ?2)
    AND meeting_date >= ?3 AND (?4 = '' OR meeting_date <= ?4) AND (?5 = '' OR status = ?5 OR state = ?5)
ORDER BY meeting_date, number
"""


def papers(opened: Opened, sought: Sought) -> list[Listed]:
    """The papers that are looked for, by date of meeting. Of a withdrawn one is told when and why, and nothing more."""
    values = [sought.authority, sought.committee, sought.since, sought.until, sought.status]
    found = []
    row: tuple[Any, ...]
    for row in opened.register.database.execute(_LIST, values):
        reference, state, why = row[0], row[8], f"superseded by {row[9]}" if row[9] else ""
        if state in ("withdrawn", "disposed"):
            why = find(opened, reference).line
        listed = Listed(*(*row[:9], why))
        if state == "withdrawn":
            listed = replace(listed, paper="", month="", committee="", meeting_date="", title="")
        found.append(listed)
    return found


def find(opened: Opened, reference: str) -> Standing:
    """The paper of a reference, in any letters. Raises Unknown with the nearest where there is none."""
    entries = list(opened.register.entries(reference.upper()))
    paper = next((entry for entry in entries if isinstance(entry.said, Paper)), None)
    if paper is None or not isinstance(paper.said, Paper):
        known = [row[0] for row in opened.register.database.execute("SELECT reference FROM papers")]
        guess = nearest(reference.upper(), known, 0.6)
        meant = f' Did you mean "{guess}"?' if guess else " `reportgen archive list` lists them."
        raise Unknown(f'There is no paper "{reference}" in the archive.{meant}')
    query = "SELECT superseded_by FROM standing WHERE reference = ?"
    (later,) = opened.register.database.execute(query, [paper.said.reference]).fetchone()
    events = [next((e for e in entries if isinstance(e.said, kind)), None) for kind in (Withdrawal, Disposal)]
    return Standing(paper, paper.said, later, *events)


def given_out(opened: Opened, reference: str) -> Standing:
    """The paper of a reference that may be given out. Raises Refused where it was withdrawn or disposed of."""
    standing = find(opened, reference)
    if standing.line:
        raise Refused(standing.line)
    return standing


def content(opened: Opened, paper: Paper, holding: Holding, sealed: bool = False) -> bytes:
    """What an archived file holds. Raises Refused where it is lost or was altered."""
    path = opened.store.find(holding.sha256, sealed)
    found = path.read_bytes() if path else None
    if found is None or sha256(found) != holding.sha256:
        how = "is lost" if found is None else "was altered in the archive"
        raise Refused(f"{paper.reference} {holding.file} {how}: `reportgen archive verify` names all that is wrong.")
    return found


def figure(opened: Opened, reference: str, name: str) -> dict[str, str]:
    """A figure's row of the archived audit: value, unit, making and cells. Raises Unknown where there is none."""
    paper = given_out(opened, reference).paper
    holding = next((each for each in paper.files if each.file == FIGURES), None)
    if holding is None:
        raise Unknown(f"{paper.reference} was archived without {FIGURES}: where its figures came from isn't known.")
    text = content(opened, paper, holding).decode("utf-8-sig")
    rows = {row["figure"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    if name not in rows:
        guess = nearest(name, rows, 0.6)
        meant = f' Did you mean "{guess}"?' if guess else f" {FIGURES} lists {len(rows)}: `archive get --all` gives it."
        raise Unknown(f'{paper.reference} has no figure "{name}".{meant}')
    return rows[name]


def new_folder(folder: Path, roles: Sequence[str]) -> None:
    """Makes a folder for files to be given out: for its owner alone where some are never to be published."""
    folder.mkdir(parents=True, mode=0o777 if set(roles) <= {"edition"} else 0o700)


def get(opened: Opened, reference: str, to: Path, roles: Sequence[str]) -> Path:
    """The folder, named by the reference, into which a paper's files of some roles were written whole."""
    paper = given_out(opened, reference).paper
    target, new = to / paper.reference, to / f".{paper.reference}.new"
    if target.exists():
        raise Unknown(f"{target} is there already: move it away, or give another folder.")
    shutil.rmtree(new, ignore_errors=True)
    try:
        new_folder(new, roles)
        for holding in paper.files:
            if holding.role in roles:
                path = new / holding.file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content(opened, paper, holding))
        os.replace(new, target)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return target
