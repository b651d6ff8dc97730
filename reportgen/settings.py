"""The TOML files of a workspace as checked values: reportgen.toml, paper.toml, meeting.toml."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from reportgen.model import Unit


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


OPERATIONS = ("difference", "ratio", "sum")
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# Strict, since 20160712 would else be taken for seconds since 1970.
Day = Annotated[dt.date, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]


class Authority(_Strict):
    """A council: its full name, how it prints negatives, and whom published comparators are to be of.

    `code` is the authority's in those; without it, it is found by its name. `neighbours` are its statistical neighbours
    by name or code.
    """

    name: Filled
    negatives: Literal["minus", "brackets"] = "minus"
    code: str = ""
    neighbours: tuple[Filled, ...] = ()


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

    fact: Filled
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

    stated: Filled
    computed: Filled
    what: Filled


class ExhibitSettings(_Strict):
    """A table or chart: its kind, the grid it shows, and how."""

    name: Name
    kind: Filled
    grid: Filled
    title: Filled
    columns: dict[str, str] = {}
    money: Literal["£", "£p", "£000", "£k", "£m"] = "£"
    notes: tuple[str, ...] = ()
    split_by_group: Flag = False
    landscape: Flag = False
    options: dict[str, str] = {}


class PaperSettings(_Strict):
    """paper.toml: what the paper is, the datasets it needs, its declared figures and exhibits."""

    title: Filled
    subject: Filled
    author: Filled
    datasets: Annotated[tuple[str, ...], Field(min_length=1)]
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

    role: Filled
    name: str = ""
    contact: str = ""


class Implication(_Strict):
    """A significant implication: its heading and text in Markdown."""

    heading: Filled
    text: Filled


class Source(_Strict):
    """A source document and where it can be seen."""

    title: Filled
    location: Filled


class MeetingSettings(_Strict):
    """meeting.toml: who takes the paper when, and what stands in it for this meeting."""

    committee: Filled
    meeting_date: Day
    recommendation: Filled
    as_at: dict[str, Day] = {}
    details: dict[str, str] = {}
    officers: tuple[Officer, ...] = ()
    implications: tuple[Implication, ...] = ()
    sources: tuple[Source, ...] = ()
    constants: tuple[str, ...] = ()
