"""The outbox: every letter from when it is queued until it is known what became of it, so that none goes out twice.

A letter is `waiting`, then for the last step of its way `handing over`, then `sent` or `failed`. One that is found
`handing over` although nobody is sending has lost its sender between the two: it is `uncertain`, and a person decides.
What a person has `given up` needs nobody's attention any more.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reportgen.deliver.letters import Letter, Mailbox
from reportgen.deliver.smtp import NO_ANSWER, Answer, Connection, NoServer, Result, Server

VERSION = 1
DAMAGED = (
    "the outbox is damaged: put a backup of it in its place, or move it aside, whereupon no letter is known to be sent"
)
SCHEMA = """
CREATE TABLE letters (
    id INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL, paper TEXT NOT NULL, month TEXT NOT NULL, content TEXT NOT NULL,
    recipient TEXT NOT NULL COLLATE NOCASE,
    sender TEXT NOT NULL,
    message BLOB,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    queued TEXT NOT NULL,
    next_try TEXT NOT NULL,
    changed TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    UNIQUE (recipient, kind, paper, month, content)
);
CREATE INDEX by_state ON letters (state, next_try);
"""
# After the first failure, the second …; then daily.
WAITS = (dt.timedelta(minutes=5), dt.timedelta(minutes=15), dt.timedelta(hours=1), dt.timedelta(hours=4))
DAILY = dt.timedelta(days=1)
MOST_HUNG = 2  # letters in a row that a server leaves without an answer, before the others are spared
ENTRY = "message_id, kind, paper, month, recipient, state, tries, queued, next_try, changed, answer"


class State(StrEnum):
    """Where a letter is on its way."""

    WAITING = "waiting"
    HANDING_OVER = "handing over"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    GIVEN_UP = "given up"  # by a person


@dataclass(frozen=True)
class Entry:
    """A letter as the outbox tells of it; times are in UTC."""

    message_id: str
    kind: str
    paper: str
    month: str
    recipient: str
    state: State
    tries: int
    queued: dt.datetime
    next_try: dt.datetime
    changed: dt.datetime
    answer: str


@dataclass(frozen=True)
class Delivery:
    """What became of the letters that were due: those tried, and why the server couldn't be used, if it couldn't."""

    tried: tuple[Entry, ...] = ()
    no_server: str = ""
    busy: bool = False  # another process is sending


class Outbox:
    """The outbox in a file, as a context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))  # it holds drafts and addresses
        self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.DatabaseError as wrong:
            self._db.close()
            if isinstance(wrong, sqlite3.OperationalError):  # locked, read-only, no space
                raise OSError(errno.EIO, f"the outbox can't be used: {wrong}", str(path)) from wrong
            raise OSError(errno.EIO, DAMAGED, str(path)) from wrong

    def _prepare(self) -> None:
        """Nothing: the file is as this version of reportgen needs it."""
        self._write_ahead()
        # A mark that a power cut undoes would send a letter twice.
        self._db.execute("PRAGMA synchronous = FULL")
        # Not every SQLite overwrites what is deleted unless it is told to.
        self._db.execute("PRAGMA secure_delete = ON")
        with self._transaction():
            if self._db.execute("PRAGMA user_version").fetchone()[0] == 0:
                for statement in SCHEMA.split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _write_ahead(self) -> None:
        """The file keeps its changes in a log: readers and a writer don't wait for each other."""
        from filelock import FileLock

        if self._db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            # Where two processes make the file at once, SQLite lets one of them fail rather than wait.
            with FileLock(f"{self._path}.lock"):
                self._db.execute("PRAGMA journal_mode = WAL")

    def __enter__(self) -> Outbox:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def queue(self, letter: Letter, sender: Mailbox, now: dt.datetime) -> bool:
        """Whether the letter was put in: False where its recipient has it or is to get it already."""
        row = (
            letter.message_id(sender), letter.kind, letter.paper, letter.month, letter.content,
            letter.recipient.address, sender.address, letter.message(sender, now), State.WAITING,
            _text(now), _text(now), _text(now),
        )  # fmt: skip
        with self._transaction():
            made = self._db.execute(
                "INSERT INTO letters (message_id, kind, paper, month, content, recipient, sender, message, state,"
                " queued, next_try, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                row,
            )
            return made.rowcount == 1

    def entries(self, *states: State) -> list[Entry]:
        """The letters in some states, or all, oldest first."""
        marks = ", ".join("?" * len(states))
        where = f"WHERE state IN ({marks})" if states else ""
        found = self._db.execute(f"SELECT {ENTRY} FROM letters {where} ORDER BY id", states)
        return [_entry(row) for row in found]

    def entry(self, letter: Letter) -> Entry:
        """How a letter stands, whoever it was from when it was queued. Raises KeyError where it never was."""
        row = self._db.execute(
            f"SELECT {ENTRY} FROM letters"
            " WHERE recipient = ? AND kind = ? AND paper = ? AND month = ? AND content = ?",
            (letter.recipient.address, letter.kind, letter.paper, letter.month, letter.content),
        ).fetchone()
        if row is None:
            raise KeyError(letter.recipient.address)
        return _entry(row)

    def again(self, message_id: str, now: dt.datetime) -> bool:
        """Whether a letter that failed, is uncertain or was given up waits anew."""
        not_sent = (State.FAILED, State.UNCERTAIN, State.GIVEN_UP)
        return self._set(message_id, not_sent, State.WAITING, now, "to be sent again", "message IS NOT NULL")

    def drop(self, message_id: str, now: dt.datetime) -> bool:
        """Whether a letter that isn't sent was given up."""
        not_sent = (State.WAITING, State.FAILED, State.UNCERTAIN)
        return self._set(message_id, not_sent, State.GIVEN_UP, now, "")

    def _set(
        self, message_id: str, states: Iterable[State], state: State, now: dt.datetime, answer: str, where: str = "TRUE"
    ) -> bool:
        allowed = tuple(states)
        with self._transaction():
            made = self._db.execute(
                "UPDATE letters SET state = ?, tries = 0, next_try = ?, changed = ?, answer = ? WHERE message_id = ?"
                f" AND {where} AND state IN ({', '.join('?' * len(allowed))})",
                (state, _text(now), _text(now), answer, message_id, *allowed),
            )
            return made.rowcount == 1

    def supersede(self, paper: str, month: str, content: str = "") -> None:
        """Nothing: drafts of a month that still wait and hold something else are taken out; nobody has had them."""
        self._db.execute(
            "DELETE FROM letters WHERE kind = 'draft' AND paper = ? AND month = ? AND content <> ? AND state = ?",
            (paper, month, content, State.WAITING),
        )

    def forget(self, before: dt.datetime) -> None:
        """Nothing: what failed or was given up before a time is no longer kept, but for the fact that it was."""
        self._db.execute(
            "UPDATE letters SET message = NULL WHERE state IN (?, ?, ?) AND changed < ?",
            (State.SENT, State.FAILED, State.GIVEN_UP, _text(before)),
        )

    def deliver(self, server: Server, now: dt.datetime, tries: int, wait: float = 60.0) -> Delivery:
        """Send what is due, each letter at most `tries` times; what one address does keeps no other back.

        Another process that is sending is waited for as many seconds as `wait`.
        """
        from filelock import FileLock, Timeout

        try:
            with FileLock(f"{self._path}.lock", timeout=wait):
                return self._deliver(server, now, tries)
        except Timeout:
            return Delivery(busy=True)

    def _deliver(self, server: Server, now: dt.datetime, tries: int) -> Delivery:
        self._find_lost(now)
        due = self._db.execute(
            # One that was tried later than now was tried by a clock that has been set back since.
            "SELECT id, sender, recipient FROM letters WHERE state = ? AND (next_try <= ? OR changed > ?)"
            # Those that a server hung over come last: they must not keep the others back run after run.
            " ORDER BY tries > 0, id",
            (State.WAITING, _text(now), _text(now)),
        ).fetchall()
        hung = 0
        while due:
            try:
                with Connection(server) as connection:
                    while due and connection.is_open:
                        number, sender, recipient = due.pop(0)
                        answer = self._send(connection, int(number), str(sender), str(recipient), now, tries)
                        hung = hung + 1 if answer and answer.words == NO_ANSWER else 0
            except NoServer as failed:
                for number, _, _ in due:
                    self._mark(number, Answer(Result.LATER, str(failed)), now, tries)
                return Delivery(tuple(self._changed(now)), str(failed))
            if due and hung == MOST_HUNG:  # each further letter would cost a time-out, or become uncertain
                return Delivery(tuple(self._changed(now)), f"{server.host}:{server.port}: {NO_ANSWER}")
        return Delivery(tuple(self._changed(now)))

    def _find_lost(self, now: dt.datetime) -> None:
        """Mark as uncertain what a process that is gone was handing over."""
        with self._transaction():
            self._db.execute(
                "UPDATE letters SET state = ?, changed = ?, answer = ? WHERE state = ?",
                (State.UNCERTAIN, _text(now), "the sender ended before the answer came", State.HANDING_OVER),
            )

    def _send(
        self, connection: Connection, number: int, sender: str, recipient: str, now: dt.datetime, tries: int
    ) -> Answer | None:
        """The server's answer to a letter; None where the letter was withdrawn meanwhile."""
        row = self._db.execute("SELECT message FROM letters WHERE id = ?", (number,)).fetchone()
        if row is None:  # superseded meanwhile
            return None
        (message,) = row

        def before_last() -> bool:
            """Whether the letter still waits, and nobody has given it up meanwhile."""
            marked = self._db.execute(
                "UPDATE letters SET state = ? WHERE id = ? AND state = ?",
                (State.HANDING_OVER, number, State.WAITING),
            )
            return marked.rowcount == 1

        answer = connection.send(sender, recipient, message, before_last)
        if answer is not None:
            self._mark(number, answer, now, tries)
        return answer

    def _mark(self, number: int, answer: Answer, now: dt.datetime, most: int) -> None:
        """Keep what became of a letter. Of one that is sent the message isn't kept: it is in the recipient's hands."""
        row = self._db.execute("SELECT tries + 1 FROM letters WHERE id = ?", (number,)).fetchone()
        if row is None:
            return
        (tries,) = row
        state = {
            Result.SENT: State.SENT, Result.REFUSED: State.FAILED, Result.UNKNOWN: State.UNCERTAIN,
            Result.LATER: State.FAILED if tries >= most else State.WAITING,
        }[answer.result]  # fmt: skip
        wait = WAITS[tries - 1] if tries <= len(WAITS) else DAILY
        self._db.execute(
            "UPDATE letters SET state = ?, tries = ?, next_try = ?, changed = ?, answer = ?,"
            " message = CASE WHEN ? THEN NULL ELSE message END WHERE id = ? AND state IN (?, ?)",
            (
                state, tries, _text(now + wait), _text(now), answer.words, state is State.SENT, number,
                State.WAITING, State.HANDING_OVER,
            ),
        )

    def _changed(self, now: dt.datetime) -> Iterator[Entry]:
        """The letters that something became of just now."""
        found = self._db.execute(
            f"SELECT {ENTRY} FROM letters WHERE changed = ? AND (tries > 0 OR state = ?) ORDER BY id",
            (_text(now), State.UNCERTAIN),
        )
        return (_entry(row) for row in found)


def _text(time: dt.datetime) -> str:
    """A time as the file holds it: UTC, of one length, so that later is greater."""
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _entry(row: tuple[str, ...]) -> Entry:
    message_id, kind, paper, month, recipient, state, tries, *times, answer = row
    queued, next_try, changed = (dt.datetime.fromisoformat(time) for time in times)
    return Entry(
        message_id, kind, paper, month, recipient, State(state), int(tries), queued, next_try, changed, answer
    )
