"""What the model expects, by hand, at its limit, and that nobody is lost."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.projection.ages import Calendar
from reportgen.projection.course import Course, Start, expected
from reportgen.projection.rates import Chances, Rates
from reportgen.projection.stays import AGE, EXITS
from tests.projection import made
from tests.projection.made import AGENCY, IN_HOUSE, OTHER, SUPPORTED, chances, day, out

NOBODY = made.rates({}, {}, {}, {})
ENTRANTS = made.rates({}, {}, {(2, IN_HOUSE): 1}, {2: [1850, 1900]})


def start(on: str, months: int, *children: tuple[str, int]) -> Start:
    """Children in care on a day, by date of birth and kind."""
    calendar = Calendar.of(day(on), months)
    born = np.array([text for text, _ in children], dtype="datetime64[D]")
    return Start(calendar, calendar.row(born), np.array([kind for _, kind in children], dtype=np.int64))


def test_two_days_by_hand() -> None:
    # From 29 to 31 January: two days at 1 in 10 to the agency and 2 in 10 out.
    begun = start("2023-01-29", 1, ("2015-05-05", IN_HOUSE))
    course = expected(begun, NOBODY, chances({(2, IN_HOUSE, AGENCY): 0.1, (2, IN_HOUSE, out("adoption")): 0.2}, {}))
    assert course.stock[0].tolist() == [0, 1, 0, 0, 0, 0]
    assert course.stock[1] == pytest.approx([0, 0.49, 0.1 + 0.07, 0, 0, 0])
    assert course.exits[0, EXITS.index("adoption")] == pytest.approx(0.2 + 0.14)
    assert course.exits.sum() == course.exits[0, EXITS.index("adoption")]
    assert course.days[0] == pytest.approx([0, 0.7 + 0.49, 0.1 + 0.17, 0, 0, 0])
    assert course.children == pytest.approx([0.66])


def test_the_rate_changes_on_the_day_after_the_birthday() -> None:
    # 10 on 5 February; from then on all who are 10 leave at once.
    begun = start("2023-02-03", 1, ("2013-02-05", IN_HOUSE))
    course = expected(begun, NOBODY, chances({(3, IN_HOUSE, out("other")): 1}, {}))
    assert course.days.sum() == 2  # the 4th and the 5th
    assert course.exits.sum() == 1


def test_on_the_birthday_itself_the_band_is_still_that_of_the_day_before() -> None:
    begun = start("2023-02-04", 1, ("2013-02-05", IN_HOUSE))
    assert expected(begun, NOBODY, chances({(2, IN_HOUSE, out("other")): 1}, {})).days.sum() == 0


def test_care_ends_on_the_18th_birthday_and_no_day_before() -> None:
    begun = start("2023-01-31", 2, ("2005-03-01", IN_HOUSE), ("2005-03-31", SUPPORTED), ("2005-04-01", OTHER))
    course = expected(begun, NOBODY, chances({}, {}))
    assert course.children.tolist() == [3, 1]
    assert course.exits[:, AGE].tolist() == [0, 2]
    assert course.days[:, IN_HOUSE].tolist() == [28, 0]
    assert course.days[:, SUPPORTED].tolist() == [28, 30]


def test_nothing_else_happens_on_the_18th_birthday() -> None:
    begun = start("2023-02-27", 1, ("2005-02-28", IN_HOUSE))
    course = expected(begun, NOBODY, chances({(4, IN_HOUSE, out("adoption")): 1}, {}))
    assert course.exits[0].tolist() == [1, 0, 0, 0, 0, 0]
    assert EXITS[0] == "age"


def test_entrants_come_at_the_ages_at_which_children_came_and_are_there_on_their_day() -> None:
    # Half of those who enter are 1,824 days old and turn 5 two days on, when all leave; half are ten years younger.
    entrants = made.rates({}, {}, {(1, IN_HOUSE): 1}, {1: [1824, 400]})
    course = expected(start("2023-01-27", 1), entrants, chances({(2, IN_HOUSE, out("other")): 1}, {(1, IN_HOUSE): 4.0}))
    # Four days, four a day: two of each age. 5 is reached 1,826 days after birth where one 29 February lies between
    # (here 2020), so on the second day after entry, and on the third the child leaves: only those of the first leave.
    assert course.entries[0].tolist() == [0, 16, 0, 0, 0, 0]
    assert course.exits.sum() == pytest.approx(2.0)
    assert course.children == pytest.approx([14])
    assert course.days.sum() == pytest.approx(4 + 8 + 12 + 14)


def test_constant_entries_and_exits_come_to_entries_by_exits() -> None:
    leaving = {(2, IN_HOUSE, out("other")): 0.02}
    course = expected(start("2023-01-31", 36), ENTRANTS, chances(leaving, {(2, IN_HOUSE): 0.5}))
    assert course.children[-1] == pytest.approx(0.5 / 0.02, rel=1e-6)
    # On the way there: entries / exits × (1 − (1 − exits)^days).
    assert course.children[0] == pytest.approx(25 * (1 - 0.98**28), rel=1e-9)


def balance(course: Course) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Start plus entries less exits less end, by month."""
    children = course.stock.sum(axis=-1)
    found: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = np.asarray(
        children[..., :-1] + course.entries.sum(axis=-1) - course.exits.sum(axis=-1) - children[..., 1:], dtype=float
    )
    return found


@pytest.mark.parametrize("seed", range(5))
def test_start_and_entries_less_exits_are_the_end(seed: int) -> None:
    random = np.random.default_rng(seed)
    rates, begun, some = anything(random, months=14)
    course = expected(begun, rates, some)
    assert np.abs(balance(course)).max() < 1e-9
    assert course.stock.min() >= 0


def anything(random: np.random.Generator, months: int) -> tuple[Rates, Start, Chances]:
    """Children of all ages in all kinds, entrants of all ages, and chances of going each way."""
    ages = {band: random.integers(low, high, 6).tolist() for band, (low, high) in enumerate(
        ((0, 365), (366, 1826), (1827, 3652), (3653, 5843), (5844, 6573))
    )}  # fmt: skip
    rates = made.rates({}, {}, {}, ages)
    born = day("2005-02-02") + random.integers(0, 6570, 40)
    begun = start("2023-01-31", months, *((str(b), int(random.integers(0, 6))) for b in born))
    return rates, begun, Chances(random.random((5, 6, 12)) / 2000, random.random((5, 6)) / 50)
