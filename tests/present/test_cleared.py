"""Who cleared a paper, in its words, and the fingerprint of what was cleared."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reportgen.model import Clearance, RoleState
from reportgen.present.cleared import cleared
from reportgen.present.document import Document
from reportgen.present.fingerprint import fingerprint
from reportgen.trace import Found
from reportgen.wording import UK
from tests.present.made import MEETING_TOML, PAPER_TOML, TABLE, document, figures, html, lines, problems

ROLES = PAPER_TOML + 'clearance = ["finance", "a_legal_one_"]\n'
MEETING = MEETING_TOML + (
    '[[implications]]\nheading = "Money"\ntext = "None."\nrole = "finance"\n'
    '[[implications]]\nheading = "Law"\ntext = "Some."\nrole = "a_legal_one_"\n'
    '[[implications]]\nheading = "Rest"\ntext = "More."\nverified_by = "The head"\n'
)
FRONT = '[front_sheet]\n"Cleared" = "{% for i in meeting.implications %}{{ i.verified_by }}. {% endfor %}"\n'
WORDS = "## One\n\n{% for i in meeting.implications %}\n{{ i.heading }}: *{{ i.verified_by }}*\n\n{% endfor %}"
GIVEN = Clearance("finance", "A <b>*Person*</b> & {{ co }}", "Finance Manager", dt.date(2020, 4, 2), "")


def made(words: str = WORDS, **texts: Any) -> Document:
    return document(words, **{"paper": ROLES + FRONT, "meeting": MEETING, **texts})


def said(*states: RoleState) -> list[str]:
    shown = cleared(made(), states, UK)
    return [part.partition("</p>")[0] for part in html(shown).split("</span>")[1:]] + [shown.front[0][1]]


def test_a_clearance_that_holds_is_printed_with_name_post_and_date() -> None:
    person = "A &lt;b&gt;*Person*&lt;/b&gt; &amp; {{ co }}, Finance Manager, 2 April 2020"
    assert said(RoleState("finance", GIVEN, True), RoleState("a_legal_one_")) == [
        f"Money: <em>{person}</em>",
        "Law: <em>not yet verified</em>",
        "Rest: <em>The head</em>",
        f"{person}. not yet verified. The head.",
    ]


def test_a_void_clearance_is_none() -> None:
    assert said(RoleState("finance", GIVEN, False))[0] == "Money: <em>not yet verified</em>"


def test_a_title_can_not_say_who_cleared_the_paper() -> None:
    title = "{% for i in meeting.implications %}{{ i.verified_by }}{% endfor %}"
    told = problems('{{ exhibit("lines") }}', paper=ROLES + TABLE.replace('"Lines"', f'"{title}"'), meeting=MEETING)
    assert [each.partition(": ")[2] for each in told] == [
        "expected a text of one line, found who cleared the paper in it.\n  Print it in paper.md.  [bad-text]"
    ]


CHART = TABLE.replace('kind = "table"', 'kind = "rating-chart"').replace('name = "lines"', 'name = "chart"')
TEXT = WORDS + '\n{{ exhibit("lines") }}\n\n{{ exhibit("chart") }}\n\n{{ fig.plan }}'
PAPER = ROLES + FRONT + TABLE + CHART


def mark(text: str = TEXT, paper: str = PAPER, meeting: str = MEETING, number: int = 3, plan: str = "A plan") -> str:
    found = Found(figures(plan=plan), {"lines": lines(("a", number, ""), ("b", 2, ""))})
    return fingerprint(made(text, paper=paper, meeting=meeting, found_=found), found.figures, UK)


def test_the_fingerprint_is_the_same_for_the_same_paper() -> None:
    assert mark() == mark()
    assert len(mark()) == 64


@pytest.mark.parametrize(
    "changed",
    [
        {"text": TEXT.replace("One", "Two")},
        {"paper": PAPER.replace('title = "Lines"', 'title = "Rows"', 1)},
        {"paper": PAPER.replace("A report", "Another report")},
        {"paper": PAPER.replace('"Cleared"', '"Verified"')},
        {"meeting": MEETING.replace('"Law"', '"Laws"')},
        {"meeting": MEETING.replace("The head", "A head")},
        {"number": 4},
        {"plan": "Another plan"},
    ],
    ids=str,
)
def test_any_figure_and_any_word_changes_the_fingerprint(changed: dict[str, Any]) -> None:
    assert mark(**changed) != mark()


def test_a_figure_that_no_word_shows_changes_the_fingerprint() -> None:
    shown = made()
    assert fingerprint(shown, figures(unseen=1), UK) != fingerprint(shown, figures(unseen=2), UK)


def test_a_role_that_is_given_to_another_implication_changes_the_fingerprint() -> None:
    assert mark(meeting=MEETING.replace('"a_legal_one_"', '"finance"')) != mark()
