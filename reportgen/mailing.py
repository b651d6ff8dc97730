"""Which letters go to whom: a draft to those who get it, with its key figures, deadlines and problems."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from urllib.parse import quote

from reportgen import tomlfile
from reportgen.deadlines import deadlines
from reportgen.deliver.draft import Bundle, Told, Unreadable
from reportgen.deliver.letters import Attachment, BadAddress, Letter, Mailbox, domain_name, mailbox, one_line
from reportgen.deliver.smtp import Server, is_loopback
from reportgen.loading import load_settings
from reportgen.model import Unit
from reportgen.problems import in_words as problems_in_words
from reportgen.render.mail import KeyFigure, LetterWords, letter_parts
from reportgen.settings import MailSettings, PaperSettings, WorkspaceSettings
from reportgen.wording import in_words, printable, vanishes
from reportgen.workspace import Misuse, PaperRef, Workspace, did_you_mean

USER, PASSWORD = "REPORTGEN_SMTP_USER", "REPORTGEN_SMTP_PASSWORD"
OUTBOX = "outputs/outbox.sqlite3"
MEGABYTE = 1_000_000
MOST_PROBLEMS = 12
NUMBERS = {Unit.COUNT, Unit.MONEY, Unit.MONEY_PER_WEEK, Unit.PERCENT, Unit.POINTS, Unit.PER_10000, Unit.WEEKS}
PENCE = {Unit.MONEY, Unit.MONEY_PER_WEEK}
HUNDREDTHS = {Unit.PERCENT, Unit.POINTS}


@dataclass(frozen=True)
class Mailing:
    """A workspace's mail: its settings, whom it is from, and the settings of one paper."""

    workspace: Workspace
    settings: MailSettings
    sender: Mailbox
    ref: PaperRef
    paper: PaperSettings

    def recipients(self, asked: Sequence[str] = ()) -> list[Mailbox]:
        """Those asked for, or those that the paper's settings name, each once. Raises Misuse with all that is wrong.

        Letters hold the full edition, which goes to the allowed domains alone, whether there is a public one or not.
        """
        written = asked or (self.paper.mail.to if self.paper.mail else ())
        if not written:
            raise Misuse(f"Nobody gets {self.ref}: name them under [mail] as `to` in its paper.toml, or with --to.")
        found: dict[str, Mailbox] = {}
        wrong: list[str] = []
        for text in written:
            try:
                box = mailbox(text)
            except BadAddress:
                wrong.append(f'"{one_line(text)}" is no address such as name@council.example.')
                continue
            if box.domain not in self._allowed:
                allowed = ", ".join(sorted(self._allowed)) or "none"
                what = "goes out in full and so" if self.paper.public else "isn't public and"
                wrong.append(
                    f"{box.address}: {self.ref} {what} goes only to the domains that reportgen.toml allows "
                    f"under [mail] ({allowed})."
                )
            found.setdefault(box.address.lower(), box)
        if wrong:
            raise Misuse("\n".join(wrong))
        return list(found.values())

    @property
    def _allowed(self) -> set[str]:
        """The domains that the settings allow, in ASCII. Raises Misuse where one is none."""
        found = set()
        for domain in self.settings.allowed_domains:
            try:
                found.add(domain_name(domain.lstrip("@")))
            except BadAddress as wrong:
                said = f'reportgen.toml, [mail] allowed_domains: "{one_line(domain)}" is no domain.'
                raise Misuse(said) from wrong
        return found

    def draft(self, month: str, recipients: Iterable[Mailbox]) -> list[Letter]:
        """The draft of a month, a letter for each recipient. Raises Misuse where it can't be told or is too large."""
        folder = self.workspace.output_folder(self.ref, month) / "draft"
        bundle = Bundle(folder, str(self.ref), month)
        try:
            words = self._draft_words(bundle)
            attachment = None if words.link else Attachment(bundle.pdf_path.name, bundle.pdf)
            return self._letters("draft", month, bundle.content, words, recipients, attachment)
        except Unreadable as wrong:
            raise Misuse(str(wrong)) from wrong

    def note(
        self, kind: str, month: str, key: str, words: LetterWords, recipients: Iterable[Mailbox]
    ) -> list[Letter]:
        """A letter about a month for each recipient; `key` tells one from the next of its kind."""
        return self._letters(kind, month, key, words, recipients, None)

    def _letters(
        self, kind: str, month: str, content: str, words: LetterWords, recipients: Iterable[Mailbox],
        attachment: Attachment | None,
    ) -> list[Letter]:  # fmt: skip
        words = replace(words, title=one_line(words.title))
        text, html = letter_parts(words, self.workspace.template_roots)
        subject = words.title[:200]
        return [
            Letter(kind, str(self.ref), month, content, recipient, subject, text, html, attachment)
            for recipient in recipients
        ]

    def _draft_words(self, bundle: Bundle) -> LetterWords:
        about, earlier = bundle.about, self._earlier(bundle.month)
        named = self.paper.mail.key_figures if self.paper.mail else {}
        figures = tuple(self._key_figure(label, name, bundle, earlier) for label, name in named.items())
        printed = [_problem(problem) for problem in bundle.problems if problem.get("severity") != "note"]
        link = self._link(bundle)
        return LetterWords(
            title=f"Draft: {about['title']}, {bundle.month}",
            lines=(f"The draft is {'linked below' if link else 'attached'}. It is not for publication.",),
            facts=tuple(self._dates(about["committee"], bundle.meeting)),
            figures=figures,
            compared=_compared(earlier) if figures else "",
            counted=_counted(bundle.problems),
            problems=tuple(printed[:MOST_PROBLEMS]),
            more=max(len(printed) - MOST_PROBLEMS, 0),
            link=link,
            link_words="The draft as a PDF" if link else "",
            command=f"Built by: reportgen build {bundle.paper} --month {bundle.month}",
        )

    def _dates(self, committee: str, meeting: dt.date) -> Iterable[tuple[str, str]]:
        """The committee, the meeting and its deadlines, in words."""
        schedule = self.paper.schedule
        days = deadlines(meeting, schedule.report_deadline if schedule else 0)
        yield "Committee", one_line(committee)
        yield "Meeting", in_words(meeting, Unit.DATE)
        if schedule:
            yield "To be handed in by", in_words(days.report, Unit.DATE)
        yield "To be published by", in_words(days.publication, Unit.DATE)

    def _earlier(self, month: str) -> Bundle | None:
        """The bundle of the month before, or of the last one before that: the final version, or the draft."""
        folder = self.workspace.output_folder(self.ref, month).parent
        months = sorted((path.name for path in folder.glob("????-??") if path.name < month), reverse=True)
        for each in months:
            finals = self.workspace.finals(self.ref, each)
            bundle = folder / each / (f"final-v{finals[-1]}" if finals else "draft")
            if (bundle / "full" / "figures.csv").is_file():
                return Bundle(bundle, str(self.ref), each)
        return None

    def _key_figure(self, label: str, name: str, bundle: Bundle, earlier: Bundle | None) -> KeyFigure:
        if name not in bundle.figures:
            guess = did_you_mean(name, bundle.figures)
            raise Misuse(f'There is no figure "{name}", which paper.toml names under [mail] as a key figure.{guess}')
        told, before = bundle.figures[name], earlier.figures.get(name) if earlier else None
        return KeyFigure(printable(label), told.words, change(told, before) if before else "")

    def _link(self, bundle: Bundle) -> str:
        """Where the PDF is found, if it is too large to be attached; else nothing. Raises Misuse if nowhere."""
        size = len(bundle.pdf)
        if size <= self.settings.largest * MEGABYTE:
            return ""
        if not self.settings.link:
            raise Misuse(
                f"{bundle.pdf_path} has {size / MEGABYTE:.1f} MB, over the {self.settings.largest} that [mail] in "
                "reportgen.toml lets go by mail as `largest`. Set `link` there to the address of outputs/."
            )
        below = bundle.pdf_path.relative_to(self.workspace.root / "outputs").as_posix()
        return f"{self.settings.link.rstrip('/')}/{quote(below)}"


def change(now: Told, before: Told) -> str:
    """How a figure has changed, in words; empty where the two can't be compared."""
    if now.unit != before.unit or now.unit not in set(Unit):
        return ""
    unit = Unit(now.unit)
    if unit not in NUMBERS:
        return "unchanged" if now.value == before.value else f"was {before.words}"
    try:
        difference = _number(now.value, unit) - _number(before.value, unit)
    except ValueError:  # one of them has no number
        return f"was {before.words}" if before.words and now.value != before.value else ""
    if not difference:
        return "unchanged"
    unit = Unit.POINTS if unit is Unit.PERCENT else unit
    size = "slightly" if vanishes(difference, unit) else in_words(abs(difference), unit)
    return f"{'up' if difference > 0 else 'down'} {size} from {before.words}"


def _number(value: str, unit: Unit) -> Fraction:
    number = Fraction(value)
    return number * 100 if unit in PENCE else number / 100 if unit in HUNDREDTHS else number


def _compared(earlier: Bundle | None) -> str:
    if earlier is None:
        return "No earlier month has been built: there is no change to tell."
    return f"Changes are on {earlier.month}."


def _counted(problems: Sequence[dict[str, str]]) -> str:
    counts = {sort: sum(p.get("severity") == sort for p in problems) for sort in ("error", "warning", "note")}
    said = [f"{n} {sort}{'' if n == 1 else 's'}" for sort, n in counts.items() if n]
    return ", ".join(said) or "none"


def _problem(problem: dict[str, str]) -> str:
    """A problem of a bundle in a line, with its place."""
    place = [problem[key] for key in ("file",) if problem.get(key)]
    place += [f'sheet "{problem["sheet"]}"'] if problem.get("sheet") else []
    place += [f"cell {problem['cell']}"] if problem.get("cell") else []
    place += [f"line {problem['line']}"] if problem.get("line") and not problem.get("cell") else []
    words = f"{', '.join(place)}: expected {problem.get('expected', '')}, found {problem.get('found', '')}."
    return one_line(f"{words} [{problem.get('code', '')}]")


def general(workspace: Workspace) -> WorkspaceSettings:
    """The settings that hold for all papers. Raises Misuse, telling all that is wrong with them."""
    return _load(workspace, workspace.settings_file, WorkspaceSettings)


def mailing(workspace: Workspace, ref: PaperRef) -> Mailing:
    """The mail of a paper. Raises Misuse where settings are missing or wrong."""
    path = workspace.paper_folder(ref) / "paper.toml"
    paper = _load(workspace, path, PaperSettings)
    settings = general(workspace).mail
    if settings is None:
        raise Misuse("reportgen.toml has no section [mail]: docs/mail.md says what it holds.")
    return Mailing(workspace, settings, sender_of(settings), ref, paper)


def _load(workspace: Workspace, path: Path, model: type[tomlfile.Model]) -> tomlfile.Model:
    loaded = load_settings(workspace, path, model)
    if loaded.values is None:
        raise Misuse(problems_in_words(loaded.problems))
    return loaded.values


def sender_of(settings: MailSettings) -> Mailbox:
    """Whom letters are from. Raises Misuse where that is no address."""
    return _set_mailbox(settings.sender, "from")


def administrator_of(settings: MailSettings) -> Mailbox | None:
    """Who is told of failures, if anybody. Raises Misuse where that is no address."""
    return _set_mailbox(settings.administrator, "administrator") if settings.administrator else None


def _set_mailbox(text: str, setting: str) -> Mailbox:
    try:
        return mailbox(text)
    except BadAddress as wrong:
        raise Misuse(f'reportgen.toml, [mail] {setting}: "{one_line(text)}" is no address.') from wrong


def server_of(settings: MailSettings) -> Server:
    """The mail server, with user and password from the environment. Raises Misuse where it would be without TLS."""
    if settings.security == "none" and not is_loopback(settings.server):
        raise Misuse(
            f'reportgen.toml, [mail]: security = "none" is for a server on this machine alone; {settings.server} needs '
            '"starttls" or "tls".'
        )
    user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    return Server(
        settings.server, settings.port, settings.security, user, password, settings.timeout,
        os.environ.get("SSL_CERT_FILE") or None,
    )  # fmt: skip


def file_name(letter: Letter) -> str:
    """A name for the letter as a file."""
    # Each character that a file system may not take is written as its number, so that no two addresses share a name.
    who = quote(letter.recipient.address, safe="@+")
    return f"{letter.paper.rpartition('/')[2]}-{letter.month}-{who}.eml"
