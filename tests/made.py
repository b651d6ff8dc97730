"""A small workspace of another authority, made in place: a paper of its own, a month, one or two workbooks."""

from __future__ import annotations

import datetime as dt
import functools
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import reportgen.workspace
from reportgen.cli import main
from reportgen.workspace import PaperRef, Workspace, packaged_templates

REF = PaperRef("barsetshire", "children-numbers")
MONTH = "2020-03"
INPUTS = "inputs/barsetshire/2020-03"
OWN = f"{INPUTS}/children-numbers"
PAPER = "templates/barsetshire/children-numbers"

SETTINGS = """\
[authorities.barsetshire]
name = "Barsetshire County Council"
negatives = "brackets"
"""
PAPER_TOML = """\
title = "Children looked after"
subject = "Numbers by month"
author = "Children's services"
datasets = ["population"]

[front_sheet]
"To" = "{{ meeting.committee }}"

[[exhibit]]
name = "months"
kind = "table"
grid = "population"
title = "Children looked after at the end of each month"

[[exhibit]]
name = "months_chart"
kind = "line-chart"
grid = "population"
title = "The number of children {{ fig.children_change | way('rose', 'fell', 'stayed') }}"
columns = { month = "Month", total = "All children" }
"""
PAPER_MD = """\
## Numbers

The council looked after {{ fig.children_last }} children.

{{ passage("overview") }}

{{ exhibit("months") }}

{{ exhibit("months_chart") }}
"""
MEETING_TOML = """\
committee = "Children's Committee"
meeting_date = 2020-04-21
recommendation = "To note the numbers."
"""
COMMENTARY = """\
# Commentary for March

## overview

Of them {{ fig.uasc_last }} came to the country alone.
"""
MONTHS = (
    ("Month", "Total", "Non UASC", "UASC"),
    (dt.date(2020, 1, 31), 200, 180, 20),
    (dt.date(2020, 2, 29), 204, 183, 21),
    (dt.date(2020, 3, 31), 209, 187, 22),
)


def workspace(root: Path, **texts: str) -> Workspace:
    """A sound workspace; `texts` replaces some of its texts: settings, paper, words, meeting or commentary."""
    write(root / "reportgen.toml", texts.get("settings", SETTINGS))
    write(root / PAPER / "paper.toml", texts.get("paper", PAPER_TOML))
    write(root / PAPER / "paper.md", texts.get("words", PAPER_MD))
    write(root / OWN / "meeting.toml", texts.get("meeting", MEETING_TOML))
    write(root / OWN / "commentary.md", texts.get("commentary", COMMENTARY))
    workbook(root / INPUTS / "numbers.xlsx", MONTHS)
    return Workspace(root)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def workbook(path: Path, rows: Sequence[Sequence[object]], sheet: str = "Numbers") -> None:
    """Writes a workbook, in one run the same bytes for the same rows: openpyxl puts the second of saving into it."""
    # Equal rows may hold other things: True is 1, and 1 is 1.0. Their words tell them apart.
    path.write_bytes(_saved(tuple(map(tuple, rows)), sheet, repr(rows)))


@functools.cache
def _saved(rows: tuple[tuple[object, ...], ...], sheet: str, _words: str) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def run(root: Path, *arguments: str) -> Result:
    """What a command prints and its exit status, in a workspace."""
    return CliRunner().invoke(main, ["--workspace", str(root), *arguments], prog_name="reportgen")


def everything(folder: Path) -> dict[str, bytes]:
    """The files under a folder by name, but for the locks of bundles."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def ended(result: Result, status: int, out: str, err: str) -> None:
    """The command printed this and ended so."""
    assert (result.stdout, result.stderr, result.exit_code) == (out, err, status)


def only_layout_packaged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For the rest of the test, no paper comes with reportgen, only the layout and the letters."""
    packaged = folder / "packaged"
    (packaged / "_templates").mkdir(parents=True)
    for name in ("layout", "mail"):
        (packaged / "_templates" / name).symlink_to(packaged_templates() / name)
    monkeypatch.setattr(reportgen.workspace, "__file__", str(packaged / "workspace.py"))
