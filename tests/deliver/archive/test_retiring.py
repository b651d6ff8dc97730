"""Papers that leave: out of every answer at once, or for good, with a record that stays."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from reportgen.deliver.archive import fulltext
from reportgen.deliver.archive.adding import Keeper
from reportgen.deliver.archive.asking import Sought, figure, find, get, papers
from reportgen.deliver.archive.errors import Refused, Unknown
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.retiring import dispose, due, withdraw
from reportgen.deliver.archive.verifying import verify
from tests.deliver.archive.made import KEEPER, added, bundle, everything

FIRST, SECOND = "BARSETSHIRE-2020-0001", "BARSETSHIRE-2020-0002"
SHARED = hashlib.sha256(b"the same in all versions").hexdigest()
WITHDRAWN = f"{FIRST} was withdrawn on 2020-05-01: a name in table 3."


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of two versions that share a file, kept for six years."""
    archive = Archive(tmp_path / "archive")
    added(archive, bundle(tmp_path / "v1", words="The word xylophone is here."), "6 years")
    added(archive, bundle(tmp_path / "v2", 2), "6 years")
    return archive


def holds(archive: Archive, folder: str) -> set[str]:
    return {name.split("/")[-1] for name in everything(archive.folder) if name.startswith(f"{folder}/")}


def test_a_withdrawn_paper_is_in_no_answer_but_that_it_was_withdrawn(archive: Archive, tmp_path: Path) -> None:
    withdraw(archive, FIRST.lower(), " a name \n in table 3.", KEEPER)
    with archive.reading() as opened:
        (gone, other) = papers(opened, Sought())
        assert (gone.title, gone.state, gone.why) == ("", "withdrawn", WITHDRAWN)
        assert fulltext.search(opened.register.database, ["xylophone"], 20) == []
        for ask in (lambda: get(opened, FIRST, tmp_path, ["edition"]), lambda: figure(opened, FIRST, "children_last")):
            with pytest.raises(Refused) as caught:
                ask()
            assert str(caught.value) == WITHDRAWN
        assert find(opened, SECOND).line == ""
    assert other.reference == SECOND


def test_a_withdrawn_paper_s_files_are_sealed_but_for_those_that_another_holds(archive: Archive) -> None:
    with archive.reading() as opened:
        own = {each.sha256 for each in find(opened, FIRST).paper.files} - {
            each.sha256 for each in find(opened, SECOND).paper.files
        }
    withdraw(archive, FIRST, "a name", KEEPER)
    assert holds(archive, "sealed") == own
    assert SHARED in holds(archive, "files")
    assert verify(archive).faults == ()
    withdraw(archive, SECOND, "a name", KEEPER)
    assert (holds(archive, "files"), holds(archive, "private")) == (set(), set())
    assert verify(archive).faults == ()


def test_a_paper_is_withdrawn_once_with_a_reason_and_never_taken_in_again(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(Unknown) as unsaid:
        withdraw(archive, FIRST, " ", KEEPER)
    assert str(unsaid.value) == "Give a reason: it stands in the register for as long as that is kept."
    withdraw(archive, FIRST, "a name in table 3", KEEPER)
    with pytest.raises(Refused) as caught:
        withdraw(archive, FIRST, "again", KEEPER)
    assert str(caught.value) == WITHDRAWN
    with pytest.raises(Refused) as again:
        added(archive, tmp_path / "v1")
    assert str(again.value) == (
        f"barsetshire/children-numbers 2020-03 was not taken: it is {FIRST}, which was withdrawn."
    )


def test_what_is_due_is_what_has_passed_the_last_day_of_its_retention(archive: Archive) -> None:
    with archive.reading() as opened:
        assert due(opened, "2026-04-21") == []
        row = ("2026-04-21", "Children's Committee", "Children looked after")
        assert due(opened, "2026-04-22") == [(FIRST, *row), (SECOND, *row)]
    dispose(archive, FIRST, "reviewed", Keeper("Ann", "2026-05-01T09:00:00Z"), order=False)
    with archive.reading() as opened:
        assert [row[0] for row in due(opened, "2026-05-01")] == [SECOND]


def test_a_paper_is_not_disposed_of_before_its_time_without_an_order(archive: Archive) -> None:
    with pytest.raises(Refused) as caught:
        dispose(archive, FIRST, "tidying up", KEEPER, order=False)
    assert str(caught.value) == (
        f"{FIRST} was not disposed of: it is to be kept until 2026-04-21. An order to erase it before that is carried "
        "out with --order."
    )
    assert verify(archive).entries == 2


def test_disposal_deletes_the_files_and_every_word_and_keeps_the_entry(archive: Archive) -> None:
    stems = (b"xylophon", b"XYLOPHON")

    def in_the_register() -> bool:
        files = archive.folder.glob("register.sqlite*")
        return any(stem in path.read_bytes() for path in files for stem in stems)

    assert in_the_register()
    dispose(archive, FIRST, "an order of 1 May", KEEPER, order=True)
    assert not in_the_register()
    with archive.reading() as opened:
        standing = find(opened, FIRST)
        contents = {each.sha256 for each in standing.paper.files}
        kept = {each.sha256 for each in find(opened, SECOND).paper.files}
    assert standing.line == f"{FIRST} was disposed of on 2020-05-01 (order to erase): an order of 1 May."
    assert standing.paper.title == "Children looked after"
    assert holds(archive, "files") | holds(archive, "private") == kept
    assert contents - kept
    assert verify(archive).faults == ()
    with pytest.raises(Refused, match="was disposed of on"):
        dispose(archive, FIRST, "again", KEEPER, order=True)


def test_a_disposal_whose_command_died_before_it_deleted_is_finished_by_the_next(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("reportgen.deliver.archive.store.Store.settle", killed)
        with pytest.raises(Killed):
            dispose(archive, FIRST, "an order", KEEPER, order=True)
    with archive.reading() as opened, pytest.raises(Refused, match="was disposed of on"):
        get(opened, FIRST, archive.folder, ["edition"])
    assert verify(archive).faults == ()
    with archive.reading() as opened:
        kept = {each.sha256 for each in find(opened, SECOND).paper.files}
    assert holds(archive, "files") | holds(archive, "private") == kept


def test_a_withdrawn_paper_is_disposed_of_from_where_it_is_sealed(archive: Archive) -> None:
    withdraw(archive, FIRST, "a name", KEEPER)
    dispose(archive, FIRST, "an order", KEEPER, order=True)
    assert holds(archive, "sealed") == set()
    assert verify(archive).faults == ()
