"""The order of the stages: read, check, compute, reconcile, present, render, deliver."""

from __future__ import annotations

import threading
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import clearances, readers
from reportgen.loading import Loaded, Loading, load_paper
from reportgen.model import DRAFT, LARGE_PRINT, Compared, Issue, Place, Problem, RawFile, RoleState, Unit
from reportgen.problems import errors, in_order
from reportgen.workspace import Misuse, PaperRef, Workspace, did_you_mean

if TYPE_CHECKING:
    from reportgen.figures.declared_grids import DeclaredGrid
    from reportgen.present.document import Document
    from reportgen.publishing import Public
    from reportgen.settings import PaperSettings
    from reportgen.table import Table
    from reportgen.trace import Figure, Found
    from reportgen.wording import House


# A chart is drawn under settings of matplotlib's, which belong to the whole process.
_DRAWING = threading.Lock()


class NotBuilt(Exception):
    """The machine couldn't build a paper; `reasons` says why, and what stood there before is kept."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = tuple(reasons)


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
    fingerprint: str = ""
    roles: tuple[RoleState, ...] = ()
    public: Public | None = None

    @property
    def figures(self) -> dict[str, Figure] | None:
        """All figures by name, those of the grids among them; None where errors keep them from being computed."""
        from reportgen.trace import catalogue

        return catalogue(self.found) if self.found else None

    @property
    def printed(self) -> Mapping[str, str]:
        """The words in which the paper prints figures, by their names."""
        return self.document.printed if self.document else {}

    @property
    def house(self) -> House:
        """How the paper's authority prints numbers."""
        from reportgen.wording import House

        return House(brackets=self.loaded is not None and self.loaded.authority.negatives == "brackets")

    @property
    def sound(self) -> bool:
        """Whether nothing stops a build."""
        return self.document is not None and not errors(self.problems)


@dataclass(frozen=True)
class Built:
    """A finished build: where its bundle and its PDF are, and the one in large print if there is one."""

    bundle: Path
    pdf: Path
    large_print: Path | None = None


def check(workspace: Workspace, ref: PaperRef, month: str, strict: bool = False) -> Checked:
    """The figures and document of a paper's month, and every problem of its inputs, texts and settings.

    Nothing is computed from tables with errors, and nothing worded from figures that lack a part; what can still be
    said of the rest is said.
    """
    from reportgen.present.css_lint import lint as lint_style

    folder = workspace.input_folder(ref, month)
    with readers.start(readers.input_files(folder), workspace.root) as reading:
        loading = load_paper(workspace, ref, month)
        common = shared_files(workspace, loading.settings)
        with readers.start(common, workspace.root) as reading_shared:
            import pandera.pandas  # noqa: F401 - loaded while the child is still reading

            inputs = (*reading.result(), *reading_shared.result())
    problems = [*loading.problems, *(problem for file in inputs for problem in file.problems)]
    loaded, found = loading.loaded, None
    tables, more = _tables(loading, inputs, workspace.name(folder), {*map(workspace.name, common)})
    problems += more
    compared = None
    if loaded:
        compared, more = _compared(loaded, tables)
        problems += [*_dates(loaded, tables), *more]
    if loaded and not errors(problems):
        found, more = _figures(loaded, tables, compared)
        problems += [*more, *_key_figures(loaded, found)]
    checked = Checked(ref, month, [], loaded, inputs, found)
    if loaded and found and not errors(problems):
        document, more = _document(loaded, found, checked.house)
        if document is not None and (public := _public(loaded, found, checked.house)):
            checked, more = replace(checked, public=public), [*more, *public.problems]
    else:
        document, more = None, _typed_numbers(loading)
    more += lint_style(loading.style)
    problems = _accepted(loaded, [*problems, *more], complete=document is not None)
    if document is not None:
        checked, more = _cleared(replace(checked, document=_closing(checked, document, problems)))
        problems += more
    return replace(checked, problems=in_order(problems, strict))


def shared_files(workspace: Workspace, settings: PaperSettings | None) -> list[Path]:
    """The files that all authorities share, where a paper needs a dataset that they may hold; else none."""
    return readers.input_files(workspace.shared_folder) if needs_shared(settings) else []


def needs_shared(settings: PaperSettings | None) -> bool:
    """Whether a paper needs a dataset that the files that all authorities share may hold."""
    from reportgen.datasets import all_datasets

    known = all_datasets()
    return settings is not None and any(name in known and known[name].shared for name in settings.datasets)


def recover(workspace: Workspace, ref: PaperRef, month: str) -> None:
    """Nothing: a bundle whose writer died while it moved it in is put back. Raises NotBuilt where the machine fails."""
    from reportgen.deliver import bundle

    try:
        bundle.recover(workspace.output_folder(ref, month))
    except bundle.BundleError as failed:
        raise NotBuilt([str(failed)]) from failed


def build(workspace: Workspace, checked: Checked, issue: Issue = DRAFT) -> Built:
    """The bundle of a sound check on disk. Raises NotBuilt if the machine fails, Misuse if that version stands."""
    from reportgen.deliver.bundle import BundleError, FinalStands, write_bundle
    from reportgen.render.pdf import RenderError

    target = workspace.output_folder(checked.ref, checked.month) / issue.folder
    try:
        write_bundle(target, bundle_files(workspace, checked, issue), final=issue.version > 0)
    except RenderError as failed:
        raise NotBuilt(failed.messages) from failed
    except FinalStands as stands:
        raise Misuse(str(stands)) from stands
    except BundleError as failed:
        raise NotBuilt([str(failed)]) from failed
    name = target / "full" / f"{checked.ref.paper}-{checked.month}"
    return Built(target, Path(f"{name}.pdf"), Path(f"{name}{LARGE_PRINT}") if issue.large_print else None)


def bundle_files(workspace: Workspace, checked: Checked, issue: Issue = DRAFT) -> dict[str, bytes]:
    """Every file of a sound check's bundle by name: its editions and the audit folder. Raises RenderError."""
    from reportgen import audit
    from reportgen.publishing import disclosure
    from reportgen.render.edition import edition

    loaded, document, figures = checked.loaded, checked.document, checked.figures
    if not checked.sound or loaded is None or document is None or figures is None:
        raise ValueError("only a sound check can be built")
    ref, month, printed, house = checked.ref, checked.month, checked.printed, checked.house
    name, roots = f"{ref.paper}-{month}", workspace.template_roots
    editions = {"full": edition(name, document, figures, house, roots, ref.authority, issue)}
    public = checked.public
    if public and public.document and public.figures is not None:
        editions["public"] = edition(name, public.document, public.figures, house, roots, ref.authority, issue, True)
    texts = {**loaded.files, **audit.template_files(workspace.template_roots, ref.authority, ref.paper)}
    audits = {
        "figures.csv": audit.figures_with_cells(figures, printed, house),
        "problems.json": audit.problems_json(checked.problems),
        "manifest.json": audit.manifest(
            str(ref), month, issue, document.about, checked.inputs, texts,
            {kind: each.files for kind, each in editions.items()}, editions["full"].fonts,
            _folders(workspace, checked), checked.problems, checked.fingerprint, checked.roles,
        ),
    }
    if public and public.protected:
        audits["disclosure.json"] = audit.as_json(disclosure(public.protected))
    files = {f"{kind}/{name}": content for kind, each in editions.items() for name, content in each.files.items()}
    return {**files, **{f"audit/{name}": content for name, content in audits.items()}}


def _folders(workspace: Workspace, checked: Checked) -> list[str]:
    """The folders whose files were all read, by name."""
    settings = checked.loaded.settings if checked.loaded else None
    own, common = workspace.input_folder(checked.ref, checked.month), workspace.shared_folder
    return [workspace.name(folder) for folder in (own, *([common] if needs_shared(settings) else []))]


def _dates(loaded: Loaded, tables: Mapping[str, Table]) -> list[Problem]:
    """What the tables' months say against the days that the paper's data stand at."""
    from reportgen.check import check_dates
    from reportgen.datasets import all_datasets

    return check_dates(tables, all_datasets(), loaded.as_at, loaded.meeting_file)


def _tables(
    loading: Loading, inputs: tuple[RawFile, ...], folder: str, shared: Container[str]
) -> tuple[dict[str, Table], list[Problem]]:
    """The datasets that a paper needs as tables, as far as its settings tell which."""
    from reportgen.check import SheetChoice, check_sheets
    from reportgen.datasets import all_datasets
    from reportgen.joining import joined_tables

    if (settings := loading.settings) is None:
        return {}, []
    joined, problems = joined_tables(loading, inputs, folder)
    needed = [name for name in settings.datasets if name in all_datasets() and not all_datasets()[name].joined]
    choices = {name: SheetChoice(**choice.model_dump()) for name, choice in settings.sheets.items()}
    sheets = [sheet for file in inputs for sheet in file.sheets]
    tables, more = check_sheets(sheets, folder, all_datasets(), needed, choices, shared)
    return {**joined, **tables}, [*problems, *more]


def _compared(loaded: Loaded, tables: Mapping[str, Table]) -> tuple[Compared | None, list[Problem]]:
    """Whose published comparators the paper shows and up to which year, where it needs them; and what is wrong."""
    from reportgen.check import Days, Wanted, find_compared
    from reportgen.datasets import all_datasets

    name = next((name for name in tables if all_datasets()[name].comparator), "")
    if not name:
        return None, []
    authority, file, section = loaded.authority, loaded.general_file, ("authorities", loaded.ref.authority)
    named = file.place(*section, "code" if authority.code else "name")
    wanted = Wanted(
        authority.name, authority.code, authority.neighbours, named, file.place(*section, "neighbours")
    )  # fmt: skip
    days = Days(loaded.last_day, loaded.as_at[name], loaded.meeting_toml.place("as_at", name))
    return find_compared(tables[name], all_datasets()[name], wanted, days)


def _figures(loaded: Loaded, tables: Mapping[str, Table], compared: Compared | None) -> tuple[Found, list[Problem]]:
    """The figures of the tables and those that the paper declares, and what they contradict."""
    from reportgen.datasets import all_datasets
    from reportgen.reconcile import contradicted, disagreement, one_cell_settles

    found, problems = _computed(loaded, tables, compared)
    disputes = contradicted(tables, all_datasets(), found.claims)
    problems += map(disagreement, disputes)
    if sum(claim.gap is not None for claim in disputes) > 1:
        problems += one_cell_settles(tables, all_datasets(), lambda each: _computed(loaded, each, compared)[0].claims)
    return replace(found, disputes=tuple(disputes)), problems


def _computed(
    loaded: Loaded, tables: Mapping[str, Table], compared: Compared | None
) -> tuple[Found, list[Problem]]:
    """The figures of the tables and those that the paper declares, with what they claim; nothing is reconciled yet."""
    from reportgen.figures import compute_all
    from reportgen.figures.base import Circumstances
    from reportgen.figures.declared import Agreement, Calculation, Fact, agreements, declared_figures
    from reportgen.figures.declared_grids import declared_grids
    from reportgen.figures.projection import too_few
    from reportgen.figures.shares import unfit_shares
    from reportgen.trace import Found, given

    settings, meeting, place = loaded.settings, loaded.meeting, Place(loaded.settings_file)
    when = Circumstances(
        loaded.month, meeting.meeting_date, loaded.as_at, loaded.meeting_file, settings.weeks_in_year, compared,
        settings.projection.asked if settings.projection else None,
    )  # fmt: skip
    found = compute_all(tables, when)
    date = given(meeting.meeting_date, Unit.DATE, f"{loaded.meeting_file}, meeting_date")
    known = {**found.figures, "meeting_date": replace(date, name="meeting_date")}
    facts = {
        name: Fact(f.fact, loaded.period(f.as_at), f.column, f.stated, f.comparator)
        for name, f in settings.facts.items()
    }
    calculations = {
        name: Calculation(operation, parts, calculation.unit)
        for name, calculation in settings.calculate.items()
        for operation, parts in calculation.operations.items()
    }
    key_facts, day = tables.get("key_facts"), loaded.as_at.get("key_facts")
    declared, problems = declared_figures(facts, calculations, key_facts, known, place, day)
    known |= declared
    stated = [Agreement(a.stated, a.computed, a.what) for a in settings.agree]
    claims, more = agreements(stated, known, place) if not problems else ([], [])
    more += [*unfit_shares(calculations, declared, place), *too_few(found, place)]
    failed = {*facts, *calculations} - set(declared)
    grids, unmade = declared_grids(_declared_grids(loaded), known, found.grids, failed)
    complete = Found(known, {**found.grids, **grids}, (*found.claims, *claims))
    return complete, [*problems, *more, *unmade]


def _key_figures(loaded: Loaded, found: Found) -> list[Problem]:
    """A problem for each figure that the paper's letters are to tell and that there isn't."""
    from reportgen.trace import catalogue

    named = loaded.settings.mail.key_figures if loaded.settings.mail else {}
    known = catalogue(found) if named else {}
    return [
        Problem(
            "unknown-figure", loaded.paper_file.place("mail", "key_figures", label), "the name of a figure",
            f'"{name}"', did_you_mean(name, known).strip() or "reportgen trace lists them.",
        )
        for label, name in named.items()
        if name not in known
    ]  # fmt: skip


def _declared_grids(loaded: Loaded) -> list[DeclaredGrid]:
    """The grids that a paper's settings put together, each row with its line."""
    from reportgen.figures.declared_grids import DeclaredGrid, DeclaredRow
    from reportgen.settings import LABELS
    from reportgen.trace import Head

    found, file = [], loaded.paper_file
    for number, grid in enumerate(loaded.settings.grids):
        rows = tuple(
            DeclaredRow(row.label, row.cells, file.place("grid", number, "rows", at), row.kind)
            for at, row in enumerate(grid.rows)
        )
        labels, place = Head(LABELS, grid.heading, Unit.TEXT, is_label=True), file.place("grid", number, "name")
        found.append(DeclaredGrid(grid.name, labels, grid.columns, rows, place, grid.missing))
    return found


def _document(loaded: Loaded, found: Found, house: House) -> tuple[Document | None, list[Problem]]:
    from reportgen.present.document import compose
    from reportgen.publishing import sources_of

    with _DRAWING:
        return compose(sources_of(loaded, house), found)


def _public(loaded: Loaded, found: Found, house: House) -> Public | None:
    """The public edition of a paper that anybody may see."""
    from reportgen.publishing import publish

    with _DRAWING:
        return publish(loaded, house, found) if loaded.settings.public else None


def _accepted(loaded: Loaded | None, problems: list[Problem], complete: bool) -> list[Problem]:
    """The problems, those that the meeting's settings accept marked, with what is wrong with the acceptances."""
    from reportgen.accepting import accept, accepting

    if loaded is None or not loaded.meeting.accept:
        return problems
    file = loaded.meeting_toml
    written = [
        accepting(a.code, a.place, a.who, a.why, file.place("accept", number))
        for number, a in enumerate(loaded.meeting.accept)
    ]
    return accept(problems, written, complete)


def _closing(checked: Checked, document: Document, problems: list[Problem]) -> Document:
    """The document with the note on what was accepted, where the paper's settings say so."""
    from reportgen.present.accepted import with_note

    wanted = checked.loaded is not None and checked.loaded.settings.acceptances_note
    return with_note(document, in_order(problems), checked.house) if wanted else document


def _cleared(checked: Checked) -> tuple[Checked, list[Problem]]:
    """The check with the fingerprint of its document, the clearances that hold, and these put into its words."""
    from reportgen.present.cleared import cleared
    from reportgen.present.fingerprint import fingerprint

    loaded, document, figures, public = checked.loaded, checked.document, checked.figures, checked.public
    if loaded is None or document is None or figures is None:
        return checked, []
    own = fingerprint(document, figures, checked.house)
    if public and public.document and public.figures is not None:
        own = fingerprint(public.document, public.figures, checked.house, full=own)
    roles = clearances.states(loaded.settings.clearance, loaded.clearances, own)
    notes = clearances.doubts(loaded.clearances_text, roles, loaded.clearances)
    if public and public.document:
        public = replace(public, document=cleared(public.document, roles, checked.house))
    document = cleared(document, roles, checked.house)
    return replace(checked, document=document, fingerprint=own, roles=roles, public=public), notes


def _typed_numbers(loading: Loading) -> list[Problem]:
    """What can be said of the texts although there are no figures to put into them."""
    from reportgen.present.lint import lint

    return [p for text in loading.texts for p in lint(text.text, Place(text.file), loading.constants, text.first_line)]
