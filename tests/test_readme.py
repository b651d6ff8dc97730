"""What the README says can be typed can be typed, and gives what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from reportgen.cli import main
from reportgen.commands.archive import archive
from tests.made import everything, run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def lines() -> list[list[str]]:
    """The commands of the README's blocks, in words, prompts and remarks left out."""
    blocks = [text for language, text in BLOCKS if language in ("console", "sh")]
    typed = [line.removeprefix("$ ") for text in blocks for line in text.splitlines()]
    return [shlex.split(command, comments=True) for line in typed for command in line.split("&&")]


TYPED = [words[1:] for words in lines() if words[:1] == ["reportgen"]]
ARCHIVE = [words for words in TYPED if words[0] == "archive"]
COMMANDS = [words for words in TYPED if words[0] != "archive"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This workspace without what was built in it."""
    root = tmp_path_factory.mktemp("workspace")
    copied(root)
    return root


def copied(root: Path) -> None:
    """Copy this workspace's settings, inputs and templates."""
    shutil.copy(ROOT / "reportgen.toml", root)
    for name in ("inputs", "templates"):
        shutil.copytree(ROOT / name, root / name)


def test_the_readme_shows_commands() -> None:
    assert {words[0] for words in COMMANDS} >= {"check", "build", "trace"}
    assert ["make", "paper"] in lines()
    assert ["make", "test"] in lines()


def test_what_make_is_asked_for_is_there_to_make() -> None:
    asked = {word for words in lines() if words[:1] == ["make"] for word in words[1:] if "=" not in word}
    assert asked <= TARGETS
    assert set(re.findall(r"`make ([a-z]+)`", README)) <= TARGETS


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_runs(copy: Path, words: list[str]) -> None:
    result = run(copy, *words)
    assert result.exit_code == 0, result.stderr
    if words[0] == "build":
        assert [path for path in everything(copy / "outputs") if path.endswith(".pdf")]
    elif words[0] == "trace":
        assert [text for language, text in BLOCKS if text == result.stdout], (
            f"the README shows other than\n{result.stdout}"
        )


def test_the_first_five_minutes_of_a_governance_officer_go_as_they_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the settings that the README shows, but for the folder, and the final version that it has built before."""
    copied(tmp_path)
    shown = next(text for language, text in BLOCKS if language == "toml" and "[archive]" in text)
    general = tmp_path / "reportgen.toml"
    general.write_text(f"{general.read_text('utf-8')}\n{shown.replace('/srv/archive', 'archive')}", "utf-8")
    (build,) = (words for words in COMMANDS if words[0] == "build" and "--final" in words)
    assert run(tmp_path, *build).exit_code == 0
    monkeypatch.chdir(tmp_path)
    assert len(ARCHIVE) == 9
    for words in ARCHIVE:
        result = run(tmp_path, *words)
        assert (result.exit_code, bool(result.stdout)) == (0, words[1] != "verify"), result.stderr
        if words[1] == "due":  # six years from a meeting in 2017 are over
            assert "DORSET-2017-0001" in result.stdout
        assert "trying out" not in result.stderr
    pdf = Path("full") / f"{build[1].rpartition('/')[2]}-{build[3]}.pdf"
    assert (tmp_path / "found" / "DORSET-2017-0001" / pdf).is_file()


def test_the_help_that_the_readme_shows_is_the_help() -> None:
    assert [text for language, text in BLOCKS if language == "text" and text.startswith("Usage: ")] == [
        run(ROOT, "--help").stdout
    ]


def test_every_command_and_option_is_told() -> None:
    commands = README.partition("\n## Commands\n")[2]
    for name, command in main.commands.items():
        assert f"`{name}`" in commands or f"`reportgen {name}`" in commands, name
        long = {option for each in command.params for option in each.opts if option.startswith("--")}
        untold = {option for option in long if not re.search(rf"{option}\b", README)}
        assert not untold, name


def test_every_command_of_the_archive_and_its_options_are_told() -> None:
    told = README.partition("\n## A governance officer's first five minutes\n")[2].partition("\n## ")[0]
    for name, command in archive.commands.items():
        assert f"`archive {name}" in told, name
        long = {option for each in command.params for option in each.opts if option.startswith("--")}
        assert not {option for option in long if not re.search(rf"{option}\b", README)}, name


def test_files_that_the_readme_links_to_are_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
