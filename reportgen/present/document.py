"""A paper as a document: its front sheet, its words in numbered paragraphs, its exhibits in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.cells.words import nearest
from reportgen.exhibits import kinds
from reportgen.exhibits.views import Exhibit, Spec
from reportgen.model import Place, Problem, Severity, Text, Unit
from reportgen.present.lint import lint
from reportgen.present.shown import Names, Shown, UnknownName, show
from reportgen.present.words import (
    Placeholders,
    TextError,
    Words,
    environment,
    fill_in,
    inline_html,
    numbered_html,
    plain_text,
    split_exhibits,
)
from reportgen.settings import ExhibitSettings, MeetingSettings, PaperSettings
from reportgen.trace import Found
from reportgen.wording import House


@dataclass(frozen=True)
class Sources:
    """What a document is made from besides its figures."""

    settings: PaperSettings
    meeting: MeetingSettings
    authority: str
    house: House
    month: str
    as_at: Mapping[str, dt.date]
    paper: Text
    passages: Mapping[str, Text]
    settings_file: str
    meeting_file: str


@dataclass(frozen=True)
class Numbered:
    """An exhibit in its place: its key, its label such as Table 3, and its anchor."""

    key: str
    label: str
    exhibit: Exhibit

    @property
    def anchor(self) -> str:
        """The id that links to the exhibit point to."""
        return f"exhibit-{self.key}"


@dataclass(frozen=True)
class Document:
    """A finished paper before it is laid out. `blocks` are ("html", …) or ("exhibit", key), in reading order."""

    title: str
    subject: str
    author: str
    language: str
    authority: str
    committee: str
    meeting_date: dt.date
    month: str
    data_date: str
    front: tuple[tuple[str, str], ...]
    blocks: tuple[tuple[str, str], ...]
    exhibits: Mapping[str, Numbered]
    printed: Mapping[str, str] = field(default_factory=dict)


class Composer:
    """Puts one document together: its texts share placeholders, names and the exhibits called for."""

    def __init__(self, sources: Sources, found: Found) -> None:
        self.sources, self.found = sources, found
        self.problems: list[Problem] = []
        self.placeholders = Placeholders()
        self.called: dict[int, str] = {}
        self.references: dict[int, str] = {}
        self.calls: dict[str, tuple[ExhibitSettings, str]] = {}
        self.used: set[str] = set()
        self.specs = {spec.name: spec for spec in sources.settings.exhibits}
        self.env = environment(self.placeholders, {})
        self.env.globals.update(self._names())

    def _names(self) -> dict[str, Any]:
        house = self.sources.house
        figures = {name: show(figure, house) for name, figure in self.found.figures.items()}
        dates = {name: Shown("", day, Unit.DATE, house=house) for name, day in self.sources.as_at.items()}
        return {
            "fig": Names("figure", figures),
            "dates": Names("date", dates),
            "rows": self._rows,
            "groups": self._groups,
            "exhibit": self._exhibit,
            "ref": self._ref,
            "passage": self._passage,
            "paper": Names(
                "setting", {"title": self.sources.settings.title, "authority": self.sources.authority}
            ),
        }

    def _rows(self, name: str) -> list[dict[str, Any]]:
        """A grid's body rows as records of figures by column, each with its group."""
        if name not in self.found.grids:
            raise UnknownName("grid", name, tuple(self.found.grids))
        grid = self.found.grids[name]
        return [
            {
                "group": row.group,
                **{
                    head.key: show(figure, self.sources.house)
                    for head, figure in zip(grid.heads, row.cells, strict=True)
                },
            }
            for row in grid.rows
            if row.kind == "body"
        ]

    def _groups(self, name: str) -> list[str]:
        return list(dict.fromkeys(row["group"] for row in self._rows(name)))

    def _exhibit(self, name: str, group: str = "") -> Words:
        """The place of an exhibit, made now; one that is split by group takes the group."""
        if name not in self.specs:
            raise UnknownName("exhibit", name, tuple(self.specs))
        key = f"{name}-{group}" if group else name
        if self.specs[name].grid not in self.found.grids:
            raise UnknownName("grid", self.specs[name].grid, tuple(self.found.grids))
        if self.specs[name].kind not in kinds():
            raise UnknownName("kind of exhibit", self.specs[name].kind, tuple(kinds()))
        self.used.add(name)
        mark = self.placeholders.put(key)
        self.called[len(self.placeholders.values) - 1] = key
        self.calls[key] = (self.specs[name], group)
        return Words(f"\n\n{mark}\n\n")

    def make(self, key: str) -> Exhibit | None:
        """The exhibit that a text called for; None, with a problem, where its settings don't fit its grid."""
        settings, group = self.calls[key]
        grid, place = self.found.grids[settings.grid], Place(self.sources.settings_file)
        unknown = [column for column in settings.columns if column not in {head.key for head in grid.heads}]
        if unknown:
            known = ", ".join(head.key for head in grid.heads)
            self.problems.append(
                Problem(
                    "unknown-column",
                    place,
                    f'columns of the grid {grid.name} in the exhibit "{settings.name}" ({known})',
                    f'"{unknown[0]}"',
                )
            )
            return None
        try:
            spec = Spec(
                key,
                settings.kind,
                settings.grid,
                self._plain(settings.title, group=group),
                settings.columns,
                settings.money,
                tuple(self._plain(note, group=group) for note in settings.notes),
                settings.split_by_group,
                settings.landscape,
                settings.options,
            )
        except TextError as wrong:
            self.problems.append(
                Problem(
                    "bad-text",
                    place,
                    f'{wrong.expected} in the exhibit "{settings.name}"',
                    wrong.found,
                    wrong.remedy,
                )
            )
            return None
        return kinds()[settings.kind](spec, grid.only(group) if group else grid, self.sources.house)

    def _plain(self, text: str, **names: Any) -> str:
        template_env = self.env.overlay()
        template_env.globals = {**self.env.globals, **names}
        return plain_text(self.placeholders, fill_in(template_env, text))

    def _ref(self, name: str, group: str = "") -> Words:
        """A link to an exhibit, by its label; the label is known when all exhibits stand in order."""
        if name not in self.specs:
            raise UnknownName("exhibit", name, tuple(self.specs))
        key = f"{name}-{group}" if group else name
        mark = self.placeholders.put(key)
        self.references[len(self.placeholders.values) - 1] = key
        return Words(f"[{mark}](#exhibit-{key})")

    def _passage(self, name: str) -> Words:
        """A passage of the month's commentary, its Jinja carried out."""
        if name not in self.sources.passages:
            raise UnknownName("passage", name, tuple(self.sources.passages))
        self.used.add(f"passage {name}")
        passage = self.sources.passages[name]
        return Words(self.fill(passage) or "")

    def fill(self, text: Text) -> str | None:
        """A text with its Jinja carried out; None, with a problem, where it can't be."""
        try:
            return fill_in(self.env, text.text)
        except TextError as wrong:
            line = text.first_line + wrong.line - 1 if wrong.line and text.first_line else 0
            self.problems.append(
                Problem("bad-text", Place(text.file, line=line), wrong.expected, wrong.found, wrong.remedy)
            )
            return None


def compose(sources: Sources, found: Found) -> tuple[Document | None, list[Problem]]:
    """The document, or None, with every problem of its texts."""
    composer = Composer(sources, found)
    meeting = _meeting(composer)
    composer.env.globals["meeting"] = meeting
    filled = composer.fill(sources.paper)
    front = _front(composer)
    made = {key: composer.make(key) for key in composer.calls}
    problems = composer.problems + _linted(sources) + _unused(composer)
    if filled is None or any(p.severity is Severity.ERROR for p in problems):
        return None, problems
    try:
        rendered = numbered_html(composer.placeholders, filled)
    except TextError as wrong:
        return None, [
            *problems,
            Problem("bad-text", Place(sources.paper.file), wrong.expected, wrong.found, wrong.remedy),
        ]
    blocks = split_exhibits(rendered, composer.called)
    exhibits = _numbered(made, [key for kind, key in blocks if kind == "exhibit"])
    for number, key in composer.references.items():
        composer.placeholders.values[number] = exhibits[key].label if key in exhibits else key
    blocks = [(kind, composer.placeholders.fill(text) if kind == "html" else text) for kind, text in blocks]
    return _document(sources, front, blocks, exhibits, composer.placeholders), problems


def _document(
    sources: Sources,
    front: list[tuple[str, str]],
    blocks: list[tuple[str, str]],
    exhibits: dict[str, Numbered],
    placeholders: Placeholders,
) -> Document:
    settings, meeting = sources.settings, sources.meeting
    latest = max(sources.as_at.values(), default=meeting.meeting_date)
    return Document(
        settings.title,
        settings.subject,
        settings.author,
        settings.language,
        sources.authority,
        meeting.committee,
        meeting.meeting_date,
        sources.month,
        str(Shown("", latest, Unit.DATE, house=sources.house)),
        tuple(front),
        tuple(blocks),
        exhibits,
        dict(placeholders.printed),
    )


def _meeting(composer: Composer) -> Names:
    """The meeting's settings for templates, texts with their Jinja carried out."""
    sources = composer.sources
    meeting, file = sources.meeting, sources.meeting_file

    def words(text: str) -> Words:
        return Words(composer.fill(Text(file, text, 0)) or "")

    date = Shown("", meeting.meeting_date, Unit.DATE, house=sources.house)
    return Names(
        "setting of the meeting",
        {
            "committee": meeting.committee,
            "date": date,
            "recommendation": words(meeting.recommendation),
            "details": Names(
                "detail of the meeting", {key: words(text) for key, text in meeting.details.items()}
            ),
            "officers": [officer.model_dump() for officer in meeting.officers],
            "implications": [
                {"heading": item.heading, "text": words(item.text)} for item in meeting.implications
            ],
            "sources": [source.model_dump() for source in meeting.sources],
        },
    )


def _front(composer: Composer) -> list[tuple[str, str]]:
    file = composer.sources.settings_file
    terms = []
    for term, text in composer.sources.settings.front_sheet.items():
        filled = composer.fill(Text(file, text, 0))
        if filled is not None:
            parts = [
                inline_html(composer.placeholders, part)
                for part in filled.strip().split("\n\n")
                if part.strip()
            ]
            terms.append((term, "<br>".join(parts)))
    return terms


def _linted(sources: Sources) -> list[Problem]:
    """Numbers typed by hand, in all the paper's texts."""
    meeting = sources.meeting
    constants = (*sources.settings.constants, *meeting.constants)
    texts = [
        sources.paper,
        *sources.passages.values(),
        Text(sources.meeting_file, meeting.recommendation, 0),
        *(Text(sources.meeting_file, item.text, 0) for item in meeting.implications),
    ]
    return [
        problem for text in texts for problem in lint(text.text, Place(text.file), constants, text.first_line)
    ]


def _unused(composer: Composer) -> list[Problem]:
    """Exhibits and passages that no text calls for."""
    if composer.problems:
        return []
    spare = [
        Problem(
            "unused-exhibit",
            Place(composer.sources.settings_file),
            f'the exhibit "{name}" in paper.md',
            "it nowhere",
            f'Call {{{{ exhibit("{name}") }}}} where it is to stand, or take it out.',
            Severity.WARNING,
        )
        for name in composer.specs
        if name not in composer.used
    ]
    for name, text in composer.sources.passages.items():
        if f"passage {name}" not in composer.used:
            guess = nearest(name, composer.sources.passages, 0.6)
            spare.append(
                Problem(
                    "unused-passage",
                    Place(text.file, line=max(text.first_line - 1, 1)),
                    "passages that the paper calls for",
                    f'"{name}"',
                    f'Did you mean "{guess}"?'
                    if guess and guess != name
                    else "It isn't printed: take it out or rename it.",
                    Severity.WARNING,
                )
            )
    return spare


def _numbered(made: Mapping[str, Exhibit | None], order: list[str]) -> dict[str, Numbered]:
    """The exhibits with their labels, tables and charts counted apart, in order of their first appearance."""
    numbered: dict[str, Numbered] = {}
    counts = {"Table": 0, "Figure": 0}
    for key in dict.fromkeys(order):
        if exhibit := made[key]:
            sort = "Figure" if exhibit.is_chart else "Table"
            counts[sort] += 1
            numbered[key] = Numbered(key, f"{sort} {counts[sort]}", exhibit)
    return numbered
