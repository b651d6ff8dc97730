"""Drafts and logs that have been kept long enough."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

from reportgen.purging import purge
from reportgen.settings import RunSettings
from reportgen.workspace import Workspace

SETTINGS = RunSettings(keep_drafts=30, keep_logs=10)


def bundle(folder: Path, meeting: str, built: str = "2020-04-01") -> None:
    (folder / "audit").mkdir(parents=True)
    manifest = folder / "audit" / "manifest.json"
    manifest.write_text(json.dumps({"about": {"meeting_date": meeting}}))
    then = dt.datetime.fromisoformat(f"{built}T12:00").timestamp()
    os.utime(manifest, (then, then))


def test_drafts_go_after_their_meeting_and_logs_after_their_day(tmp_path: Path) -> None:
    papers = tmp_path / "outputs" / "a" / "p"
    bundle(papers / "2020-03" / "draft", "2020-04-21")
    bundle(papers / "2020-03" / "final-v1", "2020-04-21")
    bundle(papers / "2020-04" / "draft", "2020-04-22")
    bundle(papers / "2020-05" / "draft", "some day")
    (papers / "2020-06" / "draft").mkdir(parents=True)
    logs = tmp_path / "outputs" / "logs"
    logs.mkdir()
    for name in ("2020-05-11.jsonl", "2020-05-12.jsonl", "9999-99-99.jsonl", "notes.txt"):
        (logs / name).touch()
    assert purge(Workspace(tmp_path), SETTINGS, dt.date(2020, 5, 22)) == [
        "outputs/a/p/2020-03/draft",
        "outputs/logs/2020-05-11.jsonl",
    ]
    assert not (papers / "2020-03" / "draft").exists()
    assert sorted(p.name for p in papers.glob("*/[!.]*")) == ["draft", "draft", "draft", "final-v1"]
    assert sorted(p.name for p in logs.iterdir()) == ["2020-05-12.jsonl", "9999-99-99.jsonl", "notes.txt"]
    assert purge(Workspace(tmp_path), SETTINGS, dt.date(2020, 5, 22)) == []


def test_a_draft_built_long_after_its_meeting_is_kept_as_long_as_others(tmp_path: Path) -> None:
    bundle(tmp_path / "outputs/a/p/2016-05/draft", "2016-07-12", built="2020-04-22")
    assert purge(Workspace(tmp_path), SETTINGS, dt.date(2020, 5, 22)) == []
    assert purge(Workspace(tmp_path), SETTINGS, dt.date(2020, 5, 23)) == ["outputs/a/p/2016-05/draft"]


def test_what_cron_appends_to_is_emptied_once_it_is_large(tmp_path: Path) -> None:
    log = tmp_path / "outputs" / "cron.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * 1_000_000)
    assert purge(Workspace(tmp_path), SETTINGS, dt.date(2020, 5, 22)) == []
    log.write_bytes(b"x" * 1_000_001)
    assert purge(Workspace(tmp_path), SETTINGS, dt.date(2020, 5, 22)) == ["outputs/cron.log"]
    assert log.read_bytes() == b""


def test_nothing_built_is_nothing_to_purge(tmp_path: Path) -> None:
    assert purge(Workspace(tmp_path), SETTINGS, dt.date(2020, 5, 22)) == []
