"""Figures of the population, from sheets."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from reportgen.figures.population import compute
from reportgen.model import Scalar, Unit
from reportgen.trace import Found
from tests.figures.sheets import WHEN, addresses, grid_values, shown, sound, tables

HEADINGS: list[Scalar] = ["Month", "Total", "Non-UASC", "UASC"]


def found(*numbers: tuple[int, int], start: int = 2) -> Found:
    """The figures of months from February 2016 on, given UASC and the others."""
    rows: list[list[Scalar]] = [
        [dt.date(2016 + (start - 1 + i) // 12, (start - 1 + i) % 12 + 1, 1), others + uasc, others, uasc]
        for i, (others, uasc) in enumerate(numbers)
    ]
    return compute(sound({"population": [HEADINGS, *rows]}), WHEN)


def test_first_last_and_changes() -> None:
    made = found((50, 10), (48, 14), (51, 12))
    figures = {name: shown(figure) for name, figure in made.figures.items()}
    assert figures == {
        "population_months": 3,
        "population_first_month": dt.date(2016, 2, 29),
        "population_last_month": dt.date(2016, 4, 30),
        "children_first": 60,
        "children_last": 63,
        "children_change": 3,
        "children_change_share": Fraction(1, 20),
        "children_previous": 62,
        "children_month_change": 1,
        "children_year_before": "[x]",
        "children_year_change": "[x]",
        "non_uasc_first": 50,
        "non_uasc_last": 51,
        "non_uasc_change": 1,
        "non_uasc_change_share": Fraction(1, 50),
        "non_uasc_previous": 48,
        "non_uasc_month_change": 3,
        "non_uasc_year_before": "[x]",
        "non_uasc_year_change": "[x]",
        "uasc_first": 10,
        "uasc_last": 12,
        "uasc_change": 2,
        "uasc_change_share": Fraction(1, 5),
        "uasc_previous": 14,
        "uasc_month_change": -2,
        "uasc_year_before": "[x]",
        "uasc_year_change": "[x]",
        "uasc_share": Fraction(12, 63),
        "uasc_share_of_change": Fraction(2, 3),
    }
    assert made.figures["population_last_month"].unit is Unit.MONTH
    assert made.figures["uasc_share"].unit is Unit.PERCENT


def test_cells_of_a_change() -> None:
    figure = found((50, 10), (48, 14), (51, 12)).figures["children_month_change"]
    assert figure.how == "children last minus children previous"
    assert addresses(figure) == ["population!C3:C4", "population!D3:D4"]
    assert [cells.address for cells in figure.examined()] == ["A1:A4", "C1", "D1"]
    assert figure.parts[0].how == "non-UASC plus UASC in Looked after children by month, month 3 of 3"


def test_months_in_a_grid() -> None:
    assert grid_values(found((50, 10), (48, 14), (51, 12)).grids["population"]) == [
        [dt.date(2016, 2, 29), 60, 50, 10, "[z]", "[z]"],
        [dt.date(2016, 3, 31), 62, 48, 14, 2, 2],
        [dt.date(2016, 4, 30), 63, 51, 12, 1, 3],
    ]


def test_a_single_month_has_no_change() -> None:
    made = found((50, 10))
    figures = {name: shown(figure) for name, figure in made.figures.items()}
    assert (figures["children_first"], figures["children_last"]) == (60, 60)
    for name in ("change", "change_share", "previous", "month_change"):
        assert figures[f"children_{name}"] == "[z]"
    assert figures["uasc_share_of_change"] == "[z]"
    assert figures["uasc_share"] == Fraction(1, 6)
    assert grid_values(made.grids["population"]) == [[dt.date(2016, 2, 29), 60, 50, 10, "[z]", "[z]"]]


def test_a_year_ago_is_the_same_month() -> None:
    made = found(*((100 + i, i) for i in range(14))).figures
    assert shown(made["children_year_before"]) == 102
    assert shown(made["children_year_change"]) == 24
    assert addresses(made["uasc_year_before"]) == ["population!D3"]


def test_no_children_and_no_change_divide_nothing() -> None:
    figures = {name: shown(figure) for name, figure in found((0, 0), (0, 0)).figures.items()}
    assert figures["children_change"] == 0
    for name in ("children_change_share", "uasc_share", "uasc_share_of_change"):
        assert figures[name] == "[z]"


def test_all_children_are_added_up_and_the_stated_total_is_only_tested() -> None:
    rows: list[list[Scalar]] = [["April 2016", 61, 55, 6], ["May 2016", 99, 56, 7]]
    figures = compute(sound({"population": [HEADINGS, *rows]}), WHEN).figures
    assert shown(figures["children_last"]) == 63
    assert addresses(figures["children_last"]) == ["population!C3", "population!D3"]


def test_the_stated_total_stands_where_a_part_is_missing() -> None:
    rows: list[list[Scalar]] = [["April 2016", 61, 55, 6], ["May 2016", 64, 56, "tbc"]]
    made, _ = tables({"population": [HEADINGS, *rows]})
    figures = compute(made, WHEN).figures
    assert shown(figures["children_last"]) == 64
    assert addresses(figures["children_last"]) == ["population!B3"]
    assert "D3" in [cells.address for cells in figures["children_last"].examined()]
    assert shown(figures["uasc_last"]) == shown(figures["uasc_share"]) == "[x]"
    assert shown(figures["children_change"]) == 3
