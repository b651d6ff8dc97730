"""The nightly run over a calendar: what is built, mailed, asked for and told, and what isn't twice."""

from __future__ import annotations

import datetime as dt
import platform
from collections.abc import Iterable
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.agenda import Due, agenda
from reportgen.failures import Failures
from reportgen.nightly import Delivered, Stage, look
from reportgen.workspace import Workspace
from tests.made import (
    INPUTS,
    MONTHS,
    OWN,
    PAPER_TOML,
    REF,
    SETTINGS,
    only_layout_packaged,
    workbook,
    workspace,
    write,
)  # fmt: skip
from tests.nights import APRIL, MARCH, MEETINGS, SCHEDULE, Nights


class Letters:
    """A post that keeps what it is handed; it sends unless it is down."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.sent: list[tuple[str, str, str]] = []
        self.queue: list[tuple[dt.datetime, tuple[str, str, str]]] = []
        self.known: set[tuple[str, str, str]] = set()
        self.lines: dict[tuple[str, str, str], list[str]] = {}
        self.down = False

    def _put(self, letter: tuple[str, str, str], lines: Iterable[str], now: dt.datetime) -> bool:
        if letter in self.known:
            return False
        self.known.add(letter)
        self.queue.append((now, letter))
        self.lines[letter] = list(lines)
        return True

    def draft(self, due: Due, now: dt.datetime) -> bool:
        pdf = self.workspace.output_folder(due.ref, due.month) / "draft/audit/manifest.json"
        return self._put(("draft", due.name, str(hash(pdf.read_bytes()))), (), now)

    def note(self, kind: str, due: Due, key: str, lines: Iterable[str], now: dt.datetime) -> bool:
        return self._put((kind, due.name, key), lines, now)

    def withdraw(self, due: Due) -> None:
        self.queue = [(when, letter) for when, letter in self.queue if letter[:2] != ("draft", due.name)]

    def alarm(self, key: str, lines: Iterable[str], now: dt.datetime) -> bool:
        return self._put(("failure", "", key), lines, now)

    def deliver(self, now: dt.datetime) -> Delivered:
        going = [] if self.down else [letter for _, letter in self.queue]
        self.sent += going
        self.queue = self.queue if self.down else []
        return Delivered(len(going), len(self.queue), 0, min((when for when, _ in self.queue), default=None))

    def gone(self) -> list[str]:
        """The kinds of letters that went out since this was last asked."""
        kinds = [f"{kind} {name[-7:]}".strip() for kind, name, _ in self.sent]
        self.sent.clear()
        return kinds


class Told(Nights):
    """Nights whose letters are kept in memory."""

    post: Letters

    def letters(self) -> list[str]:
        """The kinds of letters that went out since this was last asked."""
        return self.post.gone()


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    only_layout_packaged(tmp_path, monkeypatch)
    space = workspace(tmp_path / "space", settings=SETTINGS + MEETINGS, paper=PAPER_TOML + SCHEDULE)
    return Told(space, Letters(space))


def test_three_months_of_a_calendar(nights: Told) -> None:
    # March's inputs are there: its draft is built and mailed once. April's deadline is 6 May, June's on 4 June.
    assert nights.night("2020-04-01").stages == {
        MARCH: Stage.BUILT, APRIL: Stage.WAITS, "barsetshire/children-numbers 2020-05": Stage.WAITS,
    }  # fmt: skip
    assert nights.letters() == ["draft 2020-03"]
    assert [nights.night(day).delivered.sent for day in ("2020-04-02", "2020-04-03")] == [0, 0]

    # Corrected after the draft: built and mailed again, once.
    workbook(nights.space.root / INPUTS / "numbers.xlsx", (*MONTHS[:3], (dt.date(2020, 3, 31), 210, 188, 22)))
    nights.changed = dt.datetime(2020, 4, 4, 2, 25, tzinfo=dt.UTC)
    assert nights.night("2020-04-04").stages[MARCH] is Stage.SETTLES
    assert nights.night("2020-04-05").stages[MARCH] is Stage.BUILT
    assert nights.night("2020-04-06").delivered.sent == 0
    assert nights.letters() == ["draft 2020-03"]

    # After its meeting March is due no longer. April's deadline nears and nothing is there.
    assert MARCH not in nights.night("2020-04-22").stages
    assert nights.letters() == []
    reminded = [day for day in range(22, 31) if nights.night(f"2020-04-{day}").delivered.sent]
    assert (reminded, nights.letters()) == ([29], ["reminder 2020-04"])  # five working days before 6 May
    assert nights.post.lines[("reminder", APRIL, "5")] == [
        "inputs/barsetshire/2020-04: a sheet with the headings of Looked after children by month "
        '("month", "total", "non uasc", "uasc")',
        "inputs/barsetshire/2020-04/children-numbers/meeting.toml: the file",
    ]
    reminded = [day for day in range(1, 8) if nights.night(f"2020-05-0{day}").delivered.sent]
    assert (reminded, nights.letters()) == ([4, 6], ["reminder 2020-04", "reminder 2020-04"])

    # April's inputs come late, with an error at first, while the mail server is down.
    nights.post.down = True
    nights.april(children="many")
    outcome = nights.night("2020-05-08")
    assert (outcome.stages[APRIL], outcome.wrong, outcome.failed) == (Stage.WRONG, True, False)
    assert nights.night("2020-05-09").failed is True  # mail has waited for a day: the administrator is told, once
    nights.night("2020-05-10")
    (rung,) = nights.rung
    assert rung.splitlines() == [
        f"reportgen on {platform.node()}, {nights.space.root}", "mail: mail has waited for over 20 hours",
        "letters that wait: 1",
    ]  # fmt: skip
    nights.april()
    assert nights.night("2020-05-11").stages[APRIL] is Stage.BUILT
    assert nights.letters() == []
    nights.post.down = False
    outcome = nights.night("2020-05-12")
    assert (outcome.failed, outcome.delivered) == (False, Delivered(2, 0, 0, None))
    assert nights.letters() == ["problems 2020-04", "draft 2020-04"]
    assert nights.said[-1] == (
        "2020-05-12 02:30:00  waits for inputs: 1, draft up to date: 1; nobody is mailed: reportgen.toml has no [mail]"
    )
    nights.night("2020-05-13")
    assert nights.letters() == []


def test_a_reminder_that_was_due_on_a_day_off_goes_out_on_the_next_run(nights: Told) -> None:
    nights.night("2020-05-05")  # five days before the deadline was the 29th of April, two the 4th of May
    assert [letter for letter in nights.letters() if "04" in letter] == ["reminder 2020-04"]
    assert ("reminder", APRIL, "2") in nights.post.known


def test_one_papers_failure_keeps_no_other_from_its_turn_and_is_told_once(
    nights: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights.april()
    build = pipeline.build

    def failing(space: Workspace, checked: pipeline.Checked) -> pipeline.Built:
        if checked.month == "2020-03":
            raise pipeline.NotBuilt(["there is no room left on the disk"])
        return build(space, checked)

    monkeypatch.setattr(pipeline, "build", failing)
    outcome = nights.night("2020-04-01")
    assert (outcome.failed, outcome.stages[APRIL], MARCH in outcome.stages) == (True, Stage.BUILT, False)
    nights.night("2020-04-02")
    assert nights.letters() == ["failure", "draft 2020-04"]
    (told,) = (lines for (kind, _, _), lines in nights.post.lines.items() if kind == "failure")
    assert told == [f"{MARCH} failed in the nightly run.", "there is no room left on the disk"]

    monkeypatch.setattr(pipeline, "build", build)
    outcome = nights.night("2020-04-03")
    assert (outcome.failed, outcome.stages[MARCH]) == (False, Stage.BUILT)
    monkeypatch.setattr(pipeline, "build", failing)
    workbook(nights.space.root / INPUTS / "numbers.xlsx", (*MONTHS[:3], (dt.date(2020, 3, 31), 210, 188, 22)))
    nights.letters()
    nights.night("2020-04-04")
    assert nights.letters() == ["failure"]  # it began anew


def test_a_fault_of_reportgen_is_told_without_quoting_a_cell(nights: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Ann Other, born 1.2.2010")

    monkeypatch.setattr(pipeline, "build", broken)
    nights.night("2020-04-01")
    told = " ".join(line for lines in nights.post.lines.values() for line in lines)
    assert "This is a fault of reportgen (RuntimeError" in told
    assert "Ann Other" not in told + "".join(nights.said)


def test_settings_that_are_wrong_are_told_to_the_administrator(nights: Told) -> None:
    write(nights.space.root / OWN / "meeting.toml", "committee = 3\n")
    outcome = nights.night("2020-04-01")
    assert (outcome.wrong, outcome.failed) == (True, False)
    assert nights.letters() == ["problems 2020-03", "failure"]
    assert any(line.startswith(f"2020-04-01 02:30:00  settings: 3 errors: {OWN}/meeting.toml") for line in nights.said)


def test_a_final_paper_is_left_alone(nights: Told) -> None:
    (nights.space.output_folder(REF, "2020-03") / "final-v1").mkdir(parents=True)
    assert nights.night("2020-04-01").stages[MARCH] is Stage.FINAL
    assert nights.letters() == []


def test_a_draft_that_still_waits_when_its_paper_is_final_goes_to_nobody(nights: Told) -> None:
    nights.post.down = True
    nights.night("2020-04-01")
    assert [letter[0] for _, letter in nights.post.queue] == ["draft"]
    (nights.space.output_folder(REF, "2020-03") / "final-v1").mkdir(parents=True)
    nights.night("2020-04-02")
    assert nights.post.queue == []


def test_settings_that_break_are_told_to_whom_they_named_before(nights: Told) -> None:
    nights.post.down = True
    nights.night("2020-04-01")
    settings = nights.space.settings_file
    settings.write_text(settings.read_text() + "[run\n")
    outcome = nights.night("2020-04-02")
    assert (outcome.stages, outcome.wrong, outcome.failed) == ({}, True, True)
    assert [letter[0] for _, letter in nights.post.queue] == ["draft", "failure"]
    assert nights.said[-1] == (
        "2020-04-02 02:30:00  reportgen.toml can't be read, so nothing was looked at, problems of settings: 1, "
        "failures: 1; nobody is mailed: reportgen.toml has no [mail]"
    )
    # mail_late and alarm as they stood before
    assert nights.rung[0].splitlines()[2].startswith("settings: reportgen.toml, line ")
    assert agenda(nights.space, dt.date(2020, 4, 2)).settings.run.mail_late == 20


def test_while_no_mail_goes_out_each_new_failure_rings_the_alarm_once(nights: Told) -> None:
    nights.post.down = True
    for day in ("2020-04-01", "2020-04-02", "2020-04-03"):
        nights.night(day)
    assert len(nights.rung) == 1
    paper = nights.space.paper_folder(REF) / "paper.toml"
    paper.write_text(paper.read_text() + "titel = 3\n")
    for day in ("2020-04-04", "2020-04-05"):
        nights.night(day)
    assert len(nights.rung) == 2
    lines = nights.rung[1].splitlines()
    assert (lines[1].startswith("settings: "), "letters that wait: 2" in lines) == (True, True)
    assert not any(line.startswith("mail: ") for line in lines)


def test_broken_settings_that_no_run_has_read_before_are_told_to_nobody_and_the_log_says_so(nights: Told) -> None:
    nights.space.settings_file.write_text("[run\n")
    outcome = nights.night("2020-04-01")
    assert (outcome.wrong, nights.rung) == (True, [])
    assert nights.said[-1].endswith("problems of settings: 1; nobody is told: no run has read its settings before")


def test_what_can_not_be_purged_is_told_and_keeps_no_letter_back(
    nights: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> list[str]:
        raise PermissionError(13, "Permission denied", "outputs/a/p/2019-01/draft")

    monkeypatch.setattr("reportgen.nightly.purge", full)
    assert nights.night("2020-04-01").failed is True
    assert nights.letters() == ["draft 2020-03", "failure"]
    assert (
        "2020-04-01 02:30:00  purging: The machine failed: Permission denied (outputs/a/p/2019-01/draft)."
    ) in nights.said


def test_looking_writes_nothing(nights: Told) -> None:
    due = agenda(nights.space, dt.date(2020, 4, 1)).due[0]
    stage, checked = look(nights.space, due, nights.now)
    assert stage is Stage.SETTLES  # the files were written a moment ago, as the disk has it
    stage, checked = look(nights.space, due, nights.now, lambda paths: nights.changed)
    assert (stage, checked is not None and checked.sound) == (Stage.READY, True)
    assert not (nights.space.root / "outputs").exists()


def test_failures_outlive_a_run_and_a_broken_record_of_them(tmp_path: Path) -> None:
    now = dt.datetime(2020, 4, 1, tzinfo=dt.UTC)
    path = tmp_path / "outputs" / ".nightly.json"
    key = Failures.load(path).begins("a", "words", now)
    later = Failures.load(path)
    assert later.begins("a", "words", now + dt.timedelta(days=1)) == key
    assert later.begins("a", "other words", now) != key
    later.keep({"b"})
    assert Failures.load(path).since == {}
    for broken in ("", "[]", '{"a": 3}'):
        path.write_text(broken)
        assert Failures.load(path).since == {}


def test_an_alarm_that_does_not_ring_is_said_and_tried_again(nights: Told) -> None:
    nights.post.down, nights.bell = True, False
    for day in ("2020-04-01", "2020-04-02", "2020-04-03"):
        nights.night(day)
    assert len(nights.rung) == 2
    assert "2020-04-03 02:30:00  the command `alarm` of [run] failed: nobody was told" in nights.said
    nights.bell = True
    nights.night("2020-04-04")
    nights.night("2020-04-05")
    assert len(nights.rung) == 3
