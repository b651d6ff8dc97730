"""Which papers are due for which meetings, told from the settings and from what stands on disk."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.deadlines import Deadlines, deadlines
from reportgen.loading import load_settings
from reportgen.model import Place, Problem
from reportgen.problems import in_order
from reportgen.settings import Authority, MeetingSettings, PaperSettings, ScheduleSettings, WorkspaceSettings
from reportgen.workspace import PaperRef, Workspace, did_you_mean

# What says that something isn't there yet, as opposed to being wrong.
KEPT = "outputs/.settings.toml"
MISSING = ("missing-file", "missing-dataset", "missing-sheet")


@dataclass(frozen=True, order=True)
class Due:
    """A paper that is due for a meeting: from the data of which month, by when, and its schedule."""

    meeting: dt.date
    ref: PaperRef
    month: str
    committee: str
    deadlines: Deadlines
    schedule: ScheduleSettings

    @property
    def name(self) -> str:
        """The paper and its month."""
        return f"{self.ref} {self.month}"


@dataclass(frozen=True)
class Agenda:
    """The papers that are due, in order of their meetings, the settings that hold for all, and what is wrong.

    Where reportgen.toml can't be read, the settings are those of the last run that could: whom to tell, above all.
    """

    due: tuple[Due, ...]
    settings: WorkspaceSettings
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    known: bool = True  # whether any run could read them


def agenda(workspace: Workspace, today: dt.date) -> Agenda:
    """What is due for the meetings from today on, of the papers that have a schedule."""
    loaded = load_settings(workspace, workspace.settings_file, WorkspaceSettings)
    general, problems = loaded.values, list(loaded.problems)
    found: list[Due] = []
    for ref in workspace.papers():
        paper = load_settings(workspace, workspace.paper_folder(ref) / "paper.toml", PaperSettings)
        settings = paper.values
        problems += paper.problems
        if settings is None or settings.schedule is None or general is None:
            continue
        authority = general.authorities.get(ref.authority)
        meetings, wrong = _meetings(workspace, ref, settings.schedule, authority)
        problems += [*wrong, *_unknown_committee(workspace, ref, settings.schedule, authority)]
        days = settings.schedule.report_deadline
        found += [
            Due(meeting, ref, month, committee, deadlines(meeting, days), settings.schedule)
            for month, (meeting, committee) in meetings.items()
            if meeting >= today
        ]
    ordered = sorted(found, key=lambda due: (due.meeting, due.ref))
    everywhere = general or _kept_settings(workspace)
    found_wrong = tuple(in_order(problems))
    return Agenda(
        tuple(ordered), everywhere or WorkspaceSettings(), found_wrong, general is not None, everywhere is not None
    )


def keep_settings(workspace: Workspace) -> None:
    """Nothing: the settings that hold for all are kept for the run that finds them broken."""
    kept = workspace.root / KEPT
    now = workspace.settings_file.read_bytes() if workspace.settings_file.is_file() else b""
    if not kept.is_file() or kept.read_bytes() != now:
        beside = kept.with_name(f"{kept.name}.new")
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(now)
        os.replace(beside, kept)


def _kept_settings(workspace: Workspace) -> WorkspaceSettings | None:
    kept = workspace.root / KEPT
    return load_settings(workspace, kept, WorkspaceSettings).values if kept.is_file() else None


def _meetings(
    workspace: Workspace, ref: PaperRef, schedule: ScheduleSettings, authority: Authority | None
) -> tuple[Mapping[str, tuple[dt.date, str]], list[Problem]]:
    """The day and committee of the meeting that takes each month: as the committee's calendar has it, unless the
    month's own settings say otherwise.
    """
    calendar = authority.meetings.get(schedule.committee, ()) if authority else ()
    found = {month: (day, schedule.committee) for month, day in _first_of_month(calendar, schedule.months_before)}
    problems: list[Problem] = []
    for month in workspace.months(ref):
        path = workspace.month_folder(ref, month) / "meeting.toml"
        if path.is_file():
            own = load_settings(workspace, path, MeetingSettings)
            problems += own.problems
            if own.values:
                found[month] = (own.values.meeting_date, own.values.committee)
    return found, problems


def _unknown_committee(
    workspace: Workspace, ref: PaperRef, schedule: ScheduleSettings, authority: Authority | None
) -> list[Problem]:
    """A problem where meetings are listed, and none of the committee that a paper's schedule names: a slip, surely."""
    known = authority.meetings if authority else {}
    if not known or schedule.committee in known:
        return []
    expected = "a committee whose meetings stand in reportgen.toml"
    remedy = did_you_mean(schedule.committee, known).strip() or f"There is: {', '.join(known)}."
    place = Place(workspace.name(workspace.paper_folder(ref) / "paper.toml"))
    return [Problem("unknown-committee", place, expected, f'"{schedule.committee}"', remedy)]


def _first_of_month(days: Iterable[dt.date], months_before: int) -> list[tuple[str, dt.date]]:
    """The month of the data for each meeting; of several meetings in a month the first one takes the paper."""
    found: dict[str, dt.date] = {}
    for day in sorted(days):
        year, month = divmod(day.year * 12 + day.month - 1 - months_before, 12)
        found.setdefault(f"{year:04d}-{month + 1:02d}", day)
    return list(found.items())


def missing(problems: Iterable[Problem]) -> list[str]:
    """What isn't there yet, in words, of what a check found."""
    return [f"{p.place}: {p.expected}" for p in problems if p.code in MISSING]


def last_changed(paths: Iterable[Path]) -> dt.datetime | None:
    """When the last of some files was written or put in its place; None where there are none.

    A copied file may keep the time at which the original was written, so the time of its entry on the disk counts too.
    """
    times = []
    for path in paths:
        try:
            found = path.stat()
        except OSError:
            continue
        times.append(max(found.st_mtime, found.st_ctime))
    return dt.datetime.fromtimestamp(max(times), dt.UTC) if times else None
