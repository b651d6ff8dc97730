"""Bundles taken in: what is entered, what is refused, and how the files are kept."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest

from reportgen.deliver.archive.adding import add, retain_until
from reportgen.deliver.archive.entry import FIRST, Entry, Withdrawal, parsed
from reportgen.deliver.archive.errors import Refused, Unknown
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.taking import Kept, take
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import KEEPER, added, archived, bundle, everything


def entry(archive: Archive, number: int) -> dict[str, object]:
    return dict(json.loads((archive.folder / "entries" / f"{number:06}.json").read_text("utf-8")))


def test_an_entry_says_what_the_paper_is_and_who_added_it(tmp_path: Path) -> None:
    archive = archived(tmp_path)
    told = entry(archive, 1)
    files = told.pop("files")
    manifest = (tmp_path / "final-v1/audit/manifest.json").read_bytes()
    assert told == {
        "kind": "paper", "number": 1, "before": FIRST, "reference": "BARSETSHIRE-2020-0001",
        "added_at": "2020-05-01T09:30:00Z", "added_by": "Ann Clerk", "authority": "barsetshire",
        "authority_name": "Barsetshire County Council", "paper": "barsetshire/children-numbers", "month": "2020-03",
        "title": "Children looked after", "subject": "Numbers by month", "author": "Children's services",
        "language": "en-GB", "committee": "Children's Committee", "meeting_date": "2020-04-21", "status": "final",
        "version": 1, "reissue_reason": "", "editions": ["full"], "retention": "permanent", "retain_until": "",
        "supersedes": "", "manifest": hashlib.sha256(manifest).hexdigest(), "origin": {},
    }  # fmt: skip
    assert isinstance(files, list)
    assert [(each["file"], each["role"], each["bytes"]) for each in files][1:3] == [
        ("audit/manifest.json", "audit", len(manifest)),
        ("audit/problems.json", "audit", 3),
    ]


def test_each_entry_names_the_hash_of_the_file_of_the_one_before(tmp_path: Path) -> None:
    archive = archived(tmp_path, versions=3)
    files = sorted((archive.folder / "entries").iterdir())
    assert [path.name for path in files] == ["000001.json", "000002.json", "000003.json"]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    assert [entry(archive, number)["before"] for number in (1, 2, 3)] == [FIRST, *hashes[:2]]
    assert verify(archive).head == hashes[2]


def test_files_are_kept_once_read_only_and_apart_by_what_they_are_for(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    kept = [Kept("inputs/a.csv", "input", b"children"), Kept("reportgen.toml", "source", b"settings")]
    add(archive, take(bundle(tmp_path / "v1")), kept, "permanent", KEEPER)
    added(archive, bundle(tmp_path / "v2", 2))
    names = [name for name in everything(archive.folder) if "/" in name]
    assert [sum(name.startswith(f"{folder}/") for name in names) for folder in ("files", "private", "entries")] == [
        4,  # a PDF, the data that both have, a table of each: the PDFs are the same
        6,  # the audit's figures and problems, a manifest each, a source, an input
        2,
    ]
    if os.name != "nt":
        modes = {stat.S_IMODE(path.stat().st_mode) for path in archive.folder.rglob("*/*") if path.is_file()}
        assert modes == {0o400}
        folders = [archive.folder, *(path for path in archive.folder.rglob("*") if path.is_dir())]
        assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
        assert stat.S_IMODE(archive.register_file.stat().st_mode) == 0o600


def test_a_content_that_becomes_public_moves_and_one_that_is_so_stays(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    table = b"version 1"
    name = hashlib.sha256(table).hexdigest()
    first = bundle(tmp_path / "v2", 2)
    add(archive, take(first), [Kept("inputs/a.csv", "input", table)], "permanent", KEEPER)
    assert (archive.folder / "private" / name[:2] / name).is_file()
    add(archive, take(bundle(tmp_path / "v1", 1)), [Kept("inputs/a.csv", "input", table)], "permanent", KEEPER)
    assert (archive.folder / "files" / name[:2] / name).is_file()
    assert verify(archive).faults == ()


def test_the_very_same_bundle_again_is_already_there(tmp_path: Path) -> None:
    archive = archived(tmp_path)
    before = everything(archive.folder)
    again = added(archive, tmp_path / "final-v1")
    assert (again.already, again.paper.reference) == (True, "BARSETSHIRE-2020-0001")
    assert everything(archive.folder) == before


def test_a_later_version_supersedes_the_one_before_and_an_earlier_one_added_later_does_not(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    superseded = [added(archive, bundle(tmp_path / str(version), version)).paper.supersedes for version in (0, 2, 1, 3)]
    numbers = ["", "BARSETSHIRE-2020-0001", "BARSETSHIRE-2020-0001", "BARSETSHIRE-2020-0002"]
    assert superseded == numbers
    with archive.reading() as opened:
        rows = opened.register.database.execute("SELECT reference, superseded_by FROM standing ORDER BY version")
        assert [tuple(number[-1:] for number in row) for row in rows] == [("1", "3"), ("3", "2"), ("2", "4"), ("4", "")]


def test_references_count_by_authority_and_year_of_the_meeting(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    made = [
        bundle(tmp_path / "a"),
        bundle(tmp_path / "b", paper="barsetshire/savings"),
        bundle(tmp_path / "c", month="2020-12", meeting_date="2021-01-12"),
        bundle(tmp_path / "d", paper="east wessex/savings"),
    ]
    assert [added(archive, folder).paper.reference for folder in made] == [
        "BARSETSHIRE-2020-0001", "BARSETSHIRE-2020-0002", "BARSETSHIRE-2021-0001", "EAST-WESSEX-2020-0001",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("retention", "until"),
    [("permanent", ""), ("6 years", "2026-04-21"), ("1 year", "2021-04-21")],
)
def test_a_retention_runs_from_the_meeting(tmp_path: Path, retention: str, until: str) -> None:
    assert added(Archive(tmp_path / "archive"), bundle(tmp_path / "v1"), retention).paper.retain_until == until


def test_a_retention_from_29_february_ends_on_a_day_that_there_is() -> None:
    assert retain_until("2020-02-29", "6 years") == "2026-02-28"
    assert retain_until("2020-02-29", "4 years") == "2024-02-29"
    assert retain_until("2096-02-29", "4 years") == "2100-02-28"


def test_a_bundle_that_is_not_what_its_manifest_says_is_refused_with_every_file(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "v1")
    (folder / "full/figures.csv").write_bytes(b"altered")
    (folder / "full/tables/months.csv").unlink()
    (folder / "full/new.csv").write_bytes(b"new")
    with pytest.raises(Refused) as caught:
        added(Archive(tmp_path / "archive"), folder)
    assert str(caught.value) == (
        f"{folder} was not taken, since it is not what its manifest says. Build it again.\n"
        "  full/figures.csv was altered after the build\n"
        "  full/new.csv is not in the manifest\n"
        "  full/tables/months.csv is missing"
    )
    assert not (tmp_path / "archive").exists()


def test_links_manifests_that_are_none_and_bundles_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unknown) as missing:
        take(tmp_path / "v1")
    assert str(missing.value) == f"There is no bundle {tmp_path / 'v1'}: build it first."
    folder = bundle(tmp_path / "v1")
    (folder / "full/link").symlink_to("/etc/passwd")
    with pytest.raises(Refused) as linked:
        take(folder)
    assert str(linked.value) == f"{folder} was not taken: full/link is no file but a link or a device."
    (folder / "full/link").unlink()
    (folder / "audit/manifest.json").write_text("{}")
    with pytest.raises(Refused) as old:
        take(folder)
    assert str(old.value) == (
        f"{folder} was not taken: its audit/manifest.json is none, or an older reportgen's. Build it again."
    )


def test_an_entry_is_read_as_it_was_written_and_nothing_else_is(tmp_path: Path) -> None:
    made = Entry(1, FIRST, KEEPER.now, KEEPER.name, Withdrawal("X-2020-0001", "a name “in” it"))
    assert parsed(made.text) == made
    for text in ("{}", "no JSON", made.text.replace('"kind": "w', '"kind": "x')):
        with pytest.raises(ValueError, match="entry"):
            parsed(text)


def test_a_folder_of_other_things_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "full"
    for name in ("inputs", "outputs", "templates", "a.txt", "reportgen.toml", ".git"):
        (folder / name).mkdir(parents=True)
    with pytest.raises(Refused) as refused:
        add(Archive(folder), take(bundle(tmp_path / "v1")), [], "permanent", KEEPER)
    assert str(refused.value) == (
        f"{folder} is no archive, and it isn't empty (a.txt, inputs, outputs, reportgen.toml and more). "
        "Give the archive a folder of its own: [archive] folder in reportgen.toml."
    )
    assert len(list(folder.iterdir())) == 6


def test_what_a_first_command_left_when_it_died_is_no_other_thing(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    for name in ("files", "private", "entries"):
        (folder / name).mkdir(parents=True)
    (folder / ".lock").touch()
    add(Archive(folder), take(bundle(tmp_path / "v1")), [], "permanent", KEEPER)
    assert verify(Archive(folder)).faults == ()
