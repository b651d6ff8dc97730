"""Numbers whose unit stands in another column."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.cells.kinds import UNITS, Context, Quantity, unit_of
from reportgen.cells.reading import Cell, Read
from reportgen.model import Scalar, Severity, Unit


def quantity(value: Scalar, unit: str | None, number_format: str = "", formats: bool = True) -> Read:
    return Quantity().read(Cell(value, number_format), {"unit": unit}, Context(formats=formats))


@pytest.mark.parametrize(
    ("value", "unit", "number_format", "found"),
    [
        (170, "count", "", 170),
        (996.55, "GBP/week", "#,##0.00", 99_655),
        ("£996.55", "GBP/week", "", 99_655),
        (19_371_809, "GBP", "", 1_937_180_900),
        (350, "GBP thousand", "", 35_000_000),
        ("£350k", "GBP thousand", "", 35_000_000),
        (6.3, "GBP million", "", 630_000_000),
        (0.0007, "percent", "0.00%", Fraction(7, 10_000)),
        (0, "percent", "", 0),
        (1.5, "percent", "", Fraction(15, 1_000)),
        (0.07, "percent", '0.00"%"', Fraction(7, 10_000)),
        ("0.07%", "percent", "", Fraction(7, 10_000)),
        (7, "percent", '0"%"', Fraction(7, 100)),
        ("7%", "percent", "", Fraction(7, 100)),
        ("7", "percent", "", Fraction(7, 100)),
        (47.5, "per 10,000", "", Fraction(95, 2)),
        (48, "per 10,000", "", 48),
    ],
)
def test_a_number_in_the_unit_of_its_row(value: Scalar, unit: str, number_format: str, found: object) -> None:
    assert quantity(value, unit, number_format) == Read(found)


@pytest.mark.parametrize(
    ("value", "unit", "number_format", "remedy"),
    [
        ("7%", "count", "", "The cell is a percentage, the unit column says otherwise."),
        (0.07, "GBP", "0%", "The cell is a percentage, the unit column says otherwise."),
        ("£5", "percent", "", "The cell states a unit of its own: type the number alone."),
        ("£5", "count", "", "The cell states a unit of its own: type the number alone."),
        ("£5k", "per 10,000", "", "The cell states a unit of its own: type the number alone."),
        ("£350,000", "GBP thousand", "", "The cell states a unit of its own: type the number alone."),
    ],
)
def test_a_cell_that_says_another_unit(value: Scalar, unit: str, number_format: str, remedy: str) -> None:
    expected = Read(code="unit-differs", expected=f"a number in {unit}", remedy=remedy)
    assert quantity(value, unit, number_format) == expected


def test_a_scale_of_its_own_is_doubted() -> None:
    remedy = "Type it in the column's unit to be sure."
    expected = "a number in pounds, as the column says"
    found = Read(35_000_000, "", "own-unit", expected, remedy, Severity.WARNING, reading="£350,000")
    assert quantity("£350k", "GBP") == found


@pytest.mark.parametrize("value", [2.5, -1])
def test_a_count_is_whole(value: Scalar) -> None:
    remedy = "A count is a whole number, zero or more."
    assert quantity(value, "count") == Read(code="not-a-count", expected="a whole number", remedy=remedy)


def test_thousands_by_number_format_are_refused() -> None:
    assert quantity(19_371_809, "GBP", "#,##0,").code == "format-in-thousands"


def test_a_percentage_without_its_number_format() -> None:
    remedy = "In this kind of file 7% can't be told from 0.07: save it as an .xlsx workbook."
    expected = Read(code="unclear-percentage", expected="a number in percent", remedy=remedy)
    assert quantity(0.07, "percent", formats=False) == expected
    assert quantity("7%", "percent", formats=False) == Read(Fraction(7, 100))


@pytest.mark.parametrize(
    ("value", "share", "said"),
    [
        (0.0007, Fraction(7, 1_000_000), "0.0007"),
        (0.43, Fraction(43, 10_000), "0.43"),
        ("-.5", Fraction(-5, 1_000), "-0.5"),
        (1, Fraction(1, 100), "1"),
    ],
)
def test_a_number_that_may_be_a_share_is_doubted(value: Scalar, share: Fraction, said: str) -> None:
    remedy = "Format the cell as a percentage, or type the % sign."
    expected = Read(
        share, "", "doubtful-percentage", "a number in percent", remedy, Severity.WARNING, reading=f"{said} per cent"
    )
    assert quantity(value, "percent") == expected


def test_an_unreadable_unit_has_its_own_problem() -> None:
    assert quantity(5, None).code == ""
    assert quantity("five", None).code == "text-in-number"
    assert quantity("tbc", "GBP").symbol == "x"


def test_every_unit_has_its_figures_unit() -> None:
    assert {word: unit_of(word) for word in UNITS} == {
        "count": Unit.COUNT,
        "GBP": Unit.MONEY,
        "GBP thousand": Unit.MONEY,
        "GBP million": Unit.MONEY,
        "GBP/week": Unit.MONEY_PER_WEEK,
        "percent": Unit.PERCENT,
        "per 10,000": Unit.PER_10000,
        "level": Unit.LEVEL,
    }
    assert Quantity().needs == ("unit",)


@pytest.mark.parametrize(
    ("value", "expected"), [("High", "high"), ("m", "medium"), ("LOW", "low"), ("moderate", "medium")]
)
def test_a_level_is_a_word(value: str, expected: str) -> None:
    assert quantity(value, "level") == Read(expected)


def test_what_is_no_level() -> None:
    remedy = 'Did you mean "high"? The accepted words are: low, medium, high (docs/datasets.md).'
    assert quantity("highh", "level") == Read(code="unknown-level", expected="a level", remedy=remedy)
    assert quantity(3, "level").code == "unknown-level"
    assert (quantity("tbc", "level").symbol, quantity("tbc", "level").code) == ("x", "no-level")
