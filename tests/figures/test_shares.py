"""Shares that no whole number comes to are told at their cell, with what the nearest would come to."""

from __future__ import annotations

from reportgen.figures.declared import Calculation, Fact, declared_figures
from reportgen.figures.shares import unfit_shares
from reportgen.model import Place, Scalar, Unit
from reportgen.trace import given
from tests.figures.sheets import addresses, sound

SETTINGS = Place("paper.toml")
ASKED = {"judged": Calculation("whole", ("share", "cases"))}
FACTS = {"cases": Fact("Cases", "2016"), "share": Fact("Share", "2016")}


def told(share: Scalar, cases: int = 50) -> tuple[object, list[str]]:
    """The whole number that a share of some cases stands for, and what is doubted."""
    rows: list[list[Scalar]] = [["Indicator", "Unit", "As at", "Value"]]
    rows += [["Cases", "number", 2016, cases], ["Share", "%", 2016, share]]
    made, problems = declared_figures(FACTS, ASKED, sound({"key_facts": rows})["key_facts"], {}, SETTINGS)
    assert problems == []
    assert addresses(made["judged"]) == ["key_facts!D2:D3"]
    return made["judged"].value, [p.message for p in unfit_shares(ASKED, made, SETTINGS)]


def test_a_share_that_one_whole_number_comes_to() -> None:
    assert told("48%") == (24, [])


def test_a_share_that_several_come_to_is_no_fault_of_the_source() -> None:
    assert told("49%", 1000) == (None, [])


def test_a_share_that_none_comes_to_is_a_warning() -> None:
    assert told("49%") == (
        None,
        [
            'in/book.xlsx, sheet "key_facts", cell D3: expected a share that a whole number of 50 comes to, '
            "found 49%.\n"
            "  24 would be 48% and 25 would be 50%: ask for the number itself. The paper prints the share as it is "
            "stated.\n"
            "  See also cell D2.  [share-of-no-whole]"
        ],
    )


def test_figures_of_no_cell_name_the_settings() -> None:
    known = {"cases": given(3, Unit.COUNT, "a setting"), "share": given(1, Unit.PERCENT, "a setting")}
    asked = {"whole": Calculation("whole", ("share", "cases")), "failed": Calculation("whole", ("gone", "cases"))}
    made, _ = declared_figures({}, {"whole": asked["whole"]}, None, known, SETTINGS)
    assert unfit_shares(asked, {**known, **made}, SETTINGS) == []


def test_what_is_not_known_is_not_doubted() -> None:
    rows: list[list[Scalar]] = [["Indicator", "Unit", "As at", "Value", "Target"], ["Cases", "number", 2016, 50, None]]
    rows += [["Share", "%", 2016, "49%", None]]
    facts = {**FACTS, "cases": Fact("Cases", "2016", "target")}
    made, _ = declared_figures(facts, ASKED, sound({"key_facts": rows})["key_facts"], {}, SETTINGS)
    assert (made["judged"].value, made["judged"].symbol, unfit_shares(ASKED, made, SETTINGS)) == (None, "x", [])
