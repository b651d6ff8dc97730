"""The post of the nightly run: letters into the outbox and, where there is a server, on their way."""

from __future__ import annotations

import datetime as dt
import platform
from collections.abc import Iterable
from dataclasses import dataclass

from reportgen.agenda import Due
from reportgen.deliver.letters import Letter
from reportgen.deliver.outbox import Outbox, State
from reportgen.mailing import administrator_of, mailing, sender_of, server_of
from reportgen.model import Unit
from reportgen.nightly import Delivered
from reportgen.render.mail import LetterWords, letter_parts
from reportgen.settings import MailSettings
from reportgen.wording import in_words
from reportgen.workspace import Workspace

TITLES = {"problems": "Not built", "reminder": "Inputs are missing"}
# A month that lacks its folder can't be checked.
COMMANDS = {"problems": "reportgen check {paper} --month {month}", "reminder": "reportgen due"}
LINES = {
    "problems": "The paper can't be built until these are mended:",
    "reminder": "These inputs are not there yet:",
}


@dataclass(frozen=True)
class NoPost:
    """The post of a workspace without mail, or with wrong settings (`closed` says which): nothing goes out."""

    closed: str = ""

    def draft(self, due: Due, now: dt.datetime) -> bool:
        """False: there is no mail."""
        return False

    def note(self, kind: str, due: Due, key: str, lines: Iterable[str], now: dt.datetime) -> bool:
        """False: there is no mail."""
        return False

    def withdraw(self, due: Due) -> None:
        """Nothing waits."""

    def alarm(self, key: str, lines: Iterable[str], now: dt.datetime) -> bool:
        """False: there is no mail."""
        return False

    def deliver(self, now: dt.datetime) -> Delivered:
        """Nothing, and why if it should have been something."""
        return Delivered(closed=self.closed)


@dataclass
class Postmaster:
    """The post of a workspace with mail. Raises Misuse where its settings are wrong: before the run, not amid it."""

    workspace: Workspace
    settings: MailSettings
    outbox: Outbox

    def __post_init__(self) -> None:
        for needed in (sender_of, administrator_of, server_of):
            needed(self.settings)

    def draft(self, due: Due, now: dt.datetime) -> bool:
        """Whether the draft was queued to anybody who doesn't have it."""
        mail = mailing(self.workspace, due.ref)
        if mail.paper.mail is None:
            return False
        letters = mail.draft(due.month, mail.recipients())
        self.outbox.supersede(str(due.ref), due.month, letters[0].content)
        return self._queue(letters, now)

    def note(self, kind: str, due: Due, key: str, lines: Iterable[str], now: dt.datetime) -> bool:
        """Whether a letter about a paper was queued to anybody who doesn't have it."""
        mail = mailing(self.workspace, due.ref)
        if mail.paper.mail is None:
            return False
        if kind == "problems":  # a draft that still waits is older than its inputs
            self.outbox.supersede(str(due.ref), due.month)
        facts = (
            ("Committee", due.committee),
            ("Meeting", in_words(due.meeting, Unit.DATE)),
            ("To be handed in by", in_words(due.deadlines.report, Unit.DATE)),
        )
        words = LetterWords(
            title=f"{TITLES[kind]}: {mail.paper.title}, {due.month}",
            lines=(LINES[kind], *lines),
            facts=facts,
            command=f"To see how it stands: {COMMANDS[kind].format(paper=due.ref, month=due.month)}",
        )
        return self._queue(mail.note(kind, due.month, key, words, mail.recipients()), now)

    def withdraw(self, due: Due) -> None:
        """Nothing: drafts of the paper that nobody has had are taken out."""
        self.outbox.supersede(str(due.ref), due.month)

    def alarm(self, key: str, lines: Iterable[str], now: dt.datetime) -> bool:
        """Whether a letter to the administrator was queued; False where there is none, or they have it."""
        recipient = administrator_of(self.settings)
        if recipient is None:
            return False
        where = (("Machine", platform.node()), ("Workspace", str(self.workspace.root)))
        words = LetterWords(title="reportgen: the nightly run", lines=tuple(lines), facts=where)
        text, html = letter_parts(words, self.workspace.template_roots)
        return self._queue([Letter("failure", "", "", key, recipient, words.title, text, html)], now)

    def _queue(self, letters: Iterable[Letter], now: dt.datetime) -> bool:
        sender = sender_of(self.settings)
        return sum(self.outbox.queue(letter, sender, now) for letter in letters) > 0

    def deliver(self, now: dt.datetime) -> Delivered:
        """What became of the letters that were due; those that nobody knows about count as failed when it is found."""
        made = self.outbox.deliver(server_of(self.settings), now, self.settings.tries)
        counts = {state: sum(entry.state is state for entry in made.tried) for state in State}
        waiting = self.outbox.entries(State.WAITING)
        return Delivered(
            counts[State.SENT],
            len(waiting),
            counts[State.FAILED] + counts[State.UNCERTAIN],
            min((entry.queued for entry in waiting), default=None),
            len(self.outbox.entries(State.FAILED, State.UNCERTAIN)),
        )
