"""The commands of the nightly run: what is due, the run itself, and what calls it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.console import Status, say, show

if TYPE_CHECKING:
    from reportgen.workspace import Workspace

NOTHING_DUE = "Nothing is due: no paper with a [schedule] has a meeting to come. docs/operations.md says how."


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.pass_obj
def due(workspace: Workspace, as_json: bool) -> Status:
    """Print papers that are due, deadlines, what is missing."""
    from reportgen import problems
    from reportgen.agenda import agenda
    from reportgen.nightly import Stage, lacking, look

    now = dt.datetime.now().astimezone()
    planned = agenda(workspace, now.date())
    rows: list[dict[str, object]] = []
    for each in planned.due:
        stage, checked = look(workspace, each, now)
        rows.append(
            {
                "paper": str(each.ref), "month": each.month, "committee": each.committee,
                "meeting": each.meeting.isoformat(), "report_deadline": each.deadlines.report.isoformat(),
                "publication": each.deadlines.publication.isoformat(), "state": str(stage),
                "missing": lacking(workspace, each, checked) if stage is Stage.WAITS else [],
            }
        )  # fmt: skip
    if rows or as_json:
        show(json.dumps(rows, indent=2, ensure_ascii=False) if as_json else _calendar(rows))
    if planned.problems:
        say(problems.in_words(planned.problems))
    elif not rows:
        say(NOTHING_DUE)
    return Status.INPUT_ERRORS if planned.problems else Status.DONE


def _calendar(rows: list[dict[str, object]]) -> str:
    """A block for each meeting: paper, dates, state, and a line for each input that is missing."""
    said = []
    for row in rows:
        missing = row["missing"]
        lines = [
            f"{row['meeting']}  {row['paper']} {row['month']}: {row['state']}",
            f"            {row['committee']}; hand in by {row['report_deadline']}, publish by {row['publication']}",
        ]
        lines += [f"            missing: {each}" for each in (missing if isinstance(missing, list) else [])]
        said.append("\n".join(lines))
    return "\n".join(said)


@click.command()
@click.option("--log-json", is_flag=True, help="Write the log as JSON, a line an event.")
@click.pass_obj
def run(workspace: Workspace, log_json: bool) -> Status:
    """Do what is due: check, build, mail, remind; nothing twice."""
    from filelock import FileLock, Timeout

    outputs = workspace.root / "outputs"
    outputs.mkdir(exist_ok=True)
    try:
        with FileLock(outputs / ".run.lock", timeout=0):
            return _run(workspace, log_json)
    except Timeout:
        say("Another run is under way: this one leaves everything to it.")
        return Status.DONE


def _run(workspace: Workspace, log_json: bool) -> Status:
    from contextlib import ExitStack

    from reportgen.agenda import agenda
    from reportgen.deliver.outbox import Outbox
    from reportgen.journal import Journal
    from reportgen.mailing import OUTBOX
    from reportgen.nightly import Run
    from reportgen.postmaster import NoPost, Postmaster
    from reportgen.purging import LOGS
    from reportgen.workspace import Misuse

    def now() -> dt.datetime:
        return dt.datetime.now().astimezone()

    settings = agenda(workspace, now().date()).settings
    journal = Journal(now, say, workspace.root / LOGS, log_json)
    with ExitStack() as open_till_the_end, _progress() as progress:
        post: NoPost | Postmaster = NoPost()
        if settings.mail is not None:
            box = open_till_the_end.enter_context(Outbox(workspace.root / OUTBOX))
            box.forget(now() - dt.timedelta(days=settings.run.keep_drafts))
            try:
                post = Postmaster(workspace, settings.mail, box)
            except Misuse as wrong:
                post = NoPost(str(wrong))
        outcome = Run(workspace, post, journal, now, _ring, progress=progress).whole()
    if outcome.failed:
        return Status.MACHINE
    return Status.INPUT_ERRORS if outcome.wrong else Status.DONE


def _ring(command: tuple[str, ...], words: str) -> bool:
    """Whether the administrator's command took the words on its standard input."""
    import subprocess

    try:
        subprocess.run(command, input=words, text=True, check=True, timeout=60, capture_output=True)
    except (OSError, subprocess.SubprocessError) as failed:
        say(f"The command {command[0]}, alarm under [run] in reportgen.toml, failed: {type(failed).__name__}.")
        return False
    return True


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """What shows how far a run is: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda name, at, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda name, at, of: bar.update(task, description=name, completed=at, total=of)


@click.command()
@click.argument("what", type=click.Choice(["cron", "systemd"]), default="cron")
@click.pass_obj
def schedule(workspace: Workspace, what: str) -> Status:
    """Print a line for cron, or a service and timer for systemd."""
    from reportgen import scheduling

    root = workspace.root.resolve()
    program = Path(shutil.which(sys.argv[0]) or sys.argv[0]).resolve()
    if what == "cron":
        show(scheduling.crontab(program, root, root / "outputs" / "cron.log").rstrip("\n"))
        return Status.DONE
    show(f"# /etc/systemd/system/reportgen.service\n{scheduling.service(program, root)}")
    show(f"# /etc/systemd/system/reportgen.timer\n{scheduling.timer().rstrip()}")
    return Status.DONE
