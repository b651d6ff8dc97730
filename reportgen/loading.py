"""A paper's settings and texts for a month, before any workbook is read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reportgen import clearances, tomlfile
from reportgen.cells.characters import REMEDY, UNPRINTABLE, named, unprintable
from reportgen.cells.dates import month_end
from reportgen.cells.kinds import parse_period
from reportgen.cells.words import nearest, plain
from reportgen.model import Clearance, Place, Problem, Text
from reportgen.settings import (
    LABELS,
    OPERATIONS,
    REPORTING_MONTH,
    Authority,
    GridSettings,
    MeetingSettings,
    PaperSettings,
    WorkspaceSettings,
)
from reportgen.tomlfile import Settings, TomlFile
from reportgen.workspace import PaperRef, Workspace


@dataclass(frozen=True)
class Loaded:
    """A paper's settings and texts for a month.

    `contents` holds the paper's and the meeting's settings and its clearances as they are written, `files` the bytes of
    what lies outside the templates, both by the file's name.
    """

    ref: PaperRef
    month: str
    authority: Authority
    settings: PaperSettings
    meeting: MeetingSettings
    paper: Text
    passages: dict[str, Text]
    settings_file: str
    meeting_file: str
    contents: dict[str, str]
    files: dict[str, bytes]
    clearances: tuple[Clearance, ...] = ()
    clearances_file: str = ""

    @property
    def clearances_text(self) -> Text:
        """The clearances as they are written."""
        return Text(self.clearances_file, self.contents.get(self.clearances_file, ""))

    @property
    def general_file(self) -> TomlFile:
        """The settings that hold for all papers, as a file that tells the line of each."""
        name = next(name for name in self.files if name.endswith("reportgen.toml"))
        return tomlfile.parse(Text(name, self.files[name].decode("utf-8-sig").replace("\r\n", "\n")))[0]

    @property
    def meeting_toml(self) -> TomlFile:
        """The meeting's settings as a file that tells the line of each."""
        return tomlfile.parse(Text(self.meeting_file, self.contents[self.meeting_file]))[0]

    @property
    def last_day(self) -> dt.date:
        """The month's last day."""
        last = month_end(*map(int, self.month.split("-")))
        return dt.date(last.year, last.month, last.day)

    @property
    def as_at(self) -> dict[str, dt.date]:
        """The day that each dataset stands at: the month's last day unless the meeting's settings say otherwise."""
        return {name: self.meeting.as_at.get(name, self.last_day) for name in self.settings.datasets}

    def period(self, as_at: str) -> dt.date | str:
        """The time of a fact, as the settings write it."""
        return parse_period(self.month if as_at == REPORTING_MONTH else as_at)

    @property
    def paper_file(self) -> TomlFile:
        """The paper's settings as a file that tells the line of each."""
        return tomlfile.parse(Text(self.settings_file, self.contents[self.settings_file]))[0]


@dataclass(frozen=True)
class Loading:
    """What loading came to: a paper whole, or what of its settings and texts is sound; and every problem.

    `style` is the authority's own style sheet.
    """

    loaded: Loaded | None
    settings: PaperSettings | None
    problems: list[Problem]
    texts: tuple[Text, ...] = ()
    constants: tuple[str, ...] = ()
    style: Text = field(default_factory=lambda: Text("", ""))


@dataclass(frozen=True)
class _File:
    """A text file as read, once: its bytes are None where there is none or it can't be read."""

    name: str
    content: bytes | None
    text: str = ""
    problems: list[Problem] = field(default_factory=list)

    def settings(self, model: type[tomlfile.Model]) -> Settings[tomlfile.Model]:
        """The file's settings, or the problems that it has as a file or in its settings."""
        if self.problems:
            return Settings(TomlFile(self.name, "", {}), None, self.problems)
        return tomlfile.load(model, Text(self.name, self.text))


def load_settings(workspace: Workspace, path: Path, model: type[tomlfile.Model]) -> Settings[tomlfile.Model]:
    """The settings of one file, or every problem that it has, that it isn't there among them."""
    return _read(workspace, path, "Write it: docs/new-paper.md says what it holds.").settings(model)


def load_paper(workspace: Workspace, ref: PaperRef, month: str) -> Loading:
    """A paper's settings and texts with everything that is wrong with them."""
    templates, own = workspace.paper_folder(ref), workspace.month_folder(ref, month)
    general_file = _read(workspace, workspace.settings_file, "Write it: a section for each authority, with its name.")
    paper_file = _read(workspace, templates / "paper.toml", "The README says what it holds.")
    meeting_file = _read(workspace, own / "meeting.toml", "Copy the last month's and change it.")
    words = _read(workspace, templates / "paper.md", "Write the paper's words, in Markdown.")
    style = _read(workspace, workspace.template(f"templates/{ref.authority}/house.css"))
    commentary, cleared = _read(workspace, own / "commentary.md"), _read(workspace, own / clearances.FILE)
    general, paper = general_file.settings(WorkspaceSettings), paper_file.settings(PaperSettings)
    meeting = meeting_file.settings(MeetingSettings)
    passages, passage_problems = split_passages(commentary.name, commentary.text)
    given, clearance_problems = clearances.parse(Text(cleared.name, cleared.text))
    problems = [*general.problems, *paper.problems, *meeting.problems, *words.problems, *style.problems]
    problems += [*commentary.problems, *passage_problems, *cleared.problems, *clearance_problems]
    problems += [*_names_unknown(general, paper, meeting, ref), *_after_meeting(meeting), *_roles(paper, meeting)]
    problems += [p for file in (paper_file, meeting_file, words, commentary) for p in _characters(file)]
    texts = (Text(words.name, words.text), *passages.values())
    constants = (*paper.file.words("constants"), *meeting.file.words("constants"))
    loaded, told = None, (paper_file, meeting_file, *([cleared] if cleared.content else []))
    if general.values and paper.values and meeting.values and not problems:
        outside = (general_file, meeting_file, commentary, cleared)
        loaded = Loaded(
            ref, month, _authority(general.values, paper.values, ref), paper.values, meeting.values, texts[0], passages,
            paper_file.name, meeting_file.name, {f.name: f.text for f in told},
            {f.name: f.content for f in outside if f.content is not None}, given, cleared.name,
        )  # fmt: skip
    return Loading(loaded, paper.values, problems, texts, constants, Text(style.name, style.text))


def _authority(general: WorkspaceSettings, paper: PaperSettings, ref: PaperRef) -> Authority:
    """The paper's authority, under the name that the paper's own settings give it, if they do."""
    authority = general.authorities[ref.authority]
    return authority.model_copy(update={"name": paper.authority}) if paper.authority else authority


def _read(workspace: Workspace, path: Path, absent: str = "") -> _File:
    """A text file in UTF-8. Where it isn't there that is a problem with the remedy `absent`, if one is given."""
    name = workspace.name(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        problem = Problem("missing-file", Place(name), "the file", "none", absent)
        return _File(name, None, problems=[problem] if absent else [])
    except OSError as failed:
        found = f"one that can't be opened ({failed.strerror})"
        problem = Problem("unreadable-file", Place(name), "a text file", found, "Move it away or allow it to be read.")
        return _File(name, None, problems=[problem])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        place = Place(name, line=content.count(b"\n", 0, wrong.start) + 1)
        found, remedy = "a character in another encoding", "Save it again as text in UTF-8."
        return _File(name, None, problems=[Problem("not-utf-8", place, "text in UTF-8", found, remedy)])
    return _File(name, content, text.replace("\r\n", "\n"))


def _characters(file: _File) -> Iterator[Problem]:
    """A problem for each line with a character that the paper can't print."""
    for number, line in enumerate(file.text.split("\n"), 1):
        if character := unprintable(line):
            expected = "characters that the paper can print"
            yield Problem(UNPRINTABLE, Place(file.name, line=number), expected, named(character), REMEDY)


def _after_meeting(meeting: Settings[MeetingSettings]) -> list[Problem]:
    """Days of data that come after the meeting that is to hear of them."""
    if meeting.values is None:
        return []
    held = meeting.values.meeting_date
    expected, remedy = f"a day before the meeting on {held:%d/%m/%Y}", "Correct it, or meeting_date."
    return [
        Problem("as-at-after-meeting", meeting.file.place("as_at", name), expected, f"{day:%d/%m/%Y}", remedy)
        for name, day in meeting.values.as_at.items()
        if day > held
    ]


def _roles(paper: Settings[PaperSettings], meeting: Settings[MeetingSettings]) -> list[Problem]:
    """Roles that are to clear the paper twice, and implications of a role that doesn't clear it, or told twice."""
    if paper.values is None:
        return []
    known, problems = paper.values.clearance, []
    for role in dict.fromkeys(role for at, role in enumerate(known) if role in known[:at]):
        place, expected = paper.file.place("clearance"), "each role once"
        problems.append(Problem("repeated-role", place, expected, f'"{role}" again', "Take one out."))
    for number, item in enumerate(meeting.values.implications if meeting.values else ()):
        place = meeting.file.place("implications", number, "role")
        if item.role and item.role not in known:
            guess = nearest(item.role, known, 0.6)
            remedy = f'Did you mean "{guess}"?' if guess else "Name it in paper.toml, under clearance."
            expected = "a role that clears the paper"
            problems.append(Problem("unknown-role", place, expected, f'"{item.role}"', remedy))
        elif item.role and item.verified_by:
            remedy = "With role, who cleared the paper for it is printed; with verified_by, these words."
            expected = f'role or verified_by for "{item.heading}"'
            problems.append(Problem("bad-setting", place, expected, "both", f"{remedy} Take one out."))
    return problems


_PASSAGE = re.compile(r"^##\s+(.+?)\s*$")
_REMARK = re.compile(r"<!--.*?-->|^# .*$", re.DOTALL | re.MULTILINE)


def split_passages(file: str, text: str) -> tuple[dict[str, Text], list[Problem]]:
    """The named passages of a commentary: each `## name` begins one.

    Problems for a name that stands twice and for words before the first; a title and remarks may stand there.
    """
    lines = text.splitlines()
    heads = [(number, match[1]) for number, line in enumerate(lines) if (match := _PASSAGE.match(line))]
    problems = []
    before = "\n".join(lines[: heads[0][0]] if heads else lines)
    if _REMARK.sub("", before).strip():
        remedy = "Put the words under a heading, or take them out: they would not be printed."
        place, expected = Place(file, line=1), "a heading such as ## progress above each passage"
        problems.append(Problem("passage-without-name", place, expected, "words before the first", remedy))
    passages: dict[str, Text] = {}
    for i, (start, name) in enumerate(heads):
        body = lines[start + 1 : heads[i + 1][0] if i + 1 < len(heads) else len(lines)]
        blank = next((n for n, line in enumerate(body) if line.strip()), 0)
        if name in passages:
            place = Place(file, line=start + 1)
            problems.append(Problem("repeated-passage", place, "each passage once", f'"{name}" again', "Join them."))
        passages[name] = Text(file, "\n".join(body[blank:]).rstrip(), start + 2 + blank)
    return passages, problems


def _names_unknown(
    general: Settings[WorkspaceSettings],
    paper: Settings[PaperSettings],
    meeting: Settings[MeetingSettings],
    ref: PaperRef,
) -> list[Problem]:
    """What well-formed settings name that isn't there: the authority, datasets; and what paper.toml contradicts."""
    problems = _paper_problems(paper.values, paper.file) if paper.values else []
    if meeting.values:
        problems += _unknown_datasets(((name, ("as_at", name)) for name in meeting.values.as_at), meeting.file)
    if general.values and ref.authority not in general.values.authorities:
        guess = nearest(ref.authority, general.values.authorities, 0.6)
        found, remedy = "none", "Add it, with the authority's name."
        if guess:
            found, remedy = f"[authorities.{guess}]", "It must be named as the authority's folder of templates."
        place = general.file.place("authorities", guess)
        problems.append(Problem("unknown-authority", place, f"a section [authorities.{ref.authority}]", found, remedy))
    return problems


def _unknown_datasets(named: Iterable[tuple[str, tomlfile.Path]], file: TomlFile) -> list[Problem]:
    """A problem for each dataset that there isn't, by its name and the setting that names it."""
    from reportgen.datasets import all_datasets

    problems = []
    for name, keys in named:
        if name not in all_datasets():
            guess = nearest(name, all_datasets(), 0.6)
            remedy = f'Did you mean "{guess}"?' if guess else "docs/datasets.md lists them."
            problems.append(Problem("unknown-dataset", file.place(*keys), "a known dataset", f'"{name}"', remedy))
    return problems


def _paper_problems(settings: PaperSettings, file: TomlFile) -> list[Problem]:
    """What is wrong with a well-formed paper.toml: names that are unknown or stand twice, periods that are none."""
    named = [*((n, ("datasets",)) for n in settings.datasets), *((n, ("sheets", n)) for n in settings.sheets)]
    problems = _unknown_datasets(named, file)
    for name, fact in settings.facts.items():
        if fact.as_at == REPORTING_MONTH:
            continue
        try:
            parse_period(fact.as_at)
        except ValueError:
            place, expected = file.place("facts", name, "as_at"), f'a period for the fact "{name}"'
            remedy = f'Write 2016-05, 2016-05-31, 2020 or 2016/17, or "{REPORTING_MONTH}": the reporting month.'
            problems.append(Problem("bad-setting", place, expected, f'"{fact.as_at}"', remedy))
    for name, calculation in settings.calculate.items():
        if len(calculation.operations) != 1:
            place, expected = file.place("calculate", name), f'one of {", ".join(OPERATIONS)} for "{name}"'
            found = " and ".join(calculation.operations) or "none"
            problems.append(Problem("bad-setting", place, expected, found, "Keep one."))
    for sort, named_so in (("exhibit", settings.exhibits), ("grid", settings.grids)):
        names = [each.name for each in named_so]
        for number, name in enumerate(names):
            if name in names[:number]:
                place, expected = file.place(sort, number, "name"), f"a name of its own for each {sort}"
                problems.append(Problem(f"repeated-{sort}", place, expected, f'"{name}" again', "Rename one."))
    for number, grid in enumerate(settings.grids):
        problems += _grid_problems(grid, number, file)
    return problems


def _grid_problems(grid: GridSettings, number: int, file: TomlFile) -> list[Problem]:
    """What is wrong with a declared grid: a column's key that is taken, labels, cells of a column that it has not."""
    problems = []
    if LABELS in grid.columns:
        place, expected = file.place("grid", number, "columns"), f'keys of columns other than "{LABELS}"'
        remedy = "The column of the rows' labels has that key: give this one another."
        problems.append(Problem("name-taken", place, expected, f'"{LABELS}"', remedy))
    seen: set[str] = set()
    for at, row in enumerate(grid.rows):
        place = file.place("grid", number, "rows", at)
        if plain(row.label) in seen:
            expected = f'a label of its own for each row of the grid "{grid.name}"'
            problems.append(Problem("repeated-label", place, expected, f'"{row.label}" again', "Reword one."))
        if "{{" in row.label or "{%" in row.label:
            expected = f'plain words as the label of a row of the grid "{grid.name}"'
            problems.append(Problem("bad-setting", place, expected, f'"{row.label}"', "Figures stand in cells."))
        seen.add(plain(row.label))
        for key in row.cells:
            if key not in grid.columns:
                guess = nearest(key, grid.columns, 0.6)
                remedy = f'Did you mean "{guess}"?' if guess else f"There is: {', '.join(grid.columns)}."
                expected = f'a column of the grid "{grid.name}"'
                problems.append(Problem("unknown-column", place, expected, f'"{key}"', remedy))
    return problems
