"""The commands of the archive: they take papers in, find them, give them out, and let none go unnoticed."""

from __future__ import annotations

import json
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


def _archive(workspace: Workspace) -> Archive:
    """The workspace's archive; that it is fit for trying out only is said where it is so."""
    from reportgen import archiving

    found = archiving.archive_of(workspace)
    if warning := archiving.for_trying_out(workspace, found):
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

    ref, into = workspace.find_paper(paper), _archive(workspace)
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


@archive.command()
@json_option
@click.pass_obj
def verify(workspace: Workspace, as_json: bool) -> Status:
    """Examine all of the archive; name everything that is wrong."""
    from dataclasses import asdict

    from reportgen.deliver.archive.verifying import verify as examine

    report = examine(_archive(workspace))
    if as_json:
        show(json.dumps(asdict(report), indent=2, ensure_ascii=False))
    elif report.faults:
        show("\n".join(map(str, report.faults)))
    sound = "is whole" if not report.faults else f"has {len(report.faults)} faults"
    say(f"The archive {sound}: {report.entries} entries, {report.files} files, {report.bytes} bytes.")
    say(f"The chain ends with {report.head}")
    return Status.INPUT_ERRORS if report.faults else Status.DONE
