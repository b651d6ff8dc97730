"""The two pages of a document: the PDF's, and the screen's that needs nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from reportgen.model import DRAFT, Issue
from reportgen.render.page import Pages, pages
from reportgen.workspace import packaged_templates
from tests.built import Element, elements
from tests.present.made import PAPER_TOML, TABLE, document

CHART = TABLE.replace('name = "lines"', 'name = "chart"').replace('kind = "table"', 'kind = "rating-chart"')
FRONT = '[front_sheet]\n"To" = "{{ meeting.committee }}"\n'
TEXT = '## One [a](https://x.org)\n\nWords.\n\n{{ exhibit("lines") }}\n\n{{ exhibit("chart") }}\n\n## Two\nlines\n'
ROOTS = (packaged_templates(),)


def made(issue: Issue = DRAFT, roots: tuple[Path, ...] = ROOTS) -> Pages:
    return pages(document(TEXT, paper=PAPER_TOML + FRONT + TABLE + CHART), roots, "made", issue)


def ids(page: Element) -> list[str]:
    return [each.attributes["id"] for each in page.all("h2", "div", "figure") if "id" in each.attributes]


def test_both_pages_say_the_same_in_the_same_order() -> None:
    printed, screen = elements(made().pdf_html), elements(made().screen_html)
    assert printed.all("main")[0].text == screen.all("main")[0].without("svg", "details").text
    assert printed.all("header")[0].text == screen.all("header")[0].text
    assert ids(printed) == ids(screen) == ["section-1", "exhibit-lines", "exhibit-chart", "section-2"]


def test_the_page_names_its_language_title_and_day() -> None:
    page = elements(made().pdf_html)
    assert page.all("html")[0].attributes["lang"] == "en-GB"
    assert page.all("title")[0].text == "A report"
    meta = {each.attributes.get("name"): each.attributes.get("content") for each in page.all("meta")}
    assert meta["author"] == "A service"
    assert meta["description"] == "What it is about"
    assert meta["dcterms.created"] == meta["dcterms.modified"] == "2016-07-12T00:00:00Z"


def test_a_draft_says_so_and_a_final_paper_does_not() -> None:
    draft, final = elements(made().pdf_html), elements(made(Issue(1)).pdf_html)
    assert [each.text for each in draft.all("p") if "DRAFT" in each.text] == ["DRAFT, data as at 31 May 2016"]
    assert "DRAFT" not in final.text
    assert (draft.all("body")[0].attributes["class"], final.all("body")[0].attributes["class"]) == ("draft", "final")


def test_the_metadata_declare_how_a_paper_is_issued() -> None:
    for issue, said in ((DRAFT, "Draft"), (Issue(1), "Final, version 1"), (Issue(2, "x"), "Final, version 2")):
        for html in (made(issue).pdf_html, made(issue).screen_html):
            meta = {each.attributes.get("name"): each.attributes.get("content") for each in elements(html).all("meta")}
            assert meta["keywords"] == f"{said}, month 2016-05, meeting 2016-07-12"


def test_a_reissued_paper_says_its_version_and_why_on_the_front_sheet() -> None:
    def front(issue: Issue) -> list[tuple[str, str]]:
        (sheet,) = elements(made(issue).pdf_html).all("dl")
        return list(zip((e.text for e in sheet.all("dt")), (e.text for e in sheet.all("dd")), strict=True))

    assert front(Issue(1)) == front(DRAFT) == [("To", "A committee")]
    assert front(Issue(2, "A total <b>was</b> {{ wrong }} & *mended*.")) == [
        ("To", "A committee"),
        ("Version", "2"),
        ("Reissued because", "A total <b>was</b> {{ wrong }} & *mended*."),
    ]


def test_the_screens_page_lists_its_sections_and_needs_nothing_beside_it() -> None:
    laid_out = made()
    page = elements(laid_out.screen_html)
    listed = page.all("nav")[0].all("a")
    assert [(each.attributes["href"], each.text) for each in listed] == [
        ("#section-1", "1. One a"), ("#section-2", "2. Two"),
    ]  # fmt: skip
    assert page.all("link", "script", "img") == []
    policy = [each.attributes["content"] for each in page.all("meta") if "http-equiv" in each.attributes]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]


def test_a_chart_is_drawn_in_the_page_with_its_name_description_and_data() -> None:
    laid_out = made()
    (figure,) = elements(laid_out.screen_html).all("figure")
    (printed,) = elements(laid_out.pdf_html).all("img")
    (svg,), (caption,) = figure.all("svg"), figure.all("figcaption")
    title, description = svg.all("title")[0], svg.all("desc")[0]
    assert svg.attributes["role"] == "img"
    assert svg.attributes["aria-labelledby"].split() == [each.attributes["id"] for each in (title, description)]
    assert title.text == caption.text == "Figure 1: Lines"
    assert description.text == printed.attributes["alt"]
    (data,) = figure.all("details")
    assert data.all("summary")[0].text == "Data of Figure 1"
    assert data.all("caption")[0].text == "Data of Figure 1: Lines"
    assert {cell.attributes["scope"] for cell in data.all("thead")[0].all("th")} == {"col"}
    assert {row.all("th")[0].attributes["scope"] for row in data.all("tbody")[0].all("tr")} == {"row"}


def test_what_may_be_wider_than_a_screen_can_be_moved_by_the_keyboard() -> None:
    page = elements(made().screen_html)
    ids = {each.attributes["id"] for each in page.all("caption", "figcaption") if "id" in each.attributes}
    moved = [each for each in page.all("div") if "tabindex" in each.attributes]
    assert [(each.attributes["role"], each.attributes["tabindex"]) for each in moved] == [("region", "0")]
    assert {each.attributes["aria-labelledby"] for each in moved} <= ids
    assert "tabindex" not in made().pdf_html


def test_the_page_begins_with_a_link_to_its_content() -> None:
    page = elements(made().screen_html)
    first = page.all("a")[0]
    assert (first.text, first.attributes["href"]) == ("Skip to content", "#content")
    assert page.all("main")[0].attributes["id"] == "content"
    assert [each.tag for each in page.all("header", "nav", "main", "footer")] == ["header", "nav", "main", "footer"]


def test_the_pdfs_page_has_its_pictures_and_styles_beside_it() -> None:
    laid_out = made()
    page = elements(laid_out.pdf_html)
    assert [each.attributes["src"] for each in page.all("img")] == ["charts/chart.svg"]
    assert page.all("style", "nav") == []
    assert any("@page" in css for css in laid_out.stylesheets)


def test_a_workspaces_templates_come_before_the_packaged_ones(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "house.css").write_text(":root { --house: #123456; } </style><script>", encoding="utf-8")
    laid_out = made(roots=(tmp_path, *ROOTS))
    assert laid_out.stylesheets[-1] == ":root { --house: #123456; } \\3c /style>\\3c script>"
    assert elements(laid_out.screen_html).all("script") == []
    (tmp_path / "layout").mkdir()
    (tmp_path / "layout" / "page.html").write_text("{{ doc.nothing }}", encoding="utf-8")
    with pytest.raises(UndefinedError):
        made(roots=(tmp_path, *ROOTS))
