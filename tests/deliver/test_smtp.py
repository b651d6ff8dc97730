"""A message at a mail server: what became of it, above all on which side of the last line it was left."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import trustme

from reportgen.deliver.smtp import Answer, Connection, NoServer, Result, Server, is_loopback
from tests.deliver.mail_server import ENOUGH, OK, Connected, MailServer, Received, free_port

SENDER, ANN, BOB = "reports@barsetshire.example", "ann@barsetshire.example", "bob@barsetshire.example"
MESSAGE = b"Subject: Draft\r\n\r\nWords.\r\n"
SENT = Answer(Result.SENT, "250 taken")
LOST, LATE = "the connection was lost", "it didn't answer in time"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


def sent(
    server: Server, message: bytes = MESSAGE, recipient: str = ANN, before_last: Callable[[], bool] = lambda: True
) -> Answer | None:
    """What became of a message on a connection of its own."""
    with Connection(server) as connection:
        return connection.send(SENDER, recipient, message, before_last)


def never() -> bool:
    pytest.fail("the whole message was over there")


def test_a_message_arrives_from_its_sender_at_its_recipient(server: MailServer) -> None:
    assert sent(server.reached()) == SENT
    assert server.received == [Received(SENDER, [ANN], MESSAGE)]


def test_the_last_line_waits_for_no_acknowledgement(server: MailServer) -> None:
    with Connection(server.reached()) as connection:
        assert connection._smtp is not None and connection._smtp.sock is not None
        assert connection._smtp.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_messages_go_over_one_connection_after_another(server: MailServer) -> None:
    with Connection(server.reached()) as connection:
        assert [connection.send(SENDER, to, MESSAGE, lambda: True) for to in (ANN, BOB)] == [SENT, SENT]
        assert connection.is_open
    assert (server.recipients, len(server.connections)) == ([ANN, BOB], 1)
    assert connection.send(SENDER, ANN, MESSAGE, never) == Answer(Result.LATER, LOST)
    assert Connection(server.reached()).send(SENDER, ANN, MESSAGE, never) == Answer(Result.LATER, "no connection")


@pytest.mark.parametrize(
    ("message", "arrived"),
    [
        (b".\r\n..\r\n.a\r\nb.\r\n", b".\r\n..\r\n.a\r\nb.\r\n"),
        (b"a\n.\nb\r.\rc\r\n.\r\nd\r\r\ne", b"a\r\n.\r\nb\r\n.\r\nc\r\n.\r\nd\r\n\r\ne\r\n"),
        (b"a\n.\r\nMAIL FROM:<x@evil.example>\r\n", b"a\r\n.\r\nMAIL FROM:<x@evil.example>\r\n"),
        (b"\x00\x80\xff\r\n", b"\x00\x80\xff\r\n"),
        (b"", b""),
        (b"\n\n", b"\r\n\r\n"),
    ],
)
def test_dots_and_bare_line_ends_arrive_as_lines(server: MailServer, message: bytes, arrived: bytes) -> None:
    assert sent(server.reached(), message) == SENT
    assert [each.content for each in server.received] == [arrived]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("550 No such\tperson", Answer(Result.REFUSED, "550 No such person")),
        ("451 Come back\x1b[2J later", Answer(Result.LATER, "451 Come back [2J later")),
        ("421 Too many", Answer(Result.LATER, "421 Too many")),
    ],
)
def test_a_refused_recipient_is_told_and_no_data_goes_out(server: MailServer, said: str, answer: Answer) -> None:
    server.recipient = lambda address: said if address == ANN else OK
    with Connection(server.reached()) as connection:
        assert connection.send(SENDER, ANN, MESSAGE, never) == answer
        assert server.commands == ["RCPT"]
        assert connection.send(SENDER, BOB, MESSAGE, lambda: True) == SENT
    assert server.recipients == [BOB]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("552 Too large", Answer(Result.REFUSED, "552 Too large")),
        ("452 No room", Answer(Result.LATER, "452 No room")),
        ("354 Go on", Answer(Result.UNKNOWN, "354 Go on")),
        ("what?", Answer(Result.UNKNOWN, "?")),
    ],
)
def test_a_whole_message_is_refused_or_not_as_the_answer_says(server: MailServer, said: str, answer: Answer) -> None:
    server.taken = lambda received: said
    assert sent(server.reached()) == answer


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("554 Not from you", Answer(Result.REFUSED, "554 Not from you")),
        ("451 Not now", Answer(Result.LATER, "451 Not now")),
        ("250 OK", Answer(Result.LATER, "250 OK")),  # it doesn't await a message
    ],
)
def test_a_server_that_wants_no_data_is_sent_none(server: MailServer, said: str, answer: Answer) -> None:
    async def refuse(connected: Connected) -> None:
        await connected.push(said)

    server.at_data = refuse
    assert sent(server.reached(), before_last=never) == answer


def test_a_message_that_is_called_off_never_arrives(server: MailServer) -> None:
    with Connection(server.reached()) as connection:
        assert connection.send(SENDER, ANN, MESSAGE, lambda: False) is None
        assert not connection.is_open
    assert server.received == []


async def _drop(connected: Connected) -> None:
    await connected.push("354 Go on")
    await connected._reader.read(1)
    connected.drop()


async def _hang(connected: Connected) -> None:
    await connected.push("354 Go on")
    await asyncio.sleep(ENOUGH)


async def _hang_at_once(connected: Connected) -> None:
    await asyncio.sleep(ENOUGH)


@pytest.mark.parametrize(
    ("at_data", "size", "words"), [(_drop, 6_000_000, LOST), (_hang, 6_000_000, LATE), (_hang_at_once, 1, LATE)]
)
def test_a_message_that_is_cut_off_before_its_last_line_may_be_sent_again(
    server: MailServer, at_data: Callable[[Connected], Awaitable[None]], size: int, words: str
) -> None:
    server.at_data = at_data
    with Connection(server.reached(timeout=0.3)) as connection:
        assert connection.send(SENDER, ANN, b"x" * size, never) == Answer(Result.LATER, words)
        assert not connection.is_open


def test_whether_a_message_arrived_is_unknown_where_the_answer_is_late(server: MailServer) -> None:
    async def slow() -> str:
        await asyncio.sleep(ENOUGH)
        return OK

    server.taken = lambda received: slow()
    assert sent(server.reached(timeout=0.3)) == Answer(Result.UNKNOWN, LATE)
    assert server.recipients == [ANN]


def test_whether_a_message_arrived_is_unknown_where_the_connection_is_lost_after_the_last_line(
    server: MailServer,
) -> None:
    async def lost() -> str:
        server.connections[-1].drop()
        return OK

    server.taken = lambda received: lost()
    with Connection(server.reached()) as connection:
        assert connection.send(SENDER, ANN, MESSAGE, lambda: True) == Answer(Result.UNKNOWN, LOST)
        assert not connection.is_open
    assert server.recipients == [ANN]


def test_whether_a_message_arrived_is_unknown_where_the_connection_is_lost_at_the_last_line(
    server: MailServer,
) -> None:
    def dropped() -> bool:
        server.drop()
        return True

    assert sent(server.reached(), before_last=dropped) == Answer(Result.UNKNOWN, LOST)
    assert server.received == []


def test_a_server_that_is_slow_from_the_start_is_left(server: MailServer) -> None:
    server.greeting = ENOUGH
    assert sent(server.reached(timeout=0.3), before_last=never) == Answer(Result.LATER, LATE)


def no_server(server: Server) -> str:
    """Why a server can't be used."""
    with pytest.raises(NoServer) as caught, Connection(server):
        pytest.fail("it was used")
    where = f"{server.host}:{server.port}: "
    assert str(caught.value).startswith(where)
    return str(caught.value).removeprefix(where)


def test_no_server_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert no_server(Server("127.0.0.1", free_port(), "none")) == "Connection refused"
    assert no_server(Server("no.such.host.invalid", 25)) == "there is no such host"


@pytest.mark.parametrize("host", ["192.0.2.1", "mail.example", "localhost.example", "127.0.0.1.example"])
def test_without_tls_no_other_machine_is_spoken_to(host: str) -> None:
    assert no_server(Server(host, 25, "none", "reports", "secret")) == (
        "a server on another machine needs TLS: set security"
    )


@pytest.mark.parametrize(
    ("host", "is_this"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("[::1]", True), ("LocalHost", True),
        ("10.0.0.1", False), ("0.0.0.0", False), ("localhost.example", False), ("", False),
    ],
)  # fmt: skip
def test_this_machine_is_told_from_its_name(host: str, is_this: bool) -> None:
    assert is_loopback(host) is is_this


class Authority:
    """A certificate authority: its servers' certificates, and a file for those who trust it."""

    def __init__(self, folder: Path) -> None:
        self._ca = trustme.CA()
        self.file = str(folder / "ca.pem")
        self._ca.cert_pem.write_to_path(self.file)

    def server(self, host: str) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(host).configure_cert(made)
        return made


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture(params=["starttls", "tls"])
def security(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_trusted_server_is_sent_to_under_tls_with_user_and_password(authority: Authority, security: str) -> None:
    with MailServer(authority.server("127.0.0.1"), security == "tls", "s3cret") as server:
        reached = server.reached(security=security, certificates=authority.file, user="reports", password="s3cret")
        assert sent(reached) == SENT
        session = server.connections[0].session
        assert session is not None and session.authenticated
        assert session.ssl is not None or security == "tls"
    assert server.received == [Received(SENDER, [ANN], MESSAGE)]


def test_a_wrong_password_is_told_and_never_shown(authority: Authority, security: str) -> None:
    with MailServer(authority.server("127.0.0.1"), security == "tls", "s3cret") as server:
        reached = server.reached(security=security, certificates=authority.file, user="reports", password="wr0ng")
        assert no_server(reached) == "it doesn't take the user and password of the environment (535)"
    assert repr(reached) == str(reached) == f"Server(127.0.0.1:{server.port}, {security})"


def test_a_certificate_of_another_host_is_refused(authority: Authority, security: str) -> None:
    with MailServer(authority.server("mail.example"), security == "tls") as server:
        assert no_server(server.reached(security=security, certificates=authority.file, user="u", password="p")) == (
            "its certificate isn't trusted (IP address mismatch, certificate is not valid for '127.0.0.1'.)"
        )
    assert server.received == []


def test_a_certificate_of_an_unknown_authority_is_refused(authority: Authority, security: str) -> None:
    with MailServer(authority.server("127.0.0.1"), security == "tls") as server:
        assert no_server(server.reached(security=security)) == (
            "its certificate isn't trusted (unable to get local issuer certificate)"
        )


def test_a_server_without_starttls_is_refused_before_the_password_goes_out(server: MailServer) -> None:
    reached = server.reached(security="starttls", user="reports", password="s3cret")
    assert no_server(reached) == "it offers no TLS"


def test_certificates_that_are_not_there_are_told(server: MailServer, tmp_path: Path) -> None:
    reached = server.reached(security="starttls", certificates=str(tmp_path / "none.pem"))
    assert no_server(reached) == os.strerror(2)
