"""The page for administrators: its scripts do what it says."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.deliver.letters import Letter, Mailbox
from reportgen.deliver.outbox import Outbox
from reportgen.mailing import OUTBOX
from reportgen.model import Issue
from reportgen.settings import WorkspaceSettings
from reportgen.workspace import Workspace
from tests.built import ROOT
from tests.made import MONTH, REF, SETTINGS, only_layout_packaged, run, workspace

PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
(SCRIPT,) = (text for language, text in BLOCKS if language == "sh" and text.startswith("#!"))
(RESTORE,) = (text for language, text in BLOCKS if language == "sh" and "rm -rf inputs" in text)
ARCHIVE = '[archive]\nfolder = "../kept"\n'
# The page's own requirement; the machine that builds papers needs neither.
needs_programs = pytest.mark.skipif(
    not (shutil.which("sqlite3") and shutil.which("flock")), reason="backup.sh needs the programs sqlite3 and flock"
)


def test_the_settings_that_it_shows_are_settings() -> None:
    shown = [tomllib.loads(text) for language, text in BLOCKS if language == "toml"]
    general = [each for each in shown if "schedule" not in each]
    assert [sorted(each) for each in general] == [["archive", "mail"], ["authorities", "run"]]
    for each in general:
        authorities = {name: {"name": "A Council", **own} for name, own in each.pop("authorities", {}).items()}
        assert WorkspaceSettings.model_validate({**each, "authorities": authorities})


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a draft, an archived final version, a letter that waits and a log."""
    only_layout_packaged(tmp_path, monkeypatch)
    made = workspace(tmp_path / "w", settings=f"{SETTINGS}{ARCHIVE}").root
    checked = pipeline.check(Workspace(made), REF, MONTH)
    for issue in (Issue(0), Issue(1)):
        pipeline.build(Workspace(made), checked, issue)
    assert run(made, "archive", "add", str(REF), "--month", MONTH).exit_code == 0
    with Outbox(made / OUTBOX) as box:
        letter = Letter("draft", str(REF), MONTH, "x", Mailbox("ann@barsetshire.example"), "Draft", "words")
        box.queue(letter, Mailbox("reports@barsetshire.example"), dt.datetime(2020, 4, 1, tzinfo=dt.UTC))
    (made / "outputs" / "logs").mkdir()
    (made / "outputs" / "logs" / "2020-04-01.jsonl").touch()
    return made


def backed_up(root: Path, archive: str | Path, to: Path) -> subprocess.CompletedProcess[str]:
    """The script of the page, run as it stands there."""
    command = ["sh", "-c", SCRIPT, "backup.sh", str(root), str(archive), str(to)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]})


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@needs_programs
def test_what_is_backed_up_is_restored(root: Path, tmp_path: Path) -> None:
    archive = tmp_path / "kept"
    verified = run(root, "archive", "verify")
    done = backed_up(root, archive, tmp_path / "backups")
    assert (done.returncode, done.stderr) == (0, "")
    (backup,) = (tmp_path / "backups").iterdir()
    assert not list(backup.rglob("draft")) and backup.stat().st_mode & 0o777 == 0o700

    before, kept = files(root), files(archive)
    shutil.move(root, tmp_path / "damaged")
    shutil.move(archive, tmp_path / "damaged-archive")
    (root / "inputs" / "samples").mkdir(parents=True)
    for folder in ("templates", "outputs"):
        (root / folder).mkdir()
    (root / "reportgen.toml").touch()
    archive.mkdir()
    places = {"/srv/papers": str(root), "/srv/archive": str(archive), "cp -a B/": f"cp -a {backup}/"}
    commands = RESTORE
    for there, here in places.items():
        commands = commands.replace(there, here)
    subprocess.run(["sh", "-euc", commands], check=True)

    assert run(root, "archive", "verify").stderr == verified.stderr
    left_out = ("/draft/", ".lock", "-wal", "-shm", ".sqlite")
    assert {name: data for name, data in files(root).items() if not any(part in name for part in left_out)} == {
        name: data for name, data in before.items() if not any(part in name for part in left_out)
    }
    assert {n: d for n, d in files(archive).items() if not any(part in n for part in left_out)} == {
        n: d for n, d in kept.items() if not any(part in n for part in left_out)
    }
    with Outbox(root / OUTBOX) as box:
        assert [entry.recipient for entry in box.entries()] == ["ann@barsetshire.example"]


@needs_programs
def test_a_backup_without_the_archive_that_it_is_to_hold_fails_in_words(root: Path, tmp_path: Path) -> None:
    done = backed_up(root, tmp_path / "nowhere", tmp_path / "backups")
    assert (done.returncode, done.stderr) == (1, f"backup.sh: no archive in {tmp_path}/nowhere\n")
    assert backed_up(root, "-", tmp_path / "others").returncode == 0
