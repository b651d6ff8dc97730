"""What the tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.built import MONTH, REF, Bundle, built
from tests.verapdf import Engine, EngineMissing

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "--update-golden"
# How long an example takes depends on what else the machine does. The same examples each time: a suite that fails has a
# reason in what was changed. Others are looked for with EVERY_VALUE set, and by `make fuzz`.
settings.register_profile("reportgen", deadline=None, derandomize="EVERY_VALUE" not in os.environ)
settings.load_profile("reportgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the flag that writes golden files anew."""
    parser.addoption(UPDATE, action="store_true", help="Write the golden pieces of HTML anew: look at what changed.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps what reads the real papers, or starts the validator's Java, in one process: each is made once."""
    for item in items:
        module = getattr(item, "module", None)
        if getattr(module, "built", None) is built or {"paper", "verapdf"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("papers"))


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The validator: called with a PDF it says what breaks PDF/UA-1. Where it can't start, the test fails."""
    try:
        return Engine(tmp_path_factory.mktemp("verapdf"))
    except EngineMissing as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(scope="session")
def paper() -> Bundle:
    """The real Cambridgeshire paper, built once in memory."""
    return built(REF, MONTH)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a piece of HTML with the golden file of a name; with the flag, writes the file instead."""

    def compare(name: str, html: str) -> None:
        file = GOLDEN / name
        if request.config.getoption(UPDATE):
            file.write_text(html, encoding="utf-8", newline="\n")
        assert html == file.read_text(encoding="utf-8"), f"{name} has changed; {UPDATE} takes it as it is now"

    return compare
