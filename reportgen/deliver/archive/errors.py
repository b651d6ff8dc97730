"""What keeps an archive from doing what it was asked, in words that say what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ArchiveError(Exception):
    """Why something wasn't done; what the archive held before is kept."""


class Unknown(ArchiveError):
    """What was asked for isn't there, or was asked wrongly."""


class Refused(ArchiveError):
    """What was to be taken in or given out can't be trusted, or may not be."""


class Failed(ArchiveError):
    """The machine failed: a full disk, a folder that can't be written, a register that can't be read."""


KEPT = "What it held before is kept."


@contextmanager
def failures_in_words(folder: Path) -> Iterator[None]:
    """Turns the errors of the system and of SQLite into `Failed`."""
    from filelock import Timeout

    try:
        yield
    except Timeout as error:
        message = "another command has been writing to it all the while. Wait until that has ended and try again"
        raise Failed(f"The archive {folder}: {message}.") from error
    except OSError as error:
        outside = error.filename and not Path(str(error.filename)).absolute().is_relative_to(folder.absolute())
        if outside and error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise Failed(f"{error.filename}: {error.strerror}. Mend that, or give another folder.") from error
        raise Failed(f"The archive {folder}: {_system(error)}. {KEPT}") from error
    except sqlite3.Error as error:
        raise Failed(f"The archive {folder}: {_register(error)}. {KEPT}") from error


def _system(error: OSError) -> str:
    """What an error of the system means for whoever keeps the archive, and what to do."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "there is no room left on the disk. Free some and run the same command again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"it can't be read or written by you{where}. Run the command as the user that keeps it"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"a file stands where a folder should be{where}. Move it away"
    return f"{error.strerror or error}{where}. Mend that and run the same command again"


def _register(error: sqlite3.Error) -> str:
    """What an error of SQLite means, and what to do."""
    said = str(error)
    if "full" in said:
        return "there is no room left on the disk. Free some and run the same command again"
    if "readonly" in said or "unable to open" in said:
        return "its register can't be opened or written by you. Run the command as the user that keeps it"
    if "malformed" in said or "not a database" in said:
        return "its register is damaged. Take it from the last copy; the files and entries/ hold all that it said"
    return f"its register says: {said}"
