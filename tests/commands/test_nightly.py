"""The commands of the nightly run: what is due, the run, and what calls it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from reportgen.cli import main
from reportgen.drafts import State, state
from reportgen.workspace import Workspace
from tests.made import (
    INPUTS,
    MEETING_TOML,
    MONTH,
    OWN,
    PAPER_TOML,
    REF,
    SETTINGS,
    only_layout_packaged,
    run,
    workspace,
    write,
)  # fmt: skip

SCHEDULE = '[schedule]\ncommittee = "Children\'s Committee"\nmonths_before = 1\nsettled = 0\n'
MEETINGS = '[authorities.barsetshire.meetings]\n"Children\'s Committee" = [2099-05-19]\n'
MEETING = MEETING_TOML.replace("2020-04-21", "2099-04-21")
NAME = "barsetshire/children-numbers"
FIRST = f"""\
2099-04-21  {NAME} 2020-03: ready to build
            Children's Committee; hand in by 2099-04-07, publish by 2099-04-09
"""
SECOND = f"""\
2099-05-19  {NAME} 2099-04: waits for inputs
            Children's Committee; hand in by 2099-05-07, publish by 2099-05-11
            missing: inputs/barsetshire/2099-04: a sheet with the headings of Looked after children by month \
("month", "total", "non uasc", "uasc")
            missing: inputs/barsetshire/2099-04/children-numbers/meeting.toml: the file
"""


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    only_layout_packaged(tmp_path, monkeypatch)
    return workspace(
        tmp_path / "space", settings=SETTINGS + MEETINGS, paper=PAPER_TOML + SCHEDULE, meeting=MEETING
    )


def said(stderr: str) -> list[str]:
    """The lines of a log without their times."""
    return [line.partition("  ")[2] for line in stderr.splitlines()]


def test_due_prints_the_calendar(space: Workspace) -> None:
    result = run(space.root, "due")
    assert (result.exit_code, result.stdout, result.stderr) == (0, FIRST + SECOND, "")


def test_due_for_a_script(space: Workspace) -> None:
    told = json.loads(run(space.root, "due", "--json").stdout)
    assert told[1] == {
        "paper": NAME, "month": "2099-04", "committee": "Children's Committee", "meeting": "2099-05-19",
        "report_deadline": "2099-05-07", "publication": "2099-05-11", "state": "waits for inputs",
        "missing": [
            "inputs/barsetshire/2099-04: a sheet with the headings of Looked after children by month "
            '("month", "total", "non uasc", "uasc")',
            "inputs/barsetshire/2099-04/children-numbers/meeting.toml: the file",
        ],
    }  # fmt: skip


def test_a_missing_workbook_is_named(space: Workspace) -> None:
    (space.root / INPUTS / "numbers.xlsx").unlink()
    assert run(space.root, "due").stdout.splitlines()[:3] == [
        f"2099-04-21  {NAME} 2020-03: waits for inputs",
        "            Children's Committee; hand in by 2099-04-07, publish by 2099-04-09",
        "            missing: inputs/barsetshire/2020-03: a sheet with the headings of Looked after children by month "
        '("month", "total", "non uasc", "uasc")',
    ]


def test_nothing_due_says_how_to_set_a_schedule(space: Workspace) -> None:
    write(space.root / "templates/barsetshire/children-numbers/paper.toml", PAPER_TOML)
    result = run(space.root, "due")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "Nothing is due: no paper with a [schedule] has a meeting to come. docs/operations.md says how.\n"
    )


def test_settings_that_are_wrong_are_told_with_status_1(space: Workspace) -> None:
    write(space.settings_file, SETTINGS + MEETINGS.replace("2099-05-19", '"soon"'))
    result = run(space.root, "due")
    assert result.exit_code == 1
    assert result.stderr.startswith("reportgen.toml, line 5: expected a date without quotes, such as 2016-07-12 for ")


def test_a_run_does_what_is_due_and_nothing_else(space: Workspace) -> None:
    first = run(space.root, "run")
    assert (first.exit_code, first.stdout) == (0, "")
    assert said(first.stderr) == [
        "papers due: 2",
        f"{NAME} 2020-03: draft built, no problems",
        said(first.stderr)[2],
        "waits for inputs: 1, draft built: 1; nobody is mailed: reportgen.toml has no [mail]",
    ]
    assert said(first.stderr)[2].startswith(f"{NAME} 2099-04: waits for 2 inputs, ")
    assert state(space, REF, MONTH) is State.BUILT
    second = run(space.root, "run")
    assert said(second.stderr)[1:2] == said(first.stderr)[2:3]  # nothing is built again
    kept = [path.read_text("utf-8") for path in (space.root / "outputs/logs").iterdir()]
    assert "".join(kept).count('"event": "built"') == 1


def test_a_run_logs_for_machines(space: Workspace) -> None:
    lines = [json.loads(line) for line in run(space.root, "run", "--log-json").stderr.splitlines()]
    assert [line["event"] for line in lines] == ["begins", "built", "waits", "ends"]


def test_a_runs_status_tells_of_wrong_inputs(space: Workspace) -> None:
    write(space.root / OWN / "commentary.md", "## overview\n\n{{ fig.nothing }}\n")
    result = run(space.root, "run")
    assert result.exit_code == 1
    assert f"{NAME} 2020-03: 1 error, not built" in said(result.stderr)


def test_wrong_settings_of_mail_ring_the_alarm_once_and_keep_no_paper_from_being_built(space: Workspace) -> None:
    rung = space.root / "rung"
    alarm = f'[run]\nalarm = ["sh", "-c", "cat >> {rung}"]\n'
    mail = '[mail]\nfrom = "reports@-"\nserver = "127.0.0.1"\nsecurity = "none"\nadministrator = "i@x.example"\n'
    write(space.settings_file, SETTINGS + MEETINGS + alarm + mail)
    words = 'reportgen.toml, [mail] from: "reports@-" is no address.'
    for _ in range(2):
        result = run(space.root, "run")
        assert (result.exit_code, words.replace("reports@", "…@") in said(result.stderr)) == (3, True)
    assert rung.read_text().splitlines()[1:] == [f"mail: {words}", "letters that wait: 0"]
    assert state(space, REF, MONTH) is State.BUILT


def test_a_second_run_leaves_at_once(space: Workspace) -> None:
    (space.root / "outputs").mkdir()
    with FileLock(space.root / "outputs" / ".run.lock"):
        result = run(space.root, "run")
    assert (result.exit_code, result.stderr) == (0, "Another run is under way: this one leaves everything to it.\n")
    assert not (space.root / "outputs" / "barsetshire").exists()


@pytest.fixture
def killed(tmp_path: Path) -> Iterator[str]:
    """A program that runs the command line and is killed when it comes to a function named as its first argument."""
    yield f"""
import importlib, os, signal, sys
from pathlib import Path
import reportgen.workspace
reportgen.workspace.__file__ = {str(tmp_path / "packaged" / "workspace.py")!r}
module, _, name = sys.argv.pop(1).partition(":")
owner = importlib.import_module(module)
*within, last = name.split(".")
for each in within:
    owner = getattr(owner, each)
setattr(owner, last, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
from reportgen.cli import main
main()
"""


@pytest.mark.parametrize(
    "step",
    [
        "reportgen.pipeline:build", "reportgen.deliver.bundle:_move_in", "reportgen.nightly:Run._deliver",
    ],
)  # fmt: skip
def test_a_run_that_dies_leaves_nothing_half_done_and_the_next_carries_on(
    space: Workspace, killed: str, step: str
) -> None:
    command = [sys.executable, "-c", killed, step, "--workspace", str(space.root), "run"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == -signal.SIGKILL
    assert state(space, REF, MONTH) in (State.NOT_BUILT, State.BUILT)
    result = run(space.root, "run")
    assert (result.exit_code, state(space, REF, MONTH)) == (0, State.BUILT)
    assert not list((space.root / "outputs").rglob("*.new"))


def test_schedule_names_this_workspace(space: Workspace) -> None:
    cron, systemd = run(space.root, "schedule"), run(space.root, "schedule", "systemd")
    assert cron.stdout.startswith("30 2 * * * LANG=C.UTF-8 /")
    assert f" --workspace {space.root.resolve()} run >> {space.root.resolve()}/outputs/cron.log 2>&1\n" in cron.stdout
    assert systemd.stdout.startswith("# /etc/systemd/system/reportgen.service\n[Unit]\n")
    assert "# /etc/systemd/system/reportgen.timer\n[Unit]\n" in systemd.stdout


def test_the_run_is_among_the_commands() -> None:
    assert {"due", "run", "schedule"} <= main.commands.keys()
