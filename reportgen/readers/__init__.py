"""The read stage: files → values with their addresses, the hash of the bytes they came from, and problems.

Parsing runs in a child process with limits on memory and time, because a workbook comes by e-mail and a
small one can ask for more memory than there is. `start` returns at once, so that the caller can load its
libraries meanwhile.
"""

from __future__ import annotations

import concurrent.futures
import hashlib
import stat
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from reportgen.model import CellNote, Place, Problem, RawColumn, RawFile, RawReturn, RawSheet, Severity

from .child.document import Document, Fault, Return, Sheet
from .child.limits import Limits, size_in_words
from .conversation import Conversation, limits_memory

__all__ = ["ENDINGS", "Limits", "Reading", "input_files", "limits_memory", "start"]

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv"})

_SPLIT = "Split the file, or leave out what the paper doesn't need."
_PUT_BACK = "Put it back, or close the program that holds it, and run again."


def input_files(folder: Path) -> list[Path]:
    """The workbooks and CSV files directly in the folder, by name, if there is one; no lock files, no hidden files."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in ENDINGS and not path.name.startswith(("~$", ".")) and path.is_file()
    )


def start(paths: Sequence[Path], root: Path, limits: Limits | None = None) -> Reading:
    """A reading of the files, already begun; OSError where no child process can be started."""
    return Reading(paths, root, limits or Limits())


class Reading:
    """Files being read by a child process; as a context manager it leaves no child behind."""

    def __init__(self, paths: Sequence[Path], root: Path, limits: Limits) -> None:
        self._talk = Conversation(limits)
        self._files: concurrent.futures.Future[list[RawFile]] = concurrent.futures.Future()
        # Also run at the interpreter's end, so that a child doesn't outlive a run that broke off.
        self._close = weakref.finalize(self, self._talk.close)
        if paths:
            self._talk.start()
        arguments = (list(paths), root, self._talk, self._files)
        threading.Thread(target=_read_all, args=arguments, name="readers", daemon=True).start()

    def result(self) -> list[RawFile]:
        """The files in the order of their paths, once all are read; Ctrl-C ends the child and is raised."""
        try:
            # Waited for in short turns: on Windows nothing interrupts a wait without end.
            while not concurrent.futures.wait([self._files], timeout=0.5).done:
                continue
            return self._files.result()
        finally:
            self.close()

    def close(self) -> None:
        """Nothing: the child has ended; files not yet read stay unread."""
        self._close()

    def __enter__(self) -> Reading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _read_all(
    paths: list[Path], root: Path, talk: Conversation, files: concurrent.futures.Future[list[RawFile]]
) -> None:
    """Nothing: the future is given the files, or the error that kept them from being read."""
    try:
        files.set_result([_read(path, _name(path, root), talk) for path in paths])
    except BaseException as error:
        files.set_exception(error)
    finally:
        talk.close()


def _name(path: Path, root: Path) -> str:
    """The file's path within the workspace, with slashes, and as text that can be printed."""
    inside = path.relative_to(root) if path.is_relative_to(root) else path
    return inside.as_posix().encode("utf-8", "replace").decode("utf-8")


def _read(path: Path, name: str, talk: Conversation) -> RawFile:
    """One file as read. Its bytes are read once, so that the hash is that of the bytes that were parsed."""
    limit = talk.limits.file_bytes
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            fault = Fault("unreadable-file", "a file", "something else of that name, such as a folder")
            return RawFile(name, "", 0, (), (_problem(fault, name),))
        data = b""
        if status.st_size <= limit:
            with path.open("rb") as source:
                data = source.read(limit + 1)
    except OSError as error:
        return RawFile(name, "", 0, (), (_problem(_vanished(error), name),))
    size = len(data) or status.st_size
    if size > limit:
        found = f"one of {size_in_words(size)}"
        fault = Fault("over-limit", f"a file of at most {size_in_words(limit)}", found, _SPLIT)
        return RawFile(name, "", size, (), (_problem(fault, name),))
    sha256 = hashlib.sha256(data).hexdigest()
    return _raw_file(name, sha256, size, talk.ask(data, path.suffix.lower()))


def _vanished(error: OSError) -> Fault:
    """The fault of a file that was listed and then can't be opened."""
    found = "one that can't be opened"
    if isinstance(error, FileNotFoundError):
        found = "that it is no longer there"
    elif isinstance(error, PermissionError):
        found = "that opening it isn't permitted"
    return Fault("vanished-file", "a file that can be opened", found, _PUT_BACK)


def _raw_file(name: str, sha256: str, size: int, document: Document) -> RawFile:
    sheets = tuple(_raw_sheet(name, sheet) for sheet in document.sheets)
    returns = tuple(_raw_return(name, each) for each in document.returns)
    return RawFile(name, sha256, size, sheets, tuple(_problem(fault, name) for fault in document.faults), returns)


def _raw_return(name: str, found: Return) -> RawReturn:
    columns = {c.heading: RawColumn(c.number, tuple(c.words), c.codes.tobytes()) for c in found.columns}
    return RawReturn(name, found.name, found.sort, found.heading_row, found.length, columns, tuple(found.doubled))


def _raw_sheet(name: str, sheet: Sheet) -> RawSheet:
    notes: dict[tuple[int, int], tuple[tuple[CellNote, str], ...]] = {}
    for row, column, kind, text in sheet.notes:
        notes[row, column] = (*notes.get((row, column), ()), (CellNote(kind), text))
    return RawSheet(
        file=name,
        name=sheet.name,
        rows=tuple(map(tuple, sheet.rows)),
        merged=tuple(sheet.merged),
        hidden=sheet.hidden,
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        notes=notes,
        formats={(row, column): number_format for row, column, number_format in sheet.formats},
    )


def _problem(fault: Fault, name: str) -> Problem:
    place = Place(name, fault.sheet, line=fault.line)
    return Problem(fault.code, place, fault.expected, fault.found, fault.remedy, Severity(fault.severity))
