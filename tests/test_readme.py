"""What the README says can be typed can be typed, and gives what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from reportgen.cli import main
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


COMMANDS = [words[1:] for words in lines() if words[:1] == ["reportgen"]]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This workspace without what was built in it."""
    root = tmp_path_factory.mktemp("workspace")
    shutil.copy(ROOT / "reportgen.toml", root)
    for name in ("inputs", "templates"):
        shutil.copytree(ROOT / name, root / name)
    return root


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


def test_files_that_the_readme_links_to_are_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
