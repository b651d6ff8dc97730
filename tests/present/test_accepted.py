"""The closing note: what was accepted, by whom and why, without cells or found values."""

from __future__ import annotations

import re
from pathlib import Path

import reportgen
from reportgen.model import Acceptance, Place, Problem, Severity
from reportgen.present.accepted import KINDS, with_note
from reportgen.wording import UK
from tests.built import elements
from tests.present.made import document, html
from tests.present.test_hostile import HOSTILE

HEAD, OTHER = Acceptance("A Person, Head of Finance", "The source stands."), Acceptance("B Person", "It is late")


def accepted(code: str, row: int, given: Acceptance | None) -> Problem:
    return Problem(code, Place("a.xlsx", "S", row, 3), "12", '"34"', severity=Severity.WARNING, accepted=given)


def test_the_paper_ends_with_a_numbered_section_of_what_was_accepted() -> None:
    problems = [
        accepted("total-differs", 1, HEAD), accepted("rating-differs", 2, HEAD), accepted("total-differs", 3, HEAD),
        accepted("total-differs", 4, OTHER), accepted("hidden-row", 5, OTHER), accepted("struck-through", 6, OTHER),
        accepted("total-differs", 7, None),
    ]  # fmt: skip
    made = document("## One\n\nWords.\n\n## Two\n\nMore.")
    shown = html(with_note(made, problems, UK))
    assert shown.startswith(html(made))
    assert shown.removeprefix(html(made)) == (
        '<h2 id="section-3">3. Differences accepted</h2>\n'
        '<p class="numbered"><span class="number">3.1 </span>Two stated totals that differ from the sums of their '
        "parts, accepted by A Person, Head of Finance: The source stands.</p>\n"
        '<p class="numbered"><span class="number">3.2 </span>One officer&#x27;s rating that differs from the paper'
        "&#x27;s key, accepted by A Person, Head of Finance: The source stands.</p>\n"
        '<p class="numbered"><span class="number">3.3 </span>One stated total that differs from the sum of its parts, '
        "accepted by B Person: It is late.</p>\n"
        '<p class="numbered"><span class="number">3.4 </span>Two doubts about how the source is to be read, accepted '
        "by B Person: It is late.</p>\n"
    )
    assert not re.search("34|12|xlsx|C1", shown)


def test_where_nothing_is_accepted_there_is_no_note() -> None:
    made = document("## One\n\nWords.")
    assert with_note(made, [accepted("total-differs", 1, None)], UK) is made


def test_hostile_words_of_an_acceptance_are_words() -> None:
    made = document("## One\n\nWords.")
    for text in HOSTILE:
        given = Acceptance(text, text)
        shown = elements(html(with_note(made, [accepted("total-differs", 1, given)], UK)))
        assert [each.text for each in shown.all("h2")] == ["1. One", "2. Differences accepted"]
        assert len(shown.all("p")) == 2
        assert shown.all("a", "em", "strong", "code", "li", "img", "table", "script", "h1") == []


def test_the_words_are_of_codes_that_there_are_and_all_that_contradict_have_theirs() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(reportgen.__file__).parent.rglob("*.py"))
    without = sources.replace(Path(reportgen.__file__).parent.joinpath("present/accepted.py").read_text("utf-8"), "")
    assert [code for code in KINDS if f'"{code}"' not in without] == []
    assert set(re.findall(r'"([a-z]+-differs)"', without)) - {"unit-differs"} <= KINDS.keys()
