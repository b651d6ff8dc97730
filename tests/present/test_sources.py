"""Where a text of the settings stands in its file, so that a problem can tell the line."""

from __future__ import annotations

from dataclasses import replace

from reportgen.model import Place, Text
from reportgen.present.sources import find, line_place
from tests.present.made import MEETING, MEETING_TOML, PAPER, PAPER_TOML, TABLE, WORDS, sources

LONG = '[details]\npurpose = """\nFirst line,\nsecond line.\n"""\nescaped = "a \\"quoted\\" word"\n'


def test_a_text_of_the_settings_knows_its_line() -> None:
    made = sources(meeting=MEETING_TOML + LONG, paper=PAPER_TOML + TABLE)
    assert made.of_meeting("To note the report.") == Text(MEETING, "To note the report.", 3)
    assert made.of_meeting("First line,\nsecond line.\n").first_line == 6
    assert made.of_meeting("\nFirst line,\nsecond line.\n").first_line == 5
    assert made.setting("Lines") == Text(PAPER, "Lines", 10)


def test_a_text_that_does_not_stand_as_it_is_has_no_line() -> None:
    made = sources(meeting=MEETING_TOML + LONG)
    assert made.of_meeting('a "quoted" word').first_line == 0
    assert made.of_meeting("").first_line == 0
    assert replace(made, contents={}).of_meeting("To note the report.").first_line == 0


def test_an_exhibits_settings_begin_at_its_name() -> None:
    made = sources(paper=PAPER_TOML + TABLE)
    assert made.exhibit_place("lines") == Place(PAPER, line=7)
    assert made.exhibit_place("line") == Place(PAPER)


def test_lines_are_counted_from_where_the_text_begins() -> None:
    assert str(line_place(Text(WORDS, "a\nb", 7), 2)) == f"{WORDS}, line 8"
    assert str(line_place(Text(WORDS, "a\nb", 7), 0)) == WORDS
    assert str(line_place(Text(WORDS, "a\nb", 0), 2)) == WORDS


def test_words_are_found_in_the_first_text_that_has_them() -> None:
    texts = [Text("a.md", "one\ntwo", 5), Text("b.md", "two\nthree")]
    assert [find(texts, words) for words in ("two", "three", "four", "")] == [
        Place("a.md", line=6), Place("b.md", line=2), None, None,
    ]  # fmt: skip
