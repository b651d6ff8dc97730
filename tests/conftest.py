"""What the tests share."""

from __future__ import annotations

import pytest

from tests.verapdf import Engine, EngineMissing


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The validator: called with a PDF it says what breaks PDF/UA-1. Where it can't start, the test fails."""
    try:
        return Engine(tmp_path_factory.mktemp("verapdf"))
    except EngineMissing as missing:
        pytest.fail(str(missing), pytrace=False)
