"""The entries of a register looked at one by one: whether each is as it was written, and follows the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.deliver.archive.entry import FIRST, Entry, Paper, parsed, sha256
from reportgen.deliver.archive.opening import Opened
from reportgen.deliver.archive.register import PAPER_COLUMNS


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong with an archive: a sort (lost, altered, added, unreadable, broken, unfinished), and it in words."""

    sort: str
    words: str

    def __str__(self) -> str:
        return f"{self.sort}: {self.words}"


@dataclass(frozen=True)
class Chain:
    """The entries that can be read, the hash that the last one has, and what is wrong with them."""

    entries: tuple[Entry, ...]
    head: str
    faults: tuple[Fault, ...]


def examine(opened: Opened) -> Chain:
    """The register's entries, each hashed anew and compared with its file and with what was worked out from it."""
    entries, faults, before, due = [], [], FIRST, 1
    query = "SELECT number, kind, reference, hash, CAST(text AS TEXT) FROM entries ORDER BY number"
    for number, kind, reference, stated, text in opened.register.database.execute(query):
        for missing in range(due, number):
            faults.append(Fault("lost", f"entry {missing} was removed from the register"))
            before = ""
        entry = _parsed(text)
        actual = sha256(text.encode("utf-8"))
        if entry is None or actual != stated or (entry.number, entry.said.kind) != (number, kind):
            faults.append(Fault("altered", f"entry {number} ({reference}) was altered in the register"))
        elif before and entry.before != before:
            faults.append(Fault("broken", f"entry {number} ({reference}) does not follow the entry before it"))
        if entry is not None:
            entries.append(entry)
            faults += _entry_file(opened, number, text)
        before, due = actual, number + 1
    faults += _removed(opened, due)
    faults += _derived(opened, entries)
    return Chain(tuple(entries), before, tuple(faults))


def _parsed(text: str) -> Entry | None:
    try:
        return parsed(text)
    except ValueError:
        return None


def _entry_file(opened: Opened, number: int, text: str) -> Iterator[Fault]:
    """What the file of an entry has against the register."""
    path = opened.entry_file(number)
    try:
        if path.read_bytes() != text.encode("utf-8"):
            yield Fault("altered", f"entries/{path.name} is not what the register says")
    except FileNotFoundError:
        yield Fault("lost", f"entries/{path.name}")
    except OSError as failed:
        yield Fault("unreadable", f"entries/{path.name} ({failed.strerror})")


def _removed(opened: Opened, due: int) -> Iterator[Fault]:
    """Entries after the last of the register whose files are still there, and files that are no entry's."""
    for path in sorted((opened.folder / "entries").glob("*")):
        if path.name == f".{path.name[1:12]}.new":
            continue
        number = int(path.stem) if path.stem.isdecimal() else 0
        if path.name != opened.entry_file(number).name or not number:
            yield Fault("added", f"entries/{path.name}")
        elif number >= due:
            yield Fault("lost", f"entry {number} was removed from the register; entries/{path.name} still has it")


def _derived(opened: Opened, entries: list[Entry]) -> Iterator[Fault]:
    """What the tables that are asked say otherwise than the entries that they come from."""
    database = opened.register.database
    columns = ", ".join(("number", *PAPER_COLUMNS))
    told = {row[0]: row for row in database.execute(f"SELECT {columns} FROM papers")}
    held: dict[int, list[tuple[str, str]]] = {}
    for number, role, name in database.execute("SELECT number, role, sha256 FROM holdings"):
        held.setdefault(number, []).append((role, name))
    for entry in entries:
        if isinstance(paper := entry.said, Paper):
            row = (entry.number, *(getattr(paper, name) for name in PAPER_COLUMNS))
            files = sorted((each.role, each.sha256) for each in paper.files)
            answers = told.pop(entry.number, None), sorted(held.pop(entry.number, []))
            if answers != (row, files):
                yield Fault("altered", f"what the register answers of {paper.reference} is not what its entry says")
    for number in sorted({*told, *held}):
        yield Fault("added", f"the register answers with a paper of entry {number}, which is none")
