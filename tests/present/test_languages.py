"""Passages in another language: marked in the words, known by name, and said in the PDF's tags."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from reportgen.present.markdown import numbered, short_html
from tests.pdf_structure import inconsistencies
from tests.render import written
from tests.verapdf import Engine

WELSH = "## One\n\nThe [Plant *a* phobl]{lang=cy} team.\n\n::: cy\nMae'r cyngor.\n\n- un\n- dau\n:::\n\nLast.\n"


def html(text: str) -> str:
    rendered, wrong = numbered(text, {})
    assert [str(fault) for fault in wrong] == []
    return "".join(part for _, part in rendered.blocks)


def told(text: str) -> list[tuple[str, str, str]]:
    return [(fault.code, fault.found, fault.words) for fault in numbered(text, {})[1]]


def test_a_passage_and_words_within_one_have_their_language_and_stay_numbered() -> None:
    made = html(WELSH)
    assert '<span class="number">1.1 </span>The <span lang="cy">Plant <em>a</em> phobl</span> team.' in made
    assert '<p lang="cy" class="numbered"><span class="number">1.2 </span>Mae\'r cyngor.</p>' in made
    assert '<ul lang="cy">\n<li>un</li>' in made
    assert '<span class="number">1.3 </span>Last.' in made


@pytest.mark.parametrize("tag", ["cy", "en-GB", "zh-Hant", "pl", "ur", "so"])
def test_languages_are_known_by_their_tags(tag: str) -> None:
    assert f'<p lang="{tag}">Words</p>' in html(f"::: lang={tag}\nWords\n:::\n")
    assert short_html(f"[words]{{lang={tag}}}") == (f'<span lang="{tag}">words</span>', [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("::: qqx\nWords\n:::", ("unknown-language", '"qqx"', "::: qqx")),
        ("::: Welsh\nWords\n:::", ("unknown-language", '"Welsh"', "::: Welsh")),
        ("[a]{lang=cy-ZZZ}", ("unknown-language", '"cy-ZZZ"', "[a]{lang=cy-ZZZ}")),
        ("[a]{lang=}", ("unknown-language", '""', "[a]{lang=}")),
        ("::: cy\nWords", ("unknown-language", '"::: cy" without an end', "::: cy")),
        ("Words\n\n:::", ("unknown-language", '":::"', ":::")),
    ],
)
def test_a_language_that_is_none_is_told(text: str, fault: tuple[str, str, str]) -> None:
    assert told(text) == [fault]


def test_brackets_without_a_language_are_words_and_links_stay_links() -> None:
    assert html("[x] and [y]{z} and [plan](https://a.org)") == (
        '<p>[x] and [y]{z} and <a href="https://a.org">plan</a></p>\n'
    )


def _languages(element: Any) -> Iterator[tuple[str, str]]:
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            if "/Lang" in kid:
                yield str(kid.S), str(kid.Lang)
            yield from _languages(kid)


def test_languages_reach_the_tags(verapdf: Engine) -> None:
    pdf = written(f"<h1>Report</h1>{html(WELSH)}")
    assert verapdf(pdf) == ()
    assert inconsistencies(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [*_languages(document.Root.StructTreeRoot.K[0])] == [("/Span", "cy"), ("/P", "cy"), ("/L", "cy")]
