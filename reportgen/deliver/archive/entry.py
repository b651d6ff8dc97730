"""Entries of the register: what each says as text, and the chain of hashes that holds them together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

FIRST = "0" * 64  # the hash that the first entry names as the one before
PERMANENT = "permanent"


@dataclass(frozen=True)
class Holding:
    """A file of an archived paper: its name in it, what it is there for, and the content's size and SHA-256.

    Roles: `edition` may be shown to whom the edition is for; `audit`, `source` and `input` stay with the archive.
    """

    file: str
    role: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Paper:
    """A paper taken into the archive. Days are written 2016-07-12; `retain_until` is empty where it stays for good.

    `origin` is what an imported paper's own entry said in the archive that it came from.
    """

    reference: str
    authority: str
    authority_name: str
    paper: str
    month: str
    title: str
    subject: str
    author: str
    language: str
    committee: str
    meeting_date: str
    status: str
    version: int
    reissue_reason: str
    editions: tuple[str, ...]
    retention: str
    retain_until: str
    supersedes: str
    manifest: str
    files: tuple[Holding, ...]
    origin: Mapping[str, str]

    kind = "paper"


@dataclass(frozen=True)
class Withdrawal:
    """A paper taken out of every answer, its files sealed."""

    reference: str
    reason: str

    kind = "withdrawal"


@dataclass(frozen=True)
class Disposal:
    """A paper whose files were deleted: at the end of its retention, or by an order to erase."""

    reference: str
    reason: str
    ground: str

    kind = "disposal"


Said: TypeAlias = Paper | Withdrawal | Disposal
KINDS: dict[str, type[Paper] | type[Withdrawal] | type[Disposal]] = {
    each.kind: each for each in (Paper, Withdrawal, Disposal)
}


@dataclass(frozen=True)
class Entry:
    """What was entered as which number, by whom and when (UTC), after the entry with the hash `before`."""

    number: int
    before: str
    added_at: str
    added_by: str
    said: Said

    @property
    def text(self) -> str:
        """The entry as it is kept: JSON with sorted keys, two spaces, a line end; its SHA-256 is the entry's hash."""
        frame = {"number": self.number, "before": self.before, "added_at": self.added_at, "added_by": self.added_by}
        return as_json({**frame, "kind": self.said.kind, **_plain(self.said)})

    @property
    def hash(self) -> str:
        """The SHA-256 of the text in UTF-8, which the next entry names."""
        return sha256(self.text.encode("utf-8"))


def _plain(said: Said) -> dict[str, Any]:
    """What an entry says, in values that JSON knows; dataclasses.asdict would copy each of them."""
    values = dict(vars(said))
    if isinstance(said, Paper):
        values["files"] = [vars(each) for each in said.files]
    return values


def as_json(value: Any) -> str:
    """A value as JSON for people and machines: sorted keys, two spaces, a line end."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def parsed(text: str) -> Entry:
    """The entry that a text is. Raises ValueError where it is none.

    Whether it is written as entries are isn't looked at: its hash tells that, and `Entry.text` where there is none.
    """
    try:
        told = json.loads(text)
        kind = KINDS[told["kind"]]
        values = {field.name: told[field.name] for field in fields(kind)}
        if kind is Paper:
            values["files"] = tuple(Holding(**each) for each in values["files"])
            values["editions"] = tuple(values["editions"])
        return Entry(told["number"], told["before"], told["added_at"], told["added_by"], kind(**values))
    except (LookupError, TypeError, ValueError) as wrong:
        raise ValueError("no entry of an archive") from wrong
