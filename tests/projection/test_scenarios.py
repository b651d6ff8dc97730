"""What scenarios make of chances, and that stays become as much longer or shorter as they say."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.projection.rates import Chances, Rates
from reportgen.projection.scenarios import MONTH, Scenario, alteration, stay
from tests.projection import made
from tests.projection.made import AGENCY, IN_HOUSE, RELATIVES, RESIDENTIAL, out

RATES = made.rates(
    {
        (2, IN_HOUSE, out("adoption")): 10,
        (2, IN_HOUSE, AGENCY): 4,
        (2, AGENCY, out("other")): 20,
        (2, AGENCY, IN_HOUSE): 5,
        (2, RESIDENTIAL, AGENCY): 8,
    },
    {(2, IN_HOUSE): 5000, (2, AGENCY): 5000, (2, RESIDENTIAL): 800},
    {(2, IN_HOUSE): 30, (2, AGENCY): 50, (2, RESIDENTIAL): 20},
    {2: [1830]},
)
MEAN = RATES.mean()


def altered(**values: object) -> Chances:
    return alteration(RATES, Scenario("made", **values))(MEAN)  # type: ignore[arg-type]


def test_as_it_is_nothing_is_altered() -> None:
    same = altered()
    assert (same.leaving == MEAN.leaving).all() and (same.entering == MEAN.entering).all()


def test_entries_more_a_month_are_spread_as_entries_are() -> None:
    found = altered(entries_a_month=1.0, entries_times=2.0).entering
    assert found.sum() * MONTH == pytest.approx(2 * 100 / 1000 * MONTH + 1)
    assert found[2, AGENCY] * MONTH == pytest.approx(2 * 0.05 * MONTH + 0.5)


def test_exits_by_a_route_are_multiplied_and_no_more_than_all_leave() -> None:
    found = altered(exits_times={"adoption": 3.0}).leaving
    assert found[2, IN_HOUSE, out("adoption")] == pytest.approx(0.006)
    assert found[2, AGENCY, out("other")] == MEAN.leaving[2, AGENCY, out("other")]
    most = altered(exits_times={"adoption": 1e6}).leaving
    assert most[2, IN_HOUSE].sum() == pytest.approx(1)


@pytest.mark.parametrize("months", [-1.0, -0.25, 1.0])
def test_stays_become_longer_or_shorter_by_as_much_as_is_said(months: float) -> None:
    found = altered(stay_months=months)
    assert stay(RATES, found) - stay(RATES, MEAN) == pytest.approx(months * MONTH, abs=0.01)
    assert found.leaving[2, AGENCY, IN_HOUSE] == MEAN.leaving[2, AGENCY, IN_HOUSE]


def test_the_stay_of_one_rate_by_hand() -> None:
    alone = made.rates({(2, IN_HOUSE, out("other")): 20}, {(2, IN_HOUSE): 1000}, {(2, IN_HOUSE): 1}, {2: [1830]})
    # A day of entry, and one in fifty goes a day: 50 days, and next to nobody comes to be 10.
    assert stay(alone, alone.mean()) == pytest.approx(50)
    forever = made.rates({}, {}, {(2, IN_HOUSE): 1}, {2: [1830]})
    assert stay(forever, forever.mean()) == 6574 - 1830  # 18 years of 365.25 days, rounded half to even


def test_five_points_of_new_foster_placements_go_in_house() -> None:
    found = altered(in_house_points=5.0)
    # 30 of 80 are 37.5%; 42.5% are 34: four of the fifty, 8%, change.
    assert found.entering[2, [IN_HOUSE, AGENCY, RESIDENTIAL]] * 1000 == pytest.approx([34, 46, 20])
    assert found.leaving[2, RESIDENTIAL, [AGENCY, IN_HOUSE]] == pytest.approx([0.01 * 0.92, 0.01 * 0.08])
    assert found.leaving[2, IN_HOUSE, [AGENCY, IN_HOUSE]] == pytest.approx([0.0008 * 0.92, 0])
    assert found.leaving[2, AGENCY] == pytest.approx(MEAN.leaving[2, AGENCY])
    assert found.entering.sum() == pytest.approx(MEAN.entering.sum())


def test_a_scenario_works_on_runs_as_on_the_mean() -> None:
    alter = alteration(RATES, Scenario("made", 1.0, 1.1, -0.5, 5.0, {"other": 1.2}))
    one = alter(MEAN)
    runs = alter(Chances(*(np.broadcast_to(a, (3, *a.shape)) for a in (MEAN.leaving, MEAN.entering))))
    assert runs.leaving.shape == (3, *one.leaving.shape)
    assert np.allclose(runs.leaving, one.leaving) and np.allclose(runs.entering, one.entering)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"exits_times": {"adopted": 2.0}}, "no route out of care is called adopted"),
        ({"exits_times": {"adoption": -1.0}}, "lie between 0 and 100"),
        ({"in_house_points": 101.0}, "lie between 0 and 100"),
        ({"entries_times": -0.1}, "lie between 0 and 100"),
        ({"stay_months": -99.0}, "no change of exits makes stays so long or so short"),
        ({"stay_months": 999.0}, "no change of exits makes stays so long or so short"),
    ],
)
def test_scenarios_that_cannot_be(values: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        altered(**values)


def test_without_entries_there_is_nothing_to_add_to() -> None:
    nobody: Rates = made.rates({}, {}, {}, {})
    assert alteration(nobody, Scenario("made", entries_a_month=1.0))(nobody.mean()).entering.sum() == 0
    assert stay(nobody, nobody.mean()) == 0
    relatives = altered(in_house_points=0.0).entering[2, RELATIVES]
    assert relatives == 0
