"""Three months of nights with a real mail server: exactly the letters that should go out do, in order."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from reportgen.deliver.outbox import Outbox, State
from reportgen.mailing import OUTBOX, general
from reportgen.nightly import Stage
from reportgen.postmaster import Postmaster
from tests.made import INPUTS, MONTHS, PAPER_TOML, SETTINGS, only_layout_packaged, workbook, workspace
from tests.nights import APRIL, MEETINGS, SCHEDULE, Nights

MAIL = """
[mail]
from = "reportgen <papers@council.example>"
server = "127.0.0.1"
port = {port}
security = "none"
allowed_domains = ["council.example"]
administrator = "ict@council.example"
"""
TO = """
[mail]
to = ["Zoë Author <author@council.example>", "manager@council.example"]
key_figures = {{ "Children looked after" = "children_last" }}
"""


class Taken:
    """What a mail server took: recipient and subject; while it is ill it takes nothing."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []
        self.bodies: list[str] = []
        self.ill = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.ill:
            return "451 not now"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append((envelope.rcpt_tos[0].partition("@")[0], str(message["Subject"])))
        body = message.get_body(("plain",))
        self.bodies.append(body.get_content().replace("\r\n", "\n") if body else "")
        return "250 taken"

    def new(self) -> list[tuple[str, str]]:
        """The letters taken since this was last asked."""
        found, self.letters = self.letters, []
        return found


@pytest.fixture
def taken() -> Iterator[tuple[Taken, int]]:
    handler = Taken()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: tuple[Taken, int]) -> Iterator[Nights]:
    only_layout_packaged(tmp_path, monkeypatch)
    settings = SETTINGS + MEETINGS + MAIL.format(port=taken[1])
    space = workspace(tmp_path / "space", settings=settings, paper=PAPER_TOML + SCHEDULE + TO.format())
    mail = general(space).mail
    assert mail is not None
    with Outbox(space.root / OUTBOX) as outbox:
        yield Nights(space, Postmaster(space, mail, outbox))


def both(subject: str) -> list[tuple[str, str]]:
    return [("author", subject), ("manager", subject)]


def month(nights: Nights, first: str, count: int, taken: Taken) -> dict[str, list[tuple[str, str]]]:
    """What went out on each of some nights on which anything did."""
    start = dt.date.fromisoformat(first)
    found = {}
    for number in range(count):
        day = (start + dt.timedelta(days=number)).isoformat()
        nights.night(day)
        if letters := taken.new():
            found[day] = letters
    return found


def test_three_months_of_nights(nights: Nights, taken: tuple[Taken, int]) -> None:
    server = taken[0]
    march, april = "Draft: Children looked after, 2020-03", "Draft: Children looked after, 2020-04"
    asked = "Inputs are missing: Children looked after, 2020-04"
    assert month(nights, "2020-04-01", 3, server) == {"2020-04-01": both(march)}
    assert "Children looked after: 209\n(No earlier month has been built" in server.bodies[0]

    # Corrected after the draft.
    workbook(nights.space.root / INPUTS / "numbers.xlsx", (*MONTHS[:3], (dt.date(2020, 3, 31), 210, 188, 22)))
    assert month(nights, "2020-04-04", 20, server) == {"2020-04-04": both(march)}

    # Late: the deadline is the 6th of May.
    assert month(nights, "2020-04-24", 14, server) == {
        "2020-04-29": both(asked), "2020-05-04": both(asked), "2020-05-06": both(asked),
    }  # fmt: skip

    # There at last, with an error, while the server is ill; then mended; then the server is well again.
    server.ill = True
    nights.april(children="many")
    assert nights.night("2020-05-08").stages[APRIL] is Stage.WRONG
    assert nights.night("2020-05-09").failed
    assert [rung.splitlines()[1:] for rung in nights.rung] == [
        ["mail: mail has waited for over 20 hours", "letters that wait: 2"],
    ]  # fmt: skip
    nights.april()
    assert nights.night("2020-05-10").stages[APRIL] is Stage.BUILT
    assert server.new() == []
    server.ill = False
    wrong = "Not built: Children looked after, 2020-04"
    assert month(nights, "2020-05-11", 8, server) == {"2020-05-11": [*both(wrong), *both(april)]}
    assert "Children looked after: 212, up 2 from 210\n(Changes are on 2020-03.)" in server.bodies[-1]

    # May is asked for before its deadline, the 4th of June, and its meeting passes without it.
    late = "Inputs are missing: Children looked after, 2020-05"
    assert month(nights, "2020-05-19", 30, server) == {
        "2020-05-28": both(late), "2020-06-02": both(late), "2020-06-04": both(late),
    }  # fmt: skip
    assert nights.said[-1] == "2020-06-17 02:30:00  nothing was due; letters sent: 0, waiting: 0, refused or lost: 0"


def test_a_letter_that_is_refused_for_good_is_told_to_the_administrator_once(
    nights: Nights, taken: tuple[Taken, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(self: Taken, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("manager"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    monkeypatch.setattr(Taken, "handle_RCPT", refused, raising=False)
    assert nights.night("2020-04-01").failed is True
    ends = "waits for inputs: 2, draft built: 1; letters sent: 2, waiting: 0, refused or lost: 1"
    assert nights.said[-1] == f"2020-04-01 02:30:00  {ends}; to be dealt with: 1, see reportgen outbox"
    assert taken[0].new() == [
        ("author", "Draft: Children looked after, 2020-03"), ("ict", "reportgen: the nightly run"),
    ]  # fmt: skip
    assert "a letter was refused or may be lost: reportgen outbox lists it" in taken[0].bodies[-1]
    assert month(nights, "2020-04-02", 3, taken[0]) == {}


def test_no_log_names_a_person_or_an_address(nights: Nights, taken: tuple[Taken, int]) -> None:
    month(nights, "2020-04-01", 2, taken[0])
    kept = "".join(path.read_text("utf-8") for path in (nights.space.root / "outputs" / "logs").iterdir())
    assert "draft is to be mailed" in kept
    assert "@" not in kept and "Zoë" not in kept


def test_what_was_sent_is_not_kept_and_the_rest_is_for_its_owner_alone(
    nights: Nights, taken: tuple[Taken, int]
) -> None:
    nights.night("2020-04-01")
    path = nights.space.root / OUTBOX
    assert path.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT state, message FROM letters").fetchall() == [(State.SENT, None)] * 2
    database.close()


def test_of_drafts_that_wait_only_the_last_goes_out_and_none_once_the_inputs_are_wrong(
    nights: Nights, taken: tuple[Taken, int]
) -> None:
    server = taken[0]
    server.ill = True
    for day, last in (("2020-04-01", 209), ("2020-04-02", 210)):
        march = (dt.date(2020, 3, 31), last, last - 22, 22)
        workbook(nights.space.root / INPUTS / "numbers.xlsx", (*MONTHS[:3], march))
        nights.night(day)
    server.ill = False
    assert month(nights, "2020-04-03", 2, server) == {"2020-04-03": both("Draft: Children looked after, 2020-03")}
    assert "Children looked after: 210\n" in server.bodies[-1]

    server.ill = True
    workbook(nights.space.root / INPUTS / "numbers.xlsx", (*MONTHS[:3], (dt.date(2020, 3, 31), 211, 189, 22)))
    nights.night("2020-04-06")
    workbook(nights.space.root / INPUTS / "numbers.xlsx", (*MONTHS[:3], (dt.date(2020, 3, 31), "many", 189, 22)))
    nights.night("2020-04-07")
    server.ill = False
    assert month(nights, "2020-04-08", 2, server) == {"2020-04-08": both("Not built: Children looked after, 2020-03")}
