"""What a workspace has to do with its archive: where that is, which bundle is taken, what is kept with it, how long."""

from __future__ import annotations

import datetime as dt
import getpass
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.deliver.archive.adding import Added, Keeper, add
from reportgen.deliver.archive.entry import PERMANENT, sha256
from reportgen.deliver.archive.errors import Refused, Unknown
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.taking import Kept, Taken, listed, take
from reportgen.loading import load_settings
from reportgen.model import Issue
from reportgen.problems import in_words
from reportgen.settings import Authority, WorkspaceSettings
from reportgen.workspace import PaperRef, Workspace, did_you_mean

FINAL = re.compile(r"final-v([1-9][0-9]*)")


@dataclass(frozen=True)
class Addition:
    """A paper added to an archive, with what its keeper should know."""

    added: Added
    remarks: tuple[str, ...]


def settings(workspace: Workspace) -> WorkspaceSettings:
    """The settings that hold for all papers; as they are unless set where there is no file. Raises Refused."""
    if not workspace.settings_file.exists():
        return WorkspaceSettings()
    loaded = load_settings(workspace, workspace.settings_file, WorkspaceSettings)
    if loaded.values is None:
        raise Refused(in_words(loaded.problems))
    return loaded.values


def archive_of(workspace: Workspace) -> Archive:
    """The archive of a workspace."""
    return Archive(workspace.root / settings(workspace).archive.folder)


def for_trying_out(workspace: Workspace, archive: Archive) -> str:
    """The warning that an archive lies where builds leave drafts; empty where it doesn't."""
    if not archive.folder.resolve().is_relative_to((workspace.root / "outputs").resolve()):
        return ""
    return (
        f"The archive {archive.folder} lies within outputs/: that is fit for trying out only. Set a folder of its own, "
        "on a disk that is backed up, under [archive] in reportgen.toml."
    )


def keeper(name: str | None) -> Keeper:
    """Who keeps the archive now: of that name, or as the machine knows the user."""
    if not name:
        try:
            name = getpass.getuser()
        except (KeyError, OSError, ImportError):
            name = "unknown"
    return Keeper(" ".join(name.split()), f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}")


def bundle_folder(workspace: Workspace, ref: PaperRef, month: str | None, draft: bool) -> Path:
    """The folder of a paper's last final bundle, or of its draft, of a month or the latest. Raises Unknown."""
    months = {
        path.name: found
        for path in sorted((workspace.root / "outputs" / ref.authority / ref.paper).glob("????-??"))
        if (found := _bundle(path, draft)) is not None
    }
    if month is None and months:
        return months[max(months)]
    if month in months:
        return months[str(month)]
    kind = "draft" if draft else "final bundle"
    if month is None or not months:
        of = f" for {month}" if month else ""
        raise Unknown(f"{ref} has no {kind}{of}: build it first{'' if draft else ', or add its draft with --draft'}.")
    raise Unknown(f"{ref} has no {kind} for {month}.{did_you_mean(month, months)} It has: {', '.join(months)}.")


def _bundle(folder: Path, draft: bool) -> Path | None:
    """The draft of a month, or its last final version; None where there is none."""
    if draft:
        return folder / "draft" if (folder / "draft").is_dir() else None
    versions = [int(match[1]) for path in folder.iterdir() if (match := FINAL.fullmatch(path.name)) and path.is_dir()]
    return folder / f"final-v{max(versions)}" if versions else None


def add_bundle(workspace: Workspace, archive: Archive, folder: Path, who: Keeper, inputs: bool = True) -> Addition:
    """The bundle in the archive, with what the settings let it keep. `inputs` false keeps none, whatever they say.

    Raises Refused where the bundle isn't what its manifest says, or inputs that are to be kept have changed.
    """
    taken = take(folder)
    _refuse_elsewhere(taken, folder)
    authority = settings(workspace).authorities.get(taken.manifest["paper"].split("/")[0])
    sources, remarks = _sources(workspace, taken)
    kept = _inputs(workspace, taken) if inputs and authority and authority.archive_inputs else []
    committee = taken.manifest["about"]["committee"]
    retention = authority.retention.get(committee) if authority else None
    added = add(archive, taken, [*sources, *kept], retention or PERMANENT, who)
    if not retention:
        remarks += _nothing_said(taken, authority, committee)
    return Addition(added, tuple(remarks))


def _refuse_elsewhere(taken: Taken, folder: Path) -> None:
    """Nothing. Raises Refused where a bundle stands where another paper's, month's or version's should."""
    told = taken.manifest
    name = f"{told['paper']}/{told['month']}/{Issue(told['version']).folder}"
    if folder.parts[-4:] != tuple(name.split("/")) or told["status"] != Issue(told["version"]).status:
        raise Refused(f"{folder} was not taken: by its manifest it is {name}. Put it where it was built.")


def _nothing_said(taken: Taken, authority: Authority | None, committee: str) -> list[str]:
    section = f"[authorities.{taken.manifest['paper'].split('/')[0]}.retention]"
    guess = did_you_mean(committee, authority.retention) if authority else ""
    return [f'Kept permanently: {section} in reportgen.toml says nothing of "{committee}".{guess}']


def _sources(workspace: Workspace, taken: Taken) -> tuple[list[Kept], list[str]]:
    """The templates and settings that the paper was made with, as far as they are as they were, and which aren't."""
    found = {name: _content(_file(workspace, name)) for name in taken.sources}
    kept = [Kept(name, "source", content) for name, content in _unchanged(found, taken.sources)]
    changed = sorted(taken.sources.keys() - {each.file for each in kept})
    said = "has changed since the build and was not kept: `archive verify --rebuild` will not be able to rebuild it."
    return kept, [f"{listed(changed)} {said}"] if changed else []


def _inputs(workspace: Workspace, taken: Taken) -> list[Kept]:
    """The inputs that the paper was made from, as they were then. Raises Refused where one isn't any more."""
    found = {name: _content(_file(workspace, name)) for name in taken.inputs}
    kept = [Kept(name, "input", content) for name, content in _unchanged(found, taken.inputs)]
    changed = sorted(taken.inputs.keys() - {each.file for each in kept})
    if changed:
        raise Refused(
            f"{taken.manifest['paper']} {taken.manifest['month']} was not taken: {listed(changed)} has changed since "
            "the build. Put it back as it was, build the paper again, or add it with --without-inputs."
        )
    return kept


def _unchanged(found: Mapping[str, bytes | None], wanted: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for name, content in found.items():
        if content is not None and sha256(content) == wanted[name]:
            yield name, content


def _file(workspace: Workspace, name: str) -> Path:
    return workspace.template(name) if name.startswith("templates/") else workspace.root / name


def _content(path: Path) -> bytes | None:
    """What a file holds; None where it can't be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None
