"""The nightly run: what is due is checked and built, mailed once, asked for where it lacks; failures are told once."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from reportgen import drafts, pipeline, readers
from reportgen.agenda import Agenda, Due, agenda, last_changed, missing
from reportgen.deadlines import working_days_between
from reportgen.journal import Journal
from reportgen.pipeline import Checked
from reportgen.problems import in_words, summary
from reportgen.settings import RunSettings
from reportgen.workspace import Misuse, Workspace

MAIL, LETTERS, SETTINGS = "mail", "letters", "settings"
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
    """What became of the letters: how many went out, wait and failed, and since when the oldest waits."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    oldest: dt.datetime | None = None


class Post(Protocol):
    """Where letters are handed in and sent from. Each is queued once: False where it was already."""

    def draft(self, due: Due, now: dt.datetime) -> bool:
        """Queue the draft of a paper to those who get it."""

    def note(self, kind: str, due: Due, key: str, lines: Iterable[str], now: dt.datetime) -> bool:
        """Queue a letter about a paper to those who get its drafts; `key` tells one from the next."""

    def alarm(self, key: str, lines: Iterable[str], now: dt.datetime) -> bool:
        """Queue a letter to the administrator."""

    def deliver(self, now: dt.datetime) -> Delivered:
        """Send what is due."""


@dataclass
class Failures:
    """What fails at present and since when, kept between runs, so that each failure is told once."""

    path: Path
    since: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Failures:
        """Those that an earlier run left; none where there are none or they can't be read."""
        try:
            told = json.loads(path.read_bytes())
            return cls(path, {str(name): {str(k): str(v) for k, v in each.items()} for name, each in told.items()})
        except (OSError, ValueError, AttributeError):
            return cls(path)

    def begins(self, name: str, words: str, now: dt.datetime) -> str:
        """The key of a failure, the same as long as it lasts."""
        known = self.since.get(name)
        if known is None or known["words"] != words:
            known = self.since[name] = {"words": words, "since": now.isoformat()}
            self._save()
        return hashlib.sha256(f"{name}\n{words}\n{known['since']}".encode()).hexdigest()

    def keep(self, names: Container[str]) -> None:
        """Forget the failures of what is no longer due."""
        for name in [name for name in self.since if name not in names]:
            self.ends(name)

    def ends(self, name: str) -> bool:
        """Whether something had failed that no longer does."""
        ended = self.since.pop(name, None) is not None
        if ended:
            self._save()
        return ended

    def _save(self) -> None:
        """Written beside and moved in: a run that dies leaves the old file or the new."""
        beside = self.path.with_name(f"{self.path.name}.new")
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(self.since, indent=2, sort_keys=True), encoding="utf-8")
        os.replace(beside, self.path)


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
        failures.keep({MAIL, LETTERS, SETTINGS, *(due.name for due in planned.due)})
        self.journal.event("begins", f"{len(planned.due)} papers are due", due=len(planned.due))
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
        delivered = self._deliver(planned, failures, broken)
        wrong = bool(planned.problems) or Stage.WRONG in stages.values()
        self._ends(stages, broken, delivered)
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
        words = f"{due.name}: waits for {many}, {left} working days before its deadline"
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

    def _tell(self, failures: Failures, name: str, words: str) -> None:
        """Have the administrator told, once as long as it lasts. The words may hold addresses: no log has them."""
        key = failures.begins(name, words, self.now())
        self.post.alarm(key, [f"{name} failed in the nightly run.", *words.splitlines()], self.now())

    def _deliver(self, planned: Agenda, failures: Failures, broken: list[str]) -> Delivered:
        """Send what is due. Where mail itself is late, a command of the administrator's choice tells them, once."""
        delivered = self.post.deliver(self.now())
        settings = planned.settings.run
        late = delivered.oldest is not None and self.now() - delivered.oldest >= dt.timedelta(hours=settings.mail_late)
        if late:
            words = f"mail has waited for over {settings.mail_late} hours"
            broken.append(MAIL)
            lines = [words, *(f"{name}: {failure['words']}" for name, failure in sorted(failures.since.items()))]
            if MAIL not in failures.since and self._ring(settings, lines):
                failures.begins(MAIL, words, self.now())
            self.journal.event("failed", words)
        elif not delivered.waiting:
            failures.ends(MAIL)
        if delivered.failed:
            several = delivered.failed > 1
            many = f"{delivered.failed} letters were" if several else "a letter was"
            words = f"{many} refused or may be lost: reportgen outbox lists {'them' if several else 'it'}"
            self.journal.event("failed", words)
            self._tell(failures, LETTERS, words)
        elif delivered.sent:
            failures.ends(LETTERS)
        return delivered

    def _ring(self, settings: RunSettings, lines: list[str]) -> bool:
        """Whether the administrator was told, or has no command by which to be told."""
        if not settings.alarm:
            return True
        told = self.ring(settings.alarm, "\n".join(lines) + "\n")
        words = "the administrator was told by command"
        self.journal.event("alarm", words if told else "the command `alarm` of [run] failed: nobody was told")
        return told

    def _ends(self, stages: Mapping[str, Stage], broken: list[str], delivered: Delivered) -> None:
        counted = {stage: list(stages.values()).count(stage) for stage in Stage}
        said = [f"{count} {stage}" for stage, count in counted.items() if count]
        said += [f"{len(broken)} failed"] * bool(broken)
        letters = f"{delivered.sent} mails sent, {delivered.waiting} wait, {delivered.failed} failed"
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
    if not folder.is_dir() or not (own / "meeting.toml").is_file():
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
    """What a paper that waits still lacks, in words: the folder of its month, its meeting's settings, or datasets."""
    folder, own = workspace.input_folder(due.ref, due.month), workspace.month_folder(due.ref, due.month)
    if not folder.is_dir():
        return [f"{workspace.name(folder)}/"]
    if not (own / "meeting.toml").is_file():
        return [workspace.name(own / "meeting.toml")]
    return missing(checked.problems) if checked else []


def _words_of(failure: Exception) -> str:
    """What a failure means, in words that quote no cell."""
    from reportgen.console import failure_in_words

    if isinstance(failure, pipeline.NotBuilt):
        return " ".join(failure.reasons)
    if isinstance(failure, Misuse):  # whom a draft goes to, say
        return str(failure)
    return failure_in_words(failure)
