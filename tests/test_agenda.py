"""Which papers are due for which meetings, and what is missing."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from reportgen.agenda import Due, agenda, last_changed, missing
from reportgen.deadlines import deadlines
from reportgen.model import Place, Problem
from reportgen.settings import ScheduleSettings
from reportgen.workspace import Workspace
from tests.made import MEETING_TOML, OWN, PAPER, PAPER_TOML, REF, SETTINGS, only_layout_packaged, workspace, write

MEETINGS = """\
[authorities.barsetshire.meetings]
"Children's Committee" = [2020-06-16, 2020-05-19, 2020-05-28]
"""
SCHEDULE = """\
[schedule]
committee = "Children's Committee"
months_before = 1
"""
SET = ScheduleSettings(committee="Children's Committee", months_before=1)


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    only_layout_packaged(tmp_path, monkeypatch)
    return workspace(tmp_path / "space", settings=SETTINGS + MEETINGS, paper=PAPER_TOML + SCHEDULE)


def due(month: str, meeting: dt.date) -> Due:
    return Due(meeting, REF, month, "Children's Committee", deadlines(meeting, 8), SET)


def test_each_meeting_takes_the_month_before_it_and_a_months_own_settings_come_first(space: Workspace) -> None:
    found = agenda(space, dt.date(2020, 4, 1))
    assert found.problems == ()
    # March has a meeting of its own on 21 April; of two meetings in May the first takes April's data.
    assert found.due == (
        due("2020-03", dt.date(2020, 4, 21)),
        due("2020-04", dt.date(2020, 5, 19)),
        due("2020-05", dt.date(2020, 6, 16)),
    )
    assert found.due[0].name == "barsetshire/children-numbers 2020-03"


def test_what_has_been_taken_is_no_longer_due(space: Workspace) -> None:
    assert [each.month for each in agenda(space, dt.date(2020, 4, 21)).due] == ["2020-03", "2020-04", "2020-05"]
    assert [each.month for each in agenda(space, dt.date(2020, 4, 22)).due] == ["2020-04", "2020-05"]
    assert agenda(space, dt.date(2020, 6, 17)).due == ()


def test_a_year_begins_after_december(space: Workspace) -> None:
    write(space.settings_file, SETTINGS + MEETINGS.replace("[2020-06-16, 2020-05-19, 2020-05-28]", "[2021-01-12]"))
    assert [each.month for each in agenda(space, dt.date(2020, 12, 1)).due] == ["2020-12"]


def test_a_paper_without_a_schedule_is_never_due(space: Workspace) -> None:
    write(space.root / PAPER / "paper.toml", PAPER_TOML)
    assert agenda(space, dt.date(2020, 4, 1)).due == ()


def test_settings_that_are_wrong_are_problems_and_keep_no_other_month_from_being_due(space: Workspace) -> None:
    write(space.root / OWN / "meeting.toml", MEETING_TOML.replace("2020-04-21", '"soon"'))
    found = agenda(space, dt.date(2020, 4, 1))
    assert [(p.code, str(p.place)) for p in found.problems] == [("bad-setting", f"{OWN}/meeting.toml, line 2")]
    assert [each.month for each in found.due] == ["2020-04", "2020-05"]


def test_without_general_settings_nothing_is_due(space: Workspace) -> None:
    space.settings_file.unlink()
    found = agenda(space, dt.date(2020, 4, 1))
    assert found.due == ()
    assert [p.message for p in found.problems] == [
        "reportgen.toml: expected the file, found none.\n"
        "  Write it: docs/new-paper.md says what it holds.  [missing-file]"
    ]


def test_what_is_missing_is_told_apart_from_what_is_wrong() -> None:
    problems = [
        Problem("missing-dataset", Place("inputs/a/2020-03"), "a sheet with the headings of X", "none"),
        Problem("duplicate", Place("inputs/a/2020-03/x.xlsx", "S", 3, 1), "each once", "one again"),
    ]
    assert missing(problems) == ["inputs/a/2020-03: a sheet with the headings of X"]


def test_the_last_change_is_that_of_the_newest_file_even_if_it_was_copied_with_its_old_time(tmp_path: Path) -> None:
    before = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=5)
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("a")
    os.utime(old, (0, 0))  # as a copy keeps it
    assert last_changed([]) is None
    assert last_changed([tmp_path / "gone"]) is None
    assert (last_changed([old]) or before) > before
    later = dt.datetime(2099, 1, 1, tzinfo=dt.UTC).timestamp()
    new.write_text("b")
    os.utime(new, (later, later))
    assert last_changed([new, old]) == dt.datetime(2099, 1, 1, tzinfo=dt.UTC)


def test_a_misspelt_committee_is_a_problem_with_the_one_that_is_meant(space: Workspace) -> None:
    write(space.root / PAPER / "paper.toml", PAPER_TOML + SCHEDULE.replace("Committee\"", "Comittee\""))
    (problem,) = agenda(space, dt.date(2020, 4, 1)).problems
    assert problem.message == (
        f"{PAPER}/paper.toml: expected a committee whose meetings stand in reportgen.toml, "
        'found "Children\'s Comittee".\n  Did you mean "Children\'s Committee"?  [unknown-committee]'
    )
