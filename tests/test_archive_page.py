"""docs/archive.md: its commands check an archive without reportgen, and it tells every key and table there is."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reportgen.deliver.archive.entry import KINDS, Holding
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.register import VERSION
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import archived

PAGE = (Path(__file__).parent.parent / "docs" / "archive.md").read_text("utf-8")
CHAIN, FILES, PAPER = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
needs_tools = pytest.mark.skipif(shutil.which("sha256sum") is None, reason="this system has no sha256sum")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of three versions of a paper."""
    return archived(tmp_path, versions=3)


def typed(archive: Archive, commands: str) -> list[str]:
    ended = subprocess.run(["bash", "-c", commands], cwd=archive.folder, capture_output=True, text=True, check=False)
    return ended.stdout.splitlines()


@needs_tools
def test_the_chain_is_checked_by_hand(archive: Archive) -> None:
    assert typed(archive, CHAIN) == [f"The chain ends with {verify(archive).head}"]
    path = archive.folder / "entries/000002.json"
    path.chmod(0o600)
    path.write_text(path.read_text("utf-8").replace("Ann", "Bob"), encoding="utf-8")
    assert typed(archive, CHAIN)[0] == "entries/000003.json does not follow the one before"


@needs_tools
def test_the_files_are_checked_by_hand(archive: Archive) -> None:
    assert typed(archive, FILES) == ["Every file is what its name says"]
    name = hashlib.sha256(b"version 2").hexdigest()
    path = archive.folder / "files" / name[:2] / name
    path.chmod(0o600)
    path.write_bytes(b"altered")
    assert typed(archive, FILES) == [f"files/{name[:2]}/{name}: FAILED"]


@needs_tools
def test_a_paper_is_found_by_hand(archive: Archive, tmp_path: Path) -> None:
    pdf = (tmp_path / "final-v1/full/children-numbers-2020-03.pdf").read_bytes()
    (line,) = typed(archive, PAPER)
    assert line.strip() == f'"sha256": "{hashlib.sha256(pdf).hexdigest()}"'


def test_every_key_of_an_entry_and_every_table_stands_in_the_page(archive: Archive) -> None:
    keys = {field.name for kind in (*KINDS.values(), Holding) for field in dataclasses.fields(kind)}
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()
    with archive.reading() as opened:
        rows = opened.register.database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        tables = {name for (name,) in rows if not name.startswith(("pages_", "sqlite_"))}
    assert {name for name in tables if f"`{name}`" not in PAGE} == set()
    assert f"`PRAGMA user_version` is {VERSION}." in PAGE
