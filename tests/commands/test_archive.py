"""The commands of the archive from a bundle on disk to its end: what they print where, and how they end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.commands.archive import archive
from reportgen.model import Issue
from reportgen.workspace import Workspace
from tests.made import COMMENTARY, INPUTS, MONTH, OWN, REF, SETTINGS, ended, only_layout_packaged, run, workspace, write

FIRST = "BARSETSHIRE-2020-0001"
TRYING_OUT = (
    "The archive {root}/outputs/archive lies within outputs/: that is fit for trying out only. Set a folder of its "
    "own, on a disk that is backed up, under [archive] in reportgen.toml.\n"
)
KEPT = (
    'Kept permanently: [authorities.barsetshire.retention] in reportgen.toml says nothing of "Children\'s Committee".\n'
)
SET = f"""{SETTINGS}archive_inputs = true

[authorities.barsetshire.retention]
"Children's Committee" = 6

[archive]
folder = "../kept"
"""


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the first final version of a paper."""
    folder = tmp_path_factory.mktemp("final")
    with pytest.MonkeyPatch.context() as patch:
        only_layout_packaged(folder, patch)
        root = workspace(folder / "w", settings=SET).root
        assert pipeline.build(Workspace(root), pipeline.check(Workspace(root), REF, MONTH), Issue(1))
    return root


@pytest.fixture
def root(final: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that workspace, to be changed."""
    only_layout_packaged(tmp_path, monkeypatch)
    return Path(shutil.copytree(final, tmp_path / "w"))


def test_a_paper_from_its_bundle_to_the_end_of_its_retention(root: Path, tmp_path: Path) -> None:
    ended(run(root, "archive", "add", "children-numbers", "--by", "Ann Clerk"), 0, f"{FIRST}\n", "")
    again = "outputs/barsetshire/children-numbers/2020-03/final-v1 is already in the archive as "
    ended(run(root, "archive", "add", "children-numbers"), 0, f"{FIRST}\n", f"{again}{FIRST}.\n")
    row = "2020-04-21  barsetshire/children-numbers 2020-03 v1  Children looked after; Children's Committee"
    ended(run(root, "archive", "list"), 0, f"{FIRST}  {row}\n", "1 paper\n")
    found = json.loads(run(root, "archive", "search", "came to the country", "--json").stdout)
    assert found == [{
        "reference": FIRST, "title": "Children looked after", "meeting_date": "2020-04-21", "edition": "full",
        "page": 1, "snippet": found[0]["snippet"],
    }]  # fmt: skip
    assert "22 [came to the country]" in found[0]["snippet"]
    shown = run(root, "archive", "show", FIRST).stdout
    assert "retention       6 years\nretain until    2026-04-21\n" in shown
    assert "input           inputs/barsetshire/2020-03/numbers.xlsx" in shown
    folder = run(root, "archive", "get", FIRST, "--to", str(tmp_path / "out")).stdout.strip()
    assert [path.name for path in Path(folder).iterdir()] == ["full"]
    ended(run(root, "archive", "due"), 0, f"{FIRST}  2026-04-21  Children's Committee  Children looked after\n",
          "1 paper to be disposed of, or kept by a decision\n")  # fmt: skip
    ended(run(root, "archive", "dispose", FIRST, "--reason", "reviewed"), 0, "",
          f"{FIRST} is disposed of: its files are deleted here, not in copies made elsewhere.\n")  # fmt: skip
    assert run(root, "archive", "get", FIRST, "--to", str(tmp_path / "again")).exit_code == 1
    assert run(root, "archive", "verify").exit_code == 0


def test_a_figure_of_an_archived_paper_is_shown_as_trace_shows_it(root: Path) -> None:
    run(root, "archive", "add", "children-numbers")
    traced = run(root, "trace", "children-numbers", "children_change").stdout
    shutil.rmtree(root / "inputs")
    assert run(root, "archive", "show", FIRST, "--figure", "children_change").stdout == traced


def test_a_paper_is_rebuilt_from_what_was_archived_with_it_alone(root: Path) -> None:
    run(root, "archive", "add", "children-numbers")
    for name in ("inputs", "outputs", "templates"):
        shutil.rmtree(root / name)
    said = f"{FIRST} was built anew: 8 of 8 files are the same, byte by byte.\n"
    ended(run(root, "archive", "verify", "--rebuild", FIRST), 0, "the same\n", said)


def test_a_paper_that_is_built_otherwise_now_is_told_with_the_files_and_the_versions(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root, "archive", "add", "children-numbers")
    real = pipeline.bundle_files

    def otherwise(*arguments: object) -> dict[str, bytes]:
        built = real(*arguments)  # type: ignore[arg-type]
        told = json.loads(built["audit/manifest.json"])
        told["versions"]["weasyprint"] = "99"
        return {**built, "full/figures.csv": b"other", "audit/manifest.json": json.dumps(told).encode()}

    monkeypatch.setattr(pipeline, "bundle_files", otherwise)
    result = run(root, "archive", "verify", "--rebuild", FIRST)
    was = json.loads((root / "outputs" / str(REF) / MONTH / "final-v1/audit/manifest.json").read_text())["versions"]
    ended(
        result, 1, f"differs: full/figures.csv\nbuilt with weasyprint {was['weasyprint']}, now 99\n",
        f"{FIRST} was built anew: 7 of 8 files are the same, byte by byte.\n",
    )  # fmt: skip


def test_inputs_are_kept_only_where_the_settings_allow_it_and_only_as_they_were(root: Path) -> None:
    write(root / OWN / "commentary.md", COMMENTARY + "\nMore words.\n")
    said = (
        f"{REF} {MONTH} was not taken: {OWN}/commentary.md has changed since the build. Put it back as it was, build "
        "the paper again, or add it with --without-inputs.\n"
    )
    ended(run(root, "archive", "add", "children-numbers"), 1, "", said)
    write(root / "reportgen.toml", SETTINGS)
    result = run(root, "archive", "add", "children-numbers")
    changed = (
        "reportgen.toml has changed since the build and was not kept: `archive verify --rebuild` will not be able "
    )
    ended(result, 0, f"{FIRST}\n", TRYING_OUT.format(root=root) + f"{changed}to rebuild it.\n{KEPT}")
    kept = run(root, "archive", "show", FIRST).stdout
    assert "source          templates/barsetshire/children-numbers/paper.toml" in kept
    assert "\ninput " not in kept
    rebuilt = run(root, "archive", "verify", "--rebuild", FIRST)
    assert rebuilt.exit_code == 1
    assert rebuilt.stderr == (
        f"{FIRST} can't be rebuilt: {INPUTS}/children-numbers/commentary.md, {INPUTS}/children-numbers/meeting.toml, "
        f"{INPUTS}/numbers.xlsx, reportgen.toml was not archived with it. Inputs are only kept where archive_inputs is "
        "set for the authority in reportgen.toml.\n"
    )


def test_a_draft_is_taken_only_as_a_draft(root: Path) -> None:
    shutil.rmtree(root / "outputs")
    ended(run(root, "archive", "add", "children-numbers"), 2, "",
          f"{REF} has no final bundle: build it first, or add its draft with --draft.\n")  # fmt: skip
    assert run(root, "build", "children-numbers").exit_code == 0
    ended(run(root, "archive", "add", "children-numbers", "--draft"), 0, f"{FIRST}\n", "")
    listed = json.loads(run(root, "archive", "list", "--json").stdout)
    assert [(each["status"], each["version"], each["state"]) for each in listed] == [("draft", 0, "current")]


def test_a_bundle_that_was_put_elsewhere_is_refused(root: Path) -> None:
    month = root / "outputs" / str(REF) / MONTH
    (month / "final-v1").rename(month / "final-v2")
    result = run(root, "archive", "add", "children-numbers")
    said = f"by its manifest it is {REF}/{MONTH}/final-v1. Put it where it was built.\n"
    ended(result, 1, "", f"{month / 'final-v2'} was not taken: {said}")


def test_a_folder_that_can_not_be_written_to_is_named_and_not_the_archive(root: Path) -> None:
    run(root, "archive", "add", "children-numbers")
    (root / "out").write_text("a file")
    result = run(root, "archive", "get", FIRST, "--to", str(root / "out" / "there"))
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"{root / 'out'}")
    assert result.stderr.endswith("Mend that, or give another folder.\n")


def test_a_withdrawn_paper_leaves_a_line(root: Path) -> None:
    run(root, "archive", "add", "children-numbers")
    result = run(root, "archive", "withdraw", FIRST, "--reason", "a name in table 1")
    assert (result.exit_code, result.stdout) == (0, "")
    shown = run(root, "archive", "show", FIRST)
    assert shown.stdout.startswith(f"{FIRST} was withdrawn on ")
    assert shown.stdout.endswith(": a name in table 1.\n")
    assert run(root, "archive", "list").stdout == shown.stdout
    assert "Children" not in run(root, "archive", "show", FIRST, "--json").stdout
    for command in (
        ["get", FIRST, "--to", str(root)],
        ["show", FIRST, "--figure", "x"],
        ["verify", "--rebuild", FIRST],
    ):
        ended(run(root, "archive", *command), 1, "", shown.stdout)


def test_a_bag_goes_out_and_comes_back(root: Path, tmp_path: Path) -> None:
    run(root, "archive", "add", "children-numbers")
    ended(run(root, "archive", "export", FIRST, "--to", str(tmp_path / "bag")), 0, f"{tmp_path / 'bag'}\n", "")
    ended(
        run(root, "archive", "import", str(tmp_path / "bag")), 0, f"{FIRST}\n", f"{FIRST} is already in the archive.\n"
    )
    shutil.rmtree(tmp_path / "kept")
    ended(run(root, "archive", "import", str(tmp_path / "bag")), 0, f"{FIRST}\n", "")


def test_verify_names_what_is_wrong_and_ends_so(root: Path, tmp_path: Path) -> None:
    run(root, "archive", "add", "children-numbers")
    (tmp_path / "kept/files/x").write_text("x")
    result = run(root, "archive", "verify")
    assert (result.exit_code, result.stdout) == (1, "added: files/x\n")
    assert result.stderr.startswith("The archive has 1 fault: 1 entries, ")
    assert json.loads(run(root, "archive", "verify", "--json").stdout)["faults"] == [
        {"sort": "added", "words": "files/x"}
    ]


def test_settings_that_are_wrong_and_days_that_are_none_are_told(root: Path) -> None:
    wrong = SET.replace('"Children\'s Committee" = 6', '"Children\'s Committee" = "six"')
    write(root / "reportgen.toml", wrong)
    ended(run(root, "archive", "list"), 1, "",
          'reportgen.toml, line 7: expected whole years, or "permanent", for '
          '"authorities.barsetshire.retention.Children\'s Committee", found "six".\n  Correct it.  [bad-setting]\n',
          )  # fmt: skip
    result = run(root, "archive", "list", "--from", "2020-4-1")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2, 'Error: "2020-4-1" is no day: write it as 2016-07-12.',
    )  # fmt: skip


@pytest.mark.parametrize("name", archive.commands)
def test_every_command_says_what_it_does(root: Path, name: str) -> None:
    assert archive.commands[name].help
    assert run(root, "archive", name, "--help").exit_code == 0
