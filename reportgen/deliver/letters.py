"""Letters as messages: a text and an HTML part, what is attached, and headers that nothing can be smuggled into."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, quote

_MAILBOX = re.compile(
    r'''\s* (?:
    (?: "(?P<quoted> (?: [^"\\] | \\. )* )" | (?P<name> [^"\\<>()\[\]:;,@]* ) ) \s* < (?P<boxed> [^<>\s]+ ) >
    | (?P<bare> [^<>\s]+ ) ) \s*''',
    re.VERBOSE,
)
_LOCAL = re.compile(r"(?=.{1,64}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SPECIALS = re.compile(r'[()<>@,:;."\\\[\]]')  # what a name is quoted for
LONGEST_QUOTED = 70
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
        name = one_line(self.name)
        # A quoted name too long for a line loses its quotes when it is folded, and its commas then part addresses.
        if len(quote(name)) > LONGEST_QUOTED:
            name = " ".join(_SPECIALS.sub(" ", name).split())
        return Address(display_name=name, addr_spec=self.address)


def mailbox(text: str) -> Mailbox:
    """The mailbox that is written as `name@domain` or `A Name <name@domain>`. Raises BadAddress.

    Letters other than ASCII may stand in the name and in the domain, not before the @: few servers take them there.
    """
    if _CONTROLS.search(text):
        raise BadAddress("control characters")
    form = _MAILBOX.fullmatch(text)
    local, at, domain = (form["boxed"] or form["bare"]).rpartition("@") if form else ("", "", "")
    if not form or not at or not _LOCAL.fullmatch(local):
        raise BadAddress("no address")
    name = re.sub(r"\\(.)", r"\1", form["quoted"]) if form["quoted"] else form["name"] or ""
    return Mailbox(f"{local}@{domain_name(domain)}", one_line(name))


def domain_name(text: str) -> str:
    """The domain in ASCII and small letters. Raises BadAddress where it is none."""
    try:
        labels = text.encode("idna").decode("ascii").lower().split(".")
    except UnicodeError as wrong:
        raise BadAddress("no domain") from wrong
    if (len(labels) < 2 and labels != ["localhost"]) or not all(map(_LABEL.fullmatch, labels)):
        raise BadAddress("no domain")
    return ".".join(labels)


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
    """The text without what could begin a header of its own: line breaks and other controls, and encoded words.

    `=?utf-8?q?=0D=0ABcc:…?=` would be decoded when the header is made, line break and all.
    """
    return " ".join(_CONTROLS.sub(" ", text).split()).replace("=?", "= ?")
