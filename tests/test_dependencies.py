"""The page on dependencies names each of them with the licence that it states, and the pins are all hashed."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib

import pytest

from tests.built import ROOT

PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
LISTED = dict(re.findall(r"^\| (?!library)([\w.-]+) \| ([^|]+) \|", PAGE, re.M))
# As packages state it → as the page says it.
SAID = {
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0+, LGPL-2.1+ or MPL-1.1",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0 with classpath exception",
}


def names(requirements: list[object]) -> list[str]:
    return [re.split(r"[^\w.-]", each)[0] for each in requirements if isinstance(each, str)]


def pinned(file: str) -> dict[str, str]:
    """The block of each pinned package by its name."""
    text = (ROOT / file).read_text("utf-8")
    return {block.partition("==")[0]: block for block in re.split(r"\n(?=[A-Za-z])", text) if "==" in block}


def test_every_dependency_is_on_the_page_and_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    own = {*names(project["project"]["dependencies"]), *names(groups["dev"]), *names(groups["install"])}
    there = {re.sub(r"^(#.*\n)+", "", name) for name in pinned("requirements.txt")}
    assert {name for name in LISTED if name not in own} == there - own
    assert own <= set(LISTED)


@pytest.mark.parametrize("name", LISTED)
def test_its_licence_is_the_one_that_it_states(name: str) -> None:
    try:
        about = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("it is for other systems than this one")
    kinds = [each.rpartition(":: ")[2] for each in about.get_all("Classifier", []) if each.startswith("License ::")]
    stated = [about.get("License-Expression") or "", *kinds, about.get("License") or ""]
    assert LISTED[name].strip() in {SAID.get(each, each.replace(" License", ""))[:60] for each in stated if each}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_a_hash_and_no_address(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert [name for name, block in pinned(file).items() if "--hash=sha256:" not in block] == []
    assert "://" not in re.sub(r"^#.*$", "", text, flags=re.M)
