"""A bundle taken into an archive: its files first, flushed, then its entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportgen.deliver.archive import fulltext
from reportgen.deliver.archive.entry import PERMANENT, Entry, Paper, Said
from reportgen.deliver.archive.errors import Refused
from reportgen.deliver.archive.opening import Archive, Opened
from reportgen.deliver.archive.store import FILES, PRIVATE, SEALED
from reportgen.deliver.archive.taking import MANIFEST, Kept, Taken

OPENNESS = (FILES, PRIVATE, SEALED)


@dataclass(frozen=True)
class Keeper:
    """Who does something to an archive, and when: UTC, as in 2016-07-12T09:30:00Z."""

    name: str
    now: str


@dataclass(frozen=True)
class Added:
    """A paper in the archive; `already` says that it was there before, the very same."""

    paper: Paper
    already: bool = False


def add(archive: Archive, taken: Taken, made_with: Sequence[Kept], retention: str, keeper: Keeper) -> Added:
    """The bundle in the archive, with the sources and inputs that it was made with, as far as they are to be kept.

    `retention` is `permanent` or a number of years from the meeting. Raises Refused where the same was withdrawn or
    disposed of.
    """
    files = [*taken.files, *made_with]
    paper = described(taken, files, retention)
    with archive.writing() as opened:
        return enter_paper(opened, paper, files, keeper, fulltext.pages)


def enter_paper(
    opened: Opened, paper: Paper, files: Sequence[Kept], keeper: Keeper, read: Callable[[bytes], list[str]]
) -> Added:
    """A paper's files and entry in an archive that is being written, with a reference of its own.

    `read` gives the pages of a PDF, or raises ValueError.
    """
    if (known := _same(opened, paper)) is not None:
        return Added(known, already=True)
    edition, texts = _searched(files, read)
    paper = replace(paper, reference=_reference(opened, paper), supersedes=_superseded(opened, paper))
    places = _places(opened, files)
    with opened.register.transaction():
        opened.register.unsettle(places)
    for folder in OPENNESS:
        opened.store.put(folder, [each.content for each in files if places[each.holding.sha256] == folder])
    enter(opened, paper, keeper, edition=edition, texts=texts)
    return Added(paper)


def _searched(files: Sequence[Kept], read: Callable[[bytes], list[str]]) -> tuple[str, list[str]]:
    """The edition whose words are searched, the public one if there is one, and its pages. Raises Refused."""
    held = [each for each in files if each.role == "edition" and fulltext.is_paper(each.file)]
    papers = {each.file.split("/")[0]: each for each in held}
    for edition in ("public", "full", *papers):
        if edition in papers:
            try:
                return edition, read(papers[edition].content)
            except ValueError as wrong:
                raise Refused(f"{papers[edition].file} was not taken: it is {wrong}. Build it again.") from wrong
    return "", []


def enter(
    opened: Opened,
    said: Said,
    keeper: Keeper,
    in_hand: Sequence[str] = (),
    edition: str = "",
    texts: Sequence[str] = (),
    unlisted: bool = False,
) -> Entry:
    """The next entry, in the register and as a file; what it leaves to be done, `in_hand`, is noted with it, and done.

    `texts` are the pages of an edition to be searched; `unlisted` takes those of the entry's paper out.
    """
    with opened.register.transaction():
        number, before = opened.register.last()
        entry = Entry(number + 1, before, keeper.now, keeper.name, said)
        opened.register.append(entry)
        opened.register.unsettle(in_hand)
        fulltext.index(opened.register.database, said.reference, edition, texts)
        if unlisted:
            fulltext.drop(opened.register.database, said.reference)
        opened.prepare(entry)
    opened.finish()
    return entry


def described(taken: Taken, files: Sequence[Kept], retention: str) -> Paper:
    """What the register says of a bundle, but for its reference and what it supersedes."""
    told, about = taken.manifest, taken.manifest["about"]
    manifest = next(each for each in taken.files if each.file == MANIFEST)
    return Paper(
        reference="", authority=told["paper"].split("/")[0], authority_name=about["authority"], paper=told["paper"],
        month=told["month"], title=about["title"], subject=about["subject"], author=about["author"],
        language=about["language"], committee=about["committee"], meeting_date=about["meeting_date"],
        status=told["status"], version=told["version"], reissue_reason=told["reissue_reason"],
        editions=tuple(sorted(told["editions"])), retention=retention,
        retain_until=retain_until(about["meeting_date"], retention), supersedes="", manifest=manifest.holding.sha256,
        files=tuple(each.holding for each in files), origin={},
    )  # fmt: skip


def retain_until(meeting_date: str, retention: str) -> str:
    """The last day of a retention; empty where it has none. 29 February ends on the 28th where a year has no 29th."""
    if retention == PERMANENT:
        return ""
    year, rest = int(meeting_date[:4]) + int(retention.split()[0]), meeting_date[4:]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{year:04}{'-02-28' if rest == '-02-29' and not leap else rest}"


def _same(opened: Opened, paper: Paper) -> Paper | None:
    """The archived paper of the very same manifest, which names every file by its hash; None where there is none."""
    query = "SELECT reference, withdrawn, disposed FROM standing WHERE paper = ? AND month = ? AND manifest = ?"
    found = opened.register.database.execute(query, [paper.paper, paper.month, paper.manifest]).fetchone()
    if found is None:
        return None
    reference, withdrawn, disposed = found
    if withdrawn or disposed:
        how = "disposed of" if disposed else "withdrawn"
        raise Refused(f"{paper.paper} {paper.month} was not taken: it is {reference}, which was {how}.")
    return next(entry.said for entry in opened.register.entries(reference) if isinstance(entry.said, Paper))


def _superseded(opened: Opened, paper: Paper) -> str:
    """The reference of the last version of the same paper before this one; empty where there is none."""
    query = "SELECT reference FROM papers WHERE paper = ? AND month = ? AND version <= ? ORDER BY version, number"
    found = opened.register.database.execute(query, [paper.paper, paper.month, paper.version]).fetchall()
    return str(found[-1][0]) if found else ""


def _reference(opened: Opened, paper: Paper) -> str:
    """The paper's own reference if it brings one that is free, else the next of its authority and meeting's year."""
    free = opened.register.database.execute("SELECT 1 FROM papers WHERE reference = ?", [paper.reference]).fetchone()
    if paper.reference and not free:
        return paper.reference
    stem = f"{re.sub(r'[^A-Z0-9]+', '-', paper.authority.upper())}-{paper.meeting_date[:4]}-"
    query = "SELECT reference FROM papers WHERE substr(reference, 1, ?) = ?"
    taken = opened.register.database.execute(query, [len(stem), stem])
    numbers = [int(rest) for (reference,) in taken if (rest := reference.removeprefix(stem)).isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1:04}"


def _places(opened: Opened, files: Sequence[Kept]) -> dict[str, str]:
    """The folder in which each content belongs once these files are entered, by its hash."""
    places: dict[str, str] = {}
    for each in files:
        name, own = each.holding.sha256, FILES if each.role == "edition" else PRIVATE
        already = opened.register.belongs(name) or SEALED
        places[name] = min(own, already, places.get(name, SEALED), key=OPENNESS.index)
    return places
