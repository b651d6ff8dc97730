"""The exhibits of a paper: what its settings say of them, tested against the grids, made and labelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reportgen.cells.words import nearest
from reportgen.exhibits import kinds
from reportgen.exhibits.views import ChartView, Exhibit, Spec, shown_heads
from reportgen.model import Problem
from reportgen.present.calls import Texts, anchor
from reportgen.present.disputes import dispute_notes
from reportgen.present.stated import stated_notes
from reportgen.settings import ExhibitSettings
from reportgen.trace import Found, Grid


@dataclass(frozen=True)
class Numbered:
    """An exhibit in its place: its key, its label such as Table 3, and what it shows."""

    key: str
    label: str
    exhibit: Exhibit

    @property
    def anchor(self) -> str:
        """The id that links to the exhibit point to."""
        return anchor(self.key)

    @property
    def is_chart(self) -> bool:
        """Whether it is a picture, with its data in a file beside the paper."""
        return isinstance(self.exhibit, ChartView)


def settings_problems(texts: Texts) -> list[Problem]:
    """Exhibits of an unknown kind or grid, with options that their kind or columns that their grid has not."""
    found = []
    for settings in texts.sources.settings.exhibits:
        place = texts.sources.exhibit_place(settings.name)
        for code, sort, name, known in _names(settings, texts.found):
            guess = nearest(name, known, 0.6)
            remedy = f'Did you mean "{guess}"?' if guess else f"There is: {', '.join(known) or 'none'}."
            expected = f'{_article(sort)} {sort} that exists, for the exhibit "{settings.name}"'
            found.append(Problem(code, place, expected, f'"{name}"', remedy))
    return found


def _article(sort: str) -> str:
    return "an" if sort.startswith("option") else "a"


def _names(settings: ExhibitSettings, found: Found) -> Iterable[tuple[str, str, str, tuple[str, ...]]]:
    """The names in an exhibit's settings that don't exist: code, sort, the name, and those that do."""
    if settings.kind not in kinds():
        yield "unknown-kind", "kind", settings.kind, tuple(kinds())
    else:
        known = kinds()[settings.kind].options
        for option in settings.options:
            if option not in known:
                yield "unknown-option", f'option of the kind "{settings.kind}"', option, known
    if settings.grid not in found.grids:
        yield "unknown-grid", "grid", settings.grid, tuple(found.grids)
        return
    heads = tuple(head.key for head in found.grids[settings.grid].heads)
    for column in settings.columns:
        if column not in heads:
            yield "unknown-column", f'column of the grid "{settings.grid}"', column, heads


def labels(texts: Texts, keys: Iterable[str]) -> dict[str, str]:
    """The label of each exhibit by its key, tables and figures counted apart in the order of the keys."""
    specs = {spec.name: spec for spec in texts.sources.settings.exhibits}
    counts = {"Table": 0, "Figure": 0}
    found = {}
    for key in keys:
        sort = "Figure" if kinds()[specs[texts.wanted[key][0]].kind].is_chart else "Table"
        counts[sort] += 1
        found[key] = f"{sort} {counts[sort]}"
    return found


def made(texts: Texts, labelled: dict[str, str]) -> Mapping[str, Numbered]:
    """The exhibits by key; those that can't be made are problems of the texts."""
    found = {}
    for key, label in labelled.items():
        exhibit = _make(texts, key, labelled)
        if exhibit is not None:
            found[key] = Numbered(key, label, exhibit)
    return found


def _own_notes(spec: Spec, grid: Grid, texts: Texts) -> tuple[str, ...]:
    """What figures and columns themselves call for under an exhibit, beside the notes that its settings give it."""
    house = texts.sources.house
    columns = dict.fromkeys(head.note for _, head, _ in shown_heads(spec, grid) if head.note)
    disputed = dispute_notes(grid, texts.found.disputes, house, spec.money)
    return (*columns, *stated_notes(spec, grid, house), *disputed)


def _make(texts: Texts, key: str, labelled: dict[str, str]) -> Exhibit | None:
    name, group = texts.wanted[key]
    settings = next(spec for spec in texts.sources.settings.exhibits if spec.name == name)
    said = [
        texts.caption(texts.sources.setting(text), labelled, group=group) for text in (settings.title, *settings.notes)
    ]
    if any(text is None for text in said):
        return None
    title, *notes = (text or "" for text in said)
    grid = texts.found.grids[settings.grid]
    grid = grid.only(group) if group else grid
    spec = Spec(
        key, settings.kind, settings.grid, title, settings.columns, settings.money, tuple(notes),
        settings.split_by_group, settings.landscape, settings.options, settings.weekly,
    )  # fmt: skip
    spec = replace(spec, notes=(*notes, *_own_notes(spec, grid, texts)))
    try:
        return kinds()[settings.kind].make(spec, grid, texts.sources.house)
    except (KeyError, TypeError, ValueError) as wrong:
        expected = f'a grid that the kind "{settings.kind}" can show, for the exhibit "{name}"'
        said_so = str(wrong.args[0]) if wrong.args else type(wrong).__name__
        place = texts.sources.exhibit_place(name)
        texts.problems.append(
            Problem("unfit-grid", place, expected, f"one that it can't: {said_so}", "Choose another kind.")
        )
        return None
