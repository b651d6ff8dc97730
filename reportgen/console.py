"""What all commands share: data on standard output, talk on standard error, failures in words and an exit status."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any, TextIO

import click

PACKAGE = Path(__file__).parent
DEBUG = "REPORTGEN_DEBUG"
DOCTOR = "`reportgen doctor` says what is missing on this machine."
# What a pipe says whose reader, such as head, has gone.
GONE = (errno.EPIPE, errno.EINVAL) if os.name == "nt" else (errno.EPIPE,)


class Status(IntEnum):
    """Exit status of a run, the gravest of its parts."""

    DONE = 0
    INPUT_ERRORS = 1
    MISUSE = 2
    MACHINE = 3


def show(text: str) -> None:
    """Print data."""
    _print(text, sys.stdout)


def say(text: str) -> None:
    """Print talk, as opposed to data."""
    _print(text, sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    """Print a text; once its reader has gone, the rest goes nowhere and the exit status is what it would be."""
    try:
        click.echo(text, file=stream)
    except OSError as failed:
        # A buffer that can't be written would be tried again when Python ends, and fail with a traceback.
        _discard(stream)
        if failed.errno not in GONE:
            raise


def _discard(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing: garbage waits until the work is done. A paper makes few cycles and searching for them costs a sixth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def attempt(work: Callable[[], Status]) -> Status:
    """The status of a piece of work; what stops it is said in words, never as a traceback. Ctrl-C is passed on.

    An error's own text is not printed where it could quote a cell.
    """
    from reportgen.workspace import Misuse

    try:
        with _uncollected():
            return work()
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Misuse as misuse:
        say(str(misuse))
        return Status.MISUSE
    except Exception as failure:
        say(failure_in_words(failure))
        if os.environ.get(DEBUG):
            traceback.print_exc()
        return Status.MACHINE


def failure_in_words(failure: Exception) -> str:
    """What a failure means for whoever ran the command."""
    if isinstance(failure, MemoryError):
        return "The machine failed: there is not enough memory."
    if isinstance(failure, ModuleNotFoundError) and not str(failure.name).startswith("reportgen"):
        return f"The library {failure.name} is missing. {DOCTOR}"
    if isinstance(failure, OSError) and "cannot load library" in str(failure):
        return f"A library that WeasyPrint loads is missing. {DOCTOR}"
    if isinstance(failure, OSError) and failure.strerror:
        return f"The machine failed: {failure.strerror}{f' ({failure.filename})' if failure.filename else ''}."
    if any(kind.__module__ == "jinja2.exceptions" for kind in type(failure).__mro__):
        return f"A template of the layout can't be carried out: {failure}."
    if type(failure).__module__ == "sqlite3":
        return f"The machine failed: a database can't be used ({failure})."
    own = [frame for frame in traceback.extract_tb(failure.__traceback__) if PACKAGE in Path(frame.filename).parents]
    where = f" in {Path(own[-1].filename).relative_to(PACKAGE).as_posix()}, line {own[-1].lineno}" if own else ""
    fault = f"This is a fault of reportgen ({type(failure).__name__}{where}): please report it."
    return f"{fault} With {DEBUG}=1 the traceback is shown, which may quote cells."


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Nothing: a machine that is shut down, or a terminal that is closed, stops the work as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    kinds = [kind for name in ("SIGTERM", "SIGHUP") if (kind := getattr(signal, name, None))]
    before = {kind: signal.signal(kind, stop) for kind in kinds if signal.getsignal(kind) is signal.SIG_DFL}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


class Commands(click.Group):
    """A group of commands that return a status and fail in words."""

    def invoke(self, ctx: click.Context) -> Any:
        """Never returns: ends with the command's status."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # an old terminal may lack a minus sign or a letter
                stream.reconfigure(errors="replace")
        try:
            with _ended_in_order():
                ctx.exit(attempt(lambda: Status(super(Commands, self).invoke(ctx) or Status.DONE)))
        except KeyboardInterrupt:
            say("Stopped. What stood in outputs/ before, or was built already, is whole.")
            ctx.exit(Status.MACHINE)
