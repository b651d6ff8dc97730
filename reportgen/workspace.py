"""The folder that an author works in: which papers and months it has, and where their files are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reportgen.cells.words import nearest

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
FINAL = re.compile(r"final-v([1-9]\d*)")


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
    def settings_file(self) -> Path:
        """The file of settings that hold for all papers."""
        return self.root / "reportgen.toml"

    @property
    def template_roots(self) -> tuple[Path, ...]:
        """The folders that papers and layouts are looked for in, in order."""
        roots = (self.root / "templates", packaged_templates())
        return tuple({path.resolve(): path for path in reversed(roots) if path.is_dir()}.values())[::-1]

    def name(self, path: Path) -> str:
        """A path as it is named to the author and in a bundle: within the workspace, or from `templates/` on.

        A template has the same name in a checkout, in an installation and in a workspace of its own.
        """
        for root in self.template_roots:
            if path.is_relative_to(root):
                return f"templates/{path.relative_to(root).as_posix()}"
        return (path.relative_to(self.root) if path.is_relative_to(self.root) else path).as_posix()

    def template(self, name: str) -> Path:
        """The file that is used as a template of that name, such as `templates/layout/page.html`; it may not exist."""
        inside = name.removeprefix("templates/")
        candidates = [root / inside for root in self.template_roots]
        return next((path for path in candidates if path.is_file()), self.root / name)

    def papers(self) -> list[PaperRef]:
        """Every paper: a folder under templates/<authority>/ with a paper.toml."""
        found = {
            PaperRef(path.parent.parent.name, path.parent.name)
            for root in self.template_roots
            for path in root.glob("*/*/paper.toml")
        }
        return sorted(found)

    def months(self, ref: PaperRef) -> list[str]:
        """The months of a paper, oldest first: those in which it has a folder of its own."""
        folder = self.root / "inputs" / ref.authority
        months = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
        return sorted(m for m in months if MONTH.fullmatch(m) and self.month_folder(ref, m).is_dir())

    def find_paper(self, name: str) -> PaperRef:
        """The paper of that name, with or without its authority. Raises Misuse where there is none or several."""
        papers = self.papers()
        named = [p for p in papers if name in (str(p), p.paper)]
        if len(named) == 1:
            return named[0]
        if named:
            raise Misuse(f'"{name}" is a paper of several authorities: {_list(named)}. Name the authority too.')
        if not papers:
            raise Misuse(f'There is no paper "{name}", nor any other: each is a folder templates/<authority>/<paper>/.')
        known = [*map(str, papers), *(p.paper for p in papers)]
        raise Misuse(f'There is no paper "{name}".{did_you_mean(name, known)} The papers are: {_list(papers)}.')

    def find_month(self, ref: PaperRef, month: str | None) -> str:
        """The month asked for, or the latest. Raises Misuse where the paper has no such month."""
        months = self.months(ref)
        if month is None and months:
            return months[-1]
        if month in months:
            return str(month)
        if month and MONTH.fullmatch(month) and self.input_folder(ref, month).is_dir():
            folder = self.name(self.month_folder(ref, month))
            raise Misuse(f"{ref} has no folder for {month}: make {folder}/ with its meeting.toml.")
        if not months:
            folder = f"inputs/{ref.authority}/<year>-<month>"
            raise Misuse(
                f"{ref} has no month yet: put workbooks into {folder}/, its meeting.toml into {ref.paper}/ there."
            )
        guess = did_you_mean(str(month), months)
        raise Misuse(f'{ref} has no month "{month}".{guess} Its months are: {_list(months)}.')

    def input_folder(self, ref: PaperRef, month: str) -> Path:
        """The folder of a month's workbooks."""
        return self.root / "inputs" / ref.authority / month

    @property
    def shared_folder(self) -> Path:
        """The folder of files that serve all authorities, such as published comparators."""
        return self.root / "inputs" / "shared"

    def month_folder(self, ref: PaperRef, month: str) -> Path:
        """The folder of a paper's own settings and words for a month."""
        return self.input_folder(ref, month) / ref.paper

    def paper_folder(self, ref: PaperRef) -> Path:
        """The folder of a paper's templates."""
        folders = (root / ref.authority / ref.paper for root in self.template_roots)
        return next(folder for folder in folders if (folder / "paper.toml").is_file())

    def output_folder(self, ref: PaperRef, month: str) -> Path:
        """The folder of a paper's bundles for a month."""
        return self.root / "outputs" / ref.authority / ref.paper / month

    def finals(self, ref: PaperRef, month: str) -> list[int]:
        """The versions in which a paper's month was issued as final, oldest first."""
        folder = self.output_folder(ref, month)
        found = (FINAL.fullmatch(path.name) for path in folder.iterdir()) if folder.is_dir() else ()
        return sorted(int(match[1]) for match in found if match)


def _list(items: Iterable[object]) -> str:
    return ", ".join(map(str, items))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A space and the question whether the nearest of the known names was meant; empty where none is near."""
    guess = nearest(name, known, 0.6)
    return f' Did you mean "{guess}"?' if guess else ""
