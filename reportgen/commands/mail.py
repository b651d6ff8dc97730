"""The commands of e-mail: send a draft, and see what waits or failed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.console import Status, say, show

if TYPE_CHECKING:
    from reportgen.deliver.outbox import Delivery, Entry
    from reportgen.mailing import Mailing
    from reportgen.workspace import Workspace

OUTDATED = "its inputs, templates or settings have changed since it was built. Build it again"


@click.command()
@click.argument("paper")
@click.option("--month", metavar="YYYY-MM", help="The reporting month; the latest if not given.")
@click.option("--to", "recipients", multiple=True, metavar="ADDRESS", help="To whom; those of paper.toml if not given.")
@click.option("--dry-run", is_flag=True, help="Send nothing; write the message as .eml into the present folder.")
@click.pass_obj
def send(workspace: Workspace, paper: str, month: str | None, recipients: tuple[str, ...], dry_run: bool) -> Status:
    """Mail a paper's draft, to each recipient once."""
    from reportgen.deliver.outbox import Outbox
    from reportgen.mailing import OUTBOX, mailing, server_of

    ref = workspace.find_paper(paper)
    month = workspace.find_month(ref, month)
    mail = mailing(workspace, ref)
    named = mail.recipients(recipients)
    if unfit := _unfit(mail, month):
        say(f"{ref} {month} was not sent: {unfit}: reportgen build {ref} --month {month}")
        return Status.INPUT_ERRORS
    letters, now = mail.draft(month, named), dt.datetime.now().astimezone()
    if dry_run:
        return _write(mail, letters, now)
    server = server_of(mail.settings)
    with Outbox(workspace.root / OUTBOX) as outbox:
        outbox.supersede(str(ref), month, letters[0].content)
        for letter in letters:
            if not outbox.queue(letter, mail.sender, now):
                say(f"Not sent twice. {_line(outbox.entry(letter))}")
        made = outbox.deliver(server, now, mail.settings.tries)
        stand = [outbox.entry(letter).state for letter in letters]
    status = _told(made)
    return Status.MACHINE if "failed" in stand or "uncertain" in stand else status


def _unfit(mail: Mailing, month: str) -> str:
    """Why a month's draft isn't fit to be sent; empty where it is."""
    from reportgen.drafts import State, state

    found = state(mail.workspace, mail.ref, month)
    reasons = {State.NOT_BUILT: "it isn't built", State.INCOMPLETE: "its draft is incomplete", State.OUTDATED: OUTDATED}
    return reasons.get(found, "")


def _write(mail: Mailing, letters: Sequence[object], now: dt.datetime) -> Status:
    from reportgen.deliver.letters import Letter
    from reportgen.mailing import file_name

    for letter in letters:
        if isinstance(letter, Letter):
            path = Path(file_name(letter))
            path.write_bytes(letter.message(mail.sender, now))
            show(str(path))
    return Status.DONE


def _told(made: Delivery) -> Status:
    """The status of a delivery, each letter said."""
    if made.busy:
        say("Another process is sending: what was queued goes out with it or with the next run.")
        return Status.DONE
    if made.no_server:
        say(f"The mail server can't be used: {made.no_server}. What was queued is tried again.")
    for entry in made.tried:
        show(_line(entry))
    sent = all(entry.state == "sent" for entry in made.tried)
    return Status.DONE if sent and not made.no_server else Status.MACHINE


@click.command()
@click.option("--again", metavar="MESSAGE-ID", help="Send a letter again that failed, is uncertain or was given up.")
@click.option("--drop", metavar="MESSAGE-ID", help="Give up a letter that waits, failed or is uncertain.")
@click.option("--all", "every", is_flag=True, help="Also what was sent or given up.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.pass_obj
def outbox(workspace: Workspace, again: str | None, drop: str | None, every: bool, as_json: bool) -> Status:
    """Show the letters that wait, failed or are uncertain."""
    from reportgen.deliver.outbox import Outbox, State
    from reportgen.mailing import OUTBOX
    from reportgen.workspace import Misuse

    now = dt.datetime.now().astimezone()
    with Outbox(workspace.root / OUTBOX) as box:
        for asked, change, could in (
            (again, box.again, "failed, uncertain or given up, and kept"),
            (drop, box.drop, "waiting, failed or uncertain"),
        ):
            if asked and not change(asked, now):
                raise Misuse(f"There is no letter {asked} that is {could}: reportgen outbox --all lists them.")
        done = () if every else (State.SENT, State.GIVEN_UP)
        entries = box.entries(*(state for state in State if state not in done))
    if as_json:
        show(json.dumps([asdict(entry) for entry in entries], indent=2, default=str))
    else:
        for entry in entries:
            show(_line(entry))
        if not entries:
            say("The outbox holds nothing that waits or failed.")
    doubtful = any(entry.state in (State.FAILED, State.UNCERTAIN) for entry in entries)
    return Status.MACHINE if doubtful else Status.DONE


def _line(entry: Entry) -> str:
    """A letter in words: to whom, what, how it stands, and what is known of why."""
    what = " ".join(filter(None, (entry.kind, entry.paper, entry.month)))
    line = f"{entry.recipient}: {what}, {entry.state}"
    if entry.answer and entry.state != "sent":
        line += f" ({entry.answer})"
    if entry.state == "waiting":
        tried = f"tried {entry.tries} time{'' if entry.tries == 1 else 's'}"
        line += f"; {tried}, next at {entry.next_try.astimezone():%Y-%m-%d %H:%M}"
    return line if entry.state == "sent" else f"{line}  {entry.message_id}"
