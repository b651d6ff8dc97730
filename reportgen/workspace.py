"""The folder that an author works in: which papers and months it has, and where their files are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reportgen.cells.words import nearest

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Misuse(Exception):
    """What was asked for doesn't exist: exit status 2. Its text says what does."""


@dataclass(frozen=True, order=True)
class PaperRef:
    """A paper by its authority and name."""

    authority: str
    paper: str

    def __str__(self) -> str:
        return f"{self.authority}/{self.paper}"


def packaged_templates() -> Path:
    """The templates that come with reportgen: within the package where it is installed, beside it in a checkout."""
    inside = Path(__file__).parent / "_templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class Workspace:
    """A workspace by its root. Its templates come before the packaged ones."""

    root: Path

    @property
    def template_roots(self) -> tuple[Path, ...]:
        """The folders that papers and layouts are looked for in, in order."""
        return tuple(
            dict.fromkeys(p.resolve() for p in (self.root / "templates", packaged_templates()) if p.is_dir())
        )

    def name(self, path: Path) -> str:
        """A path as it is named to the author: relative to the workspace where it lies in it."""
        for base in (self.root.resolve(), packaged_templates().resolve().parent):
            if path.resolve().is_relative_to(base):
                return path.resolve().relative_to(base).as_posix()
        return path.as_posix()

    def papers(self) -> list[PaperRef]:
        """Every paper: a folder under templates/<authority>/ with a paper.toml."""
        found = {
            PaperRef(p.parent.parent.name, p.parent.name)
            for root in self.template_roots
            for p in root.glob("*/*/paper.toml")
        }
        return sorted(found)

    def months(self, ref: PaperRef) -> list[str]:
        """The months of a paper, oldest first: those that have its folder with a meeting.toml."""
        folders = (self.root / "inputs" / ref.authority).glob(f"*/{ref.paper}/meeting.toml")
        return sorted(p.parent.parent.name for p in folders if MONTH.fullmatch(p.parent.parent.name))

    def find_paper(self, name: str) -> PaperRef:
        """The paper of that name, with or without its authority. Raises Misuse where there is none or several."""
        papers = self.papers()
        named = [p for p in papers if name in (str(p), p.paper)]
        if len(named) == 1:
            return named[0]
        if named:
            raise Misuse(
                f'"{name}" is a paper of several authorities: {_list(named)}. Name the authority too.'
            )
        known = [*map(str, papers), *(p.paper for p in papers)]
        raise Misuse(f'There is no paper "{name}".{_guess(name, known)} The papers are: {_list(papers)}.')

    def find_month(self, ref: PaperRef, month: str | None) -> str:
        """The month asked for, or the latest. Raises Misuse where the paper has no such month."""
        months = self.months(ref)
        if month is None and months:
            return months[-1]
        if month in months:
            return str(month)
        if not months:
            folder = f"inputs/{ref.authority}/<year>-<month>/"
            raise Misuse(f"{ref} has no month yet: put its workbooks into {folder} and meeting.toml into {ref.paper}/ there.")
        guess, known = _guess(str(month), months), _list(months)
        raise Misuse(f'{ref} has no month "{month}".{guess} Its months are: {known}.')

    def input_folder(self, ref: PaperRef, month: str) -> Path:
        """The folder of a month's workbooks."""
        return self.root / "inputs" / ref.authority / month

    def paper_folder(self, ref: PaperRef) -> Path:
        """The folder of a paper's templates."""
        folders = (root / ref.authority / ref.paper for root in self.template_roots)
        return next(folder for folder in folders if (folder / "paper.toml").is_file())

    def output_folder(self, ref: PaperRef, month: str) -> Path:
        """The folder of a paper's bundles for a month."""
        return self.root / "outputs" / ref.authority / ref.paper / month


def _list(items: Iterable[object]) -> str:
    return ", ".join(map(str, items)) or "none"


def _guess(name: str, known: Iterable[str]) -> str:
    guess = nearest(name, known, 0.6)
    return f' Did you mean "{guess}"?' if guess else ""
