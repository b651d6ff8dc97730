"""The commands: parse, call, print. Heavy libraries are imported by what a command calls."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen import __version__

if TYPE_CHECKING:
    from reportgen.pipeline import Checked
    from reportgen.trace import Figure
    from reportgen.workspace import PaperRef, Workspace

INPUT_ERRORS, MISUSE, MACHINE = 1, 2, 3


def say(text: str) -> None:
    """Print talk, as opposed to data, on standard error."""
    click.echo(text, err=True)


def told(command: Callable[..., None]) -> Callable[..., None]:
    """The command with its failures in words and DESIGN's exit status, never as a traceback."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        from reportgen.workspace import Misuse

        try:
            command(*args, **kwargs)
        except Misuse as misuse:
            say(str(misuse))
            sys.exit(MISUSE)
        except KeyboardInterrupt:
            say("Stopped; nothing was changed.")
            sys.exit(MACHINE)
        except OSError as failed:
            say(
                f"The machine failed: {failed.strerror or failed}{f' ({failed.filename})' if failed.filename else ''}."
            )
            sys.exit(MACHINE)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


month_option = click.option(
    "--month", metavar="YYYY-MM", help="The reporting month; the latest if not given."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")


@main.command("list")
@json_option
@click.pass_obj
@told
def list_papers(workspace: Workspace, as_json: bool) -> None:
    """List the papers with their months and whether a draft is built."""
    rows = [
        {"paper": str(ref), "month": month, "state": _state(workspace, ref, month)}
        for ref in workspace.papers()
        for month in workspace.months(ref) or [""]
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo(f"{row['paper']}  {row['month'] or '-':7}  {row['state']}")
    if not rows:
        say("There is no paper: each is a folder templates/<authority>/<paper>/ with a paper.toml.")


def _state(workspace: Workspace, ref: PaperRef, month: str) -> str:
    """How far a paper's month is: without inputs, with inputs, or with a draft that is older than they are or not."""
    if not month:
        return "no inputs"
    pdf = workspace.output_folder(ref, month) / "draft" / "full" / f"{ref.paper}-{month}.pdf"
    return "draft built" if pdf.is_file() else "not built"


@main.command()
@click.argument("paper")
@month_option
@strict_option
@json_option
@click.pass_obj
@told
def check(workspace: Workspace, paper: str, month: str | None, strict: bool, as_json: bool) -> None:
    """Check a paper's inputs, figures and words; write nothing."""
    checked = _checked(workspace, paper, month, strict)
    if as_json:
        from reportgen.audit import problems_json

        click.echo(problems_json(checked.problems).decode("utf-8"), nl=False)
    else:
        _report(checked)
    sys.exit(0 if checked.sound else INPUT_ERRORS)


@main.command()
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@click.option("--all", "every", is_flag=True, help="Build every paper that has the month, or its latest.")
@month_option
@strict_option
@click.pass_obj
@told
def build(
    workspace: Workspace, papers: tuple[str, ...], every: bool, month: str | None, strict: bool
) -> None:
    """Build a paper's draft into outputs/ and print the path of its PDF."""
    if every == bool(papers):
        raise click.UsageError("Name one or more papers, or --all.")
    names = [str(ref) for ref in workspace.papers() if workspace.months(ref)] if every else list(papers)
    if every and month:
        names = [name for name in names if month in workspace.months(workspace.find_paper(name))]
    statuses = [_build_one(workspace, name, month, strict) for name in names]
    sys.exit(max(statuses, default=0))


def _build_one(workspace: Workspace, name: str, month: str | None, strict: bool) -> int:
    from reportgen import pipeline
    from reportgen.deliver.bundle import BundleError
    from reportgen.render.pdf import RenderError

    checked = _checked(workspace, name, month, strict)
    _report(checked)
    if not checked.sound:
        say(f"{checked.ref} {checked.month} was not built: mend the errors above.")
        return INPUT_ERRORS
    try:
        built = pipeline.build(workspace, checked)
    except RenderError as failed:
        say(f"{checked.ref} {checked.month} was not built, the PDF could not be written as it should be:")
        for message in failed.messages:
            say(f"  {message}")
        return MACHINE
    except BundleError as failed:
        say(str(failed))
        return MACHINE
    click.echo(str(built.pdf))
    return 0


def _checked(workspace: Workspace, name: str, month: str | None, strict: bool) -> Checked:
    from reportgen import pipeline
    from reportgen.deliver.bundle import recover

    ref = workspace.find_paper(name)
    month = workspace.find_month(ref, month)
    recover(workspace.output_folder(ref, month))
    return pipeline.check(workspace, ref, month, strict)


def _report(checked: Checked) -> None:
    from reportgen.problems import report

    say(report(checked.problems))


@main.command()
@click.argument("paper")
@click.argument("figure", required=False)
@month_option
@json_option
@click.pass_obj
@told
def trace(workspace: Workspace, paper: str, figure: str | None, month: str | None, as_json: bool) -> None:
    """Print where a figure came from: value, unit, how, and every cell; without FIGURE, list them all."""
    from reportgen.trace import catalogue
    from reportgen.workspace import Misuse

    checked = _checked(workspace, paper, month, False)
    if checked.found is None or checked.loaded is None:
        _report(checked)
        sys.exit(INPUT_ERRORS)
    figures = catalogue(checked.found)
    if figure is not None and figure not in figures:
        from reportgen.cells.words import nearest

        guess = nearest(figure, figures, 0.5)
        raise Misuse(
            f'There is no figure "{figure}".{f" Did you mean {guess}?" if guess else ""} Without FIGURE all are listed.'
        )
    _print_figures({figure: figures[figure]} if figure else figures, checked, as_json, bool(figure))


def _print_figures(figures: dict[str, Figure], checked: Checked, as_json: bool, whole: bool) -> None:
    from reportgen.pipeline import house_of
    from reportgen.render.data import plain_value, shown_as

    assert checked.loaded
    printed, house = checked.document.printed if checked.document else {}, house_of(checked.loaded)
    rows: dict[str, dict[str, Any]] = {
        name: {
            "value": plain_value(f),
            "unit": str(f.unit),
            "shown_as": shown_as(name, f, printed, house),
            "how": f.how,
            "cells_counted": list(map(str, f.counted())),
            "cells_examined": list(map(str, f.examined())),
        }
        for name, f in sorted(figures.items())
    }
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for name, row in rows.items():
        if not whole:
            click.echo(f"{name:44} {row['shown_as']}")
            continue
        for key, value in {"figure": name, **row}.items():
            lines: list[str] = value if isinstance(value, list) else [value]
            click.echo(f"{key.replace('_', ' '):15} " + f"\n{'':16}".join(lines or ["none"]))


@main.command()
@json_option
@click.pass_obj
@told
def doctor(workspace: Workspace, as_json: bool) -> None:
    """Say which libraries, fonts and versions are there, and what is missing."""
    from reportgen import doctor as examiner

    findings = examiner.examine(workspace.root / "outputs")
    click.echo(examiner.as_json(findings) if as_json else examiner.report(findings))
    sys.exit(0 if all(finding.ok for finding in findings) else MACHINE)
