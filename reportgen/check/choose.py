"""One sheet for each dataset that a paper needs, or a problem that says why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reportgen.cells.words import nearest
from reportgen.check.match import Match, SheetChoice, find_matches
from reportgen.datasets.base import Dataset
from reportgen.model import Place, Problem, RawSheet


def choose(
    sheets: Sequence[RawSheet],
    folder: str,
    known: Mapping[str, Dataset],
    needed: Iterable[str],
    choices: Mapping[str, SheetChoice],
) -> tuple[dict[str, Match], list[Problem]]:
    """The match of each needed dataset, with each table's last row; problems for those that have none or several."""
    matches = [m for sheet in sheets for m in _bounded(sheet, find_matches(sheet, known.values(), choices))]
    chosen: dict[str, Match] = {}
    problems: list[Problem] = []
    for name in needed:
        own = [m for m in matches if m.dataset.name == name]
        whole = [m for m in own if not m.absent]
        if len(whole) == 1:
            chosen[name] = whole[0]
        elif whole:
            problems.append(_several(known[name], whole))
        else:
            problems.extend(_none(known[name], own, sheets, folder, choices.get(name, SheetChoice())))
    problems.extend(_shared(chosen.values()))
    for match in chosen.values():
        problems.extend(_doubled(match))
    return chosen, problems


def _bounded(sheet: RawSheet, matches: Sequence[Match]) -> list[Match]:
    """The matches, each with the last row before the next table's headings and title."""
    starts = sorted({m.first_row for m in matches if not m.absent})
    bounded = []
    for match in matches:
        following = [s for s in starts if s > match.last_row]
        end = _above_title(sheet, following[0], match.last_row) if following else len(sheet.rows)
        bounded.append(replace(match, end=end))
    return bounded


def _above_title(sheet: RawSheet, heading: int, floor: int) -> int:
    """The last row before the title lines that stand straight above a heading row."""
    row = heading - 1
    while row > floor and _is_title(sheet, row):
        row -= 1
    return row


def _is_title(sheet: RawSheet, row: int) -> bool:
    filled = [v for v in sheet.rows[row - 1] if v is not None]
    return not filled or (len(filled) == 1 and isinstance(filled[0], str))


def _several(dataset: Dataset, matches: Sequence[Match]) -> Problem:
    first, *rest = (m.sheet.place(m.first_row) for m in matches)
    return Problem(
        "two-candidates",
        first,
        f"one table with the headings of {dataset.title}",
        f"{len(matches)}",
        f"Remove the copies that aren't meant, or name the file and sheet in paper.toml under [sheets.{dataset.name}].",
        also=tuple(rest),
    )


def _none(
    dataset: Dataset, partial: Sequence[Match], sheets: Sequence[RawSheet], folder: str, choice: SheetChoice
) -> list[Problem]:
    """What to say where no sheet is the dataset: the headings that the nearest one lacks, or that there is none."""
    best = max(partial, key=lambda m: len(m.columns) - len(m.absent), default=None)
    if best is None or len(best.absent) > len(best.columns):
        heads = ", ".join(
            f'"{choice.headings.get(f.name, f.name.replace("_", " "))}"' for f in dataset.fields if f.required
        )
        seen = (
            ", ".join(dict.fromkeys(f'"{s.name}"' if s.name else s.file.rsplit("/", 1)[-1] for s in sheets))
            or "none"
        )
        return [
            Problem(
                "missing-dataset",
                Place(folder),
                f"a sheet with the headings of {dataset.title} ({heads})",
                f"none among the sheets {seen}" if sheets else "no sheet",
                "Put the workbook into the folder, or correct its headings.",
            )
        ]
    others = _unclaimed(best)
    problems = []
    for f in best.absent:
        guess = nearest(f.name.replace("_", " "), others) or next(
            (nearest(h, others) for h in f.headings if nearest(h, others)), ""
        )
        hint = f'Is it "{others[guess]}"? ' if guess else ""
        names = ", ".join(f'"{h}"' for h in (f.name.replace("_", " "), *f.headings[:3]))
        problems.append(
            Problem(
                "missing-column",
                best.sheet.place(best.last_row),
                f"a column {names} for {dataset.title}",
                "none",
                f"{hint}Correct the heading, or name it in paper.toml under [sheets.{dataset.name}.headings].",
            )
        )
    return problems


def _unclaimed(match: Match) -> dict[str, str]:
    row = match.sheet.rows[match.last_row - 1]
    taken = set(match.columns.values())
    return {
        v.casefold().strip(): v.strip() for i, v in enumerate(row, 1) if isinstance(v, str) and i not in taken
    }


def _shared(matches: Iterable[Match]) -> list[Problem]:
    """A problem for each heading row that serves two datasets."""
    seen: dict[tuple[str, str, int], Match] = {}
    problems = []
    for match in matches:
        spot = (match.sheet.file, match.sheet.name, match.last_row)
        if spot in seen:
            problems.append(
                Problem(
                    "fits-two",
                    match.sheet.place(match.first_row),
                    "the headings of one dataset",
                    f"those of {seen[spot].dataset.title} and of {match.dataset.title}",
                    "Say in paper.toml under [sheets] which file and sheet is which.",
                )
            )
        seen[spot] = match
    return problems


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
