"""What a workspace holds, where, and under which names."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import workspace as module
from reportgen.workspace import Misuse, PaperRef, Workspace, packaged_templates
from tests.made import INPUTS, MEETING_TOML, MONTH, OWN, PAPER, PAPER_MD, PAPER_TOML, REF, workspace, write


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The templates of an installation that has one paper and a layout."""
    package = tmp_path / "site-packages" / "reportgen"
    write(package / "_templates/oxbridge/savings/paper.toml", PAPER_TOML)
    write(package / "_templates/layout/page.html", "packaged")
    monkeypatch.setattr(module, "__file__", str(package / "workspace.py"))
    return package / "_templates"


def misuse(space: Workspace, paper: str, month: str | None = None) -> str:
    with pytest.raises(Misuse) as caught:
        space.find_month(space.find_paper(paper), month)
    return str(caught.value)


def test_in_a_checkout_the_templates_stand_beside_the_package() -> None:
    assert packaged_templates() == Path(module.__file__).parent.parent / "templates"
    assert (packaged_templates() / "layout" / "page.html").is_file()


def test_in_an_installation_the_templates_stand_within_the_package(packaged: Path) -> None:
    assert packaged_templates() == packaged


def test_a_workspace_of_inputs_alone_has_the_packaged_papers(packaged: Path, tmp_path: Path) -> None:
    write(tmp_path / "w/inputs/oxbridge/2020-03/savings/meeting.toml", MEETING_TOML)
    space = Workspace(tmp_path / "w")
    ref = PaperRef("oxbridge", "savings")
    assert space.template_roots == (packaged,)
    assert (space.papers(), space.months(ref)) == ([ref], ["2020-03"])
    assert space.paper_folder(ref) == packaged / "oxbridge/savings"


def test_a_workspaces_own_templates_come_before_the_packaged_ones(packaged: Path, tmp_path: Path) -> None:
    own = tmp_path / "w/templates"
    write(own / "oxbridge/savings/paper.toml", PAPER_TOML)
    write(own / "layout/page.html", "own")
    write(packaged / "layout/print.css", "packaged")
    space = Workspace(tmp_path / "w")
    assert space.template_roots == (own, packaged)
    assert space.paper_folder(PaperRef("oxbridge", "savings")) == own / "oxbridge/savings"
    assert space.papers() == [PaperRef("oxbridge", "savings")]
    assert space.template("templates/layout/page.html") == own / "layout/page.html"
    assert space.template("templates/layout/print.css") == packaged / "layout/print.css"
    assert not space.template("templates/layout/none.css").exists()


def test_the_checkout_as_a_workspace_has_its_templates_once(monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = Path(module.__file__).parent.parent
    assert Workspace(checkout).template_roots == (checkout / "templates",)
    monkeypatch.chdir(checkout)
    assert Workspace(Path()).template_roots == (Path("templates"),)


def test_a_template_has_the_same_name_wherever_it_stands(packaged: Path, tmp_path: Path) -> None:
    name = "templates/oxbridge/savings/paper.toml"
    write(tmp_path / "w" / name, PAPER_TOML)
    within = Workspace(tmp_path)  # the installation stands in the workspace, as a virtual environment may
    (tmp_path / "templates").mkdir()
    assert Workspace(tmp_path / "w").name(tmp_path / "w" / name) == name
    assert Workspace(tmp_path / "w").name(packaged / "oxbridge/savings/paper.toml") == name
    assert within.name(packaged / "oxbridge/savings/paper.toml") == name


def test_other_files_are_named_from_the_workspace_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path / "w")
    assert space.name(space.month_folder(REF, MONTH) / "meeting.toml") == f"{OWN}/meeting.toml"
    assert space.name(space.settings_file) == "reportgen.toml"
    monkeypatch.chdir(tmp_path / "w")
    here = Workspace(Path())
    assert here.name(here.month_folder(REF, MONTH) / "meeting.toml") == f"{OWN}/meeting.toml"
    assert here.name(here.paper_folder(REF) / "paper.md") == f"{PAPER}/paper.md"
    monkeypatch.chdir(tmp_path / "w" / "inputs")
    above = Workspace(Path(".."))
    assert above.name(above.paper_folder(REF) / "paper.md") == f"{PAPER}/paper.md"


def test_inputs_that_are_linked_from_elsewhere_have_their_name_in_the_workspace(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w")
    (tmp_path / "w/inputs").rename(tmp_path / "disk")
    (tmp_path / "w/inputs").symlink_to(tmp_path / "disk")
    assert space.months(REF) == [MONTH]
    assert space.name(space.month_folder(REF, MONTH) / "meeting.toml") == f"{OWN}/meeting.toml"


def test_papers_and_months_stand_in_order(packaged: Path, tmp_path: Path) -> None:
    space = workspace(tmp_path)
    for month in ("2019-11", "2020-01", "2020-13", "20-01", "latest"):
        write(tmp_path / f"inputs/barsetshire/{month}/children-numbers/meeting.toml", MEETING_TOML)
    write(tmp_path / "inputs/barsetshire/2020-02/other-paper/meeting.toml", MEETING_TOML)
    write(tmp_path / "inputs/barsetshire/2020-05", "a file")
    assert space.months(REF) == ["2019-11", "2020-01", "2020-03"]
    assert space.find_month(REF, None) == "2020-03"
    assert space.find_month(REF, "2019-11") == "2019-11"
    assert space.papers() == [REF, PaperRef("oxbridge", "savings")]


def test_a_paper_is_found_with_and_without_its_authority(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    assert space.find_paper("children-numbers") == space.find_paper("barsetshire/children-numbers") == REF


def test_a_paper_of_several_authorities_must_be_named_with_one(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    write(tmp_path / "templates/wessex/children-numbers/paper.toml", PAPER_TOML)
    assert misuse(space, "children-numbers") == (
        '"children-numbers" is a paper of several authorities: barsetshire/children-numbers, '
        "wessex/children-numbers. Name the authority too."
    )


@pytest.mark.parametrize("name", ["childrens-numbers", "children-number", "Children numbers"])
def test_a_misspelt_paper_is_answered_with_the_nearest(packaged: Path, tmp_path: Path, name: str) -> None:
    assert misuse(workspace(tmp_path), name) == (
        f'There is no paper "{name}". Did you mean "children-numbers"? '
        "The papers are: barsetshire/children-numbers, oxbridge/savings."
    )


def test_a_misspelt_authority_is_answered_with_the_nearest(tmp_path: Path) -> None:
    message = misuse(workspace(tmp_path), "barcetshire/children-numbers")
    assert 'Did you mean "barsetshire/children-numbers"?' in message


def test_a_name_like_none_is_answered_with_all(packaged: Path, tmp_path: Path) -> None:
    assert misuse(workspace(tmp_path), "xyz") == (
        'There is no paper "xyz". The papers are: barsetshire/children-numbers, oxbridge/savings.'
    )


def test_where_there_is_no_paper_at_all_that_is_said(packaged: Path, tmp_path: Path) -> None:
    (packaged / "oxbridge/savings/paper.toml").unlink()
    assert misuse(Workspace(tmp_path), "savings") == (
        'There is no paper "savings", nor any other: each is a folder templates/<authority>/<paper>/.'
    )


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2020-3", ' Did you mean "2020-03"?'),
        ("2020-30", ' Did you mean "2020-03"?'),
        ("2020-04", ' Did you mean "2020-03"?'),
        ("March", ""),
        ("../../x", ""),
    ],
)
def test_a_misspelt_month_is_answered_with_the_nearest(tmp_path: Path, month: str, words: str) -> None:
    assert misuse(workspace(tmp_path), "children-numbers", month) == (
        f'barsetshire/children-numbers has no month "{month}".{words} Its months are: 2020-03.'
    )


def test_a_month_with_workbooks_but_without_the_papers_folder_says_what_to_make(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    (tmp_path / "inputs/barsetshire/2020-04").mkdir()
    assert misuse(space, "children-numbers", "2020-04") == (
        "barsetshire/children-numbers has no folder for 2020-04: make inputs/barsetshire/2020-04/children-numbers/ "
        "with its meeting.toml."
    )


@pytest.mark.parametrize("stands", ["nothing", "a file"])
def test_a_paper_without_inputs_says_where_they_belong(tmp_path: Path, stands: str) -> None:
    write(tmp_path / PAPER / "paper.toml", PAPER_TOML)
    write(tmp_path / PAPER / "paper.md", PAPER_MD)
    if stands == "a file":
        write(tmp_path / "inputs", "not a folder")
    assert misuse(Workspace(tmp_path), "children-numbers") == (
        "barsetshire/children-numbers has no month yet: put workbooks into inputs/barsetshire/<year>-<month>/, "
        "its meeting.toml into children-numbers/ there."
    )


def test_the_folders_of_a_month(tmp_path: Path) -> None:
    space = Workspace(tmp_path)
    assert space.input_folder(REF, MONTH) == tmp_path / INPUTS
    assert space.month_folder(REF, MONTH) == tmp_path / OWN
    assert space.output_folder(REF, MONTH) == tmp_path / "outputs/barsetshire/children-numbers/2020-03"
