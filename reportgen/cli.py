"""The commands: parse, call, print. Heavy libraries are imported by what a command calls."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen import __version__
from reportgen.commands import nightly
from reportgen.console import DOCTOR, Commands, Status, attempt, say, show

if TYPE_CHECKING:
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


main.add_command(nightly.due)
main.add_command(nightly.schedule)
month_option = click.option("--month", metavar="YYYY-MM", help="The reporting month; the latest if not given.")
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")


@main.command("list")
@json_option
@click.pass_obj
def list_papers(workspace: Workspace, as_json: bool) -> Status:
    """List papers, months and how far each is."""
    from reportgen.drafts import State, state

    papers = workspace.papers()
    rows = [(ref, month, state(workspace, ref, month)) for ref in papers for month in workspace.months(ref)]
    rows += [(ref, "", State.NO_INPUTS) for ref in papers if not workspace.months(ref)]
    told = [{"paper": str(ref), "month": month, "state": how} for ref, month, how in sorted(rows)]
    width = max((len(row["paper"]) for row in told), default=0)
    if as_json:
        show(json.dumps(told, indent=2))
    else:
        for row in told:
            show(f"{row['paper']:{width}}  {row['month'] or '-':7}  {row['state']}")
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
@click.pass_obj
def build(workspace: Workspace, papers: tuple[str, ...], every: bool, month: str | None, strict: bool) -> Status:
    """Build drafts into outputs/; print their PDFs' paths."""
    if every == bool(papers):
        raise click.UsageError("Name one or more papers, or --all.")
    names = _all_with(workspace, month) if every else list(dict.fromkeys(papers))
    return max(attempt(partial(_build_one, workspace, name, month, strict)) for name in names)


def _all_with(workspace: Workspace, month: str | None) -> list[str]:
    """The names of the papers that have the month, or any. Raises Misuse where none has."""
    from reportgen.workspace import Misuse

    months = {ref: workspace.months(ref) for ref in workspace.papers()}
    found = [str(ref) for ref, known in months.items() if (month in known if month else known)]
    if found:
        return found
    known = ", ".join(sorted({each for known in months.values() for each in known})) or "none"
    raise Misuse(f"No paper has {f'the month {month}' if month else 'inputs'}. The months that papers have: {known}.")


def _build_one(workspace: Workspace, name: str, month: str | None, strict: bool) -> Status:
    """The status of one paper's build; what is wrong with its inputs is said before it is built or refused."""
    from reportgen import pipeline, problems

    ref, month = _find(workspace, name, month)
    try:
        pipeline.recover(workspace, ref, month)
        checked = pipeline.check(workspace, ref, month, strict)
        if checked.problems:
            say(problems.in_words(checked.problems))
        say(f"{ref} {month}: {problems.summary(checked.problems)}")
        if not checked.sound:
            say(f"{ref} {month} was not built: mend the errors above.")
            return Status.INPUT_ERRORS
        show(str(pipeline.build(workspace, checked).pdf))
    except pipeline.NotBuilt as failed:
        say("\n  ".join((f"{ref} {month} was not built:", *failed.reasons, DOCTOR)))
        return Status.MACHINE
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
