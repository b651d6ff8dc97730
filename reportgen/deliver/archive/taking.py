"""A finished bundle taken from its folder, once it is what its own manifest says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.deliver.archive.entry import Holding, sha256
from reportgen.deliver.archive.errors import Refused, Unknown

MANIFEST = "audit/manifest.json"
NAMED = ("title", "subject", "author", "language", "authority", "committee", "meeting_date")
LISTED = 10


@dataclass(frozen=True)
class Kept:
    """A file to be kept: its name, what it is there for, its content."""

    file: str
    role: str
    content: bytes

    @property
    def holding(self) -> Holding:
        """What the entry says of it."""
        return Holding(self.file, self.role, len(self.content), sha256(self.content))


@dataclass(frozen=True)
class Taken:
    """A bundle that is whole: its manifest and its files."""

    manifest: Mapping[str, Any]
    files: tuple[Kept, ...]

    @property
    def inputs(self) -> dict[str, str]:
        """The SHA-256 of what the paper was made from under inputs/, by name."""
        return {name: digest for name, digest in _made_from(self.manifest) if name.startswith("inputs/")}

    @property
    def sources(self) -> dict[str, str]:
        """The SHA-256 of the templates and settings that the paper was made with, by name."""
        return {name: digest for name, digest in _made_from(self.manifest) if not name.startswith("inputs/")}


def take(folder: Path) -> Taken:
    """The bundle in a folder. Raises Unknown where there is none, Refused where it isn't what its manifest says."""
    if not folder.is_dir():
        raise Unknown(f"There is no bundle {folder}: build it first.")
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if not _folder(path)}
    odd = [name for name, path in found.items() if path.is_symlink() or not path.is_file()]
    if odd:
        raise Refused(f"{folder} was not taken: {listed(odd)} is no file but a link or a device.")
    contents = {name: path.read_bytes() for name, path in found.items()}
    manifest = read_manifest(contents.get(MANIFEST), folder)
    faults = list(_faults(manifest, contents))
    if faults:
        lines = "\n  ".join(faults)
        raise Refused(f"{folder} was not taken, since it is not what its manifest says. Build it again.\n  {lines}")
    roles = {name: "audit" if name.startswith("audit/") else "edition" for name in contents}
    return Taken(manifest, tuple(Kept(name, roles[name], content) for name, content in contents.items()))


def _folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def read_manifest(content: bytes | None, folder: Path) -> dict[str, Any]:
    """A manifest with all that an entry needs of it. Raises Refused where it isn't there or lacks something."""
    if content is None:
        raise Refused(f"{folder} was not taken: it has no {MANIFEST}. Build it again.")
    try:
        told = json.loads(content)
        texts = [told["paper"], told["month"], told["status"], *(told["about"][name] for name in NAMED)]
        entries = [entry for edition in told["editions"].values() for entry in edition]
        texts += [text for entry in [*entries, *told["inputs"], *told["templates_and_settings"]]
                  for text in (entry["file"], entry["sha256"])]  # fmt: skip
        sound = all(isinstance(text, str) for text in texts) and isinstance(told["version"], int)
        sound = sound and isinstance(told["reissue_reason"], str) and told["paper"].count("/") == 1
        sound = sound and all(plain_name(entry["file"]) for entry in [*told["inputs"], *told["templates_and_settings"]])
        sound = sound and dt.date.fromisoformat(told["about"]["meeting_date"]).year > 1000
    except (ValueError, LookupError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise Refused(f"{folder} was not taken: its {MANIFEST} is none, or an older reportgen's. Build it again.")
    return dict(told)


def _faults(manifest: Mapping[str, Any], contents: Mapping[str, bytes]) -> Iterator[str]:
    """What a bundle's files have against its manifest, in words."""
    wanted = {
        f"{edition}/{entry['file']}": entry["sha256"]
        for edition, entries in manifest["editions"].items()
        for entry in entries
    }
    for name in sorted({*wanted, *contents}):
        if name not in contents:
            yield f"{name} is missing"
        elif name in wanted and sha256(contents[name]) != wanted[name]:
            yield f"{name} was altered after the build"
        elif name not in wanted and not name.startswith("audit/"):
            yield f"{name} is not in the manifest"


def _made_from(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part in ("inputs", "templates_and_settings"):
        for entry in manifest[part]:
            yield entry["file"], entry["sha256"]


def plain_name(name: str) -> bool:
    """Whether a name leads to a file within a folder, on any system, and nowhere else."""
    parts = name.split("/")
    odd = any(char in '\\:*?"<>|' or ord(char) < 32 for char in name)
    return not odd and all(part.strip(" .") and part[-1] not in " ." for part in parts)


def listed(names: list[str]) -> str:
    """Names in a row, the first of many."""
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more
