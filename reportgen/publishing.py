"""The public edition of a paper: what protection decides, handed to presenting."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from reportgen.datasets import told_of_children
from reportgen.loading import Loaded
from reportgen.model import Place, Problem
from reportgen.present.document import Document, Sources, compose
from reportgen.problems import errors
from reportgen.protect import BY_CELLS, BY_SUM, CannotProtect, Given, Merge, Protected, Rules, merge, protect
from reportgen.settings import ProtectionSettings
from reportgen.trace import Figure, Found, catalogue, row_labels, without_values
from reportgen.wording import House
from reportgen.workspace import did_you_mean

ACT = "Part 1 of Schedule 12A to the Local Government Act 1972"


@dataclass(frozen=True)
class Public:
    """A public edition: its document and figures, what is withheld with its attack, and what keeps it from being."""

    document: Document | None = None
    figures: Mapping[str, Figure] | None = None
    protected: Protected | None = None
    problems: tuple[Problem, ...] = ()


def sources_of(loaded: Loaded, house: House) -> Sources:
    """What the full edition's document is made from besides its figures."""
    return Sources(
        loaded.settings, loaded.meeting, loaded.authority.name, house, loaded.month, loaded.as_at, loaded.paper,
        loaded.passages, loaded.settings_file, loaded.meeting_file, loaded.contents,
        marking=marking(loaded.settings.protection),
    )  # fmt: skip


def publish(loaded: Loaded, house: House, found: Found) -> Public:
    """The public edition of what was found.

    Every figure of the paper is protected, whether its texts and exhibits show it or not: what is shown must give away
    none of the others.
    """
    settings = loaded.settings.protection
    if wrong := list(_misnamed(loaded, found)):
        return Public(problems=tuple(wrong))
    told = told_of_children()
    merges = [Merge(each.grid, each.rows) for each in settings.merge]
    # What a sheet states beside the figure that contradicts it would tell of both.
    merged = replace(merge(found, merges, told, settings.threshold), disputes=())
    same = tuple((claim.stated, claim.computed) for claim in found.claims)
    try:
        shown = {**row_labels(merged), **catalogue(merged)}
        protected = protect(Given(shown, told, safe=tuple(settings.show), same=same), rules(settings))
    except CannotProtect as failed:
        return Public(problems=(_unprotected(loaded, failed.names),))
    if protected.failing:
        return Public(problems=(_unprotected(loaded, [name for each in protected.failing for name in each.names]),))
    withheld = without_values(merged, protected.hidden)
    sources = replace(sources_of(loaded, house), exempt=exempt_words(settings), marking="")
    document, problems = compose(sources, withheld)
    figures = _shown(loaded, withheld, document) if document else None
    return Public(document, figures, protected, tuple(errors(problems)))


def rules(settings: ProtectionSettings) -> Rules:
    """The settings as rules."""
    loss = BY_CELLS if settings.loss == "figures" else BY_SUM
    return Rules(settings.threshold, settings.width, Fraction(settings.amount_width, 100), loss)


def marking(settings: ProtectionSettings) -> str:
    """What the full edition says of who may see it; nothing where no part of it is exempt."""
    paragraphs = sorted({each.paragraph for each in settings.exempt})
    if not paragraphs:
        return ""
    said = " and ".join(map(str, paragraphs))
    return f"Not for publication: exempt under paragraph{'s' if len(paragraphs) > 1 else ''} {said} of {ACT}"


def exempt_words(settings: ProtectionSettings) -> dict[tuple[str, str], str]:
    """What the public edition prints where an exempt exhibit or passage stood."""
    found: dict[tuple[str, str], str] = {}
    for each in settings.exempt:
        words = f"is exempt from publication under paragraph {each.paragraph} of {ACT}."
        found |= {("exhibit", name): f"A table or chart that stands here in the full report {words}"
                  for name in each.exhibits}  # fmt: skip
        found |= {("passage", name): f"What stands here in the full report {words}" for name in each.passages}
    return found


def disclosure(protected: Protected) -> dict[str, object]:
    """What was withheld and what can be worked out of it, for the audit folder."""

    def end(number: float) -> float | None:
        return round(number, 3) if abs(number) < float("inf") else None

    return {
        "least_loss": protected.least,
        "withheld": {name: str(why) for name, why in protected.hidden.items()},
        "attack": [
            {"figures": list(each.names), "lowest": end(each.low), "highest": end(each.high)}
            for each in protected.intervals
        ],
    }


def _shown(loaded: Loaded, found: Found, document: Document) -> dict[str, Figure]:
    """The figures that the document shows: those of its words, and those of the grids of its exhibits."""
    grids = {
        spec.grid
        for spec in loaded.settings.exhibits
        if any(key == spec.name or key.startswith(f"{spec.name}-") for key in document.exhibits)
    }
    return {
        name: figure
        for name, figure in catalogue(found).items()
        if name in document.printed or name.split(".")[0] in grids
    }


def _misnamed(loaded: Loaded, found: Found) -> Iterator[Problem]:
    """Names in the protection's settings that the paper doesn't have."""
    settings, file = loaded.settings, loaded.paper_file
    section = "protection"
    figures = catalogue(found)
    for name in settings.protection.show:
        yield from _unknown(file.place(section, "show", name), "figure", name, figures)
    for number, each in enumerate(settings.protection.merge):
        place = file.place(section, "merge", number)
        yield from _unknown(place, "grid", each.grid, found.grids)
        labels = {str(row.cells[0].value) for row in found.grids[each.grid].rows} if each.grid in found.grids else set()
        for label in (label for own in each.rows.values() for label in own if labels):
            yield from _unknown(place, f'row of the grid "{each.grid}"', label, labels)
    exhibits = {each.name for each in settings.exhibits}
    for number, part in enumerate(settings.protection.exempt):
        place = file.place(section, "exempt", number)
        for name in part.exhibits:
            yield from _unknown(place, "exhibit", name, exhibits)
        for name in part.passages:
            yield from _unknown(place, "passage", name, loaded.passages)


def _unknown(place: Place, sort: str, name: str, known: Collection[str]) -> Iterator[Problem]:
    if name not in known:
        expected = f"the name of {_article(sort)} {sort}, under [protection]"
        yield Problem("unknown-name", place, expected, f'"{name}"', did_you_mean(name, known).strip())


def _unprotected(loaded: Loaded, names: Collection[str]) -> Problem:
    """That no public edition can be written, with the figures but not their values."""
    listed = ", ".join(list(dict.fromkeys(names))[:8]) or "figures that aren't shown"
    return Problem(
        "not-protected", loaded.paper_file.place("protection"),
        "figures that can be withheld so that none is given away",
        f"some that others give away whatever is withheld: {listed}",
        "Under [protection], name those that tell of no child in show, with the reason, or merge rows.",
    )  # fmt: skip


def _article(sort: str) -> str:
    return "an" if sort[0] in "aeiou" else "a"
