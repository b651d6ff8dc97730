"""What was lost, altered or added is named; an entry removed or altered breaks the chain."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import archived

TABLE = hashlib.sha256(b"version 2").hexdigest()
PLACE = f"files/{TABLE[:2]}/{TABLE}"
NAMED = f"BARSETSHIRE-2020-0002 full/tables/months.csv ({PLACE})"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of three versions of a paper."""
    return archived(tmp_path, versions=3)


def faults(archive: Archive) -> list[str]:
    return list(map(str, verify(archive).faults))


def tampered(archive: Archive, *statements: str) -> None:
    """What somebody does to the register who takes its guards away."""
    database = sqlite3.connect(archive.register_file, isolation_level=None)
    for name in ("changed", "removed"):
        database.execute(f"DROP TRIGGER entries_are_never_{name}")
    for statement in statements:
        assert database.execute(statement).rowcount, statement
    database.close()


def test_a_whole_archive_has_no_faults_and_says_how_much_it_holds(archive: Archive) -> None:
    report = verify(archive)
    assert (report.entries, report.files, report.faults) == (3, 10, ())
    assert report.bytes == sum(path.stat().st_size for path in archive.folder.glob("*/??/*"))


def test_the_large_archive_that_is_measured_with_is_whole(tmp_path: Path) -> None:
    script = Path(__file__).parents[3] / "benchmarks" / "big_archive.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / "big"), "--entries", "30"], check=True)
    report = verify(Archive(tmp_path / "big"))
    assert (report.entries, report.files, report.faults) == (30, 150, ())


def test_a_lost_an_altered_and_an_added_file_are_named(archive: Archive) -> None:
    path = archive.folder / PLACE
    path.chmod(0o600)
    path.write_bytes(b"version 9")
    assert faults(archive) == [f"altered: {NAMED}"]
    path.unlink()
    assert faults(archive) == [f"lost: {NAMED}"]
    path.symlink_to("/etc/hostname")
    assert faults(archive) == [f"lost: {NAMED}"], "a link is no file"
    path.unlink()
    path.write_bytes(b"version 2")
    for name in ("files/ab/new", "private/new", "new", "entries/new", "entries/0000001.json"):
        (archive.folder / name).parent.mkdir(exist_ok=True)
        (archive.folder / name).write_bytes(b"new")
    assert faults(archive) == [
        "added: entries/0000001.json",
        "added: entries/new",
        "added: files/ab/new",
        "added: private/new",
        "added: new",
    ]


def test_a_file_in_the_wrong_folder_is_lost_there_and_added_here(archive: Archive) -> None:
    sealed = archive.folder / "sealed" / TABLE[:2] / TABLE
    sealed.parent.mkdir(parents=True)
    (archive.folder / PLACE).rename(sealed)
    assert faults(archive) == [f"lost: {NAMED}", f"added: sealed/{TABLE[:2]}/{TABLE}"]


UNREADABLE = """
import os, sys
from pathlib import Path
import filelock
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.verifying import verify
folder = Path(sys.argv[1])
if os.getuid() == 0:
    for path in [folder.parent, folder, *folder.rglob("*")]:
        os.chown(path, 65534, 65534)
    os.setgid(65534)
    os.setuid(65534)
(folder / sys.argv[2]).chmod(0)
print(*verify(Archive(folder)).faults, sep="\\n")
"""


@pytest.mark.skipif(os.name == "nt", reason="this system has no modes of files")
def test_a_file_that_can_not_be_read_is_named(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        moved = archive.folder.rename(Path(name, "archive"))
        command = [sys.executable, "-c", UNREADABLE, str(moved), PLACE]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.stdout.splitlines() == [f"unreadable: {NAMED}: Permission denied"], ended.stderr


def test_the_register_itself_refuses_to_change_or_remove_an_entry(archive: Archive) -> None:
    database = sqlite3.connect(archive.register_file, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="entries are never changed: a correction is a new entry"):
        database.execute("UPDATE entries SET text = ''")
    with pytest.raises(sqlite3.IntegrityError, match="entries are never removed: a disposal is a new entry"):
        database.execute("DELETE FROM entries")
    database.close()


def test_an_entry_altered_in_the_register_is_named_and_so_is_what_follows(archive: Archive) -> None:
    tampered(archive, "UPDATE entries SET text = replace(text, 'Ann', 'Bob') WHERE number = 2")
    assert faults(archive) == [
        "altered: entry 2 (BARSETSHIRE-2020-0002) was altered in the register",
        "altered: entries/000002.json is not what the register says",
        "broken: entry 3 (BARSETSHIRE-2020-0003) does not follow the entry before it",
    ]


def test_an_entry_altered_with_its_hash_and_its_file_still_breaks_the_chain(archive: Archive) -> None:
    with archive.reading() as opened:
        text = (opened.register.text(2) or "").replace("Ann", "Bob")
    digest = hashlib.sha256(text.encode()).hexdigest()
    tampered(archive, f"UPDATE entries SET text = replace(text, 'Ann', 'Bob'), hash = '{digest}' WHERE number = 2")
    path = archive.folder / "entries/000002.json"
    path.chmod(0o600)
    path.write_text(text, encoding="utf-8", newline="\n")
    assert faults(archive) == ["broken: entry 3 (BARSETSHIRE-2020-0003) does not follow the entry before it"]


def test_a_removed_entry_is_missed_in_the_middle_and_at_the_end(archive: Archive) -> None:
    tampered(archive, "DELETE FROM entries WHERE number = 2")
    assert "lost: entry 2 was removed from the register" in faults(archive)
    tampered_end = archived(archive.folder / "other", versions=2)
    tampered(tampered_end, "DELETE FROM entries WHERE number = 2")
    assert "lost: entry 2 was removed from the register; entries/000002.json still has it" in faults(tampered_end)


def test_an_entry_s_file_that_is_lost_or_altered_is_named(archive: Archive) -> None:
    (archive.folder / "entries/000001.json").unlink()
    (archive.folder / "entries/000002.json").chmod(0o600)
    (archive.folder / "entries/000002.json").write_text("{}")
    assert faults(archive) == [
        "lost: entries/000001.json",
        "altered: entries/000002.json is not what the register says",
    ]


def test_answers_that_the_register_would_give_otherwise_than_its_entries_are_named(archive: Archive) -> None:
    tampered(archive, "UPDATE papers SET title = 'Another' WHERE number = 1", "DELETE FROM holdings WHERE number = 2")
    assert faults(archive) == [
        "altered: what the register answers of BARSETSHIRE-2020-0001 is not what its entry says",
        "altered: what the register answers of BARSETSHIRE-2020-0002 is not what its entry says",
    ]
