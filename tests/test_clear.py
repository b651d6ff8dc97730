"""The command clear: who clears a paper is recorded, listed, and void once the paper changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.made import (
    COMMENTARY,
    INPUTS,
    MONTHS,
    OWN,
    ended,
    only_layout_packaged,
    run,
    workbook,
    workspace,
    write,
)
from tests.made_final import ACCEPTED, MEETING, OUT, PDF, TODAY, cleared, doubtful
from tests.test_cli import NAME


@pytest.fixture(autouse=True)
def only_these_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_layout_packaged(tmp_path, monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a warning and a paper that two roles must clear."""
    return doubtful(tmp_path / "w").root


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A workspace in which nothing keeps the paper from being final."""
    return workspace(tmp_path / "w").root


def test_a_void_clearance_is_noted_and_its_words_are_those_of_none(root: Path) -> None:
    cleared(root, "finance")
    workbook(root / INPUTS / "numbers.xlsx", [*MONTHS[:3], (MONTHS[3][0], 210, 188, 22)])
    checked = run(root, "check", "children-numbers", "--strict")
    assert (
        f"Note: {OWN}/clearances.json, line 3: expected the figures and words that A Person, Finance Manager cleared "
        f"for finance on {TODAY}, found changed ones.\n"
        "  The clearance is void: have the paper cleared again, with reportgen clear.  [void-clearance]\n"
    ) in checked.stdout
    assert run(root, "build", "children-numbers").exit_code == 0
    html = (root / OUT / "draft" / PDF.replace(".pdf", ".html")).read_text("utf-8")
    assert "Verified by: not yet verified." in html
    assert not re.search("[\ue000-\uf8ff]", html)


def test_a_draft_is_outdated_by_a_clearance_that_comes_after_it(root: Path) -> None:
    run(root, "build", "children-numbers")
    assert run(root, "list").stdout.endswith("  draft built\n")
    cleared(root, "legal")
    assert run(root, "list").stdout.endswith("  draft built, inputs changed since\n")


def test_a_broken_file_of_clearances_is_a_problem_at_its_line(root: Path) -> None:
    write(root / OWN / "clearances.json", "[1]\n")
    for arguments in (("check", "children-numbers"), ("clear", "children-numbers", "--role", "x", "--name", "y")):
        result = run(root, *arguments)
        assert result.exit_code == 1
        assert f"{OWN}/clearances.json, line 1: expected a clearance of a role of its own" in result.output


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--role", "legl", "--name", "x"], 2, 'No role "legl" clears barsetshire/children-numbers. '
         'Did you mean "legal"? The roles are: finance, legal.\n'),
        (["--role", "legal", "--name", " "], 2, "--name takes the name of who clears the paper.\n"),
        (["--role", "legal", "--name", "漢"], 2, "The name or post holds a character that can't be printed (U+6F22): "
         "write it in other letters.\n"),
        (["--role", "legal"], 2, "Error: --role and --name go together, and --post with them.\n"),
        (["--post", "x"], 2, "Error: --role and --name go together, and --post with them.\n"),
    ],
)  # fmt: skip
def test_a_clearance_that_can_not_be_recorded(root: Path, arguments: list[str], status: int, said: str) -> None:
    result = run(root, "clear", "children-numbers", *arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr.endswith(said)
    assert not (root / OWN / "clearances.json").exists()


def test_broken_inputs_can_not_be_cleared(root: Path) -> None:
    write(root / OWN / "commentary.md", COMMENTARY.replace("uasc_last", "uasc_lst"))
    result = run(root, "clear", "children-numbers", "--role", "legal", "--name", "x")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(f"{NAME} can't be cleared: mend the errors above.\n")
    assert not (root / OWN / "clearances.json").exists()


def test_a_paper_without_roles_says_so(plain: Path) -> None:
    said = "barsetshire/children-numbers names no roles that clear it: they stand in its paper.toml, as clearance.\n"
    ended(run(plain, "clear", "children-numbers"), 0, "", said)
    ended(run(plain, "clear", "children-numbers", "--json"), 0, "[]\n", said)
    result = run(plain, "clear", "children-numbers", "--role", "legal", "--name", "x")
    ended(result, 2, "", 'No role "legal" clears barsetshire/children-numbers. It names none: see clearance in its '
          "paper.toml.\n")  # fmt: skip


def test_a_changed_acceptance_voids_a_clearance_where_the_paper_prints_it(root: Path) -> None:
    write(root / OWN / "meeting.toml", f"{MEETING}\n{ACCEPTED}")
    cleared(root, "finance")
    write(root / OWN / "meeting.toml", f"{MEETING}\n{ACCEPTED.replace('a name', 'the name')}")
    assert "finance: void" in run(root, "clear", "children-numbers").stdout
