"""How far a paper's month is, told from what stands on disk; nothing is read but hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from reportgen import readers
from reportgen.clearances import FILE as CLEARANCES
from reportgen.model import Issue
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
    return _state(workspace, ref, month, draft) if draft.is_dir() else State.NOT_BUILT


def final_state(workspace: Workspace, ref: PaperRef, month: str) -> str:
    """The latest final version of a month in words, and whether its inputs changed since; empty if there is none."""
    versions = workspace.finals(ref, month)
    if not versions:
        return ""
    name = f"final v{versions[-1]}"
    more = {State.OUTDATED: ", inputs changed since", State.INCOMPLETE: ", incomplete"}
    folder = workspace.output_folder(ref, month) / Issue(versions[-1]).folder
    return name + more.get(_state(workspace, ref, month, folder), "")


def in_words(draft: str, final: str) -> str:
    """How far a month is, its draft and its final version together."""
    return final if final and draft == State.NOT_BUILT else "; ".join(filter(None, (draft, final)))


def _state(workspace: Workspace, ref: PaperRef, month: str, folder: Path) -> State:
    """Whether a bundle is whole, and made from the files that there are now."""
    try:
        used, folders = _used(folder / "audit" / "manifest.json")
    except (OSError, ValueError, LookupError, TypeError):
        return State.INCOMPLETE
    if not (folder / "full" / f"{ref.paper}-{month}.pdf").is_file():
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
        yield from readers.input_files(folder)
    own = workspace.month_folder(ref, month)
    yield from (path for path in (own / "commentary.md", own / CLEARANCES) if path.is_file())


def _path(workspace: Workspace, name: str) -> Path:
    return workspace.template(name) if name.startswith("templates/") else workspace.root / name


def _sha256(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal; empty where it can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
