"""One browser for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visiting import BrowserMissing, start


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Where there is none, the test fails."""
    with sync_playwright() as playwright:
        try:
            started = start(playwright)
        except BrowserMissing as missing:
            pytest.fail(str(missing), pytrace=False)
        yield started
        started.close()
