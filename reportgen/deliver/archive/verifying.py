"""An archive examined: every hash worked out anew, the chain followed, the register and the folders compared."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from reportgen.deliver.archive.chain import Fault, examine
from reportgen.deliver.archive.entry import Disposal, Entry, Paper, Withdrawal
from reportgen.deliver.archive.errors import Failed
from reportgen.deliver.archive.opening import Archive, Opened
from reportgen.deliver.archive.store import FILES, FOLDERS, PRIVATE, SEALED, file_sha256

AT_ONCE = 200  # contents that a thread is given in one go
KNOWN = ("README.txt", ".lock", "entries", *FOLDERS)


@dataclass(frozen=True)
class Report:
    """What an examination came to: how much was examined, the chain's last hash, and every fault."""

    entries: int
    files: int
    bytes: int
    head: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class _Content:
    """A content that the archive must hold: where, how large, and the paper and name that ask for it."""

    folder: str
    name: str
    bytes: int
    what: str

    @property
    def place(self) -> str:
        """Where it stands, from the archive's folder."""
        return f"{self.folder}/{self.name[:2]}/{self.name}"


def verify(archive: Archive) -> Report:
    """Everything that is wrong with an archive; what a stopped command left is finished first where that can be done.

    Other commands may add to it meanwhile: what looks wrong is looked at again while none can.
    """
    with archive.reading() as opened:
        in_hand = bool(opened.register.unsettled())
    if not in_hand:
        with archive.reading() as opened:
            report = _examined(opened)
        if not report.faults:
            return report
    try:
        with archive.writing() as opened:
            return _examined(opened)
    except Failed:
        with archive.reading() as opened:
            return _examined(opened)


def _examined(opened: Opened) -> Report:
    faults = [Fault("broken", f"the register: {said}") for said in _register(opened)]
    chain = examine(opened)
    wanted = _wanted(chain.entries)
    faults += _contents(opened, list(wanted.values()))
    faults += chain.faults
    faults += _added(opened, {content.place for content in wanted.values()})
    if faults and opened.register.unsettled():
        faults.append(Fault("unfinished", "a command was stopped: any other that may write finishes what it left"))
    size = sum(content.bytes for content in wanted.values())
    return Report(len(chain.entries), len(wanted), size, chain.head, tuple(dict.fromkeys(faults)))


def _register(opened: Opened) -> list[str]:
    """What SQLite finds wrong with the file of the register."""
    said = [row[0] for row in opened.register.database.execute("PRAGMA quick_check(20)")]
    return [] if said == ["ok"] else said


def _wanted(entries: Iterable[Entry]) -> dict[str, _Content]:
    """The contents that the entries ask for, by hash, each in the most open folder that any paper gives it."""
    papers = {e.said.reference: e.said for e in entries if isinstance(e.said, Paper)}
    gone = {e.said.reference for e in entries if isinstance(e.said, Disposal)}
    sealed = {e.said.reference for e in entries if isinstance(e.said, Withdrawal)}
    wanted: dict[str, _Content] = {}
    for reference, paper in papers.items():
        if reference in gone:
            continue
        for file in paper.files:
            folder = SEALED if reference in sealed else FILES if file.role == "edition" else PRIVATE
            known = wanted.get(file.sha256)
            if known is None or FOLDERS.index(folder) < FOLDERS.index(known.folder):
                wanted[file.sha256] = _Content(folder, file.sha256, file.bytes, f"{reference} {file.file}")
    return wanted


def _contents(opened: Opened, contents: Sequence[_Content]) -> list[Fault]:
    """What is wrong with the contents; several are read at once."""
    parts = [contents[start : start + AT_ONCE] for start in range(0, len(contents), AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as several:
        results = several.map(lambda part: [_content(opened, each) for each in part], parts)
        return [fault for part in results for fault in part if fault]


def _content(opened: Opened, content: _Content) -> Fault | None:
    """What is wrong with a content, if anything."""
    where = f"{content.what} ({content.place})"
    try:
        found = file_sha256(f"{opened.folder}/{content.place}")
        return None if found == content.name else Fault("altered", where)
    except FileNotFoundError:
        return Fault("lost", where)
    except OSError as failed:
        return Fault("unreadable", f"{where}: {failed.strerror}")


def _added(opened: Opened, wanted: set[str]) -> Iterator[Fault]:
    """What stands in the archive's folders and is no entry's."""
    register = opened.folder / "register.sqlite"
    yield from (Fault("added", name) for name in opened.store.listed() if name not in wanted)
    for path in sorted(opened.folder.iterdir()):
        if path.name not in KNOWN and not path.name.lstrip(".").startswith((register.name, "README.txt")):
            yield Fault("added", path.name)
