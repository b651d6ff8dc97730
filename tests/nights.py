"""A workspace with a paper that is due, night after night, by a clock that is set."""

from __future__ import annotations

import datetime as dt

from reportgen.journal import Journal
from reportgen.nightly import Outcome, Post, Run
from reportgen.workspace import Workspace
from tests.made import COMMENTARY, MEETING_TOML, MONTHS, workbook, write

SCHEDULE = """\
[schedule]
committee = "Children's Committee"
months_before = 1
"""
MEETINGS = """\
[authorities.barsetshire.meetings]
"Children's Committee" = [2020-04-21, 2020-05-19, 2020-06-16]

[run]
mail_late = 20
alarm = ["logger"]
"""
MARCH = "barsetshire/children-numbers 2020-03"
APRIL = "barsetshire/children-numbers 2020-04"


class Nights:
    """A workspace night after night: at half past two, with files whose times are told."""

    def __init__(self, space: Workspace, post: Post) -> None:
        self.space, self.post = space, post
        self.now = dt.datetime(2020, 4, 1, 2, 30, tzinfo=dt.UTC)
        self.changed = dt.datetime(2020, 3, 1, tzinfo=dt.UTC)
        self.said: list[str] = []
        self.rung: list[str] = []
        self.bell = True

    def night(self, day: str) -> Outcome:
        self.now = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(2, 30), dt.UTC)
        self.said.clear()
        journal = Journal(lambda: self.now, self.said.append, self.space.root / "outputs" / "logs")
        run = Run(
            self.space, self.post, journal, lambda: self.now, lambda command, text: self._rings(text),
            lambda paths: self.changed,
        )  # fmt: skip
        return run.whole()

    def _rings(self, text: str) -> bool:
        self.rung.append(text)
        return self.bell

    def april(self, children: int | str = 212) -> None:
        """April's inputs arrive."""
        inputs = self.space.root / "inputs/barsetshire/2020-04"
        write(inputs / "children-numbers/meeting.toml", MEETING_TOML.replace("2020-04-21", "2020-05-19"))
        write(inputs / "children-numbers/commentary.md", COMMENTARY)
        april = (dt.date(2020, 4, 30), children, 189, 23)
        workbook(inputs / "numbers.xlsx", (*MONTHS[:1], *MONTHS[2:], april))
