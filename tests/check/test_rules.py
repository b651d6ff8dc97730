"""Rules over whole tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from reportgen.datasets import all_datasets
from reportgen.datasets.base import Rule
from tests.check.made import (
    FACTS_HEAD,
    OUTCOMES,
    PLAN_HEAD,
    POPULATION_HEAD,
    SAVINGS,
    SAVINGS_HEAD,
    Checked,
    check,
    check_children,
    check_rows,
    xlsx,
)

PLACE = 'in/book.xlsx, sheet "Sheet"'
DUPLICATE = "Take one of the rows out, or correct it (a reference such as 2.10 typed as a number becomes 2.1)."


def plan(*outcomes: object, others: object = OUTCOMES) -> Checked:
    rows = [(outcome, f"{n}.1", "Act", "Started", None, "Ongoing") for n, outcome in enumerate(outcomes, 1)]
    return check(xlsx({"Sheet": [PLAN_HEAD[:6], *rows], "Outcomes": others}), "action_plan", "outcomes")  # type: ignore[dict-item]


@pytest.mark.parametrize("again", ["Fewer children", "FEWER\xa0 CHILDREN ", "fewer children\n"])
def test_a_duplicate_names_both_places(again: str) -> None:
    read = check_rows([*SAVINGS, (again, 5)], "savings")
    assert [p.place.cell for p in read.problems] == ["A4"]
    assert read.problems[0].message.startswith(f'{PLACE}, cell A4: expected each objective once, found "')
    assert read.problems[0].message.endswith(f" again.\n  {DUPLICATE}\n  See also cell A2.  [duplicate]")


def test_duplicates_of_quotation_marks() -> None:
    read = check_rows([SAVINGS_HEAD, ("Carers\u2019 support", 1), ("Carers' support", 2)], "savings")
    assert read.codes == ["duplicate"]


def test_a_key_of_two_columns() -> None:
    rows = [FACTS_HEAD, ("Beds", "number", "May 2016", 170), ("Beds", "number", "June 2016", 171)]
    assert check_rows(rows, "key_facts").messages == []
    read = check_rows([*rows, ("beds", "number", "31/05/2016", 172)], "key_facts")
    assert read.messages == [
        f'{PLACE}, cell A4: expected each indicator and as at once, found "beds, 31/05/2016" again.\n'
        f"  {DUPLICATE}\n  See also cell A2.  [duplicate]"
    ]


def test_duplicates_are_found_beside_errors_in_other_rows() -> None:
    rows = [SAVINGS_HEAD, (None, 1), ("A", "five"), ("B", 1), ("A", 2)]
    read = check_rows(rows, "savings")
    assert read.places == ["missing-value A2", "text-in-number B3", "duplicate A5"]
    assert [p.cell for p in read.problems[2].also] == ["A3"]


def test_a_child_that_stands_twice_is_not_named() -> None:
    rows = [("Child ID", "Placement", "Weeks"), ("Jo Bloggs", "Fostering", 1), ("jo bloggs", "Fostering", 1)]
    assert check_children(xlsx(rows)).messages == [
        f"{PLACE}, cell A3: expected each child once, found one again.\n  {DUPLICATE}\n  See also cell A2.  [duplicate]"
    ]


def test_months_out_of_order() -> None:
    rows = [POPULATION_HEAD, *[(month, 3, 2, 1) for month in ("March 2016", "May 2016", "April 2016")]]
    read = check_rows(rows, "population")
    assert read.messages[0] == (
        f"{PLACE}, cell A3: expected the month after that of the row above, found another.\n"
        "  Put the months in order and add the missing ones: the chart and the changes run from month to month."
        "  [month-out-of-order]"
    )
    assert read.places == ["month-out-of-order A3", "month-out-of-order A4"]


def test_a_rule_waits_until_its_column_is_whole() -> None:
    rows = [POPULATION_HEAD, *[(month, 3, 2, 1) for month in ("March 2016", "soon", "June 2016")]]
    assert check_rows(rows, "population").places == ["not-a-date A3"]


def test_a_rule_that_only_warns() -> None:
    rule = Rule("amount", lambda frame: frame["amount"] < 0, "not-a-saving", "a negative amount", "", warning=True)
    known = {"savings": replace(all_datasets()["savings"], rules=(rule,))}
    read = check(xlsx([*SAVINGS, ("C", 5)]), "savings", known=known)
    assert [(p.message, p.severity.value) for p in read.problems] == [
        (f"{PLACE}, cell B4: expected a negative amount, found another.  [not-a-saving]", "warning")
    ]


def test_a_rule_that_fails_itself_is_not_taken_for_a_sound_table() -> None:
    rule = Rule("amount", lambda frame: frame["no such column"] < 0, "x", "x", "")
    known = {"savings": replace(all_datasets()["savings"], rules=(rule,))}
    with pytest.raises(Exception, match="no such column"):
        check(xlsx(SAVINGS), "savings", known=known)


def test_a_reference_that_stands_nowhere() -> None:
    assert plan(1, 3).messages == [
        f'{PLACE}, cell A3: expected one of the outcomes (1, 2), found "3".\n'
        "  Correct it, or add it to outcomes.\n"
        '  See also in/book.xlsx, sheet "Outcomes", cell A2.  [unknown-reference]'
    ]


def test_a_reference_like_one_that_is_there() -> None:
    outcomes = [OUTCOMES[0], (1234, "A", 5), (2, "B", 5)]
    read = plan(1243, others=outcomes)
    assert read.problems[0].remedy == 'Did you mean "1234"?'


def test_a_label_carried_down_is_reported_once() -> None:
    assert plan(7, None, None, 7).places == ["unknown-reference A2", "unknown-reference A5"]


def test_references_wait_until_the_other_table_is_sound() -> None:
    assert plan(3, others=[OUTCOMES[0], ("x", "T", 5)]).places == ["not-a-code A2"]
    assert plan(3, others=[OUTCOMES[0]]).places == ["no-rows 1"]


def test_many_known_values_are_not_all_named() -> None:
    read = plan(99, others=[OUTCOMES[0], *[(n, f"T{n}", 5) for n in range(1, 20)]])
    assert read.problems[0].expected == "one of the outcomes (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 7 more)"


def test_dates_of_a_key_are_said_as_dates() -> None:
    rows = [POPULATION_HEAD, (dt.date(2016, 5, 31), 3, 2, 1), ("May 2016", 3, 2, 1)]
    assert check_rows(rows, "population").problems[0].found == '"31/05/2016" again'
