"""Every paper's page, on a telephone and on a desktop: axe-core finds nothing, the keyboard alone gets everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.visiting import BEYOND, Visit, visit
from tests.built import Bundle, Element, asked, built, every

PHONE, DESKTOP, REFLOWED = 360, 1280, 320  # pixels; the last is what WCAG 1.4.10 asks for

WIDE = "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1)"


@pytest.fixture(params=every(), ids=asked, scope="module")
def paper(request: pytest.FixtureRequest) -> Bundle:
    """An edition of one of the papers."""
    ref, month, edition, _ = request.param
    return built(ref, month).of(edition)


@pytest.fixture(scope="module")
def seen(browser: Browser, paper: Bundle) -> Iterator[Visit]:
    """Its page, open."""
    with visit(browser, paper.html) as it:
        yield it


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_finds_nothing(seen: Visit, width: int) -> None:
    seen.wide(width)
    seen.opened(True)
    assert seen.axe() == []


@pytest.mark.parametrize("width", [REFLOWED, PHONE, DESKTOP])
def test_the_page_is_never_moved_sideways(seen: Visit, width: int) -> None:
    seen.wide(width)
    seen.opened(True)
    assert seen.page.evaluate(BEYOND) == []
    seen.opened(False)


def test_the_front_sheet_has_the_whole_width_of_a_telephone(seen: Visit) -> None:
    """Whatever an authority's own style sheet says of it: two columns would break its words there."""
    seen.wide(PHONE)
    shares = seen.page.evaluate(
        "() => [...document.querySelectorAll('dl.front dd')].map(e => e.offsetWidth / e.parentElement.offsetWidth)"
    )
    assert min(shares) > 0.95


def test_what_is_wider_than_the_screen_can_be_moved_by_the_keyboard(seen: Visit) -> None:
    seen.wide(REFLOWED)
    seen.opened(True)
    moved = seen.page.evaluate(f"() => {WIDE}.map(e => [e.getAttribute('role'), e.tabIndex])")
    assert moved and {tuple(each) for each in moved} == {("region", 0)}
    seen.page.evaluate(f"() => {WIDE}[0].focus()")
    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_function("() => document.activeElement.scrollLeft > 0", timeout=5000)


def reachable(page: Element) -> list[tuple[str, str]]:
    """What the keyboard is to reach, in the order of the page: links, summaries, and regions that can be moved."""
    body = page.all("body")[0]
    found = []
    for each in body.all("a", "summary", "div"):
        if each.tag != "div" or "tabindex" in each.attributes:
            found.append((each.attributes.get("role", each.tag), each.attributes.get("href", "")))
    return found


def test_the_keyboard_alone_gets_everywhere_in_order_and_shows_where_it_is(seen: Visit, paper: Bundle) -> None:
    seen.wide(DESKTOP)
    seen.opened(True)
    steps = seen.tabs()
    assert [(each["kind"], each["href"]) for each in steps] == reachable(paper.page)
    assert [each["name"] for each in steps if not each["outlined"]] == []
    assert [each["name"] for each in steps if not each["shown"]] == []
    assert all(each["name"] for each in steps)


def test_the_skip_link_goes_to_the_content_and_links_where_they_say(seen: Visit, paper: Bundle) -> None:
    seen.wide(DESKTOP)
    seen.begin()
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.textContent") == "Skip to content"
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "content"
    seen.page.keyboard.press("Tab")
    inside = "document.getElementById('content').contains(document.activeElement)"
    assert seen.page.evaluate(inside)
    chapter = paper.page.all("nav")[0].all("a")[-1].attributes["href"]
    seen.page.locator(f"nav a[href='{chapter}']").focus()
    seen.page.keyboard.press("Enter")
    top = seen.page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", chapter[1:])
    assert 0 <= top < 800


def test_the_data_of_a_chart_are_opened_by_the_keyboard(seen: Visit, paper: Bundle) -> None:
    seen.wide(PHONE)
    seen.opened(False)
    summaries = seen.page.locator("summary")
    assert summaries.count() == sum(item.is_chart for item in paper.document.exhibits.values())
    for number in range(summaries.count()):
        table = seen.page.locator("details table").nth(number)
        assert not table.is_visible()
        summaries.nth(number).focus()
        seen.page.keyboard.press("Enter")
        assert table.is_visible()


def test_it_prints_without_what_is_for_the_screen_only(seen: Visit) -> None:
    seen.page.emulate_media(media="print")
    seen.wide(718)  # an A4 page within its margins
    for gone in (".skip", "nav.contents", "footer"):
        assert not seen.page.locator(gone).first.is_visible()
    kept = "() => [...document.querySelectorAll('.scroll')].map(e => getComputedStyle(e).overflowX)"
    assert set(seen.page.evaluate(kept)) == {"visible"}
    seen.page.emulate_media(media="screen")


def test_it_asks_for_nothing(seen: Visit) -> None:
    assert seen.asked == []
