"""One table for each dataset that a paper needs, or a problem that says why there is none."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from reportgen.cells.words import heading_words, nearest
from reportgen.check.likeness import likely_field
from reportgen.check.match import Match, SheetChoice, field_headings, find_matches
from reportgen.check.series import check_series
from reportgen.check.sheet import Sheet
from reportgen.datasets.base import Dataset, Field
from reportgen.model import Place, Problem, RawSheet, Severity

_MOST_NAMED = 12


def choose(
    raw: Sequence[RawSheet],
    folder: str,
    known: Mapping[str, Dataset],
    needed: Iterable[str],
    choices: Mapping[str, SheetChoice],
    shared: Container[str] = (),
) -> tuple[dict[str, Match], list[Problem]]:
    """The match of each needed dataset, with each table's last row; problems for those that have none or several."""
    sheets = [Sheet(each) for each in raw]
    every = tuple(dataset for dataset in known.values() if not dataset.joined)
    common = tuple(dataset for dataset in every if dataset.shared)
    # A table bounds the one above it whether or not the paper's settings admit it.
    found = ((sheet, find_matches(sheet, common if sheet.file in shared else every, choices)) for sheet in sheets)
    matches = [m for sheet, each in found for m in _bounded(sheet, each)]
    chosen: dict[str, Match] = {}
    problems: list[Problem] = []
    for name in dict.fromkeys(needed):
        choice = choices.get(name, SheetChoice())
        own = [m for m in matches if m.dataset.name == name and choice.admits(m.sheet)]
        whole = [m for m in own if not m.absent]
        if len(whole) == 1:
            chosen[name] = whole[0]
        elif whole:
            problems.append(_several(known[name], whole))
        elif not any(choice.admits(sheet) for sheet in sheets) and (choice.file or choice.sheet):
            problems.append(_no_such_sheet(known[name], sheets, folder, choice))
        else:
            problems.extend(_none(known[name], _partial(own, matches), sheets, folder, choice))
    problems.extend(_shared(list(chosen.values())))
    for name, match in chosen.items():
        problems.extend([*_doubled(match), *_unread(match, choices.get(name, SheetChoice()))])
        problems.extend(check_series(match))
    return chosen, problems


def _bounded(sheet: Sheet, matches: Sequence[Match]) -> list[Match]:
    """The matches, each with the last row before the next table's headings and title."""
    starts = sorted({m.first_row for m in matches if not m.absent})
    bounded = []
    for match in matches:
        following = next((s for s in starts if s > match.last_row), None)
        end = _above_title(sheet, following, match.last_row) if following else sheet.height
        bounded.append(replace(match, end=end))
    return bounded


def _above_title(sheet: Sheet, heading: int, floor: int) -> int:
    """The last row before the title lines and blank rows that stand straight above a heading row."""
    row = heading - 1
    while row > floor and is_title(sheet, row):
        row -= 1
    return row


def is_title(sheet: Sheet, row: int) -> bool:
    """Whether a row is blank or holds one text alone."""
    filled = list(sheet.filled(row).values())
    return not filled or (len(filled) == 1 and isinstance(filled[0], str))


def _partial(own: Sequence[Match], matches: Sequence[Match]) -> Match | None:
    """The match that most resembles the dataset, unless its headings are wholly another dataset's."""
    others = [m for m in matches if not m.absent]
    free = [m for m in own if not any(_overlap(m, other) for other in others)]
    best = max(free, key=lambda m: len(m.columns) - len(m.absent), default=None)
    return best if best and len(best.absent) <= len(best.columns) else None


def _overlap(one: Match, two: Match) -> bool:
    """Whether two matches rest on the same headings: the same rows and a column in common."""
    return (
        one.sheet is two.sheet
        and one.first_row <= two.last_row
        and two.first_row <= one.last_row
        and not set(one.numbers).isdisjoint(two.numbers)
    )


def _several(dataset: Dataset, matches: Sequence[Match]) -> Problem:
    first, *rest = (m.sheet.place(m.first_row) for m in matches)
    hidden = sum(m.sheet.raw.hidden for m in matches)
    if len({(m.sheet.file, m.sheet.name) for m in matches}) == 1:
        remedy = "Join the tables into one, or move those that aren't meant to another file."
    else:
        remedy = f"Remove what isn't meant, or name file and sheet in paper.toml under [sheets.{dataset.name}]."
    return Problem(
        "two-candidates",
        first,
        f"one table with the headings of {dataset.title}",
        f"{len(matches)} of them" + (f", {hidden} on a hidden sheet" if hidden else ""),
        remedy,
        also=tuple(rest),
    )


def _no_such_sheet(dataset: Dataset, sheets: Sequence[Sheet], folder: str, choice: SheetChoice) -> Problem:
    files = dict.fromkeys(sheet.file.rsplit("/", 1)[-1] for sheet in sheets)
    named = [f'sheet "{choice.sheet}"'] * bool(choice.sheet) + [f'file "{choice.file}"'] * bool(choice.file)
    if choice.file and choice.file not in files:
        guess = nearest(choice.file, files, 0.6)
    else:
        guess = nearest(choice.sheet, [s.name for s in sheets if not choice.file or s.file.endswith(choice.file)], 0.6)
    return Problem(
        "missing-sheet",
        Place(folder),
        f"{' of '.join(named)} for {dataset.title}, as paper.toml says under [sheets.{dataset.name}]",
        "none",
        f'Did you mean "{guess}"?' if guess else "Put it into the folder, or correct paper.toml.",
    )


def _none(
    dataset: Dataset, best: Match | None, sheets: Sequence[Sheet], folder: str, choice: SheetChoice
) -> list[Problem]:
    """What to say where no sheet is the dataset: the headings that the nearest one lacks, or that there is none."""
    if best is not None:
        return [_absent(best, f, choice) for f in best.absent]
    required = [f for f in dataset.fields if f.required]
    heads = ", ".join(f'"{choice.headings.get(f.name, f.name.replace("_", " "))}"' for f in required)
    either = " or ".join(f'"{name.replace("_", " ")}"' for name in dataset.either)
    heads += f" and {either}" if either else ""
    names = list(dict.fromkeys(f'"{s.name}"' if s.name else s.file.rsplit("/", 1)[-1] for s in sheets))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return [
        Problem(
            "missing-dataset",
            Place(folder),
            f"a sheet with the headings of {dataset.title} ({heads})",
            f"none among the sheets {', '.join(names[:_MOST_NAMED])}{more}" if names else "no sheet",
            f"Put the {'file there or into inputs/shared/' if dataset.shared else 'workbook into the folder'}, "
            "or correct its headings.",
        )
    ]


def _absent(match: Match, f: Field, choice: SheetChoice) -> Problem:
    """The problem of a column that no heading names, with the heading that is probably meant."""
    own = choice.headings.get(f.name)
    known = (own,) if own else (f.name.replace("_", " "), *f.headings)
    unclaimed = {heading: heading for heading in _unclaimed(match).values()}
    guess = next((g for g in (nearest(word, unclaimed) for word in known) if g), "")
    hint = f'Is it "{guess}"? ' if guess else ""
    names = " or ".join(f'"{heading}"' for heading in known[:4])
    return Problem(
        "missing-column",
        match.sheet.place(match.last_row),
        f"a column {names} for {match.dataset.title}",
        "none",
        f"{hint}Correct the heading, or name it in paper.toml under [sheets.{match.dataset.name}.headings].",
    )


def _unclaimed(match: Match) -> dict[int, str]:
    """The headings, by column, that name no field of the dataset."""
    cells = match.sheet.filled(match.last_row).items()
    taken = set(match.numbers) | {column for pair in match.doubled.values() for column in pair}
    return {c: " ".join(v.split()) for c, v in cells if isinstance(v, str) and c not in taken and len(v) <= 80}


def _shared(matches: Sequence[Match]) -> list[Problem]:
    """A problem for each two datasets that rest on the same headings."""
    return [
        Problem(
            "fits-two",
            match.sheet.place(match.first_row),
            "the headings of one dataset",
            f"those of {other.dataset.title} and of {match.dataset.title}",
            "Say in paper.toml under [sheets] which file and sheet is which.",
        )
        for at, match in enumerate(matches)
        for other in matches[:at]
        if _overlap(match, other)
    ]


def _doubled(match: Match) -> list[Problem]:
    return [
        Problem(
            "two-columns",
            match.sheet.place(match.last_row, second),
            f"one column for {name.replace('_', ' ')}",
            "a second one",
            f"Rename one, or name the right heading in paper.toml under [sheets.{match.dataset.name}.headings].",
            also=(match.sheet.place(match.last_row, first),),
        )
        for name, (first, second) in match.doubled.items()
    ]


def _unread(match: Match, choice: SheetChoice) -> list[Problem]:
    """A warning for each column that is probably an optional one under another heading; a note of the others."""
    free = [f for f in match.dataset.fields if f.name not in match.columns]
    problems = [_absent(match, f, choice) for f in free if f.name in choice.headings]
    words = {words: f for f in free if f.name not in choice.headings for words in field_headings(f)}
    others = []
    for column, heading in _unclaimed(match).items():
        guess = nearest(heading_words(heading), words)
        if guess:
            problems.append(_misspelt(match, column, words[guess], guess))
        elif alike := likely_field(match, column, list(words.values())):
            problems.append(_renamed(match, column, alike))
        else:
            others.append(column)
    if others:
        problems.append(_extra(match, others))
    return problems


def _misspelt(match: Match, column: int, f: Field, guess: str) -> Problem:
    return Problem(
        "unread-column",
        match.sheet.place(match.last_row, column),
        f"a heading of {match.dataset.title}",
        "another, so the column isn't read",
        f'Is it the {f.name.replace("_", " ")}? Write "{guess}" then, or rename the column to be sure.',
        Severity.WARNING,
    )


def _renamed(match: Match, column: int, f: Field) -> Problem:
    name = f.name.replace("_", " ")
    return Problem(
        "unread-column",
        match.sheet.place(match.last_row, column),
        f"a heading of {match.dataset.title}",
        f"another over cells that could be its {name}, so the column isn't read",
        f'If it is the {name}, write "{name}" as its heading, or name it in paper.toml under '
        f"[sheets.{match.dataset.name}.headings].",
        Severity.WARNING,
    )


def _extra(match: Match, columns: Sequence[int]) -> Problem:
    return Problem(
        "extra-column",
        match.sheet.place(match.last_row, columns[0]),
        f"columns of {match.dataset.title}",
        "one that isn't read" if len(columns) == 1 else f"{len(columns)} that aren't read",
        "Nothing need be done if the paper isn't to use them.",
        Severity.NOTE,
        tuple(match.sheet.place(match.last_row, column) for column in columns[1:]),
    )
