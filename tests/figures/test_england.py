"""England's published numbers and rates by year."""

from __future__ import annotations

from dataclasses import replace

from reportgen.figures import england
from reportgen.model import Compared
from tests.figures.sheets import WHEN, shown, sound
from tests.published_file import HEADINGS, rows

OWN = Compared("E10000901", "E12000901", (), "2024", "reportgen.toml")
TABLES = sound({"benchmarks": [[*HEADINGS], *rows(["2023", "2024", "2025"])]})


def test_each_year_up_to_that_of_the_data_has_its_number_and_rate() -> None:
    found = england.compute(TABLES, replace(WHEN, compared=OWN))
    assert sorted(found.figures) == [
        "england_number_2023", "england_number_2024", "england_rate_2023", "england_rate_2024"
    ]  # fmt: skip
    assert all(shown(figure) not in (None, "[x]") for figure in found.figures.values())
    assert found.claims == ()


def test_without_an_authority_its_claims_are_told_here() -> None:
    found = england.compute(TABLES, replace(WHEN, compared=replace(OWN, authority="", region="")))
    assert [claim.code for claim in found.claims] == ["rate-differs", "rate-differs"]


def test_nothing_where_nobody_is_compared() -> None:
    assert dict(england.compute(TABLES, WHEN).figures) == {}
