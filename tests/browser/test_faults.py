"""Faults put into a sound page, each of which is found: so that finding nothing means something."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from reportgen.model import DRAFT
from reportgen.render.page import pages
from reportgen.workspace import packaged_templates
from tests.browser.visiting import BEYOND, Visit, visit
from tests.present.made import PAPER_TOML, TABLE, document

CHART = TABLE.replace('name = "lines"', 'name = "chart"').replace('kind = "table"', 'kind = "rating-chart"')
TEXT = '## One\n\nWords of {{ ref("lines") }}.\n\n{{ exhibit("lines") }}\n\n{{ exhibit("chart") }}\n\n## Two\n\nMore.\n'
PICTURE = '<img alt="x" src="https://elsewhere.example/x.png">'
SVG = "exhibit-chart-svg-"


@pytest.fixture(scope="module")
def html() -> str:
    """A small paper's page."""
    return pages(document(TEXT, paper=PAPER_TOML + TABLE + CHART), (packaged_templates(),), "made", DRAFT).screen_html


def rules(seen: Visit) -> set[str]:
    """The rules that axe-core finds broken."""
    return {line.partition(":")[0] for line in seen.axe()}


def test_the_page_is_sound_as_it_is(browser: Browser, html: str) -> None:
    with visit(browser, html, 320) as seen:
        assert seen.axe() == []
        assert seen.page.evaluate(BEYOND) == []
        assert [each["name"] for each in seen.tabs() if not (each["outlined"] and each["shown"])] == []
        assert seen.asked == []


@pytest.mark.parametrize(
    ("rule", "spoilt"),
    [
        ("html-has-lang", lambda html: html.replace('<html lang="en-GB">', "<html>")),
        ("document-title", lambda html: html.replace("<title>", "<!--").replace("</title>", "-->")),
        ("color-contrast", lambda html: html.replace("--quiet: #505050", "--quiet: #999999")),
        ("svg-img-alt", lambda html: html.replace(f' aria-labelledby="{SVG}title {SVG}desc"', "")
            .replace(f'<title id="{SVG}title">', '<desc id="x">').replace("</title><desc", "</desc><desc")),
        ("link-name", lambda html: html.replace(">Table 1</a>", "></a>")),
        ("heading-order", lambda html: html.replace("<h2", "<h4").replace("</h2>", "</h4>")),
        ("scrollable-region-focusable", lambda html: html.replace(' role="region" tabindex="0"', ' tabindex="-1"')),
        ("meta-viewport", lambda html: html.replace("width=device-width", "user-scalable=no, width=device-width")),
        ("skip-link", lambda html: html.replace('href="#content"', 'href="#nowhere"')),
    ],
)  # fmt: skip
def test_axe_finds(browser: Browser, html: str, rule: str, spoilt: Callable[[str], str]) -> None:
    assert spoilt(html) != html
    with visit(browser, spoilt(html), 320) as seen:
        seen.opened(True)
        assert rule in rules(seen)


def test_a_region_that_the_keyboard_does_not_reach_is_found(browser: Browser, html: str) -> None:
    with visit(browser, html.replace('role="region" tabindex="0"', 'tabindex="-1"'), 320) as seen:
        reached = {each["kind"] for each in seen.tabs()}
        assert "region" not in reached


def test_what_is_wider_than_the_page_is_found(browser: Browser, html: str) -> None:
    wide = html.replace("<p class=\"numbered\">", '<p class="numbered" style="width: 400px">')
    with visit(browser, wide, 320) as seen:
        assert any("the page is" in each for each in seen.page.evaluate(BEYOND))


def test_a_focus_that_does_not_show_is_found(browser: Browser, html: str) -> None:
    spoilt = html.replace(":focus-visible { outline: 3px solid", ":focus-visible { outline: 0 none")
    with visit(browser, spoilt) as seen:
        assert not all(each["outlined"] for each in seen.tabs())


def test_what_a_page_asks_for_is_noted_and_refused(browser: Browser, html: str) -> None:
    policy = html.index('<meta http-equiv="Content-Security-Policy"'), html.index("<style>")
    asking = html[: policy[0]] + html[policy[1] :].replace("<main", f"{PICTURE}<main")
    with visit(browser, asking) as seen:
        assert seen.asked == ["https://elsewhere.example/x.png"]


def test_the_page_itself_forbids_what_it_does_not_need(browser: Browser, html: str) -> None:
    """The same picture isn't even asked for, and a script doesn't run, where the page's policy stands."""
    more = f'{PICTURE}<script>document.title = "ran"</script><main'
    with visit(browser, html.replace("<main", more)) as seen:
        assert seen.asked == []
        assert seen.page.title() != "ran"
