"""docs/new-paper.md is followed to the letter: its files written, its commands run, what it shows compared."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from reportgen import settings
from reportgen.exhibits import kinds
from tests.made import only_layout_packaged, run
from tests.verapdf import Engine

PAGE = (Path(__file__).parent.parent / "docs" / "new-paper.md").read_text("utf-8")
_BLOCK = re.compile(r"(?:^\*\*`(?P<file>[^`]+)`\*\*\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
STEPS, REFERENCE = PAGE.split("\n## What can be set\n")


def steps() -> list[tuple[str, str, str]]:
    """The page's blocks in order: the file that each is, if any, its language and its text."""
    return [(match["file"] or "", match["language"], match["text"]) for match in _BLOCK.finditer(STEPS)]


def commands(console: str) -> Iterator[tuple[list[str], str]]:
    """The commands of a console block, each with what the page shows below it."""
    for part in re.split(r"^\$ ", console, flags=re.M)[1:]:
        typed, _, shown = part.partition("\n")
        yield shlex.split(typed), shown


def follow(root: Path, file: str, language: str, text: str) -> None:
    """Do what a block says: write its file, or run its commands and compare what they print."""
    if file:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    assert language == "console", text
    for (program, *arguments), shown in commands(text):
        assert program == "reportgen"
        result = run(root, *arguments)
        printed = result.output.replace(f"{root}/", "")
        pattern = r"(?:.*\n)*?".join(map(re.escape, shown.split("…\n")))
        assert re.fullmatch(pattern, printed), f"{arguments} printed\n{printed}"


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workspace in which the page was followed from its first step to its last."""
    root = tmp_path_factory.mktemp("workspace")
    with pytest.MonkeyPatch.context() as patch:
        only_layout_packaged(tmp_path_factory.mktemp("packaged"), patch)
        for step in steps():
            follow(root, *step)
    return root


def test_the_page_leads_to_a_paper_that_conforms(followed: Path, verapdf: Engine) -> None:
    (pdf,) = followed.glob("outputs/barsetshire/*/2026-09/draft/full/*.pdf")
    assert verapdf(pdf.read_bytes()) == ()


def test_nothing_of_the_page_is_a_program() -> None:
    files = [file for file, _, _ in steps() if file]
    assert {Path(file).suffix for file in files} == {".toml", ".css", ".md", ".csv"}
    assert len(files) == 11


SECTIONS: dict[str, type[BaseModel]] = {
    "`reportgen.toml`: `[authorities.<authority>]`": settings.Authority,
    "`reportgen.toml`: `[archive]`": settings.ArchiveSettings,
    "`reportgen.toml`: `[mail]`": settings.MailSettings,
    "`reportgen.toml`: `[run]`": settings.RunSettings,
    "`[projection]`": settings.ProjectionSettings,
    "`[projection.target]`": settings.TargetSettings,
    "`[[projection.scenario]]`": settings.ScenarioSettings,
    "`[protection]`": settings.ProtectionSettings,
    "`[[protection.merge]]`": settings.MergeSettings,
    "`[[protection.exempt]]`": settings.ExemptSettings,
    "`[schedule]`": settings.ScheduleSettings,
    "`[mail]` of a paper": settings.PaperMailSettings,
    "`paper.toml`": settings.PaperSettings,
    "`[sheets.<dataset>]`": settings.SheetSettings,
    "`[facts]`": settings.FactSettings,
    "`[calculate]`": settings.CalculationSettings,
    "`[[agree]]`": settings.AgreementSettings,
    "`[[grid]]`": settings.GridSettings,
    "`rows` of a grid": settings.GridRowSettings,
    "`[[exhibit]]`": settings.ExhibitSettings,
    "`meeting.toml`": settings.MeetingSettings,
    "`[[officers]]`": settings.Officer,
    "`[[implications]]`": settings.Implication,
    "`[[sources]]`": settings.Source,
    "`[[accept]]`": settings.AcceptSettings,
}


def section(heading: str) -> str:
    """The part of the reference under a heading, as far as the next."""
    (found,) = (part for part in REFERENCE.split("\n### ")[1:] if part.startswith(heading))
    return found


def named(text: str) -> set[str]:
    """The names in the first cells of a part's tables."""
    cells = re.findall(r"^\| ((?:\*\*)?`[^|]+) \|", text, re.M)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_setting_stands_in_the_page_and_no_other(heading: str) -> None:
    fields = SECTIONS[heading].model_fields
    assert named(section(heading)) == {field.alias or name for name, field in fields.items()}


@pytest.mark.parametrize("heading", SECTIONS)
def test_what_must_be_set_is_in_bold(heading: str) -> None:
    fields = SECTIONS[heading].model_fields
    cells = re.findall(r"^\| (\*\*[^|]+) \|", section(heading), re.M)
    bold = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert bold == {field.alias or name for name, field in fields.items() if field.is_required()}


def test_every_kind_of_exhibit_with_its_options() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| [^|]+ \| ([^|]*)\|$", section("Kinds of exhibits"), re.M)
    told = {kind: set(re.findall(r"`(\w+)`", options)) for kind, options in rows}
    assert told == {name: set(kind.options) for name, kind in kinds().items()}


def test_the_scales_of_money_are_those_that_are_known() -> None:
    row = re.search(r"^\| `money` \| (.*) \|$", section("`[[exhibit]]`"), re.M)
    assert row
    known = get_args(settings.ExhibitSettings.model_fields["money"].annotation)
    assert re.findall(r"`([^`]+)`", row[1]) == list(known)
