"""An archived paper built anew from the inputs, templates and settings that were archived with it, and compared."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen import pipeline, problems
from reportgen.deliver.archive.asking import content, given_out
from reportgen.deliver.archive.entry import Paper
from reportgen.deliver.archive.errors import Refused
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.taking import MANIFEST, listed
from reportgen.model import LARGE_PRINT, Issue
from reportgen.workspace import PaperRef, Workspace


@dataclass(frozen=True)
class Rebuilt:
    """What building a paper anew came to: how many files were compared, which differ, what it was built with since."""

    compared: int
    differing: tuple[str, ...]
    versions: tuple[str, ...]


def rebuild(archive: Archive, reference: str) -> Rebuilt:
    """An archived paper built anew and compared, byte by byte. Raises Refused where it can't be."""
    with archive.reading() as opened, tempfile.TemporaryDirectory(prefix="reportgen-rebuild-") as folder:
        paper = given_out(opened, reference).paper
        files = {each.file: content(opened, paper, each) for each in paper.files}
        manifest = json.loads(files[MANIFEST])
        _lay_out(paper, files, manifest, Path(folder))
        built, versions = _built(paper, manifest, Workspace(Path(folder)))
    # The manifest tells versions, which may have changed without changing the paper; they are told apart.
    kept = {each.file for each in paper.files if each.role in ("edition", "audit")} - {MANIFEST}
    names = sorted(kept | (built.keys() - {MANIFEST}))
    differing = tuple(name for name in names if built.get(name) != files.get(name))
    return Rebuilt(len(names), differing, _changed(manifest, versions))


def _lay_out(paper: Paper, files: Mapping[str, bytes], manifest: Mapping[str, Any], folder: Path) -> None:
    """Writes what a paper was made from as a workspace. Raises Refused where some of it was not archived."""
    names = [entry["file"] for part in ("inputs", "templates_and_settings") for entry in manifest[part]]
    missing = sorted(set(names) - files.keys())
    if missing:
        raise Refused(
            f"{paper.reference} can't be rebuilt: {listed(missing)} was not archived with it. Inputs are only kept "
            "where archive_inputs is set for the authority in reportgen.toml."
        )
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])


def _built(paper: Paper, manifest: Mapping[str, Any], workspace: Workspace) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files of the bundle as it is built now, and the versions of what it is built with."""
    ref = PaperRef(*paper.paper.split("/"))
    (workspace.month_folder(ref, paper.month)).mkdir(parents=True, exist_ok=True)
    checked = pipeline.check(workspace, ref, paper.month)
    if not checked.sound:
        said = problems.in_words(problems.errors(checked.problems))
        raise Refused(f"{paper.reference} can't be rebuilt by this version of reportgen:\n{said}")
    large_print = any(each.file.endswith(LARGE_PRINT) for each in paper.files)
    built = pipeline.bundle_files(workspace, checked, Issue(paper.version, paper.reissue_reason, large_print))
    told = json.loads(built[MANIFEST])
    return built, {"reportgen": told["reportgen"], **told["versions"]}


def _changed(manifest: Mapping[str, Any], now: Mapping[str, str]) -> tuple[str, ...]:
    """What the paper was built with in another version than now."""
    then = {"reportgen": manifest["reportgen"], **manifest["versions"]}
    return tuple(
        f"{name} {then.get(name, 'none')}, now {now.get(name, 'none')}"
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    )
