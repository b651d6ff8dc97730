"""What a document is made from besides its figures, and where in its files a text stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reportgen.model import Place, Text
from reportgen.settings import MeetingSettings, PaperSettings
from reportgen.wording import House


@dataclass(frozen=True)
class Sources:
    """A paper's settings and texts for a month.

    `contents` holds the settings files as they are written, by name, so that a problem can tell the line; without
    them it names the file alone. `exempt` says what a public edition prints in place of exhibits and passages, by sort
    and name; `marking` is what an edition says on each page of who may see it.
    """

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
    contents: Mapping[str, str] = field(default_factory=dict)
    exempt: Mapping[tuple[str, str], str] = field(default_factory=dict)
    marking: str = ""

    @property
    def constants(self) -> tuple[str, ...]:
        """The words with numbers that the settings allow in texts."""
        return (*self.settings.constants, *self.meeting.constants)

    def setting(self, text: str) -> Text:
        """A text that stands in the paper's settings."""
        return _in_file(self.settings_file, self.contents.get(self.settings_file, ""), text)

    def of_meeting(self, text: str) -> Text:
        """A text that stands in the meeting's settings."""
        return _in_file(self.meeting_file, self.contents.get(self.meeting_file, ""), text)

    def exhibit_place(self, name: str) -> Place:
        """Where the settings begin to say what an exhibit is."""
        lines = self.contents.get(self.settings_file, "").splitlines()
        wanted = (f'name = "{name}"', f"name = '{name}'")
        return Place(self.settings_file, line=_first(n for n, line in enumerate(lines, 1) if line.strip() in wanted))


def _in_file(file: str, content: str, text: str) -> Text:
    """A text of a settings file with the line that it begins on, where its first words are found as they are."""
    opening = next((line.strip() for line in text.splitlines() if line.strip()), "")
    before = text[: text.find(opening)].count("\n") if opening else 0
    at = content.find(opening) if opening else -1
    return Text(file, text, content.count("\n", 0, at) + 1 - before if at >= 0 else 0)


def line_place(text: Text, line: int) -> Place:
    """The place in its file of a line of a text; without the line where that is unknown."""
    return Place(text.file, line=text.first_line + line - 1 if line and text.first_line > 0 else 0)


def find(texts: Iterable[Text], words: str) -> Place | None:
    """Where some words stand first in the texts; None where they stand nowhere as they are."""
    for text in texts:
        for number, line in enumerate(text.text.splitlines(), 1):
            if words and words in line:
                return line_place(text, number)
    return None


def _first(numbers: Iterable[int]) -> int:
    return next(iter(numbers), 0)
