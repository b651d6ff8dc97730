"""An archive whose commands are killed, run at once, or fail: every entry is whole or absent, and told in words."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from reportgen.deliver.archive.errors import Failed
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import added, archived, bundle, everything

ROOT = Path(__file__).parents[3]
KILLED = """
import os, random, signal, sys, time
from pathlib import Path
import filelock, pypdfium2
from reportgen.deliver.archive.entry import Paper
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import added, bundle

root, kills = Path(sys.argv[1]), int(sys.argv[2])
random.seed(20160712)
killed, longest, tried = 0, 0.0, 0

def in_a_child(folder):
    child = os.fork()
    if not child:
        added(archive, folder)
        os._exit(0)
    return child

def whole():
    if not archive.register_file.exists():
        return set()
    with archive.reading() as opened:
        papers = [entry.said for entry in opened.register.entries()]
        for paper in papers:
            assert all(opened.store.find(each.sha256) for each in paper.files), paper.reference
        return {paper.version for paper in papers}

while killed < kills:
    version = tried % 20 + 1
    if version == 1:
        # A new archive, and how long it takes now.
        archive = Archive(root / f"timed-{tried}")
        added(archive, bundle(root / "v1"))
        start, child = time.perf_counter(), in_a_child(bundle(root / "v2", 2))
        os.waitpid(child, 0)
        longest, archive = time.perf_counter() - start, Archive(root / f"archive-{tried}")
    folder, tried = bundle(root / f"v{version}", version), tried + 1
    child = in_a_child(folder)
    time.sleep(random.uniform(0, longest))
    os.kill(child, signal.SIGKILL)
    killed += os.waitpid(child, 0)[1] == signal.SIGKILL
    assert whole() in ({*range(1, version)}, {*range(1, version + 1)})
    if archive.register_file.exists():
        faults = verify(archive).faults
        assert not faults, (version, faults)
    assert os.waitpid(in_a_child(folder), 0)[1] == 0
    assert whole() == {*range(1, version + 1)}
print(killed, tried)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no fork")
def test_two_hundred_kills_at_random_moments_leave_every_entry_whole_or_absent() -> None:
    """In memory where there is such a disk: a kill isn't a power cut, so that flushing takes time and tells nothing."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        command = [sys.executable, "-c", KILLED, folder, "200"]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    killed, tried = map(int, ended.stdout.split())
    assert killed == 200
    assert tried < 600, "most had ended before they were killed"


RETIRED = """
import os, random, signal, sys, time
from pathlib import Path
import filelock, pypdfium2
from reportgen.deliver.archive.asking import find
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.retiring import dispose, withdraw
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import KEEPER, archived

random.seed(20160712)
archive, longest, killed = archived(Path(sys.argv[1]), versions=41), 0.0, 0

def retire(number):
    reference = f"BARSETSHIRE-2020-{number:04}"
    if number % 2:
        withdraw(archive, reference, "a name", KEEPER)
    else:
        dispose(archive, reference, "an order", KEEPER, order=True)

for number in range(1, 41):
    start, child = time.perf_counter(), os.fork()
    if not child:
        retire(number)
        os._exit(0)
    if longest:
        time.sleep(random.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
    killed += os.waitpid(child, 0)[1] == signal.SIGKILL
    longest = longest or (time.perf_counter() - start) * 1.1
    report = verify(archive)
    assert not report.faults, (number, report.faults)
    with archive.reading() as opened:
        done = bool(find(opened, f"BARSETSHIRE-2020-{number:04}").line)
    if not done:
        retire(number)
    assert verify(archive).faults == ()
print(verify(archive).entries, killed)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no fork")
def test_kills_while_papers_are_withdrawn_and_disposed_of_leave_them_in_or_out(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", RETIRED, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    entries, killed = map(int, ended.stdout.split())
    assert entries == 81
    assert killed > 10, "too few were killed before they had ended"


def test_a_lost_register_is_not_begun_anew(tmp_path: Path) -> None:
    archive = archived(tmp_path)
    archive.register_file.unlink()
    words = (
        f"The archive {archive.folder}: register.sqlite is lost. Put it back from the last copy. "
        "What it held before is kept."
    )
    for attempt in (lambda: verify(archive), lambda: added(archive, tmp_path / "final-v1")):
        with pytest.raises(Failed) as caught:
            attempt()
        assert str(caught.value) == words


ADDING = """
import sys
from pathlib import Path
from reportgen.deliver.archive.opening import Archive
from tests.deliver.archive.made import added
print(added(Archive(Path(sys.argv[1])), Path(sys.argv[2])).paper.reference)
"""


def test_several_that_add_at_once_all_succeed_in_some_order(tmp_path: Path) -> None:
    folders = [bundle(tmp_path / f"final-v{version}", version) for version in range(1, 5)]
    command = [sys.executable, "-c", ADDING, str(tmp_path / "archive")]
    running = [
        subprocess.Popen([*command, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for folder in folders
    ]
    references = {process.communicate()[0].strip() for process in running}
    assert [process.returncode for process in running] == [0] * 4
    assert references == {f"BARSETSHIRE-2020-000{number}" for number in range(1, 5)}
    assert verify(Archive(tmp_path / "archive")).faults == ()


FULL_DISK = """
import subprocess, sys
from pathlib import Path
from reportgen.deliver.archive.errors import Failed
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import added, bundle
folder, bundles = map(Path, sys.argv[1:])
if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], check=False).returncode:
    sys.exit("no mount")
archive, version = Archive(folder / "archive"), 0
try:
    while version < 100:
        version += 1
        added(archive, bundle(bundles / str(version), version, words="x" * 20_000))
except Failed as failed:
    print(failed)
report = verify(archive)
print(version - report.entries in (0, 1), report.faults)
subprocess.run(["mount", "-o", "remount,size=8m", str(folder)], check=True)
again, report = added(archive, bundles / str(version)), verify(archive)
print(again.paper.version == version, report.entries == version, report.faults)
"""


def test_a_full_disk_is_told_and_once_there_is_room_the_same_command_finishes(tmp_path: Path) -> None:
    disk, bundles = tmp_path / "disk", tmp_path / "bundles"
    disk.mkdir()
    command = ["unshare", "--map-root-user", "--mount", sys.executable, "-c", FULL_DISK, str(disk), str(bundles)]
    if shutil.which("unshare") is None:
        pytest.skip("a small disk of its own needs unshare, which this machine lacks")
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "no mount" in ended.stderr or ended.stderr.startswith("unshare:"):
        pytest.skip(f"this system lets nobody mount a small disk: {ended.stderr.strip()}")
    assert ended.stdout.splitlines() == [
        f"The archive {disk / 'archive'}: there is no room left on the disk. Free some and run the same command "
        "again. What it held before is kept.",
        "True ()",
        "True True ()",
    ], ended.stderr


READ_ONLY = """
import os, sys
from pathlib import Path
from reportgen.deliver.archive.errors import Failed
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import added, bundle
root = Path(sys.argv[1])
archive = Archive(root / "archive")
added(archive, bundle(root / "v1", 1))
bundle(root / "v2", 2)
if os.getuid() == 0:
    # Not before: this Python's own files may be root's alone.
    for path in [root, *root.rglob("*")]:
        os.chown(path, 65534, 65534)
    os.setgid(65534)
    os.setuid(65534)
folders = [archive.folder, *(path for path in archive.folder.rglob("*") if path.is_dir())]
for folder in folders:
    folder.chmod(0o500)
try:
    added(archive, root / "v2")
except Failed as failed:
    print(failed)
print(verify(archive).entries, verify(archive).faults)
archive.folder.chmod(0)
try:
    verify(archive)
except Failed as failed:
    print(failed)
for folder in folders:
    folder.chmod(0o700)
"""


def test_an_archive_that_may_not_be_written_can_be_read_and_one_that_may_not_be_read_is_told() -> None:
    """Root may do anything, so the keeper gives up being root; pytest's own folder it couldn't enter."""
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-c", READ_ONLY, name]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        told = f"The archive {name}/archive: it can't be read or written by you"
        rest = "Run the command as the user that keeps it. What it held before is kept."
        assert ended.stdout.splitlines() == [
            f"The archive {name}/archive: its register can't be opened or written by you. {rest}",
            "1 ()",
            f"{told} ({name}/archive/register.sqlite). {rest}",
        ], ended.stderr


def test_a_register_that_is_none_and_one_of_a_later_version_are_told(tmp_path: Path) -> None:
    archive = archived(tmp_path)
    database = sqlite3.connect(archive.register_file)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(Failed) as caught:
        verify(archive)
    assert str(caught.value).startswith(
        f"The archive {archive.folder}: its register is of version 99, which a later reportgen has made; this one knows"
    )
    archive.register_file.write_bytes(b"no register" * 500)
    with pytest.raises(Failed) as caught:
        verify(archive)
    assert str(caught.value) == (
        f"The archive {archive.folder}: its register is damaged. Take it from the last copy; the files and entries/ "
        "hold all that it said. What it held before is kept."
    )


def test_what_a_killed_command_left_is_finished_by_the_next(tmp_path: Path) -> None:
    archive = archived(tmp_path)
    before = everything(archive.folder)
    with archive.writing() as opened:
        name = "ab" * 32
        with opened.register.transaction():
            opened.register.unsettle([name, "entry 1"])
        opened.store.path("files", name).parent.mkdir()
        opened.store.path("files", name).write_bytes(b"half")
        opened.store.path("files", f".{name}.new").parent.mkdir(exist_ok=True)
        opened.entry_file(1).unlink()
    assert verify(archive).faults == ()
    assert everything(archive.folder) == before
    assert added(archive, tmp_path / "final-v1").already
