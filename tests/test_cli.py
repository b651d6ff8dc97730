"""The commands: what they print where, and with which exit status they end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from reportgen import doctor
from reportgen.cli import main
from reportgen.doctor import Finding
from tests.made import (
    COMMENTARY,
    INPUTS,
    MEETING_TOML,
    MONTHS,
    OWN,
    PAPER,
    PAPER_MD,
    PAPER_TOML,
    ended,
    everything,
    only_layout_packaged,
    run,
    workbook,
    workspace,
    write,
)

PROJECT = Path(__file__).parent.parent
NAME = "barsetshire/children-numbers 2020-03"
PDF = "outputs/barsetshire/children-numbers/2020-03/draft/full/children-numbers-2020-03.pdf"
WARNING = (
    f'Warning: {OWN}/commentary.md, line 7: expected numbers taken from figures, found "12".\n'
    "  Use {{ fig.name }} (reportgen trace lists the names), or declare it under constants.  [typed-number]\n"
)
HEAVY = (
    "pandas",
    "numpy",
    "weasyprint",
    "matplotlib",
    "pydantic",
    "jinja2",
    "openpyxl",
    "babel",
    "pandera",
    "markdown_it",
)


@pytest.fixture(autouse=True)
def only_these_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_layout_packaged(tmp_path, monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound workspace."""
    return workspace(tmp_path / "w").root


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A workspace with a warning."""
    return workspace(tmp_path / "w", commentary=COMMENTARY + "\nThere were 12 more.\n").root


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A workspace with an error in a workbook and one in the meeting's settings."""
    root = workspace(tmp_path / "w", meeting=MEETING_TOML.replace("committee", "comittee")).root
    workbook(root / INPUTS / "numbers.xlsx", [*MONTHS[:3], (MONTHS[3][0], "many", 187, 22)])
    return root


def test_list_says_how_far_each_month_is(root: Path) -> None:
    write(root / "inputs/barsetshire/2020-04/children-numbers/meeting.toml", MEETING_TOML)
    write(root / "templates/wessex/x/paper.toml", PAPER_TOML)
    assert run(root, "build", "children-numbers", "--month", "2020-03").exit_code == 0
    ended(
        run(root, "list"),
        0,
        "barsetshire/children-numbers  2020-03  draft built\n"
        "barsetshire/children-numbers  2020-04  not built\n"
        "wessex/x                      -        no inputs\n",
        "",
    )
    write(root / OWN / "commentary.md", COMMENTARY + "\nMore words.\n")
    assert json.loads(run(root, "list", "--json").stdout)[0] == {
        "paper": "barsetshire/children-numbers",
        "month": "2020-03",
        "state": "draft built, inputs changed since",
        "final": "",
    }


def test_list_of_a_workspace_without_papers(tmp_path: Path) -> None:
    said = "There is no paper: each is a folder templates/<authority>/<paper>/ with a paper.toml.\n"
    ended(run(tmp_path, "list"), 0, "", said)
    ended(run(tmp_path, "list", "--json"), 0, "[]\n", said)


def test_check_of_a_sound_paper_says_so_and_has_no_data(root: Path) -> None:
    before = everything(root)
    ended(run(root, "check", "children-numbers"), 0, "", f"{NAME}: no problems\n")
    ended(run(root, "check", "children-numbers", "--json"), 0, "[]\n", f"{NAME}: no problems\n")
    assert everything(root) == before


def test_problems_are_the_data_of_a_check(doubtful: Path) -> None:
    ended(run(doubtful, "check", "children-numbers"), 0, WARNING, f"{NAME}: 1 warning\n")
    result = run(doubtful, "check", "barsetshire/children-numbers", "--month", "2020-03", "--json")
    assert json.loads(result.stdout) == [
        {
            "code": "typed-number",
            "severity": "warning",
            "file": f"{OWN}/commentary.md",
            "line": 7,
            "expected": "numbers taken from figures",
            "found": '"12"',
            "remedy": "Use {{ fig.name }} (reportgen trace lists the names), or declare it under constants.",
            "see_also": [],
        }
    ]


def test_strict_makes_errors_of_warnings_and_nothing_is_written(doubtful: Path) -> None:
    error = WARNING.removeprefix("Warning: ")
    ended(run(doubtful, "check", "children-numbers", "--strict"), 1, error, f"{NAME}: 1 error\n")
    refused = f"{error}{NAME}: 1 error\n{NAME} was not built: mend the errors above.\n"
    ended(run(doubtful, "build", "children-numbers", "--strict"), 1, "", refused)
    assert not (doubtful / "outputs").exists()


def test_all_errors_are_told_at_once_and_nothing_is_written(broken: Path) -> None:
    errors = (
        f'{OWN}/meeting.toml: expected the setting "committee", found none.\n  Add it.  [missing-setting]\n'
        f'{OWN}/meeting.toml, line 1: expected a known setting, found "comittee".\n'
        '  Did you mean "committee"?  [unknown-setting]\n'
        f'{INPUTS}/numbers.xlsx, sheet "Numbers", cell B4: expected '
    )
    checked = run(broken, "check", "children-numbers")
    assert checked.exit_code == 1
    assert checked.stdout.startswith(errors)
    assert checked.stderr == f"{NAME}: 3 errors\n"
    built = run(broken, "build", "children-numbers")
    said = f"{checked.stdout}{NAME}: 3 errors\n{NAME} was not built: mend the errors above.\n"
    ended(built, 1, "", said)
    assert not (broken / "outputs").exists()


def test_build_prints_the_path_of_the_pdf(doubtful: Path) -> None:
    ended(run(doubtful, "build", "children-numbers"), 0, f"{doubtful / PDF}\n", f"{WARNING}{NAME}: 1 warning\n")
    assert (doubtful / PDF).read_bytes().startswith(b"%PDF-")


def test_one_papers_failure_does_not_stop_the_others_and_the_gravest_is_the_status(root: Path) -> None:
    for name in ("aaa", "zzz"):
        write(root / f"templates/barsetshire/{name}/paper.toml", PAPER_TOML)
        write(root / f"{INPUTS}/{name}/meeting.toml", MEETING_TOML)
    write(root / "templates/barsetshire/zzz/paper.md", "## Numbers\n\n{{ exhibit('months') }}\n")
    every = run(root, "build", "--all")
    assert every.exit_code == 1
    assert [Path(line).name for line in every.stdout.splitlines()] == [
        "children-numbers-2020-03.pdf",
        "zzz-2020-03.pdf",
    ]
    assert "barsetshire/aaa 2020-03 was not built: mend the errors above.\n" in every.stderr
    some = run(root, "build", "nonsense", "aaa", "zzz", "zzz")
    assert some.exit_code == 2
    assert [Path(line).name for line in some.stdout.splitlines()] == ["zzz-2020-03.pdf"]
    assert some.stderr.startswith('There is no paper "nonsense".')


def test_all_takes_each_papers_latest_month_or_those_that_have_the_month(root: Path) -> None:
    write(root / "templates/barsetshire/second/paper.toml", PAPER_TOML)
    write(root / "templates/barsetshire/second/paper.md", PAPER_MD)
    workbook(root / "inputs/barsetshire/2020-03/numbers.xlsx", MONTHS)
    (root / "inputs/barsetshire/2020-02/second").mkdir(parents=True)
    write(root / "inputs/barsetshire/2020-02/second/meeting.toml", MEETING_TOML)
    result = run(root, "build", "--all", "--month", "2020-03")
    assert (result.exit_code, result.stdout) == (0, f"{root / PDF}\n")
    latest = run(root, "build", "--all")
    assert latest.exit_code == 1
    assert latest.stdout == f"{root / PDF}\n"
    assert "barsetshire/second 2020-02 was not built: mend the errors above.\n" in latest.stderr
    said = "No paper has the month 2021-01. The months that papers have: 2020-02, 2020-03.\n"
    ended(run(root, "build", "--all", "--month", "2021-01"), 2, "", said)


def test_all_of_nothing_is_misuse(tmp_path: Path) -> None:
    ended(run(tmp_path, "build", "--all"), 2, "", "No paper has inputs. The months that papers have: none.\n")


@pytest.mark.parametrize("arguments", [[], ["children-numbers", "--all"]])
def test_build_takes_papers_or_all(root: Path, arguments: list[str]) -> None:
    result = run(root, "build", *arguments)
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: Name one or more papers, or --all.\n")


def test_a_build_puts_back_what_a_dead_writer_left_even_where_the_inputs_are_broken(broken: Path) -> None:
    write(broken / "outputs/barsetshire/children-numbers/2020-03/.draft.old/full/x.pdf", "the last one")
    assert run(broken, "check", "children-numbers").exit_code == 1
    assert not (broken / PDF).parent.exists()
    assert run(broken, "build", "children-numbers").exit_code == 1
    assert (broken / PDF).with_name("x.pdf").read_text() == "the last one"


def test_trace_of_a_figure_says_value_unit_how_and_every_cell(root: Path) -> None:
    ended(
        run(root, "trace", "children-numbers", "--month", "2020-03", "uasc_share"),
        0,
        "figure          uasc_share\n"
        "value           10.5263157895\n"
        "unit            percent\n"
        "shown as        10.5%\n"
        "how             uasc last divided by children last\n"
        f"cells counted   {INPUTS}/numbers.xlsx!Numbers!C4\n"
        f"                {INPUTS}/numbers.xlsx!Numbers!D4\n"
        f"cells examined  {INPUTS}/numbers.xlsx!Numbers!A1:A4\n"
        f"                {INPUTS}/numbers.xlsx!Numbers!C1\n"
        f"                {INPUTS}/numbers.xlsx!Numbers!D1\n",
        "",
    )
    (told,) = json.loads(run(root, "trace", "children-numbers", "uasc_last", "--json").stdout)
    how = told.pop("how")
    assert how.endswith(" in Looked after children by month, month 3 of 3")
    assert told == {
        "figure": "uasc_last",
        "value": "22",
        "unit": "count",
        "shown_as": "22",
        "cells_counted": [f"{INPUTS}/numbers.xlsx!Numbers!D4"],
        "cells_examined": [f"{INPUTS}/numbers.xlsx!Numbers!A1:A4", f"{INPUTS}/numbers.xlsx!Numbers!D1"],
    }


def test_trace_of_a_figure_that_no_cell_made_says_none(root: Path) -> None:
    lines = run(root, "trace", "children-numbers", "meeting_date").stdout.splitlines()
    assert lines == [
        "figure          meeting_date",
        "value           2020-04-21",
        "unit            date",
        "shown as        21 April 2020",
        f"how             {OWN}/meeting.toml, meeting_date",
        "cells counted   none",
        "cells examined  none",
    ]


def test_trace_without_a_figure_lists_all(root: Path) -> None:
    listed = run(root, "trace", "children-numbers").stdout.splitlines()
    assert listed == sorted(listed)
    assert [line.split() for line in listed if line.startswith("children_")][:2] == [
        ["children_change", "9"],
        ["children_change_share", "4.5%"],
    ]
    told = json.loads(run(root, "trace", "children-numbers", "--json").stdout)
    assert [each["figure"] for each in told] == [line.split()[0] for line in listed]


def test_trace_of_broken_inputs_says_what_is_wrong(broken: Path) -> None:
    result = run(broken, "trace", "children-numbers", "uasc_last")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(f"{NAME} has no figures: mend the errors above.\n")
    assert "[unknown-setting]" in result.stderr


def test_figures_can_be_traced_although_the_words_are_wrong(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w", commentary="## overview\n\n{{ fig.nothing }}\n").root
    assert run(root, "trace", "children-numbers", "uasc_last").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek", "x"], "Error: No such command 'chek'. Did you mean 'check'?"),
        (["check", "--mnth", "x"], "Error: No such option '--mnth'. Did you mean '--month'?"),
        (["--workspac", "."], "Error: No such option '--workspac'. Did you mean '--workspace'?"),
        (["check"], "Error: Missing argument 'PAPER'."),
        (["check", "childrn-numbers"], 'There is no paper "childrn-numbers". Did you mean "children-numbers"?'),
        (["build", "children-numbers", "--month", "2020-3"], 'has no month "2020-3". Did you mean "2020-03"?'),
        (["trace", "children-numbers", "uasc_lst"], 'There is no figure "uasc_lst". Did you mean "uasc_last"?'),
        (["trace", "children-numbers", "zzz"], 'There is no figure "zzz". Without FIGURE all are listed.'),
    ],
)
def test_what_is_misspelt_is_answered_with_the_nearest(root: Path, arguments: list[str], said: str) -> None:
    result = run(root, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize(("folder", "said"), [("none", "does not exist"), ("reportgen.toml", "is a file")])
def test_a_workspace_is_a_folder(root: Path, folder: str, said: str) -> None:
    result = run(root / folder, "list")
    assert result.exit_code == 2
    assert said in result.stderr


def test_doctors_status_says_whether_something_is_missing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "examine", lambda outputs: [Finding("Python", True, str(outputs))])
    ended(
        run(root, "doctor"),
        0,
        f"ok      Python  {root / 'outputs'}\nEverything that reportgen needs is here.\n",
        "",
    )
    assert json.loads(run(root, "doctor", "--json").stdout)[0]["found"] == str(root / "outputs")
    monkeypatch.setattr(doctor, "examine", lambda _: [Finding("Font", False, "not found")])
    assert run(root, "doctor").exit_code == 3


def test_the_help_of_every_command_says_what_it_does() -> None:
    assert sorted(main.commands) == [
        "archive", "build", "check", "clear", "doctor", "due", "list", "outbox", "run", "schedule", "send", "trace",
    ]  # fmt: skip
    for name, command in main.commands.items():
        context = click.Context(command, info_name=name)
        first = (command.help or "").splitlines()[0]
        assert first.endswith(".")
        assert first in command.get_help(context)
        assert command.get_short_help_str(limit=80) == first, "the list of commands cuts it off"


@pytest.mark.parametrize("what", ["import reportgen.cli", "import reportgen.cli, reportgen.drafts, reportgen.console"])
def test_help_loads_no_heavy_library(what: str) -> None:
    code = f"import sys; {what}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "click" in loaded
    assert not set(HEAVY) & set(loaded)


def test_the_version_is_printed() -> None:
    result = run(Path(), "--version")
    assert (result.exit_code, result.stdout) == (0, "reportgen, version 0.1.0\n")


def test_papers_of_templates_without_words_are_told(root: Path) -> None:
    (root / PAPER / "paper.md").unlink()
    ended(
        run(root, "check", "children-numbers"),
        1,
        f"{PAPER}/paper.md: expected the file, found none.\n  Write the paper's words, in Markdown.  [missing-file]\n",
        f"{NAME}: 1 error\n",
    )
