"""Figures of the simple projection, from sheets: what they are, what they rest on, and when they are refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from reportgen.figures.projection import compute, too_few
from reportgen.model import Place, Projecting, Scalar, Unit
from reportgen.trace import Found
from tests.figures.sheets import WHEN, addresses, grid_values, shown, sound, tables

ASKED = Projecting(3, 2_000, 903, (64, dt.date(2016, 9, 30)))
HEADINGS: list[Scalar] = ["Month", "Total", "Non-UASC", "UASC"]
TOTALS = (50, 52, 51, 55, 58, 57, 61)  # October to April


def rows(totals: tuple[int, ...] = TOTALS) -> list[list[Scalar]]:
    """Months from October 2015 on, in each of which 9 children are UASC."""
    months = [dt.date(2015 + (9 + i) // 12, (9 + i) % 12 + 1, 1) for i in range(len(totals))]
    return [HEADINGS, *([month, total, total - 9, 9] for month, total in zip(months, totals, strict=True))]


def found(sheet: list[list[Scalar]], asked: Projecting | None = ASKED) -> Found:
    return compute(sound({"population": sheet}), replace(WHEN, projecting=asked))


def test_nothing_is_projected_that_no_paper_asks_for() -> None:
    made = found(rows(), asked=None)
    assert (dict(made.figures), dict(made.grids)) == ({}, {})


def test_the_change_a_month_and_what_was() -> None:
    made = found(rows())
    figures = made.figures
    assert shown(figures["projection_change"]) == Fraction(11, 6)
    assert shown(figures["projection_changes"]) == 6
    # Changes 2 -1 4 3 -1 4: squares 47, less 11²/6, by 5.
    assert float(figures["projection_spread"].number) == pytest.approx(((47 - 121 / 6) / 5) ** 0.5)
    assert shown(figures["projection_end"]) == dt.date(2016, 7, 31)
    grid = grid_values(made.grids["projection"])
    assert [row[:3] for row in grid[5:8]] == [
        [dt.date(2016, 3, 31), 57, None], [dt.date(2016, 4, 30), 61, None], [dt.date(2016, 5, 31), None, grid[7][2]],
    ]  # fmt: skip
    assert [head.key for head in made.grids["projection"].heads] == [
        "month", "actual", "median", "low_80", "high_80", "low_95", "high_95", "target",
    ]  # fmt: skip


def test_what_is_projected_lies_where_students_t_has_it() -> None:
    figures = found(rows(), replace(ASKED, runs=50_000)).figures
    # 61 + 3 × 11/6 = 66.5; s²(3 + 9/6) = 5.367 × 4.5, its root 4.914; t with 5 degrees 1.476 and 2.571. Whole children.
    for name, expected in (("median", 66.5), ("low_80", 59.2), ("high_80", 73.8), ("low_95", 53.9), ("high_95", 79.1)):
        assert float(figures[f"projection_{name}"].number) == pytest.approx(expected, abs=1.0)
        assert isinstance(figures[f"projection_{name}"].value, int)


def test_when_a_target_is_reached() -> None:
    figures = found(rows()).figures
    assert shown(figures["projection_target"]) == 64
    assert shown(figures["projection_target_by"]) == dt.date(2016, 9, 30)
    assert shown(figures["projection_target_month"]) in (dt.date(2016, 5, 31), dt.date(2016, 6, 30))
    assert shown(figures["projection_target_earliest"]) == dt.date(2016, 5, 31)
    # More than a tenth of runs are below 64 in all three months, so that nine tenths have not reached it in them.
    assert shown(figures["projection_target_latest"]) == "[x]"
    assert figures["projection_target_chance"].unit is Unit.PERCENT
    assert Fraction(1, 2) < figures["projection_target_chance"].number < Fraction(9, 10)
    assert shown(figures["projection_target_slippage"]) in (-4, -3)


def test_without_a_target_there_is_none() -> None:
    made = found(rows(), replace(ASKED, target=None))
    assert not [name for name in made.figures if "target" in name]
    assert made.grids["projection"].heads[-1].key == "high_95"


def test_a_figure_rests_on_all_months_and_on_the_target() -> None:
    made = found(rows())
    figure = made.figures["projection_high_95"]
    assert addresses(figure) == [f"population!{column}2:{column}8" for column in "ABCD"]
    assert [part.value for part in figure.chosen_by] == [64, dt.date(2016, 9, 30)]
    assert figure.how == "simple projection from the change a month of all children: upper end of the 95% interval"


def test_the_same_months_give_the_same_and_another_seed_gives_others() -> None:
    one, same, other = (
        grid_values(found(rows(), replace(ASKED, seed=seed)).grids["projection"]) for seed in (1, 1, 2)
    )
    assert one == same != other


def test_the_parts_stand_for_the_total_and_the_total_for_parts_that_are_missing() -> None:
    sheet = rows()
    sheet[7][3] = "tbc"
    made, _ = tables({"population": sheet})
    figures = compute(made, replace(WHEN, projecting=ASKED)).figures
    assert shown(figures["projection_change"]) == Fraction(11, 6)


def test_a_month_without_a_total_ends_what_is_counted_on() -> None:
    sheet = rows((40, 45, *TOTALS))
    sheet[2][1] = sheet[2][2] = "tbc"
    made, _ = tables({"population": sheet})
    result = compute(made, replace(WHEN, projecting=ASKED))
    assert shown(result.figures["projection_changes"]) == 6
    assert len(result.grids["projection"].rows) == 7 + 3


def test_fewer_than_six_months_are_refused() -> None:
    made = found(rows(TOTALS[:5]))
    assert shown(made.figures["projection_change"]) == shown(made.figures["projection_high_95"]) == "[x]"
    assert shown(made.figures["projection_target_chance"]) == "[x]"
    assert len(made.grids["projection"].rows) == 5
    assert [problem.message for problem in too_few(made, Place("t/paper.toml"))] == [
        'in/book.xlsx, sheet "population", cell A6: expected 6 months of totals without a gap, up to the last, found '
        "5.\n  Give the totals of the months before, or take the section [projection] out of t/paper.toml."
        "  [too-few-months]"
    ]
    assert too_few(found(rows(TOTALS[:6])), Place("t/paper.toml")) == []
    assert too_few(found(rows(TOTALS[:5]), asked=None), Place("t/paper.toml")) == []


def test_an_altered_cell_that_is_not_examined_changes_nothing() -> None:
    """Every cell is one that the projection rests on; a column beside them isn't."""
    sheet = [[*row, "note" if at else "Remarks"] for at, row in enumerate(rows())]
    made, _ = tables({"population": sheet})
    before = compute(made, replace(WHEN, projecting=ASKED)).figures["projection_high_95"]
    changed = [[*row[:-1], "another" if at else "Remarks"] for at, row in enumerate(sheet)]
    made, _ = tables({"population": changed})
    assert compute(made, replace(WHEN, projecting=ASKED)).figures["projection_high_95"].value == before.value
    for row in range(1, 8):
        altered = [[*line] for line in sheet]
        altered[row][1] = altered[row][2] = 500 + row  # the others' number moves with the total's
        altered[row][3] = 0
        made, _ = tables({"population": altered})
        assert compute(made, replace(WHEN, projecting=ASKED)).figures["projection_high_95"].value != before.value
