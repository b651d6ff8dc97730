"""Failures in words: what a person sees where the machine, the terminal or reportgen itself fails."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen import pipeline
from tests.made import INPUTS, MEETING_TOML, ended, only_layout_packaged, run, workspace, write

PROJECT = Path(__file__).parent.parent
NAME = "barsetshire/children-numbers 2020-03"


@pytest.fixture(autouse=True)
def only_these_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_layout_packaged(tmp_path, monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound workspace."""
    return workspace(tmp_path / "w").root


def process(root: Path, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "reportgen", "--workspace", str(root), *arguments]
    return subprocess.Popen(command, env=os.environ | more, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def check(*_: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "check", check)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "w/inputs"), "The machine failed: Permission denied (w/inputs).\n"),
        (OSError(28, "No space left on device"), "The machine failed: No space left on device.\n"),
        (MemoryError(), "The machine failed: there is not enough memory.\n"),
        (
            ModuleNotFoundError("No module named 'pandera'", name="pandera"),
            "The library pandera is missing. `reportgen doctor` says what is missing on this machine.\n",
        ),
        (
            OSError("cannot load library 'libpango-1.0-0': not found"),
            "A library that WeasyPrint loads is missing. `reportgen doctor` says what is missing on this machine.\n",
        ),
        (KeyboardInterrupt(), "Stopped. What stood in outputs/ before, or was built already, is whole.\n"),
    ],
)
@pytest.mark.parametrize("command", ["check", "build", "trace"])
def test_what_the_machine_fails_at_is_said_in_words(
    root: Path, monkeypatch: pytest.MonkeyPatch, command: str, error: BaseException, said: str
) -> None:
    failing(monkeypatch, error)
    ended(run(root, command, "children-numbers"), 3, "", said)


def test_a_fault_of_reportgen_is_one_line_without_what_a_cell_may_hold(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPORTGEN_DEBUG", raising=False)
    failing(monkeypatch, KeyError("Jo Bloggs"))
    result = run(root, "check", "children-numbers")
    assert (result.exit_code, result.stdout) == (3, "")
    assert re.fullmatch(
        r"This is a fault of reportgen \(KeyError in cli\.py, line \d+\): please report it\. "
        r"With REPORTGEN_DEBUG=1 the traceback is shown, which may quote cells\.\n",
        result.stderr,
    )
    monkeypatch.setenv("REPORTGEN_DEBUG", "1")
    shown = run(root, "check", "children-numbers")
    assert shown.exit_code == 3
    assert "Traceback (most recent call last)" in shown.stderr
    assert "Jo Bloggs" in shown.stderr


def test_a_pdf_that_can_not_be_written_names_the_doctor(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object) -> None:
        raise pipeline.NotBuilt(["WeasyPrint can't start", "and more"])

    monkeypatch.setattr(pipeline, "build", build)
    ended(
        run(root, "build", "children-numbers"),
        3,
        "",
        f"{NAME}: no problems\n{NAME} was not built:\n  WeasyPrint can't start\n  and more\n"
        "  `reportgen doctor` says what is missing on this machine.\n",
    )


def test_a_library_that_weasyprint_can_not_load_is_told(root: Path) -> None:
    blocked = root / "blocked"
    write(blocked / "weasyprint.py", "raise OSError(\"cannot load library 'libpango-1.0-0'\")\n")
    running = process(root, "build", "children-numbers", PYTHONPATH=f"{blocked}{os.pathsep}{PROJECT}")
    _, said = running.communicate()
    assert running.returncode == 3
    assert b"a library that it loads is missing: cannot load library 'libpango-1.0-0'" in said
    assert said.endswith(b"`reportgen doctor` says what is missing on this machine.\n")
    assert b"Traceback" not in said


def test_outputs_that_can_not_be_written_are_told(root: Path) -> None:
    write(root / "outputs", "a file")
    result = run(root, "build", "children-numbers")
    assert result.exit_code == 3
    assert f"a file stands where a folder should be: {root / 'outputs'}" in result.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read every folder")
def test_inputs_that_can_not_be_read_are_told(root: Path) -> None:
    (root / INPUTS).chmod(0)
    result = run(root, "check", "children-numbers", "--month", "2020-03")
    (root / INPUTS).chmod(0o755)
    ended(result, 3, "", f"The machine failed: Permission denied ({root / INPUTS}).\n")


def test_a_reader_that_has_seen_enough_is_no_failure(root: Path) -> None:
    with process(root, "trace", "children-numbers", "--json") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_an_answer_that_finds_no_room_is_told(root: Path) -> None:
    command = [sys.executable, "-m", "reportgen", "--workspace", str(root), "list"]
    with Path("/dev/full").open("wb") as full:
        ended_process = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (ended_process.returncode, ended_process.stderr) == (3, b"The machine failed: No space left on device.\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_a_machine_that_is_shut_down_stop_a_run_in_words(root: Path, kind: signal.Signals) -> None:
    slow = "import pathlib, time\npathlib.Path(__file__).with_name('reached').touch()\ntime.sleep(60)\n"
    write(root / "slow/pandera/__init__.py", slow)
    running = process(root, "check", "children-numbers", PYTHONPATH=f"{root / 'slow'}{os.pathsep}{PROJECT}")
    until = time.monotonic() + 30
    while not (root / "slow/pandera/reached").exists() and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(kind)
    out, said = running.communicate()
    assert (out, said) == (b"", b"Stopped. What stood in outputs/ before, or was built already, is whole.\n")
    assert running.returncode == 3


def test_a_terminal_that_lacks_a_letter_gets_another(tmp_path: Path) -> None:
    text = MEETING_TOML.replace('"To note', '"§ {{ fig.nothing }} To note')
    root = workspace(tmp_path / "w", meeting=text + '"Å" = 1\n').root
    running = process(root, "check", "children-numbers", PYTHONIOENCODING="ascii")
    out, said = running.communicate()
    assert running.returncode == 1
    assert b"Traceback" not in said
    assert out.isascii()


def test_a_child_that_can_not_be_started_is_the_machines_failure(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def popen(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("reportgen.readers.conversation.subprocess.Popen", popen)
    ended(run(root, "check", "children-numbers"), 3, "", "The machine failed: Resource temporarily unavailable.\n")
