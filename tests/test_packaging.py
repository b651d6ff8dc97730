"""What an installation holds, and that the pinned requirements are those that the project asks for."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the wheel that `pip install .` would install, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def held(folder: str) -> set[str]:
    """The files of a folder of the project, less what Python leaves there."""
    paths = (
        path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return {path.relative_to(ROOT / folder).as_posix() for path in paths}


def test_the_wheel_holds_the_whole_package_and_all_templates_and_nothing_else(
    wheel: dict[str, bytes],
) -> None:
    package = {name for name in wheel if not name.startswith("reportgen-")}
    templates = {f"reportgen/_templates/{name}" for name in held("templates")}
    assert package == {f"reportgen/{name}" for name in held("reportgen")} | templates
    assert templates


def test_templates_are_in_the_wheel_as_they_stand(wheel: dict[str, bytes]) -> None:
    for name in held("templates"):
        assert wheel[f"reportgen/_templates/{name}"] == (ROOT / "templates" / name).read_bytes()


def test_the_wheel_brings_the_command_the_licence_and_the_version(wheel: dict[str, bytes]) -> None:
    (about,) = {name.split("/")[0] for name in wheel if name.startswith("reportgen-")}
    assert (
        wheel[f"{about}/entry_points.txt"].split()
        == b"[console_scripts] reportgen = reportgen.cli:main".split()
    )
    assert wheel[f"{about}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    version = re.search(r'__version__ = "(.*)"', (ROOT / "reportgen/__init__.py").read_text(encoding="utf-8"))
    assert version is not None
    assert about == f"reportgen-{version[1]}.dist-info"


def pinned(file: str) -> dict[str, list[str]]:
    """The versions that a requirements file pins for each library: more than one where the system decides."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    pins: dict[str, list[str]] = {}
    for line in lines:
        if match := re.match(r"([a-z0-9-]+)==([^ ]+) ", line):
            pins.setdefault(match[1], []).append(match[2])
    return pins


def asked(*groups: str) -> list[Requirement]:
    """The project's dependencies and those of the given groups, as pyproject.toml states them."""
    texts = list(PROJECT["project"]["dependencies"])
    for group in groups:
        texts += [text for text in PROJECT["dependency-groups"][group] if isinstance(text, str)]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize(
    ("file", "groups"), [("requirements.txt", ["install"]), ("requirements-dev.txt", ["install", "dev"])]
)
def test_the_pins_meet_what_the_project_asks_for(file: str, groups: list[str]) -> None:
    """`make lock` mends this one."""
    pins = pinned(file)
    for requirement in asked(*groups):
        versions = pins[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_tests_run_with_the_versions_that_papers_are_built_with() -> None:
    pins = pinned("requirements-dev.txt")
    assert {name: pins.get(name) for name in pinned("requirements.txt")} == pinned("requirements.txt")


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_hashes_and_no_address(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]
    assert len(entries) == sum(map(len, pinned(file).values()))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_what_is_installed_here_is_what_is_pinned() -> None:
    for requirement in asked("install"):
        name = canonicalize_name(requirement.name)
        assert metadata.version(name) in pinned("requirements.txt")[name]
