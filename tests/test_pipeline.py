"""The stages in their order: everything told at once, nothing written, the same bytes side by side."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reportgen import loading, pipeline
from reportgen import workspace as workspace_module
from reportgen.deliver import bundle
from reportgen.drafts import State, state
from reportgen.exhibits.views import TableView
from reportgen.model import Severity
from reportgen.pipeline import Checked, NotBuilt, bundle_files
from reportgen.render import pdf
from reportgen.workspace import PaperRef, Workspace, packaged_templates
from tests.made import (
    COMMENTARY,
    INPUTS,
    MEETING_TOML,
    MONTH,
    MONTHS,
    OWN,
    PAPER,
    PAPER_MD,
    PAPER_TOML,
    REF,
    everything,
    workbook,
    workspace,
    write,
)

ENDS = ((2, 29), (3, 31))  # of months of 2020


def check(space: Workspace, strict: bool = False) -> Checked:
    return pipeline.check(space, REF, MONTH, strict)


def messages(checked: Checked) -> list[str]:
    return [problem.message for problem in checked.problems]


def test_a_sound_paper_has_figures_and_a_document(tmp_path: Path) -> None:
    checked = check(workspace(tmp_path))
    assert checked.sound
    assert checked.problems == []
    assert checked.figures is not None
    assert (checked.figures["children_last"].value, checked.figures["uasc_last"].value) == (209, 22)
    assert str(checked.figures["meeting_date"].value) == "2020-04-21"
    assert checked.printed["children_last"] == "209"
    assert checked.house.brackets
    assert [file.file for file in checked.inputs] == [f"{INPUTS}/numbers.xlsx"]


def test_all_problems_are_told_in_one_run_in_order_of_file_sheet_and_row(tmp_path: Path) -> None:
    space = workspace(
        tmp_path,
        meeting=MEETING_TOML.replace("2020-04-21", '"21 April"').replace("committee", "comittee"),
        commentary=COMMENTARY + "\nThere were 12 more, and twelve fewer.\n",
    )
    head, first, second, third = MONTHS
    workbook(
        tmp_path / INPUTS / "numbers.xlsx", [head, first, (second[0], "many", 183, 21), (third[0], 209, "lots", "few")]
    )
    (tmp_path / INPUTS / "broken.xlsx").write_bytes(b"no workbook")
    checked = check(space)
    assert [(str(p.place).removeprefix(f"{INPUTS}/"), p.code, str(p.severity)) for p in checked.problems] == [
        ("broken.xlsx", "not-a-workbook", "error"),
        ("children-numbers/commentary.md, line 7", "typed-number", "warning"),
        ("children-numbers/commentary.md, line 7", "typed-number", "warning"),
        ("children-numbers/meeting.toml", "missing-setting", "error"),
        ("children-numbers/meeting.toml, line 1", "unknown-setting", "error"),
        ("children-numbers/meeting.toml, line 2", "bad-setting", "error"),
        ('numbers.xlsx, sheet "Numbers", cell B3', "text-in-number", "error"),
        ('numbers.xlsx, sheet "Numbers", cell C4', "text-in-number", "error"),
        ('numbers.xlsx, sheet "Numbers", cell D4', "text-in-number", "error"),
    ]
    assert not checked.sound
    assert checked.figures is None
    assert not (tmp_path / "outputs").exists()


def test_a_number_that_broken_settings_declare_is_no_typed_number(tmp_path: Path) -> None:
    meeting = MEETING_TOML.replace("committee", "comittee") + 'constants = ["52 weeks"]\n'
    checked = check(workspace(tmp_path, meeting=meeting, commentary=COMMENTARY + "\nA year has 52 weeks.\n"))
    assert [problem.code for problem in checked.problems] == ["missing-setting", "unknown-setting"]


def test_an_unknown_figure_in_commentary_is_told_at_its_line_with_the_nearest(tmp_path: Path) -> None:
    checked = check(workspace(tmp_path, commentary=COMMENTARY.replace("fig.uasc_last", "fig.uasc_lst")))
    assert messages(checked) == [
        f'{OWN}/commentary.md, line 5: expected a figure that exists, found "uasc_lst".\n'
        '  Did you mean "uasc_last"?  [bad-text]'
    ]
    assert checked.figures is not None, "figures can be traced although a text is wrong"
    assert not checked.sound


@pytest.mark.parametrize(("typed", "symbol"), [("<5", "[c] suppressed"), ("-", "[x] not available")])
def test_a_sentence_without_its_number_is_told_at_the_cell(tmp_path: Path, typed: str, symbol: str) -> None:
    words = PAPER_MD + "\nUASC {{ fig.uasc_change | way('rose', 'fell', 'stayed') }}.\n"
    space = workspace(tmp_path, words=words)
    workbook(tmp_path / INPUTS / "numbers.xlsx", (*MONTHS[:-1], (*MONTHS[-1][:3], typed)))
    first, second = check(space).problems
    assert first.message == (
        f'{INPUTS}/numbers.xlsx, sheet "Numbers", cell D4: expected a number, since a text makes a sentence of '
        f"uasc_change with the filter way, found {symbol}.\n"
        "  Fill in the number if there is one; if not, the sentence is to stand in the text between "
        "{% if fig.uasc_change.value is not none %} and {% endif %}.\n"
        f"  See also {PAPER}/paper.md, line 11.  [bad-text]"
    )
    assert (second.code, second.place, second.severity) == ("no-number", first.place, Severity.WARNING)


def test_figures_that_a_paper_declares_wrongly_are_told_and_the_texts_still_looked_at(tmp_path: Path) -> None:
    paper = PAPER_TOML + '[calculate]\nmore = { difference = ["children_last", "children_frist"] }\n'
    checked = check(workspace(tmp_path, paper=paper, commentary=COMMENTARY + "\nThere were 12 more.\n"))
    assert [(problem.code, problem.place.file) for problem in checked.problems] == [
        ("typed-number", f"{OWN}/commentary.md"),
        ("unknown-figure", f"{PAPER}/paper.toml"),
    ]


GRID = """\

[[exhibit]]
name = "children"
kind = "table"
grid = "children"
title = "Children at the end of the month"
columns = { label = "", now = "" }

[[grid]]
name = "children"
heading = "Group"
columns = { now = "Now" }
rows = [
  { label = "UASC", cells = { now = "uasc_last" } },
  { label = "All children", cells = { now = "children_last" }, kind = "total" },
]
"""


def test_a_fact_of_the_reporting_month_is_the_one_of_the_month_that_is_built(tmp_path: Path) -> None:
    paper = PAPER_TOML.replace('["population"]', '["population", "key_facts"]')
    space = workspace(tmp_path, paper=paper + '[facts]\nbeds = { fact = "Beds", as_at = "month" }\n')
    rows = [("Indicator", "Unit", "As at", "Value"), *(("Beds", "number", f"2020-0{n}-{d}", n) for n, d in ENDS)]
    workbook(tmp_path / INPUTS / "facts.xlsx", rows)
    checked = check(space)
    assert checked.figures is not None, messages(checked)
    assert checked.figures["beds"].value == 3


def test_a_paper_shows_a_grid_of_its_own(tmp_path: Path) -> None:
    checked = check(workspace(tmp_path, paper=PAPER_TOML + GRID, words=PAPER_MD + '\n{{ exhibit("children") }}\n'))
    assert messages(checked) == []
    assert checked.document is not None
    table = checked.document.exhibits["children"].exhibit
    assert isinstance(table, TableView)
    assert [head.text for head in table.heads] == ["Group", "Now"]
    assert [(row.kind, [cell.text for cell in row.cells]) for row in table.rows] == [
        ("body", ["UASC", "22"]),
        ("total", ["All children", "209"]),
    ]
    assert checked.figures is not None
    named = checked.figures["children.uasc.now"]
    assert [cells.address for cells in named.counted()] == ["D4"]


def test_an_unknown_figure_in_a_grid_is_told_at_its_row_and_a_typed_number_in_a_label_too(tmp_path: Path) -> None:
    paper = PAPER_TOML + GRID.replace("uasc_last", "uasc_lst").replace('"UASC"', '"The 22 UASC"')
    begins = PAPER_TOML.count("\n") + 9
    checked = check(workspace(tmp_path, paper=paper, words=PAPER_MD + '\n{{ exhibit("children") }}\n'))
    assert messages(checked) == [
        f"{PAPER}/paper.toml, line {begins + 5}: expected figures that exist, in the row \"The 22 UASC\" of the grid "
        '"children", found "uasc_lst".\n  Did you mean "uasc_last"?  [unknown-figure]'
    ]
    checked = check(workspace(tmp_path, paper=paper.replace("uasc_lst", "uasc_last"), words=PAPER_MD))
    assert [(p.code, p.place.line) for p in checked.problems] == [
        ("unused-exhibit", begins - 6),
        ("typed-number", begins + 5),
    ]


def test_strict_makes_a_warning_stop_the_build(tmp_path: Path) -> None:
    space = workspace(tmp_path, commentary=COMMENTARY + "\nThere were 12 more.\n")
    usual, strict = check(space), check(space, strict=True)
    assert [problem.severity for problem in usual.problems] == [Severity.WARNING]
    assert usual.sound
    assert [problem.severity for problem in strict.problems] == [Severity.ERROR]
    assert not strict.sound
    with pytest.raises(ValueError, match="only a sound check can be built"):
        pipeline.build(space, strict)


def test_a_check_writes_nothing_even_where_a_writer_died(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    write(tmp_path / "outputs/barsetshire/children-numbers/2020-03/.draft.old/full/x.pdf", "the last one")
    before = everything(tmp_path)
    assert check(space).sound
    assert everything(tmp_path) == before
    pipeline.recover(space, REF, MONTH)
    assert (space.output_folder(REF, MONTH) / "draft/full/x.pdf").read_text() == "the last one"


def test_a_build_leaves_the_bundle_that_it_is_a_function_of(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    checked = check(space)
    built = pipeline.build(space, checked)
    assert built.bundle == tmp_path / "outputs/barsetshire/children-numbers/2020-03/draft"
    assert built.pdf == built.bundle / "full" / "children-numbers-2020-03.pdf"
    assert everything(built.bundle) == bundle_files(space, checked)
    assert sorted(everything(built.bundle)) == [
        "audit/figures.csv",
        "audit/manifest.json",
        "audit/problems.json",
        "full/charts/months_chart.svg",
        "full/children-numbers-2020-03.html",
        "full/children-numbers-2020-03.pdf",
        "full/figures.csv",
        "full/tables/months.csv",
        "full/tables/months_chart.csv",
    ]


def second_paper(space: Workspace) -> PaperRef:
    """Another paper of the same month, of other words and settings."""
    ref = PaperRef("barsetshire", "second")
    write(space.root / "templates/barsetshire/second/paper.toml", PAPER_TOML.replace('"rose"', '"went up"'))
    write(space.root / "templates/barsetshire/second/paper.md", PAPER_MD.replace("looked after", "cared for"))
    write(space.month_folder(ref, MONTH) / "meeting.toml", MEETING_TOML.replace("2020-04-21", "2020-05-05"))
    write(space.month_folder(ref, MONTH) / "commentary.md", COMMENTARY)
    return ref


def test_papers_built_side_by_side_in_threads_have_the_bytes_that_they_have_alone(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    refs = [REF, second_paper(space)]

    def files(ref: PaperRef) -> dict[str, bytes]:
        return bundle_files(space, pipeline.check(space, ref, MONTH))

    alone = [files(ref) for ref in refs]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(files, refs * 2)) == alone * 2
    assert alone[0]["audit/figures.csv"] != alone[1]["audit/figures.csv"]


def test_processes_side_by_side_in_different_places_and_times_write_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "another place"]
    surroundings = [
        {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1000000000"},
    ]
    running = []
    for folder, more in zip(folders, surroundings, strict=True):
        workspace(folder)
        command = [sys.executable, "-m", "reportgen", "--workspace", str(folder), "build", "children-numbers"]
        running.append(subprocess.Popen(command, env=os.environ | more, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    assert [(process.communicate()[1], process.returncode) for process in running] == [
        (b"barsetshire/children-numbers 2020-03: no problems\n", 0)
    ] * 2
    one, another = (everything(folder / "outputs") for folder in folders)
    assert one == another


def test_names_in_the_manifest_are_the_same_in_a_checkout_and_in_an_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout, installed = workspace(tmp_path / "checkout"), workspace(tmp_path / "installed")
    in_checkout = bundle_files(checkout, check(checkout))
    package = tmp_path / "installed/.venv/reportgen"
    for path in packaged_templates().rglob("*"):
        if path.is_file():
            write(package / "_templates" / path.relative_to(packaged_templates()), path.read_text("utf-8"))
    (tmp_path / "installed/templates/barsetshire").rename(package / "_templates/barsetshire")
    monkeypatch.setattr(workspace_module, "__file__", str(package / "workspace.py"))
    assert installed.paper_folder(REF) == package / "_templates/barsetshire/children-numbers"
    in_installation = bundle_files(installed, check(installed))
    assert in_installation == in_checkout
    manifest = json.loads(in_installation["audit/manifest.json"])
    names = [entry["file"] for entry in manifest["templates_and_settings"]]
    assert f"{PAPER}/paper.toml" in names
    assert "templates/layout/page.html" in names
    assert not [name for name in names if name.startswith(("/", "..")) or "_templates" in name]


@pytest.mark.parametrize(
    ("module", "name", "error", "reasons"),
    [
        (pdf, "write_pdf", pdf.RenderError(["no font", "no library"]), ("no font", "no library")),
        (bundle, "write_bundle", bundle.BundleError("no room"), ("no room",)),
    ],
)
def test_what_the_machine_fails_at_is_told_as_reasons(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    error: Exception,
    reasons: tuple[str, ...],
) -> None:
    monkeypatch.setattr(module, name, fails(error))
    space = workspace(tmp_path)
    with pytest.raises(NotBuilt) as caught:
        pipeline.build(space, check(space))
    assert caught.value.reasons == reasons
    assert str(caught.value) == "\n".join(reasons)


def fails(error: Exception) -> Callable[..., object]:
    def failing(*_: object, **__: object) -> object:
        raise error

    return failing


def test_what_a_pdf_is_doubtful_about_fails_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "unprintable", lambda _: "")  # what the table of characters doesn't tell
    # Another font of the machine may have it, or none: either is told.
    space = workspace(tmp_path, words=PAPER_MD + "\nA character that the font has not: 漢.\n")
    with pytest.raises(NotBuilt) as caught:
        pipeline.build(space, check(space))
    assert "漢" in str(caught.value) or "U+6F22" in str(caught.value)
    assert not (tmp_path / "outputs").exists()


def test_the_state_of_a_month_follows_what_stands_on_disk(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    assert state(space, REF, MONTH) is State.NOT_BUILT
    draft = pipeline.build(space, check(space)).bundle
    assert state(space, REF, MONTH) is State.BUILT
    for path in (tmp_path / INPUTS).rglob("*"):
        os.utime(path)
    assert state(space, REF, MONTH) is State.BUILT, "the time of a file says nothing"
    manifest = (draft / "audit/manifest.json").read_bytes()
    for broken in (b"", b"{}", b"[]", b'{"inputs": [1]}', b"\xff"):
        (draft / "audit/manifest.json").write_bytes(broken)
        assert state(space, REF, MONTH) is State.INCOMPLETE
    (draft / "audit/manifest.json").write_bytes(manifest)
    assert state(space, REF, MONTH) is State.BUILT
    (draft / "full/children-numbers-2020-03.pdf").unlink()
    assert state(space, REF, MONTH) is State.INCOMPLETE


CHANGES: dict[str, Callable[[Path], object]] = {
    "a workbook altered": lambda root: workbook(root / INPUTS / "numbers.xlsx", MONTHS[:3]),
    "a workbook gone": lambda root: (root / INPUTS / "numbers.xlsx").unlink(),
    "a workbook more": lambda root: write(root / INPUTS / "more.csv", "a,b\n"),
    "commentary altered": lambda root: write(root / OWN / "commentary.md", ""),
    "commentary gone": lambda root: (root / OWN / "commentary.md").unlink(),
    "a template altered": lambda root: write(root / PAPER / "paper.md", "## Other\n"),
    "a template of its own": lambda root: write(root / "templates/layout/page.html", "other"),
    "settings altered": lambda root: write(root / "reportgen.toml", ""),
}


def test_a_draft_is_outdated_where_anything_that_it_was_made_from_has_changed(tmp_path: Path) -> None:
    space = workspace(tmp_path / "built")
    pipeline.build(space, check(space))
    for what, change in CHANGES.items():
        copy = tmp_path / what
        subprocess.run(["cp", "-r", str(space.root), str(copy)], check=True)
        assert state(Workspace(copy), REF, MONTH) is State.BUILT
        change(copy)
        assert state(Workspace(copy), REF, MONTH) is State.OUTDATED, what


def test_commentary_that_came_after_the_draft_outdates_it(tmp_path: Path) -> None:
    space = workspace(tmp_path, words=PAPER_MD.replace('{{ passage("overview") }}', ""))
    (tmp_path / OWN / "commentary.md").unlink()
    pipeline.build(space, check(space))
    assert state(space, REF, MONTH) is State.BUILT
    write(tmp_path / OWN / "commentary.md", COMMENTARY)
    assert state(space, REF, MONTH) is State.OUTDATED
