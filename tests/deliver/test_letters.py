"""Letters: which addresses are taken, what their bytes hold, and that nothing is smuggled into a header."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage

import pytest

from reportgen.deliver.letters import Attachment, BadAddress, Letter, Mailbox, domain_name, mailbox, one_line

NOW = dt.datetime(2020, 4, 1, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
SENDER = Mailbox("reports@barsetshire.example", "Reports")
LETTER = Letter(
    "draft", "barsetshire/children-numbers", "2020-03", "0123abcd", Mailbox("ann@barsetshire.example", "Ann Clerk"),
    "Draft: Children looked after, 2020-03", "Up £5 − a dash – and é.\n.\nFrom here on.\n", "<p>Up £5</p>\n",
    Attachment("children-numbers-2020-03.pdf", b"%PDF-1.7\r\n.\r\n\x00\xff\n"),
)  # fmt: skip


def read(letter: Letter, sender: Mailbox = SENDER) -> EmailMessage:
    """The letter as a mail program reads it."""
    message = email.message_from_bytes(letter.message(sender, NOW), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert part.defects == []
    return message


def body(message: EmailMessage, kind: str) -> str:
    """The text or HTML of a message, its line ends as Python has them."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("ann@council.example", Mailbox("ann@council.example")),
        ("  ann@council.example ", Mailbox("ann@council.example")),
        ("<ann@council.example>", Mailbox("ann@council.example")),
        ("Ann  Clerk <Ann.Clerk+drafts@Council.EXAMPLE>", Mailbox("Ann.Clerk+drafts@council.example", "Ann Clerk")),
        ("A. B. O'Neil <o'neil@council.example>", Mailbox("o'neil@council.example", "A. B. O'Neil")),
        ("Zoë Ångström <zoe@council.example>", Mailbox("zoe@council.example", "Zoë Ångström")),
        ('"Clerk, Ann" <ann@council.example>', Mailbox("ann@council.example", "Clerk, Ann")),
        (r'"Ann \"Nan\" \\ Clerk" <ann@council.example>', Mailbox("ann@council.example", r'Ann "Nan" \ Clerk')),
        ('"a@b.example" <ann@council.example>', Mailbox("ann@council.example", "a@b.example")),
        ("ann <ann@council.example>", Mailbox("ann@council.example", "ann")),
        ("ann@münchen.example", Mailbox("ann@xn--mnchen-3ya.example")),
        ("ann@localhost", Mailbox("ann@localhost")),
        (f"{'a' * 64}@council.example", Mailbox(f"{'a' * 64}@council.example")),
    ],
)
def test_addresses_are_read_with_their_names(text: str, box: Mailbox) -> None:
    assert mailbox(text) == box
    # What was read is what a mail program is shown.
    (shown,) = read(replace(LETTER, recipient=box))["To"].addresses
    assert (shown.addr_spec, shown.display_name) == (box.address, box.name)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no address"),
        ("Ann Clerk", "no address"),
        ("@council.example", "no address"),
        ("ann@", "no domain"),
        ("ann@council", "no domain"),
        ("ann@council..example", "no domain"),
        ("ann@council.example.", "no domain"),
        ("ann@-council.example", "no domain"),
        ("ann@coun_cil.example", "no domain"),
        (f"ann@{'c' * 64}.example", "no domain"),
        ("ann@[127.0.0.1]", "no domain"),
        (".ann@council.example", "no address"),
        ("ann..clerk@council.example", "no address"),
        ("ann.@council.example", "no address"),
        (f"{'a' * 65}@council.example", "no address"),
        ("zoë@council.example", "no address"),
        ('"ann clerk"@council.example', "no address"),
        ("ann@evil.example@council.example", "no address"),
        ("ann@council.example, bob@council.example", "no address"),
        ("ann@council.example bob@council.example", "no address"),
        ("Clerk, Ann <ann@council.example>", "no address"),
        ("bob@evil.example <ann@council.example>", "no address"),
        ("Ann <bob@evil.example> <ann@council.example>", "no address"),
        ("Clerks: ann@council.example;", "no address"),
        ("ann@council.example (Ann)", "no address"),
        ('"Ann <ann@council.example>', "no address"),
        ("Ann\n<ann@council.example>", "control characters"),
        ("ann@council.example\r\nBcc: bob@evil.example", "control characters"),
        ("ann@council.example\x00", "control characters"),
        ("Ann\u2028 <ann@council.example>", "control characters"),
        ("Ann\x85 <ann@council.example>", "control characters"),
    ],
)
def test_what_is_no_address_of_one_mailbox_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadAddress) as caught:
        mailbox(text)
    assert str(caught.value) == words


def test_a_domain_is_written_in_ascii_and_small_letters() -> None:
    assert domain_name("Zürich.Example") == "xn--zrich-kva.example"
    with pytest.raises(BadAddress, match=r"^no domain$"):
        domain_name("barsetshire")


def test_a_mail_program_reads_text_html_and_pdf_as_they_were() -> None:
    message = read(LETTER)
    assert message.get_content_type() == "multipart/mixed"
    assert (body(message, "plain"), body(message, "html")) == (LETTER.text, LETTER.html)
    (pdf,) = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content_type(), pdf.get_content_disposition()) == (
        "children-numbers-2020-03.pdf", "application/pdf", "attachment",
    )  # fmt: skip
    assert LETTER.attachment is not None and pdf.get_content() == LETTER.attachment.content
    assert {name: str(value) for name, value in message.items() if not name.startswith("Content-")} == {
        "From": "Reports <reports@barsetshire.example>",
        "To": "Ann Clerk <ann@barsetshire.example>",
        "Subject": "Draft: Children looked after, 2020-03",
        "Date": "Wed, 01 Apr 2020 02:30:00 +0100",
        "Message-ID": LETTER.message_id(SENDER),
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }


def test_a_letter_of_text_alone_has_one_part() -> None:
    message = read(replace(LETTER, html="", attachment=None))
    assert (message.get_content_type(), body(message, "plain")) == ("text/plain", LETTER.text)


def test_a_message_is_ascii_in_lines_that_every_server_takes() -> None:
    long = replace(LETTER, text="word " * 1000 + "\nx" + "y" * 3000 + "\n", subject="é" * 200)
    message = long.message(SENDER, NOW)
    assert message.isascii()
    assert message.count(b"\n") == message.count(b"\r\n") == message.count(b"\r")
    assert max(map(len, message.split(b"\r\n"))) <= 78
    assert (body(read(long), "plain"), read(long)["Subject"]) == (long.text, long.subject)


def test_the_same_letter_at_the_same_time_is_the_same_bytes() -> None:
    assert LETTER.message(SENDER, NOW) == replace(LETTER).message(SENDER, NOW)


def test_a_message_id_is_the_letters_whenever_it_is_made_and_no_others() -> None:
    ids = {
        each.message_id(SENDER)
        for each in (
            LETTER,
            replace(LETTER, kind="reminder"),
            replace(LETTER, paper="barsetshire/other"),
            replace(LETTER, month="2020-04"),
            replace(LETTER, content="0123abce"),
            replace(LETTER, recipient=Mailbox("bob@barsetshire.example")),
        )
    }
    assert len(ids) == 6
    assert LETTER.message_id(SENDER) == "<1887c525363fc841f0a0e3d71d1cf0057e46e908@barsetshire.example>"
    again = replace(LETTER, subject="Another", text="Another.\n", html="", attachment=None)
    assert again.message_id(SENDER) == LETTER.message_id(SENDER)
    later = email.message_from_bytes(LETTER.message(SENDER, NOW + dt.timedelta(days=9)), policy=email.policy.default)
    assert later["Message-ID"] == LETTER.message_id(SENDER)


def test_long_addresses_and_ids_stay_in_one_piece() -> None:
    domain = ".".join(["democratic-services"] * 4) + ".example"
    box, sender = Mailbox(f"{'a' * 64}@{domain}", "Zoë Clerk"), Mailbox(f"reports@{domain}", "Reports " * 20 + "all")
    message = read(replace(LETTER, recipient=box), sender)
    shown = [*message["To"].addresses, *message["From"].addresses]
    assert [Mailbox(each.addr_spec, each.display_name) for each in shown] == [box, sender]
    assert message["Message-ID"] == replace(LETTER, recipient=box).message_id(sender)


def test_a_long_name_that_would_lose_its_quotes_names_no_other_address() -> None:
    name = "bob@evil.example, " * 5 + "Ann"
    (shown,) = read(replace(LETTER, recipient=replace(LETTER.recipient, name=name)))["To"].addresses
    assert (shown.addr_spec, shown.display_name) == ("ann@barsetshire.example", "bob evil example " * 5 + "Ann")
    quotes = 33 * '"'  # 66 characters where they stand in quotes
    (shown,) = read(replace(LETTER, recipient=replace(LETTER.recipient, name=quotes)))["To"].addresses
    assert (shown.addr_spec, shown.display_name) == ("ann@barsetshire.example", quotes)


SMUGGLED = [
    "x\r\nBcc: bob@evil.example",
    "x\nBcc: bob@evil.example",
    "x\rBcc: bob@evil.example",
    "x\n\nBcc: bob@evil.example",
    "x\u2028Bcc: bob@evil.example",
    "x\x85Bcc: bob@evil.example",
    "x\x00\x0b\x0cBcc: bob@evil.example",
    "=?utf-8?q?x=0D=0ABcc:_bob@evil.example?=",
    "=?utf-8?b?eA0KQmNjOiBib2JAZXZpbC5leGFtcGxl?=",
    "=\x00?utf-8?q?x=0D=0ABcc:_bob@evil.example?=",
    'x"; filename="y.exe"\r\nBcc: bob@evil.example',
]


@pytest.mark.parametrize("text", SMUGGLED)
def test_no_title_name_or_file_name_begins_a_header_of_its_own(text: str) -> None:
    letter = replace(
        LETTER, subject=text, recipient=replace(LETTER.recipient, name=text), attachment=Attachment(text, b"%PDF")
    )
    message = read(letter, replace(SENDER, name=text))
    assert message.keys() == read(LETTER).keys()
    assert [a.addr_spec for a in (*message["To"].addresses, *message["From"].addresses)] == [
        LETTER.recipient.address, SENDER.address,
    ]  # fmt: skip
    (pdf,) = message.iter_attachments()
    assert sorted(pdf.keys()) == ["Content-Disposition", "Content-Transfer-Encoding", "Content-Type", "MIME-Version"]
    # It arrives as text, in one line.
    shown = (message["Subject"], message["To"].addresses[0].display_name, pdf.get_filename())
    assert shown == (one_line(text),) * 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Children looked after", "Children looked after"),
        (" a\t\tb\r\n\r\nc ", "a b c"),
        ("{{ 7 * 7 }} <b>é</b>", "{{ 7 * 7 }} <b>é</b>"),
        ("=?utf-8?q?a?=", "= ?utf-8?q?a?="),
    ],
)
def test_a_line_keeps_all_but_controls_and_encoded_words(text: str, line: str) -> None:
    assert one_line(text) == line
