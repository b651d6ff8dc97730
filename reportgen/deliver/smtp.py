"""Handing messages to a mail server, so that it is always known which side of the last step a message is on."""

from __future__ import annotations

import ipaddress
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from types import TracebackType

DATA_GOES_ON = 354
NO_ANSWER = "it didn't answer in time"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LINE_END = re.compile(rb"\r\n|\r|\n")


class Result(Enum):
    """What a server made of a message."""

    SENT = "sent"
    LATER = "later"  # refused for now, or never reached
    REFUSED = "refused"
    UNKNOWN = "unknown"  # handed over whole, and the answer never came


@dataclass(frozen=True)
class Answer:
    """What became of a message, and the server's words or the system's."""

    result: Result
    words: str


class NoServer(Exception):
    """A server that can't be used now, in words."""


@dataclass(frozen=True)
class Server:
    """A mail server and how to reach it. TLS is required of any that isn't on this machine."""

    host: str
    port: int
    security: str = "starttls"  # tls, starttls, none
    user: str = ""
    password: str = ""
    timeout: float = 30.0
    certificates: str | None = None  # a file of those trusted besides the system's

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port}, {self.security})"  # never the password


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, told from its name alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Connection:
    """A connection to a server, as a context manager. Raises NoServer where there is none."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Connection:
        try:
            self._smtp = self._open()
        except (OSError, smtplib.SMTPException, ValueError) as failed:
            raise NoServer(f"{self._server.host}:{self._server.port}: {_in_words(failed)}") from failed
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()

    @property
    def is_open(self) -> bool:
        """Whether the server still listens."""
        return self._smtp is not None and self._smtp.sock is not None

    def _open(self) -> smtplib.SMTP:
        server, trusted = self._server, ssl.create_default_context(cafile=self._server.certificates)
        if self._server.certificates:
            trusted.load_default_certs()
        if server.security == "none" and not is_loopback(server.host):
            raise ValueError("a server on another machine needs TLS: set security")
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=trusted)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if smtp.sock:  # the last line goes out at once, not when the other machine has acknowledged what was before
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo()
            if server.security == "starttls":
                smtp.starttls(context=trusted)
                smtp.ehlo()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def send(
        self, sender: str, recipient: str, message: bytes, before_last: Callable[[], bool]
    ) -> Answer | None:
        """What the server made of a message to one recipient; None where it was called off.

        `before_last` is called when the whole message is over there but for the line that ends it: until then the
        server has nothing, from then on it may have all. Where it says no, the server never gets that line.
        """
        smtp = self._smtp
        if smtp is None:
            return Answer(Result.LATER, "no connection")
        try:
            refused = self._envelope(smtp, sender, recipient)
            if refused:
                return refused
            smtp.send(_stuffed(message))
        except (OSError, smtplib.SMTPException) as failed:
            smtp.close()
            return Answer(Result.LATER, _in_words(failed))
        if not before_last():
            smtp.close()
            return None
        try:
            smtp.send(b".\r\n")
            return _answer(*smtp.getreply())
        except (OSError, smtplib.SMTPException) as failed:
            smtp.close()
            return Answer(Result.UNKNOWN, _in_words(failed))

    def _envelope(self, smtp: smtplib.SMTP, sender: str, recipient: str) -> Answer | None:
        """The answer of a server that doesn't want the message; None where it does."""
        # One at a time: after a refusal no DATA may go out, which some servers take without a recipient.
        code, words = smtp.mail(sender)
        if 200 <= code < 300:
            code, words = smtp.rcpt(recipient)
        if 200 <= code < 300:
            code, words = smtp.docmd("DATA")
            if code == DATA_GOES_ON:
                return None
        self._begin_anew(smtp)
        return _refusal(code, words)

    def _begin_anew(self, smtp: smtplib.SMTP) -> None:
        """Leave a refused message behind; a server that hangs up over it has given its answer all the same."""
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            smtp.close()


def _answer(code: int, words: bytes) -> Answer:
    """The answer to a whole message. What is no answer to one leaves open whether the server took it."""
    if 400 <= code < 600:
        return _refusal(code, words)
    return Answer(Result.SENT if 200 <= code < 300 else Result.UNKNOWN, _said(code, words))


def _refusal(code: int, words: bytes) -> Answer:
    """The answer of a server that doesn't want a message, now or ever."""
    return Answer(Result.REFUSED if 500 <= code < 600 else Result.LATER, _said(code, words))


def _said(code: int, words: bytes) -> str:
    said = _clean(words.decode("utf-8", "replace"))
    return f"{code} {said}" if code > 0 else said  # -1 is smtplib's for an answer without a code


def _stuffed(message: bytes) -> bytes:
    """A message as it goes over the line: all lines ended alike, none beginning with a dot alone, a line end last."""
    lines = _LINE_END.split(message)
    lines = lines[:-1] if lines[-1] == b"" else lines
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


def _clean(words: str) -> str:
    return " ".join(_CONTROLS.sub(" ", words).split())[:200]


def _in_words(failed: Exception) -> str:
    """What a failure means; a server's own words where it gave any."""
    if isinstance(failed, ssl.SSLCertVerificationError):
        return f"its certificate isn't trusted ({_clean(failed.verify_message)})"
    if isinstance(failed, smtplib.SMTPAuthenticationError):
        return f"it doesn't take the user and password of the environment ({failed.smtp_code})"
    if isinstance(failed, smtplib.SMTPNotSupportedError):
        return "it offers no TLS" if "STARTTLS" in str(failed) else _clean(str(failed))
    if isinstance(failed, smtplib.SMTPResponseException):
        words = failed.smtp_error
        return _said(failed.smtp_code, words if isinstance(words, bytes) else words.encode("utf-8"))
    if isinstance(failed, TimeoutError) or isinstance(failed.__context__, TimeoutError):  # smtplib hides it
        return NO_ANSWER
    if isinstance(failed, socket.gaierror):
        return "there is no such host"
    if isinstance(failed, smtplib.SMTPServerDisconnected):
        return "the connection was lost"
    return _clean(str(failed.strerror if isinstance(failed, OSError) and failed.strerror else failed))
