"""The commands of e-mail: what they print where, what they leave, and how they end."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from reportgen.deliver.letters import Letter, Mailbox
from reportgen.deliver.outbox import Outbox, State
from reportgen.mailing import OUTBOX
from tests.deliver.mail_server import OK, MailServer, free_port
from tests.made import (
    COMMENTARY,
    OWN,
    PAPER_TOML,
    SETTINGS,
    ended,
    everything,
    only_layout_packaged,
    run,
    workspace,
    write,
)

MAIL = """\

[mail]
from = "Reports <reports@barsetshire.example>"
server = "127.0.0.1"
port = {port}
security = "none"
allowed_domains = ["barsetshire.example"]
"""
TO = """\

[mail]
to = ["ann@barsetshire.example", "Bob <bob@barsetshire.example>"]

[mail.key_figures]
"Children" = "children_last"
"""
NAME = "barsetshire/children-numbers 2020-03"
ANN, BOB = "ann@barsetshire.example", "bob@barsetshire.example"
DRAFT = "outputs/barsetshire/children-numbers/2020-03/draft"
SENT = f"{ANN}: draft {NAME}, sent\n{BOB}: draft {NAME}, sent\n"
BUILD = "reportgen build barsetshire/children-numbers --month 2020-03"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a draft."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        only_layout_packaged(folder, patch)
        root = workspace(folder / "w", settings=SETTINGS + MAIL.format(port=25), paper=PAPER_TOML + TO).root
        assert run(root, "build", "children-numbers").exit_code == 0
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that workspace, to be changed; nobody listens at its mail server. It is the present folder, too."""
    only_layout_packaged(tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)
    root = Path(shutil.copytree(built, tmp_path / "w"))
    served_at(root, free_port())
    return root


@pytest.fixture
def server(root: Path) -> Iterator[MailServer]:
    """The mail server of the workspace."""
    with MailServer() as running:
        served_at(root, running.port)
        yield running


def served_at(root: Path, port: int) -> None:
    """The workspace's mail server is at that port, and its draft was built with these settings."""
    before = (root / "reportgen.toml").read_text()
    write(root / "reportgen.toml", SETTINGS + MAIL.format(port=port))
    manifest = root / DRAFT / "audit/manifest.json"
    manifest.write_text(manifest.read_text().replace(sha256(before), sha256((root / "reportgen.toml").read_text())))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def local(time: dt.datetime) -> str:
    """A time as the commands print it."""
    return f"{time.astimezone():%Y-%m-%d %H:%M}"


def test_a_draft_is_sent_to_each_once(root: Path, server: MailServer) -> None:
    ended(run(root, "send", "children-numbers"), 0, SENT, "")
    again = "".join(f"Not sent twice. {line}\n" for line in SENT.splitlines())
    ended(run(root, "send", "children-numbers", "--month", "2020-03"), 0, "", again)
    ended(run(root, "send", "children-numbers", "--to", "Eve <eve@barsetshire.example>"), 0,
          f"eve@barsetshire.example: draft {NAME}, sent\n", "")  # fmt: skip
    assert server.recipients == [ANN, BOB, "eve@barsetshire.example"]
    message = server.received[0].message
    assert message["Subject"] == "Draft: Children looked after, 2020-03"
    (pdf,) = message.iter_attachments()
    assert pdf.get_content() == (root / DRAFT / "full/children-numbers-2020-03.pdf").read_bytes()


def test_who_was_sent_to_from_another_address_is_not_sent_to_again(root: Path, server: MailServer) -> None:
    run(root, "send", "children-numbers", "--to", ANN)
    settings = (root / "reportgen.toml").read_text()
    write(root / "reportgen.toml", settings.replace("reports@barsetshire", "papers@other"))
    manifest = root / DRAFT / "audit/manifest.json"
    moved = sha256((root / "reportgen.toml").read_text())
    manifest.write_text(manifest.read_text().replace(sha256(settings), moved))
    ended(run(root, "send", "children-numbers", "--to", ANN), 0, "", f"Not sent twice. {ANN}: draft {NAME}, sent\n")
    assert server.recipients == [ANN]


def test_a_dry_run_writes_the_messages_and_sends_nothing(root: Path, tmp_path: Path, server: MailServer) -> None:
    before = everything(root)
    names = [f"children-numbers-2020-03-{address}.eml" for address in (ANN, BOB)]
    ended(run(root, "send", "children-numbers", "--dry-run"), 0, "".join(f"{name}\n" for name in names), "")
    message = email.message_from_bytes((tmp_path / names[1]).read_bytes(), policy=email.policy.default)
    assert (message["To"], message["Subject"]) == (
        "Bob <bob@barsetshire.example>", "Draft: Children looked after, 2020-03",
    )  # fmt: skip
    assert message["Auto-Submitted"] == "auto-generated"
    assert (everything(root), server.connections) == (before, [])


def test_a_refused_recipient_is_told_and_ends_with_3_until_given_up(root: Path, server: MailServer) -> None:
    server.recipient = lambda address: "550 No such person" if address == ANN else OK
    result = run(root, "send", "children-numbers")
    (identity,) = re.findall(r"<[0-9a-f]{40}@barsetshire.example>", result.stdout)
    failed = f"{ANN}: draft {NAME}, failed (550 No such person)  {identity}\n"
    ended(result, 3, f"{failed}{BOB}: draft {NAME}, sent\n", "")
    # Who asks again is told again that it isn't with everybody.
    told = f"Not sent twice. {failed}Not sent twice. {BOB}: draft {NAME}, sent\n"
    ended(run(root, "send", "children-numbers"), 3, "", told)
    ended(run(root, "outbox"), 3, failed, "")
    ended(run(root, "outbox", "--drop", identity), 0, "", "The outbox holds nothing that waits or failed.\n")
    ended(run(root, "outbox", "--all"), 0,
          f"{ANN}: draft {NAME}, given up  {identity}\n{BOB}: draft {NAME}, sent\n", "")  # fmt: skip
    result = run(root, "outbox", "--again", identity)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{ANN}: draft {NAME}, waiting (to be sent again); tried 0 times, next at 2")
    server.recipient = lambda address: OK
    result = run(root, "send", "children-numbers")
    assert (result.exit_code, result.stdout) == (0, f"{ANN}: draft {NAME}, sent\n")
    assert server.recipients == [BOB, ANN]


def test_without_a_server_the_letters_wait_and_it_ends_with_3(root: Path) -> None:
    result = run(root, "send", "children-numbers", "--to", ANN)
    with Outbox(root / OUTBOX) as box:
        (entry,) = box.entries()
    words = entry.answer
    assert re.fullmatch(r"127\.0\.0\.1:\d+: Connection refused", words)
    line = f"{ANN}: draft {NAME}, waiting ({words}); tried 1 time, next at {local(entry.next_try)}"
    line += f"  {entry.message_id}\n"
    said = f"The mail server can't be used: {words}. What was queued is tried again.\n"
    ended(result, 3, line, said)
    ended(run(root, "outbox"), 0, line, "")


def test_the_outbox_as_json(root: Path) -> None:
    ended(run(root, "outbox", "--json"), 0, "[]\n", "")
    run(root, "send", "children-numbers", "--to", ANN)
    (told,) = json.loads(run(root, "outbox", "--json").stdout)
    with Outbox(root / OUTBOX) as box:
        (entry,) = box.entries()
    assert told == {
        "message_id": entry.message_id, "kind": "draft", "paper": "barsetshire/children-numbers", "month": "2020-03",
        "recipient": ANN, "state": "waiting", "tries": 1, "queued": str(entry.queued),
        "next_try": str(entry.next_try), "changed": str(entry.changed), "answer": entry.answer,
    }  # fmt: skip


def test_an_uncertain_letter_ends_the_outbox_with_3(root: Path, server: MailServer) -> None:
    async def lost() -> str:
        server.connections[-1].drop()
        return OK

    server.taken = lambda received: lost()
    result = run(root, "send", "children-numbers", "--to", ANN)
    assert result.exit_code == 3
    assert result.stdout.startswith(f"{ANN}: draft {NAME}, uncertain (the connection was lost)  <")
    ended(run(root, "outbox"), 3, result.stdout, "")


@pytest.mark.parametrize(
    ("option", "could"),
    [("--again", "failed, uncertain or given up, and kept"), ("--drop", "waiting, failed or uncertain")],
)
def test_a_letter_that_is_not_there_is_misuse(root: Path, option: str, could: str) -> None:
    said = f"There is no letter <x> that is {could}: reportgen outbox --all lists them.\n"
    ended(run(root, "outbox", option, "<x>"), 2, "", said)


def test_while_another_process_sends_the_letters_are_left_to_it(
    root: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Outbox.deliver
    monkeypatch.setattr(Outbox, "deliver", lambda *arguments: real(*arguments, wait=0))
    with Outbox(root / OUTBOX):
        pass
    with FileLock(root / f"{OUTBOX}.lock"):
        said = "Another process is sending: what was queued goes out with it or with the next run.\n"
        ended(run(root, "send", "children-numbers"), 0, "", said)
    assert server.connections == []
    assert run(root, "send", "children-numbers").stdout == SENT


def test_a_draft_that_is_not_fit_is_not_sent(root: Path, server: MailServer) -> None:
    def refused(words: str) -> None:
        ended(run(root, "send", "children-numbers"), 1, "", f"{NAME} was not sent: {words}: {BUILD}\n")

    write(root / OWN / "commentary.md", COMMENTARY + "\nMore words.\n")
    refused("its inputs, templates or settings have changed since it was built. Build it again")
    (root / DRAFT / "full/children-numbers-2020-03.pdf").unlink()
    refused("its draft is incomplete")
    shutil.rmtree(root / DRAFT)
    refused("it isn't built")
    assert server.connections == []
    assert not (root / OUTBOX).exists()


def test_all_wrong_recipients_are_told_at_once_and_nobody_is_sent_to(root: Path, server: MailServer) -> None:
    asked = ("--to", "nobody", "--to", ANN, "--to", "eve@evil.example")
    ended(
        run(root, "send", "children-numbers", *asked), 2, "",
        '"nobody" is no address such as name@council.example.\n'
        "eve@evil.example: barsetshire/children-numbers isn't public and goes only to the domains that reportgen.toml "
        "allows under [mail] (barsetshire.example).\n",
    )  # fmt: skip
    assert server.connections == []


def test_mail_that_is_not_set_is_misuse(root: Path) -> None:
    write(root / "reportgen.toml", SETTINGS)
    said = "reportgen.toml has no section [mail]: docs/mail.md says what it holds.\n"
    ended(run(root, "send", "children-numbers"), 2, "", said)


def test_another_letter_that_fails_again_ends_a_sending_with_3(root: Path, server: MailServer) -> None:
    letter = Letter("reminder", "barsetshire/other", "2020-02", "1", Mailbox("max@barsetshire.example"), "S", "T")
    with Outbox(root / OUTBOX) as box:
        past = dt.datetime(2020, 4, 1, tzinfo=dt.UTC)
        box.queue(letter, Mailbox("reports@barsetshire.example"), past)
        box.queue(replace(letter, month="2020-01"), Mailbox("reports@barsetshire.example"), past)
        server.recipient = lambda address: "451 later" if address.startswith("max") else OK
        assert run(root, "send", "children-numbers").exit_code == 3
        assert [entry.recipient for entry in box.entries(State.WAITING)] == ["max@barsetshire.example"] * 2
    assert server.recipients == [ANN, BOB]
