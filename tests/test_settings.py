"""What the settings' values come to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from reportgen.model import Text, Unit
from reportgen.settings import CalculationSettings, MeetingSettings, PaperSettings, WorkspaceSettings
from reportgen.tomlfile import load
from tests.made import MEETING_TOML, PAPER_TOML, SETTINGS

ROOT = Path(__file__).parent.parent


def test_settings_are_had_as_values() -> None:
    meeting = load(MeetingSettings, Text("m.toml", MEETING_TOML + "[as_at]\npopulation = 2020-04-01\n")).values
    assert meeting is not None
    assert meeting.committee == "Children's Committee"
    assert meeting.meeting_date == dt.date(2020, 4, 21)
    assert meeting.as_at == {"population": dt.date(2020, 4, 1)}
    general = load(WorkspaceSettings, Text("r.toml", SETTINGS)).values
    assert general is not None
    assert general.authorities["barsetshire"].negatives == "brackets"


def test_a_paper_names_its_exhibits_one_by_one() -> None:
    paper = load(PaperSettings, Text("p.toml", PAPER_TOML)).values
    assert paper is not None
    assert [(exhibit.name, exhibit.kind) for exhibit in paper.exhibits] == [
        ("months", "table"),
        ("months_chart", "line-chart"),
    ]
    assert paper.exhibits[1].columns == {"month": "Month", "total": "All children"}
    assert (paper.language, paper.exhibits[0].money, paper.exhibits[0].landscape) == ("en-GB", "£", False)


def test_the_operations_of_a_calculation_are_those_that_it_states() -> None:
    calculation = CalculationSettings(ratio=("a", "b"), unit=Unit.PERCENT)
    assert calculation.operations == {"ratio": ("a", "b")}
    assert CalculationSettings().operations == {}
    assert CalculationSettings(difference=("a", "b"), sum=("a",)).operations == {
        "difference": ("a", "b"),
        "sum": ("a",),
    }


def test_white_space_around_a_text_is_no_part_of_it() -> None:
    text = MEETING_TOML.replace('"To note the numbers."', '"""\nTo note the numbers.\n"""')
    meeting = load(MeetingSettings, Text("m.toml", text)).values
    assert meeting is not None
    assert meeting.recommendation == "To note the numbers."


def test_the_settings_of_this_workspace_are_sound() -> None:
    found = {
        path: load(WorkspaceSettings, Text(path.name, path.read_text("utf-8"))) for path in [ROOT / "reportgen.toml"]
    }
    assert [problem.message for settings in found.values() for problem in settings.problems] == []
