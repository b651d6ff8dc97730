"""A disk that fails, fills or refuses: told in words, and what stood there before is kept."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from reportgen.deliver import bundle
from reportgen.deliver.bundle import BundleError, recover, write_bundle
from tests.deliver.on_disk import NEW, OLD, beside, content, run


def fail_at(monkeypatch: pytest.MonkeyPatch, name: str, nth: int, error: OSError) -> None:
    """Makes the nth call of a function of `os` fail, as a system does that refuses it."""
    real, calls = getattr(os, name), []

    def failing(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == nth:
            raise error
        return real(*arguments)

    monkeypatch.setattr(bundle.os, name, failing)


@pytest.mark.parametrize("nth", [1, 2])
def test_a_move_that_is_refused_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    """As on Windows, where a folder with an open file in it can't be moved."""
    target = tmp_path / "draft"
    write_bundle(target, OLD)
    fail_at(monkeypatch, "replace", nth, PermissionError(errno.EACCES, "Access is denied"))
    with pytest.raises(BundleError) as caught:
        write_bundle(target, NEW)
    assert str(caught.value) == (
        f"{target}: {tmp_path} can't be written (Access is denied). Close its files in other programs, allow "
        "yourself to write there, or choose another folder with --workspace. What stood there before is kept."
    )
    assert content(target) == OLD
    assert beside(target) == [".draft.lock", "draft"]


def test_an_interrupted_move_is_undone_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "draft"
    write_bundle(target, OLD)
    fail_at(monkeypatch, "replace", 2, KeyboardInterrupt())  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        write_bundle(target, NEW)
    assert content(target) == OLD
    assert beside(target) == [".draft.lock", "draft"]


def test_an_old_bundle_that_can_not_be_deleted_now_is_deleted_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "draft"
    write_bundle(target, OLD)
    fail_at(monkeypatch, "replace", 3, PermissionError(errno.EACCES, "Access is denied"))
    write_bundle(target, NEW)
    assert content(target) == NEW
    assert beside(target) == [".draft.lock", ".draft.old", "draft"]
    assert recover(tmp_path) == ()
    assert beside(target) == [".draft.lock", "draft"]


def test_a_disk_that_fails_while_flushing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "draft"
    write_bundle(target, OLD)
    fail_at(monkeypatch, "fsync", 2, OSError(errno.EIO, "Input/output error"))
    with pytest.raises(BundleError) as caught:
        write_bundle(target, NEW)
    words = "Input/output error. Mend that and build again. What stood there before is kept."
    assert str(caught.value) == f"{target}: {words}"
    assert content(target) == OLD


def test_folders_that_can_not_be_flushed_are_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = os.fsync

    def no_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(descriptor)

    bundle._say_once.cache_clear()
    monkeypatch.setattr(bundle.os, "fsync", no_folders)
    write_bundle(tmp_path / "draft", OLD)
    write_bundle(tmp_path / "draft", NEW)
    assert content(tmp_path / "draft") == NEW
    assert caplog.messages == [
        "folders can't be flushed to this disk: a power cut just after a build may undo it"
    ]


def test_a_file_in_the_way_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "draft").write_bytes(b"kept")
    (tmp_path / "2016-05").write_bytes(b"kept")
    for target, blocking in (("draft", "draft"), ("2016-05/draft", "2016-05")):
        with pytest.raises(BundleError) as caught:
            write_bundle(tmp_path / target, NEW)
        assert str(caught.value) == (
            f"{tmp_path / target}: a file stands where a folder should be: {tmp_path / blocking}. "
            "Move it away and build again. What stood there before is kept."
        )
        assert (tmp_path / blocking).read_bytes() == b"kept"
    assert beside(tmp_path / "draft") == [".draft.lock", "2016-05", "draft"]


FULL_DISK = """
import subprocess, sys
from pathlib import Path
from reportgen.deliver.bundle import BundleError, write_bundle
folder = Path(sys.argv[1])
if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)], check=False).returncode:
    sys.exit("no mount")
target = folder / "draft"
write_bundle(target, {"full/paper.pdf": b"old"})
try:
    write_bundle(target, {"full/paper.pdf": b"n" * 40_000, "full/paper.html": b"n" * 400_000})
except BundleError as error:
    print(error)
print((target / "full" / "paper.pdf").read_bytes(), sorted(path.name for path in folder.iterdir()))
"""


def test_a_full_disk_is_told_and_leaves_the_old_bundle(tmp_path: Path) -> None:
    command = ["unshare", "--map-root-user", "--mount", sys.executable, "-c", FULL_DISK, str(tmp_path)]
    if shutil.which("unshare") is None:
        pytest.skip("a small disk of its own needs unshare, which this machine lacks")
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if "no mount" in ended.stderr or ended.stderr.startswith("unshare:"):
        pytest.skip(f"this system lets nobody mount a small disk: {ended.stderr.strip()}")
    assert ended.stdout.splitlines() == [
        f"{tmp_path / 'draft'}: there is no room left on the disk. Free some and build again. "
        "What stood there before is kept.",
        "b'old' ['.draft.lock', 'draft']",
    ], ended.stderr


READ_ONLY = """
import os, sys
from pathlib import Path
import filelock
from reportgen.deliver.bundle import BundleError, recover, write_bundle
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for path in map(Path, sys.argv[1:]):
    try:
        write_bundle(path, {"full/paper.pdf": b"new"})
    except BundleError as error:
        print(error)
    recover(path.parent)
"""


def test_a_folder_that_may_not_be_written_is_told() -> None:
    """Root may write anywhere, so the writer gives up being root; pytest's own folder it couldn't enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        outputs = Path(name, "outputs")
        write_bundle(outputs / "draft", OLD)
        outputs.chmod(0o555)
        try:
            ended = run(READ_ONLY, outputs / "draft", outputs / "2016-06" / "draft")
        finally:
            outputs.chmod(0o755)
        rest = (
            "Close its files in other programs, allow yourself to write there, or choose another folder with"
        )
        assert ended.stdout.splitlines() == [
            f"{target}: {target.parent} can't be written (Permission denied). "
            f"{rest} --workspace. What stood there before is kept."
            for target in (outputs / "draft", outputs / "2016-06" / "draft")
        ], ended.stderr
        assert content(outputs / "draft") == OLD
