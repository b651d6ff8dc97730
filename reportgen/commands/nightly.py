"""The commands of the nightly run: what is due, the run itself, and what calls it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
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
    """Print the calendar: papers, meetings, deadlines, what is missing."""
    from reportgen import problems
    from reportgen.agenda import agenda, missing
    from reportgen.nightly import look

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
                "missing": missing(checked.problems) if checked else [],
            }
        )  # fmt: skip
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
@click.argument("what", type=click.Choice(["cron", "systemd"]), default="cron")
@click.pass_obj
def schedule(workspace: Workspace, what: str) -> Status:
    """Print a crontab line, or a systemd service and timer, for this workspace."""
    from reportgen import scheduling

    root = workspace.root.resolve()
    program = Path(shutil.which(sys.argv[0]) or sys.argv[0]).resolve()
    if what == "cron":
        show(scheduling.crontab(program, root, root / "outputs" / "cron.log").rstrip("\n"))
        return Status.DONE
    show(f"# /etc/systemd/system/reportgen.service\n{scheduling.service(program, root)}")
    show(f"# /etc/systemd/system/reportgen.timer\n{scheduling.timer().rstrip()}")
    return Status.DONE
