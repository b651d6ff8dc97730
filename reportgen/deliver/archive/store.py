"""The files of an archive, each once, named by the SHA-256 of its content, read-only, for its keeper alone.

    files/ab/abcd…     editions
    private/ab/abcd…   audit, sources and inputs: what is never published
    sealed/ab/abcd…    what was withdrawn

A file is written under another name in its own folder, `.abcd….new`, flushed with the folder, and then renamed.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportgen.deliver.archive.entry import sha256

FILES, PRIVATE, SEALED = "files", "private", "sealed"
FOLDERS = (FILES, PRIVATE, SEALED)
NAME = re.compile(r"[0-9a-f]{64}")
# How systems refuse it: Windows doesn't open folders, some network disks don't flush them.
CANNOT_FLUSH_FOLDERS = {errno.EACCES, errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF}

PART = 1 << 20  # bytes read at a time

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Store:
    """The files of the archive in the folder `root`."""

    root: Path

    def path(self, folder: str, name: str) -> Path:
        """Where a content of that hash stands in one of the folders, if it does."""
        return self.root / folder / name[:2] / name

    def find(self, name: str, sealed: bool = False) -> Path | None:
        """The file of that hash, sealed ones only where they are asked for; None where there is none."""
        folders = FOLDERS if sealed else FOLDERS[:-1]
        return next((path for folder in folders if (path := self.path(folder, name)).is_file()), None)

    def put(self, folder: str, contents: Iterable[bytes]) -> None:
        """Writes what isn't there yet, and anew what was altered, down to the disk."""
        written = []
        for name, content in {sha256(content): content for content in contents}.items():
            path = self.path(folder, name)
            if not (path.is_file() and file_sha256(path) == path.name):
                make_folder(path.parent, self.root)
                _write(new := _beside(path), content)
                written.append((new, path))
        for new, path in written:
            os.replace(new, path)
        flush_folders({path.parent for _, path in written})

    def settle(self, name: str, wanted: str | None) -> None:
        """Moves the file of that hash to the folder where it belongs, or deletes it where it belongs nowhere."""
        touched = set()
        for folder in FOLDERS:
            path = self.path(folder, name)
            for leftover in (_beside(path), *([path] if folder != wanted else [])):
                if not leftover.exists():
                    continue
                touched.add(leftover.parent)
                if leftover == path and wanted and not (target := self.path(wanted, name)).exists():
                    make_folder(target.parent, self.root)
                    os.replace(path, target)
                    touched.add(target.parent)
                else:
                    _delete(leftover)
        flush_folders(touched)

    def listed(self) -> Iterator[str]:
        """Everything that stands in the folders, named from the root; what is written now, `.….new`, isn't."""
        for folder in FOLDERS:
            for prefix in _within(self.root / folder):
                if len(prefix) != 2 or not (self.root / folder / prefix).is_dir():
                    yield f"{folder}/{prefix}"
                    continue
                names = _within(self.root / folder / prefix)
                yield from (f"{folder}/{prefix}/{n}" for n in names if not (n[0] == "." and n.endswith(".new")))


def _within(folder: Path) -> list[str]:
    """The names in a folder, in order; none where there is no such folder."""
    try:
        return sorted(os.listdir(folder))
    except FileNotFoundError:
        return []


def make_folder(folder: Path, root: Path) -> None:
    """Makes a folder of the archive and those above it, for its keeper alone, each flushed with the one above."""
    if folder.is_dir():
        return
    if folder != root:
        make_folder(folder.parent, root)
        folder.mkdir(mode=0o700, exist_ok=True)
        flush_folders({folder.parent})
    else:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def prepare(path: Path, content: bytes) -> None:
    """Writes a file's content beside its place, so that to move it in takes no more room."""
    _write(_beside(path), content)


def write_flushed(path: Path, content: bytes) -> None:
    """Writes a file in place of what stood there, read-only, down to the disk with its folder, as prepared if it is."""
    new = _beside(path)
    if not (new.is_file() and new.read_bytes() == content):
        _write(new, content)
    os.replace(new, path)
    flush_folders({path.parent})


def _beside(path: Path) -> Path:
    """Where a file's content stands before it is moved in."""
    return path.with_name(f".{path.name}.new")


def _write(path: Path, content: bytes) -> None:
    """Writes a file, read-only for its keeper alone, down to the disk; what stood there is left over and goes."""
    if path.exists():
        _delete(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _delete(path: Path) -> None:
    if os.name == "nt":  # Windows deletes nothing that is read-only
        path.chmod(0o600)
    path.unlink()


def file_sha256(path: Path | str) -> str:
    """The SHA-256 of a file's content in hexadecimal. Raises OSError, FileNotFoundError for what is no file as well.

    Of many small files little is read and much is opened, hence the system's own calls.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError as failed:
        if failed.errno in (errno.ELOOP, errno.EISDIR):
            raise FileNotFoundError(errno.ENOENT, "no file", str(path)) from failed
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise FileNotFoundError(errno.ENOENT, "no file", str(path))
        digest = hashlib.sha256()
        while part := os.read(descriptor, PART):
            digest.update(part)
    finally:
        os.close(descriptor)
    return digest.hexdigest()


def flush_folders(folders: Iterable[Path]) -> None:
    """Writes folders down to the disk where the system can; says so once where it can't, as on Windows."""
    for folder in folders:
        try:
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            if error.errno not in CANNOT_FLUSH_FOLDERS:
                raise
            _say_once("folders can't be flushed to this disk: a power cut may undo what was just archived")


@cache
def _say_once(message: str) -> None:
    """Warns the first time that a process has cause to."""
    log.warning(message)
