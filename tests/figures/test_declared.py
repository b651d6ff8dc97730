"""Figures that a paper declares, and what can be wrong with the declarations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import pytest

from reportgen.cells.dates import month_end
from reportgen.figures.declared import Agreement, Calculation, Fact, agreements, declared_figures
from reportgen.model import Number, Place, Problem, Scalar, Unit
from reportgen.reconcile import agrees, reconcile
from reportgen.table import Table
from reportgen.trace import Figure, given
from tests.figures.sheets import addresses, sound, tables

SETTINGS = Place("paper.toml")
MAY, MARCH = month_end(2016, 5), month_end(2016, 3)
ROWS: list[list[Scalar]] = [
    ["Indicator", "Unit", "As at", "Value", "Target", "Target date"],
    ["Beds filled", "number", "May 2016", 170, 187, "March 2017"],
    ["beds  Filled", "number", "January 2016", 142, None, None],
    ["Weekly cost", "£ per week", dt.date(2016, 6, 23), 996.55, None, None],
    ["Weekly cost", "£ per week", "March 2016", 1163, None, None],
    ["Budget", "£m", 2020, 13.1, None, None],
    ["Saving", "£", "2016/17", 6_300_000, None, None],
    ["Threshold", "%", 2016, "0.07%", None, None],
]
KEY_FACTS: Table = sound({"key_facts": ROWS})["key_facts"]


def declared(
    facts: Mapping[str, Fact] | None = None,
    calculations: Mapping[str, Calculation] | None = None,
    known: Mapping[str, Figure] | None = None,
    table: Table | None = KEY_FACTS,
) -> tuple[dict[str, Figure], list[str]]:
    figures, problems = declared_figures(facts or {}, calculations or {}, table, known or {}, SETTINGS)
    return figures, [p.message for p in problems]


@pytest.mark.parametrize(
    ("fact", "value", "unit", "cell"),
    [
        (Fact("Beds filled", MAY), 170, Unit.COUNT, "D2"),
        (Fact("BEDS FILLED", month_end(2016, 1)), 142, Unit.COUNT, "D3"),
        (Fact("Beds filled", MAY, "target"), 187, Unit.COUNT, "E2"),
        (Fact("Beds filled", MAY, "target_date"), month_end(2017, 3), Unit.DATE, "F2"),
        (Fact("Beds filled", MAY, "as_at"), MAY, Unit.DATE, "C2"),
        (Fact("Weekly cost", dt.date(2016, 6, 23)), 99_655, Unit.MONEY_PER_WEEK, "D4"),
        (Fact("Budget", "2020"), 1_310_000_000, Unit.MONEY, "D6"),
        (Fact("Saving", "2016/17"), 630_000_000, Unit.MONEY, "D7"),
        (Fact("Threshold", "2016"), Fraction(7, 10_000), Unit.PERCENT, "D8"),
    ],
    ids=str,
)
def test_a_fact_is_one_cell(fact: Fact, value: Number | dt.date, unit: Unit, cell: str) -> None:
    figures, problems = declared({"name": fact})
    assert problems == []
    figure = figures["name"]
    assert (figure.value, figure.unit, figure.name) == (value, unit, "name")
    assert addresses(figure) == [f"key_facts!{cell}"]
    examined = {cells.address for cells in figure.examined()}
    assert {"A1:A8", "C1:C8"} <= examined
    assert ("B1:B8" in examined) == (unit is not Unit.DATE)


def test_a_stated_fact_says_that_it_is_not_worked_out() -> None:
    figures, problems = declared({"a": Fact("Weekly cost", MARCH), "b": Fact("Weekly cost", MARCH, stated=True)})
    assert problems == []
    how = "value in Key facts where indicator is Weekly cost and as at is 2016-03-31"
    assert [(f.value, f.stated, f.how) for f in figures.values()] == [
        (116_300, False, how),
        (116_300, True, f"{how}: stated by the source, not worked out"),
    ]


@pytest.mark.parametrize(
    ("as_at", "day", "later"),
    [
        ("2016", dt.date(2016, 1, 1), False),
        ("2016", dt.date(2015, 12, 31), True),
        ("2016/17", dt.date(2016, 4, 1), False),
        ("2016/17", dt.date(2016, 3, 31), True),
        (MAY, dt.date(2016, 5, 1), False),
        (MAY, dt.date(2016, 4, 30), True),
        (dt.date(2016, 6, 23), dt.date(2016, 6, 23), False),
        (dt.date(2016, 6, 23), dt.date(2016, 6, 22), True),
        (dt.date(2016, 6, 30), dt.date(2016, 6, 1), True),
    ],
    ids=str,
)
def test_a_comparator_for_a_time_after_the_data_is_refused_at_its_cell(
    as_at: dt.date | str, day: dt.date, later: bool
) -> None:
    rows: list[list[Scalar]] = [["Indicator", "Unit", "As at", "Value"], ["England", "per 10,000", _typed(as_at), 60]]
    table = sound({"key_facts": rows})["key_facts"]
    found = []
    for fact in (Fact("England", as_at), Fact("England", as_at, comparator=True)):
        figures, problems = declared_figures({"england": fact}, {}, table, {}, SETTINGS, day)
        found.append(([f.value for f in figures.values()], [p.message for p in problems]))
    message = (
        f'in/book.xlsx, sheet "key_facts", cell C2: expected a comparator "England" for a time that begins by '
        f"{day:%d/%m/%Y}, the day of the data, found {as_at}.\n"
        "  Take the latest one that was known then, or correct the date in the row or in the settings.\n"
        "  See also cell D2.\n"
        "  See also paper.toml.  [comparator-later]"
    )
    assert found == [([60], []), ([], [message]) if later else ([60], [])]


def _typed(as_at: dt.date | str) -> Scalar:
    """A period as it is typed into a cell."""
    return "May 2016" if as_at == MAY else as_at


def test_without_a_day_of_the_data_no_comparator_is_later() -> None:
    figures, problems = declared({"budget": Fact("Budget", "2020", comparator=True)})
    assert ([f.value for f in figures.values()], problems) == ([1_310_000_000], [])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            None,
            "cell C2: expected a date, month, year or financial year, found a blank cell.\n"
            "  Fill in the cell.  [missing-value]",
        ),
        (
            "tbc",
            'cell C2: expected a date, month, year or financial year, found "tbc".\n'
            "  It is read as [x] not available, not as zero.  [no-date]",
        ),
    ],
)
def test_a_comparator_without_a_date_is_told_and_not_taken(typed: Scalar, said: str) -> None:
    rows: list[list[Scalar]] = [["Indicator", "Unit", "As at", "Value"], ["England", "per 10,000", typed, 60]]
    found, problems = tables({"key_facts": rows})
    assert [p.message for p in problems] == [f'in/book.xlsx, sheet "key_facts", {said}']
    england = {"england": Fact("England", "2016", comparator=True)}
    assert declared(england, table=found["key_facts"]) == (
        {},
        [
            'in/book.xlsx, sheet "key_facts": expected "England" as at 2016, found it without a date.\n'
            "  Add a row for that date, or correct the date in the row or in the settings.\n"
            "  See also paper.toml.  [missing-fact]"
        ],
    )


def test_a_target_that_is_blank_is_a_figure_without_value() -> None:
    figures, problems = declared({"target": Fact("Beds filled", month_end(2016, 1), "target")})
    assert (figures["target"].value, figures["target"].symbol, problems) == (None, "", [])


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        (
            Fact("Weekly cots", MAY),
            'in/book.xlsx, sheet "key_facts": expected the indicator "Weekly cots", found none.\n'
            '  Did you mean "Weekly cost"?\n'
            "  See also paper.toml.  [missing-fact]",
        ),
        (
            Fact("Fostering households", MAY),
            'in/book.xlsx, sheet "key_facts": expected the indicator "Fostering households", found none.\n'
            "  Add a row for it.\n"
            "  See also paper.toml.  [missing-fact]",
        ),
        (
            Fact("Weekly cost", MAY),
            'in/book.xlsx, sheet "key_facts": expected "Weekly cost" as at 2016-05-31, found it as at 2016-06-23, '
            "2016-03-31.\n"
            "  Add a row for that date, or correct the date in the row or in the settings.\n"
            "  See also paper.toml.  [missing-fact]",
        ),
    ],
)
def test_a_fact_that_is_not_there(fact: Fact, message: str) -> None:
    assert declared({"name": fact}) == ({}, [message])


def test_a_column_that_the_sheet_lacks() -> None:
    narrow = sound({"key_facts": [row[:4] for row in ROWS]})["key_facts"]
    assert declared({"name": Fact("Beds filled", MAY, "target")}, table=narrow)[1] == [
        'in/book.xlsx, sheet "key_facts": expected a column target, found none.\n'
        "  Add the column.\n"
        "  See also paper.toml.  [missing-fact]"
    ]


def test_no_key_facts_at_all() -> None:
    assert declared({"name": Fact("Beds filled", MAY)}, table=None)[1] == [
        'paper.toml: expected the dataset key_facts among the paper\'s datasets, found none, for the fact "name".\n'
        '  Add "key_facts" to datasets.  [no-key-facts]'
    ]
    assert declared(table=None) == ({}, [])


def test_a_fact_that_stands_twice() -> None:
    made, _ = tables({"key_facts": [*ROWS, ["Beds filled", "number", "May 2016", 171, None, None]]})
    assert declared({"name": Fact("Beds filled", MAY)}, table=made["key_facts"])[1] == [
        'in/book.xlsx, sheet "key_facts", cell A9: expected "Beds filled" as at 2016-05-31 once, found 2 rows.\n'
        "  Take all but one out.\n"
        "  See also cell A2.  [duplicate]"
    ]


FACTS = {
    "now": Fact("Beds filled", MAY),
    "before": Fact("Beds filled", month_end(2016, 1)),
    "target": Fact("Beds filled", MAY, "target"),
    "cost_now": Fact("Weekly cost", dt.date(2016, 6, 23)),
    "cost_before": Fact("Weekly cost", MARCH),
    "day": Fact("Beds filled", MAY, "as_at"),
}


@pytest.mark.parametrize(
    ("calculation", "value", "unit", "how"),
    [
        (Calculation("difference", ("now", "before")), 28, Unit.COUNT, "now minus before"),
        (Calculation("ratio", ("now", "target")), Fraction(170, 187), Unit.PERCENT, "now divided by target"),
        (Calculation("sum", ("now", "before", "target")), 499, Unit.COUNT, "now plus before plus target"),
        (
            Calculation("ratio", ("cost_now", "now"), Unit.MONEY_PER_WEEK),
            Fraction(99_655, 170),
            Unit.MONEY_PER_WEEK,
            "cost now divided by now",
        ),
        (
            Calculation("ratio", ("before", "target"), Unit.PER_10000),
            Fraction(1_420_000, 187),
            Unit.PER_10000,
            "before divided by target, times 10,000",
        ),
        (Calculation("difference", ("now", "elsewhere"), Unit.COUNT), 100, Unit.COUNT, "now minus a setting"),
    ],
)
def test_a_calculation(calculation: Calculation, value: Number, unit: Unit, how: str) -> None:
    figures, problems = declared(FACTS, {"made": calculation}, {"elsewhere": given(70, Unit.COUNT, "a setting")})
    assert problems == []
    assert (figures["made"].value, figures["made"].unit, figures["made"].how) == (value, unit, how)


def test_a_size_is_a_saving_as_a_text_states_it() -> None:
    saved = given(-518_900_000, Unit.MONEY, "savings in a test")
    figures, problems = declared(None, {"avoided": Calculation("size", ("saved",))}, {"saved": saved})
    assert problems == []
    assert (figures["avoided"].value, figures["avoided"].unit) == (518_900_000, Unit.MONEY)
    assert figures["avoided"].how == "savings in a test without its sign"


def test_a_calculation_may_rest_on_one_above_it() -> None:
    figures, problems = declared(
        FACTS,
        {
            "change": Calculation("difference", ("cost_now", "cost_before")),
            "share": Calculation("ratio", ("change", "cost_before")),
        },
    )
    assert problems == []
    assert figures["share"].value == Fraction(99_655 - 116_300, 116_300)
    assert addresses(figures["share"]) == ["key_facts!D4:D5"]


@pytest.mark.parametrize(
    ("calculation", "message"),
    [
        (
            Calculation("difference", ("now", "befor")),
            'paper.toml: expected figures that exist, for the calculation "made", found "befor".\n'
            '  Did you mean "before"?  [unknown-figure]',
        ),
        (
            Calculation("sum", ("xyzzy", "now")),
            'paper.toml: expected figures that exist, for the calculation "made", found "xyzzy".\n'
            "  reportgen trace lists the figures.  [unknown-figure]",
        ),
        (
            Calculation("difference", ("now", "cost_now")),
            'paper.toml: expected figures that can be calculated with, for "made", found the units differ: now in '
            "count, cost now in GBP/week.\n"
            "  Take figures of one unit.  [bad-calculation]",
        ),
        (
            Calculation("ratio", ("cost_now", "now")),
            'paper.toml: expected figures that can be calculated with, for "made", found the units differ: cost now '
            "in GBP/week, now in count.\n"
            "  Take figures of one unit.  [bad-calculation]",
        ),
        (
            Calculation("difference", ("day", "day")),
            'paper.toml: expected figures that can be calculated with, for "made", found day is no number.\n'
            "  Take figures of one unit.  [bad-calculation]",
        ),
        (
            Calculation("whole", ("now", "before")),
            'paper.toml: expected figures that can be calculated with, for "made", found now is in count, not in '
            "percent.\n"
            "  Name the share first, then the number.  [bad-calculation]",
        ),
        (
            Calculation("sum", ("now", "before"), Unit.MONEY),
            'paper.toml: expected figures that can be calculated with, for "made", found it is in count, not in GBP.\n'
            "  Take figures of one unit.  [bad-calculation]",
        ),
    ],
)
def test_a_calculation_that_cannot_be_made(calculation: Calculation, message: str) -> None:
    figures, problems = declared(FACTS, {"made": calculation})
    assert (set(figures), problems) == (set(FACTS), [message])


def test_what_rests_on_a_failure_has_no_problem_of_its_own() -> None:
    facts = {**FACTS, "gone": Fact("Gone", MAY)}
    calculations = {
        "first": Calculation("sum", ("gone", "now")),
        "second": Calculation("sum", ("first", "now")),
        "third": Calculation("sum", ("now", "before")),
    }
    figures, problems = declared(facts, calculations)
    assert set(figures) == {*FACTS, "third"}
    assert [p.rpartition("[")[2] for p in problems] == ["missing-fact]"]


def test_a_name_that_is_taken() -> None:
    known = {"now": given(1, Unit.COUNT, "elsewhere")}
    figures, problems = declared({"now": FACTS["now"]}, {"now": Calculation("sum", ("now",))}, known)
    assert figures == {}
    assert problems == ['paper.toml: expected a name of its own for each figure, found "now" again.\n'
                        "  Rename it.  [name-taken]"] * 2  # fmt: skip


def agreed(stated: str, computed: str, known: Mapping[str, Figure]) -> list[Problem]:
    claims, problems = agreements([Agreement(stated, computed, "the beds gained")], known, SETTINGS)
    return [*problems, *reconcile({}, {}, claims)]


def test_agreements_are_tested() -> None:
    figures, _ = declared(FACTS, {"change": Calculation("difference", ("now", "before"))})
    (problem,) = agreed("target", "change", figures)
    assert problem.message == (
        'in/book.xlsx, sheet "key_facts", cell E2: expected the beds gained to be 28, now minus before, found 187.\n'
        "  They differ by 159. Correct the one that is wrong: the paper goes by what it has worked out.\n"
        "  See also cells D2, D3.  [stated-differs]"
    )
    assert agreed("now", "now", figures) == []


def test_an_agreement_with_a_setting_names_the_settings() -> None:
    known = {"a": given(5, Unit.COUNT, "paper.toml, a"), "b": given(6, Unit.COUNT, "paper.toml, b")}
    assert [p.place for p in agreed("a", "b", known)] == [SETTINGS]


@pytest.mark.parametrize(("value", "expected"), [(1_315_000_000, True), (1_316_000_000, False)])
def test_a_rounded_fact_stands_for_its_interval(value: int, expected: bool) -> None:
    figures, _ = declared({"budget": Fact("Budget", "2020")})
    made = agreements([Agreement("budget", "b", "it")], {**figures, "b": given(value, Unit.MONEY, "b")}, SETTINGS)
    assert [agrees(claim) for claim in made[0]] == [expected]


def test_agreements_that_cannot_be_tested() -> None:
    figures, _ = declared(FACTS)
    assert [p.message for p in agreed("targte", "before", figures)] == [
        'paper.toml: expected figures that exist, under [[agree]], found "targte".\n'
        '  Did you mean "target"?  [unknown-figure]'
    ]
    assert [p.message for p in agreed("now", "cost_now", figures)] == [
        'paper.toml: expected figures of one unit, under [[agree]], found "now" in count and "cost_now" in '
        "GBP/week.  [unit-differs]"
    ]
