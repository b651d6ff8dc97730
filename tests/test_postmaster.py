"""The post of the nightly run: drafts, reminders, problems and failures reach whom they are for, once."""

from __future__ import annotations

import datetime as dt
import platform
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.agenda import Due, agenda
from reportgen.deliver.outbox import Outbox
from reportgen.journal import Journal
from reportgen.mailing import OUTBOX, general
from reportgen.nightly import Delivered, Outcome, Run, Stage
from reportgen.postmaster import NoPost, Postmaster
from reportgen.workspace import Misuse
from tests.deliver.mail_server import OK, MailServer
from tests.made import INPUTS, MONTHS, PAPER, PAPER_TOML, SETTINGS, only_layout_packaged, workbook, workspace, write
from tests.test_mailing import bundle

PAPER_MAIL = """\
[schedule]
committee = "Children's Committee"
months_before = 1

[mail]
to = ["ann@barsetshire.example", "bob@barsetshire.example"]
"""
MEETINGS = """\
[authorities.barsetshire.meetings]
"Children's Committee" = [2020-04-21]

[mail]
from = "reports@barsetshire.example"
server = "127.0.0.1"
port = {port}
security = "none"
allowed_domains = ["barsetshire.example"]
administrator = "Max <max@barsetshire.example>"
"""
NOW = dt.datetime(2020, 4, 1, 2, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ANN, BOB, MAX = "ann@barsetshire.example", "bob@barsetshire.example", "max@barsetshire.example"
MARCH = "barsetshire/children-numbers 2020-03"
REMINDER = """\
Inputs are missing: Children looked after, 2020-03
==================================================

These inputs are not there yet:
inputs/barsetshire/2020-03/

Committee: Children's Committee
Meeting: 21 April 2020
To be handed in by: 7 April 2020

To see how it stands: reportgen due
"""
FAILURE = """\
reportgen: the nightly run
==========================

x failed in the nightly run.
The disk is full.

Machine: {machine}
Workspace: {root}
"""


class Office:
    """A workspace with its post and mail server."""

    def __init__(self, root: Path, server: MailServer, paper: str = PAPER_MAIL) -> None:
        settings = SETTINGS + MEETINGS.format(port=server.port)
        self.space, self.server = workspace(root, settings=settings, paper=PAPER_TOML + paper), server
        self.box = Outbox(root / OUTBOX)

    @property
    def post(self) -> Postmaster:
        settings = general(self.space).mail
        assert settings is not None
        return Postmaster(self.space, settings, self.box)

    @property
    def due(self) -> Due:
        """The meeting in April."""
        return agenda(self.space, NOW.date()).due[0]

    def night(self, now: dt.datetime) -> Outcome:
        """A nightly run over files that were written long ago."""
        journal = Journal(lambda: now, lambda line: None, self.space.root / "outputs/logs")
        old = dt.datetime(2020, 3, 1, tzinfo=dt.UTC)
        return Run(self.space, self.post, journal, lambda: now, lambda command, text: None, lambda paths: old).whole()

    def got(self) -> list[tuple[str, str]]:
        """Who got what since this was last asked."""
        got = [(each.recipients[0], str(each.message["Subject"])) for each in self.server.received]
        self.server.received.clear()
        return got

    def text(self) -> str:
        """The words of the first letter that was taken."""
        part = self.server.received[0].message.get_body(("plain",))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    only_layout_packaged(tmp_path, monkeypatch)
    with MailServer() as server:
        made = Office(tmp_path / "w", server)
        with made.box:
            yield made


def test_a_draft_goes_to_each_of_its_recipients_once_and_again_when_it_is_another(office: Office) -> None:
    folder = bundle(office.space.root, "2020-03")
    assert office.post.draft(office.due, NOW) is True
    assert office.post.deliver(NOW) == Delivered(sent=2)
    assert office.post.draft(office.due, NOW + DAY) is False
    assert office.post.deliver(NOW + DAY) == Delivered()
    subject = "Draft: Children looked after, 2020-03"
    assert office.got() == [(ANN, subject), (BOB, subject)]
    (folder / "full/children-numbers-2020-03.pdf").write_bytes(b"%PDF other")
    assert office.post.draft(office.due, NOW + DAY) is True
    office.post.deliver(NOW + DAY)
    assert office.got() == [(ANN, subject), (BOB, subject)]


def test_a_recipient_who_is_added_later_gets_the_draft_alone(office: Office) -> None:
    bundle(office.space.root, "2020-03")
    office.post.draft(office.due, NOW)
    office.post.deliver(NOW)
    office.got()
    path = office.space.root / PAPER / "paper.toml"
    path.write_text(path.read_text().replace('"ann@', '"eve@barsetshire.example", "ann@'))
    assert office.post.draft(office.due, NOW + DAY) is True
    office.post.deliver(NOW + DAY)
    assert office.got() == [("eve@barsetshire.example", "Draft: Children looked after, 2020-03")]


def test_a_reminder_says_what_is_missing_and_by_when_once_for_each_key(office: Office) -> None:
    lines = ["inputs/barsetshire/2020-03/"]
    assert office.post.note("reminder", office.due, "5", lines, NOW) is True
    assert office.post.note("reminder", office.due, "5", lines, NOW + DAY) is False
    office.post.deliver(NOW)
    assert office.text() == REMINDER
    subject = "Inputs are missing: Children looked after, 2020-03"
    assert office.got() == [(ANN, subject), (BOB, subject)]
    assert office.post.note("reminder", office.due, "2", lines, NOW + DAY) is True


def test_problems_are_told_in_their_words(office: Office) -> None:
    said = 'a.xlsx, cell B2: expected a number, found "<b>{{ 1 }}".  [not-a-number]'
    assert office.post.note("problems", office.due, "1", [said, "  Mend it."], NOW) is True
    office.post.deliver(NOW)
    assert f"The paper can't be built until these are mended:\n{said}\n  Mend it.\n" in office.text()
    subject = "Not built: Children looked after, 2020-03"
    assert office.got() == [(ANN, subject), (BOB, subject)]


def test_a_failure_goes_to_the_administrator_alone_once(office: Office) -> None:
    assert office.post.alarm("1", ["x failed in the nightly run.", "The disk is full."], NOW) is True
    assert office.post.alarm("1", ["other words"], NOW + DAY) is False
    office.post.deliver(NOW)
    assert office.text() == FAILURE.format(machine=platform.node(), root=office.space.root)
    assert office.got() == [(MAX, "reportgen: the nightly run")]


def test_without_an_administrator_or_recipients_nobody_is_written_to(office: Office) -> None:
    path = office.space.root / "reportgen.toml"
    path.write_text(path.read_text().partition("administrator")[0])
    write(office.space.root / PAPER / "paper.toml", PAPER_TOML + PAPER_MAIL.partition("[mail]")[0])
    assert office.post.alarm("1", ["x"], NOW) is False
    assert office.post.draft(office.due, NOW) is False
    assert office.post.note("reminder", office.due, "5", ["x"], NOW) is False
    assert office.box.entries() == []


def test_a_workspace_without_mail_has_no_post(office: Office) -> None:
    post = NoPost()
    assert (post.draft(office.due, NOW), post.note("problems", office.due, "1", [], NOW), post.alarm("1", [], NOW)) == (
        False, False, False,
    )  # fmt: skip
    assert post.deliver(NOW) == Delivered()


def test_what_became_of_the_letters_is_counted(office: Office) -> None:
    office.server.recipient = lambda address: {ANN: "550 no", BOB: "451 later"}.get(address, OK)
    office.post.note("reminder", office.due, "5", ["x"], NOW)
    office.post.alarm("1", ["x"], NOW + DAY)
    assert office.post.deliver(NOW + DAY) == Delivered(sent=1, waiting=1, failed=1, oldest=NOW, standing=1)
    assert office.post.deliver(NOW + DAY + dt.timedelta(minutes=1)) == Delivered(waiting=1, oldest=NOW, standing=1)


@pytest.mark.parametrize(
    ("there", "instead", "words"),
    [
        ("reports@barsetshire.example", "reports@-", 'reportgen.toml, [mail] from: "reports@-" is no address.'),
        ("max@barsetshire.example", "max@-", 'reportgen.toml, [mail] administrator: "Max <max@->" is no address.'),
        ("127.0.0.1", "192.0.2.1", 'reportgen.toml, [mail]: security = "none" is for a server on this machine alone; '
         '192.0.2.1 needs "starttls" or "tls".'),
    ],
)  # fmt: skip
def test_settings_that_are_wrong_stop_the_run_before_it_begins(
    office: Office, there: str, instead: str, words: str
) -> None:
    path = office.space.root / "reportgen.toml"
    path.write_text(path.read_text().replace(there, instead))
    with pytest.raises(Misuse) as caught:
        _ = office.post
    assert str(caught.value) == words


def test_nights_with_a_real_post(office: Office) -> None:
    # An error is told to the paper's people; mended, the draft goes out; each once.
    numbers = office.space.root / INPUTS / "numbers.xlsx"
    workbook(numbers, [*MONTHS[:3], (MONTHS[3][0], "many", 187, 22)])
    for night in range(2):
        assert office.night(NOW + night * DAY).stages == {MARCH: Stage.WRONG}
    assert office.got() == [(each, "Not built: Children looked after, 2020-03") for each in (ANN, BOB)]
    workbook(numbers, MONTHS)
    for night in range(2, 4):
        assert office.night(NOW + night * DAY).stages == {MARCH: Stage.BUILT}
    assert office.got() == [(each, "Draft: Children looked after, 2020-03") for each in (ANN, BOB)]


def test_recipients_whom_the_rule_forbids_are_told_to_the_administrator_in_words(office: Office) -> None:
    bundle(office.space.root, "2020-03")
    path = office.space.root / PAPER / "paper.toml"
    path.write_text(path.read_text().replace("ann@barsetshire.example", "eve@evil.example"))
    assert [office.night(NOW + night * DAY).failed for night in range(2)] == [True, True]
    words = office.text()
    assert words.splitlines()[3:5] == [
        f"{MARCH} failed in the nightly run.",
        "eve@evil.example: barsetshire/children-numbers isn't public and goes only to the domains that reportgen.toml "
        "allows under [mail] (barsetshire.example).",
    ]
    assert office.got() == [(MAX, "reportgen: the nightly run")]
