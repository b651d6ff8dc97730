"""Texts from cells that mean something to HTML, Markdown, Jinja or a screen stay text wherever they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.model import DRAFT
from reportgen.present.document import Document
from reportgen.render.page import pages
from reportgen.trace import Found
from reportgen.wording import printable, sentence_case
from reportgen.workspace import packaged_templates
from tests.built import Element, elements
from tests.present.made import MEETING_TOML, PAPER_TOML, document, figures, lines

HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</td></tr></table><h1>mine</h1>",
    "<!-- hidden -->",
    "<![CDATA[x]]>",
    "<a href=https://evil.example>x</a>",
    "a & b &amp; c &#65; &lt;b&gt; &nbsp;",
    "\"quoted\" and 'single' and `ticks`",
    "*em* **strong** ***both***",
    "_em_ __strong__ snake_case_name",
    "# Heading",
    "## 9. Heading",
    "- item",
    "1. item",
    "> quoted",
    "    code",
    "```\nfence\n```",
    "`code`",
    "| a | b |",
    "---",
    "===",
    "[link](https://evil.example)",
    "[link][ref]",
    "![picture](https://evil.example/x.png)",
    "<https://evil.example>",
    "https://evil.example",
    "[ref]: https://evil.example",
    "javascript:alert(1)",
    "back\\slash \\* \\n \\\\ C:\\temp\\",
    "{{ fig.children }}",
    "{% for x in y %}{% endfor %}",
    "{# remark #}",
    "{{ ''.__class__.__mro__ }}",
    "\ue0000\ue001 \ue001\ue000 \uf8ff",
    "tab\tnew\nline\rcarriage",
    "\x00\x07\x0b\x1b[31m\x7f\x9f",
    "\u202eabc\u202c \u2066x\u2069 \ufeff",
    "~~struck~~ ^up^ :smile: $x^2$ \\(y\\)",
    "é ü – “q” ’ £ ½ \u00a0 日本 😀",
    "very long " * 400,
    "W" * 3000,
)
TABLES = """
[front_sheet]
"Plan" = "{{ fig.plan }} and **{{ fig.plan }}**"

[[exhibit]]
name = "lines"
kind = "table"
grid = "lines"
title = "About {{ fig.plan }}"
notes = ["Note: {{ fig.plan }}"]

[[exhibit]]
name = "chart"
kind = "rating-chart"
grid = "lines"
title = "Chart of {{ fig.plan }}"
"""
WORDS = """\
## A heading with {{ fig.plan }}

A paragraph with {{ fig.plan }}, **{{ fig.plan }}**, _{{ fig.plan }}_ and `{{ fig.plan }}`.

{{ fig.plan }}

- item {{ fig.plan }}

> quoted {{ fig.plan }}

| Head {{ fig.plan }} |
|---|
| Cell {{ fig.plan }} |

A [link with {{ fig.plan }}](https://safe.example/) and {{ ref("lines") }}.

{% for row in rows("lines") %}
Row {{ row.line }} of {{ row.group }}.

{% endfor %}
{{ passage("words") }}

{{ meeting.recommendation }}

{{ exhibit("lines") }}

{{ exhibit("chart") }}
"""
MEETING = MEETING_TOML.replace("To note the report.", "To note {{ fig.plan }}.")


def made(text: str) -> Document:
    found = Found(figures(plan=text), {"lines": lines((text, 3, text), ("b", 4, "b"))})
    return document(
        WORDS, found_=found, paper=PAPER_TOML + TABLES, meeting=MEETING, passages={"words": "Passage: {{ fig.plan }}"}
    )


def page(text: str) -> Element:
    laid_out = pages(made(text), [packaged_templates()], "made", DRAFT)
    return elements(laid_out.screen_html)


@pytest.fixture(scope="module")
def harmless() -> list[str]:
    """The tags of the page when the text is a word."""
    return [each.tag for each in _every(page("Word").without("g"))]


def _every(element: Element) -> list[Element]:
    return [each for kid in element.kids if isinstance(kid, Element) for each in (kid, *_every(kid))]


@pytest.mark.parametrize("text", HOSTILE, ids=[f"{number}" for number in range(len(HOSTILE))])
def test_hostile_text_is_text_and_changes_nothing_else(text: str, harmless: list[str]) -> None:
    shown = page(text)
    # How many lines a label takes in a chart depends on its length; what else is drawn doesn't.
    assert [each.tag for each in _every(shown.without("g"))] == harmless
    assert {each.tag for drawn in shown.all("g") for each in _every(drawn)} <= {"g", "path", "text", "use", "defs"}

    def said(words: str, value: str = printable(text)) -> str:
        return " ".join(words.replace("*", value).split())

    body = shown.all("main")[0]
    paragraphs = [each.text for each in body.all("p")]
    assert shown.all("h2")[0].text == said("1. A heading with *")
    assert paragraphs[:2] == [said("1.1 A paragraph with *, *, * and *."), said("1.2 *")]
    assert [each.text for each in body.all("strong", "em", "code")][:3] == [said("*")] * 3
    assert [each.text for each in body.all("li", "blockquote")] == [said("item *"), said("quoted *")]
    assert [each.text for each in body.all("table")[0].all("th", "td")] == [said("Head *"), said("Cell *")]
    links = [(each.attributes["href"], each.text) for each in body.all("a")]
    assert links == [("https://safe.example/", said("link with *")), ("#exhibit-lines", "Table 1")]
    unnumbered = [each.partition(" ")[2] for each in paragraphs]
    assert {said("Row * of *."), said("Passage: *"), said("To note *.")} <= set(unnumbered)
    exhibit = body.all("table")[1]
    assert exhibit.all("caption")[0].text == said("Table 1: About *")
    cell = exhibit.all("th")[2]
    assert (cell.text, cell.attributes["scope"]) == (said("*", sentence_case(printable(text))), "row")
    assert said("Note: *") in paragraphs
    assert shown.all("dd")[0].text == said("* and *")
    alternative = " ".join(body.all("desc")[0].text.split())
    assert alternative.startswith(said("Bar chart. Chart of *").rstrip(". "))


def test_hostile_text_cannot_name_a_file() -> None:
    exhibit = TABLES.replace('grid = "lines"\n', 'grid = "lines"\nsplit_by_group = true\n', 1)
    groups = ("../../etc/passwd", "..", "A B", "a-b", '"><x', "\u202e")
    grid = lines(*((f"line {number}", number, group) for number, group in enumerate(groups)))
    words = '{% for group in groups("lines") %}{{ exhibit("lines", group) }}{{ ref("lines", group) }}{% endfor %}'
    shown = document(
        words + '{{ exhibit("chart") }}', found_=Found(figures(), {"lines": grid}), paper=PAPER_TOML + exhibit
    )
    assert list(shown.exhibits) == [
        "lines-etc-passwd", "lines-group", "lines-a-b", "lines-a-b-2", "lines-x", "lines-group-2", "chart",
    ]  # fmt: skip
    assert all(Path(key).name == key for key in shown.exhibits)
