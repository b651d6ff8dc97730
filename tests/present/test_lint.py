"""Numbers typed by hand are found, and what only looks like one is left alone."""

from __future__ import annotations

import pytest

from reportgen.model import Place
from reportgen.present.lint import lint, typed_numbers

TYPED = {
    "631 children": ["631"],
    "rose by 16": ["16"],
    "-5,480": ["-5,480"],
    "£1.2m": ["£1.2m"],
    "£350k": ["£350k"],
    "£6,300,000": ["£6,300,000"],
    "£166.45": ["£166.45"],
    "£2,016": ["£2,016"],
    "4.38 million pounds": ["4.38 million"],
    "a million pounds": ["a million"],
    "12.1%": ["12.1%"],
    "12 per cent": ["12 per cent"],
    "3 percentage points": ["3 percentage points"],
    "1 in 5": ["1 in 5"],
    "one in five": ["one in five"],
    "two-thirds of them": ["two-thirds"],
    "a third of children": ["a third"],
    "a quarter of": ["a quarter"],
    "three quarters of": ["three quarters"],
    "half of them": ["half of"],
    "more than half": ["than half"],
    "up by half": ["by half"],
    "two": ["two"],
    "Ten of them": ["Ten"],
    "five outcomes": ["five"],
    "five-year plan": ["five"],
    "twenty-five children": ["twenty-five"],
    "one hundred and twenty": ["one hundred and twenty"],
    "a dozen": ["a dozen"],
    "hundreds of": ["hundreds"],
    "doubled": ["doubled"],
    "twice as many": ["twice"],
    "halved": ["halved"],
    "5 to 7 placements": ["5", "7"],
    "20-30 more": ["20", "-30"],
    "in 3 months": ["3"],
    "15.5 weeks": ["15.5"],
    "16-bed home": ["16"],
    "over 20 children": ["20"],
    "2016 children": ["2016"],
    "2016 more children": ["2016"],
    "16 decided": ["16"],
    "of 12 may leave": ["12"],
    "marked 16": ["16"],
    "that year 16 children left": ["16"],
    "**14** _actions_": ["14"],
    "| 14 |": ["14"],
}
NOT_TYPED = (
    "one of them", "someone", "none", "often", "weight", "tenth", "A-level", "half-term", "the first half",
    "the second half of the year", "third party", "one-off", "on the one hand", "double-check", "a quarter year",
    "Section 20", "Sections 17 and 20", "s.20 of the Act", "paragraph 2.4", "Outcome 4.7", "Actions 4.2, 4.3 and 4.4",
    "Schedule 12A", "paragraphs 1 to 3 of Part 1 of Schedule 12A", "Regulation 24(3)", "Appendix B2", "Phase 2",
    "Table 3 and Figure 2", "Ofsted grade 2", "No. 10", "Key Stage 2", "Key Stage two", "Level 3", "Year 2",
    "Years 7 to 11", "Q1 2016/17", "2016/17", "2016-17", "2016/2017", "2016 to 2017", "between 2015 and 2016",
    "by 2020", "it is 2016.", "the 1990s", "Children Act 1989", "Working Together 2015", "the 2016 strategy", "12 July",
    "12 July 2016", "12 and 13 July 2016", "12th July", "1st of May 2016", "July 12, 2016", "July 2016", "May 2016",
    "Sept-16", "29/06/2016", "2016-06-29", "in the 21st century", "9.30am", "2 p.m.", "10:30", "at 14:00", "24/7",
    "aged 16 and over", "the age of 18", "under-18s", "children under 5", "16-year-olds", "16 to 17 year olds", "16+",
    "H5", "PR1 and PR5", "SSDA903", "COVID-19", "CB3 0AP", "01223 555 0100", "see https://x.org/2016/3", "a@b1.org",
    "[report](https://x.org/5)", "&#39;", "{{ fig.children_2 }}", "{% if fig.a.value > 3 %}", "{# 14 #}",
    "1. First\n2. Second",
)  # fmt: skip


@pytest.mark.parametrize(("text", "found"), TYPED.items(), ids=TYPED)
def test_typed_numbers_are_found(text: str, found: list[str]) -> None:
    assert [number for _, number in typed_numbers(text)] == found
    assert [number for _, number in typed_numbers(f"Words, {text}, words.")] == found


@pytest.mark.parametrize("text", NOT_TYPED)
def test_what_is_no_count_is_left_alone(text: str) -> None:
    assert list(typed_numbers(text)) == []


def test_numbers_stand_on_their_lines() -> None:
    text = "## Section 5 of 14\n\nOn 12 July\n2016 it was 631.\n{{ fig.a\n}} and\n- five\n\n<!-- 3 -->"
    assert list(typed_numbers(text)) == [(1, "14"), (4, "631"), (7, "five"), (9, "3")]


def test_constants_are_allowed_as_they_are_written_and_no_more() -> None:
    text = "52 weeks, 152 weeks, 52 days, £52 weeks, 5, 5.2, 15"
    assert [number for _, number in typed_numbers(text, ("52 weeks", "5"))] == ["152", "52", "£52", "5.2", "15"]


def test_a_longer_constant_goes_before_one_within_it() -> None:
    assert list(typed_numbers("a five year plan of five", ("five", "five year plan"))) == []


def test_a_number_is_a_warning_at_its_line_of_the_file() -> None:
    (told,) = lint("a\n631", Place("paper.md"), first_line=10)
    assert told.message == (
        'paper.md, line 11: expected numbers taken from figures, found "631".\n'
        "  Use {{ fig.name }} (reportgen trace lists the names), or declare it under constants.  [typed-number]"
    )
    assert str(told.severity) == "warning"
    assert str(lint("a\n631", Place("paper.md"), first_line=0)[0].place) == "paper.md"
