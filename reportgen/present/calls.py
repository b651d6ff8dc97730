"""What the texts of a paper can call: figures, dates, grids' rows, passages, exhibits and references to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from reportgen.model import Place, Problem, Text, Unit
from reportgen.present.faults import TextError, UnknownName
from reportgen.present.placeholders import OPEN, Placeholders, Words, clearance_mark
from reportgen.present.shown import Names, Shown, show
from reportgen.present.sources import Sources, line_place
from reportgen.present.templates import Named, carried_out, environment, faults, parsed
from reportgen.trace import Found
from reportgen.wording import printable

MOST_CELLS = 8  # that a problem names besides the first


class Texts:
    """The texts of one document as they are filled in: what they share, and what they called for.

    `called` and `referred` give the key of an exhibit by the number of its placeholder, `wanted` an exhibit's name and
    group by its key.
    """

    def __init__(self, sources: Sources, found: Found) -> None:
        self.sources, self.found = sources, found
        self.problems: list[Problem] = []
        self.placeholders = Placeholders()
        self.called: dict[int, str] = {}
        self.referred: dict[int, str] = {}
        self.wanted: dict[str, tuple[str, str]] = {}
        self.passages_used: set[str] = set()
        self._specs = {spec.name: spec for spec in sources.settings.exhibits}
        self._open: list[str] = []
        self.env = environment(self.placeholders.put)
        self.env.globals.update(self._names())
        self.env.globals["meeting"] = self._meeting()

    def fill(self, text: Text, **names: Any) -> str | None:
        """A text with its Jinja carried out; None, with every problem that can be told, where it can't be."""
        try:
            tree = parsed(self.env, text.text)
            if tree is None:
                return printable(text.text)
            wrong = faults(self.env, tree, **names)
            if not wrong:
                return carried_out(self.env, tree, **names)
        except TextError as fault:
            wrong = [fault]
        self.problems += [problem(fault, line_place(text, fault.line)) for fault in wrong]
        return None

    def caption(self, text: Text, labels: dict[str, str], **names: Any) -> str | None:
        """A text of one line without markup, in which a reference is the exhibit's label; None, with problems."""

        def label(name: str, group: object = "") -> Words:
            key = self._key(name, group)
            if key not in labels:
                raise TextError("an exhibit that stands in the paper", f'"{key}"', "Call it in paper.md.")
            return Words(self.placeholders.reserve(labels[key])[1])

        def refused(name: str, *_: object) -> str:
            raise TextError("a text of one line", f'"{name}" called in it', "Call it in paper.md.")

        blocks = {"exhibit": Named("exhibit", tuple(self._specs), refused), "ref": self._named_exhibit(label)}
        passage = Named("passage", tuple(self.sources.passages), refused)
        filled = self.fill(text, **blocks, passage=passage, **names)
        if filled is None:
            return None
        line = self.placeholders.plain(filled)
        if OPEN in line:  # pictures and alternatives are finished before it is known who cleared the paper
            fault = TextError("a text of one line", "who cleared the paper in it", "Print it in paper.md.")
            self.problems.append(problem(fault, line_place(text, 1)))
            return None
        return line

    def _names(self) -> dict[str, Any]:
        sources, house = self.sources, self.sources.house
        figures = {name: show(figure, house) for name, figure in self.found.figures.items()}
        dates = {name: Shown("", day, Unit.DATE, house=house) for name, day in sources.as_at.items()}
        return {
            "fig": Names("figure", figures),
            "dates": Names("date", dates),
            "rows": Named("grid", tuple(self.found.grids), self._rows),
            "groups": Named("grid", tuple(self.found.grids), self._groups),
            "exhibit": self._named_exhibit(self._exhibit),
            "ref": self._named_exhibit(self._ref),
            "passage": Named("passage", tuple(sources.passages), self._passage),
            "paper": Names("setting", {"title": sources.settings.title, "authority": sources.authority}),
        }

    def _named_exhibit(self, does: Callable[..., Words]) -> Named:
        return Named("exhibit", tuple(self._specs), does)

    def _rows(self, name: str) -> list[Names]:
        """A grid's body rows as figures by column, each with its group."""
        grid = self.found.grids[name]
        return [
            Names(
                "column",
                {
                    "group": printable(row.group),
                    **{h.key: show(f, self.sources.house) for h, f in zip(grid.heads, row.cells, strict=True)},
                },
            )
            for row in grid.rows
            if row.kind == "body"
        ]

    def _groups(self, name: str) -> list[str]:
        rows = self.found.grids[name].rows
        return list(dict.fromkeys(printable(row.group) for row in rows if row.kind == "body"))

    def _exhibit(self, name: str, group: object = "") -> Words:
        """The place of an exhibit; one that is split by group takes the group. An exempt one is said to be so."""
        if ("exhibit", name) in self.sources.exempt:
            return Words(f"\n\n{self.sources.exempt['exhibit', name]}\n\n")
        key = self._key(name, group)
        if key in self.called.values():
            remedy = "Refer to it with {{ ref(...) }} where it is mentioned again."
            raise TextError("each exhibit once", f'"{name}" again', remedy)
        number, mark = self.placeholders.reserve()
        self.called[number] = key
        return Words(f"\n\n{mark}\n\n")

    def _ref(self, name: str, group: object = "") -> Words:
        """A link to an exhibit by its label, which is known when all exhibits stand in order."""
        if ("exhibit", name) in self.sources.exempt:
            return Words("a part that is exempt from publication")
        key = self._key(name, group)
        number, mark = self.placeholders.reserve()
        self.referred[number] = key
        return Words(f"[{mark}](#{anchor(key)})")

    def _key(self, name: str, group: object) -> str:
        """The key of an exhibit, which names its files: its name and, where it is split, its group in plain letters."""
        spec, wanted = self._specs[name], str(group)
        if spec.grid not in self.found.grids:  # its problem is told with the exhibits' settings
            return name
        if not spec.split_by_group:
            if wanted:
                raise TextError("no group, as the exhibit isn't split", f'"{wanted}"', "Set split_by_group = true.")
            self.wanted[name] = (name, "")
            return name
        groups = self._groups(spec.grid)
        if wanted not in groups:
            raise UnknownName(f'group of the grid "{spec.grid}"', wanted, groups)
        slugs = [re.sub(r"[^a-z0-9]+", "-", each.lower()).strip("-") or "group" for each in groups]
        at = groups.index(wanted)
        repeat = slugs[:at].count(slugs[at])
        key = f"{name}-{slugs[at]}" + (f"-{repeat + 1}" if repeat else "")
        self.wanted[key] = (
            name,
            next(r.group for r in self.found.grids[spec.grid].rows if printable(r.group) == wanted),
        )
        return key

    def every_exhibit(self) -> list[str]:
        """The keys of all exhibits that the settings name and the grids allow, one a group where they are split."""
        grids = self.found.grids
        return [
            self._key(spec.name, group)
            for spec in self._specs.values()
            if spec.grid in grids
            for group in (self._groups(spec.grid) if spec.split_by_group else [""])
        ]

    def _passage(self, name: str) -> Words:
        """A passage of the month's commentary, its Jinja carried out; nothing, with a problem, where it can't be."""
        if name in self._open:
            raise TextError("passages that don't call each other", f'"{name}" within itself')
        self.passages_used.add(name)
        if ("passage", name) in self.sources.exempt:
            return Words(self.sources.exempt["passage", name])
        self._open.append(name)
        filled = self.fill(self.sources.passages[name])
        self._open.pop()
        return Words(filled or "")

    def _meeting(self) -> Names:
        """The meeting's settings for templates, texts with their Jinja carried out when they are printed."""
        sources, meeting = self.sources, self.sources.meeting

        def words(text: str) -> Words:
            return Words(self.fill(sources.of_meeting(text)) or "")

        def plain(sort: str, settings: dict[str, str]) -> Names:
            return Names(sort, {key: printable(value) for key, value in settings.items()})

        return Names(
            "setting of the meeting",
            {
                "committee": printable(meeting.committee),
                "date": Shown("", meeting.meeting_date, Unit.DATE, house=sources.house),
                "recommendation": words(meeting.recommendation),
                "details": Names("detail of the meeting", {key: words(text) for key, text in meeting.details.items()}),
                "officers": [plain("setting of an officer", officer.model_dump()) for officer in meeting.officers],
                "implications": [
                    Names(
                        "setting of an implication",
                        {
                            "heading": words(item.heading),
                            "text": words(item.text),
                            "verified_by": clearance_mark(item.role) if item.role else printable(item.verified_by),
                        },
                    )
                    for item in meeting.implications
                ],
                "sources": [plain("setting of a source", source.model_dump()) for source in meeting.sources],
            },
        )


def anchor(key: str) -> str:
    """The id that links to an exhibit point to."""
    return f"exhibit-{key}"


def problem(fault: TextError, place: Place) -> Problem:
    """A fault of a text as a problem of the file that it stands in, or of the cell that it comes from."""
    if fault.cells:
        first, *others = fault.cells
        also = (place, *others[:MOST_CELLS])
        return Problem("bad-text", first, fault.expected, fault.found, fault.remedy, also=also)
    return Problem(fault.code, place, fault.expected, fault.found, fault.remedy, fault.severity)
