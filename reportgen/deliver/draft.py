"""A bundle on disk as a mail needs it: what it is, its figures in words, its problems, its PDF."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


class Unreadable(Exception):
    """A bundle that can't be read, in words that say what to do."""


@dataclass(frozen=True)
class Told:
    """A figure as a bundle tells it: its plain value, its unit, its words."""

    value: str
    unit: str
    words: str


@dataclass(frozen=True)
class Bundle:
    """A bundle by its folder, of a paper's month; it is read as far as is asked for."""

    folder: Path
    paper: str
    month: str

    @cached_property
    def about(self) -> Mapping[str, str]:
        """Title, committee, day of the meeting and the like, by name. Raises Unreadable."""
        try:
            manifest = json.loads((self.folder / "audit" / "manifest.json").read_bytes())
            about = {**manifest["about"], "status": manifest["status"]}
            if not all(isinstance(about[name], str) for name in ("title", "committee", "meeting_date")):
                raise TypeError("not words")
            return about
        except (OSError, ValueError, LookupError, TypeError) as wrong:
            raise self._unreadable("audit/manifest.json") from wrong

    @property
    def meeting(self) -> dt.date:
        """The day of the meeting. Raises Unreadable."""
        try:
            return dt.date.fromisoformat(self.about["meeting_date"])
        except (KeyError, ValueError) as wrong:
            raise self._unreadable("audit/manifest.json") from wrong

    @cached_property
    def figures(self) -> Mapping[str, Told]:
        """The figures of the full edition by name. Raises Unreadable."""
        try:
            with (self.folder / "full" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file)
                return {row["figure"]: Told(row["value"], row["unit"], row["shown_as"]) for row in rows}
        except (OSError, ValueError, KeyError, csv.Error) as wrong:
            raise self._unreadable("full/figures.csv") from wrong

    @cached_property
    def problems(self) -> list[dict[str, str]]:
        """The problems as they stand in the audit folder. Raises Unreadable."""
        try:
            return list(json.loads((self.folder / "audit" / "problems.json").read_bytes()))
        except (OSError, ValueError, TypeError) as wrong:
            raise self._unreadable("audit/problems.json") from wrong

    @property
    def pdf_path(self) -> Path:
        """Where the paper is."""
        return self.folder / "full" / f"{self.paper.rpartition('/')[2]}-{self.month}.pdf"

    @cached_property
    def pdf(self) -> bytes:
        """The paper. Raises Unreadable."""
        try:
            return self.pdf_path.read_bytes()
        except OSError as wrong:
            raise self._unreadable(f"full/{self.pdf_path.name}") from wrong

    @property
    def content(self) -> str:
        """The SHA-256 of what a reader of the bundle reads: the paper itself."""
        return hashlib.sha256(self.pdf).hexdigest()

    def _unreadable(self, name: str) -> Unreadable:
        return Unreadable(f"{self.folder / name} can't be read: build {self.paper} --month {self.month} again.")
