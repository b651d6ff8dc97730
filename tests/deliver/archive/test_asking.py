"""What an archive answers: lists, pages with words, entries, figures, files; and what it says of what isn't there."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from reportgen.deliver.archive import fulltext
from reportgen.deliver.archive.asking import Listed, Sought, figure, find, get, papers
from reportgen.deliver.archive.errors import Refused, Unknown
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import added, archived, bundle, pdf

FIRST, SECOND = "BARSETSHIRE-2020-0001", "BARSETSHIRE-2020-0002"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of two versions of a paper, another authority's paper and a draft."""
    archive = archived(tmp_path, versions=2)
    wessex = bundle(
        tmp_path / "a", words="Savings of \xa32,000 were made.", paper="wessex/savings", month="2019-12",
        authority="Wessex", committee="Cabinet", meeting_date="2020-01-20", title="Savings",
    )  # fmt: skip
    added(archive, wessex)
    added(archive, bundle(tmp_path / "b", 0, paper="wessex/savings", month="2020-06", meeting_date="2020-07-20"))
    return archive


def references(archive: Archive, **sought: str) -> list[str]:
    with archive.reading() as opened:
        return [each.reference for each in papers(opened, Sought(**sought))]


def search(archive: Archive, *words: str) -> list[fulltext.Found]:
    with archive.reading() as opened:
        return fulltext.search(opened.register.database, words, 20)


def test_papers_are_listed_by_date_of_meeting(archive: Archive) -> None:
    with archive.reading() as opened:
        listed = papers(opened, Sought())
    assert [each.reference for each in listed] == ["WESSEX-2020-0001", FIRST, SECOND, "WESSEX-2020-0002"]
    assert listed[1] == Listed(
        FIRST, "barsetshire/children-numbers", "2020-03", "Children's Committee", "2020-04-21",
        "Children looked after", "final", 1, "superseded", f"superseded by {SECOND}",
    )  # fmt: skip


def test_a_list_is_narrowed_by_authority_committee_dates_and_status(archive: Archive) -> None:
    assert references(archive, authority="wessex") == ["WESSEX-2020-0001", "WESSEX-2020-0002"]
    assert references(archive, committee="Cabinet") == ["WESSEX-2020-0001"]
    assert references(archive, since="2020-04-21", until="2020-07-19") == [FIRST, SECOND]
    assert references(archive, status="draft") == ["WESSEX-2020-0002"]
    assert references(archive, status="superseded") == [FIRST]
    assert references(archive, authority="wessex", status="final") == ["WESSEX-2020-0001"]


def test_words_are_found_with_their_page_and_what_stands_around_them(archive: Archive) -> None:
    assert search(archive, "saving") == [
        fulltext.Found("WESSEX-2020-0001", "Savings", "2020-01-20", "full", 1, "[Savings] of \xa32,000 were made.")
    ]
    assert {each.reference for each in search(archive, "CHILDREN", "council")} == {FIRST, SECOND, "WESSEX-2020-0002"}
    assert search(archive, "children council") == []
    assert len(search(archive, "looked after 209")) == 3
    assert {each.page for each in search(archive, "second")} == {2}


@pytest.mark.parametrize("words", ['"', "AND", "NOT x", "a*", "text:x", "(", "'", "--", "NEAR(", "\0", "-x", "^"])
def test_nothing_that_is_typed_is_an_operator(archive: Archive, words: str) -> None:
    assert search(archive, words) == []
    assert search(archive, "saving", words) in ([], search(archive, "saving"))


def test_a_page_s_text_is_without_furniture_and_ligatures() -> None:
    made = pdf(*(f"Head\nWords of page {n}\nfive-week\nChildren looked after\nPage {n} of 3" for n in (1, 2, 3)))
    assert fulltext.pages(made) == [f"Words of page {n}\nfive-week" for n in (1, 2, 3)]
    with pytest.raises(ValueError, match="no PDF that can be read"):
        fulltext.pages(b"no PDF")


def test_a_bundle_whose_pdf_can_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.deliver.archive.made.pdf", lambda *pages: b"no PDF")
    with pytest.raises(Refused) as caught:
        added(Archive(tmp_path / "archive"), bundle(tmp_path / "v1"))
    assert str(caught.value) == (
        "full/children-numbers-2020-03.pdf was not taken: it is no PDF that can be read. Build it again."
    )


def test_a_reference_is_found_in_any_letters_and_a_misspelt_one_is_guessed(archive: Archive) -> None:
    with archive.reading() as opened:
        assert find(opened, FIRST.lower()).paper.version == 1
        with pytest.raises(Unknown) as caught:
            find(opened, "BARSETSHIRE-2020-001")
        assert str(caught.value) == (
            'There is no paper "BARSETSHIRE-2020-001" in the archive. Did you mean "BARSETSHIRE-2020-0001"?'
        )
        with pytest.raises(Unknown) as caught:
            find(opened, "x")
        assert str(caught.value) == 'There is no paper "x" in the archive. `reportgen archive list` lists them.'


def test_a_figure_s_cells_come_from_the_archived_bundle_alone(archive: Archive) -> None:
    with archive.reading() as opened:
        row = figure(opened, FIRST, "children_last")
        assert (row["value"], row["cells_counted"]) == ("209", "a.xlsx!S!B5")
        with pytest.raises(Unknown) as caught:
            figure(opened, FIRST, "child_last")
        assert str(caught.value) == f'{FIRST} has no figure "child_last". Did you mean "children_last"?'


def test_files_are_given_out_as_they_came_in_and_only_once(archive: Archive, tmp_path: Path) -> None:
    with archive.reading() as opened:
        folder = get(opened, FIRST, tmp_path / "out", ["edition"])
        assert folder == tmp_path / "out" / FIRST
        names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
        assert names == ["full/children-numbers-2020-03.pdf", "full/figures.csv", "full/tables/months.csv"]
        for name in names:
            assert (folder / name).read_bytes() == (tmp_path / "final-v1" / name).read_bytes()
        with pytest.raises(Unknown) as caught:
            get(opened, FIRST, tmp_path / "out", ["edition"])
        assert str(caught.value) == f"{folder} is there already: move it away, or give another folder."
        private = get(opened, SECOND, tmp_path / "out", ["edition", "audit"])
        assert (private / "audit/manifest.json").is_file()
        if os.name != "nt":
            assert stat.S_IMODE(private.stat().st_mode) == 0o700


def test_an_altered_file_is_not_given_out(archive: Archive, tmp_path: Path) -> None:
    with archive.reading() as opened:
        paper = find(opened, FIRST).paper
        (altered,) = (each for each in paper.files if each.file == "full/tables/months.csv")
        path = opened.store.path("files", altered.sha256)
        path.chmod(0o600)
        path.write_bytes(b"altered")
        with pytest.raises(Refused) as caught:
            get(opened, FIRST, tmp_path / "out", ["edition"])
    assert str(caught.value) == (
        f"{FIRST} full/tables/months.csv was altered in the archive: "
        "`reportgen archive verify` names all that is wrong."
    )
    assert list((tmp_path / "out").iterdir()) == []


def test_an_archive_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unknown) as caught, Archive(tmp_path / "x").reading():
        pass
    assert str(caught.value) == f"There is no archive in {tmp_path / 'x'} yet: `reportgen archive add` begins one."


def test_a_register_of_the_first_version_is_brought_up_and_a_copy_of_it_kept(archive: Archive) -> None:
    """The first version knew no words of the papers."""
    database = sqlite3.connect(archive.register_file, isolation_level=None)
    database.execute("DROP TABLE pages")
    database.execute("PRAGMA user_version = 1")
    database.close()
    assert len(search(archive, "looked after")) == 3
    assert verify(archive).faults == ()
    copy = sqlite3.connect(archive.folder / "register.sqlite.version-1")
    assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    assert copy.execute("SELECT count(*) FROM entries").fetchone() == (4,)
    copy.close()
