"""The runs against what is certain, against the mean, and against themselves."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from reportgen.projection.course import Course, expected
from reportgen.projection.rates import Chances
from reportgen.projection.simulate import BATCH, simulated
from reportgen.projection.stays import AGE, EXITS
from tests.projection import made
from tests.projection.made import AGENCY, IN_HOUSE, RESIDENTIAL, SUPPORTED, chances, out
from tests.projection.test_course import NOBODY, anything, balance, start

RUNS = 2_000


@pytest.fixture(scope="module")
def both() -> tuple[Course, Course]:
    """What the model expects of children of all ages, and runs with the same chances."""
    rates, begun, some = anything(np.random.default_rng(3), months=14)
    return expected(begun, rates, some), simulated(begun, rates, RUNS, 11, certain=True, alter=_instead(some))


def _instead(some: Chances):  # type: ignore[no-untyped-def]
    def alter(chances: Chances) -> Chances:
        runs = len(chances.leaving)
        return Chances(*(np.broadcast_to(a, (runs, *a.shape)) for a in (some.leaving, some.entering)))

    return alter


@pytest.mark.parametrize("what", ["stock", "entries", "exits", "days"])
def test_the_runs_are_around_what_is_expected_within_their_error(both: tuple[Course, Course], what: str) -> None:
    mean, runs = (getattr(course, what) for course in both)
    error = runs.std(axis=0) / RUNS**0.5
    off = np.abs(runs.mean(axis=0) - mean)
    # A hundred numbers or so: four and a half standard errors are passed by one of a hundred thousand.
    assert (off <= 4.5 * error + 1e-9).all()
    # And about as often beyond one standard error as chance has it, a third of the time.
    beyond = (off > error)[error > 0].mean()
    assert 0.1 < beyond < 0.6


def test_no_run_loses_a_child(both: tuple[Course, Course]) -> None:
    runs = both[1]
    assert not balance(runs).any()
    assert runs.stock.min() >= 0
    assert runs.stock.dtype == runs.days.dtype == np.int64


def test_days_of_care_are_whole_and_none_is_lost() -> None:
    # In care until 18 on 11 February, and until the month's end; a move the day after the start, for certain.
    begun = start("2023-01-31", 2, ("2005-02-11", SUPPORTED), ("2015-06-06", IN_HOUSE))
    runs = simulated(begun, NOBODY, 3, 1, alter=_instead(chances({(2, IN_HOUSE, AGENCY): 1}, {})))
    assert runs.days[:, :, SUPPORTED].tolist() == [[10, 0]] * 3
    assert runs.days[:, :, AGENCY].tolist() == [[28, 31]] * 3
    assert runs.days.sum(axis=-1).tolist() == [[38, 31]] * 3
    assert runs.exits[:, 0, AGE].tolist() == [1, 1, 1]
    assert runs.children.tolist() == [[1, 1]] * 3


def test_the_band_changes_on_the_birthday_in_runs_too() -> None:
    begun = start("2023-02-03", 1, ("2013-02-05", IN_HOUSE))
    runs = simulated(begun, NOBODY, 4, 1, alter=_instead(chances({(3, IN_HOUSE, out("other")): 1}, {})))
    assert runs.days.sum(axis=(1, 2)).tolist() == [2, 2, 2, 2]
    assert runs.exits.sum(axis=(0, 1)).tolist() == [0, 0, 0, 0, 0, 4]


def test_on_the_birthday_itself_the_band_is_still_that_of_the_day_before_in_runs_too() -> None:
    begun = start("2023-02-04", 1, ("2013-02-05", IN_HOUSE))
    runs = simulated(begun, NOBODY, 4, 1, alter=_instead(chances({(2, IN_HOUSE, out("other")): 1}, {})))
    assert runs.days.sum() == 0


def test_entrants_come_on_the_first_day_and_on_the_last_as_on_any() -> None:
    rates = made.rates({}, {}, {(2, IN_HOUSE): 1}, {2: [2500]})
    runs = simulated(start("2023-01-28", 1), rates, 2_000, 1, alter=_instead(chances({}, {(2, IN_HOUSE): 4.0})))
    entries, days = runs.entries.sum(), runs.days.sum()
    # Three days; who comes on the last has one day of care, on the first three: two in the mean, within 0.82 each.
    assert abs(days / entries - 2) < 5 * 0.82 / entries**0.5
    assert abs(entries / 2_000 - 12) < 5 * (12 / 2_000) ** 0.5


def test_nothing_else_happens_on_the_18th_birthday_in_runs_too() -> None:
    begun = start("2023-02-27", 1, ("2005-02-28", IN_HOUSE))
    runs = simulated(begun, NOBODY, 4, 1, alter=_instead(chances({(4, IN_HOUSE, out("adoption")): 1}, {})))
    assert runs.exits.sum(axis=(0, 1)).tolist() == [4, 0, 0, 0, 0, 0]


def test_one_goes_each_way_as_often_as_its_chance_says() -> None:
    begun = start("2023-01-30", 1, *[("2015-05-05", RESIDENTIAL)] * 100)
    ways = {(2, RESIDENTIAL, AGENCY): 0.1, (2, RESIDENTIAL, out("adoption")): 0.3}
    runs = simulated(begun, NOBODY, 400, 1, alter=_instead(chances(ways, {})))
    # 40,000 draws: five standard errors of a share of 0.3 are 0.0115.
    assert abs(runs.exits[:, 0, EXITS.index("adoption")].mean() / 100 - 0.3) < 0.0115
    assert abs(runs.stock[:, 1, AGENCY].mean() / 100 - 0.1) < 0.0075
    assert abs(runs.stock[:, 1, RESIDENTIAL].mean() / 100 - 0.6) < 0.0123


def test_entries_are_poisson() -> None:
    rates = made.rates({}, {}, {(2, IN_HOUSE): 1}, {2: [2500]})
    runs = simulated(start("2023-01-31", 1), rates, 4_000, 1, alter=_instead(chances({}, {(2, IN_HOUSE): 0.5})))
    entered = runs.entries.sum(axis=(1, 2))
    assert abs(entered.mean() - 14) < 5 * (14 / 4_000) ** 0.5
    assert abs(entered.var() / 14 - 1) < 0.12


def digest(course: Course) -> str:
    parts = (course.stock, course.entries, course.exits, course.days)
    return hashlib.sha256(b"".join(np.ascontiguousarray(part, dtype="<i8").tobytes() for part in parts)).hexdigest()


def test_a_seed_gives_the_same_bytes_and_another_gives_others() -> None:
    rates = made.rates(
        {(2, IN_HOUSE, AGENCY): 4, (2, IN_HOUSE, out("other")): 16},
        {(2, IN_HOUSE): 2000},
        {(2, IN_HOUSE): 25},
        {2: [2000]},
    )
    begun = start("2023-01-31", 6, *[("2015-05-05", IN_HOUSE)] * 20)
    one, same, other = (digest(simulated(begun, rates, BATCH + 7, seed)) for seed in (1, 1, 2))
    assert one == same != other


def test_the_first_batch_is_the_same_however_many_follow() -> None:
    rates = made.rates({(2, IN_HOUSE, out("other")): 16}, {(2, IN_HOUSE): 2000}, {(2, IN_HOUSE): 25}, {2: [2000]})
    begun = start("2023-01-31", 3, *[("2015-05-05", IN_HOUSE)] * 20)
    short, long = simulated(begun, rates, BATCH, 4), simulated(begun, rates, 2 * BATCH, 4)
    assert (long.stock[:BATCH] == short.stock).all()
    assert (long.stock[BATCH:] != short.stock).any()


def test_uncertain_rates_make_the_runs_wider() -> None:
    rates = made.rates({(2, IN_HOUSE, out("other")): 12}, {(2, IN_HOUSE): 3000}, {(2, IN_HOUSE): 20}, {2: [2000]})
    begun = start("2023-01-31", 12, *[("2015-05-05", IN_HOUSE)] * 20)
    sure, unsure = (simulated(begun, rates, 1_000, 4, certain).children[:, -1].std() for certain in (True, False))
    assert unsure > 1.15 * sure
