"""Settings in TOML: the lines of keys, and what is wrong in an author's words."""

from __future__ import annotations

import tomllib

import pytest

from reportgen.model import Text, Unit
from reportgen.settings import MeetingSettings, PaperSettings
from reportgen.tomlfile import Path, key_lines, load, parse
from tests.made import MEETING_TOML

UNITS = [f'"{unit}"' for unit in Unit]
SOUND = """\
# A remark with = and [brackets].
title = "one" # another [remark]
"quoted key" = 'x = [1'
list = [
  "a = 1", # not a key
  { inner = 2 },
]
long = \"\"\"
inside = "not a key"
[not.a.section]
\"\"\"
a . b = 3

[section]
key = 1
[section.below]
key = '''
still = 'inside'
'''
after = 2

[[part]]
name = "first"
[part.more]
deep = 1
[[part]]
name = "second"
[part.more]
deep = 2
"""


def test_every_section_and_setting_has_its_line() -> None:
    assert key_lines(SOUND) == {
        ("title",): 2,
        ("quoted key",): 3,
        ("list",): 4,
        ("list", 1): 6,
        ("long",): 8,
        ("a", "b"): 12,
        ("section",): 14,
        ("section", "key"): 15,
        ("section", "below"): 16,
        ("section", "below", "key"): 17,
        ("section", "below", "after"): 20,
        ("part", 0): 22,
        ("part", 0, "name"): 23,
        ("part", 0, "more"): 24,
        ("part", 0, "more", "deep"): 25,
        ("part", 1): 26,
        ("part", 1, "name"): 27,
        ("part", 1, "more"): 28,
        ("part", 1, "more", "deep"): 29,
    }


@pytest.mark.parametrize(
    "line",
    [
        r'a = "quote \" and [bracket"',
        "a = 'C:\\['",
        'a = """one line ["""',
        "a = [[1, 2], [3]]",
        "a = { b = { c = [1] } }",
        'a = ""',
        "\"a\" = '''\"['''",
    ],
)
def test_a_value_of_one_line_does_not_hide_the_next_key(line: str) -> None:
    text = f"{line}\nb = 1\n"
    assert set(tomllib.loads(text)) == {"a", "b"}
    assert key_lines(text) == {("a",): 1, ("b",): 2}


def test_the_tables_of_a_list_have_lines_and_what_is_within_them_has_none() -> None:
    text = 'rows = [\n  { a = { b = [{ c = 1 }] } }, { a = "{" },\n  # {\n  { a = {} },\n]\nb = { c = [{}] }\n'
    assert len(tomllib.loads(text)["rows"]) == 3
    assert key_lines(text) == {("rows",): 1, ("rows", 0): 2, ("rows", 1): 2, ("rows", 2): 4, ("b",): 6}


def test_line_ends_of_windows_are_line_ends() -> None:
    assert key_lines('a = """x\r\n"""\r\n[b]\r\nc = 1\r\n') == {("a",): 1, ("b",): 3, ("b", "c"): 4}


def test_a_place_without_a_line_of_its_own_takes_that_of_what_holds_it() -> None:
    file, problems = parse(Text("meeting.toml", SOUND))
    assert not problems
    places: list[Path] = [("list", 0), ("section", "none"), ("part", 1, "x"), ("none",)]
    assert [file.place(*keys).line for keys in places] == [4, 14, 26, 0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'a = 1\nb = "open\n',
            "m.toml, line 2: expected TOML, found a mistake: Illegal character '\\n'.\n"
            "  Text stands in straight quotes, dates without: 2016-07-12.  [bad-toml]",
        ),
        (
            "a = \N{LEFT DOUBLE QUOTATION MARK}x\N{RIGHT DOUBLE QUOTATION MARK}\n",
            "m.toml, line 1: expected TOML, found a mistake: Invalid value.\n"
            "  Text stands in straight quotes, dates without: 2016-07-12.  [bad-toml]",
        ),
        (
            "a = 1\na = 2\n",
            "m.toml, line 2: expected TOML, found a mistake: Cannot overwrite a value.\n"
            "  Text stands in straight quotes, dates without: 2016-07-12.  [bad-toml]",
        ),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text: str, message: str) -> None:
    settings = load(MeetingSettings, Text("m.toml", text))
    assert settings.values is None
    assert [problem.message for problem in settings.problems] == [message]


@pytest.mark.parametrize("text", ["a = 1\nb = 2016-13-01\n", 'a = 1\nb = """open\n\n', "a = 1\nb = [1,\n", "a = 1\nb"])
def test_a_mistake_at_the_end_has_a_line_too(text: str) -> None:
    (problem,) = load(MeetingSettings, Text("m.toml", text)).problems
    assert (problem.code, str(problem.place)) == ("bad-toml", "m.toml, line 2")


def wrong(text: str, model: type[MeetingSettings] | type[PaperSettings] = MeetingSettings) -> list[str]:
    """The messages about a file, without its name."""
    settings = load(model, Text("m.toml", text))
    assert settings.values is None
    return [problem.message.removeprefix("m.toml, ") for problem in settings.problems]


def test_all_problems_of_a_file_are_told_at_once() -> None:
    text = """\
comittee = "Children's Committee"
meeting_date = "21 April"
recommendation = ""

[details]
key_decision = false

[[officers]]
role = "Head"

[[officers]]
name = "A. Person"
contract = "phone"
"""
    assert sorted(wrong(text)) == [
        'line 11: expected the setting "officers.role", found none.\n  Add it.  [missing-setting]',
        'line 13: expected a known setting, found "officers.contract".\n  Did you mean "contact"?  [unknown-setting]',
        'line 1: expected a known setting, found "comittee".\n  Did you mean "committee"?  [unknown-setting]',
        'line 2: expected a date without quotes, such as 2016-07-12 for "meeting_date", found "21 April".\n'
        "  Correct it.  [bad-setting]",
        'line 3: expected some text for "recommendation", found "".\n  Correct it.  [bad-setting]',
        'line 6: expected text in quotes for "details.key_decision", found false.\n  Correct it.  [bad-setting]',
        'm.toml: expected the setting "committee", found none.\n  Add it.  [missing-setting]',
    ]


@pytest.mark.parametrize("date", ['"2016-07-12"', "20160712", "86400", "2016-07-12T19:00:00", "19:00:00", "2016.5"])
def test_a_date_is_nothing_but_a_date(date: str) -> None:
    (message,) = wrong(MEETING_TOML.replace("2020-04-21", date))
    assert message.startswith('line 2: expected a date without quotes, such as 2016-07-12 for "meeting_date", found ')


def test_a_date_within_a_section_is_found_too() -> None:
    assert wrong(f'{MEETING_TOML}[as_at]\npopulation = "May"\n') == [
        'line 5: expected a date without quotes, such as 2016-07-12 for "as_at.population", found "May".\n'
        "  Correct it.  [bad-setting]"
    ]


def test_a_setting_that_slipped_into_the_section_above_it_is_pointed_at() -> None:
    text = '[details]\nfrom = "Director"\n\n' + MEETING_TOML
    assert wrong(text)[0] == (
        'line 4: expected the setting "committee", found it in the section [details].\n'
        "  Move it above the first section: what stands under a section belongs to it.  [missing-setting]"
    )


PAPER = 'title = "T"\nsubject = "S"\nauthor = "A"\ndatasets = ["population"]\n'


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            "constants = 3",
            'expected a list in square brackets for "constants", found 3.\n  Correct it.  [bad-setting]',
        ),
        (
            "constants = [3]",
            'expected text in quotes for "constants", found 3.\n  Correct it.  [bad-setting]',
        ),
        (
            'facts = "all"',
            'expected a section of its own for "facts", found "all".\n  Correct it.  [bad-setting]',
        ),
        (
            'facts.beds = "all"',
            'expected a section of its own for "facts.beds", found "all".\n  Correct it.  [bad-setting]',
        ),
        (
            "sheets = { population = { files = 1 } }",
            'expected a known setting, found "sheets.population.files".\n  Did you mean "file"?  [unknown-setting]',
        ),
        (
            "sheets = { population = { password = 1 } }",
            'expected a known setting, found "sheets.population.password".\n  Take it out.  [unknown-setting]',
        ),
        (
            'calculate = { x = { ratio = ["a"] } }',
            'expected at least 2 entries in "calculate.x.ratio", found 1.\n  Add what is missing.  [missing-setting]',
        ),
        (
            'calculate = { x = { ratio = ["a", "b", "c"] } }',
            'expected at most 2 entries for "calculate.x.ratio", found a list of 3.\n  Correct it.  [bad-setting]',
        ),
        (
            'calculate = { x = { sum = ["a"], unit = "kg" } }',
            f'expected one of {", ".join(UNITS[:-1])} or {UNITS[-1]} for "calculate.x.unit", found "kg".\n'
            "  Correct it.  [bad-setting]",
        ),
        (
            'facts = { "Beds now" = { fact = "Beds", as_at = "2020" } }',
            'expected a name in small letters, digits and underscores for "facts.Beds now", found "Beds now".\n'
            "  Correct it.  [bad-setting]",
        ),
        (
            '[[exhibit]]\nname = "a"\nkind = "table"\ngrid = "g"\ntitle = "t"\nlandscape = "yes"',
            'expected true or false, without quotes for "exhibit.landscape", found "yes".\n'
            "  Correct it.  [bad-setting]",
        ),
        (
            '[[exhibit]]\nname = "a"\nkind = "table"\ngrid = "g"\ntitle = ["t"]',
            'expected text in quotes for "exhibit.title", found a list of 1.\n  Correct it.  [bad-setting]',
        ),
        (
            "language = { code = 1 }",
            'expected text in quotes for "language", found a section.\n  Correct it.  [bad-setting]',
        ),
        (
            "front_sheet.To = 2020-01-31",
            'expected text in quotes for "front_sheet.To", found 2020-01-31.\n  Correct it.  [bad-setting]',
        ),
        (
            f'[[exhibit]]\nname = "a"\nkind = "table"\ngrid = "g"\ntitle = "t"\nmoney = "{"x" * 70}"',
            'expected one of "£", "£p", "£000", "£k" or "£m" for "exhibit.money", '
            f'found "{"x" * 60}…".\n  Correct it.  [bad-setting]',
        ),
    ],
)
def test_a_wrong_setting_is_told_in_words_at_its_line(more: str, message: str) -> None:
    line = 4 + len(more.splitlines())
    assert wrong(f"{PAPER}{more}\n", PaperSettings) == [f"line {line}: {message}"]


def test_a_paper_needs_a_dataset() -> None:
    assert wrong(PAPER.replace('"population"', ""), PaperSettings) == [
        'line 4: expected at least one entry for "datasets", found a list of 0.\n  Correct it.  [bad-setting]'
    ]


def test_the_texts_of_a_list_are_had_from_a_file_that_is_wrong_elsewhere() -> None:
    settings = load(MeetingSettings, Text("m.toml", 'constants = ["two", 3, "52 weeks"]\n'))
    assert settings.values is None
    assert settings.file.words("constants") == ("two", "52 weeks")
    assert settings.file.words("committee") == ()
    assert load(MeetingSettings, Text("m.toml", "constants = [")).file.words("constants") == ()
