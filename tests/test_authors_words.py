"""What authors write can't break a paper unsaid: `check` and `build` tell it with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.built import ROOT
from tests.made import everything, run

PAPER = "placements-and-demand"
MONTH = ROOT / "inputs" / "thurrock" / "2016-09"


@pytest.fixture
def space(tmp_path: Path) -> Path:
    """Thurrock's paper as a workspace."""
    shutil.copy(ROOT / "reportgen.toml", tmp_path)
    shutil.copytree(MONTH, tmp_path / "inputs" / "thurrock" / "2016-09")
    shutil.copytree(ROOT / "templates" / "thurrock", tmp_path / "templates" / "thurrock")
    return tmp_path


def written(space: Path, name: str, more: str) -> int:
    """The line that the words which are added to a file begin on."""
    path = space / name
    before = path.read_text("utf-8").rstrip("\n") + "\n\n"
    path.write_text(before + more, "utf-8")
    return before.count("\n") + 1


@pytest.mark.parametrize("command", ["check", "build"])
def test_what_would_keep_readers_out_is_told_with_its_line(space: Path, command: str) -> None:
    words, style = f"templates/thurrock/{PAPER}/paper.md", "templates/thurrock/house.css"
    line = written(space, words, (
        "#### Too deep\n\nSee [here](https://thurrock.example).\n\n![](map.png)\n\n"
        "| | Children |\n|---|---|\n| a | b |\n\n"
        "::: qqx\nWords\n:::\n"
    ))  # fmt: skip
    small = written(space, style, "p { font-size: 8pt; }\n.note { color: #aaaaaa; }\n")
    result = run(space, command, PAPER)
    said = result.stdout + result.stderr
    assert result.exit_code == 1
    assert f'{words}, line {line}: expected a heading of the level' in said
    assert f'Warning: {words}, line {line + 2}: expected a link whose words say where it leads, found "here".' in said
    assert f'{words}, line {line + 4}: expected words, lists and links, found the picture "map.png".' in said
    assert f"{words}, line {line + 6}: expected a table with a heading over each column" in said
    assert f'{words}, line {line + 10}: expected a language that there is, found "qqx".' in said
    assert f"{style}, line {small}: expected letters of 9 points at least, found 8pt" in said
    assert f"{style}, line {small + 1}: expected words whose contrast" in said
    assert not [name for name in everything(space) if name.endswith(".pdf")]


def test_a_vague_link_alone_stops_nothing(space: Path) -> None:
    written(space, f"templates/thurrock/{PAPER}/paper.md", "[Read more](https://thurrock.example)\n")
    result = run(space, "check", PAPER)
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "[vague-link]" in result.stdout


def test_a_style_sheet_in_another_encoding_is_told(space: Path) -> None:
    (space / "templates/thurrock/house.css").write_bytes("/* caf\xe9 */".encode("latin-1"))
    result = run(space, "check", PAPER)
    assert result.exit_code == 1
    assert "templates/thurrock/house.css, line 1: expected text in UTF-8" in result.stdout + result.stderr
