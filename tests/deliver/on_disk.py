"""Two bundles for tests to write, and what stands on disk afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

OLD = {"full/paper.pdf": b"old", "audit/manifest.json": b"old", "full/tables/gone.csv": b"old"}
NEW = {"full/paper.pdf": b"new", "audit/manifest.json": b"new", "full/charts/added.svg": b"new"}


def content(folder: Path) -> dict[str, bytes] | None:
    """The files of a bundle; None where there is none."""
    if not folder.exists():
        return None
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def beside(target: Path) -> list[str]:
    """The names of all that stands in the bundle's folder."""
    return sorted(path.name for path in target.parent.iterdir())


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
