"""What the tests share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.built import MONTH, REF, Bundle, built
from tests.verapdf import Engine, EngineMissing

GOLDEN = Path(__file__).parent / "golden"
# Which paper a file's tests build, where their names don't say so.
PAPER_OF = {
    "tests/papers/test_dorset_2017.py": "dorset/lac-numbers-and-costs",
    "tests/papers/test_dorset_2017_protection.py": "dorset/lac-numbers-and-costs",
    "tests/papers/test_dorset_2020.py": "dorset/placement-sufficiency",
    "tests/papers/test_exampleshire.py": "exampleshire/demand-and-cost",
    "tests/papers/test_rotherham.py": "rotherham/lac-budget-pressures",
    "tests/papers/test_thurrock.py": "thurrock/placements-and-demand",
    "tests/test_paper.py": str(REF),
    "tests/test_same_bytes.py": str(REF),
}
UPDATE = "--update-golden"
# How long an example takes depends on what else the machine does. The same examples each time: a suite that fails has a
# reason in what was changed. Others are looked for with EVERY_VALUE set, and by `make fuzz`.
settings.register_profile("reportgen", deadline=None, derandomize="EVERY_VALUE" not in os.environ)
settings.load_profile("reportgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the flag that writes golden files anew."""
    parser.addoption(UPDATE, action="store_true", help="Write the golden pieces of HTML anew: look at what changed.")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Shares tests out such that all tests of one paper of the checkout go to one process, which builds it once."""
    from xdist.scheduler import LoadScopeScheduling

    class ByPaper(LoadScopeScheduling):  # type: ignore[misc]  # xdist's schedulers carry no types
        def _split_scope(self, nodeid: str) -> str:
            return paper_of(nodeid) or nodeid

    return ByPaper(config, log)


def paper_of(test: str) -> str | None:
    """The paper that a test of this name builds; None where it builds none of the checkout's."""
    named = re.search(r"\[([a-z-]+/[a-z-]+) ", test)
    return named[1] if named else PAPER_OF.get(test.partition("::")[0])


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
