"""A small workspace whose paper shows published comparators: rates by year as a table and a chart, made in place."""

from __future__ import annotations

from pathlib import Path

from reportgen.workspace import PaperRef, Workspace
from tests import published_file
from tests.made import write

REF = PaperRef("barsetshire", "rates")
MONTH = "2024-05"
INPUTS = "inputs/barsetshire/2024-05"
OWN = f"{INPUTS}/rates"
PAPER = "templates/barsetshire/rates"
SHARED = "inputs/shared/cla_number_and_rate.csv"

SETTINGS = """\
[authorities.barsetshire]
name = "Barsetshire County Council"
neighbours = ["Loamshire", "E06000903", "Midsomer"]
"""
PAPER_TOML = """\
title = "Looked after children: how Barsetshire compares"
subject = "Published rates per 10,000 children by year"
author = "Children's services"
datasets = ["benchmarks"]
constants = ["10,000"]

[front_sheet]
"To" = "{{ meeting.committee }}"
"Meeting date" = "{{ meeting.date }}"

[calculate]
above_england = { difference = ["benchmark_rate_own", "benchmark_rate_england"] }

[[exhibit]]
name = "rates"
kind = "table"
grid = "benchmark_rates"
title = "Children looked after on 31 March per 10,000 children under 18"
columns = { year = "31 March", own = "", region = "", neighbours = "", england = "", neighbours_rated = "" }
notes = ["Source: Department for Education, numbers and rates of children looked after by local authority."]

[[exhibit]]
name = "rates_chart"
kind = "line-chart"
grid = "benchmark_rates"
title = "Barsetshire's rate {{ fig.benchmark_rate_own_change | way('rose', 'fell', 'stayed') }} between \
{{ fig.benchmark_first_year }} and {{ fig.benchmark_year }}"
columns = { year = "", own = "", region = "", neighbours = "", england = "" }
options = { axis = "Rate per 10,000 children under 18" }

[[exhibit]]
name = "numbers"
kind = "table"
grid = "benchmark_numbers"
title = "Children looked after on 31 March"
columns = { year = "31 March", own = "", region = "", england = "" }

[[exhibit]]
name = "neighbours"
kind = "table"
grid = "benchmark_neighbours"
title = "Barsetshire and its statistical neighbours on 31 March {{ fig.benchmark_year }}"

[[exhibit]]
name = "starting"
kind = "table"
grid = "benchmark_starting_rates"
title = "Children starting to be looked after in the year per 10,000 children under 18"
columns = { year = "Year ending 31 March", own = "", region = "", neighbours = "", england = "" }
"""
PAPER_MD = """\
## How the rate compares

On 31 March {{ fig.benchmark_year }} the council looked after {{ fig.benchmark_number_own }} children, a rate of \
{{ fig.benchmark_rate_own }} per 10,000 children under 18. That is {{ fig.above_england | size }} \
{{ fig.above_england | way("more", "fewer") }} than in England ({{ fig.benchmark_rate_england }}); in \
{{ fig.benchmark_region }} it was {{ fig.benchmark_rate_region }}. The mean of \
{{ fig.benchmark_neighbours_listed | word }} statistical neighbours, of which \
{{ fig.benchmark_neighbours_rated | word }} have a rate, was {{ fig.benchmark_rate_neighbours }}.

{{ exhibit("rates") }}

{{ exhibit("rates_chart") }}

{{ exhibit("neighbours") }}

## Numbers

{{ exhibit("numbers") }}

{{ exhibit("starting") }}
"""
MEETING_TOML = """\
committee = "Corporate Parenting Board"
meeting_date = 2024-06-18
recommendation = "To note how the rate compares."
"""


def workspace(root: Path, **texts: str) -> Workspace:
    """A sound workspace; `texts` replaces some of its texts: settings, paper, words or meeting."""
    write(root / "reportgen.toml", texts.get("settings", SETTINGS))
    write(root / PAPER / "paper.toml", texts.get("paper", PAPER_TOML))
    write(root / PAPER / "paper.md", texts.get("words", PAPER_MD))
    write(root / OWN / "meeting.toml", texts.get("meeting", MEETING_TOML))
    published_file.write(root / SHARED)
    return Workspace(root)
