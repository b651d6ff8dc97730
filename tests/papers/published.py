"""The figures of the papers as they were published, where they stand beside the project."""

from __future__ import annotations

import csv

import pytest

from tests.built import ROOT

REFERENCE = ROOT.parent / "shared" / "reference"

published = pytest.mark.skipif(
    not REFERENCE.is_dir(),
    reason=f"the published figures are not in {REFERENCE.relative_to(ROOT.parent)} beside the project",
)


def table(paper: str, name: str) -> list[dict[str, str]]:
    """The rows of one of a paper's published tables."""
    with (REFERENCE / paper / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
