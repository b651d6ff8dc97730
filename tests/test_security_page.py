"""The page on security states the limits that hold."""

from __future__ import annotations

import re

import pytest

from reportgen.readers import Limits
from reportgen.readers.child.limits import MEGABYTE
from reportgen.sandbox import LONGEST, MOST_TURNS
from tests.built import ROOT

PAGE = " ".join((ROOT / "docs" / "security.md").read_text("utf-8").split())
LIMITS = Limits()


@pytest.mark.parametrize(
    "words",
    [
        f"{LIMITS.file_bytes // MEGABYTE} MB | a file",
        f"{LIMITS.expanded_bytes // MEGABYTE} MB, {LIMITS.ratio} times its size, {LIMITS.entries:,} parts",
        f"| {LIMITS.sheets} | sheets",
        f"{LIMITS.cells:,} cells, {LIMITS.columns:,} columns",
        f"{LIMITS.examined_cells:,} cells | a workbook whose errors",
        f"{LIMITS.seconds:g} seconds, {LIMITS.memory_bytes // MEGABYTE:,} MB | the child",
        f"{MOST_TURNS:,} turns of loops, {LONGEST:,} letters",
    ],
)
def test_a_limit_is_the_one_that_holds(words: str) -> None:
    assert words in PAGE


def test_the_tests_that_it_names_are_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", PAGE)
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []
