"""The commands: parse, call, print. Heavy libraries are imported by what a command calls."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen import __version__
from reportgen.commands import mail, nightly
from reportgen.commands.archive import archive
from reportgen.console import DOCTOR, Commands, Status, attempt, say, show
from reportgen.model import DRAFT, RoleState

if TYPE_CHECKING:
    from reportgen.pipeline import Checked
    from reportgen.workspace import PaperRef, Workspace

NO_PAPERS = "There is no paper: each is a folder templates/<authority>/<paper>/ with a paper.toml."


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
@click.option(
    "--workspace",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    metavar="DIR",
    help="The workspace; the present folder if not given.",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Committee papers from spreadsheets: every number followed back to its cell."""
    from reportgen.workspace import Workspace

    context.obj = Workspace(folder)


for command in (archive, mail.send, mail.outbox, nightly.due, nightly.run, nightly.schedule):
    main.add_command(command)
month_option = click.option("--month", metavar="YYYY-MM", help="The reporting month; the latest if not given.")
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")


@main.command("list")
@json_option
@click.pass_obj
def list_papers(workspace: Workspace, as_json: bool) -> Status:
    """List papers, months and how far each is."""
    from reportgen.drafts import State, final_state, in_words, state

    papers = workspace.papers()
    rows = [(ref, month, state(workspace, ref, month)) for ref in papers for month in workspace.months(ref)]
    rows += [(ref, "", State.NO_INPUTS) for ref in papers if not workspace.months(ref)]
    told = [
        {"paper": str(ref), "month": month, "state": how, "final": final_state(workspace, ref, month) if month else ""}
        for ref, month, how in sorted(rows)
    ]
    width = max((len(row["paper"]) for row in told), default=0)
    if as_json:
        show(json.dumps(told, indent=2))
    else:
        for row in told:
            show(f"{row['paper']:{width}}  {row['month'] or '-':7}  {in_words(row['state'], row['final'])}")
    if not papers:
        say(NO_PAPERS)
    return Status.DONE


@main.command()
@click.argument("paper")
@month_option
@strict_option
@json_option
@click.pass_obj
def check(workspace: Workspace, paper: str, month: str | None, strict: bool, as_json: bool) -> Status:
    """Check a paper's inputs, figures and words; write nothing."""
    from reportgen import audit, pipeline, problems

    ref, month = _find(workspace, paper, month)
    checked = pipeline.check(workspace, ref, month, strict)
    if as_json:
        show(audit.problems_json(checked.problems).decode("utf-8").rstrip("\n"))
    elif checked.problems:
        show(problems.in_words(checked.problems))
    say(f"{ref} {month}: {problems.summary(checked.problems)}")
    return Status.DONE if checked.sound else Status.INPUT_ERRORS


@main.command()
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@click.option("--all", "every", is_flag=True, help="Build all papers: of the month, or each of its latest.")
@month_option
@strict_option
@click.option("--final", is_flag=True, help="Build the final version: refused while anything is open.")
@click.option("--reissue", metavar="REASON", help="With --final: why the paper is issued anew.")
@click.option("--large-print", is_flag=True, help="Add a PDF in large print: 18 points.")
@click.pass_obj
def build(
    workspace: Workspace,
    papers: tuple[str, ...],
    every: bool,
    month: str | None,
    strict: bool,
    final: bool,
    reissue: str | None,
    large_print: bool,
) -> Status:
    """Build drafts, or with --final finals; print their PDFs' paths."""
    if every == bool(papers):
        raise click.UsageError("Name one or more papers, or --all.")
    if reissue is not None and not final:
        raise click.UsageError("--reissue goes with --final: a draft is built anew as often as you like.")
    names = _all_with(workspace, month) if every else list(dict.fromkeys(papers))
    how = partial(
        _build_one, workspace, month=month, strict=strict, final=final, reissue=reissue, large_print=large_print
    )  # fmt: skip
    return max(attempt(partial(how, name)) for name in names)


def _all_with(workspace: Workspace, month: str | None) -> list[str]:
    """The names of the papers that have the month, or any. Raises Misuse where none has."""
    from reportgen.workspace import Misuse

    months = {ref: workspace.months(ref) for ref in workspace.papers()}
    found = [str(ref) for ref, known in months.items() if (month in known if month else known)]
    if found:
        return found
    known = ", ".join(sorted({each for known in months.values() for each in known})) or "none"
    raise Misuse(f"No paper has {f'the month {month}' if month else 'inputs'}. The months that papers have: {known}.")


def _build_one(
    workspace: Workspace,
    name: str,
    *,
    month: str | None,
    strict: bool,
    final: bool,
    reissue: str | None,
    large_print: bool,
) -> Status:
    """The status of one paper's build; what is wrong with its inputs is said before it is built or refused."""
    from reportgen import issuing, pipeline, problems

    ref, month = _find(workspace, name, month)
    try:
        pipeline.recover(workspace, ref, month)
        issue = issuing.final_issue(workspace, ref, month, reissue) if final else DRAFT
        checked = pipeline.check(workspace, ref, month, strict)
        if checked.problems:
            say(problems.in_words(checked.problems))
        say(f"{ref} {month}: {problems.summary(checked.problems)}")
        if not checked.sound:
            say(f"{ref} {month} was not built: mend the errors above.")
            return Status.INPUT_ERRORS
        if final and (reasons := _against_final(checked)):
            say("\n".join((f"{ref} {month} can't be final yet:", *reasons)))
            return Status.INPUT_ERRORS
        built = pipeline.build(workspace, checked, replace(issue, large_print=large_print))
        for pdf in filter(None, (built.pdf, built.large_print)):
            show(str(pdf))
    except pipeline.NotBuilt as failed:
        say("\n  ".join((f"{ref} {month} was not built:", *failed.reasons, DOCTOR)))
        return Status.MACHINE
    return Status.DONE


def _against_final(checked: Checked) -> list[str]:
    """Why a sound check can't be built as final."""
    from reportgen import issuing

    meeting_file = checked.loaded.meeting_file if checked.loaded else ""
    asked = f"{checked.ref} --month {checked.month}"
    return issuing.against_final(checked.problems, checked.roles, meeting_file, asked)


@main.command()
@click.argument("paper")
@month_option
@click.option("--role", help="The role that clears the paper; without it, say how far each is.")
@click.option("--name", help="Who clears it.")
@click.option("--post", help="The post that they hold.")
@json_option
@click.pass_obj
def clear(
    workspace: Workspace,
    paper: str,
    month: str | None,
    role: str | None,
    name: str | None,
    post: str | None,
    as_json: bool,
) -> Status:
    """Record who clears a paper's figures and words, or list it."""
    from reportgen import clearances, issuing, pipeline, problems

    if (role is None) != (name is None) or (role is None and post is not None):
        raise click.UsageError("--role and --name go together, and --post with them.")
    ref, month = _find(workspace, paper, month)
    checked = pipeline.check(workspace, ref, month)
    if not checked.sound:
        say(problems.in_words(checked.problems))
        say(f"{ref} {month} can't be cleared: mend the errors above.")
        return Status.INPUT_ERRORS
    states = checked.roles
    if role is not None:
        new = issuing.clearance(ref, role, name or "", post or "", checked.fingerprint, states)
        path = workspace.month_folder(ref, month) / clearances.FILE
        if broken := clearances.record(path, workspace.name(path), new):
            say(problems.in_words(broken))
            return Status.INPUT_ERRORS
        states = tuple(RoleState(role, new, True) if each.role == role else each for each in states)
    if as_json:
        show(json.dumps([issuing.told(each) for each in states], indent=2, ensure_ascii=False))
    else:
        for each in states:
            show(issuing.state_in_words(each))
    if not states:
        say(f"{ref} names no roles that clear it: they stand in its paper.toml, as clearance.")
    return Status.DONE


@main.command()
@click.argument("paper")
@click.argument("figure", required=False)
@month_option
@json_option
@click.pass_obj
def trace(workspace: Workspace, paper: str, figure: str | None, month: str | None, as_json: bool) -> Status:
    """Print a figure's value, unit, making and cells, or list all."""
    from reportgen import lineage, pipeline, problems
    from reportgen.workspace import Misuse, did_you_mean

    ref, month = _find(workspace, paper, month)
    checked = pipeline.check(workspace, ref, month)
    if checked.figures is None:
        say(problems.in_words(checked.problems))
        say(f"{ref} {month} has no figures: mend the errors above.")
        return Status.INPUT_ERRORS
    figures = checked.figures
    if figure is not None and figure not in figures:
        raise Misuse(f'There is no figure "{figure}".{did_you_mean(figure, figures)} Without FIGURE all are listed.')
    chosen = {figure: figures[figure]} if figure else figures
    if not (as_json or figure):
        show(lineage.listed(chosen, checked.printed, checked.house))
        return Status.DONE
    told = [lineage.lineage(name, f, checked.printed, checked.house) for name, f in sorted(chosen.items())]
    show(
        json.dumps([asdict(each) for each in told], indent=2, ensure_ascii=False)
        if as_json
        else "\n\n".join(each.in_words() for each in told)
    )
    return Status.DONE


@main.command()
@json_option
@click.pass_obj
def doctor(workspace: Workspace, as_json: bool) -> Status:
    """Say what reportgen needs of this machine and lacks."""
    from reportgen import doctor as examiner

    findings = examiner.examine(workspace.root / "outputs")
    show(examiner.as_json(findings) if as_json else examiner.report(findings))
    return Status.DONE if all(finding.ok for finding in findings) else Status.MACHINE


def _find(workspace: Workspace, paper: str, month: str | None) -> tuple[PaperRef, str]:
    """The paper of that name and its month, or its latest. Raises Misuse where there is none."""
    ref = workspace.find_paper(paper)
    return ref, workspace.find_month(ref, month)
