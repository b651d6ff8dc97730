"""Archived papers as a BagIt bag (RFC 8493), for another archive; and such a bag taken back.

data/<reference>/entry.json          the paper's entry, as it is kept
data/<reference>/dublin-core.xml     what it is, for any archive
data/<reference>/full/...            its files
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from reportgen.deliver.archive.adding import Added, Keeper, enter_paper
from reportgen.deliver.archive.asking import Standing, content, given_out, new_folder
from reportgen.deliver.archive.dublin_core import dublin_core
from reportgen.deliver.archive.entry import PERMANENT, Entry, Paper, parsed
from reportgen.deliver.archive.errors import Refused, Unknown
from reportgen.deliver.archive.fulltext import pages_apart
from reportgen.deliver.archive.opening import Archive, Opened
from reportgen.deliver.archive.taking import Kept, listed, plain_name

ENTRY, ABOUT = "entry.json", "dublin-core.xml"
ROLES = ("edition", "audit", "source", "input")
_REFERENCE = re.compile(r"[A-Z0-9-]+")
_RETENTION = re.compile(rf"{PERMANENT}|[1-9]\d{{0,2}} years?")


def export(opened: Opened, references: Sequence[str], to: Path, roles: Sequence[str], keeper: Keeper) -> Path:
    """The bag, written whole as the folder `to`, with the files of some roles. Raises Refused where a paper is out."""
    import bagit

    if to.exists():
        raise Unknown(f"{to} is there already: move it away, or give another folder.")
    papers = {standing.paper.reference: standing for standing in (given_out(opened, each) for each in references)}
    new = to.with_name(f".{to.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    try:
        new_folder(new, roles)
        for standing in papers.values():
            _write(opened, standing, new / standing.paper.reference, roles)
        about = {
            "Source-Organization": sorted({each.paper.authority_name for each in papers.values()}),
            "External-Identifier": list(papers),
            "Contact-Name": keeper.name,
            "Bagging-Date": keeper.now[:10],
        }
        with _quiet():
            bagit.make_bag(str(new), about, checksums=["sha256", "sha512"])
        to.parent.mkdir(parents=True, exist_ok=True)
        os.replace(new, to)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return to


def _write(opened: Opened, standing: Standing, folder: Path, roles: Sequence[str]) -> None:
    """Writes a paper's entry, its description and its files."""
    files = {each.file: content(opened, standing.paper, each) for each in standing.paper.files if each.role in roles}
    files |= {ENTRY: standing.entry.text.encode("utf-8"), ABOUT: dublin_core(standing.paper)}
    for name, written in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(written)


def take_back(archive: Archive, folder: Path, keeper: Keeper) -> list[Added]:
    """The papers of a bag in the archive, all or, where anything of the bag can't be trusted, none. Raises Refused."""
    _examine(folder)
    papers = [_paper(place, folder) for place in sorted((folder / "data").iterdir())]
    if not papers:
        raise Refused(f"{folder} was not taken: it holds no paper.")
    with archive.writing() as opened:
        return [enter_paper(opened, paper, files, keeper, pages_apart) for paper, files in papers]


def _examine(folder: Path) -> None:
    """Nothing. Raises Unknown where there is no bag, Refused where it isn't sound or leads out of its folder."""
    import bagit

    if not (folder / "bagit.txt").is_file():
        raise Unknown(f"{folder} is no bag: it has no bagit.txt.")
    odd = [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or not (path.is_file() or path.is_dir())
    ]
    if folder.is_symlink() or odd:
        raise Refused(f"{folder} was not taken: {listed(odd) or 'it'} is no file but a link or a device.")
    if (folder / "fetch.txt").exists():
        raise Refused(f"{folder} was not taken: its fetch.txt names files that would have to be fetched.")
    try:
        with _quiet():
            bagit.Bag(str(folder)).validate()
    except (bagit.BagError, UnicodeError, OSError) as wrong:
        raise Refused(f"{folder} was not taken, since the bag is not sound: {' '.join(str(wrong).split())}") from wrong


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing is logged by bagit: what it would say is raised as well."""
    log = logging.getLogger("bagit")
    was, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = was


def _paper(place: Path, folder: Path) -> tuple[Paper, list[Kept]]:
    """A paper of a bag and its files, each what the entry says. What the bag was made without isn't listed any more."""
    try:
        text = (place / ENTRY).read_bytes().decode("utf-8")
        if (entry := parsed(text)).text != text:
            raise ValueError
    except (OSError, ValueError):
        raise Refused(f"{folder} was not taken: data/{place.name} has no {ENTRY} that is an entry.") from None
    paper = entry.said
    if not isinstance(paper, Paper) or not _sound(paper) or paper.reference != place.name:
        raise Refused(f"{folder} was not taken: data/{place.name}/{ENTRY} is not the entry of that paper.")
    found = {path.relative_to(place).as_posix(): path for path in sorted(place.rglob("*")) if path.is_file()}
    told = {each.file: each for each in paper.files}
    faults = [f"{name} is not in the entry" for name in found if name not in {*told, ENTRY, ABOUT}]
    files = [Kept(name, each.role, found[name].read_bytes()) for name, each in told.items() if name in found]
    faults += [f"{each.file} is not what the entry says" for each in files if each.holding != told[each.file]]
    faults += [f"{name} is missing" for name, each in told.items() if each.role == "edition" and name not in found]
    if faults:
        raise Refused(f"{folder} was not taken: data/{place.name}/{listed(faults)}.")
    return replace(paper, files=tuple(each.holding for each in files), origin=_origin(entry)), files


def _origin(entry: Entry) -> dict[str, str]:
    """Where an imported paper's entry stood."""
    told = {"number": str(entry.number), "hash": entry.hash, "added_at": entry.added_at, "added_by": entry.added_by}
    return {"reference": entry.said.reference, **told}


def _sound(paper: Paper) -> bool:
    """Whether an entry from elsewhere says what entries say, and names no file outside its folder."""
    texts = [value for name, value in vars(paper).items() if name not in ("version", "editions", "files", "origin")]
    sound = all(isinstance(text, str) for text in (*texts, *paper.editions)) and isinstance(paper.version, int)
    if not sound or not _REFERENCE.fullmatch(paper.reference) or not _RETENTION.fullmatch(paper.retention):
        return False
    try:
        dt.date.fromisoformat(paper.meeting_date)
    except ValueError:
        return False
    return paper.paper.count("/") == 1 and all(
        isinstance(each.file, str) and plain_name(each.file) and each.role in ROLES for each in paper.files
    )
