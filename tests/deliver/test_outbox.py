"""The outbox: whatever happens to servers, processes and clocks, nobody gets a letter twice, and what may be lost is
told.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from reportgen.deliver.letters import Attachment, Letter, Mailbox
from reportgen.deliver.outbox import Delivery, Entry, Outbox, State
from reportgen.deliver.smtp import Server
from tests.deliver.mail_server import ENOUGH, OK, Connected, MailServer, free_port

NOW = dt.datetime(2020, 4, 1, 2, 30, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
SENDER = Mailbox("reports@barsetshire.example")
ANN = Mailbox("ann@barsetshire.example", "Ann Clerk")
BOB = Mailbox("bob@barsetshire.example")
LETTER = Letter(
    "draft", "barsetshire/children-numbers", "2020-03", "0123abcd", ANN, "Draft", "Nobody else reads this.\n",
    attachment=Attachment("paper.pdf", b"%PDF-1.7"),
)  # fmt: skip
BOBS = replace(LETTER, recipient=BOB)
ANNS_ID, BOBS_ID = LETTER.message_id(SENDER), BOBS.message_id(SENDER)
TRIES = 10
GONE = "the sender ended before the answer came"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder in memory, where there is one: no power is cut here, and waiting for the disk would take most time."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Outbox]:
    with Outbox(tmp_path / "outbox.sqlite3") as made:
        yield made


def nowhere() -> Server:
    """A server that isn't there."""
    return Server("127.0.0.1", free_port(), "none")


def states(box: Outbox) -> dict[str, State]:
    """How each recipient's letter stands."""
    return {entry.recipient: entry.state for entry in box.entries()}


def messages(path: Path) -> list[bytes | None]:
    """The messages that a file keeps."""
    db = sqlite3.connect(path)
    try:
        return [message for (message,) in db.execute("SELECT message FROM letters ORDER BY id")]
    finally:
        db.close()


def test_a_letter_is_queued_once_for_each_recipient_kind_paper_month_and_content(box: Outbox) -> None:
    others = [
        replace(LETTER, kind="reminder"),
        replace(LETTER, paper="barsetshire/other"),
        replace(LETTER, month="2020-04"),
        replace(LETTER, content="4567"),
        BOBS,
    ]
    assert [box.queue(letter, SENDER, NOW) for letter in (LETTER, *others)] == [True] * 6
    assert [box.queue(letter, SENDER, NOW + DAY) for letter in (LETTER, *others)] == [False] * 6
    # The same letter in other words, from another address, to the address written otherwise.
    again = replace(LETTER, subject="Anew", recipient=Mailbox("Ann@barsetshire.example", "A. Clerk"))
    assert box.queue(again, SENDER, NOW) is False
    assert box.queue(again, Mailbox("x@other.example"), NOW) is False
    assert len(box.entries()) == 6
    assert box.entry(again) == box.entry(LETTER) == Entry(
        ANNS_ID, "draft", "barsetshire/children-numbers", "2020-03", ANN.address, State.WAITING, 0, NOW, NOW, NOW, ""
    )
    with pytest.raises(KeyError):
        box.entry(replace(LETTER, content="89"))


def test_a_letter_that_was_sent_failed_or_was_given_up_is_not_queued_again(box: Outbox, server: MailServer) -> None:
    server.recipient = lambda address: "550 no" if address == BOB.address else OK
    eve = replace(LETTER, recipient=Mailbox("eve@barsetshire.example"))
    for letter in (LETTER, BOBS, eve):
        box.queue(letter, SENDER, NOW)
    box.drop(eve.message_id(SENDER), NOW)
    box.deliver(server.reached(), NOW, TRIES)
    assert states(box) == {
        ANN.address: State.SENT, BOB.address: State.FAILED, "eve@barsetshire.example": State.GIVEN_UP,
    }  # fmt: skip
    assert [box.queue(letter, SENDER, NOW + DAY) for letter in (LETTER, BOBS, eve)] == [False] * 3


def test_what_was_sent_is_told_and_its_message_not_kept(tmp_path: Path, server: MailServer) -> None:
    path = tmp_path / "outbox.sqlite3"
    with Outbox(path) as box:
        box.queue(LETTER, SENDER, NOW)
    assert b"Nobody else reads this." in path.read_bytes()
    with Outbox(path) as box:
        assert messages(path) == [LETTER.message(SENDER, NOW)]
        made = box.deliver(server.reached(), NOW + MINUTE, TRIES)
        sent = Entry(
            ANNS_ID, "draft", "barsetshire/children-numbers", "2020-03", ANN.address, State.SENT, 1, NOW,
            NOW + 6 * MINUTE, NOW + MINUTE, "250 taken",
        )  # fmt: skip
        assert made == Delivery((sent,))
        assert messages(path) == [None]
    assert b"Nobody else reads this." not in path.read_bytes()
    assert [(each.sender, each.recipients, each.content) for each in server.received] == [
        (SENDER.address, [ANN.address], LETTER.message(SENDER, NOW))
    ]


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "outbox.sqlite3"
    with Outbox(path) as box:
        box.queue(LETTER, SENDER, NOW)
        box.deliver(nowhere(), NOW, TRIES)
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir() if each.stat().st_size}
    assert modes == dict.fromkeys(("outbox.sqlite3", "outbox.sqlite3-wal", "outbox.sqlite3-shm"), 0o600)


def test_without_a_server_all_wait_longer_and_longer_until_they_fail(box: Outbox) -> None:
    box.queue(LETTER, SENDER, NOW)
    box.queue(BOBS, SENDER, NOW)
    now, waits = NOW, []
    for tried in range(1, 8):
        made = box.deliver(nowhere(), now, tries=8)
        assert made.no_server.endswith(": Connection refused")
        assert [(each.state, each.tries, each.answer) for each in made.tried] == [
            (State.WAITING, tried, made.no_server)
        ] * 2
        due = made.tried[0].next_try
        # Before its time, nothing is tried.
        assert box.deliver(nowhere(), due - dt.timedelta(seconds=1), tries=8) == Delivery()
        waits.append(due - now)
        now = due
    assert waits == [5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 240 * MINUTE, DAY, DAY, DAY]
    assert [each.state for each in box.deliver(nowhere(), now, tries=8).tried] == [State.FAILED] * 2
    assert box.deliver(nowhere(), now + 30 * DAY, tries=8) == Delivery()


def test_what_waited_for_a_server_goes_out_when_it_is_back(box: Outbox, server: MailServer) -> None:
    box.queue(LETTER, SENDER, NOW)
    box.deliver(nowhere(), NOW, TRIES)
    box.queue(BOBS, SENDER, NOW + MINUTE)
    box.deliver(server.reached(), NOW + MINUTE, TRIES)
    assert server.recipients == [BOB.address]
    box.deliver(server.reached(), NOW + 5 * MINUTE, TRIES)
    assert server.recipients == [BOB.address, ANN.address]
    assert states(box) == dict.fromkeys((ANN.address, BOB.address), State.SENT)


def test_a_hundred_recipients_and_one_bad_address_keeps_no_other_back(box: Outbox, server: MailServer) -> None:
    people = [Mailbox(f"p{n}@barsetshire.example") for n in range(100)]
    answers = {"p3@barsetshire.example": "550 No such person", "p5@barsetshire.example": "451 Come back later"}
    server.recipient = lambda address: answers.get(address, OK)
    for person in people:
        assert box.queue(replace(LETTER, recipient=person), SENDER, NOW)
    made = box.deliver(server.reached(), NOW, TRIES)
    assert Counter(entry.state for entry in made.tried) == {State.SENT: 98, State.FAILED: 1, State.WAITING: 1}
    assert {entry.recipient: entry.answer for entry in box.entries(State.FAILED, State.WAITING)} == answers
    assert [entry.tries for entry in box.entries(State.FAILED)] == [1]  # for good, at once
    server.recipient = lambda address: OK
    box.deliver(server.reached(), NOW + 5 * MINUTE, TRIES)
    assert sorted(server.recipients) == sorted(p.address for p in people if p.address != "p3@barsetshire.example")


def test_a_server_that_hangs_up_over_a_letter_gets_the_next_one_anew(box: Outbox, server: MailServer) -> None:
    def hang_up(address: str) -> str:
        if address == ANN.address:
            server.connections[-1].drop()
        return OK

    server.recipient = hang_up
    for letter in (LETTER, BOBS):
        box.queue(letter, SENDER, NOW)
    box.deliver(server.reached(), NOW, TRIES)
    assert states(box) == {ANN.address: State.WAITING, BOB.address: State.SENT}


def test_a_server_that_hangs_is_left_after_two_letters_and_the_others_come_first_next_time(
    box: Outbox, server: MailServer
) -> None:
    async def hang(connected: Connected) -> None:
        await asyncio.sleep(ENOUGH)

    server.at_data = hang
    letters = [replace(LETTER, recipient=Mailbox(f"p{n}@barsetshire.example")) for n in range(5)]
    for letter in letters:
        box.queue(letter, SENDER, NOW)
    made = box.deliver(server.reached(timeout=0.2), NOW, TRIES)
    late = "it didn't answer in time"
    assert made.no_server == f"127.0.0.1:{server.port}: {late}"
    assert [(entry.recipient[:2], entry.state, entry.answer) for entry in made.tried] == [
        ("p0", State.WAITING, late), ("p1", State.WAITING, late),
    ]  # fmt: skip
    assert [entry.tries for entry in box.entries()] == [1, 1, 0, 0, 0]
    server.at_data = None
    box.deliver(server.reached(), NOW + 5 * MINUTE, TRIES)
    assert [address[:2] for address in server.recipients] == ["p2", "p3", "p4", "p0", "p1"]


def test_a_server_that_goes_silent_after_the_last_line_leaves_two_letters_uncertain_and_no_more(
    box: Outbox, server: MailServer
) -> None:
    async def slow() -> str:
        await asyncio.sleep(ENOUGH)
        return OK

    server.taken = lambda received: slow()
    for number in range(4):
        box.queue(replace(LETTER, recipient=Mailbox(f"p{number}@barsetshire.example")), SENDER, NOW)
    box.deliver(server.reached(timeout=0.2), NOW, TRIES)
    assert [entry.state for entry in box.entries()] == [State.UNCERTAIN] * 2 + [State.WAITING] * 2


def test_a_damaged_outbox_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite3"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    with pytest.raises(OSError, match="the outbox is damaged: put a backup of it in its place, or move it aside"):
        Outbox(path)


def test_a_letter_whose_answer_was_lost_is_uncertain_and_told_and_waits_for_a_person(
    box: Outbox, server: MailServer
) -> None:
    async def lost() -> str:
        server.connections[-1].drop()
        return OK

    server.taken = lambda received: lost()
    box.queue(LETTER, SENDER, NOW)
    (told,) = box.deliver(server.reached(), NOW, TRIES).tried
    assert (told.state, told.answer) == (State.UNCERTAIN, "the connection was lost")
    server.taken = lambda received: OK
    assert box.deliver(server.reached(), NOW + 30 * DAY, TRIES) == Delivery()
    assert server.recipients == [ANN.address]

    assert box.again(ANNS_ID, NOW + 30 * DAY) is True
    (told,) = box.deliver(server.reached(), NOW + 30 * DAY, TRIES).tried
    assert (told.state, told.tries, server.recipients) == (State.SENT, 1, [ANN.address] * 2)


def test_a_person_sends_again_or_gives_up_only_what_is_not_sent(box: Outbox, server: MailServer) -> None:
    box.queue(LETTER, SENDER, NOW)
    assert (box.again("<no such letter>", NOW), box.drop("<no such letter>", NOW)) == (False, False)
    assert box.again(ANNS_ID, NOW) is False  # it waits anyway
    assert (box.drop(ANNS_ID, NOW), box.drop(ANNS_ID, NOW)) == (True, False)
    assert box.deliver(server.reached(), NOW + DAY, TRIES) == Delivery()
    assert box.again(ANNS_ID, NOW + DAY) is True

    server.recipient = lambda address: "550 no"
    box.deliver(server.reached(), NOW + DAY, TRIES)
    assert states(box) == {ANN.address: State.FAILED}
    assert (box.drop(ANNS_ID, NOW), box.again(ANNS_ID, NOW + DAY)) == (True, True)

    server.recipient = lambda address: OK
    box.deliver(server.reached(), NOW + DAY, TRIES)
    assert (box.again(ANNS_ID, NOW + DAY), box.drop(ANNS_ID, NOW + DAY)) == (False, False)
    assert server.recipients == [ANN.address]


def test_a_letter_given_up_while_it_is_on_its_way_is_not_sent(tmp_path: Path, server: MailServer) -> None:
    path = tmp_path / "outbox.sqlite3"

    def given_up(address: str) -> str:
        if address == ANN.address:
            with Outbox(path) as another:
                assert another.drop(ANNS_ID, NOW)
        return OK

    server.recipient = given_up
    with Outbox(path) as box:
        for letter in (LETTER, BOBS):
            box.queue(letter, SENDER, NOW)
        box.deliver(server.reached(), NOW, TRIES)
        assert states(box) == {ANN.address: State.GIVEN_UP, BOB.address: State.SENT}
    assert server.recipients == [BOB.address]


def test_once_a_letter_is_handed_over_it_can_not_be_given_up_or_sent_again(tmp_path: Path, server: MailServer) -> None:
    path, could = tmp_path / "outbox.sqlite3", []

    def meddle(received: object) -> str:
        with Outbox(path) as another:
            could.extend((states(another)[ANN.address], another.drop(ANNS_ID, NOW), another.again(ANNS_ID, NOW)))
        return OK

    server.taken = meddle
    with Outbox(path) as box:
        box.queue(LETTER, SENDER, NOW)
        box.deliver(server.reached(), NOW, TRIES)
        assert (could, states(box)) == ([State.HANDING_OVER, False, False], {ANN.address: State.SENT})


def test_a_clock_that_is_set_back_keeps_nothing_waiting(box: Outbox, server: MailServer) -> None:
    box.queue(LETTER, SENDER, NOW)
    box.deliver(nowhere(), NOW, TRIES)
    box.queue(BOBS, SENDER, NOW)
    box.deliver(server.reached(), NOW - 400 * DAY, TRIES)
    assert sorted(server.recipients) == [ANN.address, BOB.address]


def test_what_ended_long_ago_is_forgotten_but_that_it_was(tmp_path: Path, server: MailServer) -> None:
    path = tmp_path / "outbox.sqlite3"
    eve = replace(LETTER, recipient=Mailbox("eve@barsetshire.example"))
    with Outbox(path) as box:
        for letter in (LETTER, BOBS, eve):
            box.queue(letter, SENDER, NOW)
        server.recipient = lambda address: "451 later" if address == BOB.address else "550 no"
        box.drop(eve.message_id(SENDER), NOW)
        box.deliver(server.reached(), NOW, TRIES)
        box.forget(NOW)
        assert [message is None for message in messages(path)] == [False, False, False]
        box.forget(NOW + MINUTE)
        assert [message is None for message in messages(path)] == [True, False, True]
        assert states(box) == {
            ANN.address: State.FAILED, BOB.address: State.WAITING, "eve@barsetshire.example": State.GIVEN_UP,
        }  # fmt: skip
        assert box.queue(LETTER, SENDER, NOW + DAY) is False
        assert box.again(ANNS_ID, NOW + DAY) is False  # there is nothing left to send
        assert box.drop(ANNS_ID, NOW + DAY) is True


def test_while_another_process_sends_nothing_is_sent(tmp_path: Path, server: MailServer) -> None:
    path = tmp_path / "outbox.sqlite3"
    with Outbox(path) as box, FileLock(f"{path}.lock"):
        box.queue(LETTER, SENDER, NOW)
        assert box.deliver(server.reached(), NOW, TRIES, wait=0) == Delivery(busy=True)
    assert server.connections == []


# A process that opens the outbox, queues letters and delivers, and says how many of them it put in.
SENDING = """
import datetime as dt, sys
from pathlib import Path
from reportgen.deliver.letters import Letter, Mailbox
from reportgen.deliver.outbox import Outbox
from reportgen.deliver.smtp import Server
now, sender = dt.datetime(2020, 4, 1, tzinfo=dt.UTC), Mailbox("reports@barsetshire.example")
print("ready", flush=True)
sys.stdin.readline()
with Outbox(Path(sys.argv[1])) as box:
    people = [Mailbox(f"p{n}@barsetshire.example") for n in range(20)]
    print(sum(box.queue(Letter("draft", "a/b", "2020-03", "1", each, "S", "T"), sender, now) for each in people))
    box.deliver(Server("127.0.0.1", int(sys.argv[2]), "none"), now, 10)
    assert {entry.state for entry in box.entries()} == {"sent"}
"""


def test_two_processes_at_once_send_each_letter_once(tmp_path: Path, server: MailServer) -> None:
    command = [sys.executable, "-c", SENDING, str(tmp_path / "outbox.sqlite3"), str(server.port)]
    both = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in "ab"]
    assert [each.stdout.readline() for each in both if each.stdout] == ["ready\n"] * 2
    for each in both:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    queued = [int(each.communicate()[0]) for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert sum(queued) == 20
    assert sorted(server.recipients) == sorted(f"p{n}@barsetshire.example" for n in range(20))


# For each line that it reads, the path of an outbox and a number, a process of its own delivers that outbox and is
# killed before the nth thing it does to the file or over the line. It prints how that ended.
KILLED = """
import datetime as dt, os, signal, sys
from pathlib import Path
import reportgen.deliver.outbox as outbox, smtplib, filelock
server = outbox.Server("127.0.0.1", int(sys.argv[1]), "none")
now = dt.datetime(2020, 4, 1, 2, 30, tzinfo=dt.UTC)
def deliver(path, nth):
    count = 0
    def watch(frame, event, function):
        nonlocal count
        if event == "c_call" and function.__name__ in ("execute", "sendall"):
            count += 1
            if count == nth:
                os.kill(os.getpid(), signal.SIGKILL)
    with outbox.Outbox(Path(path)) as box:
        sys.setprofile(watch)
        box.deliver(server, now, 10)
for line in sys.stdin:
    child = os.fork()
    if not child:
        path, nth = line.rsplit(maxsplit=1)
        deliver(path, int(nth))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def test_killed_at_any_step_and_started_again_nobody_gets_it_twice_and_a_loss_is_told(
    tmp_path: Path, server: MailServer
) -> None:
    two = tmp_path / "two.sqlite3"
    with Outbox(two) as box:
        for letter in (LETTER, BOBS):
            box.queue(letter, SENDER, NOW)
    ends: list[tuple[State, ...]] = []
    got: list[list[str]] = []
    command = [sys.executable, "-c", KILLED, str(server.port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as killer:
        assert killer.stdin is not None and killer.stdout is not None
        for nth in range(1, 200):
            path = Path(shutil.copy(two, tmp_path / f"{nth}.sqlite3"))
            killer.stdin.write(f"{path} {nth}\n")
            killer.stdin.flush()
            status = int(killer.stdout.readline())
            ends.append(started_again(path, server))
            got.append(server.recipients)
            server.received.clear()
            if status == 0:
                break
            assert status == -signal.SIGKILL
    # Before the last line both go out anew; the first is in doubt until it is marked; then the second.
    turns = [at for at, end in enumerate(ends) if at == 0 or end != ends[at - 1]]
    sent, anns, bobs = (State.SENT, State.SENT), (State.UNCERTAIN, State.SENT), (State.SENT, State.UNCERTAIN)
    assert [ends[at] for at in turns] == [sent, anns, sent, bobs, sent]
    # Killed before the last line was sent it was lost; after the answer, it was not.
    for begins, ends_at, address in ((turns[1], turns[2], ANN.address), (turns[3], turns[4], BOB.address)):
        assert (address in got[begins], address in got[ends_at - 1]) == (False, True)


def started_again(path: Path, server: MailServer) -> tuple[State, ...]:
    """How the letters stand after another delivery: each was taken once at most, and told where that isn't known."""
    server.idle()
    with Outbox(path) as box:
        made = box.deliver(server.reached(), NOW + MINUTE, TRIES)
        entries = box.entries()
        assert box.deliver(server.reached(), NOW + DAY, TRIES) == Delivery()
    got = Counter(server.recipients)
    for entry in entries:
        if entry.state is State.SENT:
            assert got[entry.recipient] == 1
        else:
            assert got[entry.recipient] <= 1
            assert (entry in made.tried, entry.answer) == (True, GONE)
    return tuple(entry.state for entry in entries)


DELIVERING = """
import datetime as dt, sys
from pathlib import Path
from reportgen.deliver.outbox import Outbox
from reportgen.deliver.smtp import Server
with Outbox(Path(sys.argv[1])) as box:
    box.deliver(Server("127.0.0.1", int(sys.argv[2]), "none"), dt.datetime(2020, 4, 1, 2, 30, tzinfo=dt.UTC), 10)
"""


@pytest.mark.parametrize(
    ("step", "state"), [("recipient", State.SENT), ("message", State.SENT), ("answer", State.UNCERTAIN)]
)
def test_killed_while_the_server_is_at_a_step_the_recipient_gets_the_letter_once(
    tmp_path: Path, server: MailServer, step: str, state: State
) -> None:
    path = tmp_path / "outbox.sqlite3"
    with Outbox(path) as box:
        # More than fits on the way: the server has read a little of it, the sender not handed over all.
        pdf = bytes(4_500_000 if step == "message" else 9)
        box.queue(replace(LETTER, attachment=Attachment("paper.pdf", pdf)), SENDER, NOW)
    command = [sys.executable, "-c", DELIVERING, str(path), str(server.port)]

    def killed(at: object) -> str:
        sender.kill()
        sender.wait()
        return OK

    async def amid(connected: Connected) -> None:
        await connected.push("354 Go on")
        await connected._reader.read(1)
        killed(connected)

    server.recipient = killed if step == "recipient" else server.recipient
    server.at_data = amid if step == "message" else None
    server.taken = killed if step == "answer" else server.taken
    with subprocess.Popen(command) as sender:
        assert sender.wait() == -signal.SIGKILL
    server.idle()
    server.recipient = server.taken = lambda asked: OK
    server.at_data = None
    with Outbox(path) as box:
        (told,) = box.deliver(server.reached(), NOW + MINUTE, TRIES).tried
        assert told.state is state
    assert server.recipients == [ANN.address]
