"""The commands of the archive: they take papers in, find them, give them out, and let none go unnoticed."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.console import Status, say, show

if TYPE_CHECKING:
    from reportgen.deliver.archive.opening import Archive
    from reportgen.workspace import Workspace


class ArchiveCommands(click.Group):
    """A group whose commands fail in the archive's own words."""

    def invoke(self, ctx: click.Context) -> Any:
        """The command's status: misuse for what isn't there, errors of the inputs for what was refused."""
        from reportgen.deliver.archive.errors import Failed, Refused, Unknown

        try:
            return super().invoke(ctx)
        except (Unknown, Refused, Failed) as failed:
            say(str(failed))
            kinds = {Unknown: Status.MISUSE, Refused: Status.INPUT_ERRORS, Failed: Status.MACHINE}
            return kinds[type(failed)]


@click.group(cls=ArchiveCommands)
def archive() -> None:
    """Keep final papers for good, and find them again."""


json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
by_option = click.option("--by", metavar="NAME", help="Who does this; the machine's user if not given.")


ROLES = ("edition", "audit", "source", "input")


def _json(value: Any) -> Status:
    return _shown(json.dumps(value, indent=2, ensure_ascii=False))


def _shown(text: str) -> Status:
    show(text)
    return Status.DONE


def _day(text: str) -> None:
    """Nothing. Raises UsageError where a text that isn't empty is no day."""
    try:
        if text and dt.date.fromisoformat(text).isoformat() != text:
            raise ValueError
    except ValueError:
        raise click.UsageError(f'"{text}" is no day: write it as 2016-07-12.') from None


def _archive(workspace: Workspace, announce: bool = False) -> Archive:
    """The workspace's archive. With `announce` it is said where it is fit for trying out only."""
    from reportgen import archiving

    found = archiving.archive_of(workspace)
    if announce and (warning := archiving.for_trying_out(workspace, found)):
        say(warning)
    return found


@archive.command()
@click.argument("paper")
@click.option("--month", metavar="YYYY-MM", help="The reporting month; the latest with a bundle if not given.")
@click.option("--draft", is_flag=True, help="Take the draft; without this only final bundles are taken.")
@click.option("--without-inputs", is_flag=True, help="Keep no inputs, whatever the settings say.")
@by_option
@click.pass_obj
def add(
    workspace: Workspace, paper: str, month: str | None, draft: bool, without_inputs: bool, by: str | None
) -> Status:
    """Take a paper's final bundle in; print its reference."""
    from reportgen import archiving

    ref, into = workspace.find_paper(paper), _archive(workspace, announce=True)
    folder = archiving.bundle_folder(workspace, ref, month, draft)
    addition = archiving.add_bundle(workspace, into, folder, archiving.keeper(by), not without_inputs)
    for remark in addition.remarks:
        say(remark)
    entered = addition.added.paper
    if addition.added.already:
        say(f"{workspace.name(folder)} is already in the archive as {entered.reference}.")
    elif entered.supersedes:
        say(f"It supersedes {entered.supersedes}.")
    show(entered.reference)
    return Status.DONE


reason_option = click.option("--reason", required=True, help="Why; it stands in the register for good.")


@archive.command("list")
@click.option("--authority", default="", help="Only papers of this authority, by its folder's name.")
@click.option("--committee", default="", help="Only papers to this committee.")
@click.option("--from", "since", default="", metavar="YYYY-MM-DD", help="Only meetings on or after this day.")
@click.option("--to", "until", default="", metavar="YYYY-MM-DD", help="Only meetings on or before this day.")
@click.option(
    "--status",
    default="",
    type=click.Choice(["", "final", "draft", "current", "superseded", "withdrawn", "disposed"]),
    metavar="STATUS",
    help="Only final, draft, current, superseded, withdrawn or disposed papers.",
)
@json_option
@click.pass_obj
def list_archived(workspace: Workspace, /, as_json: bool, **sought: str) -> Status:
    """List the papers in the archive, by date of meeting."""
    from reportgen.deliver.archive.asking import Sought, papers

    for option in ("since", "until"):
        _day(sought[option])
    with _archive(workspace).reading() as opened:
        found = papers(opened, Sought(**sought))
    if as_json:
        return _json([asdict(each) for each in found])
    width = max((len(each.reference) for each in found), default=0)
    for each in found:
        version = f"v{each.version}" if each.version else "draft"
        told = f"{each.meeting_date}  {each.paper} {each.month} {version}  {each.title}; {each.committee}"
        why = f" ({each.why})" if each.why else ""
        show(each.why if each.state in ("withdrawn", "disposed") else f"{each.reference:{width}}  {told}{why}")
    say(f"{len(found)} paper{'' if len(found) == 1 else 's'}")
    return Status.DONE


@archive.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--most", default=20, type=click.IntRange(1), help="How many pages to show at most (20).")
@json_option
@click.pass_obj
def search(workspace: Workspace, words: tuple[str, ...], most: int, as_json: bool) -> Status:
    """Find pages that hold all WORDS; quote words that stand together."""
    from reportgen.deliver.archive import fulltext

    with _archive(workspace).reading() as opened:
        found = fulltext.search(opened.register.database, words, most)
    if as_json:
        return _json([asdict(each) for each in found])
    for each in found:
        show(f"{each.reference}  page {each.page}  {each.title}, {each.meeting_date}\n    {each.snippet}")
    say(f"{len(found)} page{'' if len(found) == 1 else 's'}{': --most shows more' if len(found) == most else ''}")
    return Status.DONE


@archive.command("show")
@click.argument("reference", metavar="REF")
@click.option("--figure", metavar="NAME", help="Where this figure of the paper came from.")
@json_option
@click.pass_obj
def show_archived(workspace: Workspace, reference: str, figure: str | None, as_json: bool) -> Status:
    """Show an archived paper's entry, or one figure's cells."""
    from reportgen.commands import archived_words
    from reportgen.deliver.archive import asking

    with _archive(workspace).reading() as opened:
        if figure is not None:
            row = asking.figure(opened, reference, figure)
            return _json(row) if as_json else _shown(archived_words.figure(row))
        standing = asking.find(opened, reference)
    if as_json:
        return _json(archived_words.told(standing))
    return _shown(archived_words.entry(standing))


@archive.command()
@click.argument("reference", metavar="REF")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="DIR", help="Where to.")
@click.option("--all", "every", is_flag=True, help="Also the audit, sources and inputs: never to be published.")
@click.pass_obj
def get(workspace: Workspace, reference: str, to: Path, every: bool) -> Status:
    """Copy an archived paper's files out; print their folder."""
    from reportgen.deliver.archive import asking

    with _archive(workspace).reading() as opened:
        return _shown(str(asking.get(opened, reference, to, ROLES if every else ROLES[:1])))


@archive.command()
@click.argument("reference", metavar="REF")
@reason_option
@by_option
@click.pass_obj
def withdraw(workspace: Workspace, reference: str, reason: str, by: str | None) -> Status:
    """Take a paper out of every answer at once; seal its files."""
    from reportgen import archiving
    from reportgen.deliver.archive import retiring

    entry = retiring.withdraw(_archive(workspace), reference, reason, archiving.keeper(by))
    say(f"{entry.said.reference} is withdrawn: its files are sealed. Take it off where it was published as well.")
    return Status.DONE


@archive.command()
@json_option
@click.pass_obj
def due(workspace: Workspace, as_json: bool) -> Status:
    """List the papers whose retention has ended."""
    from reportgen import archiving
    from reportgen.deliver.archive import retiring

    with _archive(workspace).reading() as opened:
        found = retiring.due(opened, archiving.keeper("anyone").now[:10])
    if as_json:
        names = ("reference", "retain_until", "committee", "title")
        return _json([dict(zip(names, row, strict=True)) for row in found])
    for row in found:
        show("  ".join(row))
    say(f"{len(found)} paper{'' if len(found) == 1 else 's'} to be disposed of, or kept by a decision")
    return Status.DONE


@archive.command()
@click.argument("reference", metavar="REF")
@reason_option
@click.option("--order", is_flag=True, help="An order to erase it, before the end of its retention.")
@by_option
@click.pass_obj
def dispose(workspace: Workspace, reference: str, reason: str, order: bool, by: str | None) -> Status:
    """Delete a paper's files; its entry stays as the record."""
    from reportgen import archiving
    from reportgen.deliver.archive import retiring

    where = _archive(workspace)
    entry = retiring.dispose(where, reference, reason, archiving.keeper(by), order)
    say(f"{entry.said.reference} is disposed of: its files are deleted here, not in copies made elsewhere.")
    for copy in sorted(where.folder.glob("register.sqlite.version-*")):
        say(f"{copy} is the register as it was before: delete it if words of the paper may be in it.")
    return Status.DONE


@archive.command()
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option("--to", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The bag's folder; new.")
@click.option("--all", "every", is_flag=True, help="Also the audit, sources and inputs: never to be published.")
@by_option
@click.pass_obj
def export(workspace: Workspace, references: tuple[str, ...], to: Path, every: bool, by: str | None) -> Status:
    """Write papers as a BagIt bag for another archive."""
    from reportgen import archiving
    from reportgen.deliver.archive import bag

    with _archive(workspace).reading() as opened:
        return _shown(str(bag.export(opened, references, to, ROLES if every else ROLES[:1], archiving.keeper(by))))


@archive.command("import")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@by_option
@click.pass_obj
def take_back(workspace: Workspace, folder: Path, by: str | None) -> Status:
    """Take the papers of a BagIt bag in; print their references."""
    from reportgen import archiving
    from reportgen.deliver.archive import bag

    for added in bag.take_back(_archive(workspace, announce=True), folder, archiving.keeper(by)):
        if added.already:
            say(f"{added.paper.reference} is already in the archive.")
        show(added.paper.reference)
    return Status.DONE


def _rebuild(workspace: Workspace, reference: str, as_json: bool) -> Status:
    """The status of a paper built anew: errors of the inputs where it isn't the same."""
    from reportgen.rebuild import rebuild

    rebuilt = rebuild(_archive(workspace), reference)
    if as_json:
        _json(asdict(rebuilt))
    else:
        lines = [f"differs: {name}" for name in rebuilt.differing]
        show("\n".join([*lines, *(f"built with {version}" for version in rebuilt.versions)]) or "the same")
    same = rebuilt.compared - len(rebuilt.differing)
    say(f"{reference.upper()} was built anew: {same} of {rebuilt.compared} files are the same, byte by byte.")
    return Status.INPUT_ERRORS if rebuilt.differing else Status.DONE


@archive.command()
@click.option("--rebuild", metavar="REF", help="Build this paper anew from what was archived with it, and compare.")
@json_option
@click.pass_obj
def verify(workspace: Workspace, rebuild: str | None, as_json: bool) -> Status:
    """Examine all of the archive; name everything that is wrong."""
    if rebuild is not None:
        return _rebuild(workspace, rebuild, as_json)
    from reportgen.deliver.archive.verifying import verify as examine

    report = examine(_archive(workspace, announce=True))
    if as_json:
        _json(asdict(report))
    elif report.faults:
        show("\n".join(map(str, report.faults)))
    sound = (
        "is whole" if not report.faults else f"has {len(report.faults)} fault{'' if len(report.faults) == 1 else 's'}"
    )
    say(f"The archive {sound}: {report.entries} entries, {report.files} files, {report.bytes} bytes.")
    say(f"The chain ends with {report.head}")
    return Status.INPUT_ERRORS if report.faults else Status.DONE
