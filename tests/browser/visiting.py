"""A page in real headless Chromium: given to it without a network, looked at, and judged by axe-core."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, Route

ADDRESS = "https://paper.invalid/"
AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NEEDED = "{}: `bash scripts/setup.sh test` installs it, or says what is needed"


class BrowserMissing(Exception):
    """Chromium or axe-core can't be had; the message says what to do."""


def start(playwright: Playwright) -> Browser:
    """The browser that Debian installs. Raises BrowserMissing."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise BrowserMissing(NEEDED.format("there is no Chromium"))
    # Chromium refuses to shut itself in where it is started by root.
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(executable_path=found, args=["--no-sandbox"] if as_root else [])


class Visit:
    """A page that is open in a browser; `asked` is what it asked for beside itself, which it didn't get."""

    def __init__(self, page: Page, asked: list[str]) -> None:
        self.page, self.asked = page, asked

    def axe(self) -> list[str]:
        """What axe-core finds wrong, a line an element: the rule, the element, why."""
        if not AXE.is_file():
            raise BrowserMissing(NEEDED.format("there is no axe-core"))
        # Put in by the browser's own debugger: the page's policy forbids it every script.
        self.page.evaluate(AXE.read_text("utf-8"))
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{each['id']}: {' '.join(node['target'])}: {node['failureSummary']}"
            for each in found["violations"]
            for node in each["nodes"]
        ]

    def wide(self, width: int) -> None:
        """Makes the window so many pixels wide."""
        self.page.set_viewport_size({"width": width, "height": 800})

    def begin(self) -> None:
        """Puts the keyboard where it is when the page has just been opened."""
        self.page.evaluate(
            "() => { const b = document.body; b.tabIndex = -1; b.focus(); b.removeAttribute('tabindex');"
            " window.scrollTo(0, 0); }"
        )

    def opened(self, are: bool) -> None:
        """Opens all details, or closes them."""
        self.page.evaluate("are => document.querySelectorAll('details').forEach(each => each.open = are)", are)

    def tabs(self, most: int = 200) -> list[dict[str, Any]]:
        """What the keyboard alone reaches, in order, each with whether its focus is shown and it is on the screen."""
        self.begin()
        found: list[dict[str, Any]] = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(FOCUSED)
            if here is None or (found and here["path"] == found[0]["path"]):
                return found
            found.append(here)
        raise AssertionError(f"the keyboard reaches no end in {most} steps")


# What has the focus: where it is in the page, what it is, and whether it shows.
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const path = [];
  for (let n = e; n.parentElement; n = n.parentElement) path.unshift([...n.parentElement.children].indexOf(n));
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const kind = e.getAttribute('role') || e.localName;
  return {
    path: path.join('.'), kind, id: e.id, href: e.getAttribute('href') || '',
    name: e.getAttribute('aria-labelledby') || e.textContent.trim(),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
    tall: box.height, wide: box.width,
  };
}"""

# Where words or pictures stand beyond the window's edge although nothing around them can be moved.
BEYOND = """() => {
  const root = document.documentElement, found = [];
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide`);
  for (const e of document.querySelectorAll('body *')) {
    const box = e.getBoundingClientRect();
    const beyond = box.width && box.right > root.clientWidth + 1;
    if (beyond && !e.closest('.scroll, .skip')) found.push(e.outerHTML.slice(0, 80));
  }
  return found;
}"""


@contextmanager
def visit(browser: Browser, html: str, width: int = 1280, **context: Any) -> Iterator[Visit]:
    """The page open in a window of its own; no request of it but the first leaves the browser."""
    # Where it would glide it jumps, so that nothing is waited for.
    window = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **context)
    page, asked = window.new_page(), list[str]()

    def answer(route: Route) -> None:
        if route.request.url == ADDRESS and not asked and route.request.is_navigation_request():
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            asked.append(route.request.url)
            route.abort()

    window.route("**/*", answer)
    page.goto(ADDRESS)
    try:
        yield Visit(page, asked)
    finally:
        window.close()
