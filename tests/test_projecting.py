"""A paper that asks for a projection of its monthly totals, from its settings to its chart."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from reportgen.exhibits.views import ChartView
from reportgen.model import Text
from reportgen.pipeline import check
from reportgen.settings import PaperSettings
from reportgen.tomlfile import load
from tests.made import INPUTS, MONTH, PAPER_MD, PAPER_TOML, REF, workbook, workspace

PROJECTION = """
[[exhibit]]
name = "fan"
kind = "fan-chart"
grid = "projection"
title = "{{ fig.projection_median }} children are expected in {{ fig.projection_end }}"
columns = { month = "Month", actual = "Children", median = "Middle", low_80 = "80% from", high_80 = "80% to", low_95 = "95% from", high_95 = "95% to", target = "Target" }

[projection]
months = 6
runs = 1000

[projection.target]
children = 215
by = 2020-09-30
"""  # noqa: E501
WORDS = PAPER_MD + '\n{{ exhibit("fan") }}\n\nThe chance is {{ fig.projection_target_chance }}.\n'


def test_the_chart_shows_what_the_settings_ask_for(tmp_path: Path) -> None:
    space = workspace(tmp_path, paper=PAPER_TOML + PROJECTION, words=WORDS)
    months = [(dt.date(2019 + (8 + i) // 12, (8 + i) % 12 + 1, 1), 200 + i, 180 + i, 20) for i in range(7)]
    workbook(tmp_path / INPUTS / "numbers.xlsx", [("Month", "Total", "Non UASC", "UASC"), *months])
    checked = check(space, REF, MONTH)
    assert [problem.message for problem in checked.problems] == []
    assert checked.document is not None
    fan = checked.document.exhibits["fan"].exhibit
    assert isinstance(fan, ChartView)
    # A child more each month, so that there is no spread: 212 in September 2020.
    assert fan.title == "212 children are expected in September 2020"
    assert fan.notes == (
        "Simple projection, from monthly totals alone: it lets the average change from month to month go on, with its "
        "spread, and knows nothing of ages, entries and exits.",
    )
    assert fan.alt.endswith(
        "In September 2020 80% of runs lie between 212 and 212 and 95% of runs lie between 212 and 212. Target: 215."
    )


def test_too_few_months_are_an_error_at_the_last(tmp_path: Path) -> None:
    space = workspace(tmp_path, paper=PAPER_TOML + PROJECTION, words=WORDS)
    told = [problem.message for problem in check(space, REF, MONTH).problems]
    assert told[0] == (
        f'{INPUTS}/numbers.xlsx, sheet "Numbers", cell A4: expected 6 months of totals without a gap, up to the last, '
        "found 3.\n  Give the totals of the months before, or take the section [projection] out of "
        "templates/barsetshire/children-numbers/paper.toml.  [too-few-months]"
    )


def test_settings_of_a_projection_are_had_as_values_and_tested() -> None:
    paper = load(PaperSettings, Text("p.toml", PAPER_TOML + PROJECTION)).values
    assert paper is not None and paper.projection is not None
    asked = paper.projection.asked
    assert (asked.months, asked.runs, asked.seed, asked.target) == (6, 1000, 903, (215, dt.date(2020, 9, 30)))
    plain = load(PaperSettings, Text("p.toml", PAPER_TOML + "\n[projection]\n")).values
    assert plain is not None and plain.projection is not None
    assert (plain.projection.asked.months, plain.projection.asked.target) == (12, None)
    wrong = PROJECTION.replace("months = 6", "months = 61").replace("by = 2020-09-30", "").replace("1000", "10")
    problems = load(PaperSettings, Text("p.toml", PAPER_TOML + wrong)).problems
    assert sorted(problem.place.line - PAPER_TOML.count("\n") for problem in problems) == [10, 11, 13]
