"""Final bundles: read-only on disk, never replaced, and cleaned up by an ordinary user where a writer died."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.deliver.bundle import FinalStands, write_bundle
from tests.deliver.on_disk import NEW, OLD, beside, content, run

FILES = {"full/paper.pdf": b"new", "audit/deep/manifest.json": b"new"}
# Root may write anywhere, so that these scripts give up being root.
ORDINARY = """
import os, signal, sys
from pathlib import Path
import filelock
from reportgen.deliver.bundle import BundleError, recover, write_bundle
if hasattr(os, "getuid") and os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
target, nth = Path(sys.argv[1]), int(sys.argv[2])
"""
# A writer that is killed before the nth thing it does to the disk, and says "done" where there are fewer.
KILLED = (
    ORDINARY
    + """
count = 0
def hook(event, arguments):
    global count
    if event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "open"):
        count += 1
        if count == nth:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
write_bundle(target, eval(sys.argv[3]), final=True)
print("done")
"""
)
MENDING = (
    ORDINARY
    + """
print(recover(target.parent), sorted(path.name for path in target.parent.iterdir()))
"""
)
WRITING = (
    ORDINARY
    + """
write_bundle(target, {"full/paper.pdf": b"new"}, final=True)
for path in (target / "full" / "paper.pdf", target / "full" / "more.pdf", target / "more"):
    try:
        path.write_bytes(b"altered")
    except OSError as error:
        print(error.strerror)
try:
    (target / "full" / "paper.pdf").unlink()
except OSError as error:
    print(error.strerror)
"""
)


@pytest.fixture
def anyones() -> Iterator[Path]:
    """A folder that an ordinary user may write, which pytest's own aren't."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


def modes(folder: Path) -> dict[str, int]:
    paths = [folder, *folder.rglob("*")]
    return {path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in paths}


def test_a_final_bundle_is_read_only_and_a_draft_is_not(tmp_path: Path) -> None:
    write_bundle(tmp_path / "final-v1", OLD, final=True)
    assert content(tmp_path / "final-v1") == OLD
    assert modes(tmp_path / "final-v1") == {
        ".": 0o555, "audit": 0o555, "audit/manifest.json": 0o444, "full": 0o555, "full/paper.pdf": 0o444,
        "full/tables": 0o555, "full/tables/gone.csv": 0o444,
    }  # fmt: skip
    write_bundle(tmp_path / "draft", OLD)
    assert all(mode & stat.S_IWUSR for mode in modes(tmp_path / "draft").values())


def test_an_ordinary_user_can_not_alter_it(anyones: Path) -> None:
    ended = run(WRITING, anyones / "final-v1", 0)
    assert ended.stdout.splitlines() == ["Permission denied"] * 4, ended.stderr
    assert content(anyones / "final-v1") == {"full/paper.pdf": b"new"}


def test_a_final_bundle_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "final-v1"
    write_bundle(target, OLD, final=True)
    with pytest.raises(FinalStands) as caught:
        write_bundle(target, NEW, final=True)
    said = f"{target} stands already, and a final version is never replaced: look at it."
    assert str(caught.value) == said
    assert content(target) == OLD
    assert beside(target) == [".final-v1.lock", "final-v1"]


def test_of_two_at_once_that_write_the_same_version_one_does(tmp_path: Path) -> None:
    target = tmp_path / "final-v1"
    script = (
        "import sys; from pathlib import Path\n"
        "from reportgen.deliver.bundle import FinalStands, write_bundle\n"
        "files = {str(n): sys.argv[2].encode() for n in range(50)}\n"
        "try: write_bundle(Path(sys.argv[1]), files, final=True)\n"
        "except FinalStands: print('stands')"
    )
    command = [sys.executable, "-c", script, str(target)]
    writers = [subprocess.Popen([*command, letter], stdout=subprocess.PIPE, text=True) for letter in "XYZ"]
    said = [writer.communicate()[0] for writer in writers]
    assert sorted(said) == ["", "stands\n", "stands\n"]
    winner = "XYZ"[said.index("")].encode()
    assert content(target) == {str(n): winner for n in range(50)}


def test_an_ordinary_user_mends_what_a_writer_killed_at_any_step_left(anyones: Path) -> None:
    for nth in range(1, 200):
        target = anyones / str(nth) / "final-v1"
        target.parent.mkdir()
        target.parent.chmod(0o777)
        ended = run(KILLED, target, nth, FILES)
        if ended.stdout == "done\n":
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        mended = run(MENDING, target, 0)
        left = beside(target)
        assert mended.stdout == f"() {left}\n", (nth, mended.stderr)
        assert set(left) <= {".final-v1.lock", "final-v1"}, nth
        assert content(target) in (None, FILES)
    else:
        pytest.fail("the writer never ended")
    assert content(target) == FILES
    assert set(modes(target).values()) == {0o444, 0o555}
