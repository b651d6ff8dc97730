"""The file of clearances: read, written whole, and told what is wrong with it."""

from __future__ import annotations

import datetime as dt
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reportgen import clearances
from reportgen.clearances import doubts, parse, record, states, written
from reportgen.model import Clearance, RoleState, Text

NAME = "inputs/a/2020-03/p/clearances.json"
FINANCE = Clearance("finance", "A Person", "Finance Manager", dt.date(2020, 4, 2), "a" * 64)
LEGAL = Clearance("legal", "Zoë <b>", "", dt.date(2020, 4, 3), "b" * 64)
REMEDY = "Move the file away and have each role clear the paper again: reportgen clear."


def text(content: bytes | str) -> Text:
    return Text(NAME, content if isinstance(content, str) else content.decode("utf-8"))


def test_what_is_written_is_what_is_read_in_order_of_role() -> None:
    content = written([LEGAL, FINANCE])
    assert parse(text(content)) == ((FINANCE, LEGAL), [])
    assert [list(each.values()) for each in json.loads(content)] == [
        ["finance", "A Person", "Finance Manager", "2020-04-02", "a" * 64],
        ["legal", "Zoë <b>", "", "2020-04-03", "b" * 64],
    ]
    assert parse(text("")) == ((), [])


ENTRY = json.loads(written([FINANCE]))[0]
KEYS = "role, name, post, date, fingerprint"


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('[\n {"role" "x"}\n]', 2, "expected JSON, found a mistake: Expecting ':' delimiter"),
        ("{}", 1, "expected a list of clearances, found something else"),
        ("[1]", 1, f"expected a clearance of a role of its own with {KEYS}, found another thing as number 1"),
        (
            json.dumps([{**ENTRY, "date": "1 April"}]),
            1,
            f"expected a clearance of a role of its own with {KEYS}, found another thing as number 1",
        ),
        (
            json.dumps([ENTRY, {**ENTRY, "role": "legal", "fingerprint": "x"}]),
            1,
            f"expected a clearance of a role of its own with {KEYS}, found another thing as number 2",
        ),
        (
            json.dumps([{**ENTRY, "more": "x"}]),
            1,
            f"expected a clearance of a role of its own with {KEYS}, found another thing as number 1",
        ),
        (
            json.dumps([ENTRY, ENTRY], indent=2),
            10,
            f"expected a clearance of a role of its own with {KEYS}, found the role finance again",
        ),
    ],
)
def test_a_broken_file_is_told_at_its_line(content: str, line: int, said: str) -> None:
    found, problems = parse(text(content))
    assert found == ()
    assert [p.message for p in problems] == [f"{NAME}, line {line}: {said}.\n  {REMEDY}  [bad-clearance]"]


def test_a_file_nested_without_end_is_told() -> None:
    assert [p.code for p in parse(text("[" * 100_000))[1]] == ["bad-clearance"]


def test_a_new_clearance_takes_the_place_of_its_roles_last_and_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "clearances.json"
    assert record(path, NAME, LEGAL) == record(path, NAME, FINANCE) == []
    newer = Clearance("legal", "Another", "", dt.date(2020, 4, 9), "c" * 64)
    assert record(path, NAME, newer) == []
    assert path.read_bytes() == written([FINANCE, newer])
    assert sorted(os.listdir(tmp_path)) == [".clearances.json.lock", "clearances.json"]


def test_a_broken_file_is_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "clearances.json"
    path.write_text("[1]")
    assert [p.code for p in record(path, NAME, LEGAL)] == ["bad-clearance"]
    assert path.read_text() == "[1]"


def test_a_write_that_fails_leaves_the_last_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "clearances.json"
    record(path, NAME, FINANCE)

    def failing(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(clearances.os, "replace", failing)
    with pytest.raises(OSError, match="no"):
        record(path, NAME, LEGAL)
    monkeypatch.undo()
    assert path.read_bytes() == written([FINANCE])
    assert sorted(os.listdir(tmp_path)) == [".clearances.json.lock", "clearances.json"]


def test_of_many_roles_that_clear_at_once_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "clearances.json"
    given = [Clearance(f"role_{n}", "A. Person", "", dt.date(2016, 7, 1), "0" * 64) for n in range(12)]
    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(lambda each: record(path, NAME, each), given)) == [[]] * 12
    found, problems = parse(Text(NAME, path.read_text("utf-8")))
    assert (sorted(each.role for each in found), problems) == (sorted(each.role for each in given), [])


def test_a_clearance_holds_for_what_it_was_given_for() -> None:
    told = states(("legal", "finance", "equality"), (FINANCE, LEGAL), "a" * 64)
    assert told == (RoleState("legal", LEGAL, False), RoleState("finance", FINANCE, True), RoleState("equality"))
    assert [each.is_void for each in told] == [True, False, False]


def test_void_clearances_and_those_of_no_role_are_notes_at_their_lines() -> None:
    source, given = text(written([FINANCE, LEGAL])), (FINANCE, LEGAL)
    told = doubts(source, states(("finance",), given, "c" * 64), given)
    assert [problem.message for problem in told] == [
        f"{NAME}, line 3: expected the figures and words that A Person, Finance Manager cleared for finance on "
        "02/04/2020, found changed ones.\n"
        "  The clearance is void: have the paper cleared again, with reportgen clear.  [void-clearance]",
        f'{NAME}, line 10: expected clearances of roles of the paper, found "legal".\n'
        "  It counts for nothing: paper.toml names no such role under clearance.  [unknown-role]",
    ]
    assert {problem.severity.value for problem in told} == {"note"}
