"""An archive opened: to be asked, or added to by one command at a time, which first finishes what another left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportgen.deliver.archive import fulltext
from reportgen.deliver.archive.entry import Entry
from reportgen.deliver.archive.errors import KEPT, Failed, Refused, Unknown, failures_in_words
from reportgen.deliver.archive.register import Register, open_for_reading, open_for_writing
from reportgen.deliver.archive.store import Store, make_folder, prepare, write_flushed

LOCK_SECONDS = 60.0
MOST_NAMED = 4
# What the first command that writes may have left when it died before there was a register.
OWN = {"README.txt", "entries", "files", "private", "sealed", "register.sqlite-wal", "register.sqlite-shm"}
TEXT = "text"  # in hand: what was dropped from the searched text is still to be purged from the register's file
ENTRY = "entry "  # what stands in the register before the number of an entry whose file may not be written yet

ABOUT = """\
This folder is an archive of committee papers, made by reportgen. It can be read without reportgen.

entries/000001.json ...  what was done, in order: a paper taken in (kind "paper": its title, committee, dates, files), a
                         paper withdrawn (kind "withdrawal"), a paper disposed of (kind "disposal"). "before" is the
                         SHA-256 of the file before; the first entry has zeros there.
files/ab/abcd...         the papers' files. A file's name is the SHA-256 of its content; the entry says what it is
                         called and to which paper it belongs. The paper itself is the file that ends in .pdf.
private/ab/abcd...       the same for what is never to be published: where each number came from, templates and
                         settings, and inputs where they were kept.
sealed/ab/abcd...        the same for what was withdrawn: to be shown to nobody without an order.
register.sqlite          an SQLite 3 database: the same entries (table "entries"), and what is searched.

Nothing in here is ever altered by hand.
"""


@dataclass(frozen=True)
class Opened:
    """An archive's register and files, for as long as a command works with them."""

    folder: Path
    register: Register
    store: Store

    def entry_file(self, number: int) -> Path:
        """Where the entry of that number stands as a file."""
        return self.folder / "entries" / f"{number:06}.json"

    def prepare(self, entry: Entry) -> None:
        """Writes an entry beside the place of its file, before it counts."""
        path = self.entry_file(entry.number)
        make_folder(path.parent, self.folder)
        prepare(path, entry.text.encode("utf-8"))

    def finish(self) -> None:
        """Nothing: what is noted as in hand is done. Contents go where they belong, entries are written as files."""
        noted = self.register.unsettled()
        for what in noted:
            if what.startswith(ENTRY):
                self._write_entry(int(what.removeprefix(ENTRY)))
            elif what == TEXT:
                fulltext.purge(self.register.database)
            else:
                self.store.settle(what, self.register.belongs(what))
        if noted:
            with self.register.transaction():
                self.register.settled(noted)

    def _write_entry(self, number: int) -> None:
        text = self.register.text(number)
        path = self.entry_file(number)
        if text is not None and not path.exists():
            make_folder(path.parent, self.folder)
            write_flushed(path, text.encode("utf-8"))


@dataclass(frozen=True)
class Archive:
    """The archive in a folder, which may not be there yet."""

    folder: Path

    @property
    def register_file(self) -> Path:
        """The file of the register."""
        return self.folder / "register.sqlite"

    def _refuse_without_register(self) -> None:
        """Nothing. Raises Failed where entries are there and their register isn't: a new one would begin at 1 again."""
        if not self.register_file.exists() and any((self.folder / "entries").glob("*.json")):
            raise Failed(f"The archive {self.folder}: register.sqlite is lost. Put it back from the last copy. {KEPT}")

    def _refuse_what_is_no_archive(self) -> None:
        """Nothing. Raises Refused where the folder holds other things: all in an archive's folder is the archive's."""
        if self.register_file.exists() or not self.folder.is_dir():
            return
        foreign = sorted(path.name for path in self.folder.iterdir() if path.name not in OWN and path.name[0] != ".")
        if foreign:
            named = ", ".join(foreign[:MOST_NAMED]) + (" and more" if len(foreign) > MOST_NAMED else "")
            raise Refused(
                f"{self.folder} is no archive, and it isn't empty ({named}). Give the archive a folder of its own: "
                "[archive] folder in reportgen.toml."
            )

    @contextmanager
    def reading(self) -> Iterator[Opened]:
        """The archive as it stands. Raises Unknown where there is none, Failed where it can't be read."""
        with failures_in_words(self.folder):
            self._refuse_without_register()
            if not self.register_file.exists():
                raise Unknown(f"There is no archive in {self.folder} yet: `reportgen archive add` begins one.")
            while (register := open_for_reading(self.register_file)) is None:
                with self.writing():  # brings it up, one command at a time
                    pass
            try:
                yield Opened(self.folder, register, Store(self.folder))
            finally:
                register.close()

    @contextmanager
    def writing(self, wait: float = LOCK_SECONDS) -> Iterator[Opened]:
        """The archive, begun where there is none, for this command alone. Raises Failed where it can't be written.

        `wait` is how many seconds another command is waited for.
        """
        from filelock import FileLock

        with failures_in_words(self.folder):
            self._refuse_what_is_no_archive()
            make_folder(self.folder, self.folder)
            with FileLock(self.folder / ".lock", timeout=wait, mode=0o600):
                if not (about := self.folder / "README.txt").exists():
                    write_flushed(about, ABOUT.encode("utf-8"))
                self._refuse_without_register()
                register = open_for_writing(self.register_file)
                try:
                    opened = Opened(self.folder, register, Store(self.folder))
                    opened.finish()
                    yield opened
                finally:
                    register.close()
