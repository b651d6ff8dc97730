"""The TOML files of a workspace as checked values: reportgen.toml, paper.toml, meeting.toml."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from reportgen.model import Projecting, Unit, WhatIf

# The form alone; what an address may hold is told by who writes to it.
MAILBOX = re.compile(r"[^<>@\x00-\x1f]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+")


def _mailbox(value: Any) -> str:
    """A mailbox as it is written, if it has the form of one."""
    if isinstance(value, str) and MAILBOX.fullmatch(value.strip()):
        return value.strip()
    raise PydanticCustomError("mailbox", "a mailbox")


MailboxText = Annotated[str, PlainValidator(_mailbox)]


class _Strict(BaseModel):
    # A section's own schema is hardly ever needed: it is part of its file's.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


OPERATIONS = ("difference", "ratio", "sum", "months", "size", "whole")
REPORTING_MONTH = "month"  # as the time of a fact: whichever month the paper is built for
LABELS = "label"  # the key of the column of a declared grid's labels
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# Strict, since 20160712 would else be taken for seconds since 1970.
Day = Annotated[dt.date, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]


def _retention(value: Any) -> str:
    """For how long papers are kept, in words: permanent, or years."""
    if value == "permanent":
        return "permanent"
    if type(value) is int and 1 <= value <= 999:
        return f"{value} year{'s' if value > 1 else ''}"
    raise PydanticCustomError("retention", "permanent or years")


Retention = Annotated[str, PlainValidator(_retention)]


class Authority(_Strict):
    """A council: its full name, how it prints negatives, and whom published comparators are to be of.

    `code` is the authority's in those; without it, it is found by its name. `neighbours` are its statistical neighbours
    by name or code. `retention` says by committee for how long the archive keeps papers.
    """

    name: Filled
    negatives: Literal["minus", "brackets"] = "minus"
    code: str = ""
    neighbours: tuple[Filled, ...] = ()
    meetings: dict[Filled, tuple[Day, ...]] = {}  # the days on which each committee meets
    archive_inputs: Flag = False
    retention: dict[Filled, Retention] = {}


class RunSettings(_Strict):
    """The nightly run: how many days it keeps drafts after their meeting, and logs; after how many hours mail is late.

    `alarm` is a command with its arguments that tells an administrator what is on its standard input.
    """

    keep_drafts: Annotated[int, Field(strict=True, ge=1)] = 365
    keep_logs: Annotated[int, Field(strict=True, ge=1)] = 90
    mail_late: Annotated[int, Field(strict=True, ge=1)] = 24
    alarm: tuple[Filled, ...] = ()


class MailSettings(_Strict):
    """How letters go out: from whom, through which server, to which domains; user and password aren't among it.

    `largest` is the size in MB above which a PDF is a link, below the address `link` under which outputs/ is found.
    """

    sender: MailboxText = Field(alias="from")
    server: Filled
    port: Annotated[int, Field(strict=True, ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    allowed_domains: tuple[Filled, ...] = ()
    administrator: MailboxText | None = None
    largest: Annotated[int, Field(strict=True, ge=1, le=100)] = 10
    link: str = ""
    timeout: Annotated[int, Field(strict=True, ge=1, le=600)] = 30
    tries: Annotated[int, Field(strict=True, ge=1, le=100)] = 10


class PaperMailSettings(_Strict):
    """Who gets a paper's drafts, and the figures that the letter tells, by what they are called there."""

    to: Annotated[tuple[MailboxText, ...], Field(min_length=1)]
    key_figures: dict[Filled, Filled] = {}


class ArchiveSettings(_Strict):
    """The archive: its folder, in the workspace or anywhere."""

    folder: Filled = "outputs/archive"


class WorkspaceSettings(_Strict):
    """reportgen.toml."""

    authorities: dict[str, Authority] = {}
    archive: ArchiveSettings = ArchiveSettings()
    run: RunSettings = RunSettings()
    mail: MailSettings | None = None


class SheetSettings(_Strict):
    """Where a dataset's sheet is, and its headings where they are unusual."""

    file: str = ""
    sheet: str = ""
    headings: dict[str, str] = {}


class FactSettings(_Strict):
    """A figure that is one indicator of the key facts at one time: a period, or REPORTING_MONTH.

    `stated` is one that the source states and that can't be worked out; a `comparator` may not be of a later time than
    the paper's data.
    """

    fact: Filled
    as_at: str
    column: Literal["value", "target", "target_date", "as_at"] = "value"
    stated: Flag = False
    comparator: Flag = False


class CalculationSettings(_Strict):
    """A figure calculated from others by one operation.

    Months lie between two dates, size takes the sign away, whole is the number that a rounded share of one stands for.
    """

    difference: tuple[str, str] | None = None
    ratio: tuple[str, str] | None = None
    sum: tuple[str, ...] | None = None
    months: tuple[str, str] | None = None
    size: tuple[str] | None = None
    whole: tuple[str, str] | None = None
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
    money: Literal["£", "£p", "£000", "£k", "£m", "£ million"] = "£"
    weekly: Literal["£", "£p"] = "£p"
    notes: tuple[str, ...] = ()
    split_by_group: Flag = False
    landscape: Flag = False
    options: dict[str, str] = {}


class GridRowSettings(_Strict):
    """A row of a declared grid: its label in plain words, and the figure in each of its cells by the column's key."""

    label: Filled
    cells: dict[str, Filled] = {}
    kind: Literal["body", "total"] = "body"


class GridSettings(_Strict):
    """A grid of figures put together by the paper: columns by key, and rows. A cell without a figure is `missing`.

    The column of the labels has the key LABELS, and `heading` stands over it.
    """

    name: Name
    heading: Filled
    columns: Annotated[dict[Name, Filled], Field(min_length=1)]
    rows: Annotated[tuple[GridRowSettings, ...], Field(min_length=1)]
    missing: Literal["", "x", "z"] = ""


class ScheduleSettings(_Strict):
    """When a paper is due: for each meeting of its committee, from the data of a month before the meeting's.

    `report_deadline` is how many working days before the meeting it is handed in; `settled` for how many minutes its
    inputs must have been left alone; `remind` on which working days before the deadline missing inputs are asked for.
    """

    committee: Filled
    months_before: Annotated[int, Field(strict=True, ge=0, le=12)] = 2
    report_deadline: Annotated[int, Field(strict=True, ge=0, le=60)] = 8
    settled: Annotated[int, Field(strict=True, ge=0)] = 30
    remind: tuple[Annotated[int, Field(strict=True, ge=0, le=60)], ...] = (5, 2, 0)


class TargetSettings(_Strict):
    """What was promised: a number of children, and the day by which it is to be reached."""

    children: Annotated[int, Field(strict=True, ge=0)]
    by: Day


Times = Annotated[float, Field(ge=0, le=100)]


class ScenarioSettings(_Strict):
    """A scenario beside things as they are, and what it alters: of these at least one in any that says something."""

    name: Filled
    entries_a_month: Annotated[float, Field(ge=-100, le=100)] = 0.0
    entries_times: Times = 1.0
    stay_months: Annotated[float, Field(ge=-120, le=120)] = 0.0
    in_house_points: Annotated[float, Field(ge=0, le=100)] = 0.0
    exits_times: dict[Filled, Times] = {}


class ProjectionSettings(_Strict):
    """A projection: how far, in how many runs from which seed, and the target if there is one.

    Of the returns' projection besides: the months that rates are taken from, the events below which they are pooled,
    and the scenarios.
    """

    months: Annotated[int, Field(strict=True, ge=1, le=60)] = 12
    runs: Annotated[int, Field(strict=True, ge=1_000, le=100_000)] = 10_000
    seed: Annotated[int, Field(strict=True, ge=0)] = 903
    target: TargetSettings | None = None
    reference_months: Annotated[int, Field(strict=True, ge=1, le=120)] = 24
    fewest_events: Annotated[int, Field(strict=True, ge=1, le=1_000)] = 10
    scenarios: tuple[ScenarioSettings, ...] = Field(default=(), alias="scenario")

    @property
    def asked(self) -> Projecting:
        """The settings as figures are computed with."""
        target = (self.target.children, self.target.by) if self.target else None
        scenarios = tuple(WhatIf(**dict(each)) for each in self.scenarios)
        return Projecting(
            self.months, self.runs, self.seed, target, self.reference_months, self.fewest_events, scenarios
        )


class MergeSettings(_Strict):
    """Rows of a grid that the public edition may show as one: their labels by the label that they get."""

    grid: Filled
    rows: Annotated[dict[Filled, Annotated[tuple[Filled, ...], Field(min_length=2)]], Field(min_length=1)]


class ExemptSettings(_Strict):
    """Exhibits and passages that are exempt from publication: why, by which law, who decided it and when.

    `paragraph` is that of Part 1 of Schedule 12A to the Local Government Act 1972, `public_interest` why keeping it
    from the public outweighs telling it.
    """

    exhibits: tuple[Filled, ...] = ()
    passages: tuple[Filled, ...] = ()
    paragraph: Annotated[int, Field(strict=True, ge=1, le=7)]
    public_interest: Filled
    decided_by: Filled
    decided_on: Day


class ProtectionSettings(_Strict):
    """How the public edition is protected: what is small, how uncertain it must stay, what is lost least.

    `show` names figures that may be shown whatever they are, each with the reason: they count no child, or are
    published elsewhere.
    """

    threshold: Annotated[int, Field(strict=True, ge=1, le=100)] = 5
    width: Annotated[int, Field(strict=True, ge=2, le=100)] = 3
    amount_width: Annotated[int, Field(strict=True, ge=1, le=100)] = 20  # per cent
    loss: Literal["children", "figures"] = "children"
    show: dict[Filled, Filled] = {}
    merge: tuple[MergeSettings, ...] = ()
    exempt: tuple[ExemptSettings, ...] = ()


class PaperSettings(_Strict):
    """paper.toml: what the paper is, the datasets it needs, its declared figures, grids and exhibits."""

    title: Filled
    subject: Filled
    author: Filled
    datasets: Annotated[tuple[str, ...], Field(min_length=1)]
    authority: Filled | None = None  # the name that the paper prints, where the council was called otherwise then
    language: str = "en-GB"
    weeks_in_year: Annotated[int, Field(strict=True, ge=52, le=53)] = 52
    sheets: dict[str, SheetSettings] = {}
    facts: dict[Name, FactSettings] = {}
    calculate: dict[Name, CalculationSettings] = {}
    agree: tuple[AgreementSettings, ...] = ()
    grids: tuple[GridSettings, ...] = Field(default=(), alias="grid")
    exhibits: tuple[ExhibitSettings, ...] = Field(default=(), alias="exhibit")
    front_sheet: dict[str, str] = {}
    constants: tuple[str, ...] = ()
    projection: ProjectionSettings | None = None
    schedule: ScheduleSettings | None = None
    mail: PaperMailSettings | None = None
    public: Flag = False  # whether anybody may see it
    protection: ProtectionSettings = ProtectionSettings()
    clearance: tuple[Name, ...] = ()  # the roles that must clear the paper before it is final
    acceptances_note: Flag = False


class Officer(_Strict):
    """A contact."""

    role: Filled
    name: str = ""
    contact: str = ""


class Implication(_Strict):
    """A significant implication: its heading and text in Markdown, and who verified it, if anybody must.

    `verified_by` is printed as it stands; `role` is one of those that clear the paper, and its clearance is printed.
    """

    heading: Filled
    text: Filled
    verified_by: str = ""
    role: str = ""


class Source(_Strict):
    """A source document and where it can be seen."""

    title: Filled
    location: Filled


class AcceptSettings(_Strict):
    """A warning that stands as it is: its code and its place, as they are printed; who accepts it, and why."""

    code: Filled
    place: Filled
    who: Filled
    why: Filled


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
    accept: tuple[AcceptSettings, ...] = ()
