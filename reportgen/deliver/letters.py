"""Letters as messages: a text and an HTML part, what is attached, and headers that nothing can be smuggled into."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class BadAddress(ValueError):
    """What is no address of a mailbox."""


@dataclass(frozen=True)
class Mailbox:
    """Whom a letter goes to or comes from: the address, its domain in ASCII, and the name, if any."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The address's domain, in small letters."""
        return self.address.rpartition("@")[2]

    @property
    def header(self) -> Address:
        """The mailbox as a header holds it."""
        return Address(display_name=self.name, addr_spec=self.address)


def mailbox(text: str) -> Mailbox:
    """The mailbox that is written as `name@domain` or `A Name <name@domain>`. Raises BadAddress.

    Letters other than ASCII may stand in the name and in the domain, not before the @: few servers take them there.
    """
    if _CONTROLS.search(text):
        raise BadAddress("control characters")
    name, address = parseaddr(text)
    local, at, domain = address.rpartition("@")
    # What parseaddr leaves out, it didn't understand: two addresses, say.
    rest = text.replace(address, "", 1).replace(name, "", 1) if address else text
    if not at or not _LOCAL.fullmatch(local) or re.sub(r'[\s<>"\\]', "", rest):
        raise BadAddress("no address")
    try:
        labels = domain.encode("idna").decode("ascii").lower().split(".")
    except UnicodeError as wrong:
        raise BadAddress("no domain") from wrong
    if (len(labels) < 2 and labels != ["localhost"]) or not all(map(_LABEL.fullmatch, labels)):
        raise BadAddress("no domain")
    return Mailbox(f"{local}@{'.'.join(labels)}", name.strip())


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    content: bytes
    kind: tuple[str, str] = ("application", "pdf")


@dataclass(frozen=True)
class Letter:
    """What is sent to one recipient, once: `kind`, `paper`, `month` and `content` say what is the same letter."""

    kind: str
    paper: str
    month: str
    content: str
    recipient: Mailbox
    subject: str
    text: str
    html: str = ""
    attachment: Attachment | None = None

    def message_id(self, sender: Mailbox) -> str:
        """The message's identity, the same whenever the letter is made: receivers tell by it what they have already."""
        parts = (self.kind, self.paper, self.month, self.content, self.recipient.address)
        digest = hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()
        return f"<{digest[:40]}@{sender.domain}>"

    def message(self, sender: Mailbox, now: dt.datetime) -> bytes:
        """The letter as it is handed to a server; the same bytes for the same letter and time."""
        made = EmailMessage(policy=SMTP)
        made["From"], made["To"] = sender.header, self.recipient.header
        made["Subject"] = one_line(self.subject)
        made["Date"] = format_datetime(now)
        made["Message-ID"] = self.message_id(sender)
        # No out-of-office answers to a program, and none of its letters in mailing lists' loops.
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(self.text, cte="quoted-printable")
        if self.html:
            made.add_alternative(self.html, subtype="html", cte="quoted-printable")
        if self.attachment:
            main, sub = self.attachment.kind
            made.add_attachment(self.attachment.content, main, sub, filename=one_line(self.attachment.name))
        for number, part in enumerate(made.walk()):
            if part.is_multipart():
                part.set_boundary(f"=={self.message_id(sender)[1:33]}-{number}==")
        return made.as_bytes()


def one_line(text: str) -> str:
    """The text without line breaks and other control characters, which could begin a header of their own."""
    return " ".join(_CONTROLS.sub(" ", text).split())
