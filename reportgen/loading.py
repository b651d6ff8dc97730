"""A paper's settings and texts for a month, before any workbook is read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reportgen.cells.dates import month_end
from reportgen.cells.kinds import parse_period
from reportgen.cells.words import nearest
from reportgen.model import Place, Problem, Text
from reportgen.settings import OPERATIONS, Authority, MeetingSettings, PaperSettings, WorkspaceSettings, load
from reportgen.workspace import PaperRef, Workspace

OUTSIDE_TEMPLATES = ("workspace", "meeting", "commentary")


@dataclass(frozen=True)
class Loaded:
    """A paper's settings and texts for a month; `files` holds the bytes of what lies outside the templates."""

    ref: PaperRef
    month: str
    authority: Authority
    settings: PaperSettings
    meeting: MeetingSettings
    paper: Text
    passages: dict[str, Text]
    settings_file: str
    meeting_file: str
    files: dict[str, bytes]

    @property
    def as_at(self) -> dict[str, dt.date]:
        """The day that each dataset stands at: the month's last day unless the meeting's settings say otherwise."""
        last = month_end(*map(int, self.month.split("-")))
        default = dt.date(last.year, last.month, last.day)
        return {name: self.meeting.as_at.get(name, default) for name in self.settings.datasets}

    @property
    def texts(self) -> tuple[Text, ...]:
        """The Markdown files that numbers could be typed into."""
        return (self.paper, *self.passages.values())

    @property
    def constants(self) -> tuple[str, ...]:
        """The words with numbers that the settings allow in texts."""
        return (*self.settings.constants, *self.meeting.constants)


@dataclass(frozen=True)
class Loading:
    """What loading came to: a paper whole, or as much of its settings as is sound, and every problem."""

    loaded: Loaded | None
    settings: PaperSettings | None
    problems: list[Problem]


def load_paper(workspace: Workspace, ref: PaperRef, month: str) -> Loading:
    """A paper's settings and texts with everything that is wrong with them."""
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
    settings, settings_problems = load(PaperSettings, paths["paper"], names["paper"])
    meeting, meeting_problems = load(MeetingSettings, paths["meeting"], names["meeting"])
    words, words_problems = _read_text(paths["words"], names["words"])
    commentary, commentary_problems = _read_text(paths["commentary"], names["commentary"], required=False)
    passages, passage_problems = split_passages(names["commentary"], commentary or "")
    problems += settings_problems + meeting_problems + words_problems + commentary_problems + passage_problems
    if settings:
        problems += _paper_problems(settings, names["paper"])
    authority = general.authorities.get(ref.authority) if general else None
    if general and not authority:
        expected, remedy = f"a section [authorities.{ref.authority}]", "Add it with the authority's name."
        problems.append(Problem("unknown-authority", Place(names["workspace"]), expected, "none", remedy))
    if authority is None or settings is None or meeting is None or words is None or commentary is None:
        return Loading(None, settings, problems)
    problems += _unknown_datasets(meeting.as_at, names["meeting"])
    outside = (key for key in OUTSIDE_TEMPLATES if paths[key].is_file())
    files = {names[key]: paths[key].read_bytes() for key in outside}
    loaded = Loaded(
        ref, month, authority, settings, meeting, Text(names["words"], words), passages, names["paper"],
        names["meeting"], files,
    )  # fmt: skip
    return Loading(loaded, settings, problems)


def _read_text(path: Path, name: str, required: bool = True) -> tuple[str | None, list[Problem]]:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"), []
    except FileNotFoundError:
        if not required:
            return "", []
        return None, [Problem("missing-file", Place(name), "the paper's words", "no file", "Write them in Markdown.")]
    except (OSError, UnicodeDecodeError):
        remedy = "Save it again as UTF-8 text."
        return None, [Problem("unreadable-file", Place(name), "a text file in UTF-8", "another", remedy)]


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
        expected = "a heading such as ## progress above each passage"
        problems.append(Problem("passage-without-name", Place(file, line=1), expected, "words before the first", remedy))
    passages: dict[str, Text] = {}
    for i, (start, name) in enumerate(heads):
        body = lines[start + 1 : heads[i + 1][0] if i + 1 < len(heads) else len(lines)]
        blank = next((n for n, line in enumerate(body) if line.strip()), 0)
        if name in passages:
            place = Place(file, line=start + 1)
            problems.append(Problem("repeated-passage", place, "each passage once", f'"{name}" again', "Join them."))
        passages[name] = Text(file, "\n".join(body[blank:]).rstrip(), start + 2 + blank)
    return passages, problems


def _unknown_datasets(names: Iterable[str], file: str) -> list[Problem]:
    from reportgen.datasets import all_datasets

    problems = []
    for name in dict.fromkeys(names):
        if name not in all_datasets():
            guess = nearest(name, all_datasets(), 0.6)
            remedy = f'Did you mean "{guess}"?' if guess else "docs/datasets.md lists them."
            problems.append(Problem("unknown-dataset", Place(file), "a known dataset", f'"{name}"', remedy))
    return problems


def _paper_problems(settings: PaperSettings, file: str) -> list[Problem]:
    """What is wrong with a well-formed paper.toml: names that are unknown or stand twice, periods that are none."""
    problems = _unknown_datasets([*settings.datasets, *settings.sheets], file)
    for name, fact in settings.facts.items():
        try:
            parse_period(fact.as_at)
        except ValueError:
            remedy = "Write 2016-05, 2016-05-31, 2020 or 2016/17."
            expected = f'a period for the fact "{name}"'
            problems.append(Problem("bad-setting", Place(file), expected, f'"{fact.as_at}"', remedy))
    for name, calculation in settings.calculate.items():
        if len(calculation.operations) != 1:
            expected = f'one of {", ".join(OPERATIONS)} for "{name}"'
            problems.append(Problem("bad-setting", Place(file), expected, "none or several", "Keep one."))
    names = [exhibit.name for exhibit in settings.exhibits]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        expected = "a name of its own for each exhibit"
        problems.append(Problem("repeated-exhibit", Place(file), expected, f'"{name}" again', "Rename one."))
    return problems
