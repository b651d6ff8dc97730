"""A paper's settings and texts as loaded, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reportgen.cells.dates import month_end
from reportgen.clearances import written
from reportgen.loading import Loading, load_paper, split_passages
from reportgen.model import Clearance, Text
from reportgen.workspace import PaperRef
from tests.made import (
    COMMENTARY,
    MEETING_TOML,
    MONTH,
    OWN,
    PAPER,
    PAPER_MD,
    PAPER_TOML,
    REF,
    SETTINGS,
    workspace,
    write,
)


def load(folder: Path, month: str = MONTH, **texts: str) -> Loading:
    return load_paper(workspace(folder, **texts), REF, month)


def messages(loading: Loading) -> list[str]:
    assert loading.loaded is None
    return [problem.message for problem in loading.problems]


def test_a_sound_paper_is_loaded_whole(tmp_path: Path) -> None:
    loading = load(tmp_path)
    loaded = loading.loaded
    assert loaded is not None
    assert loading.problems == []
    assert (loaded.ref, loaded.month, loaded.authority.name) == (REF, MONTH, "Barsetshire County Council")
    assert loaded.paper == Text(f"{PAPER}/paper.md", PAPER_MD)
    passage = Text(f"{OWN}/commentary.md", "Of them {{ fig.uasc_last }} came to the country alone.", 5)
    assert loaded.passages == {"overview": passage}
    assert loading.texts == (loaded.paper, passage)
    assert (loaded.settings_file, loaded.meeting_file) == (f"{PAPER}/paper.toml", f"{OWN}/meeting.toml")
    assert loaded.contents == {f"{PAPER}/paper.toml": PAPER_TOML, f"{OWN}/meeting.toml": MEETING_TOML}


def test_the_bytes_of_what_lies_outside_the_templates_are_kept(tmp_path: Path) -> None:
    loaded = load(tmp_path).loaded
    assert loaded is not None
    assert loaded.files == {
        "reportgen.toml": SETTINGS.encode(),
        f"{OWN}/meeting.toml": MEETING_TOML.encode(),
        f"{OWN}/commentary.md": COMMENTARY.encode(),
    }


def test_a_month_may_have_no_commentary(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    (tmp_path / OWN / "commentary.md").unlink()
    loaded = load_paper(space, REF, MONTH).loaded
    assert loaded is not None
    assert loaded.passages == {}
    assert sorted(loaded.files) == [f"{OWN}/meeting.toml", "reportgen.toml"]


@pytest.mark.parametrize(("month", "day"), [("2020-02", 29), ("2019-02", 28), ("2020-12", 31)])
def test_data_stand_at_the_months_last_day_unless_the_meeting_says_otherwise(
    tmp_path: Path, month: str, day: int
) -> None:
    space = workspace(tmp_path)
    write(tmp_path / f"inputs/barsetshire/{month}/children-numbers/meeting.toml", MEETING_TOML)
    loaded = load_paper(space, REF, month).loaded
    assert loaded is not None
    year, number = map(int, month.split("-"))
    assert loaded.as_at == {"population": dt.date(year, number, day)}
    text = MEETING_TOML + "[as_at]\npopulation = 2020-03-05\n"
    write(tmp_path / f"inputs/barsetshire/{month}/children-numbers/meeting.toml", text)
    said = load_paper(space, REF, month).loaded
    assert said is not None
    assert said.as_at == {"population": dt.date(2020, 3, 5)}


def test_the_time_of_a_fact_may_be_the_reporting_month(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    loaded = load_paper(space, REF, MONTH).loaded
    assert loaded is not None
    assert loaded.period("month") == month_end(2020, 3)
    assert loaded.period("2016-05") == month_end(2016, 5)
    assert loaded.period("2016/17") == "2016/17"


def test_data_of_a_day_after_the_meeting_are_refused(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    write(tmp_path / f"{OWN}/meeting.toml", MEETING_TOML + "[as_at]\npopulation = 2020-04-30\n")
    loading = load_paper(space, REF, MONTH)
    assert messages(loading) == [
        f"{OWN}/meeting.toml, line 5: expected a day before the meeting on 21/04/2020, found 30/04/2020.\n"
        "  Correct it, or meeting_date.  [as-at-after-meeting]"
    ]


def test_marks_and_line_ends_of_other_editors_are_no_part_of_a_text(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    for name, text in [("meeting.toml", MEETING_TOML), ("commentary.md", COMMENTARY)]:
        (tmp_path / OWN / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    loaded = load_paper(space, REF, MONTH).loaded
    assert loaded is not None
    assert loaded.passages["overview"].text == "Of them {{ fig.uasc_last }} came to the country alone."
    assert loaded.contents[f"{OWN}/meeting.toml"] == MEETING_TOML


def test_missing_files_are_told_all_at_once(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    for path in ["reportgen.toml", f"{PAPER}/paper.md", f"{OWN}/meeting.toml"]:
        (tmp_path / path).unlink()
    assert messages(load_paper(space, REF, MONTH)) == [
        "reportgen.toml: expected the file, found none.\n"
        "  Write it: a section for each authority, with its name.  [missing-file]",
        f"{OWN}/meeting.toml: expected the file, found none.\n  Copy the last month's and change it.  [missing-file]",
        f"{PAPER}/paper.md: expected the file, found none.\n  Write the paper's words, in Markdown.  [missing-file]",
    ]


def test_a_text_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    (tmp_path / OWN / "commentary.md").write_bytes("## overview\n\ncosts £ 3\n".encode("cp1252"))
    (tmp_path / OWN / "meeting.toml").write_bytes(MEETING_TOML.encode("utf-16"))
    assert messages(load_paper(space, REF, MONTH)) == [
        f"{OWN}/{name}: expected text in UTF-8, found a character in another encoding.\n"
        "  Save it again as text in UTF-8.  [not-utf-8]"
        for name in ("meeting.toml, line 1", "commentary.md, line 3")
    ]


def test_characters_that_the_paper_cannot_print_are_told_with_their_lines(tmp_path: Path) -> None:
    words, meeting = "## Numbers\n\nWell \U0001f600 done\n", MEETING_TOML.replace("To note", "To \u6f22 note")
    space = workspace(tmp_path, words=words, meeting=meeting, commentary="\n## overview\n\na\u2028b\n")
    assert messages(load_paper(space, REF, MONTH)) == [
        f"{file}: expected characters that the paper can print, found a character that can't be printed ({code}).\n"
        "  Take it out, or write it in words: the paper's font has no such character.  [unprintable-character]"
        for file, code in (
            (f"{OWN}/meeting.toml, line 3", "U+6F22"),
            (f"{PAPER}/paper.md, line 3", "U+1F600"),
            (f"{OWN}/commentary.md, line 4", "U+2028"),
        )
    ]


def test_a_folder_in_a_files_place_is_told(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    (tmp_path / OWN / "meeting.toml").unlink()
    (tmp_path / OWN / "meeting.toml").mkdir()
    (problem,) = load_paper(space, REF, MONTH).problems
    assert problem.code == "unreadable-file"
    assert problem.message.startswith(f"{OWN}/meeting.toml: expected a text file, found one that can't be opened (")


def test_an_authority_without_a_section_is_told(tmp_path: Path) -> None:
    assert messages(load(tmp_path, settings='\n[authorities.barsetshir]\nname = "B"\n')) == [
        "reportgen.toml, line 2: expected a section [authorities.barsetshire], found [authorities.barsetshir].\n"
        "  It must be named as the authority's folder of templates.  [unknown-authority]"
    ]
    assert messages(load(tmp_path, settings="")) == [
        "reportgen.toml: expected a section [authorities.barsetshire], found none.\n"
        "  Add it, with the authority's name.  [unknown-authority]"
    ]


def test_what_is_wrong_within_sound_settings_is_told_at_its_line(tmp_path: Path) -> None:
    paper = PAPER_TOML.replace('["population"]', '["populatoin"]').replace('"months_chart"', '"months"') + (
        '[sheets.zzz]\nfile = "a.xlsx"\n'
        '[facts]\nbeds = { fact = "Beds", as_at = "May" }\n'
        "[facts.places]\n"
        'fact = "Places"\n'
        'as_at = "2016-05"\n'
        '[calculate]\nnone = {}\nboth = { ratio = ["a", "b"], sum = ["a"] }\n'
    )
    meeting = MEETING_TOML + "[as_at]\npopulations = 2020-03-01\n"
    name = f"{PAPER}/paper.toml"
    assert messages(load(tmp_path, paper=paper, meeting=meeting)) == [
        f'{name}, line 4: expected a known dataset, found "populatoin".\n'
        '  Did you mean "population"?  [unknown-dataset]',
        f'{name}, line 21: expected a known dataset, found "zzz".\n  docs/datasets.md lists them.  [unknown-dataset]',
        f'{name}, line 24: expected a period for the fact "beds", found "May".\n'
        '  Write 2016-05, 2016-05-31, 2020 or 2016/17, or "month": the reporting month.  [bad-setting]',
        f'{name}, line 29: expected one of difference, ratio, sum, months, size, whole for "none", found none.\n'
        "  Keep one.  [bad-setting]",
        f'{name}, line 30: expected one of difference, ratio, sum, months, size, whole for "both", found '
        "ratio and sum.\n"
        "  Keep one.  [bad-setting]",
        f'{name}, line 16: expected a name of its own for each exhibit, found "months" again.\n'
        "  Rename one.  [repeated-exhibit]",
        f'{OWN}/meeting.toml, line 5: expected a known dataset, found "populations".\n'
        '  Did you mean "population"?  [unknown-dataset]',
    ]


GRID = """\

[[grid]]
name = "rates"
heading = "Measure"
columns = { own = "Barsetshire", england = "England" }
rows = [
  { label = "All children", cells = { own = "children_last" } },
  { label = "All  Children", cells = { owm = "children_last", xyzzy = "uasc_last" } },
]
"""


def test_a_declared_grid_is_had_with_its_lines(tmp_path: Path) -> None:
    loaded = load(tmp_path, paper=PAPER_TOML + GRID.replace("All  C", "Other c").replace("owm", "own").replace(
        "xyzzy", "england"))  # fmt: skip
    assert loaded.problems == []
    assert loaded.loaded is not None
    (grid,) = loaded.loaded.settings.grids
    assert (grid.name, grid.heading, grid.missing) == ("rates", "Measure", "")
    assert grid.columns == {"own": "Barsetshire", "england": "England"}
    assert [(row.label, row.kind, row.cells) for row in grid.rows] == [
        ("All children", "body", {"own": "children_last"}),
        ("Other children", "body", {"own": "children_last", "england": "uasc_last"}),
    ]
    begins = PAPER_TOML.count("\n") + 2
    assert loaded.loaded.paper_file.place("grid", 0, "rows", 1).line == begins + 6


def test_what_is_wrong_with_a_declared_grid_is_told_at_its_line(tmp_path: Path) -> None:
    name, begins = f"{PAPER}/paper.toml", PAPER_TOML.count("\n") + 2
    assert messages(load(tmp_path, paper=PAPER_TOML + GRID)) == [
        f'{name}, line {begins + 6}: expected a label of its own for each row of the grid "rates", '
        'found "All  Children" again.\n  Reword one.  [repeated-label]',
        f'{name}, line {begins + 6}: expected a column of the grid "rates", found "owm".\n'
        '  Did you mean "own"?  [unknown-column]',
        f'{name}, line {begins + 6}: expected a column of the grid "rates", found "xyzzy".\n'
        "  There is: own, england.  [unknown-column]",
    ]


def test_a_declared_grid_has_plain_labels_a_free_key_for_them_and_a_name_of_its_own(tmp_path: Path) -> None:
    name, begins = f"{PAPER}/paper.toml", PAPER_TOML.count("\n") + 2
    grid = (
        '\n[[grid]]\nname = "rates"\nheading = "Measure"\ncolumns = { label = "Barsetshire" }\n'
        '[[grid.rows]]\nlabel = "At {{ dates.population }}"\n[[grid]]\nname = "rates"\nheading = "M"\n'
        'columns = { own = "Own" }\nrows = [{ label = "All" }]\n'
    )
    assert messages(load(tmp_path, paper=PAPER_TOML + grid)) == [
        f'{name}, line {begins + 7}: expected a name of its own for each grid, found "rates" again.\n'
        "  Rename one.  [repeated-grid]",
        f'{name}, line {begins + 3}: expected keys of columns other than "label", found "label".\n'
        "  The column of the rows' labels has that key: give this one another.  [name-taken]",
        f'{name}, line {begins + 4}: expected plain words as the label of a row of the grid "rates", '
        'found "At {{ dates.population }}".\n  Figures stand in cells.  [bad-setting]',
    ]


def test_a_grid_of_nothing_is_told(tmp_path: Path) -> None:
    name, begins = f"{PAPER}/paper.toml", PAPER_TOML.count("\n") + 2
    grid = '\n[[grid]]\nname = "rates"\nheading = "Measure"\ncolumns = {}\nrows = []\n'
    assert messages(load(tmp_path, paper=PAPER_TOML + grid)) == [
        f'{name}, line {begins + 3}: expected at least one entry for "grid.columns", found a section.\n'
        "  Correct it.  [bad-setting]",
        f'{name}, line {begins + 4}: expected at least one entry for "grid.rows", found a list of 0.\n'
        "  Correct it.  [bad-setting]",
    ]


def test_of_a_paper_with_broken_settings_the_sound_part_is_had(tmp_path: Path) -> None:
    meeting = MEETING_TOML.replace("committee", "comittee") + 'constants = ["two"]\n'
    loading = load(tmp_path, meeting=meeting, paper='constants = ["52"]\n' + PAPER_TOML)
    assert loading.loaded is None
    assert loading.settings is not None
    assert loading.settings.datasets == ("population",)
    assert loading.constants == ("52", "two")
    assert [text.file for text in loading.texts] == [f"{PAPER}/paper.md", f"{OWN}/commentary.md"]


def test_a_paper_of_another_name_is_not_loaded_by_mistake(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    write(tmp_path / "templates/barsetshire/other/paper.toml", PAPER_TOML)
    (missing_meeting, missing_words) = load_paper(space, PaperRef("barsetshire", "other"), MONTH).problems
    assert missing_meeting.place.file == "inputs/barsetshire/2020-03/other/meeting.toml"
    assert missing_words.place.file == "templates/barsetshire/other/paper.md"


def test_passages_begin_with_their_names_and_know_their_lines() -> None:
    text = (
        "# Title\n<!-- a remark\nof two lines -->\n\n## one \n\n\nFirst.\n\n### part\n\nMore.\n\n"
        "##  two\nSecond.\n## three\n"
    )
    passages, problems = split_passages("c.md", text)
    assert problems == []
    assert passages == {
        "one": Text("c.md", "First.\n\n### part\n\nMore.", 8),
        "two": Text("c.md", "Second.", 15),
        "three": Text("c.md", "", 17),
    }
    assert [text.splitlines()[each.first_line - 1] for each in (passages["one"], passages["two"])] == [
        "First.",
        "Second.",
    ]


def test_words_that_no_passage_holds_and_passages_that_stand_twice_are_told() -> None:
    _, problems = split_passages("c.md", "Lost words.\n\n## one\n\nA.\n\n## one\n\nB.\n")
    assert [problem.message for problem in problems] == [
        "c.md, line 1: expected a heading such as ## progress above each passage, found words before the first.\n"
        "  Put the words under a heading, or take them out: they would not be printed.  [passage-without-name]",
        'c.md, line 7: expected each passage once, found "one" again.\n  Join them.  [repeated-passage]',
    ]
    assert [p.code for p in split_passages("c.md", "Only words.\n")[1]] == ["passage-without-name"]
    assert split_passages("c.md", "") == ({}, [])


def test_a_paper_may_print_another_name_for_its_authority(tmp_path: Path) -> None:
    named = 'authority = "County of Barset"\n' + PAPER_TOML
    loaded = load_paper(workspace(tmp_path, paper=named), REF, MONTH).loaded
    assert loaded is not None
    assert (loaded.authority.name, loaded.authority.negatives) == ("County of Barset", "brackets")
    (problem,) = load_paper(workspace(tmp_path, paper='authority = " "\n' + PAPER_TOML), REF, MONTH).problems
    assert (problem.code, problem.place.line) == ("bad-setting", 1)


ROLES_TOML = PAPER_TOML.replace("\n\n[front_sheet]", '\nclearance = ["finance", "legal", "finance"]\n\n[front_sheet]')
IMPLICATIONS = """
[[implications]]
heading = "Money"
text = "None."
role = "finanse"

[[implications]]
heading = "Law"
text = "None."
role = "legal"
verified_by = "The solicitor"
"""


def test_roles_that_clear_a_paper_are_named_once_and_implications_are_of_one_of_them(tmp_path: Path) -> None:
    line, first = PAPER_TOML.partition("\n\n[front")[0].count("\n") + 2, MEETING_TOML.count("\n") + 1
    assert messages(load(tmp_path, paper=ROLES_TOML, meeting=MEETING_TOML + IMPLICATIONS)) == [
        f'{PAPER}/paper.toml, line {line}: expected each role once, found "finance" again.\n'
        "  Take one out.  [repeated-role]",
        f'{OWN}/meeting.toml, line {first + 4}: expected a role that clears the paper, found "finanse".\n'
        '  Did you mean "finance"?  [unknown-role]',
        f'{OWN}/meeting.toml, line {first + 9}: expected role or verified_by for "Law", found both.\n'
        "  With role, who cleared the paper for it is printed; with verified_by, these words. Take one out.  "
        "[bad-setting]",
    ]


def test_an_implication_of_a_role_needs_the_role_to_clear_the_paper(tmp_path: Path) -> None:
    (said,) = messages(load(tmp_path, meeting=MEETING_TOML + IMPLICATIONS.partition("\n\n[[")[0]))
    assert said.endswith('found "finanse".\n  Name it in paper.toml, under clearance.  [unknown-role]')


def test_clearances_are_loaded_with_the_paper(tmp_path: Path) -> None:
    given = Clearance("finance", "A Person", "", dt.date(2020, 4, 2), "a" * 64)
    write(tmp_path / OWN / "clearances.json", written([given]).decode("utf-8"))
    loaded = load(tmp_path).loaded
    assert loaded is not None
    assert loaded.clearances == (given,)
    assert loaded.clearances_text == Text(f"{OWN}/clearances.json", written([given]).decode("utf-8"))
    assert loaded.files[f"{OWN}/clearances.json"] == written([given])


@pytest.mark.parametrize("missing", ["code", "place", "who", "why"])
def test_an_acceptance_says_all_of_it(tmp_path: Path, missing: str) -> None:
    words = "".join(f'{key} = "x"\n' for key in ("code", "place", "who", "why") if key != missing)
    (said,) = messages(load(tmp_path, meeting=f"{MEETING_TOML}\n[[accept]]\n{words}"))
    line = MEETING_TOML.count("\n") + 2
    assert said == (
        f'{OWN}/meeting.toml, line {line}: expected the setting "accept.{missing}", found none.\n'
        "  Add it.  [missing-setting]"
    )
