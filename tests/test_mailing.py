"""Whom a draft goes to, and what its letter says: word for word."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from reportgen.deliver.draft import Told
from reportgen.deliver.letters import Mailbox
from reportgen.mailing import Mailing, change, file_name, mailing, server_of
from reportgen.workspace import Misuse, Workspace
from tests.made import PAPER, REF, only_layout_packaged, write

MAIL = """\
[mail]
from = "Reports <reports@barsetshire.example>"
server = "127.0.0.1"
security = "none"
allowed_domains = ["barsetshire.example", "@Münster.example"]
"""
PAPER_TOML = """\
title = "Children looked after"
subject = "Numbers by month"
author = "Children's services"
datasets = ["population"]

[schedule]
committee = "Children's Committee"

[mail]
to = ["Ann Clerk <ann@barsetshire.example>", "bob@barsetshire.example", "ANN@barsetshire.example"]

[mail.key_figures]
"""
FIGURES = (
    # figure, value, unit, how it is shown; now and before
    ("children", "Children", "209", "204", "count", "209", "204"),
    ("cost", "Cost", "1250.5", "2000", "GBP", "£1,251", "£2,000"),
    ("weekly", "Weekly cost", "810.25", "800", "GBP/week", "£810.25", "£800.00"),
    ("share", "Share", "10.5", "12", "percent", "10.5%", "12%"),
    ("points", "Above target", "1", "-1", "percentage points", "1 percentage point", "−1 percentage points"),
    ("promised", "Promised by", "2020-05-31", "2020-04-30", "date", "31 May 2020", "30 April 2020"),
    ("kept", "Reviewed on", "2020-01-31", "2020-01-31", "date", "31 January 2020", "31 January 2020"),
    ("gone", "Now missing", "[x]", "3", "count", "[x]", "3"),
    ("come", "Now there", "3", "[x]", "count", "3", "[x]"),
    ("never", "Never there", "[x]", "[x]", "count", "[x]", "[x]"),
    ("same", "The same", "7", "7", "count", "7", "7"),
)
TEXT = """\
Draft: Children looked after, 2020-03
=====================================

The draft is attached. It is not for publication.

Committee: Children's Committee
Meeting: 21 April 2020
To be handed in by: 7 April 2020
To be published by: 9 April 2020

Key figures
-----------
Children: 209, up 5 from 204
Cost: £1,251, down £750 from £2,000
Weekly cost: £810.25, up £10.25 from £800.00
Share: 10.5%, down 1.5\N{NO-BREAK SPACE}percentage points from 12%
Above target: 1 percentage point, up 2\N{NO-BREAK SPACE}percentage points from −1 percentage points
Promised by: 31 May 2020, was 30 April 2020
Reviewed on: 31 January 2020, unchanged
Now missing: [x], was 3
Now there: 3, was [x]
Never there: [x]
The same: 7, unchanged
(Changes are on 2020-01.)

Problems found: 1 error, 2 warnings, 1 note
- a.xlsx, sheet "Numbers", cell B2: expected a number, found "many". [not-a-number]
- commentary.md, line 7: expected numbers taken from figures, found "12". [typed-number]
- b.csv: expected one sheet, found two. [two-sheets]

Built by: reportgen build barsetshire/children-numbers --month 2020-03
"""
PROBLEMS = [
    {"severity": "error", "file": "a.xlsx", "sheet": "Numbers", "cell": "B2", "line": "2",
     "expected": "a number", "found": '"many"', "code": "not-a-number"},
    {"severity": "warning", "file": "commentary.md", "line": "7", "expected": "numbers taken from figures",
     "found": '"12"', "code": "typed-number"},
    {"severity": "note", "file": "a.xlsx", "expected": "x", "found": "y", "code": "accepted"},
    {"severity": "warning", "file": "b.csv", "expected": "one sheet", "found": "two", "code": "two-sheets"},
]  # fmt: skip
ABOUT = {"title": "Children looked after", "committee": "Children's Committee", "meeting_date": "2020-04-21"}


def bundle(root: Path, month: str, before: bool = False, name: str = "draft", **about: str) -> Path:
    """A bundle as a build leaves it, with what a letter is made from."""
    folder = root / "outputs" / str(REF) / month / name
    write(folder / "audit/manifest.json", json.dumps({"about": {**ABOUT, **about}, "status": "draft"}))
    write(folder / "audit/problems.json", json.dumps(PROBLEMS))
    rows = [(each[0], each[3 if before else 2], each[4], each[6 if before else 5], "how") for each in FIGURES]
    (folder / "full").mkdir()
    with (folder / "full/figures.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("figure", "value", "unit", "shown_as", "how"), *rows])
    (folder / f"full/children-numbers-{month}.pdf").write_bytes(b"%PDF-1.7 " + month.encode())
    return folder


def mail(root: Path, settings: str = MAIL, paper: str = PAPER_TOML, figures: bool = True) -> Mailing:
    """The mail of a workspace with these settings."""
    write(root / "reportgen.toml", settings)
    write(root / PAPER / "paper.toml", paper + "".join(f'"{f[1]}" = "{f[0]}"\n' for f in FIGURES if figures))
    return mailing(Workspace(root), REF)


@pytest.fixture(autouse=True)
def only_the_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_layout_packaged(tmp_path, monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a month and one before the last."""
    bundle(tmp_path / "w", "2020-01", before=True)
    bundle(tmp_path / "w", "2020-03")
    return tmp_path / "w"


def test_a_letter_of_a_draft_says_this_and_no_more(root: Path) -> None:
    made = mail(root)
    (letter,) = made.draft("2020-03", [Mailbox("ann@barsetshire.example")])
    assert letter.text == TEXT
    assert (letter.kind, letter.paper, letter.month, letter.subject) == (
        "draft", str(REF), "2020-03", "Draft: Children looked after, 2020-03",
    )  # fmt: skip
    assert letter.attachment is not None
    assert (letter.attachment.name, letter.attachment.content) == ("children-numbers-2020-03.pdf", b"%PDF-1.7 2020-03")
    assert file_name(letter) == "children-numbers-2020-03-ann@barsetshire.example.eml"
    for words in ("<td", "up 5 from 204", "Problems found: 1 error, 2 warnings, 1 note", "not known"):
        assert words in letter.html


def test_the_same_draft_is_the_same_letter_and_another_paper_another(root: Path) -> None:
    made, ann = mail(root), [Mailbox("ann@barsetshire.example")]
    first = made.draft("2020-03", ann)[0].content
    assert made.draft("2020-03", ann)[0].content == first
    (root / f"outputs/{REF}/2020-03/draft/full/children-numbers-2020-03.pdf").write_bytes(b"%PDF other")
    assert made.draft("2020-03", ann)[0].content != first


def test_a_change_is_on_the_last_final_version_before_where_there_is_one(root: Path) -> None:
    bundle(root, "2020-02", before=False)
    bundle(root, "2020-02", before=True, name="final-v2")
    text = mail(root).draft("2020-03", [Mailbox("a@b.example")])[0].text
    assert "(Changes are on 2020-02.)" in text
    assert "Children: 209, up 5 from 204\n" in text


def test_a_first_month_has_no_changes(root: Path) -> None:
    text = mail(root).draft("2020-01", [Mailbox("a@b.example")])[0].text
    assert "Children: 204\nCost: £2,000\n" in text
    assert "(No earlier month has been built: there is no change to tell.)" in text


def test_a_letter_without_key_figures_speaks_of_no_changes(root: Path) -> None:
    text = mail(root, paper=PAPER_TOML.replace("\n[mail.key_figures]\n", ""), figures=False).draft(
        "2020-03", [Mailbox("a@b.example")]
    )[0].text
    assert "Key figures" not in text
    assert "hange" not in text


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (Told("5", "count", "5"), Told("5", "percent", "5%"), ""),
        (Told("5", "no unit", "5"), Told("4", "no unit", "4"), ""),
        (Told("Red", "rating", "Red"), Told("Amber", "rating", "Amber"), "was Amber"),
        (Told("-5", "count", "−5"), Told("1200", "count", "1,200"), "down 1,205 from 1,200"),
        (Told("100.2", "GBP", "£100"), Told("100", "GBP", "£100"), "up slightly from £100"),
        (Told("[x]", "count", "[x]"), Told("[z]", "count", "[z]"), "was [z]"),
        (Told("1", "count", "1"), Told("", "count", ""), ""),
        (Told("10.5", "weeks", "10.5"), Told("10", "weeks", "10"), "up 0.5 from 10"),
    ],
)
def test_changes_in_words(now: Told, before: Told, words: str) -> None:
    assert change(now, before) == words


def test_a_key_figure_that_is_none_is_told_with_a_guess(root: Path) -> None:
    made = mail(root, paper=PAPER_TOML + '"Children" = "childrn"\n', figures=False)
    with pytest.raises(Misuse) as caught:
        made.draft("2020-03", [Mailbox("a@b.example")])
    assert str(caught.value) == (
        'There is no figure "childrn", which paper.toml names under [mail] as a key figure. Did you mean "children"?'
    )


def test_above_the_size_a_draft_is_linked(root: Path) -> None:
    pdf = root / f"outputs/{REF}/2020-03/draft/full/children-numbers-2020-03.pdf"
    pdf.write_bytes(bytes(1_000_000))
    made = mail(root, MAIL + 'largest = 1\nlink = "https://intranet.example/a b/"\n')
    assert made.draft("2020-03", [Mailbox("a@b.example")])[0].attachment is not None
    pdf.write_bytes(bytes(1_000_001))
    (letter,) = made.draft("2020-03", [Mailbox("a@b.example")])
    assert letter.attachment is None
    assert "The draft is linked below. It is not for publication.\n" in letter.text
    address = f"https://intranet.example/a b/{REF}/2020-03/draft/full/children-numbers-2020-03.pdf"
    assert f"\nThe draft as a PDF:\n{address}\n" in letter.text
    assert f'<a href="{address}">The draft as a PDF</a>' in letter.html
    with pytest.raises(Misuse) as caught:
        mail(root, MAIL + "largest = 1\n").draft("2020-03", [Mailbox("a@b.example")])
    assert str(caught.value) == (
        f"{pdf} has 1.0 MB, over the 1 that [mail] in reportgen.toml lets go by mail as `largest`. Set `link` there to "
        "the address of outputs/."
    )


def test_more_problems_than_fit_are_counted(root: Path) -> None:
    many = [{**PROBLEMS[0], "cell": f"B{row}"} for row in range(2, 17)]
    write(root / f"outputs/{REF}/2020-03/draft/audit/problems.json", json.dumps(many))
    (letter,) = mail(root).draft("2020-03", [Mailbox("a@b.example")])
    assert letter.text.count("cell B") == 12
    assert "- and 3 more, in the draft's audit folder\n" in letter.text
    assert "<li>and 3 more, in the draft's audit folder</li>" in letter.html


def test_a_draft_without_problems_says_so(root: Path) -> None:
    write(root / f"outputs/{REF}/2020-03/draft/audit/problems.json", "[]")
    assert "Problems found: none\n" in mail(root).draft("2020-03", [Mailbox("a@b.example")])[0].text


@pytest.mark.parametrize("name", ["audit/manifest.json", "audit/problems.json", "full/figures.csv"])
def test_a_bundle_that_can_not_be_read_is_told_with_what_to_do(root: Path, name: str) -> None:
    path = root / f"outputs/{REF}/2020-03/draft/{name}"
    path.write_bytes(b"\xff{")
    with pytest.raises(Misuse) as caught:
        mail(root).draft("2020-03", [Mailbox("a@b.example")])
    assert str(caught.value) == f"{path} can't be read: build {REF} --month 2020-03 again."


def test_a_manifest_without_a_title_is_one_that_can_not_be_read(root: Path) -> None:
    path = root / f"outputs/{REF}/2020-03/draft/audit/manifest.json"
    told = json.loads(path.read_bytes())
    del told["about"]["title"]
    path.write_text(json.dumps(told))
    with pytest.raises(Misuse, match="can't be read: build"):
        mail(root).draft("2020-03", [Mailbox("a@b.example")])


def test_no_two_addresses_share_a_file(root: Path) -> None:
    people = [Mailbox(f"{local}@b.example") for local in ("a+b", "a-b", "a%2Fb", "a/b")]
    names = [file_name(letter) for letter in mail(root).draft("2020-03", people)]
    assert [name.removeprefix("children-numbers-2020-03-") for name in names] == [
        "a+b@b.example.eml", "a-b@b.example.eml", "a%252Fb@b.example.eml", "a%2Fb@b.example.eml",
    ]  # fmt: skip


def test_markup_braces_and_newlines_arrive_as_text(root: Path) -> None:
    title = "<b>Children</b> {{ 7 * 7 }} {% raw %}\r\nBcc: bob@evil.example\n=?utf-8?q?=0D=0ABcc:_x@y.example?="
    bundle(root, "2020-04", title=title, committee='<script>"&{{ 1 }}\nTeam')
    made = mail(root, paper=PAPER_TOML + '"<i>{{ 3 * 3 }}</i>" = "children"\n', figures=False)
    (letter,) = made.draft("2020-04", [Mailbox("a@b.example")])
    encoded = "= ?utf-8?q?=0D=0ABcc:_x@y.example?="
    line = f"Draft: <b>Children</b> {{{{ 7 * 7 }}}} {{% raw %}} Bcc: bob@evil.example {encoded}, 2020-04"
    assert letter.subject == line
    assert letter.text.startswith(f"{line}\n{'=' * len(line)}\n")
    assert '\nCommittee: <script>"&{{ 1 }} Team\n' in letter.text
    assert "\n<i>{{ 3 * 3 }}</i>: 209, unchanged\n" in letter.text
    assert "&lt;b&gt;Children&lt;/b&gt; {{ 7 * 7 }}" in letter.html
    assert "&lt;script&gt;&#34;&amp;{{ 1 }} Team" in letter.html
    assert "<script" not in letter.html and "<b>" not in letter.html and "<i>" not in letter.html


def test_recipients_are_those_of_the_paper_each_once(root: Path) -> None:
    assert mail(root).recipients() == [
        Mailbox("ann@barsetshire.example", "Ann Clerk"), Mailbox("bob@barsetshire.example"),
    ]  # fmt: skip
    asked = ["eve@BARSETSHIRE.example", "zoe@xn--mnster-3ya.example", "max@münster.example"]
    assert [box.address for box in mail(root).recipients(asked)] == [
        "eve@barsetshire.example", "zoe@xn--mnster-3ya.example", "max@xn--mnster-3ya.example",
    ]  # fmt: skip


def test_all_that_is_wrong_with_recipients_is_told_at_once(root: Path) -> None:
    asked = ["ann@barsetshire.example", "nobody\r\nBcc: x", "eve@evil.example", "x@sub.barsetshire.example"]
    with pytest.raises(Misuse) as caught:
        mail(root).recipients(asked)
    rule = (
        f": {REF} isn't public and goes only to the domains that reportgen.toml allows under [mail] "
        "(barsetshire.example, xn--mnster-3ya.example)."
    )
    assert str(caught.value).splitlines() == [
        '"nobody Bcc: x" is no address such as name@council.example.',
        f"eve@evil.example{rule}",
        f"x@sub.barsetshire.example{rule}",
    ]


def test_the_full_edition_goes_to_no_domain_without_permission_nor_does_a_public_papers(root: Path) -> None:
    public = mail(root, paper=PAPER_TOML.replace("[schedule]", "public = true\n\n[schedule]"))
    with pytest.raises(Misuse) as refused:
        public.recipients(["eve@evil.example"])
    assert str(refused.value).startswith(f"eve@evil.example: {REF} goes out in full and so goes only to the domains ")
    with pytest.raises(Misuse) as caught:
        mail(root, MAIL.partition("allowed")[0]).recipients(["ann@barsetshire.example"])
    assert str(caught.value) == (
        f"ann@barsetshire.example: {REF} isn't public and goes only to the domains that reportgen.toml allows under "
        "[mail] (none)."
    )


def test_a_paper_that_nobody_gets_is_told(root: Path) -> None:
    with pytest.raises(Misuse) as caught:
        mail(root, paper=PAPER_TOML.partition("[mail]")[0], figures=False).recipients()
    said = f"Nobody gets {REF}: name them under [mail] as `to` in its paper.toml, or with --to."
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("", "reportgen.toml has no section [mail]: docs/mail.md says what it holds."),
        (MAIL.replace("reports@barsetshire", "reports@-"),
         'reportgen.toml, [mail] from: "Reports <reports@-.example>" is no address.'),
        (MAIL.replace("@Münster.example", "no domain"),
         'reportgen.toml, [mail] allowed_domains: "no domain" is no domain.'),
    ],
)  # fmt: skip
def test_settings_that_are_wrong_are_told(root: Path, settings: str, words: str) -> None:
    with pytest.raises(Misuse) as caught:
        mail(root, settings).recipients()
    assert str(caught.value) == words


def test_user_and_password_come_from_the_environment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_SMTP_USER", "reports")
    monkeypatch.setenv("REPORTGEN_SMTP_PASSWORD", "s3cret")
    monkeypatch.setenv("SSL_CERT_FILE", "/etc/council.pem")
    server = server_of(mail(root).settings)
    assert (server.user, server.password, server.certificates) == ("reports", "s3cret", "/etc/council.pem")
    assert repr(server) == "Server(127.0.0.1:587, none)"


def test_without_tls_mail_goes_to_no_other_machine(root: Path) -> None:
    with pytest.raises(Misuse) as caught:
        server_of(mail(root, MAIL.replace("127.0.0.1", "mail.barsetshire.example")).settings)
    assert str(caught.value) == (
        'reportgen.toml, [mail]: security = "none" is for a server on this machine alone; mail.barsetshire.example '
        'needs "starttls" or "tls".'
    )
