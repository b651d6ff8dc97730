"""The clearances of a paper's month as they stand in their file: who cleared it for which role, when, and what."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from reportgen.model import Clearance, Place, Problem, RoleState, Severity, Text

FILE = "clearances.json"
LOCK_SECONDS = 60
REMEDY = "Move the file away and have each role clear the paper again: reportgen clear."
_KEYS = tuple(field.name for field in fields(Clearance))
_ROLE = re.compile(r"[a-z][a-z0-9_]*")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def parse(source: Text) -> tuple[tuple[Clearance, ...], list[Problem]]:
    """The clearances of a file, one a role; or none, with what is wrong at its line."""
    if not source.text:
        return (), []
    try:
        told = json.loads(source.text)
    except json.JSONDecodeError as wrong:
        return (), [_broken(source, wrong.lineno, "JSON", f"a mistake: {wrong.msg}")]
    except RecursionError:
        return (), [_broken(source, 1, "JSON", "lists within lists without end")]
    if not isinstance(told, list):
        return (), [_broken(source, 1, "a list of clearances", "something else")]
    found: dict[str, Clearance] = {}
    for number, entry in enumerate(told, 1):
        made = _clearance(entry)
        if made is None or made.role in found:
            line = _line(source, made.role) if made else 1
            what = f"the role {made.role} again" if made else f"another thing as number {number}"
            return (), [_broken(source, line, f"a clearance of a role of its own with {', '.join(_KEYS)}", what)]
        found[made.role] = made
    return tuple(found.values()), []


def _broken(source: Text, line: int, expected: str, found: str) -> Problem:
    return Problem("bad-clearance", Place(source.file, line=line), expected, found, REMEDY)


def _clearance(entry: Any) -> Clearance | None:
    """An entry of the file as a clearance; None where it is none."""
    if not isinstance(entry, dict) or entry.keys() != set(_KEYS) or not all(isinstance(v, str) for v in entry.values()):
        return None
    if not (_ROLE.fullmatch(entry["role"]) and entry["name"].strip() and _FINGERPRINT.fullmatch(entry["fingerprint"])):
        return None
    try:
        return Clearance(**{**entry, "date": dt.date.fromisoformat(entry["date"])})
    except ValueError:
        return None


def _line(source: Text, role: str) -> int:
    """The last line of the file that names a role; 0 where none does as this module writes it."""
    lines = source.text.split("\n")
    return max((n for n, line in enumerate(lines, 1) if line.strip().rstrip(",") == f'"role": "{role}"'), default=0)


def states(roles: Iterable[str], clearances: Sequence[Clearance], fingerprint: str) -> tuple[RoleState, ...]:
    """How far each role is with clearing what has the fingerprint, in the order of the paper's settings."""
    known = {clearance.role: clearance for clearance in clearances}
    return tuple(
        RoleState(role, known.get(role), role in known and known[role].fingerprint == fingerprint) for role in roles
    )


def doubts(source: Text, told: Sequence[RoleState], clearances: Sequence[Clearance]) -> list[Problem]:
    """Notes on clearances that are void, since what they cleared has changed, and on those of no role of the paper."""
    found = []
    for state in told:
        if state.clearance and state.is_void:
            given = state.clearance
            expected = f"the figures and words that {given.person} cleared for {state.role} on {given.date:%d/%m/%Y}"
            remedy = "The clearance is void: have the paper cleared again, with reportgen clear."
            place = Place(source.file, line=_line(source, state.role))
            found.append(Problem("void-clearance", place, expected, "changed ones", remedy, Severity.NOTE))
    roles = {state.role for state in told}
    for given in clearances:
        if given.role not in roles:
            place, expected = Place(source.file, line=_line(source, given.role)), "clearances of roles of the paper"
            remedy = "It counts for nothing: paper.toml names no such role under clearance."
            found.append(Problem("unknown-role", place, expected, f'"{given.role}"', remedy, Severity.NOTE))
    return found


def written(clearances: Iterable[Clearance]) -> bytes:
    """The file that holds the clearances, in order of role."""
    entries = [
        {key: str(getattr(each, key)) for key in _KEYS} for each in sorted(clearances, key=lambda each: each.role)
    ]
    return (json.dumps(entries, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def record(path: Path, name: str, new: Clearance) -> list[Problem]:
    """What is wrong with the file as it stands; if nothing, the new clearance is put in place of its role's last.

    `name` is what problems call the file. It is whole at every moment; of two roles that clear at once none is lost.
    """
    from filelock import FileLock

    with FileLock(path.with_name(f".{path.name}.lock"), timeout=LOCK_SECONDS):
        return _record(path, name, new)


def _record(path: Path, name: str, new: Clearance) -> list[Problem]:
    content = path.read_text("utf-8-sig") if path.is_file() else ""
    standing, broken = parse(Text(name, content))
    if broken:
        return broken
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(written([*(each for each in standing if each.role != new.role), new]))
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return []
