"""How far a paper's month is, told from what stands on disk; nothing is read but hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from reportgen import readers
from reportgen.workspace import PaperRef, Workspace


class State(StrEnum):
    """How far a paper's month is."""

    NO_INPUTS = "no inputs"
    NOT_BUILT = "not built"
    BUILT = "draft built"
    OUTDATED = "draft built, inputs changed since"
    INCOMPLETE = "draft incomplete: build it again"


def state(workspace: Workspace, ref: PaperRef, month: str) -> State:
    """How far a month is; its draft is outdated where any file that it was made from has changed, come or gone."""
    draft = workspace.output_folder(ref, month) / "draft"
    if not draft.is_dir():
        return State.NOT_BUILT
    try:
        used, folders = _used(draft / "audit" / "manifest.json")
    except (OSError, ValueError, LookupError, TypeError):
        return State.INCOMPLETE
    if not (draft / "full" / f"{ref.paper}-{month}.pdf").is_file():
        return State.INCOMPLETE
    present = {workspace.name(path) for path in _authors_files(workspace, ref, month, folders)}
    changed = any(_sha256(_path(workspace, name)) != sha256 for name, sha256 in used.items())
    return State.OUTDATED if changed or not present <= used.keys() else State.BUILT


def _used(manifest: Path) -> tuple[dict[str, str], list[str]]:
    """The hashes of the files that a bundle was made from, by name, and the folders whose files were all read.

    Raises where the manifest is none.
    """
    told = json.loads(manifest.read_bytes())
    files = {entry["file"]: entry["sha256"] for part in ("inputs", "templates_and_settings") for entry in told[part]}
    return files, [str(folder) for folder in told.get("folders", ())]


def _authors_files(workspace: Workspace, ref: PaperRef, month: str, folders: Iterable[str]) -> Iterator[Path]:
    """The files of a month, and of other folders that it was made from, that may be added: a new one isn't in the
    manifest.
    """
    month_folder = workspace.input_folder(ref, month)
    others = (folder for name in folders if (folder := workspace.root / name) != month_folder)
    for folder in (month_folder, *others):
        yield from readers.input_files(folder) if folder.is_dir() else ()
    yield from (path for path in workspace.month_folder(ref, month).glob("commentary.md") if path.is_file())


def _path(workspace: Workspace, name: str) -> Path:
    return workspace.template(name) if name.startswith("templates/") else workspace.root / name


def _sha256(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal; empty where it can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
