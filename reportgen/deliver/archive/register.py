"""The register: an SQLite database whose entries are only ever added to; all else in it is worked out from them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from reportgen.deliver.archive import fulltext
from reportgen.deliver.archive.entry import FIRST, Entry, Paper, parsed
from reportgen.deliver.archive.errors import Failed
from reportgen.deliver.archive.store import FILES, PRIVATE, SEALED, Store

VERSION = 2
SEARCHED_SINCE = 2  # the first version that holds the papers' words
ENTRIES = """
CREATE TABLE entries (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, reference TEXT NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX entries_of ON entries (reference, kind);
CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed: a correction is a new entry'); END;
CREATE TRIGGER entries_are_never_removed BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never removed: a disposal is a new entry'); END;
CREATE TABLE unsettled (what TEXT PRIMARY KEY);
"""
# Worked out from the entries, so that they can be asked for quickly; made anew for each version of the register.
DERIVED = """
CREATE TABLE papers (
    number INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, authority TEXT NOT NULL, paper TEXT NOT NULL,
    month TEXT NOT NULL, committee TEXT NOT NULL, meeting_date TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL,
    status TEXT NOT NULL, version INTEGER NOT NULL, retain_until TEXT NOT NULL, manifest TEXT NOT NULL
);
CREATE INDEX papers_of ON papers (paper, month, version, number);
CREATE TABLE holdings (number INTEGER NOT NULL, role TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE INDEX holdings_of ON holdings (sha256);
CREATE VIEW standing AS SELECT papers.*,
    EXISTS (SELECT 1 FROM entries e WHERE e.reference = papers.reference AND e.kind = 'withdrawal') AS withdrawn,
    EXISTS (SELECT 1 FROM entries e WHERE e.reference = papers.reference AND e.kind = 'disposal') AS disposed,
    coalesce((SELECT later.reference FROM papers later WHERE later.paper = papers.paper AND later.month = papers.month
        AND (later.version, later.number) > (papers.version, papers.number)
        ORDER BY later.version, later.number LIMIT 1), '') AS superseded_by
    FROM papers;
"""
PAPER_COLUMNS = (
    "reference", "authority", "paper", "month", "committee", "meeting_date", "title", "author", "status", "version",
    "retain_until", "manifest",
)  # fmt: skip


@dataclass(frozen=True)
class Register:
    """A register that is open."""

    database: sqlite3.Connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within, or nothing of it; on the disk when it ends."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            # A full disk ends the transaction by itself.
            if self.database.in_transaction:
                self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")

    def append(self, entry: Entry) -> None:
        """Adds an entry, which must follow the last; within a transaction."""
        row = (entry.number, entry.said.kind, entry.said.reference, entry.hash, entry.text)
        self.database.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", row)
        self.unsettle([f"entry {entry.number}"])
        self.derive(entry)

    def derive(self, entry: Entry) -> None:
        """Adds what an entry comes to in the tables that are asked."""
        said = entry.said
        if not isinstance(said, Paper):
            return
        values = [entry.number, *(getattr(said, name) for name in PAPER_COLUMNS)]
        self.database.execute(f"INSERT INTO papers VALUES ({', '.join('?' * len(values))})", values)
        held = [(entry.number, each.role, each.sha256) for each in said.files]
        self.database.executemany("INSERT INTO holdings VALUES (?, ?, ?)", held)

    def last(self) -> tuple[int, str]:
        """The number and hash of the last entry; 0 and FIRST where there is none."""
        row = self.database.execute("SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1").fetchone()
        return row or (0, FIRST)

    def entries(self, reference: str = "") -> Iterator[Entry]:
        """The entries in order, or those of one reference."""
        where, values = (" WHERE reference = ?", [reference]) if reference else ("", [])
        for (text,) in self.database.execute(f"SELECT text FROM entries{where} ORDER BY number", values):
            yield parsed(text)

    def belongs(self, name: str) -> str | None:
        """The folder where a content belongs, by its hash: the most open that any paper holding it gives; or None."""
        query = "SELECT role, withdrawn FROM holdings JOIN standing USING (number) WHERE sha256 = ? AND NOT disposed"
        places = {_place(*row) for row in self.database.execute(query, [name])}
        return next((folder for folder in (FILES, PRIVATE, SEALED) if folder in places), None)

    def unsettled(self) -> list[str]:
        """What a command had in hand and may not have finished: hashes of contents, and `entry 7`."""
        return [what for (what,) in self.database.execute("SELECT what FROM unsettled ORDER BY what")]

    def unsettle(self, names: Iterable[str]) -> None:
        """Notes what is now in hand, within a transaction."""
        self.database.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(name,) for name in names])

    def settled(self, names: Iterable[str]) -> None:
        """Notes what is no longer in hand, within a transaction."""
        self.database.executemany("DELETE FROM unsettled WHERE what = ?", [(name,) for name in names])

    def text(self, number: int) -> str | None:
        """The text of the entry of a number; None where there is none."""
        row = self.database.execute("SELECT text FROM entries WHERE number = ?", [number]).fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Ends the use of the register."""
        self.database.close()


def _place(role: str, withdrawn: bool) -> str:
    return SEALED if withdrawn else FILES if role == "edition" else PRIVATE


def open_for_writing(path: Path) -> Register:
    """The register, made where there is none, and brought up to this version, with a copy kept, where it is older."""
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    database = sqlite3.connect(path, isolation_level=None, timeout=60)
    try:
        for setting in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            database.execute(f"PRAGMA {setting}")
        register = Register(database)
        _bring_up(register, path)
    except BaseException:
        database.close()
        raise
    return register


def open_for_reading(path: Path) -> Register | None:
    """The register as it stands; nothing is written, so it may lie on a disk that can't be. None where it is older."""
    # Beside a register at rest SQLite would make two files before it reads; where it can't, it is told to do without.
    at_rest = not path.with_name(f"{path.name}-wal").exists() and not os.access(path.parent, os.W_OK)
    options = "?mode=ro&immutable=1" if at_rest else "?mode=ro"
    database = sqlite3.connect(f"{path.absolute().as_uri()}{options}", uri=True, isolation_level=None, timeout=60)
    try:
        found = _version(database)
    except BaseException:
        database.close()
        raise
    if found != VERSION:
        database.close()
        _refuse_newer(found, path)
        return None
    return Register(database)


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _refuse_newer(found: int, path: Path) -> None:
    if found > VERSION:
        raise Failed(
            f"The archive {path.parent}: its register is of version {found}, which a later reportgen has made; this "
            f"one knows version {VERSION}. Install that reportgen."
        )


def _bring_up(register: Register, path: Path) -> None:
    """Makes the tables of a new register, and those that are worked out anew where it is of an older version."""
    found = _version(register.database)
    if found == VERSION:
        return
    _refuse_newer(found, path)
    if found:
        _keep_copy(register.database, path.with_name(f"{path.name}.version-{found}"))
    with register.transaction():
        found = _version(register.database)  # another command may have been quicker
        if found == VERSION:
            return
        if not found:
            _run(register.database, ENTRIES)
        for kind, name in register.database.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('view', 'table') AND name IN "
            "('standing', 'papers', 'holdings') ORDER BY type DESC"
        ).fetchall():
            register.database.execute(f"DROP {kind} {name}")
        _run(register.database, DERIVED)
        for entry in list(register.entries()):
            register.derive(entry)
        if found < SEARCHED_SINCE:
            _run(register.database, fulltext.SEARCHED)
            _index_all(register, Store(path.parent))
        register.database.execute(f"PRAGMA user_version = {VERSION}")


def _index_all(register: Register, store: Store) -> None:
    """Adds the words of all papers that are given out to what is searched; those that can't be read are left out."""
    given_out = "SELECT number FROM standing WHERE NOT withdrawn AND NOT disposed"
    for (number,) in register.database.execute(given_out).fetchall():
        paper = parsed(register.text(number) or "").said
        held = {f.file.split("/")[0]: f for f in getattr(paper, "files", ()) if fulltext.is_paper(f.file)}
        edition = "public" if "public" in held else "full"
        if edition in held and (pdf := store.find(held[edition].sha256)):
            with suppress(ValueError):
                fulltext.index(register.database, paper.reference, edition, fulltext.pages(pdf.read_bytes()))


def _run(database: sqlite3.Connection, script: str) -> None:
    """Runs statements one by one: sqlite3's own executescript would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            database.execute(statement)
            statement = ""


def _keep_copy(database: sqlite3.Connection, copy: Path) -> None:
    """Copies the register as it stands, once."""
    if copy.exists():
        return
    new = copy.with_name(f".{copy.name}.new")
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(new)) as target:
        database.backup(target)
    os.replace(new, copy)
