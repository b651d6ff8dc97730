"""A paper as a document: its front sheet, its words in numbered paragraphs, its exhibits in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reportgen.cells.words import nearest
from reportgen.model import Place, Problem, Severity, Text, Unit
from reportgen.present.calls import Texts, anchor, problem
from reportgen.present.faults import TextError
from reportgen.present.lint import lint
from reportgen.present.making import Numbered, labels, made, settings_problems
from reportgen.present.markdown import Block, Rendered, numbered, short_html
from reportgen.present.placeholders import numbers_in
from reportgen.present.sources import Sources, find, line_place
from reportgen.trace import Found
from reportgen.wording import in_words

__all__ = ["Document", "Numbered", "Sources", "compose"]


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
    blocks: tuple[Block, ...]
    exhibits: Mapping[str, Numbered]
    printed: Mapping[str, str] = field(default_factory=dict)
    marking: str = ""  # who may see it, where not everybody may

    @property
    def about(self) -> dict[str, str]:
        """What the paper is and who takes it when, for whoever finds the bundle."""
        names = ("title", "subject", "author", "language", "authority", "committee")
        return {**{name: getattr(self, name) for name in names}, "meeting_date": self.meeting_date.isoformat()}


def compose(sources: Sources, found: Found) -> tuple[Document | None, list[Problem]]:
    """The document, or None, with every problem of its texts."""
    texts = Texts(sources, found)
    front = _front(texts)
    filled = texts.fill(sources.paper)
    unfit = settings_problems(texts)
    rendered = _rendered(texts, filled) if filled is not None else Rendered((), ())
    keys = [key for kind, key in rendered.blocks if kind == "exhibit"] if filled is not None else texts.every_exhibit()
    labelled = {} if unfit else labels(texts, keys)
    exhibits = made(texts, labelled)
    if not _stopped(texts.problems):
        texts.problems += _astray(texts, rendered, keys)
    whole = not (_stopped(texts.problems) or unfit)
    problems = [*texts.problems, *unfit, *_typed_numbers(sources), *(_unused(texts, labelled) if whole else [])]
    if not whole:
        return None, problems
    for number, key in texts.referred.items():
        texts.placeholders.set(number, labelled[key])
    return _document(texts, front, rendered.blocks, exhibits), problems


def _stopped(problems: Iterable[Problem]) -> bool:
    return any(each.severity is Severity.ERROR for each in problems)


def sections_in(blocks: Iterable[Block]) -> int:
    """How many numbered sections there are."""
    return sum(html.count("<h2 id=") for kind, html in blocks if kind == "html")


def _rendered(texts: Texts, filled: str) -> Rendered:
    """The paper's words as blocks, their faults as problems at the place where the words stand."""
    rendered, wrong = numbered(filled, texts.called)
    for fault in wrong:
        place = _place(texts.sources, fault)
        fault.found = texts.placeholders.plain(fault.found)
        texts.problems.append(problem(fault, place))
    return rendered


def _place(sources: Sources, fault: TextError) -> Place:
    """Where a fault of the rendered words stands: what was found, as it was written, or at least the paper's words."""
    quoted = fault.words or fault.found.partition('"')[2].rpartition('"')[0].lstrip("# ")
    meeting = sources.meeting
    spoken = [meeting.recommendation, *meeting.details.values(), *(item.text for item in meeting.implications)]
    texts = [sources.paper, *sources.passages.values(), *map(sources.of_meeting, spoken)]
    return find(texts, quoted) or Place(sources.paper.file)


def _astray(texts: Texts, rendered: Rendered, keys: Iterable[str]) -> list[Problem]:
    """References and links within the paper that lead to nothing in it."""
    sections = sections_in(rendered.blocks)
    anchors = {*(f"section-{n}" for n in range(1, sections + 1)), *map(anchor, keys)}
    sources, wanted = texts.sources, texts.wanted
    everywhere = [
        sources.paper,
        *sources.passages.values(),
        *(sources.of_meeting(i.text) for i in sources.meeting.implications),
    ]
    found = []
    for key in dict.fromkeys(texts.referred.values()):
        if anchor(key) not in anchors:
            name = wanted[key][0] if key in wanted else key
            place = find(everywhere, f'ref("{name}"') or find(everywhere, f"ref('{name}'") or Place(sources.paper.file)
            remedy = f'Call {{{{ exhibit("{name}") }}}} where it is to stand, or take the reference out.'
            expected = f'the exhibit "{key}" in the paper, as a text refers to it'
            found.append(Problem("missing-exhibit", place, expected, "it nowhere", remedy))
    for name in dict.fromkeys(rendered.anchors):
        if name not in anchors and name not in map(anchor, texts.referred.values()):
            place = find(everywhere, f"(#{name}") or Place(sources.paper.file)
            remedy = "Sections are #section-1, #section-2 …; exhibits are referred to by {{ ref(...) }}."
            found.append(Problem("missing-anchor", place, f'a place "#{name}" in the paper', "none", remedy))
    return found


def _document(
    texts: Texts, front: list[tuple[str, str]], blocks: Iterable[Block], exhibits: Mapping[str, Numbered]
) -> Document:
    sources, fill = texts.sources, texts.placeholders.fill
    settings, meeting = sources.settings, sources.meeting
    return Document(
        title=settings.title,
        subject=settings.subject,
        author=settings.author,
        language=settings.language,
        authority=sources.authority,
        committee=meeting.committee,
        meeting_date=meeting.meeting_date,
        month=sources.month,
        data_date=in_words(max(sources.as_at.values(), default=meeting.meeting_date), Unit.DATE, house=sources.house),
        front=tuple((term, fill(words)) for term, words in front),
        blocks=tuple((kind, fill(text) if kind == "html" else text) for kind, text in blocks),
        exhibits=exhibits,
        printed=dict(texts.placeholders.printed),
        marking=sources.marking,
    )


def _front(texts: Texts) -> list[tuple[str, str]]:
    """The front sheet's terms with their words as HTML, placeholders still in it."""
    terms = []
    for term, words in texts.sources.settings.front_sheet.items():
        text = texts.sources.setting(words)
        filled = texts.fill(text)
        if filled is None:
            continue
        rendered, wrong = short_html(filled)
        if numbers_in(filled, texts.called):
            wrong.append(TextError("words in the front sheet", "an exhibit", "Call it in paper.md."))
        texts.problems += [problem(fault, line_place(text, 1)) for fault in wrong]
        terms.append((term, rendered))
    return terms


def _typed_numbers(sources: Sources) -> list[Problem]:
    """Numbers typed by hand, in all the paper's texts."""
    meeting = sources.meeting
    spoken = [meeting.recommendation, *(part for item in meeting.implications for part in (item.heading, item.text))]
    shown = [words for exhibit in sources.settings.exhibits for words in (exhibit.title, *exhibit.notes)]
    shown += [row.label for grid in sources.settings.grids for row in grid.rows]
    texts = [sources.paper, *sources.passages.values(), *map(sources.of_meeting, spoken), *map(sources.setting, shown)]
    return [p for text in texts for p in lint(text.text, Place(text.file), sources.constants, text.first_line)]


def _unused(texts: Texts, labelled: Mapping[str, str]) -> list[Problem]:
    """Exhibits and passages that no text calls for."""
    sources = texts.sources
    called = {texts.wanted[key][0] for key in labelled}
    spare = [
        Problem(
            "unused-exhibit",
            sources.exhibit_place(spec.name),
            f'the exhibit "{spec.name}" in {Place(sources.paper.file)}',
            "it nowhere",
            f'Call {{{{ exhibit("{spec.name}") }}}} where it is to stand, or take it out.',
            Severity.WARNING,
        )
        for spec in sources.settings.exhibits
        if spec.name not in called
    ]
    unused = [name for name in sources.passages if name not in texts.passages_used]
    return spare + [_unused_passage(name, sources.passages[name], texts) for name in unused]


def _unused_passage(name: str, text: Text, texts: Texts) -> Problem:
    guess = nearest(name, texts.passages_used, 0.6)
    remedy = f'Did you mean "{guess}"?' if guess else "It isn't printed: take it out or rename it."
    place = Place(text.file, line=max(text.first_line - 1, 1))
    return Problem("unused-passage", place, "passages that the paper calls for", f'"{name}"', remedy, Severity.WARNING)
