"""Events of a run as lines for people and for machines."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from reportgen.journal import Journal

NOW = dt.datetime(2026, 3, 2, 2, 30, 1, tzinfo=dt.UTC)


def test_events_are_said_in_words_and_kept_for_machines(tmp_path: Path) -> None:
    said: list[str] = []
    journal = Journal(lambda: NOW, said.append, tmp_path / "logs")
    journal.event("built", "a/p 2026-01: draft built", paper="a/p 2026-01")
    journal.event("built", "Zoë\nand more")
    assert said == ["2026-03-02 02:30:01  a/p 2026-01: draft built", "2026-03-02 02:30:01  Zoë\nand more"]
    kept = (tmp_path / "logs" / "2026-03-02.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in kept] == [
        {"time": "2026-03-02T02:30:01+00:00", "event": "built", "words": "a/p 2026-01: draft built",
         "paper": "a/p 2026-01"},
        {"time": "2026-03-02T02:30:01+00:00", "event": "built", "words": "Zoë\nand more"},
    ]  # fmt: skip
    assert journal.counts == {"built": 2}


def test_an_address_loses_its_name(tmp_path: Path) -> None:
    said: list[str] = []
    journal = Journal(lambda: NOW, said.append, tmp_path)
    journal.event("failed", 'a.author@elsewhere.example: not allowed; "Zoë <z+1@b.example>", reports@-')
    assert said[0].endswith('  …@elsewhere.example: not allowed; "Zoë <…@b.example>", …@-')
    assert "a.author" not in (tmp_path / "2026-03-02.jsonl").read_text("utf-8")


def test_machines_may_read_what_is_said() -> None:
    said: list[str] = []
    Journal(lambda: NOW, said.append, as_json=True).event("ends", "nothing was due", sent=0)
    assert json.loads(said[0]) == {
        "time": "2026-03-02T02:30:01+00:00", "event": "ends", "words": "nothing was due", "sent": 0,
    }  # fmt: skip
