"""The audit folder of a bundle: where every figure came from, what was used, what was wrong. Never published."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reportgen import __version__
from reportgen.model import Issue, Place, Problem, RawFile, RoleState, column_letter
from reportgen.render.data import HEADINGS, as_csv, plain_value, shown_as
from reportgen.trace import Figure
from reportgen.wording import House

LIBRARIES = (
    "weasyprint",
    "pandas",
    "matplotlib",
    "jinja2",
    "python-calamine",
    "openpyxl",
    "pandera",
    "markdown-it-py",
    "babel",
    "afcharts",
)


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def as_json(value: Any) -> bytes:
    """A value as JSON for people and machines: sorted keys, two spaces, UTF-8, a line end."""
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")


def figures_with_cells(figures: Mapping[str, Figure], printed: Mapping[str, str], house: House) -> bytes:
    """One row a figure, in order of name, with the cells counted and those examined."""
    rows = []
    for name, figure in sorted(figures.items()):
        counted, examined = ("; ".join(map(str, cells)) for cells in (figure.counted(), figure.examined()))
        rows.append(
            (
                name,
                plain_value(figure),
                str(figure.unit),
                shown_as(name, figure, printed, house),
                figure.how,
                counted,
                examined,
            )
        )
    return as_csv([(*HEADINGS, "cells_counted", "cells_examined"), *rows])


def manifest(
    paper: str,
    month: str,
    issue: Issue,
    about: Mapping[str, str],
    inputs: Sequence[RawFile],
    texts: Mapping[str, bytes],
    editions: Mapping[str, Mapping[str, bytes]],
    fonts: Sequence[str],
    folders: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    fingerprint: str = "",
    roles: Sequence[RoleState] = (),
) -> bytes:
    """What went into a bundle and what came out: names, sizes and hashes; versions; never a time or a machine.

    `about` says what the paper is and who takes it when. `folders` are those whose files were all read: one that comes
    later isn't among them. `fingerprint` is that of the paper's figures and words: a clearance with another is void.
    """
    return as_json(
        {
            "paper": paper,
            "month": month,
            "status": issue.status,
            "version": issue.version,
            "reissue_reason": issue.reason,
            "about": dict(about),
            "acceptances": _acceptances(problems),
            "fingerprint": fingerprint,
            "clearances": _clearances(roles),
            "reportgen": __version__,
            "versions": versions(),
            "fonts": list(fonts),
            "folders": list(folders),
            "inputs": [{"file": f.file, "sha256": f.sha256, "bytes": f.size} for f in inputs],
            "templates_and_settings": _entries(texts),
            "editions": {edition: _entries(files) for edition, files in sorted(editions.items())},
        }
    )


def _acceptances(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """The acceptances that fit a problem, each once, in order."""
    said = [(p.code, str(p.place), p.accepted) for p in problems if p.accepted]
    return [{"code": code, "place": place, **asdict(given)} for code, place, given in dict.fromkeys(said)]


def _clearances(roles: Sequence[RoleState]) -> list[dict[str, str]]:
    """The clearances of the roles that gave one, void or not."""
    return [{**asdict(c), "date": c.date.isoformat()} for c in (role.clearance for role in roles) if c]


def _entries(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [{"file": name, "sha256": sha256(content), "bytes": len(content)} for name, content in sorted(files.items())]


def versions() -> dict[str, str]:
    """The versions of what can change a paper's bytes: Python, the libraries, and the one that lays out its letters."""
    from weasyprint.text.ffi import pango

    found = {name: importlib.metadata.version(name) for name in LIBRARIES}
    number = pango.pango_version()
    letters = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return {**found, "pango": letters, "python": platform.python_version()}


def problems_json(problems: Sequence[Problem]) -> bytes:
    """The problems in the order in which they are printed."""
    return as_json(
        [
            {
                "code": p.code,
                "severity": str(p.severity),
                **_place(p.place),
                "expected": p.expected,
                "found": p.found,
                "remedy": p.remedy,
                "see_also": [_place(place) for place in p.also],
                **({"accepted": asdict(p.accepted)} if p.accepted else {}),
                **({"cells": list(p.cells)} if p.cells else {}),
            }
            for p in problems
        ]
    )


def _place(place: Place) -> dict[str, Any]:
    column = column_letter(place.column) if place.column else ""
    said = {
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
        "row": place.row,
        "column": column,
        "line": place.line,
    }
    return {key: value for key, value in said.items() if value}


def template_files(roots: Sequence[Path], authority: str, paper: str) -> dict[str, bytes]:
    """The templates that a paper is made with, by name: the shared layout, the house's style and the paper's own.

    Of several roots the first that has a file counts; a paper's own folder is taken from one root as a whole.
    """
    own = next((root for root in roots if (root / authority / paper / "paper.toml").is_file()), None)
    found: dict[str, bytes] = {}
    for root in reversed(roots):
        files = [*_files(root / "layout"), root / authority / "house.css"]
        files += _files(root / authority / paper) if root == own else []
        found |= {f"templates/{f.relative_to(root).as_posix()}": f.read_bytes() for f in files if f.is_file()}
    return dict(sorted(found.items()))


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
