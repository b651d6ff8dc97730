"""The nightly run: what is due is checked and built, mailed once, asked for where it lacks; failures are told once."""

from __future__ import annotations

import datetime as dt
import hashlib
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from reportgen import drafts, pipeline, readers
from reportgen.agenda import Agenda, Due, agenda, keep_settings, last_changed, missing
from reportgen.deadlines import working_days_between
from reportgen.failures import Failures
from reportgen.journal import Journal
from reportgen.pipeline import Checked
from reportgen.problems import in_words, summary
from reportgen.purging import purge
from reportgen.settings import RunSettings
from reportgen.workspace import Misuse, Workspace

MAIL, LETTERS, SETTINGS, PURGE = "mail", "letters", "settings", "purging"
STATE = ".nightly.json"


class Stage(StrEnum):
    """How far a paper is with its meeting."""

    WAITS = "waits for inputs"
    SETTLES = "inputs still change"
    WRONG = "inputs have errors"
    READY = "ready to build"
    BUILT = "draft built"
    FINAL = "final"


@dataclass(frozen=True)
class Delivered:
    """What became of the letters: how many went out, wait and failed, and since when the oldest waits.

    `standing` counts those that failed at any time and nobody has dealt with; `closed` says why nothing can go out.
    """

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    oldest: dt.datetime | None = None
    standing: int = 0
    closed: str = ""


class Post(Protocol):
    """Where letters are handed in and sent from. Each is queued once: False where it was already."""

    def draft(self, due: Due, now: dt.datetime) -> bool:
        """Queue the draft of a paper to those who get it."""

    def note(self, kind: str, due: Due, key: str, lines: Iterable[str], now: dt.datetime) -> bool:
        """Queue a letter about a paper to those who get its drafts; `key` tells one from the next."""

    def withdraw(self, due: Due) -> None:
        """Take back drafts of a paper that still wait: it is final."""

    def alarm(self, key: str, lines: Iterable[str], now: dt.datetime) -> bool:
        """Queue a letter to the administrator."""

    def deliver(self, now: dt.datetime) -> Delivered:
        """Send what is due."""


@dataclass(frozen=True)
class Outcome:
    """What a run came to: the stage of each paper, whether inputs were wrong and whether the machine failed."""

    stages: Mapping[str, Stage]
    wrong: bool
    failed: bool
    delivered: Delivered


@dataclass
class Run:
    """One run over a workspace; the clock, the times of files, the post and what rings an alarm are handed in."""

    workspace: Workspace
    post: Post
    journal: Journal
    now: Callable[[], dt.datetime]
    ring: Callable[[tuple[str, ...], str], bool]
    changed: Callable[[Iterable[Path]], dt.datetime | None] = last_changed
    progress: Callable[[str, int, int], None] = lambda name, at, of: None

    def whole(self) -> Outcome:
        """Everything that is due, one paper after another; what fails with one keeps no other from its turn."""
        failures = Failures.load(self.workspace.root / "outputs" / STATE)
        planned = agenda(self.workspace, self.now().date())
        failures.keep({MAIL, LETTERS, SETTINGS, PURGE, *(due.name for due in planned.due)})
        if planned.readable:
            keep_settings(self.workspace)
        self.journal.event("begins", f"papers due: {len(planned.due)}", due=len(planned.due))
        stages: dict[str, Stage] = {}
        broken: list[str] = []
        for at, due in enumerate(planned.due):
            self.progress(due.name, at, len(planned.due))
            try:
                stages[due.name] = self._paper(due)
            except Exception as failure:
                broken.append(due.name)
                self._fails(failures, due.name, _words_of(failure))
            else:
                if failures.ends(due.name):
                    self.journal.event("mended", f"{due.name}: no longer fails", paper=due.name)
        self._settings_wrong(planned, failures)
        self._purge(planned, failures, broken)
        delivered = self._deliver(planned, failures, broken)
        wrong = bool(planned.problems) or Stage.WRONG in stages.values()
        self._ends(planned, stages, broken, delivered)
        return Outcome(stages, wrong, bool(broken) or delivered.failed > 0, delivered)

    def _paper(self, due: Due) -> Stage:
        """How far a paper is after what could be done for it was done."""
        stage, checked = look(self.workspace, due, self.now(), self.changed)
        problems = checked.problems if checked else []
        if stage is Stage.WAITS:
            self._remind(due, lacking(self.workspace, due, checked))
        elif stage is Stage.WRONG:
            words = in_words(problems)
            key = hashlib.sha256(words.encode()).hexdigest()
            self.journal.event("wrong", f"{due.name}: {summary(problems)}, not built", paper=due.name)
            if self.post.note("problems", due, key, words.splitlines(), self.now()):
                self.journal.event("queued", f"{due.name}: its problems are to be mailed", paper=due.name)
        elif stage is Stage.READY and checked:
            stage = self._build(due, checked)
        elif stage is Stage.FINAL:
            self.post.withdraw(due)
        elif stage is Stage.SETTLES:
            self.journal.event("settles", f"{due.name}: its inputs changed a moment ago", paper=due.name)
        if stage is Stage.BUILT and self.post.draft(due, self.now()):
            self.journal.event("queued", f"{due.name}: its draft is to be mailed", paper=due.name)
        return stage

    def _build(self, due: Due, checked: Checked) -> Stage:
        pipeline.recover(self.workspace, due.ref, due.month)
        pipeline.build(self.workspace, checked)
        self.journal.event("built", f"{due.name}: draft built, {summary(checked.problems)}", paper=due.name)
        return Stage.BUILT

    def _remind(self, due: Due, wanted: list[str]) -> None:
        """Ask for what is missing, once for each of the days that the schedule names."""
        left = working_days_between(self.now().date(), due.deadlines.report)
        passed = [days for days in due.schedule.remind if left <= days]
        many = f"{len(wanted)} inputs" if len(wanted) != 1 else "an input"
        days = f"{left} working day{'' if left == 1 else 's'}"
        words = f"{due.name}: waits for {many}, {days} before its deadline"
        self.journal.event("waits", words, paper=due.name, missing=wanted, days=left)
        if passed and self.post.note("reminder", due, str(min(passed)), wanted, self.now()):
            self.journal.event("queued", f"{due.name}: a reminder is to be mailed", paper=due.name)

    def _settings_wrong(self, planned: Agenda, failures: Failures) -> None:
        """Settings that can't be read keep papers from being due at all: the administrator hears of it."""
        if planned.problems:
            where = "; ".join(f"{problem.place} [{problem.code}]" for problem in planned.problems)
            self.journal.event("wrong", f"settings: {summary(planned.problems)}: {where}")
            self._tell(failures, SETTINGS, in_words(planned.problems))
        else:
            failures.ends(SETTINGS)

    def _fails(self, failures: Failures, name: str, words: str) -> None:
        self.journal.event("failed", f"{name}: {words}", paper=name)
        self._tell(failures, name, words)

    def _tell(self, failures: Failures, name: str, words: str) -> bool:
        """Whether the administrator is to be told: once as long as it lasts. The words may hold addresses: no log
        has them.
        """
        key = failures.begins(name, words, self.now())
        return self.post.alarm(key, [f"{name} failed in the nightly run.", *words.splitlines()], self.now())

    def _purge(self, planned: Agenda, failures: Failures, broken: list[str]) -> None:
        """Delete what has been kept long enough."""
        try:
            for name in purge(self.workspace, planned.settings.run, self.now().date()):
                self.journal.event("purged", f"{name}: kept long enough, deleted")
        except OSError as failure:
            broken.append(PURGE)
            self._fails(failures, PURGE, _words_of(failure))
        else:
            failures.ends(PURGE)

    def _deliver(self, planned: Agenda, failures: Failures, broken: list[str]) -> Delivered:
        """Send what is due. Where mail itself is late, a command of the administrator's choice tells them, once."""
        delivered = self.post.deliver(self.now())
        settings = planned.settings.run
        late = delivered.oldest is not None and self.now() - delivered.oldest >= dt.timedelta(hours=settings.mail_late)
        hours = f"{settings.mail_late} hour{'' if settings.mail_late == 1 else 's'}"
        if words := delivered.closed or f"mail has waited for over {hours}" * late:
            broken.append(MAIL)
            failures.begins(MAIL, words, self.now())
            self.journal.event("failed", words)
            self._ring(settings, failures, f"letters that wait: {delivered.waiting}")
        elif not delivered.waiting:
            failures.ends(MAIL)
        return self._refused(delivered, failures)

    def _refused(self, delivered: Delivered, failures: Failures) -> Delivered:
        """What became of the letters, the one about those that failed among them: it goes out at once."""
        if not delivered.failed:
            if delivered.sent:
                failures.ends(LETTERS)
            return delivered
        several = delivered.failed > 1
        many = f"{delivered.failed} letters were" if several else "a letter was"
        words = f"{many} refused or may be lost: reportgen outbox lists {'them' if several else 'it'}"
        self.journal.event("failed", words)
        if not self._tell(failures, LETTERS, words):
            return delivered
        # A time of its own, by which its letters are told from those of before.
        more = self.post.deliver(self.now() + dt.timedelta(microseconds=1))
        return replace(more, sent=delivered.sent + more.sent, failed=delivered.failed + more.failed)

    def _ring(self, settings: RunSettings, failures: Failures, more: str) -> None:
        """Have the administrator told by their command of each failure that it hasn't told yet: no letter goes out."""
        untold = failures.not_rung()
        if not untold or not settings.alarm:
            return
        where = f"reportgen on {platform.node()}, {self.workspace.root}"
        lines = [f"{name}: {words}" for name, words in untold.items()]
        told = self.ring(settings.alarm, "\n".join([where, *lines, more]) + "\n")
        words = "the administrator was told by command"
        self.journal.event("alarm", words if told else "the command `alarm` of [run] failed: nobody was told")
        if told:
            failures.were_rung(untold)

    def _ends(
        self, planned: Agenda, stages: Mapping[str, Stage], broken: list[str], delivered: Delivered
    ) -> None:
        """The last line: how each paper stands, what was wrong, what became of letters."""
        counted = {str(stage): list(stages.values()).count(stage) for stage in Stage}
        built = self.journal.counts.get("built", 0)
        counted["draft up to date"] = counted.pop(str(Stage.BUILT)) - built
        counted |= {"draft built": built, "problems of settings": len(planned.problems), "failures": len(broken)}
        said = [] if planned.readable else ["reportgen.toml can't be read, so nothing was looked at"]
        said += [f"{name}: {count}" for name, count in counted.items() if count > 0]
        letters = f"letters sent: {delivered.sent}, waiting: {delivered.waiting}, refused or lost: {delivered.failed}"
        if not planned.known:
            letters = "nobody is told: no run has read its settings before"
        elif planned.settings.mail is None:
            letters = "nobody is mailed: reportgen.toml has no [mail]"
        elif delivered.standing:
            letters += f"; to be dealt with: {delivered.standing}, see reportgen outbox"
        self.journal.event("ends", f"{', '.join(said) or 'nothing was due'}; {letters}", sent=delivered.sent)


def look(
    workspace: Workspace,
    due: Due,
    now: dt.datetime,
    changed: Callable[[Iterable[Path]], dt.datetime | None] = last_changed,
) -> tuple[Stage, Checked | None]:
    """How far a paper is, told without writing anything, and the check of its inputs if one was needed."""
    if any(workspace.output_folder(due.ref, due.month).glob("final-v*")):
        return Stage.FINAL, None
    own, folder = workspace.month_folder(due.ref, due.month), workspace.input_folder(due.ref, due.month)
    if not (own / "meeting.toml").is_file():
        return Stage.WAITS, None
    if drafts.state(workspace, due.ref, due.month) is drafts.State.BUILT:
        return Stage.BUILT, None
    last = changed([*readers.input_files(folder), *own.iterdir()])
    if last is not None and now - last < dt.timedelta(minutes=due.schedule.settled):
        return Stage.SETTLES, None
    checked = pipeline.check(workspace, due.ref, due.month)
    if missing(checked.problems):
        return Stage.WAITS, checked
    return (Stage.READY if checked.sound else Stage.WRONG), checked


def lacking(workspace: Workspace, due: Due, checked: Checked | None) -> list[str]:
    """What a paper that waits still lacks, in words: its meeting's settings and datasets."""
    return missing((checked or pipeline.check(workspace, due.ref, due.month)).problems)


def _words_of(failure: Exception) -> str:
    """What a failure means, in words that quote no cell."""
    from reportgen.console import failure_in_words

    if isinstance(failure, pipeline.NotBuilt):
        return " ".join(failure.reasons)
    if isinstance(failure, Misuse):  # whom a draft goes to, say
        return str(failure)
    return failure_in_words(failure)
