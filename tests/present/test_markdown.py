"""Markdown as numbered HTML: sections, paragraphs, exhibits between them, and what may not stand there."""

from __future__ import annotations

import pytest

from reportgen.present.markdown import numbered, short_html
from reportgen.present.placeholders import CLOSE, OPEN

EXHIBIT = f"{OPEN}0{CLOSE}"
VALUE = f"{OPEN}1{CLOSE}"


def blocks(text: str) -> list[tuple[str, str]]:
    rendered, wrong = numbered(text, {0: "months"})
    assert [str(fault) for fault in wrong] == []
    return [(kind, html.strip()) for kind, html in rendered.blocks]


def told(text: str) -> list[tuple[str, str]]:
    return [(fault.expected, fault.found) for fault in numbered(text, {0: "months"})[1]]


def test_sections_and_their_paragraphs_are_numbered_as_text() -> None:
    text = "Before.\n\n## One\n\nFirst.\n\n### Part\n\nSecond.\n\n## Two\n\nThird.\n"
    assert blocks(text) == [
        (
            "html",
            '<p>Before.</p>\n<h2 id="section-1">1. One</h2>\n'
            '<p class="numbered"><span class="number">1.1 </span>First.</p>\n<h3>Part</h3>\n'
            '<p class="numbered"><span class="number">1.2 </span>Second.</p>\n<h2 id="section-2">2. Two</h2>\n'
            '<p class="numbered"><span class="number">2.1 </span>Third.</p>',
        )
    ]


def test_lists_quotations_tables_and_code_are_not_numbered() -> None:
    text = "## One\n\n- a\n\n- b\n\n> quoted\n\n| h |\n|---|\n| c |\n\n    code\n\nLast.\n"
    ((_, html),) = blocks(text)
    assert html.count('class="number"') == 1
    assert "1.1 </span>Last." in html
    assert "<li>\n<p>a</p>\n</li>" in html


def test_exhibits_stand_between_paragraphs_and_take_no_number() -> None:
    text = f"## One\n\nFirst.\n\n{EXHIBIT}\n\nSecond.\n"
    assert blocks(text) == [
        ("html", '<h2 id="section-1">1. One</h2>\n<p class="numbered"><span class="number">1.1 </span>First.</p>'),
        ("exhibit", "months"),
        ("html", '<p class="numbered"><span class="number">1.2 </span>Second.</p>'),
    ]


def test_a_value_alone_in_a_paragraph_is_a_paragraph() -> None:
    assert blocks(f"## One\n\n{VALUE}\n")[0][1].endswith(f'<span class="number">1.1 </span>{VALUE}</p>')


def test_an_exhibit_ends_a_list() -> None:
    assert [kind for kind, _ in blocks(f"- a\n- b\n\n{EXHIBIT}\n\n- c\n")] == ["html", "exhibit", "html"]


@pytest.mark.parametrize("text", [f"```\n\n{EXHIBIT}\n\n```", f"    {EXHIBIT}", f"> {EXHIBIT}", f"words {EXHIBIT}"])
def test_an_exhibit_elsewhere_is_told(text: str) -> None:
    assert told(text) == [("an exhibit between paragraphs", '"months" within other text')]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# Title", ("a heading of the level ##", '"# Title"')),
        ("### Part", ("a heading of the level ##", '"### Part"')),
        ("## One\n\n#### Deep", ("a heading of the level ## or ###", '"#### Deep"')),
        ("## One\n\n##", ("words in a heading", "an empty one")),
        ("## One\n\n> ### Part", ("headings between paragraphs", '"Part" in a list or quotation')),
        ("![a](b.png)", ("words, lists and links", 'the picture "b.png"')),
        ("[a](notes.html)", ("a whole address in a link", '"notes.html"')),
        ("[a](//x.org)", ("a whole address in a link", '"//x.org"')),
        ("[a](ftp://x.org)", ("a whole address in a link", '"ftp://x.org"')),
        ("[a]()", ("a whole address in a link", '""')),
        (f"[a](https://x.org/{VALUE})", ("a link with a fixed address", "a value in it")),
        (f"[a]({VALUE})", ("a link with a fixed address", "a value in it")),
        (f"<https://x.org/{VALUE}>", ("a link with a fixed address", "a value in it")),
        (f"[a][r]\n\n[r]: https://x.org/{VALUE}", ("a link with a fixed address", "a value in it")),
    ],
)
def test_what_may_not_stand_in_a_text_is_told(text: str, fault: tuple[str, str]) -> None:
    assert told(text) == [fault]


@pytest.mark.parametrize(
    ("text", "code", "severity", "words"),
    [
        ("[here](https://x.org)", "vague-link", "warning", "[here]"),
        ("[Click here](https://x.org).", "vague-link", "warning", "[Click here]"),
        ("[read more…](https://x.org)", "vague-link", "warning", "[read more…]"),
        ("[this link](#section-1)", "vague-link", "warning", "[this link]"),
        ("<https://x.org/a>", "vague-link", "warning", "https://x.org/a"),
        ("[https://x.org/](https://x.org)", "vague-link", "warning", "https://x.org/"),
        ("| | b |\n|---|---|\n| c | d |", "table-without-headings", "error", "| | b |"),
        ("a <img src=x>", "bad-text", "error", ""),
        ("<table><tr><td>", "bad-text", "error", ""),
    ],
)
def test_what_keeps_readers_out_is_told(text: str, code: str, severity: str, words: str) -> None:
    (fault,) = numbered(text, {})[1]
    assert (fault.code, str(fault.severity), fault.words) == (code, severity, words)


@pytest.mark.parametrize(
    "text", ["[more children](https://x.org)", "<mailto:a@b.org>", "<a@b.org>", "`<img src=x>` 3 < 4"]
)
def test_what_says_enough_is_left_alone(text: str) -> None:
    assert numbered(text, {})[1] == []


def test_all_faults_are_told_at_once() -> None:
    assert len(told("# A\n\n![b](c)\n\n[d](e)")) == 3


def test_levels_may_go_up_by_any_number_of_steps() -> None:
    assert told("## One\n\n### Part\n\n#### Deep\n\n## Two") == []


@pytest.mark.parametrize(
    "address", ["https://x.org/a?b=1&c", "http://x.org", "mailto:a@b.org", "tel:01223", "#section-1"]
)
def test_whole_addresses_are_links(address: str) -> None:
    ((_, html),) = blocks(f"[words]({address})")
    assert html == f'<p><a href="{address.replace("&", "&amp;")}">words</a></p>'


@pytest.mark.parametrize("text", ["[a](javascript:alert(1))", "[a](data:text/html,x)", "<b onclick=x>", "<script>"])
def test_html_and_scripts_stay_text(text: str) -> None:
    ((_, html),) = blocks(text)
    assert "<a" not in html
    assert html.startswith("<p>") and html.count("<") == 2


def test_anchors_are_those_of_links_within_the_paper() -> None:
    rendered, _ = numbered("[a](#section-1) [b](https://x.org/#c)\n\n> [d](#e)", {})
    assert rendered.anchors == ("section-1", "e")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *word*.", "One <em>word</em>."),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("a\\\nb", "a<br />\nb"),
        ("", ""),
    ],
)
def test_a_short_text_is_words_where_it_is_one_paragraph(text: str, html: str) -> None:
    assert short_html(text) == (html, [])


def test_a_short_text_has_no_heading() -> None:
    assert [fault.found for fault in short_html("## One")[1]] == ["a heading"]
    assert [fault.found for fault in short_html("[a](b)")[1]] == ['"b"']
