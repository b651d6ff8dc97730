"""A paper put together: numbering, exhibits in order, references, passages, and every problem with its place."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from reportgen.exhibits.views import TableView
from reportgen.model import Unit
from reportgen.present.document import compose
from reportgen.trace import Found
from reportgen.wording import House
from tests.present.made import (
    COMMENTARY,
    MEETING,
    MEETING_TOML,
    PAPER,
    PAPER_TOML,
    SHARE,
    TABLE,
    WORDS,
    document,
    figure,
    figures,
    found,
    html,
    lines,
    problems,
    sources,
)

CHART = TABLE.replace('name = "lines"', 'name = "chart"').replace('kind = "table"', 'kind = "rating-chart"')
SPLIT = TABLE.replace('name = "lines"', 'name = "split"') + "split_by_group = true\n"
EXHIBITS = PAPER_TOML + TABLE + CHART + TABLE.replace('name = "lines"', 'name = "more"')


def paragraphs(text: str, **texts: Any) -> list[str]:
    """The words of each numbered paragraph."""
    shown = html(document(text, **texts))
    return [part.partition("</p>")[0].replace("</span>", "") for part in shown.split('<span class="number">')[1:]]


def test_a_document_says_what_it_is() -> None:
    made = document("## One\n\nWords.", house=House(brackets=True))
    assert (made.title, made.subject, made.author, made.language) == (
        "A report",
        "What it is about",
        "A service",
        "en-GB",
    )
    assert (made.authority, made.committee, made.month) == ("A council", "A committee", "2016-05")
    assert (made.meeting_date, made.data_date) == (dt.date(2016, 7, 12), "31 May 2016")


def test_figures_dates_and_settings_stand_in_texts() -> None:
    text = "## One\n\n{{ fig.children }} {{ fig.share }} {{ fig.plan }} {{ fig.none }} {{ dates.population }}"
    share = found(share=figure("share", SHARE, Unit.PERCENT))
    assert paragraphs(text, found_=share) == ["1.1 631 12.1% A plan not stated 31 May 2016"]


def test_what_is_printed_is_recorded_in_its_first_words() -> None:
    text = "{{ fig.one | word }} {{ fig.one }} {{ fig.change | size }}{% if false %}{{ fig.children }}{% endif %}"
    assert document(text).printed == {"one": "one", "change": "16"}


def test_negatives_follow_the_house() -> None:
    assert "<p>(16)</p>" in html(document("{{ fig.change }}", house=House(brackets=True)))


def test_exhibits_are_numbered_in_the_order_of_the_paper_tables_and_figures_apart() -> None:
    text = (
        '## One\n\nSee {{ ref("more") }}, {{ ref("chart") }} and {{ ref("lines") }}.\n\n{{ exhibit("lines") }}\n\n'
        'Between.\n\n{{ exhibit("chart") }}\n\n{{ exhibit("more") }}\n\nAfter.'
    )
    made = document(text, paper=EXHIBITS)
    assert [(each.key, each.label, each.anchor, each.is_chart) for each in made.exhibits.values()] == [
        ("lines", "Table 1", "exhibit-lines", False),
        ("chart", "Figure 1", "exhibit-chart", True),
        ("more", "Table 2", "exhibit-more", False),
    ]
    assert [key for kind, key in made.blocks if kind == "exhibit"] == ["lines", "chart", "more"]
    assert '<a href="#exhibit-more">Table 2</a>, <a href="#exhibit-chart">Figure 1</a>' in html(made)
    assert [part[:3] for part in html(made).split('<span class="number">')[1:]] == ["1.1", "1.2", "1.3"]


def test_paragraphs_are_numbered_within_loops_and_after_exhibits() -> None:
    grid = lines(("a", 1, "x"), ("b", 2, "y"))
    text = (
        '## One\n\n{% for group in groups("lines") %}\n### Group {{ group }}\n\nAbout {{ group }}.\n\n'
        '{{ exhibit("split", group) }}\n\n{% endfor %}\nLast.\n\n## Two\n\nEnd.'
    )
    made = document(text, found_=Found(figures(), {"lines": grid}), paper=PAPER_TOML + SPLIT)
    assert [part.partition("</p>")[0] for part in html(made).split('<span class="number">')[1:]] == [
        "1.1 </span>About x.", "1.2 </span>About y.", "1.3 </span>Last.", "2.1 </span>End.",
    ]  # fmt: skip
    assert list(made.exhibits) == ["split-x", "split-y"]
    tables = [each.exhibit for each in made.exhibits.values()]
    rows = [[row.cells[0].text for row in table.rows] for table in tables if isinstance(table, TableView)]
    assert rows == [["A"], ["B"]]


def test_rows_of_a_grid_are_figures_by_column_without_its_totals() -> None:
    text = '{% for row in rows("lines") %}{{ row.line }}: {{ row.number | word }}; {% endfor %}'
    assert "<p>First: one; Second: 22;</p>" in html(document(text))


def test_passages_stand_where_they_are_called_with_headings_lists_and_figures() -> None:
    passages = {"words": "### Part\n\nWith {{ fig.children }}.\n\n- a\n- b\n\n1. c\n2. d", "next": "More."}
    text = '## One\n\n{{ passage("words") }}\n\n{{ passage("next") }}'
    assert html(document(text, passages=passages)) == (
        '<h2 id="section-1">1. One</h2>\n<h3>Part</h3>\n'
        '<p class="numbered"><span class="number">1.1 </span>With 631.</p>\n'
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n<li>d</li>\n</ol>\n"
        '<p class="numbered"><span class="number">1.2 </span>More.</p>\n'
    )


def test_an_exhibit_may_be_called_in_a_passage_or_an_implication() -> None:
    meeting = (
        MEETING_TOML
        + '[[implications]]\nheading = "Resources"\ntext = \'See {{ ref("lines") }}.{{ exhibit("more") }}\'\n'
    )
    text = (
        '## One\n\n{{ passage("words") }}\n\n{% for item in meeting.implications %}\n### {{ item.heading }}\n\n'
        "{{ item.text }}\n\n{% endfor %}"
    )
    made = document(
        text,
        paper=PAPER_TOML + TABLE + TABLE.replace('name = "lines"', 'name = "more"'),
        meeting=meeting,
        passages={"words": 'Here.\n\n{{ exhibit("lines") }}'},
    )
    assert [(each.key, each.label) for each in made.exhibits.values()] == [("lines", "Table 1"), ("more", "Table 2")]


def test_an_implication_may_say_who_verified_it() -> None:
    meeting = (
        MEETING_TOML
        + '[[implications]]\nheading = "Financial"\ntext = "None."\nverified_by = "Manager & <b>accounts</b> {{ 1 }}"\n'
        + '[[implications]]\nheading = "Other"\ntext = "Some."\n'
    )
    text = (
        "## One\n\n{% for item in meeting.implications %}\n{{ item.heading }}: {{ item.text }}"
        "{% if item.verified_by %} By {{ item.verified_by }}.{% endif %}\n\n\n{% endfor %}"
    )
    assert re.findall("</span>(.*?)</p>", html(document(text, meeting=meeting))) == [
        "Financial: None. By Manager &amp; &lt;b&gt;accounts&lt;/b&gt; {{ 1 }}.",
        "Other: Some.",
    ]


def test_titles_and_notes_are_texts_of_one_line_with_labels_for_references() -> None:
    exhibit = TABLE.replace(
        'title = "Lines"', "title = \"{{ fig.children }} & {{ ref('more') }}\"\nnotes = [\"See {{ ref('lines') }}.\"]"
    )
    text = '{{ exhibit("lines") }}{{ exhibit("more") }}'
    made = document(text, paper=PAPER_TOML + exhibit + TABLE.replace('name = "lines"', 'name = "more"'))
    shown = made.exhibits["lines"].exhibit
    assert (shown.title, shown.notes) == ("631 & Table 2", ("See Table 1.",))


def test_the_front_sheet_is_words_or_paragraphs() -> None:
    front = (
        '[front_sheet]\n"To" = "{{ meeting.committee }}"\n"When" = "**{{ meeting.date }}**"\n'
        '"Asked" = """One.\n\n- {{ fig.children }}\n"""\n"Note" = "{{ meeting.recommendation }}"\n'
    )
    assert document("", paper=PAPER_TOML + front).front == (
        ("To", "A committee"),
        ("When", "<strong>12 July 2016</strong>"),
        ("Asked", "<p>One.</p>\n<ul>\n<li>631</li>\n</ul>"),
        ("Note", "To note the report."),
    )


def test_the_meetings_texts_are_filled_in() -> None:
    meeting = MEETING_TOML.replace("To note the report.", "To note {{ fig.children }}.") + (
        '[details]\nfrom = "The *director*"\n\n[[officers]]\nrole = "Head"\nname = "A <B>"\n\n'
        '[[sources]]\ntitle = "A_b_"\nlocation = "Hall"\n'
    )
    text = (
        "{{ meeting.recommendation }} {{ meeting.details.from }} {{ meeting.date }} "
        "{% for o in meeting.officers %}{{ o.name }}, {{ o.role }}{% endfor %} "
        "{% for s in meeting.sources %}{{ s.title }}: {{ s.location }}{% endfor %}"
    )
    assert html(document(text, meeting=meeting)) == (
        "<p>To note 631. The <em>director</em> 12 July 2016 A &lt;B&gt;, Head A_b_: Hall</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "a\n\n{{ fig.childre }}",
            ', line 3: expected a figure that exists, found "childre".\n  Did you mean "children"?  [bad-text]',
        ),
        (
            "{{ fig.children",
            ", line 1: expected a text that Jinja can read, found this: unexpected end of template, expected 'end of"
            " print statement'.\n  Braces stand in pairs: {{ fig.name }}, {% if … %} … {% endif %}.  [bad-text]",
        ),
        (
            "\n{{ fig.none | way('a', 'b') }}",
            ", line 2: expected a figure with a number before the filter way, found none, which is blank.\n"
            "  Put the sentence between {% if fig.name.value is not none %} and {% endif %}, for months without it."
            "  [bad-text]",
        ),
        (
            "## One\n\n![x](y.png)",
            ', line 3: expected words, lists and links, found the picture "y.png".\n'
            "  Pictures are exhibits of the paper: they need a text alternative and their data.  [bad-text]",
        ),
        (
            "## One\n\n#### {{ fig.plan }} deep",
            ': expected a heading of the level ## or ###, found "#### A plan deep".\n'
            "  Levels aren't skipped.  [bad-text]",
        ),
        (
            "words\n\n#### deep",
            ', line 3: expected a heading of the level ##, found "#### deep".\n  Levels aren\'t skipped.  [bad-text]',
        ),
        (
            "[a](#nowhere)",
            ', line 1: expected a place "#nowhere" in the paper, found none.\n'
            "  Sections are #section-1, #section-2 …; exhibits are referred to by {{ ref(...) }}.  [missing-anchor]",
        ),
    ],
)
def test_a_fault_of_the_papers_words_is_told_with_its_line(text: str, said: str) -> None:
    assert problems(text) == [WORDS + said]


def test_a_link_within_the_paper_may_lead_to_a_section() -> None:
    assert problems("## One\n\n[a](#section-1)") == []


def test_faults_of_all_texts_are_told_at_once_each_in_its_file() -> None:
    meeting = MEETING_TOML.replace("To note the report.", "To note {{ fig.x }}.")
    paper = PAPER_TOML + '[front_sheet]\n"To" = "{{ fig.y }}"\n' + TABLE.replace('"Lines"', '"{{ fig.z }}"')
    text = '{{ fig.a }}\n{{ fig.b }}\n{{ passage("words") }}'
    told = problems(text, meeting=meeting, paper=paper, passages={"words": "{{ fig.c }}", "more": "d"})
    assert [line.partition(": expected")[0] + " " + line.partition("found ")[2][:3] for line in told] == [
        f'{MEETING}, line 3 "x"', f'{PAPER}, line 6 "y"', f'{WORDS}, line 1 "a"', f'{WORDS}, line 2 "b"',
        f'{PAPER}, line 12 "z"',
    ]  # fmt: skip


def test_a_fault_in_a_passage_is_told_in_the_commentary() -> None:
    told = problems(
        '{{ passage("words") }}{{ exhibit("lines") }}', paper=EXHIBITS, passages={"words": "a\n{{ fig.c }}"}
    )
    assert [line.partition(".\n")[0] for line in told] == [
        f'{COMMENTARY}, line 101: expected a figure that exists, found "c"'
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{{ exhibit("lines") }}\n{{ exhibit("lines") }}',
            f'{WORDS}, line 2: expected each exhibit once, found "lines" again.',
        ),
        ('\n{{ exhibit("line") }}', f'{WORDS}, line 2: expected an exhibit that exists, found "line".'),
        ('{{ passage("word") }}', f'{WORDS}, line 1: expected a passage that exists, found "word".'),
        (
            '{{ exhibit("lines", "x") }}',
            f'{WORDS}, line 1: expected no group, as the exhibit isn\'t split, found "x".',
        ),
        ('{{ exhibit("split") }}', f'{WORDS}, line 1: expected a group of the grid "lines" that exists, found "".'),
        (
            '\n{{ exhibit("split", "x") }}',
            f'{WORDS}, line 2: expected a group of the grid "lines" that exists, found "x".',
        ),
        (
            '## One\n\n> {{ ref("more") }}',
            f'{WORDS}, line 3: expected the exhibit "more" in the paper, as a text refers to it, found it nowhere.',
        ),
        (
            '```\n{{ exhibit("lines") }}\n```',
            f'{WORDS}, line 2: expected an exhibit between paragraphs, found "lines" within other text.',
        ),
        (
            '{{ passage("self") }}',
            f'{COMMENTARY}, line 200: expected passages that don\'t call each other, found "self" within itself.',
        ),
    ],
)
def test_exhibits_and_passages_that_are_called_wrongly(text: str, said: str) -> None:
    passages = {"words": "a", "self": '{{ passage("self") }}'}
    grouped = Found(figures(), {"lines": lines(("a", 1, "one"), ("b", 2, "two"))})
    told = problems(text, paper=EXHIBITS + SPLIT, passages=passages, found_=grouped)
    assert told[0].partition("\n")[0].removesuffix("  [bad-text]") == said


def test_an_exhibit_may_be_referred_to_before_and_after_it_stands() -> None:
    text = 'See {{ ref("lines") }}.\n\n{{ exhibit("lines") }}\n\nSee {{ ref("lines") }}.'
    assert html(document(text, paper=PAPER_TOML + TABLE)).count('<a href="#exhibit-lines">Table 1</a>') == 2


@pytest.mark.parametrize(
    ("replaced", "by", "said"),
    [
        (
            'kind = "table"',
            'kind = "tabel"',
            'a kind that exists, for the exhibit "lines", found "tabel".\n  Did you mean "table"?  [unknown-kind]',
        ),
        (
            'grid = "lines"',
            'grid = "line"',
            'a grid that exists, for the exhibit "lines", found "line".\n  Did you mean "lines"?  [unknown-grid]',
        ),
        (
            'title = "Lines"',
            'title = "Lines"\ncolumns = { line = "", numbr = "" }',
            'a column of the grid "lines" that exists, for the exhibit "lines", found "numbr".\n'
            '  Did you mean "number"?  [unknown-column]',
        ),
        (
            'title = "Lines"',
            'title = "Lines"\noptions = { total = "no" }',
            'an option of the kind "table" that exists, for the exhibit "lines", found "total".\n'
            '  Did you mean "totals"?  [unknown-option]',
        ),
        (
            'kind = "table"',
            'kind = "action-table"\noptions = { axis = "Actions" }',
            'an option of the kind "action-table" that exists, for the exhibit "lines", found "axis".\n'
            "  There is: none.  [unknown-option]",
        ),
        (
            'kind = "table"',
            'kind = "timeline-chart"',
            'a grid that the kind "timeline-chart" can show, for the exhibit "lines", found one that it can\'t: grid'
            ' "lines" has no day that it stands at.\n  Choose another kind.  [unfit-grid]',
        ),
        (
            'kind = "table"',
            'kind = "action-table"',
            'a grid that the kind "action-table" can show, for the exhibit "lines", found one that it can\'t: grid'
            ' "lines" has no column "rating": it has line, number.\n  Choose another kind.  [unfit-grid]',
        ),
    ],
)
def test_settings_of_exhibits_that_do_not_fit_are_told_with_their_line(replaced: str, by: str, said: str) -> None:
    told = problems('{{ exhibit("lines") }}', paper=PAPER_TOML + TABLE.replace(replaced, by))
    assert told == [f"{PAPER}, line 7: expected {said}"]


def test_settings_of_exhibits_are_tested_where_no_text_calls_them() -> None:
    told = problems("", paper=PAPER_TOML + TABLE.replace('kind = "table"', 'kind = "x"'))
    assert [line.rpartition("[")[2] for line in told] == ["unknown-kind]"]


def test_titles_refer_to_what_stands_in_the_paper() -> None:
    paper = EXHIBITS.replace('title = "Lines"', "title = \"See {{ ref('more') }}\"", 1)
    assert problems('{{ exhibit("lines") }}', paper=paper) == [
        f'{PAPER}, line 10: expected an exhibit that stands in the paper, found "more".\n'
        "  Call it in paper.md.  [bad-text]"
    ]


@pytest.mark.parametrize(
    ("call", "expected"),
    [("exhibit('more')", 'a text of one line, found "more" called in it'),
     ("passage('words')", 'a text of one line, found "words" called in it')],
)  # fmt: skip
def test_titles_call_neither_exhibits_nor_passages(call: str, expected: str) -> None:
    paper = EXHIBITS.replace('title = "Lines"', f'title = "{{{{ {call} }}}}"', 1)
    told = problems('{{ exhibit("lines") }}{{ passage("words") }}', paper=paper, passages={"words": "a"})
    assert told[0].startswith(f"{PAPER}, line 10: expected {expected}.")


def test_the_front_sheet_has_no_exhibit_and_no_heading() -> None:
    front = '[front_sheet]\n"To" = "{{ exhibit(\'lines\') }}"\n"From" = "## Heading"\n'
    told = problems("", paper=PAPER_TOML + front + TABLE)
    assert [line.partition("\n")[0] for line in told] == [
        f"{PAPER}, line 6: expected words in the front sheet, found an exhibit.",
        f"{PAPER}, line 7: expected paragraphs and lists, found a heading.",
    ]


def test_what_no_text_calls_for_is_a_warning() -> None:
    made, told = compose(sources("", paper=PAPER_TOML + TABLE, passages={"wrds": "a", "spare": "b"}), found())
    assert made is not None
    assert [problem.message for problem in told] == [
        f'{PAPER}, line 7: expected the exhibit "lines" in {WORDS}, found it nowhere.\n'
        '  Call {{ exhibit("lines") }} where it is to stand, or take it out.  [unused-exhibit]',
        f'{COMMENTARY}, line 99: expected passages that the paper calls for, found "wrds".\n'
        "  It isn't printed: take it out or rename it.  [unused-passage]",
        f'{COMMENTARY}, line 199: expected passages that the paper calls for, found "spare".\n'
        "  It isn't printed: take it out or rename it.  [unused-passage]",
    ]
    assert {str(problem.severity) for problem in told} == {"warning"}


def test_an_unused_passage_is_guessed_to_be_one_that_is_used() -> None:
    told = problems('{{ passage("overview") }}', passages={"overview": "a", "overveiw": "b"})
    assert told[0].endswith('Did you mean "overview"?  [unused-passage]')


def test_numbers_typed_by_hand_are_warned_of_in_every_text() -> None:
    meeting = MEETING_TOML.replace("the report", "the 14 actions") + (
        '[[implications]]\nheading = "Resources of 3 kinds"\ntext = """One\nand twice\n"""\n'
    )
    paper = PAPER_TOML + TABLE.replace('"Lines"', '"Lines of 12"') + 'notes = ["Of 7 rows."]\n'
    text = 'In 12 months.\n\n{{ passage("words") }}\n\n{{ exhibit("lines") }}'
    made, told = compose(sources(text, meeting=meeting, paper=paper, passages={"words": "a\nfive"}), found())
    assert made is not None
    assert [(str(problem.place), problem.found, problem.code) for problem in told] == [
        (f"{WORDS}, line 1", '"12"', "typed-number"),
        (f"{COMMENTARY}, line 101", '"five"', "typed-number"),
        (f"{MEETING}, line 3", '"14"', "typed-number"),
        (f"{MEETING}, line 5", '"3"', "typed-number"),
        (f"{MEETING}, line 7", '"twice"', "typed-number"),
        (f"{PAPER}, line 10", '"12"', "typed-number"),
        (f"{PAPER}, line 11", '"7"', "typed-number"),
    ]


def test_declared_constants_are_no_typed_numbers() -> None:
    paper = PAPER_TOML + 'constants = ["52 weeks"]\n'
    meeting = 'constants = ["12"]\n' + MEETING_TOML
    assert [
        line.partition("found ")[2][:5] for line in problems("52 weeks, 12 and 112", paper=paper, meeting=meeting)
    ] == ['"112"']
