"""A real mail server within the test's process, on a free port of 127.0.0.1, that misbehaves where it is told to."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from types import TracebackType
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from reportgen.deliver.smtp import Server

ENOUGH = 30.0  # seconds that nothing here takes
OK = "250 taken"


@dataclass
class Received:
    """A message as the server took it: from whom, to whom, and its bytes."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """It as a mail program reads it."""
        return BytesParser(policy=default).parsebytes(self.content)  # type: ignore[return-value]


class Connected(SMTP):
    """A connection whose server may go on differently once it was told DATA, and notes what it was told."""

    mail_server: MailServer

    def _create_session(self) -> Session:
        session = super()._create_session()
        self.mail_server.connections.append(self)
        return session

    async def smtp_DATA(self, arg: str) -> None:
        """The whole message is awaited, or what the test says happens instead."""
        self.mail_server.commands.append("DATA")
        instead = self.mail_server.at_data
        await (instead(self) if instead else super().smtp_DATA(arg))

    async def smtp_RCPT(self, arg: str | None) -> None:
        """The recipient is answered as the test says."""
        self.mail_server.commands.append("RCPT")
        await super().smtp_RCPT(arg)

    def drop(self) -> None:
        """The connection is gone, without a word."""
        transport: Any = self.transport
        if transport is not None:
            transport.abort()


@dataclass
class MailServer:
    """A server as a context manager; `received` holds what it took.

    `recipient` answers a recipient; `taken` is asked for the answer to a whole message, after it is noted where that
    is OK; `at_data` takes the place of all that follows DATA.
    """

    tls: ssl.SSLContext | None = None
    implicit: bool = False
    password: str = ""
    recipient: Callable[[str], str] = lambda address: OK
    taken: Callable[[Received], str | Awaitable[str]] = lambda received: OK
    at_data: Callable[[Connected], Awaitable[None]] | None = None
    largest: int | None = 100_000_000
    greeting: float = 0.0  # seconds that it keeps everybody waiting at MAIL
    received: list[Received] = field(default_factory=list)
    connections: list[Connected] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> MailServer:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(ENOUGH)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(ENOUGH)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(ENOUGH)
        self._loop.close()

    async def _listen(self) -> None:
        # Little fits on the way, so that a sender notices before long that nobody reads.
        heard = socket.socket()
        heard.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        heard.bind(("127.0.0.1", 0))
        self.port = int(heard.getsockname()[1])
        self._listening = await self._loop.create_server(
            self._connected, sock=heard, ssl=self.tls if self.implicit else None
        )

    async def _end(self) -> None:
        self._listening.close()
        for connection in self.connections:
            connection.drop()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)

    def _connected(self) -> Connected:
        made = Connected(
            self, hostname="mail.example", loop=self._loop, tls_context=None if self.implicit else self.tls,
            data_size_limit=self.largest, authenticator=self._authenticated, auth_require_tls=not self.implicit,
        )  # fmt: skip
        made.mail_server = self
        return made

    def _authenticated(self, server: SMTP, session: Session, envelope: Envelope, how: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and data == LoginPassword(b"reports", self.password.encode())
        return AuthResult(success=known, handled=False)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The sender is taken, at leisure."""
        await asyncio.sleep(self.greeting)
        envelope.mail_from = address
        return OK

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The recipient is taken if the test says so."""
        answer = self.recipient(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The message is kept if the test says so."""
        received = Received(str(envelope.mail_from), list(envelope.rcpt_tos), bytes(envelope.original_content or b""))
        answer = self.taken(received)
        if isinstance(answer, str):
            self.received += [received] * (answer == OK)
            return answer
        self.received.append(received)  # it has it, whether or not the answer arrives
        return await answer

    def drop(self) -> None:
        """All connections are gone, without a word, when this comes back."""

        async def drop_all() -> None:
            for connection in self.connections:
                connection.drop()

        asyncio.run_coroutine_threadsafe(drop_all(), self._loop).result(ENOUGH)

    def idle(self) -> None:
        """Nothing, once all who were connected are gone."""
        until = time.monotonic() + ENOUGH
        while any(connection.transport is not None for connection in self.connections):
            assert time.monotonic() < until, "somebody is still connected"
            time.sleep(0.001)

    def reached(self, timeout: float = 5.0, **how: Any) -> Server:
        """The server as it is reached; without more said, in the clear."""
        return Server(**{"host": "127.0.0.1", "port": self.port, "security": "none", "timeout": timeout, **how})

    @property
    def recipients(self) -> list[str]:
        """Who got something, in order."""
        return [recipient for received in self.received for recipient in received.recipients]


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
