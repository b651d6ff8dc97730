"""The order of the stages: read, check, compute, reconcile, present, render, deliver."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import readers
from reportgen.cells.dates import month_end
from reportgen.cells.kinds import parse_period
from reportgen.cells.words import nearest
from reportgen.model import Place, Problem, RawFile
from reportgen.problems import errors, in_order
from reportgen.settings import MeetingSettings, PaperSettings, WorkspaceSettings, load
from reportgen.workspace import PaperRef, Workspace

if TYPE_CHECKING:
    from reportgen.present.document import Document, Text
    from reportgen.trace import Found
    from reportgen.wording import House


@dataclass(frozen=True)
class Loaded:
    """A paper's settings and texts for a month, before any workbook is read."""

    ref: PaperRef
    month: str
    authority: str
    house: House
    settings: PaperSettings
    meeting: MeetingSettings
    paper: Text
    passages: dict[str, Text]
    settings_file: str
    meeting_file: str
    texts: dict[str, bytes]

    @property
    def as_at(self) -> dict[str, dt.date]:
        """The day that each dataset stands at: the month's last day unless the meeting's settings say otherwise."""
        last = month_end(*map(int, self.month.split("-")))
        default = dt.date(last.year, last.month, last.day)
        return {name: self.meeting.as_at.get(name, default) for name in self.settings.datasets}


@dataclass(frozen=True)
class Checked:
    """What a paper's inputs come to: its figures and its document, where no error stops them, and every problem."""

    ref: PaperRef
    month: str
    problems: list[Problem]
    loaded: Loaded | None = None
    inputs: tuple[RawFile, ...] = ()
    found: Found | None = None
    document: Document | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing stops a build."""
        return self.document is not None and not errors(self.problems)


@dataclass(frozen=True)
class Built:
    """A finished build: where its bundle and its PDF are."""

    bundle: Path
    pdf: Path


def check(workspace: Workspace, ref: PaperRef, month: str, strict: bool = False) -> Checked:
    """The figures and document of a paper's month, and every problem of its inputs, texts and settings."""
    folder = workspace.input_folder(ref, month)
    with readers.start(readers.input_files(folder), workspace.root) as reading:
        loaded, problems = load_paper(workspace, ref, month)
        _import_heavy()
        inputs = tuple(reading.result())
    problems += [problem for file in inputs for problem in file.problems]
    if loaded is None:
        return Checked(ref, month, in_order(problems, strict), inputs=inputs)
    found, more = _compute(loaded, inputs, workspace.name(folder))
    problems += more
    if found is None or errors(problems):
        return Checked(
            ref, month, in_order([*problems, *_text_problems(loaded)], strict), loaded, inputs, found
        )
    document, more = _present(loaded, found)
    return Checked(ref, month, in_order([*problems, *more], strict), loaded, inputs, found, document)


def build(workspace: Workspace, checked: Checked) -> Built:
    """The bundle of a sound check on disk. Raises RenderError or BundleError where the machine fails."""
    from reportgen.deliver.bundle import write_bundle

    if not (checked.sound and checked.loaded and checked.found and checked.document):
        raise ValueError("only a sound check can be built")
    files = bundle_files(workspace, checked)
    target = workspace.output_folder(checked.ref, checked.month) / "draft"
    write_bundle(target, files)
    return Built(target, target / "full" / f"{checked.ref.paper}-{checked.month}.pdf")


def bundle_files(workspace: Workspace, checked: Checked) -> dict[str, bytes]:
    """Every file of a draft's bundle by name: the full edition and the audit folder."""
    from reportgen import audit
    from reportgen.render import data
    from reportgen.render.page import pages
    from reportgen.render.pdf import RenderError, write_pdf
    from reportgen.trace import catalogue

    loaded, found, document = checked.loaded, checked.found, checked.document
    assert loaded and found and document
    ref, name = checked.ref, f"{checked.ref.paper}-{checked.month}"
    laid_out = pages(document, workspace.template_roots, ref.authority, "draft")
    written = write_pdf(laid_out.pdf_html, laid_out.stylesheets, laid_out.charts)
    if written.warnings:
        raise RenderError(written.warnings)
    figures, printed = catalogue(found), document.printed
    full = {
        f"{name}.pdf": written.pdf,
        f"{name}.html": laid_out.screen_html.encode("utf-8"),
        "figures.csv": data.figures_csv(figures, printed, loaded.house),
        **data.exhibit_files(document),
    }
    texts = {**loaded.texts, **audit.template_files(workspace.template_roots, ref.authority, ref.paper)}
    audits = {
        "figures.csv": audit.figures_with_cells(figures, printed, loaded.house),
        "problems.json": audit.problems_json(checked.problems),
        "manifest.json": audit.manifest(
            str(ref), checked.month, checked.inputs, texts, {"full": full}, written.fonts
        ),
    }
    return {**{f"full/{n}": c for n, c in full.items()}, **{f"audit/{n}": c for n, c in audits.items()}}


def load_paper(workspace: Workspace, ref: PaperRef, month: str) -> tuple[Loaded | None, list[Problem]]:
    """A paper's settings and texts, or None with what is wrong with them."""
    from reportgen.present.document import Text
    from reportgen.wording import House

    templates, own = workspace.paper_folder(ref), workspace.input_folder(ref, month) / ref.paper
    paths = {
        "workspace": workspace.root / "reportgen.toml",
        "paper": templates / "paper.toml",
        "meeting": own / "meeting.toml",
        "words": templates / "paper.md",
        "commentary": own / "commentary.md",
    }
    names = {key: workspace.name(path) for key, path in paths.items()}
    general, problems = load(WorkspaceSettings, paths["workspace"], names["workspace"])
    settings, more = load(PaperSettings, paths["paper"], names["paper"])
    problems += more
    meeting, more = load(MeetingSettings, paths["meeting"], names["meeting"])
    problems += more
    words, more = _read_text(paths["words"], names["words"])
    problems += more
    commentary, more = _read_text(paths["commentary"], names["commentary"], required=False)
    problems += more
    if general is None or settings is None or meeting is None or words is None or commentary is None:
        return None, problems
    authority = general.authorities.get(ref.authority)
    if authority is None:
        return None, [
            *problems,
            Problem(
                "unknown-authority",
                Place(names["workspace"]),
                f"a section [authorities.{ref.authority}]",
                "none",
                "Add it with the authority's name.",
            ),
        ]
    passages, more = split_passages(names["commentary"], commentary)
    texts = {
        names[key]: path.read_bytes()
        for key, path in paths.items()
        if path.is_file() and key in ("workspace", "meeting", "commentary")
    }
    return Loaded(
        ref,
        month,
        authority.name,
        House(brackets=authority.negatives == "brackets"),
        settings,
        meeting,
        Text(names["words"], words),
        passages,
        names["paper"],
        names["meeting"],
        texts,
    ), problems + more


def _read_text(path: Path, name: str, required: bool = True) -> tuple[str | None, list[Problem]]:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"), []
    except FileNotFoundError:
        if not required:
            return "", []
        return None, [
            Problem(
                "missing-file",
                Place(name),
                "the paper's words",
                "no file",
                "Write them; docs/architecture.md says what stands where.",
            )
        ]
    except (OSError, UnicodeDecodeError):
        return None, [
            Problem(
                "unreadable-file",
                Place(name),
                "a text file in UTF-8",
                "another",
                "Save it again as UTF-8 text.",
            )
        ]


_PASSAGE = re.compile(r"^##\s+(.+?)\s*$")


def split_passages(file: str, text: str) -> tuple[dict[str, Text], list[Problem]]:
    """The named passages of a commentary: each `## name` begins one. Problems for repeats and for words before the first."""
    from reportgen.present.document import Text

    passages: dict[str, Text] = {}
    problems: list[Problem] = []
    name, start, lines = "", 1, list[str]()
    for number, line in enumerate([*text.splitlines(), "## "], 1):
        match = _PASSAGE.match(line)
        if not match and line != "## ":
            lines.append(line)
            continue
        body = "\n".join(lines).strip("\n")
        if name in passages:
            problems.append(
                Problem(
                    "repeated-passage",
                    Place(file, line=start - 1),
                    "each passage once",
                    f'"{name}" again',
                    "Rename one, or join them.",
                )
            )
        elif name:
            passages[name] = Text(
                file, body, start + next((i for i, each in enumerate(lines) if each.strip()), 0)
            )
        elif body and not body.lstrip().startswith("# ") and not body.startswith("<!--"):
            problems.append(
                Problem(
                    "passage-without-name",
                    Place(file, line=1),
                    "a heading such as ## progress above each passage",
                    "words before the first",
                )
            )
        name, start, lines = match[1] if match else "", number + 1, []
    return passages, problems


def _import_heavy() -> None:
    """Load the libraries that the next stages need, while the child is still reading."""
    import pandera.pandas  # noqa: F401


def _compute(loaded: Loaded, inputs: Sequence[RawFile], folder: str) -> tuple[Found | None, list[Problem]]:
    """The figures of the month's sheets with every problem of the cells, of the settings and of the sums."""
    from reportgen.check import SheetChoice, check_sheets
    from reportgen.datasets import all_datasets
    from reportgen.figures import compute_all
    from reportgen.figures.base import Circumstances
    from reportgen.figures.declared import Agreement, Calculation, Fact, agreements, declared_figures
    from reportgen.model import Unit
    from reportgen.reconcile import reconcile
    from reportgen.trace import Found, given

    settings, meeting = loaded.settings, loaded.meeting
    place = Place(loaded.settings_file)
    problems = _settings_problems(loaded)
    if errors(problems):
        return None, problems
    choices = {name: SheetChoice(**choice.model_dump()) for name, choice in settings.sheets.items()}
    sheets = [sheet for file in inputs for sheet in file.sheets]
    tables, more = check_sheets(sheets, folder, all_datasets(), settings.datasets, choices)
    problems += more
    if errors(problems) or len(tables) < len(settings.datasets):
        return None, problems
    when = Circumstances(loaded.month, meeting.meeting_date, loaded.as_at, loaded.meeting_file)
    found = compute_all(tables, when)
    dated = {
        "meeting_date": replace(
            given(meeting.meeting_date, Unit.DATE, f"{loaded.meeting_file}, meeting_date"),
            name="meeting_date",
        )
    }
    known = {**found.figures, **dated}
    facts = {
        name: Fact(fact.fact, parse_period(fact.as_at), fact.column) for name, fact in settings.facts.items()
    }
    calculations = {
        name: Calculation(
            next(op for op in ("difference", "ratio", "sum") if getattr(c, op)),
            c.difference or c.ratio or c.sum or (),
            c.unit,
        )
        for name, c in settings.calculate.items()
    }
    declared, more = declared_figures(facts, calculations, tables.get("key_facts"), known, place)
    problems += more
    known |= declared
    claims, more = agreements([Agreement(a.stated, a.computed, a.what) for a in settings.agree], known, place)
    problems += more if not errors(problems) else []
    problems += reconcile(tables, all_datasets(), [*found.claims, *claims])
    return Found(known, found.grids, found.claims), problems


def _settings_problems(loaded: Loaded) -> list[Problem]:
    """What is wrong with the settings beyond their form: unknown datasets, missing as-at dates, periods that are none."""
    from reportgen.datasets import all_datasets

    place, problems = Place(loaded.settings_file), []
    for name in {**dict.fromkeys(loaded.settings.datasets), **loaded.settings.sheets}:
        if name not in all_datasets():
            guess = nearest(name, all_datasets(), 0.6)
            problems.append(
                Problem(
                    "unknown-dataset",
                    place,
                    "a known dataset",
                    f'"{name}"',
                    f'Did you mean "{guess}"?' if guess else "docs/datasets.md lists them.",
                )
            )
    for fact, settings in loaded.settings.facts.items():
        try:
            parse_period(settings.as_at)
        except ValueError as wrong:
            problems.append(
                Problem(
                    "bad-setting",
                    place,
                    f'a period for the fact "{fact}"',
                    str(wrong),
                    "Write 2016-05, 2016-05-31, 2020 or 2016/17.",
                )
            )
    for name, calculation in loaded.settings.calculate.items():
        if sum(bool(getattr(calculation, op)) for op in ("difference", "ratio", "sum")) != 1:
            problems.append(
                Problem(
                    "bad-setting", place, f'one of difference, ratio and sum for "{name}"', "none or several"
                )
            )
    return problems


def _present(loaded: Loaded, found: Found) -> tuple[Document | None, list[Problem]]:
    from reportgen.present.document import Sources, compose

    return compose(
        Sources(
            loaded.settings,
            loaded.meeting,
            loaded.authority,
            loaded.house,
            loaded.month,
            loaded.as_at,
            loaded.paper,
            loaded.passages,
            loaded.settings_file,
            loaded.meeting_file,
        ),
        found,
    )


def _text_problems(loaded: Loaded) -> list[Problem]:
    """What can be said of the texts although there are no figures: numbers typed by hand."""
    from reportgen.present.lint import lint

    constants = (*loaded.settings.constants, *loaded.meeting.constants)
    texts = [loaded.paper, *loaded.passages.values()]
    return [
        problem for text in texts for problem in lint(text.text, Place(text.file), constants, text.first_line)
    ]
