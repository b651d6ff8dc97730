"""The parent's side of the child process: ask, wait no longer than the limit, start again after a death."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from .child import __file__ as child_folder
from .child import wire
from .child.document import Document, Fault
from .child.limits import Limits

_PROGRAM = Path(child_folder).with_name("__main__.py")
_SPLIT = "Split the file, or open it in Excel and save it again."


class StoppedError(Exception):
    """The conversation was closed while a file was being read."""


class Conversation:
    """One child process at a time, which reads files; after its death the next question starts another."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._lock = threading.Lock()  # of starts and ends, so that no child is left behind
        self._closed = False
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """The running child, started if need be; StoppedError after `close`, OSError if it can't be."""
        with self._lock:
            if self._closed:
                raise StoppedError
            if self._child is None:
                self._child = subprocess.Popen(
                    [
                        sys.executable,
                        "-I",
                        str(_PROGRAM),
                        json.dumps(asdict(self.limits)),
                        *_library_folders(),
                    ],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,  # a dying parser prints there what no author understands
                )
            return self._child

    def ask(self, data: bytes, ending: str) -> Document:
        """What the child read from these bytes, or why it didn't; StoppedError after `close`."""
        child = self.start()
        late = threading.Event()
        clock = threading.Timer(self.limits.seconds, _end_late, (child, late))
        clock.daemon = True
        clock.start()
        try:
            document = wire.decode(_exchange(child, data, ending, self.limits.expanded_bytes))
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            # The answer of a child that says something else than agreed is as good as none.
            return Document(faults=[self._death(child, late.is_set())])
        finally:
            clock.cancel()
            clock.join()
        if late.is_set():  # killed just after its answer: the next file needs another
            self._death(child, True)
        return document

    def _death(self, child: subprocess.Popen[bytes], late: bool) -> Fault:
        """The fault of the file on which the child died; another may be started then."""
        with self._lock:
            _end(child)
            self._child = None
            if self._closed:
                raise StoppedError
        if late:
            expected = f"a file that can be read in {self.limits.seconds:g} seconds"
            return Fault("over-limit", expected, "one that takes longer", _SPLIT)
        if -child.returncode in (getattr(signal, "SIGABRT", 0), getattr(signal, "SIGXCPU", 0)):
            # An allocation beyond the limit on memory makes calamine abort its process.
            return Fault("over-limit", "a file that can be read within the limits", "one that takes more", _SPLIT)
        return Fault("unreadable-file", "a file that can be read", "one on which reading broke off", _SPLIT)

    def close(self) -> None:
        """Nothing: the child is ended and has ended, and no other will start."""
        with self._lock:
            self._closed = True
            if self._child is not None:
                _end(self._child)


def limits_memory() -> bool:
    """Whether this system can limit the memory of the child: if not, only the limit on time protects it."""
    return find_spec("resource") is not None


def _exchange(child: subprocess.Popen[bytes], data: bytes, ending: str, longest: int) -> bytes:
    """The child's answer; OSError or EOFError when it dies, ValueError when it says more than agreed."""
    assert child.stdin is not None and child.stdout is not None
    child.stdin.write(json.dumps({"ending": ending, "size": len(data)}).encode("ascii") + b"\n")
    child.stdin.write(data)
    child.stdin.flush()
    length = int.from_bytes(_exactly(child, 8), "big")
    if length > longest:
        raise ValueError("answer too long")
    return _exactly(child, length)


def _exactly(child: subprocess.Popen[bytes], count: int) -> bytes:
    assert child.stdout is not None
    part = child.stdout.read(count)
    if len(part) < count:
        raise EOFError
    return part


def _end_late(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nothing: the child is killed and waited for, and its pipes are closed."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:  # what it was about to be told no longer reaches it
            continue


def _library_folders() -> list[str]:
    """Where the libraries that the child needs are installed: it doesn't look in a user's own folders."""
    found = (find_spec(name) for name in ("python_calamine", "openpyxl", "et_xmlfile"))
    return sorted({str(Path(spec.origin).parent.parent) for spec in found if spec and spec.origin})
