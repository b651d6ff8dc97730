"""Bundles are whole at every moment: old or new, whoever else writes and whatever kills the writer."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportgen.deliver.bundle import BundleError, recover, write_bundle
from tests.deliver.on_disk import NEW, OLD, beside, content, run

# A writer that is killed before the nth thing it does to the disk, and says "done" where there are fewer.
KILLED = """
import os, signal, sys
from pathlib import Path
import filelock
from reportgen.deliver.bundle import recover, write_bundle
target, nth, files = Path(sys.argv[1]), int(sys.argv[2]), eval(sys.argv[3])
count = 0
def hook(event, arguments):
    global count
    if event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "open"):
        count += 1
        if count == nth:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
recover(target.parent) if files is None else write_bundle(target, files)
print("done")
"""

HOLDER = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def killed_at_each_step(target: Path, files: dict[str, bytes] | None) -> Iterator[int]:
    """Runs a writer again and again, each killed a step later than the last, until one ends by itself."""
    for nth in range(1, 200):
        ended = run(KILLED, target, nth, files)
        if ended.stdout == "done\n":
            return
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        yield nth
    pytest.fail("the writer never ended")


@contextmanager
def held(target: Path) -> Iterator[None]:
    """Another process holds the bundle's lock, as one that is writing it does."""
    lock = target.with_name(f".{target.name}.lock")
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.communicate("")


def test_a_bundle_holds_its_files_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "cambridgeshire" / "2016-05" / "draft"
    write_bundle(target, OLD)
    assert content(target) == OLD
    write_bundle(target, NEW)
    assert content(target) == NEW
    assert sorted(path.name for path in (target / "full").iterdir()) == ["charts", "paper.pdf"]
    assert beside(target) == [".draft.lock", "draft"]


REFUSED = ["/etc", "../up", "a/../../b", "a//b", "a/", "", ".", "./a", "a\\b", "C:a", "a\n", "a."]


@pytest.mark.parametrize("key", REFUSED)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, key: str) -> None:
    target = tmp_path / "draft"
    with pytest.raises(BundleError) as caught:
        write_bundle(target, {"full/paper.pdf": b"", key: b""})
    words = f"{target}: {key!r} is no name for a file in a bundle. The bundle was not written."
    assert str(caught.value) == words
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("full/A.csv", "full/a.csv"), "'full/A.csv' and 'full/a.csv' differ in upper and lower case alone"),
        (("full/a/b.csv", "full/a"), "'full/a' is a file and the folder of 'full/a/b.csv'"),
        (("Full", "full/a"), "'Full' is a file and the folder of 'full/a'"),
    ],
)
def test_names_that_can_not_stand_together_are_refused(
    tmp_path: Path, keys: tuple[str, ...], words: str
) -> None:
    with pytest.raises(BundleError) as caught:
        write_bundle(tmp_path / "draft", dict.fromkeys(keys, b""))
    assert str(caught.value) == f"{tmp_path / 'draft'}: {words}. The bundle was not written."
    assert list(tmp_path.iterdir()) == []


def test_a_writer_killed_at_any_step_leaves_the_old_bundle_or_the_new(tmp_path: Path) -> None:
    target = tmp_path / "draft"
    write_bundle(target, OLD)
    ends, missing = [], 0
    for _ in killed_at_each_step(target, NEW):
        before = content(target)
        assert before in (OLD, NEW, None)
        assert recover(tmp_path) == (() if before else (target,))
        assert beside(target) == [".draft.lock", "draft"]
        missing += before is None
        ends.append(content(target))
        write_bundle(target, OLD)
    assert missing == 1  # one step alone lies between the two moves
    turn = ends.index(NEW)
    assert ends == [OLD] * turn + [NEW] * (len(ends) - turn)
    assert content(target) == NEW


def test_a_first_writer_killed_at_any_step_leaves_all_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "draft"
    for _ in killed_at_each_step(target, NEW):
        assert content(target) in (None, NEW)
        assert recover(tmp_path) == ()
        assert set(beside(target)) <= {".draft.lock", "draft"}
        shutil.rmtree(target, ignore_errors=True)
    assert content(target) == NEW


def test_recovery_killed_at_any_step_is_done_by_the_next(tmp_path: Path) -> None:
    target = tmp_path / "draft"

    def left_between_the_moves() -> None:
        shutil.rmtree(target, ignore_errors=True)
        for name, files in ((".draft.old", OLD), (".draft.new", {"full/paper.pdf": b"half"})):
            write_bundle(tmp_path / name, files)

    left_between_the_moves()
    for _ in killed_at_each_step(target, None):
        assert content(target) in (None, OLD)
        recover(tmp_path)
        assert content(target) == OLD
        assert not (tmp_path / ".draft.new").exists()
        left_between_the_moves()
    assert content(target) == OLD


def test_the_next_writer_mends_as_recovery_does(tmp_path: Path) -> None:
    target = tmp_path / "draft"
    write_bundle(target, OLD)
    target.rename(tmp_path / ".draft.old")
    (tmp_path / ".draft.new").mkdir()
    (tmp_path / ".draft.gone" / "full").mkdir(parents=True)
    write_bundle(target, NEW)
    assert content(target) == NEW
    assert beside(target) == [".draft.lock", "draft"]


def test_recovery_mends_every_bundle_of_a_folder_and_touches_nothing_else(tmp_path: Path) -> None:
    for name in ("final-v1", "final-v2", ".final-v3.old", ".notes"):
        write_bundle(tmp_path / name, OLD)
    (tmp_path / ".final-v2.new").mkdir()
    assert recover(tmp_path) == (tmp_path / "final-v3",)
    folders = sorted(path.name for path in tmp_path.iterdir() if path.is_dir())
    assert folders == [".notes", "final-v1", "final-v2", "final-v3"]
    assert recover(tmp_path) == ()
    assert recover(tmp_path / "no such folder") == ()


def test_recovery_leaves_alone_what_a_live_writer_is_writing(tmp_path: Path) -> None:
    target = tmp_path / "draft"
    write_bundle(target, OLD)
    (tmp_path / ".draft.new").mkdir()
    with held(target):
        assert recover(tmp_path) == ()
        assert (tmp_path / ".draft.new").exists()
    assert recover(tmp_path) == ()
    assert not (tmp_path / ".draft.new").exists()


def test_a_lock_held_too_long_is_told(tmp_path: Path) -> None:
    target = tmp_path / "draft"
    write_bundle(target, OLD)
    with held(target), pytest.raises(BundleError) as caught:
        write_bundle(target, NEW, wait=0.1)
    assert str(caught.value) == (
        f"{target}: another build has been writing it all the while. "
        "Wait until that has ended and build again."
    )
    assert caught.value.exit_status == 3
    assert content(target) == OLD


def test_two_writers_at_once_leave_one_whole_bundle_and_readers_see_no_mixture(tmp_path: Path) -> None:
    target = tmp_path / "draft"
    script = (
        "import sys; from pathlib import Path; from reportgen.deliver.bundle import write_bundle\n"
        "for _ in range(30): write_bundle(Path(sys.argv[1]), dict.fromkeys('abcdef', sys.argv[2].encode()))"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(target), letter]) for letter in "XY"]
    seen: set[frozenset[bytes]] = set()
    while any(writer.poll() is None for writer in writers):
        seen.add(frozenset(read_of_one_folder(target)))
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen <= {frozenset(), frozenset({b"X"}), frozenset({b"Y"})}
    assert len(seen) > 1
    assert content(target) in [dict.fromkeys("abcdef", letter) for letter in (b"X", b"Y")]
    assert beside(target) == [".draft.lock", "draft"]


def read_of_one_folder(target: Path) -> Iterator[bytes]:
    """What a reader finds who holds on to the folder that it opened, though that be moved and deleted."""
    try:
        folder = os.open(target, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        for name in "abcdef":
            with open(name, "rb", opener=lambda path, flags: os.open(path, flags, dir_fd=folder)) as file:
                yield file.read()
    except FileNotFoundError:
        return
    finally:
        os.close(folder)
