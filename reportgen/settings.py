"""The TOML files of a workspace as checked values: reportgen.toml, paper.toml, meeting.toml."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reportgen.cells.words import nearest
from reportgen.model import Place, Problem, Unit


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


OPERATIONS = ("difference", "ratio", "sum")
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Authority(_Strict):
    """A council: its full name and how it prints negatives."""

    name: str
    negatives: Literal["minus", "brackets"] = "minus"


class WorkspaceSettings(_Strict):
    """reportgen.toml."""

    authorities: dict[str, Authority] = {}


class SheetSettings(_Strict):
    """Where a dataset's sheet is, and its headings where they are unusual."""

    file: str = ""
    sheet: str = ""
    headings: dict[str, str] = {}


class FactSettings(_Strict):
    """A figure that is one indicator of the key facts at one time."""

    fact: str
    as_at: str
    column: Literal["value", "target", "target_date", "as_at"] = "value"


class CalculationSettings(_Strict):
    """A figure calculated from others: one of difference, ratio or sum."""

    difference: tuple[str, str] | None = None
    ratio: tuple[str, str] | None = None
    sum: tuple[str, ...] | None = None
    unit: Unit | None = None

    @property
    def operations(self) -> dict[str, tuple[str, ...]]:
        """The operations given, with the figures that each works on; one in a sound paper."""
        given = {operation: getattr(self, operation) for operation in OPERATIONS}
        return {operation: figures for operation, figures in given.items() if figures}


class AgreementSettings(_Strict):
    """Two figures that must agree, and what they state."""

    stated: str
    computed: str
    what: str


class ExhibitSettings(_Strict):
    """A table or chart: its kind, the grid it shows, and how."""

    name: Name
    kind: str
    grid: str
    title: str
    columns: dict[str, str] = {}
    money: Literal["£", "£p", "£000", "£k", "£m"] = "£"
    notes: tuple[str, ...] = ()
    split_by_group: bool = False
    landscape: bool = False
    options: dict[str, str] = {}


class PaperSettings(_Strict):
    """paper.toml: what the paper is, the datasets it needs, its declared figures and exhibits."""

    title: str
    subject: str
    author: str
    datasets: tuple[str, ...]
    language: str = "en-GB"
    sheets: dict[str, SheetSettings] = {}
    facts: dict[Name, FactSettings] = {}
    calculate: dict[Name, CalculationSettings] = {}
    agree: tuple[AgreementSettings, ...] = ()
    exhibits: tuple[ExhibitSettings, ...] = Field(default=(), alias="exhibit")
    front_sheet: dict[str, str] = {}
    constants: tuple[str, ...] = ()


class Officer(_Strict):
    """A contact."""

    role: str
    name: str = ""
    contact: str = ""


class Implication(_Strict):
    """A significant implication: its heading and text in Markdown."""

    heading: str
    text: str


class Source(_Strict):
    """A source document and where it can be seen."""

    title: str
    location: str


class MeetingSettings(_Strict):
    """meeting.toml: who takes the paper when, and what stands in it for this meeting."""

    committee: str
    meeting_date: dt.date
    recommendation: str
    as_at: dict[str, dt.date] = {}
    details: dict[str, str] = {}
    officers: tuple[Officer, ...] = ()
    implications: tuple[Implication, ...] = ()
    sources: tuple[Source, ...] = ()
    constants: tuple[str, ...] = ()


Model = TypeVar("Model", bound=BaseModel)


def load(model: type[Model], path: Path, name: str) -> tuple[Model | None, list[Problem]]:
    """The file's settings, or None with every problem in it. `name` is the file's name in the workspace."""
    place = Place(name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None, [
            Problem(
                "missing-file",
                place,
                "the file",
                "none",
                "docs/datasets.md and the README say what it holds.",
            )
        ]
    except (OSError, UnicodeDecodeError):
        return None, [
            Problem(
                "unreadable-file", place, "a text file in UTF-8", "another", "Save it again as UTF-8 text."
            )
        ]
    try:
        return model.model_validate(tomllib.loads(text)), []
    except tomllib.TOMLDecodeError as wrong:
        return None, [
            Problem(
                "bad-toml", place, "TOML", str(wrong), "Texts stand in quotes, dates without: 2016-07-12."
            )
        ]
    except ValidationError as wrong:
        return None, [_problem(error, model, text, name) for error in wrong.errors()]


def _problem(error: Any, model: type[BaseModel], text: str, name: str) -> Problem:
    """A pydantic error in an author's words, at the line that names its key."""
    keys = [str(part) for part in error["loc"]]
    key = ".".join(keys)
    line = _line_of(text, keys)
    if error["type"] == "missing":
        return Problem("missing-setting", Place(name, line=line), f'the setting "{key}"', "none", "Add it.")
    if error["type"] == "extra_forbidden":
        guess = nearest(keys[-1], [f.alias or n for n, f in model.model_fields.items()], 0.6)
        return Problem(
            "unknown-setting",
            Place(name, line=line),
            "a known setting",
            f'"{key}"',
            f'Did you mean "{guess}"?' if guess else "Take it out.",
        )
    found = error.get("input")
    shown = f'"{found}"' if isinstance(found, (str, int, float)) else type(found).__name__
    return Problem(
        "bad-setting",
        Place(name, line=line),
        f'"{key}" to be valid ({error["msg"].lower()})',
        shown,
        "Correct it.",
    )


def _line_of(text: str, keys: list[str]) -> int:
    """The line on which the last named key stands, after those before it; 0 where it can't be told."""
    lines = text.splitlines()
    at = found = 0
    for key in keys:
        for number in range(at, len(lines)):
            bare = lines[number].replace('"', "").strip()
            if bare.startswith((f"{key} ", f"{key}=", f"[{key}", f"[[{key}")) or f".{key}]" in bare:
                at, found = number, number + 1
                break
    return found
