"""A bundle on disk: written beside its place and moved in whole, so that a reader never sees half of one.

Beside the bundle `draft` may stand, all written under the lock `.draft.lock` alone:

    .draft.new    what is being written, or was when its writer died: never worth keeping
    .draft.old    what stood there before, between its move aside and the new one's move in
    .draft.gone   what stood there before, while it is being deleted

A final bundle is read-only before it is moved in, and nothing is moved into its place a second time.

The lock is the operating system's, so it ends with its holder, however that ends. Whoever holds it knows that
no one else is writing, and so that whatever stands beside the bundle is left over from a writer that died.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path, PurePosixPath

LOCK_SECONDS = 60.0
# How systems refuse it: Windows doesn't open folders, some network disks don't flush them.
CANNOT_FLUSH_FOLDERS = {errno.EACCES, errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF}

READ_ONLY_FILE, READ_ONLY_FOLDER = 0o444, 0o555

log = logging.getLogger(__name__)


class BundleError(Exception):
    """A bundle that couldn't be written, in words that say what to do; what stood there before is kept."""

    exit_status = 3


class FinalStands(BundleError):
    """A final bundle that stands already, in words: it is never replaced."""


def write_bundle(
    target: Path, files: Mapping[str, bytes], wait: float = LOCK_SECONDS, *, final: bool = False
) -> None:
    """Writes the files, all or none, as the folder `target`, in place of what stood there; a final one read-only.

    Keys are paths in the bundle, such as `full/paper.pdf`. `wait` is how many seconds another writer of the
    same bundle is waited for. Raises `BundleError`, and `FinalStands` where anything stands in the place of a
    final one; then what stood there before is kept.
    """
    refusal = next(filter(None, map(_refused, files)), "") or _clash(files)
    if refusal:
        raise BundleError(f"{target}: {refusal}. The bundle was not written.")
    with _failures_in_words(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target, wait):
            _repair(target)
            if final and os.path.lexists(target):
                raise FinalStands(f"{target} stands already, and a final version is never replaced: look at it.")
            _write_new(_beside(target, "new"), files, final)
            _move_in(target)


def recover(parent: Path) -> tuple[Path, ...]:
    """The bundles put back where their writer died between its two moves; also removes what was left over.

    Bundles that are being written at this moment are left alone. Raises `BundleError` where mending fails.
    """
    from filelock import Timeout

    mended = []
    for target in sorted(_with_leftovers(parent)):
        with _failures_in_words(target), suppress(Timeout), _locked(target, 0):
            if _repair(target):
                mended.append(target)
    return tuple(mended)


def discard(target: Path, wait: float = LOCK_SECONDS) -> None:
    """Deletes a bundle: no reader sees half of it. Raises `BundleError`; then it stands as it did or is gone."""
    with _failures_in_words(target), _locked(target, wait):
        _repair(target)
        if target.is_dir():
            os.replace(target, _beside(target, "old"))
            _delete(target)


def _beside(target: Path, kind: str) -> Path:
    """The path beside a bundle that is kept for a purpose: new, old, gone or lock."""
    return target.with_name(f".{target.name}.{kind}")


def _with_leftovers(parent: Path) -> set[Path]:
    """The bundles in a folder beside which a writer left something."""
    found = [path for kind in ("new", "old", "gone") for path in parent.glob(f".?*.{kind}") if path.is_dir()]
    return {path.with_name(path.stem.removeprefix(".")) for path in found}


def _refused(key: str) -> str:
    """Why a key can't name a file of a bundle, on any system; empty where it can."""
    odd_part = any(not part or part[-1] in " ." for part in key.split("/"))
    if odd_part or any(char in '\\:*?"<>|' or ord(char) < 32 for char in key):
        return f"{key!r} is no name for a file in a bundle"
    return ""


def _clash(files: Mapping[str, bytes]) -> str:
    """Why keys can't stand in one bundle: they differ in case alone, or one is another's folder; or empty."""
    seen: dict[str, str] = {}
    for key in files:
        other = seen.setdefault(key.casefold(), key)
        if other != key:
            return f"{other!r} and {key!r} differ in upper and lower case alone"
    for key in files:
        for folder in map(str, PurePosixPath(key).parents):
            if folder.casefold() in seen:
                return f"{seen[folder.casefold()]!r} is a file and the folder of {key!r}"
    return ""


@contextmanager
def _locked(target: Path, wait: float) -> Iterator[None]:
    """Holds the bundle's lock; raises `filelock.Timeout` where another keeps it over `wait` seconds."""
    from filelock import FileLock

    with FileLock(_beside(target, "lock"), timeout=wait):
        yield


@contextmanager
def _failures_in_words(target: Path) -> Iterator[None]:
    """Turns the system's errors into `BundleError`."""
    from filelock import Timeout

    try:
        yield
    except Timeout as error:
        message = "another build has been writing it all the while. Wait until that has ended and build again"
        raise BundleError(f"{target}: {message}.") from error
    except OSError as error:
        raise BundleError(
            f"{target}: {_in_words(target, error)}. What stood there before is kept."
        ) from error


def _in_words(target: Path, error: OSError) -> str:
    """What an error of the system means for whoever builds, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "there is no room left on the disk. Free some and build again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"{target.parent} can't be written ({error.strerror}). Close its files in other programs, allow "
            "yourself to write there, or choose another folder with --workspace"
        )
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"a file stands where a folder should be: {error.filename}. Move it away and build again"
    return f"{error.strerror or error}. Mend that and build again"


def _repair(target: Path) -> bool:
    """Whether the bundle was put back: mends what a dead writer left; the lock must be held."""
    old = _beside(target, "old")
    put_back = old.is_dir() and not target.exists()
    if put_back:
        os.replace(old, target)
    elif old.is_dir():
        _delete(target)
    for kind in ("new", "gone"):
        if (leftover := _beside(target, kind)).exists():
            _remove(leftover)
    return put_back


def _write_new(new: Path, files: Mapping[str, bytes], final: bool) -> None:
    """Writes all files into a new folder, down to the disk; leaves nothing behind where that fails.

    What is final can't be written once it is on the disk.
    """
    try:
        new.mkdir()
        paths = [new / key for key in files]
        for path, content in zip(paths, files.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        # Flushing after the last write lets the system write all of it in one go.
        for path in paths:
            _flush(path, os.O_RDWR, READ_ONLY_FILE if final else None)
        folders = [new, *(path for path in new.rglob("*") if path.is_dir())]
        for folder in folders if final else ():
            folder.chmod(READ_ONLY_FOLDER)
        _flush_folders(*folders)
    except BaseException:
        _remove(new, ignore_errors=True)
        raise


def _move_in(target: Path) -> None:
    """Moves the new folder to its place; what stood there is moved aside first, and deleted last.

    A folder can't be moved onto a full one, hence the two moves; where the second fails, the first is undone.
    """
    new, old = _beside(target, "new"), _beside(target, "old")
    try:
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(target))
        if target.exists():
            os.replace(target, old)
        os.replace(new, target)
    except BaseException:
        if old.exists() and not target.exists():
            os.replace(old, target)
        _remove(new, ignore_errors=True)
        raise
    # The new bundle is in its place: what can't be deleted now is deleted by the next writer.
    with suppress(OSError):
        _flush_folders(target.parent)
        if old.exists():
            _delete(target)


def _delete(target: Path) -> None:
    """Deletes what stood before, under another name first: half of it must never be taken for the bundle."""
    gone = _beside(target, "gone")
    os.replace(_beside(target, "old"), gone)
    _remove(gone)


def _remove(folder: Path, ignore_errors: bool = False) -> None:
    """Deletes a folder with all that is in it, read-only or not."""
    with suppress(OSError):  # where it can't be allowed, deleting says why
        _allow(folder, stat.S_IRWXU)
        for parent, folders, files in os.walk(folder) if not folder.is_symlink() else ():
            for name in folders:
                _allow(Path(parent, name), stat.S_IRWXU)
            for name in files if os.name == "nt" else ():  # elsewhere the folder alone decides
                _allow(Path(parent, name), stat.S_IWRITE)
    shutil.rmtree(folder, ignore_errors=ignore_errors)


def _allow(path: Path, mode: int) -> None:
    """Changes the mode of a file or folder; what a link leads to is none of ours."""
    if not path.is_symlink():
        path.chmod(mode)


def _flush(path: Path, flags: int, mode: int | None = None) -> None:
    """Asks the system to write a file or folder down to the disk, with a mode if one is given."""
    descriptor = os.open(path, flags)
    try:
        if mode is not None:
            path.chmod(mode)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folders(*folders: Path) -> None:
    """Writes folders down to the disk where the system can; says so once where it can't, as on Windows."""
    for folder in folders:
        try:
            _flush(folder, os.O_RDONLY)
        except OSError as error:
            if error.errno not in CANNOT_FLUSH_FOLDERS:
                raise
            _say_once("folders can't be flushed to this disk: a power cut just after a build may undo it")


@cache
def _say_once(message: str) -> None:
    """Warns the first time that a process has cause to."""
    log.warning(message)
