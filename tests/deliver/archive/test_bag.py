"""Papers as a bag for another archive, and taken back; a bag that can't be trusted is refused."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import bagit
import pytest

from reportgen.deliver.archive import bag, fulltext
from reportgen.deliver.archive.adding import Keeper
from reportgen.deliver.archive.asking import figure, find
from reportgen.deliver.archive.dublin_core import DC
from reportgen.deliver.archive.errors import Refused, Unknown
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.retiring import withdraw
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import KEEPER, added, archived, bundle, pdf

FIRST, SECOND = "BARSETSHIRE-2020-0001", "BARSETSHIRE-2020-0002"
LATER = Keeper("Bob Keeper", "2030-01-01T00:00:00Z")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of two versions of a paper."""
    return archived(tmp_path, versions=2)


def exported(archive: Archive, to: Path, *references: str, roles: tuple[str, ...] = ("edition",)) -> Path:
    with archive.reading() as opened:
        return bag.export(opened, references or (FIRST,), to, roles, KEEPER)


def manifests_renewed(folder: Path) -> None:
    """Makes a bag valid again after its payload was changed, as one who forges it would."""
    bagit.Bag(str(folder)).save(manifests=True)


def refused(archive: Archive, folder: Path) -> str:
    with pytest.raises(Refused) as caught:
        bag.take_back(archive, folder, LATER)
    return str(caught.value).replace(str(folder), "BAG")


def test_a_bag_validates_with_the_standard_tool_and_says_what_it_holds(archive: Archive, tmp_path: Path) -> None:
    folder = exported(archive, tmp_path / "bag", FIRST, SECOND)
    command = [sys.executable, "-m", "bagit", "--validate", str(folder)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    about = bagit.Bag(str(folder)).info
    assert about["External-Identifier"] == [FIRST, SECOND]
    assert about["Source-Organization"] == "Barsetshire County Council"
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    assert names == [
        "bag-info.txt", "bagit.txt",
        *(f"data/{reference}/{name}" for reference in (FIRST, SECOND) for name in (
            "dublin-core.xml", "entry.json", "full/children-numbers-2020-03.pdf", "full/figures.csv",
            "full/tables/months.csv",
        )),
        "manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt",
    ]  # fmt: skip


def test_a_paper_is_described_in_dublin_core(archive: Archive, tmp_path: Path) -> None:
    folder = exported(archive, tmp_path / "bag", SECOND)
    told = ElementTree.parse(folder / "data" / SECOND / "dublin-core.xml").getroot()
    assert [(each.tag.removeprefix(f"{{{DC}}}"), each.text) for each in told] == [
        ("title", "Children looked after"),
        ("creator", "Children's services"),
        ("publisher", "Barsetshire County Council"),
        ("contributor", "Children's Committee"),
        ("subject", "Numbers by month"),
        ("description", "barsetshire/children-numbers 2020-03, version 2, to the Children's Committee"),
        ("date", "2020-04-21"),
        ("type", "Text"),
        ("format", "text/csv"),
        ("format", "application/pdf"),
        ("identifier", SECOND),
        ("language", "en-GB"),
        ("relation", f"replaces {FIRST}"),
        ("coverage", "2020-03"),
    ]


def test_another_archive_takes_a_bag_in_with_where_it_came_from(archive: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path / "other")
    folder = exported(archive, tmp_path / "bag", FIRST, SECOND, roles=bag.ROLES)
    assert [each.paper.reference for each in bag.take_back(other, folder, LATER)] == [FIRST, SECOND]
    assert verify(other).faults == ()
    if os.name != "nt":
        assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "data")} == {0o700}
    with archive.reading() as theirs, other.reading() as ours:
        before, after = find(theirs, SECOND), find(ours, SECOND)
        assert after.paper.files == before.paper.files
        assert (after.entry.added_by, after.entry.added_at) == ("Bob Keeper", LATER.now)
        assert after.paper.origin == {
            "reference": SECOND, "number": "2", "hash": before.entry.hash, "added_at": KEEPER.now,
            "added_by": KEEPER.name,
        }  # fmt: skip
        assert figure(ours, SECOND, "children_last")["value"] == "209"


def test_a_bag_of_what_the_archive_has_is_already_there(archive: Archive, tmp_path: Path) -> None:
    folder = exported(archive, tmp_path / "bag")
    assert [(each.already, each.paper.reference) for each in bag.take_back(archive, folder, LATER)] == [(True, FIRST)]
    assert verify(archive).entries == 2


def test_a_reference_that_another_paper_has_is_not_given_twice(archive: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path / "other")
    added(other, bundle(tmp_path / "x", month="2020-04"))
    (taken,) = bag.take_back(other, exported(archive, tmp_path / "bag"), LATER)
    assert (taken.paper.reference, taken.paper.origin["reference"]) == (SECOND, FIRST)


def test_a_withdrawn_paper_is_not_exported_nor_is_an_old_bag_overwritten(archive: Archive, tmp_path: Path) -> None:
    folder = exported(archive, tmp_path / "bag")
    with pytest.raises(Unknown) as there:
        exported(archive, folder)
    assert str(there.value) == f"{folder} is there already: move it away, or give another folder."
    withdraw(archive, FIRST, "a name", KEEPER)
    with pytest.raises(Refused) as caught:
        exported(archive, tmp_path / "bag2", SECOND, FIRST)
    assert str(caught.value) == f"{FIRST} was withdrawn on 2020-05-01: a name."
    assert not (tmp_path / "bag2").exists()
    assert refused(archive, folder) == (
        f"barsetshire/children-numbers 2020-03 was not taken: it is {FIRST}, which was withdrawn."
    )


def test_a_bag_with_links_is_refused_before_it_is_read(archive: Archive, tmp_path: Path) -> None:
    folder = exported(archive, tmp_path / "bag")
    (folder / "data" / FIRST / "link").symlink_to("/etc/passwd")
    assert refused(archive, folder) == f"BAG was not taken: data/{FIRST}/link is no file but a link or a device."


def test_a_bag_that_names_files_outside_it_is_refused(archive: Archive, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"secret")
    folder = exported(archive, tmp_path / "bag")
    with (folder / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(f"{hashlib.sha256(b'secret').hexdigest()}  data/../../outside\n")
    assert refused(archive, folder).startswith("BAG was not taken, since the bag is not sound: ")
    (folder / "fetch.txt").write_text("http://example.org/x 6 data/x\n")
    assert refused(archive, folder) == ("BAG was not taken: its fetch.txt names files that would have to be fetched.")


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "full/../../x", "C:\\x", "full/x.", "a\nb", ""])
def test_an_entry_that_names_files_outside_its_folder_is_refused(archive: Archive, tmp_path: Path, name: str) -> None:
    folder = exported(archive, tmp_path / "bag")
    path = folder / "data" / FIRST / "entry.json"
    told = json.loads(path.read_text("utf-8"))
    told["files"][-1]["file"] = name
    text = json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    manifests_renewed(folder)
    assert refused(archive, folder) == f"BAG was not taken: data/{FIRST}/entry.json is not the entry of that paper."


def test_files_that_are_not_what_the_entry_says_are_refused(archive: Archive, tmp_path: Path) -> None:
    folder = exported(archive, tmp_path / "bag")
    place = folder / "data" / FIRST
    (place / "full/figures.csv").write_bytes(b"altered")
    assert refused(archive, folder).startswith("BAG was not taken, since the bag is not sound: ")
    (place / "full/tables/months.csv").unlink()
    (place / "new.csv").write_bytes(b"new")
    manifests_renewed(folder)
    assert refused(archive, folder) == (
        f"BAG was not taken: data/{FIRST}/new.csv is not in the entry, "
        "full/figures.csv is not what the entry says, full/tables/months.csv is missing."
    )
    (place / "entry.json").write_text("{}")
    manifests_renewed(folder)
    assert refused(archive, folder) == f"BAG was not taken: data/{FIRST} has no entry.json that is an entry."


def test_a_paper_that_can_not_be_read_is_refused_whatever_it_does_to_its_reader(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = exported(archive, tmp_path / "bag")
    said = "full/children-numbers-2020-03.pdf was not taken: it is no PDF that can be read. Build it again."
    with monkeypatch.context() as patch:
        patch.setattr(fulltext, "SECONDS", 0.001)
        assert refused(Archive(tmp_path / "other"), folder) == said
    path = folder / "data" / FIRST / "full/children-numbers-2020-03.pdf"
    was = hashlib.sha256(path.read_bytes()).hexdigest()
    size = path.stat().st_size
    path.write_bytes(b"no PDF")
    entry = folder / "data" / FIRST / "entry.json"
    text = entry.read_text("utf-8").replace(was, hashlib.sha256(b"no PDF").hexdigest())
    entry.write_text(text.replace(f'"bytes": {size}', '"bytes": 6'), encoding="utf-8", newline="\n")
    manifests_renewed(folder)
    assert refused(Archive(tmp_path / "other"), folder) == said


def test_what_a_reader_of_its_own_reads_is_what_is_read_here() -> None:
    made = pdf("Words \xa3", "More words")
    assert fulltext.pages_apart(made) == fulltext.pages(made) == ["Words \xa3", "More words"]


def test_a_folder_that_is_no_bag_is_told(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(Unknown) as caught:
        bag.take_back(archive, tmp_path, LATER)
    assert str(caught.value) == f"{tmp_path} is no bag: it has no bagit.txt."
